"""The rules about quotes and claims at a glance; see `pressmark.validation.glance`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pressmark.validation import level3_text, level4_references
from pressmark.validation.level5_guidelines import boundaries, values
from pressmark.validation.level5_guidelines import claims as claim_rules
from pressmark.validation.level5_guidelines import quotes as quote_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.validation.rule import Rule

VALUE_LABELS = values.VALUE_LABELS
ADDED_TYPES = claim_rules.ADDED_TYPES
_PAIRS = frozenset({"“”", '""', "«»", "‘’"})
_MARK = re.compile('[“”"«»„「」『』]')
BEFORE = frozenset(' \t\n\xa0“‘"«([-–—/„')  # a token begins after them
AFTER = frozenset(" \t\n\xa0”’\"'»)].,;:!?-–—/…")  # a token has ended before them
APOSTROPHES = frozenset("’'")
_FEW = 50  # quotes that each claim is compared with
_QUOTES: tuple[Rule, ...] = (
    level3_text.span_sorted,
    level3_text.span_unique,
    level4_references.reference,
    level4_references.parent_cycle,
    level4_references.parent_content,
    level4_references.verbatim_content,
    level4_references.source_content,
    level4_references.cue_content,
    *quote_rules.RULES,
    *boundaries.RULES,
)
_CLAIMS: tuple[Rule, ...] = (
    level3_text.span_sorted,
    level4_references.claim_content,
    *boundaries.RULES,
    *claim_rules.RULES,
)


def nothing(article: Any, rules: Iterable[Rule]) -> bool:
    """Whether these rules find nothing."""
    return all(next(rule(article), None) is None for rule in rules)


def cut(article: Any) -> bool:
    """span_order, span_text, span_trimmed."""
    return nothing(article, [level3_text.span_order, level3_text.span_text, level3_text.span_trimmed])


def _has_mark(text: str) -> bool:
    return '"' in text or (not text.isascii() and _MARK.search(text) is not None)


def quotes(article: Any) -> bool:
    """All rules about quotes."""
    return _plain_quotes(article) or (cut(article) and nothing(article, _QUOTES))


def _plain_quotes(article: Any) -> bool:
    """Whether each quote is right and has one content, outside those of the others, with marks around it or none in it."""
    text: str = article.text
    size = len(text)
    padded = text + " "
    last = 0
    mentions = {entity.id: entity.mentions for entity in article.entities} if article.quotes else {}
    for quote in article.quotes:
        contents, verbatim, cues, sources = quote.content, quote.verbatim, quote.cue, quote.sources
        if quote.parent is not None or len(contents) > 1 or len(verbatim) > 1 or len(cues) > 1 or len(sources) > 1:
            return False
        content = contents[0]
        start, end, said = content.start, content.end, content.text
        if start < last or end > size or text[start:end] != said or padded[end] not in AFTER:
            return False
        last = end
        if quote.type == "direct" and verbatim:
            part = verbatim[0]
            inner = part.text
            if (
                part.start != start + 1
                or part.end != end - 1
                or said[1:-1] != inner
                or said[0] + said[-1] not in _PAIRS
                or not inner[0].isalnum()
                or inner[-1].isspace()
                or _has_mark(inner)
            ):
                return False
        elif (
            quote.type != "indirect"
            or verbatim
            or padded[start - 1] not in BEFORE
            or not said[0].isalnum()
            or not said[-1].isalnum()
            or _has_mark(said)
            or _MARK.match(padded, start - 1 if start else size)
        ):
            return False
        for part in (*cues, *sources):
            begin, close, word = part.start, part.end, part.text
            if (
                close > size
                or text[begin:close] != word
                or (begin < end and start < close)
                or padded[begin - 1] not in BEFORE
                or padded[close] not in AFTER
                or not word[0].isalnum()
                or not word[-1].isalnum()
            ):
                return False
        if sources and not _plain_source(sources[0], cues, padded, mentions):
            return False
    return True


def _plain_source(source: Any, cues: list[Any], padded: str, mentions: dict[str, list[Any]]) -> bool:
    """Whether the source, whose text and edges are right, is the originator, beside the cue, and a mention of its entity."""
    begin, close = source.start, source.end
    if source.role != "originator" or padded[close - 2] in APOSTROPHES:
        return False
    if cues and begin < cues[0].end and cues[0].start < close:
        return False
    if source.entity is None:
        return True
    for mention in mentions.get(source.entity, ())[:_FEW]:  # noqa: SIM110 - any() takes twice as long
        if mention.start < close and begin < mention.end:
            return True
    return False


def claims(article: Any) -> bool:
    """All rules about claims; and that no list names one thing twice."""
    if _plain_claims(article):
        return True
    once = all(len(set(names)) == len(names) for claim in article.claims for names in (claim.types, claim.about))
    return once and cut(article) and nothing(article, _CLAIMS)


def _plain_claims(article: Any) -> bool:
    """Whether each claim is right and has one content, in quotes that have one content and no parent, or in none."""
    text: str = article.text
    size = len(text)
    padded = text + " "
    found = article.claims
    places = {}
    for quote in article.quotes:
        contents = quote.content
        if quote.parent is not None or len(contents) > 1:
            return False
        places[quote.id] = contents[0].start, contents[0].end
    propositions = [claim.proposition for claim in found]
    if len(places) > _FEW or len(set(propositions)) < len(found) or _has_mark("".join(propositions)):
        return False
    amounts = {entity.id for entity in article.entities if entity.label in VALUE_LABELS}
    starts = set()
    for claim in found:
        types, about, contents, proposition = claim.types, claim.about, claim.content, claim.proposition
        span = contents[0]
        start, end, said = span.start, span.end, span.text
        if (
            len(contents) > 1
            or end > size
            or text[start:end] != said
            or padded[start - 1] not in BEFORE
            or padded[end] not in AFTER
            or not said[0].isalnum()
            or not said[-1].isalnum()
            or not proposition[0].isalnum()
            or proposition[-1] != "."
            or types[0] in ADDED_TYPES
        ):
            return False
        if len(types) > 1 and (len(set(types)) < len(types) or not ADDED_TYPES.issuperset(types[1:])):
            return False
        if claim.checkworthiness != "non_factual" and "position_statement" in types:
            return False
        if about and (len(set(about)) < len(about) or not amounts.isdisjoint(about)):
            return False
        starts.add(start)
        if claim.quote is not None:
            begin, close = places[claim.quote]
            if start < begin or end > close:
                return False
            continue
        for begin, close in places.values():
            if begin <= start and end <= close:
                return False
    return len(starts) == len(found)
