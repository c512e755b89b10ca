"""Finds the capitalised words that no rule took for a name and that may be a person's: "Wibisono" of "Wibisono left"."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from pressmark.annotators.entities.capitalised_words import words
from pressmark.annotators.entities.gazetteer import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressmark.annotators.entities.capitalised_words import Word

    Range = tuple[int, int]

# The last words before them, and whether a comma or the like ends those.
_BEFORE = re.compile(r"(?:([\w’'-]+)[ \xa0])?([\w’'-]+)[ \xa0]\Z")
_DETERMINERS = {"the", "a", "an", "this", "that", "its", "their", "our", "his", "her", "my", "your", "each", "every", "no"}
_JOINTS = {"and", "but", "so", "then", "when", "while", "after", "because", "that", "if", "as", "whether", "where"}
# Behind these stands a place, a firm or a word that goes on with the sentence.
_SMALL = "of|for|in|at|on|by|to|from|and|nor|or|as|near|via|than|that|which|into|called|named|through|across|around"
# What follows somebody who does something, or of whom it says who they are.
_DOES = re.compile(
    rf"[’']s[ \xa0]|[ \xa0](?!(?:{_SMALL}|with)\b)[a-z]"
    r"|,[ \xa0](?:(?:an?|the|his|her|who|whose)[ \xa0]|\d\d,|\w+[ \xa0]of\b)"
)
_MARKS = re.compile("[\"“”]|''")


class UnmarkedNames:
    """The capitalised words of a text outside the ``taken`` ranges, which are names and values.

    Each of the units, which are sentences, is read once, and only if it is asked for.
    """

    def __init__(self, text: str, units: Sequence[Range], taken: Iterable[Range]) -> None:
        self._text, self._units, self._taken = text, units, sorted(taken)
        self._starts = [start for start, _ in self._taken]
        self._found: dict[int, list[int]] = {}  # where they start, by unit

    def among(self, start: int, end: int) -> bool:
        """Whether such words in ``text[start:end]`` (code points) may be somebody who does something, or to whom it is done."""
        for i in range(max(0, bisect_right(self._units, (start, len(self._text))) - 1), len(self._units)):
            if self._units[i][0] >= end:
                return False
            if i not in self._found:
                self._found[i] = [
                    run[0].start for run in self._runs(*self._units[i]) if self._is_somebody(run, *self._units[i])
                ]
            if any(start <= place < end for place in self._found[i]):
                return True
        return False

    def _runs(self, start: int, end: int) -> Iterator[list[Word]]:
        """The words that are free, those together that stand together, without function words before them."""
        known = gazetteer()
        run: list[Word] = []
        for word in words(self._text, start, end):
            if run and not word.follows(run[-1]):
                yield run
                run = []
            if self._is_taken(word):
                run = []
            elif run or word.text not in known.function:
                run.append(word)
        if run:
            yield run

    def _is_taken(self, word: Word) -> bool:
        i = bisect_right(self._starts, word.start) - 1
        return i >= 0 and word.start < self._taken[i][1]

    def _is_somebody(self, run: list[Word], start: int, end: int) -> bool:
        """Whether the words may be a name, and stand where a person does outside quotation marks."""
        if not _may_be_name(run) or self._is_quoted(run[0].start, start, end):
            return False
        before = _BEFORE.search(self._text, max(start, run[0].start - 30), run[0].start)
        if not before:
            return _DOES.match(self._text, run[-1].end, end) is not None
        nearest, second = before[2].lower(), (before[1] or "").lower()
        if {nearest, second} & _DETERMINERS or nearest.endswith(("’s", "'s")):
            return False
        if nearest in _JOINTS and _DOES.match(self._text, run[-1].end, end):
            return True
        return before[2].islower() and nearest not in _SMALL.split("|") and any(map(_is_listed, run))

    def _is_quoted(self, place: int, start: int, end: int) -> bool:
        behind = _MARKS.search(self._text, place, end)
        return bool(behind and behind[0] == "”") or len(_MARKS.findall(self._text, start, place)) % 2 == 1


def _may_be_name(run: list[Word]) -> bool:
    """Whether the words may be a person's name: not all are English, or the first is a first name with another behind it."""
    known = gazetteer()
    if run[-1].text.isupper() or run[-1].text.rstrip(".") in known.title_words:
        return False
    is_english = [known.is_english(word.text) for word in run]
    if len(run) == 1:
        return not is_english[0] and run[0].text not in known.firms
    return run[0].text in known.firsts or (not all(is_english) and run[-1].text not in known.heads)


def _is_listed(word: Word) -> bool:
    """Whether it is a first or a last name and no word of English."""
    known = gazetteer()
    return (word.text in known.firsts or word.text in known.lasts) and not known.is_english(word.text)
