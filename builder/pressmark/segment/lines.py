"""Divides a text into its lines, and joins those of a paragraph where somebody broke them at a width (RFC 3676, "fixed")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.record.marks import FINAL, TRAILING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Line = tuple[int, str]

_LEAST, _MOST = 30, 120  # characters of a line that was broken at a width
_FULL = 0.7  # of the longest line of which it is sure
_RAGGED = 8  # characters that another line may be longer than that
_STOPS = {*FINAL, ":", ";"}


def lines(text: str) -> Iterator[Line]:
    """Yield each line that is not blank, trimmed, with its start; the lines of a broken paragraph as one."""
    rows = list(_rows(text))
    surely = {i for i in range(len(rows) - 1) if _goes_on(rows[i][1], rows[i + 1][1])}
    width = max((len(rows[i][1]) for i in surely), default=0)
    begin = 0
    for i, (start, line) in enumerate(rows):
        if i + 1 < len(rows) and (i in surely or (width and _may_go_on(line, rows[i + 1][1], width))):
            continue
        first = rows[begin][0]
        if line:
            yield first, text[first : start + len(line)]
        begin = i + 1


def _rows(text: str) -> Iterator[Line]:
    offset = 0
    for whole in text.splitlines(keepends=True):
        yield offset + len(whole) - len(whole.lstrip()), whole.strip()
        offset += len(whole)


def _goes_on(line: str, following: str) -> bool:
    """Whether the sentence surely goes on in the next line: it has no end, and that begins with a small letter."""
    may_go_on = _LEAST <= len(line) <= _MOST and following[:1].islower() and len(following) <= _MOST
    return may_go_on and _is_open(line) and line.count(" ") > 3


def _may_go_on(line: str, following: str, width: int) -> bool:
    """Whether the next line belongs to the paragraph, in a text of broken lines: its first word had no more room."""
    if not line or not following or not _FULL * width <= len(line) <= width + _RAGGED or not following[0].isalnum():
        return False
    first = following.split(maxsplit=1)[0]
    return _is_open(line) or len(line) + 1 + len(first) > width


def _is_open(line: str) -> bool:
    """Whether a line has no end of a sentence, nor of a part of one."""
    return line.rstrip(TRAILING)[-1:] not in _STOPS
