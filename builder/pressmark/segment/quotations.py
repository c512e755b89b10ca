"""Pairs the quotation marks of a text and finds what stands inside them, in one pass.

It knows every mark of `pressmark.record.marks` and the typewriter marks (``''`` ``` `` ```), tells single marks from
apostrophes, and follows quotations over several paragraphs, which are reopened at each (Chicago Manual of Style 13.30).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from pressmark.record.marks import APOSTROPHES, DIRECTED, MARKS, PAIRS, SINGLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.record.model import QuoteType

_SURE = "".join(sorted(set(MARKS) - set(APOSTROPHES)))
_MARK = re.compile(rf"[{_SURE}]|''|``|[{APOSTROPHES}](?!(?<=[^\W_].)[^\W_])")  # no apostrophe inside a word
_ELIDED = re.compile(r"(?:\d\ds?|em|til|tis|twas|n|cause|bout|round)\b", re.IGNORECASE)
_WORD = re.compile(r"\w")
INCH = re.compile(r'(?<=\d)"(?=\s[a-z])')  # 6" thick
_ALWAYS_OPEN = {"“", "„", "‟", "``", "「", "『", "‚", "‹"}
_SOON = 300  # characters
DEPTH = 4  # deeper marks are damage, not quotations


class Quotation(NamedTuple):
    """A quotation: ``text[start:end]`` with its marks, ``text[inner_start:inner_end]`` without (code points).

    ``depth`` is 0 outside all others. ``continues``: it reopens a quotation that the paragraph before left open. ``closed``: it
    has a closing mark.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    continues: bool
    closed: bool


class _Open(NamedTuple):
    mark: str
    start: int
    end: int
    continues: bool


def quotations(text: str, paragraphs: Iterable[tuple[int, int]]) -> list[Quotation]:
    """Find the quotations of each paragraph ``text[start:end]``, and return them in the order of their starts."""
    return list(_paired(text, tuple(paragraphs)))


@lru_cache(maxsize=1)  # quotes and claims ask for those of one article
def _paired(text: str, rows: tuple[tuple[int, int], ...]) -> list[Quotation]:
    pairing = _Pairing(text)
    for (start, end), (following, _) in zip_longest(rows, rows[1:], fillvalue=(len(text), 0)):
        pairing.paragraph(start, end, following)
    return sorted(pairing.found, key=lambda quotation: (quotation.start, -quotation.end))


