r"""Reads and writes the text of an inline draft, with its mentions in marks: ``[Ada Brook]{e2 PERSON}``.

A bracket or backslash of the article itself is written with a backslash before it: ``\[``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pressmark.project.inline_lines import WrongError
from pressmark.record.text import one_line, quoted
from pressmark.validation.level5_guidelines.values import VALUE_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MARKUP = re.compile(r"\\(?P<plain>[\[\]\\])?|(?P<open>\[)|\](?:\{(?P<words>[^{}\n]*)\})?")
_OURS = re.compile(r"[\[\]\\]")


class Mark(NamedTuple):
    """A marked mention: ``text[start:end]`` of the article, what its braces say, and the place of its opening bracket."""

    start: int
    end: int
    words: str
    place: int


class _Open(NamedTuple):
    number: int
    start: int
    place: int


class MarkedText:
    """The text of an inline draft: ``plain`` without its marks, and ``marks`` in the order in which they open.

    Raises:
        WrongError: a mark is not closed, or a bracket or backslash is neither a mark nor escaped.
    """

    def __init__(self, marked: str, place: int) -> None:
        self.plain = ""
        self._pieces: list[tuple[int, int]] = [(0, place)]
        found: dict[int, Mark] = {}
        opened: list[_Open] = []
        last = count = 0
        for match in _MARKUP.finditer(marked):
            here = place + match.start()
            self.plain += marked[last : match.start()] + (match["plain"] or "")
            last = match.end()
            if match["open"]:
                opened.append(_Open(count, len(self.plain), here))
                count += 1
            elif match["plain"] is None:
                mark = self._closed(match, opened, here)
                found[mark.number] = Mark(mark.start, len(self.plain), match["words"], mark.place)
            self._pieces.append((len(self.plain), place + last))
        if opened:
            raise WrongError(
                r"this bracket is never closed by ]{id LABEL}; write \[ for a bracket of the text", opened[-1].place
            )
        self.plain += marked[last:]
        self.marks = [found[number] for number in sorted(found)]

    def _closed(self, match: re.Match[str], opened: list[_Open], place: int) -> _Open:
        if match[0] == "\\":
            raise WrongError(r"a backslash stands before [, ] or \; write \\ for a backslash of the text", place)
        if match["words"] is None:
            raise WrongError(r"a mention ends with ]{id LABEL}; write \] for a bracket of the text", place)
        if not opened:
            raise WrongError(r"no mention is open here; write \] for a bracket of the text", place)
        return opened.pop()

    def compare(self, text: str) -> None:
        """Compares the text with the article's. White space at the very end may differ: nobody sees it.

        Raises:
            WrongError: they differ; its place is that of the first difference.
        """
        if self.plain.rstrip() == text.rstrip():
            return
        pairs = enumerate(zip(self.plain, text, strict=False))
        at = next((i for i, (ours, theirs) in pairs if ours != theirs), min(len(self.plain), len(text)))
        word = max(at - 20, *(text.rfind(space, 0, at) + 1 for space in " \n"))
        ours, theirs = (quoted(found[word : at + 30]) if found[word:] else "its end" for found in (self.plain, text))
        start, place = next(piece for piece in reversed(self._pieces) if piece[0] <= at)
        raise WrongError(f"the text is not the article's: here it has {ours}, the article {theirs}", place + at - start)


def usual_level(label: str | None) -> str:
    """Returns the level of a mention that a mark does not name."""
    return "value" if label in VALUE_LABELS else "name"


def usual_name(mentions: Iterable[tuple[str, str]]) -> str:
    """Returns the name of an entity whose block gives none, from the texts and levels of its mentions; "" without mentions."""
    found = list(mentions)
    names = [one_line(text) for text, level in found if level == "name"]
    return max(names, key=len) if names else next((one_line(text) for text, _ in found), "")


def marked(text: str, marks: Sequence[Mark]) -> str:
    """Writes a text with its marks, which do not cross and are in the order of their starts, the longer one first."""
    written, at = "", 0
    opened: list[Mark] = []
    for mark in (*marks, None):
        while opened and (mark is None or opened[-1].end <= mark.start):
            inner = opened.pop()
            written += f"{_escaped(text[at : inner.end])}]{{{inner.words}}}"
            at = inner.end
        if mark:
            written += _escaped(text[at : mark.start]) + "["
            at = mark.start
            opened.append(mark)
    return written + _escaped(text[at:])


def _escaped(text: str) -> str:
    return _OURS.sub(r"\\\g<0>", text)
