"""Finds tokens and quoted words in a text, and makes text safe to print. All offsets are Unicode code points."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterator

    import regex

# Scripts written without spaces between words: each character is a token, as in UAX #29 without a dictionary.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD_CHARACTER = rf"[\p{{L}}\p{{M}}\p{{N}}\p{{Cs}}--[{_UNSPACED}]]"
_CLITIC = r"(?:s|d|m|t|re|ve|ll)"
_APOSTROPHE = "['’]"


@cache
def _token() -> regex.Pattern[str]:
    import regex  # here, since it takes a third of the start-up time of `pressmark --help`

    return regex.compile(
        rf"(?V1)(?<={_WORD_CHARACTER}){_APOSTROPHE}(?i:{_CLITIC})(?!{_WORD_CHARACTER})"  # ’s of Japan’s
        rf"|{_WORD_CHARACTER}+"
        rf"|[^\s\x1c-\x1f]\p{{M}}*"  # the four separators are white space to str.isspace() alone
    )


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Find the tokens of ``text[start:end]``, as offsets into ``text``.

    A token is a run of letters, marks and digits; or an English clitic with its apostrophe (’s, ’re, ’t) right after
    one; or any other character that is not white space. So hyphens split words: "US-Japan" is three tokens.
    """
    for match in _token().finditer(text, start, len(text) if end is None else end):
        yield match.span()


def occurrences(text: str, quoted: str) -> list[int]:
    """Find where ``quoted`` occurs in ``text`` as whole tokens: its offsets in order. Occurrences may overlap.

    "Japan" occurs in "US-Japan" and "Japan’s", but not in "Japanese".
    """
    if not quoted:
        return []
    starts, ends = set(), set()
    for start, end in tokens(text):
        starts.add(start)
        ends.add(end)
    places, place = [], text.find(quoted)
    while place >= 0:
        if place in starts and place + len(quoted) in ends:
            places.append(place)
        place = text.find(quoted, place + 1)
    return places


class Lines:
    """The lines of a text, which end with a line feed. Lines and columns count from 1, columns in code points."""

    def __init__(self, text: str) -> None:
        self._breaks = [-1, *(match.start() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_left(self._breaks, offset)
        return line, offset - self._breaks[line - 1]


def one_line(text: str) -> str:
    """The words of a text as a name: one space between them, and U+FFFD for each control character."""
    if text.isprintable() and "  " not in text and text == text.strip():
        return text  # most names are so already
    return "".join("\ufffd" if category(c) == "Cc" else c for c in " ".join(text.split()))


class Excerpt(NamedTuple):
    """A span with a few words around it, safe to print; ``before + marked + after`` is continuous text."""

    before: str
    marked: str
    after: str

    def __str__(self) -> str:
        """Return the excerpt in one line, with the span in brackets."""
        return f"…{self.before}[{self.marked}]{self.after}…"


def excerpt(text: str, start: int, end: int, width: int = 24) -> Excerpt:
    """Return ``text[start:end]`` with up to ``width`` code points on either side."""
    return Excerpt(visible(text[max(0, start - width) : start]), visible(text[start:end]), visible(text[end : end + width]))


def visible(text: str) -> str:
    r"""Escape everything that a terminal would act on or cannot print: ``\x1b``, ``\u202e``.

    Line ends are escaped too, so that a message stays one line. Printable characters (`str.isprintable`) stay.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def shortened(text: str, width: int = 60) -> str:
    """Make the text visible, and replace the middle of a long one by an ellipsis."""
    if len(text) <= width:
        return visible(text)
    return f"{visible(text[: width // 2])}…{visible(text[-width // 2 :])}"


def quoted(text: str) -> str:
    """Quote the text for a message: in one line, visible, not too long."""
    return f"'{shortened(text)}'"
