"""Finds a text in another spelling: with other quotation marks or dashes, in another case, across a line break."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from pressmark.record.marks import MARKS
from pressmark.record.text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_MARK = rf"''|``|[{re.escape(MARKS)}]"
_PIECE = re.compile(rf"(?P<mark>{_MARK})|(?P<space>\s+)|(?P<dash>[{_DASHES}])|(?P<dots>\.\.\.|…)|.", re.DOTALL)
_SPELLINGS = {"mark": f"(?:{_MARK})", "space": r"\s+", "dash": f"[{_DASHES}]", "dots": r"(?:\.\.\.|…)"}
_OTHER = {"mark": "other quotation marks", "space": "other white space", "dash": "another dash", "dots": "another ellipsis"}


class NearMiss(NamedTuple):
    """A place of a text where nearly the same words stand, and what differs."""

    start: int
    end: int
    differs: str


def near_miss(text: str, words: str, start: int = 0, end: int | None = None) -> NearMiss | None:
    """The first place in ``text[start:end]`` that differs from the words only in spelling. Whole words come first."""
    matches = list(_alike(text, words, start, len(text) if end is None else end)) if words.strip() else []
    if not matches:
        return None
    begin, stop = next(_whole(text, matches), matches[0])
    return NearMiss(begin, stop, _difference(words, text[begin:stop]))


def alike(text: str, words: str) -> list[tuple[int, int]]:
    """The places in a text that differ from the words at most in spelling, as whole words, in order."""
    return sorted(set(_whole(text, _alike(text, words, 0, len(text))))) if words.strip() else []


def _whole(text: str, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    starts, ends = (set(edges) for edges in zip(*tokens(text), strict=True))
    return (place for place in places if place[0] in starts and place[1] in ends)


def _alike(text: str, words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for form in dict.fromkeys((words, unicodedata.normalize("NFC", words), unicodedata.normalize("NFD", words))):
        pieces = _PIECE.finditer(form)
        pattern = "".join(_SPELLINGS[piece.lastgroup] if piece.lastgroup else re.escape(piece[0]) for piece in pieces)
        for match in re.compile(pattern, re.IGNORECASE).finditer(text, start, end):
            yield match.span()


def _difference(words: str, found: str) -> str:
    differs = [
        "a line break" if kind == "space" and "\n" in found and "\n" not in words else other
        for kind, other in _OTHER.items()
        if _of(kind, words) != _of(kind, found)
    ]
    said, there = (unicodedata.normalize("NFC", "".join(_of(None, one))) for one in (words, found))
    if said != there:
        differs.append("other capitals")
    elif "".join(_of(None, words)) != "".join(_of(None, found)):
        differs.append("accents in another Unicode form (NFC, NFD)")
    return " and ".join(differs)


def _of(kind: str | None, text: str) -> list[str]:
    return [piece[0] for piece in _PIECE.finditer(text) if piece.lastgroup == kind]
