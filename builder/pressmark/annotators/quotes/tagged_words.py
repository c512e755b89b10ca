"""Reads a sentence as a row of tagged words. Each quotation and each bracket is one word.

The tags are single characters, so that a rule can be a regular expression over them: `Words.tags` has one a word.

    N name   n noun, adjective or unknown   # number   T day or month   D determiner   P pronoun   s possessive 's
    x auxiliary   V form of a cue verb   v other verb   g other -ing form   a adverb or not   t to   p preposition   o of
    h that   w who, which, what …   c and, or   b but   u because, if, when …
    Q quotation   B bracket   - dash   , ; : . themselves
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import category

from pressmark.annotators.quotes.ambiguous_words import resolved
from pressmark.annotators.quotes.grammar import closed, sets
from pressmark.record.marks import MARKS

if TYPE_CHECKING:
    from pressmark.annotators.quotes.lexicon import Cue
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.segment.quotations import Quotation

_TOKEN = re.compile(
    r"[’'](?:s|S|re|ve|ll|d|m)(?!\w)|\d{1,3}(?:,\d{3})+|\w++(?:[-.&/]\w++|['’](?!(?:s|S|re|ve|ll|d|m)(?!\w))\w++|[\u00ad\u200c\u200d\u2060]++\w++)*+|\.{2,}|--+|[^\w\s]"
)
_INVISIBLE = re.compile("[\u00ad\u200c\u200d\u2060]")  # inside a word
_NICKNAME = re.compile(r"[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){0,2}")
_NAME_AND_MORE = re.compile(r"(?:[ \xa0][A-Z][\w’'.-]*){1,4}[ \xa0][a-z]+(?![\w.,!?;])")
_PUNCTUATION = {
    ",": ",",
    ";": ";",
    ":": ":",
    ".": ".",
    "!": ".",
    "?": ".",
    "–": "-",
    "—": "-",
    "―": "-",
    "-": "-",
    "--": "-",
    "---": "-",
    "…": "-",
    "..": ".",
    "...": "-",
    "%": "n",
    "$": "#",
    "’": "s",
    "'": "s",
    "’s": "s",
    "'s": "s",
    "’S": "s",
    "'S": "s",
    "@": "n",
    "#": "n",
}
_BARS = {"|", "¦", "•", "·"}  # between headings, names and dates
_LONE = {*MARKS, *"*)]}"}  # without a partner, and so no word
_BRACKETS = {"(": ")", "[": "]"}
_NO_WORD = frozenset({"", ".", ";"})  # the tags of marks that may be no words of their own
_CAPITALS = {"US", "IT", "WHO"}
_MOST = 2**16  # words that are remembered
_BRACKET = 200  # characters that a bracket may hold


@dataclass(slots=True)
class Words:
    """One sentence: its tags, and for each word its offsets and lower-case form; cues and quotations by their place.

    ``subjects`` remembers which noun phrase ends right before a word, since many rules ask for it.
    """

    tags: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    text: str
    cues: dict[int, Cue] = field(default_factory=dict)
    quotations: dict[int, Quotation] = field(default_factory=dict)
    subjects: dict[int, Range | None] = field(default_factory=dict, compare=False, repr=False)

    def is_be(self, i: int) -> bool:
        """Whether the word is a form of be."""
        return self.lower[i] in sets()["be"]

    def part(self, start: int, end: int) -> Words:
        """Some of the words, as a sentence of their own."""
        return Words(
            self.tags[start:end],
            self.starts[start:end],
            self.ends[start:end],
            self.lower[start:end],
            self.text,
            {i - start: cue for i, cue in self.cues.items() if start <= i < end},
            {i - start: quotation for i, quotation in self.quotations.items() if start <= i < end},
        )

    def last_character(self, q: int) -> str:
        """The last character inside the quotation that is the word ``q``."""
        return self.text[self.quotations[q].inner_end - 1]

    def starts_small(self, q: int) -> bool:
        """Whether the quotation that is the word ``q`` begins with a small letter, as the rest of a sentence does."""
        return self.text[self.quotations[q].inner_start].islower()


def words(text: str, start: int, end: int, inside: list[Quotation]) -> Words:
    """The words of ``text[start:end]``, which holds the given outermost quotations whole."""
    row = _Row(text)
    for quotation in inside:
        row.prose(start, quotation.start)
        row.quotation(quotation)
        start = quotation.end
    row.prose(start, end)
    return row.words()


class _Known(dict[str, tuple[str, str]]):
    """The tag and the lower-case form of each word that was met, out of its context; begun anew when there are too many.

    No `functools.lru_cache`, which also notes that a word was used: to find one there takes several times as long.
    """

    def __missing__(self, word: str) -> tuple[str, str]:
        if len(self) >= _MOST:
            self.clear()
        lower = word.lower() if word.isascii() else _INVISIBLE.sub("", word.lower())
        tag = ("N" if word in _CAPITALS else closed().get(lower)) or _PUNCTUATION.get(word) or _shape(word, lower)
        self[word] = tag, lower
        return tag, lower


_KNOWN = _Known()


def _shape(word: str, lower: str) -> str:
    if word in _LONE or word in _BRACKETS or category(word[0]) in {"Cf", "So"}:
        return ""
    if word in _BARS:
        return ";"
    if word[0].isdigit():
        return "#"
    if word[0].isupper():
        return "N"
    endings = (("ly", "a", 5), ("ing", "g", 6), ("ed", "v", 5))
    return next((tag for ending, tag, least in endings if lower.endswith(ending) and len(lower) >= least), "n")


class _Row:
    """The words so far; ``_open`` is the bracket that will close the one being read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tags: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._lower: list[str] = []
        self._quotations: dict[int, Quotation] = {}
        self._open = ""

    def quotation(self, quotation: Quotation) -> None:
        """Add a quotation as one word; inside a bracket it is part of that."""
        if self._open:
            self._ends[-1] = quotation.end
            return
        if self._is_nickname(quotation):
            self._add("N", quotation.start, quotation.end, self._text[quotation.inner_start : quotation.inner_end].lower())
            return
        self._quotations[len(self._tags)] = quotation
        self._add("Q", quotation.start, quotation.end, "")

    def _is_nickname(self, quotation: Quotation) -> bool:
        """Whether it stands in a name or before one: Bob “Ace” Ray; said “Big” Bob Ray; but not “Never” Bob Ray said."""
        text, inner = self._text, self._text[quotation.inner_start : quotation.inner_end]
        after = text[quotation.end : quotation.end + 2]
        if self._tags and self._tags[-1] != ",":
            may_be_name = self._tags[-1] in "NnvVp" and self._ends[-1] + 1 == quotation.start
        else:
            may_be_name = _NAME_AND_MORE.match(text, quotation.end) is not None
        return (
            may_be_name
            and after[:1] == " "
            and after[1:].isupper()
            and inner[:1].isupper()
            and _NICKNAME.fullmatch(inner) is not None
        )

    def prose(self, start: int, end: int) -> None:
        """Add the words of ``text[start:end]``."""
        tags, starts, ends, lower = self._tags, self._starts, self._ends, self._lower
        for match in _TOKEN.finditer(self._text, start, end):
            word = match[0]
            tag, small = _KNOWN[word]
            if (self._open or tag in _NO_WORD) and not self._is_word(match, word, end):
                continue
            begin, stop = match.span()
            tags.append(tag)  # as `_add` does, which would take a tenth of the time of all quotes
            starts.append(begin)
            ends.append(stop)
            lower.append(small)

    def _is_word(self, match: re.Match[str], word: str, end: int) -> bool:
        """Whether a mark is a word of its own. One that belongs to a bracket or an abbreviation is added to that."""
        if self._open or word in _BRACKETS:
            if self._tags or match.end() < end:  # else the sentence is a quotation in brackets: (“It rained,”) she said
                self._bracket(match, word)
            return False
        if not _KNOWN[word][0] or (word in _BARS and self._tags[-1:] == ["Q"]):
            return False
        if word == "." and self._lower and self._abbreviates(match.start(), end):
            self._ends[-1] = match.end()
            return False
        return True

    def _add(self, tag: str, start: int, end: int, lower: str) -> None:
        self._tags.append(tag)
        self._starts.append(start)
        self._ends.append(end)
        self._lower.append(lower)

    def _bracket(self, match: re.Match[str], word: str) -> None:
        if self._open:
            self._ends[-1] = match.end()
            if word == self._open:
                self._open = ""
        elif self._text.find(_BRACKETS[word], match.end(), match.end() + _BRACKET) >= 0:
            self._add("B", match.start(), match.end(), "")
            self._open = _BRACKETS[word]

    def _abbreviates(self, stop: int, end: int) -> bool:
        """Whether the full stop belongs to the word before: “Mr.”, “Calif.,”."""
        if self._ends[-1] != stop or stop + 1 >= end:
            return False
        before, after = self._lower[-1], self._text[stop + 1 : stop + 3]
        if before in sets()["abbreviated"] or len(before) == 1 or ("." in before and len(before) < 6):
            return True
        return after[0] in ",;:" or (after[0] == " " and after[1:].islower())

    def words(self) -> Words:
        """The row, with the words that can be read in several ways resolved."""
        capital = [self._text[start].isupper() for start in self._starts]
        tags, cues = resolved(self._tags, self._lower, capital)
        return Words(tags, self._starts, self._ends, self._lower, self._text, cues, self._quotations)
