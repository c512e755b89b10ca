"""The rules about quotes and claims at a glance; see `pressmark.validate.glance`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pressmark.validate import assertions, edges, quotations, references, spans, values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.validate.problem import Rule

VALUE_LABELS = values.VALUE_LABELS
ADDED_TYPES = assertions.ADDED_TYPES
_PAIRS = frozenset({"“”", '""', "«»", "‘’"})
_MARK = re.compile('[“”"«»„「」『』]')
BEFORE = frozenset(' \t\n\xa0“‘"«([-–—/„')  # a token begins after them
AFTER = frozenset(" \t\n\xa0”’\"'»)].,;:!?-–—/…")  # a token has ended before them
APOSTROPHES = frozenset("’'")
_FEW = 50  # quotes that each claim is compared with
_QUOTES: tuple[Rule, ...] = (
    spans.span_sorted,
    spans.span_unique,
    references.reference,
    references.parent_cycle,
    references.parent_content,
    references.verbatim_content,
    references.source_content,
    references.cue_content,
    quotations.quote_type,
    quotations.quote_marks,
    quotations.verbatim_balance,
    quotations.cue_edge,
    quotations.quote_parent,
    quotations.quote_unique,
    quotations.source_entity,
    quotations.source_role,
    edges.span_token,
    edges.span_edge,
)
_CLAIMS: tuple[Rule, ...] = (
    spans.span_sorted,
    references.claim_content,
    edges.span_token,
    edges.span_edge,
    assertions.claim_quote,
    assertions.claim_unique,
    assertions.claim_types,
    assertions.claim_checkworthiness,
    assertions.claim_factuality,
    assertions.claim_about,
    assertions.claim_proposition,
)


def nothing(article: Any, rules: Iterable[Rule]) -> bool:
    """Whether these rules find nothing."""
    return all(next(rule(article), None) is None for rule in rules)


def cut(article: Any) -> bool:
    """span_order, span_text, span_trimmed."""
    return nothing(article, [spans.span_order, spans.span_text, spans.span_trimmed])


def _has_mark(text: str) -> bool:
    return '"' in text or (not text.isascii() and _MARK.search(text) is not None)


def quotes(article: Any) -> bool:
    """All rules about quotes, where each has one content, stands outside the others, and has marks around it or none in it."""
    text: str = article.text
    size = len(text)
    padded = text + " "
    last = 0
    mentions = {entity.id: entity.mentions for entity in article.entities} if article.quotes else {}
    for quote in article.quotes:
        verbatim, cues, sources = quote.verbatim, quote.cue, quote.sources
        content = quote.content[0]
        start, end, said = content.start, content.end, content.text
        odd: Any = (
            start < last
            or end > size
            or text[start:end] != said
            or quote.parent is not None
            or len(quote.content) > 1
            or len(verbatim) > 1
            or len(cues) > 1
            or len(sources) > 1
        )
        last = end
        if odd:
            pass
        elif quote.type == "direct" and verbatim:
            part = verbatim[0]
            inner = part.text
            odd = (
                part.start != start + 1
                or part.end != end - 1
                or said[0] + said[-1] not in _PAIRS
                or said[1:-1] != inner
                or not inner[0].isalnum()
                or inner[-1].isspace()
                or _has_mark(inner)
                or padded[end] not in AFTER
            )
        else:
            odd = quote.type != "indirect" or verbatim or _has_mark(said) or (start and _MARK.match(text, start - 1))
            odd = odd or not (said[0].isalnum() and said[-1].isalnum())
            odd = odd or padded[start - 1] not in BEFORE or padded[end] not in AFTER
        for cue in cues:
            begin, close, word = cue.start, cue.end, cue.text
            odd = odd or close > size or text[begin:close] != word or (begin < end and start < close)
            odd = odd or not (word[0].isalnum() and word[-1].isalnum())
            odd = odd or padded[begin - 1] not in BEFORE or padded[close] not in AFTER
        for source in sources:
            begin, close, word = source.start, source.end, source.text
            odd = odd or close > size or text[begin:close] != word or (begin < end and start < close)
            odd = odd or not (word[0].isalnum() and word[-1].isalnum()) or source.role != "originator"
            odd = odd or padded[begin - 1] not in BEFORE or padded[close] not in AFTER or padded[close - 2] in APOSTROPHES
            odd = odd or (cues and begin < cues[0].end and cues[0].start < close)
            if source.entity is not None and not odd:
                for mention in mentions.get(source.entity, ())[:_FEW]:
                    if mention.start < close and begin < mention.end:
                        break
                else:
                    odd = True
        if odd:
            return cut(article) and nothing(article, _QUOTES)
    return True


def claims(article: Any) -> bool:
    """All rules about claims."""
    text: str = article.text
    size = len(text)
    found = article.claims
    places = {quote.id: (quote.content[0].start, quote.content[-1].end, len(quote.content) > 1) for quote in article.quotes}
    padded = text + " "
    amounts = {entity.id for entity in article.entities if entity.label in VALUE_LABELS}
    said_of = [claim.proposition for claim in found]
    odd: Any = len(places) > _FEW or len(set(said_of)) < len(found) or _has_mark(" ".join(said_of))
    odd = odd or len({claim.content[0].start for claim in found}) < len(found)
    for quote in article.quotes:
        odd = odd or quote.parent is not None
    around = [] if odd else list(places.values())
    for claim in found:
        span = claim.content[0]
        start, end, said, types = span.start, span.end, span.text, claim.types
        if claim.checkworthiness != "non_factual" and "position_statement" in types:
            return False
        if amounts and not amounts.isdisjoint(claim.about):
            return False
        if len(types) > 1:
            odd = odd or len(set(types)) < len(types) or len(ADDED_TYPES.intersection(types)) != len(types) - 1
        elif types[0] in ADDED_TYPES:
            odd = True
        if len(claim.about) > 1 and len(set(claim.about)) < len(claim.about):
            return False
        if claim.quote is None:
            for begin, close, _ in around:
                if begin <= start and end <= close:
                    odd = True
        else:
            begin, close, parts = places[claim.quote]
            odd = odd or parts or start < begin or end > close
        odd = odd or not (said[0].isalnum() and said[-1].isalnum()) or len(claim.content) > 1
        proposition = claim.proposition
        odd = odd or proposition[-1] != "." or not proposition[0].isalnum()
        if odd or end > size or text[start:end] != said or padded[start - 1] not in BEFORE or padded[end] not in AFTER:
            once = all(len(set(names)) == len(names) for claim in found for names in (claim.types, claim.about))
            return once and cut(article) and nothing(article, _CLAIMS)
    return True
