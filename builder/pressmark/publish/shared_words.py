"""Finds the words that a text shares with others, and takes quotations of articles out of strings.

A word is a run of letters and digits, without regard to case. A *quotation* is a run of `SIZE` words or more that stands in an
article. The edition without text publishes none: where a string holds one, its words become their places in the article.

    python -m pressmark.publish.shared_words edition seeds

prints the longest run of words that each file of one folder shares with the texts of another.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.validation.edition_record import PIECES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SIZE = 5  # words: no longer run than four is published
_WORD = re.compile(r"[^\W_]+")
_CASES: dict[str, Callable[[str], str]] = {"lower": str.lower, "upper": str.upper, "capital": str.capitalize}

Run = tuple[str, ...]


class _Quoted(NamedTuple):
    """Where the words of a run stand: the article, the offsets of each word, and the article's text from the first one on."""

    article: str
    words: tuple[tuple[int, int], ...]
    text: str


def longest_shared_run(one: str, other: str) -> list[str]:
    """Returns the longest run of words that stands in both texts, the first of several."""
    ours, theirs = _words(one), _words(other)
    longest: list[str] = []
    while found := _shared_run(ours, theirs, len(longest) + 1):
        longest = found
    return longest


def _shared_run(ours: list[str], theirs: list[str], size: int) -> list[str]:
    known = set(_runs(ours, size))
    return next((list(run) for run in _runs(theirs, size) if run in known), [])


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _runs(words: list[str], size: int = SIZE) -> Iterator[Run]:
    return (tuple(words[i : i + size]) for i in range(len(words) - size + 1))


class Quotations:
    """Knows which of some strings quote which of some articles. Takes all strings first, then all articles."""

    def __init__(self, strings: Iterable[str]) -> None:
        self._asked = {run for string in strings for run in _runs(_words(string))}
        self._found: dict[Run, _Quoted] = {}

    def read(self, article: str, text: str) -> None:
        """Looks for the strings in an article."""
        places = [match.span() for match in _WORD.finditer(text)]
        for i, run in enumerate(_runs(_words(text))):
            if run in self._asked and run not in self._found:
                words = tuple(places[i : i + SIZE])
                self._found[run] = _Quoted(article, words, text[words[0][0] : words[-1][1]])

    def without(self, string: str) -> str | dict[str, list[Any]]:
        """Returns a string, or ``{"pieces": [...]}`` if it quotes: its own words, and the places of the others."""
        runs = list(_runs(_words(string)))
        found = {i: self._found[run] for i, run in enumerate(runs) if run in self._found}
        if not found:
            return string
        words = [match.span() for match in _WORD.finditer(string)]
        pieces: list[Any] = []
        done, first = 0, 0
        for i in sorted(found):
            if i + SIZE <= first or (i + 1 in found and i < first):
                continue  # a later run reaches further
            first = max(i, first)
            while first < i + SIZE:
                last, piece = _piece(string, words, found[i], i, first)
                pieces += [string[done : words[first][0]], piece]
                done, first = words[last][1], last + 1
        return {PIECES: [piece for piece in [*pieces, string[done:]] if piece]}

    def quoted(self, string: str) -> str | None:
        """Returns the id of an article that a string quotes, or None."""
        return next((self._found[run].article for run in _runs(_words(string)) if run in self._found), None)


def _piece(string: str, words: list[tuple[int, int]], quoted: _Quoted, i: int, first: int) -> tuple[int, Any]:
    """Returns the last word that a piece from the ``first`` one holds, and the piece: the rest of the run, or one word."""
    for last in (i + SIZE - 1, first):
        wanted = string[words[first][0] : words[last][1]]
        start, end = quoted.words[first - i][0], quoted.words[last - i][1]
        there = quoted.text[start - quoted.words[0][0] : end - quoted.words[0][0]]
        piece = {"article": quoted.article, "start": start, "end": end}
        if there == wanted:
            return last, piece
        for name, change in _CASES.items():
            if change(there) == wanted:
                return last, piece | {"case": name}
    return first, wanted


def restored(pieces: list[Any], text_of: Callable[[str], str]) -> str:
    """Returns the string that `Quotations.without` took apart, given the text of each article by its id."""
    return "".join(piece if isinstance(piece, str) else _cut(piece, text_of) for piece in pieces)


def _cut(piece: dict[str, Any], text_of: Callable[[str], str]) -> str:
    cut = text_of(piece["article"])[piece["start"] : piece["end"]]
    return _CASES[piece["case"]](cut) if "case" in piece else cut


def _print(published: Path, texts: Path) -> None:
    for path in sorted(file for file in published.rglob("*") if file.is_file()):
        ours = path.read_bytes().decode(errors="replace")
        runs = [longest_shared_run(ours, text.read_bytes().decode()) for text in sorted(texts.rglob("*.txt"))]
        run = max(runs, key=len, default=[])
        sys.stdout.write(f"{path}: {len(run)} words in a row: {' '.join(run)}\n")


if __name__ == "__main__":
    _print(Path(sys.argv[1]), Path(sys.argv[2]))