class _Pairing:
    """The quotations found so far; ``_left_open``: the last paragraph ended inside one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left_open = False
        self._stack: list[_Open] = []
        self.found: list[Quotation] = []

    def paragraph(self, start: int, end: int, following: int) -> None:
        """Pair the marks of one paragraph; a quotation ends with it, but may be reopened at ``following``, the next one."""
        self._stack.clear()
        for match in _MARK.finditer(self._text, start, end):
            place = _Place(self._text, match.start(), match.end(), start, end)
            level = self._level(match[0])
            if level is not None and place.is_inch():
                continue
            may_open = match[0] in PAIRS and len(self._stack) < DEPTH and place.may_open(match[0])
            is_doubled = may_open and level is not None and self._stack[level].end == match.start()  # ““It rained,”” she said
            if level is not None and place.may_close(match[0]) and not is_doubled:
                self._close(level, match)
            elif may_open:
                self._open(match, start, end)
        self._left_open = self._leave(start, end, following)

    def _level(self, mark: str) -> int | None:
        """How deep the innermost open quotation is that the mark could close."""
        return next((i for i in range(len(self._stack) - 1, -1, -1) if mark in PAIRS[self._stack[i].mark]), None)

    def _open(self, match: re.Match[str], paragraph: int, stop: int) -> None:
        for i, opened in enumerate(self._stack):
            if match[0] not in SINGLE and opened.mark == match[0] and not self._is_third(i, match, stop):
                del self._stack[i:]  # a double mark inside one of its own kind: the first was never closed
                break
        self._stack.append(_Open(match[0], *match.span(), continues=self._left_open and match.start() == paragraph))

    def _is_third(self, level: int, match: re.Match[str], stop: int) -> bool:
        """Whether it opens inside one that is inside one of its kind, and both are closed: “She said, ‘He cried “Run”’”."""
        if level + 1 == len(self._stack) or not (closer := DIRECTED.get(match[0])):
            return False
        return self._text.count(closer, match.end(), stop) > self._text.count(match[0], match.end(), stop) + 1

    def _close(self, level: int, match: re.Match[str]) -> None:
        opened = self._stack[level]
        del self._stack[level:]
        self._add(opened, match.span(), level)

    def _add(self, opened: _Open, closer: tuple[int, int], depth: int) -> None:
        inner = self._text[opened.end : closer[0]]
        if words := inner.strip():
            start = opened.end + len(inner) - len(inner.lstrip())
            is_closed = closer[0] < closer[1]
            self.found.append(Quotation(opened.start, closer[1], start, start + len(words), depth, opened.continues, is_closed))

    def _leave(self, start: int, end: int, following: int) -> bool:
        """Whether the paragraph ends inside a quotation, which then runs to its end; a single mark must be reopened."""
        if not self._stack:
            return False
        mark = self._stack[0].mark
        if mark in SINGLE and not self._text.startswith(mark, following):
            return False
        first, text = self._stack[0], self._text
        is_speech = first.start == start or text[max(start, first.start - 2) : first.start].rstrip()[-1:] in {",", ":", "."}
        stop = start + len(text[start:end].rstrip())
        if is_speech and stop > first.end:
            self._add(first, (stop, stop), 0)
        return is_speech and stop > first.end


class _Place(NamedTuple):
    """A mark, ``text[start:end]``, in its paragraph."""

    text: str
    start: int
    end: int
    paragraph_start: int
    paragraph_end: int

    @property
    def before(self) -> str:
        return self.text[self.start - 1] if self.start > self.paragraph_start else " "

    @property
    def after(self) -> str:
        return self.text[self.end] if self.end < self.paragraph_end else " "

    def may_close(self, mark: str) -> bool:
        """Whether the mark can close here; an apostrophe does not, nor one that stands before a word."""
        if mark in APOSTROPHES:
            if self.before.isspace() or self.after.isalnum():
                return False
            is_plural = self.before in "sS" and self.after == " " and self.text[self.end + 1 : self.end + 2].islower()
            return not (is_plural and self._closes_later(mark))
        if mark in {'"', "''", "“", "«", "»"}:
            return not self.before.isspace() or not self.after.isalnum()
        return True

    def is_inch(self) -> bool:
        """Whether the mark tells inches: it stands behind a number and before a word, and would leave the last mark alone."""
        if not INCH.match(self.text, self.start, self.paragraph_end):
            return False
        rest = self.text[self.end : min(self.paragraph_end, self.end + 10 * _SOON)]
        return (rest.count('"') - len(INCH.findall(rest))) % 2 == 1

    def _closes_later(self, mark: str) -> bool:
        """Whether a surer closing mark follows soon: “the workers’ pay’.”."""
        stop = min(self.paragraph_end, self.end + _SOON)
        at = self.text.find(mark, self.end, stop)
        while at >= 0:
            if not self.text[at - 1].isspace() and not self.text[at + 1 : at + 2].isalnum():
                return True
            at = self.text.find(mark, at + 1, stop)
        return False

    def may_open(self, mark: str) -> bool:
        """Whether the mark can open here: before a word, and not in or behind one."""
        if self.after.isspace():
            if mark in DIRECTED or mark in _ALWAYS_OPEN:  # « Yes, » she said,“ it rained.”
                return self.before.isspace() or self.before in ",:;"
            is_spaced = mark == '"' and self.text.find(' "', self.end, self.paragraph_end) > 0  # " What? " she asked
            return is_spaced and self.before.isspace()
        if mark in _ALWAYS_OPEN:
            return True
        if self.before.isalnum() or mark == "’":
            return False
        if mark in {"‘", "'"}:
            return self.before not in ".,!?)’'" and not _ELIDED.match(self.text, self.end)
        return self.before not in ".,!?)"


def verbatim(text: str, content: Iterable[tuple[int, int]], marks: list[Quotation]) -> tuple[QuoteType, list[tuple[int, int]]]:
    """Find the parts of a content that its own quotation marks enclose, and the type of quote that this makes it.

    The parts come without their marks. ``marks`` are the quotations of the text, sorted by start.
    """
    parts, is_whole = [], True
    for start, end in content:
        rest = start
        own = [q for q in marks[bisect_left(marks, start, key=_start) : bisect_left(marks, end, key=_start)] if q.end <= end]
        for q in own:
            if q.start < rest:
                continue
            is_whole = is_whole and not _WORD.search(text, rest, q.start)
            if q.inner_start < q.inner_end:
                parts.append((q.inner_start, q.inner_end))
            rest = q.end
        is_whole = is_whole and not _WORD.search(text, rest, end)
    return ("direct" if is_whole else "mixed") if parts else "indirect", parts


def is_title(text: str, quotation: Quotation) -> bool:
    """Whether it looks like the title of a work (“The Grapes of Wrath”): all long words capitalised, no final punctuation."""
    inner = text[quotation.inner_start : quotation.inner_end]
    if len(inner) > 80 or inner[-1:] in {".", "!", "?"}:
        return False
    long = [word for word in inner.rstrip(",").split() if len(word) > 3]
    return len(inner.split()) > 1 and bool(long) and all(word[0].isupper() for word in long)


def _start(quotation: Quotation) -> int:
    return quotation.start
