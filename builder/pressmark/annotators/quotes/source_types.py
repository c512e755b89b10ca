"""What makes a source one: an office, knowledge, what it saw, its part in the matter, or that it is a document or a medium."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pressmark.annotators.quotes.lexicon import lexicon

if TYPE_CHECKING:
    from pressmark.record.model import SourceType

_WORD = re.compile(r"[^\W\d_]+(?:[-.][^\W\d_]+)*\.?")
# Behind these comes what the head is of, for, from: "a spokesman for the newspaper", "residents of the state".
_BELOW = re.compile(r"\b(?:of|for|from|in|at|with|to|by|on|who|whom|which|that|whose|and)\b|[,;:(—–]", re.IGNORECASE)
_SEEN = re.compile(
    r"\b(?:(?:who|that) (?:saw|witnessed|watched|heard)|familiar with|briefed on|in attendance)\b", re.IGNORECASE
)
_OFFICE = re.compile(r"\b(?:district|state|U\.?S\.?) attorneys?\b", re.IGNORECASE)
_STATION = re.compile(r"\b[KW][A-Z]{2,3}(?:-(?:TV|FM))?\b")  # call signs of stations in the United States, 47 CFR 2.302
_SCHOLAR = re.compile("ologists?$")


@lru_cache(maxsize=4096)
def source_type(text: str) -> SourceType | None:
    """The type of a source by its nouns: the last before its complements, else the last of its apposition; None: not told."""
    if _SEEN.search(text):
        return "witness"
    below = _BELOW.search(text)
    head, rest = (text[: below.start()], text[below.end() :]) if below else (text, "")
    if _OFFICE.search(head):
        return "official"
    if _STATION.search(head):
        return "media"
    if found := _types(head):
        return found[-1]
    if below and below[0] == ",":
        apposition = _BELOW.split(rest, maxsplit=1)[0]
        return next(iter(reversed(_types(apposition))), None)
    return None


def _types(text: str) -> list[SourceType]:
    known = lexicon().source_types
    words = (word.lower() for word in _WORD.findall(text))
    found = (known.get(word) or known.get(word.rstrip(".")) or ("expert" if _SCHOLAR.search(word) else None) for word in words)
    return [type_ for type_ in found if type_]
