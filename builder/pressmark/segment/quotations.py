"""Quotation marks, paired: what stands inside them, in the styles of English and of its neighbours.

Curly, straight and typewriter marks (``"`` ``''`` ``` `` ```), guillemets either way round, German low marks and corner
brackets; single marks inside double ones or alone, told apart from apostrophes; quotations that run over paragraphs and are
reopened at each (Chicago Manual of Style 13.30). One pass, linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.model import QuoteType

_MARK = re.compile(r"[\"“”„‟«»‹›「」『』‘’‚‛]|''|``|'")
_DOUBLE = {"``": "'' \" ”", "''": "''", '"': '" ”', "“": "” \" “ ''", "„": "“ ” \"", "”": "”", "‟": "” \"", "«": "»", "»": "«"}
_SINGLE = {"‘": "’ '", "'": "' ’", "‚": "‘ ’", "‛": "’", "‹": "›", "›": "‹"}
_CORNER = {"「": "」", "『": "』"}
_CLOSERS = {opener: frozenset(closers.split()) for opener, closers in (_DOUBLE | _SINGLE | _CORNER).items()}
_APOSTROPHES = frozenset("'’‘")
_ELIDED = re.compile(r"(?:\d\ds?|em|til|tis|twas|n|cause|bout|round)\b", re.IGNORECASE)
_WORD = re.compile(r"\w")
DEPTH = 4  # deeper marks are damage, not quotations


@dataclass(frozen=True, slots=True)
class Quotation:
    """Marks and all ``text[start:end]``, without them ``text[inner_start:inner_end]``; ``depth`` 0 stands in no other one.

    ``continues``: it reopens a quotation that the paragraph before left open. ``closed``: it has its closing mark.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    continues: bool
    closed: bool


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    end: int
    continues: bool


def quotations(text: str, paragraphs: Iterable[tuple[int, int]]) -> list[Quotation]:
    """The quotations of each paragraph ``text[start:end]``, in the order of their starts."""
    found: list[Quotation] = []
    left = ""
    for start, end in paragraphs:
        left = _paragraph(text, start, end, left, found)
    return sorted(found, key=lambda quotation: (quotation.start, -quotation.end))


def _paragraph(text: str, start: int, end: int, left: str, found: list[Quotation]) -> str:
    """Adds the quotations of one paragraph; returns the mark that it leaves open at its end, or ''."""
    stack: list[_Open] = []
    for match in _MARK.finditer(text, start, end):
        mark, at = match[0], match.start()
        before = text[at - 1] if at > start else " "
        after = text[match.end()] if match.end() < end else " "
        level = next((i for i in range(len(stack) - 1, -1, -1) if mark in _CLOSERS[stack[i].mark]), None)
        if level is not None and _closes(text, mark, before, after, match.end(), end):
            opened = stack[level]
            del stack[level:]
            if text[opened.end : at].strip():
                found.append(_quotation(text, opened, at, match.end(), level, closed=True))
        elif mark in _CLOSERS and len(stack) < DEPTH and _opens(text, mark, before, after, match.end()):
            _reopen(stack, mark)
            stack.append(_Open(mark, at, match.end(), continues=at == start and bool(left)))
    return _leave(text, start, end, left, stack, found)


def _reopen(stack: list[_Open], mark: str) -> None:
    """A double mark that opens inside an open one of its own kind: the first was never closed."""
    for i, opened in enumerate(stack):
        if mark not in _SINGLE and opened.mark == mark:
            del stack[i:]
            return


def _leave(text: str, start: int, end: int, left: str, stack: list[_Open], found: list[Quotation]) -> str:
    first = stack[0] if stack else None
    if first is None or first.mark in _SINGLE:
        return ""
    inner_end = start + len(text[start:end].rstrip())
    is_whole = first.start == start or text[first.start - 2 : first.start].rstrip()[-1:] in {",", ":", ".", ""}
    if is_whole and inner_end > first.end:
        found.append(_quotation(text, first, inner_end, inner_end, 0, closed=False))
        return first.mark
    return ""


def _quotation(text: str, opened: _Open, inner_end: int, end: int, depth: int, *, closed: bool) -> Quotation:
    inner = text[opened.end : inner_end]
    start = opened.end + len(inner) - len(inner.lstrip())
    return Quotation(opened.start, end, start, start + len(inner.strip()), depth, opened.continues, closed)


def _closes(text: str, mark: str, before: str, after: str, place: int, end: int) -> bool:
    if mark in _APOSTROPHES:
        if before.isspace() or after.isalnum():
            return False
        possessive = before in "sS" and after == " " and text[place + 1 : place + 2].islower()
        return not (possessive and _later_closer(text, mark, place, end))
    if mark in {'"', "''", "“", "«", "»"}:
        return not before.isspace() or after.isspace() or not after.isalnum()
    return True


def _later_closer(text: str, mark: str, place: int, end: int) -> bool:
    """Whether a surer closing mark follows soon."""
    at = text.find(mark, place, min(end, place + 300))
    while at >= 0:
        if not text[at - 1].isspace() and not text[at + 1 : at + 2].isalnum():
            return True
        at = text.find(mark, at + 1, min(end, place + 300))
    return False


def _opens(text: str, mark: str, before: str, after: str, place: int) -> bool:
    if after.isspace():
        return mark == "«" and before.isspace()
    if mark in {"“", "„", "‟", "``", "「", "『", "‚", "‹"}:
        return True
    if mark in {"‘", "'"}:
        return not before.isalnum() and before not in ".,!?)’'" and not _ELIDED.match(text, place)
    if mark == "’":
        return False
    return not before.isalnum() and before not in ".,!?)"


def verbatim(text: str, content: Iterable[tuple[int, int]], marks: list[Quotation]) -> tuple[QuoteType, list[tuple[int, int]]]:
    """How much of some content stands inside quotation marks of its own, and those parts without their marks.

    ``marks`` are the text's quotations by their starts. Titles of works stay out unless they are all there is.
    """
    parts, is_whole = [], True
    for start, end in content:
        rest = start
        own = [q for q in marks[bisect_left(marks, start, key=_start) : bisect_left(marks, end, key=_start)] if q.end <= end]
        for q in own:
            if q.start < rest:
                continue
            is_whole = is_whole and not _WORD.search(text, rest, q.start)
            if q.inner_start < q.inner_end and not (is_title(text, q) and _WORD.search(text, start, q.start)):
                parts.append((q.inner_start, q.inner_end))
            else:
                is_whole = False
            rest = q.end
        is_whole = is_whole and not _WORD.search(text, rest, end)
    return ("direct" if is_whole else "mixed") if parts else "indirect", parts


def is_title(text: str, quotation: Quotation) -> bool:
    """Whether it looks like the title of a work: “The Grapes of Wrath”, every long word with a capital and no final mark."""
    inner = text[quotation.inner_start : quotation.inner_end]
    if len(inner) > 80 or inner[-1:] in {".", "!", "?"}:
        return False
    long = [word for word in inner.rstrip(",").split() if len(word) > 3]
    return len(inner.split()) > 1 and bool(long) and all(word[0].isupper() for word in long)


def _start(quotation: Quotation) -> int:
    return quotation.start
