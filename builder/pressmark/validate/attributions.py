"""The rules about quotes and claims at a glance; see `pressmark.validate.glance`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pressmark.validate import guidelines, quotations, references, spans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.validate.problem import Rule

ADDED_TYPES = guidelines.ADDED_TYPES
_PAIRS = frozenset({"“”", '""', "«»", "‘’"})
_MARK = re.compile('[“”"«»„「」『』]')
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
    quotations.source_entity,
)
_CLAIMS: tuple[Rule, ...] = (
    spans.span_sorted,
    references.claim_content,
    guidelines.claim_quote,
    guidelines.claim_types,
    guidelines.claim_factuality,
)


def nothing(article: Any, rules: Iterable[Rule]) -> bool:
    """Whether these rules find nothing."""
    return all(next(rule(article), None) is None for rule in rules)


def cut(article: Any) -> bool:
    """span_order, span_text, span_trimmed."""
    return nothing(article, [spans.span_order, spans.span_text, spans.span_trimmed])


def quotes(article: Any) -> bool:
    """All rules about quotes, where each has one content, stands outside the others, and has marks around it or none in it."""
    text: str = article.text
    last = 0
    mentions: dict[str, Any] = {}
    for quote in article.quotes:
        content, verbatim = quote.content[0], quote.verbatim
        start, end, said = content.start, content.end, content.text
        if (
            start < last
            or quote.parent is not None
            or max(len(quote.content), len(verbatim), len(quote.cue), len(quote.sources)) > 1
            or text[start:end] != said
            or said.strip() != said
        ):
            return cut(article) and nothing(article, _QUOTES)
        last = end
        if quote.type == "direct" and verbatim:
            part = verbatim[0]
            inner = part.text
            odd = (
                (part.start, part.end) != (start + 1, end - 1)
                or said[0] + said[-1] not in _PAIRS
                or said[1:-1] != inner
                or inner.strip() != inner
                or _MARK.search(inner)
            )
        else:
            odd = quote.type != "indirect" or verbatim or _MARK.search(said) or (start and _MARK.match(text, start - 1))
        for cue in quote.cue:
            word = cue.text
            odd = odd or text[cue.start : cue.end] != word or (cue.start < end and start < cue.end)
            odd = odd or not (word[0].isalnum() and word[-1].isalnum())
        for source in quote.sources:
            word = source.text
            odd = odd or text[source.start : source.end] != word or (source.start < end and start < source.end)
            odd = odd or word.strip() != word
            if source.entity is not None:
                mentions = mentions or {entity.id: entity.mentions for entity in article.entities}
                for mention in mentions.get(source.entity, ())[:_FEW]:
                    if mention.start < source.end and source.start < mention.end:
                        break
                else:
                    odd = True
        if odd:
            return cut(article) and nothing(article, _QUOTES)
    return True


def claims(article: Any) -> bool:
    """All rules about claims."""
    text: str = article.text
    found = article.claims
    places = {quote.id: (quote.content[0].start, quote.content[-1].end, len(quote.content) > 1) for quote in article.quotes}
    odd = len(article.quotes) > _FEW or len({claim.proposition for claim in found}) < len(found)
    around = [] if odd else list(places.values())
    for claim in found:
        span = claim.content[0]
        start, end, said = span.start, span.end, span.text
        types = claim.types
        if len(types) > 1:
            odd = odd or len(set(types)) < len(types) or len(ADDED_TYPES.intersection(types)) != len(types) - 1
        elif types[0] in ADDED_TYPES:
            odd = True
        if len(claim.about) > 1 and len(set(claim.about)) < len(claim.about):
            return False
        if claim.quote is None:
            for begin, close, _ in around:
                odd = odd or (begin <= start and end <= close)
        else:
            begin, close, parts = places[claim.quote]
            odd = odd or parts or start < begin or end > close
        odd = odd or len(claim.content) > 1
        if odd or text[start:end] != said or said.strip() != said:
            once = all(len(set(claim.types)) == len(claim.types) for claim in found)
            return once and cut(article) and nothing(article, _CLAIMS)
    return True
