"""A sentence as a row of tagged words, in which each quotation and each bracket is one word.

The tags are single characters, so that a rule can be a regular expression over them: `Words.tags` has one a word.

    N name   n noun, adjective or unknown   # number   T day or month   D determiner   P pronoun   s possessive 's
    x auxiliary   V form of a cue verb   v other verb   g other -ing form   a adverb or not   t to   p preposition   o of
    h that   w who, which, what …   c and, or   b but   u because, if, when …
    Q quotation   B bracket   - dash   , ; : . themselves
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from pressmark.annotate.quotes.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotate.quotes.lexicon import Cue
    from pressmark.segment.quotations import Quotation

# Closed classes: Quirk et al. 1985, 2.34-2.36, 3.21, 6.1, 9.7, 14.12.
_CLOSED = {
    "D": """the a an this these those my your his her its our their whose some any no every each either neither both all most
        many few several much more less enough another such one two three four five six seven eight nine ten dozens half
        a.k.a. fellow so-called""",
    "P": """i you he she it we they me him us them himself herself themselves itself myself yourself ourselves someone somebody
        everyone everybody anyone anybody nobody none everything nothing something anything others there""",
    "x": """am is are was were be been being have has had having do does did will would shall should can could may might must
        cannot ’re 're ’ve 've ’ll 'll ’d 'd ’m 'm ain't isn't aren't wasn't weren't haven't hasn't hadn't don't doesn't didn't
        won't wouldn't shan't shouldn't can't couldn't mightn't mustn't""",
    "a": """not never also then later now again once still just even already ever further often sometimes soon thus therefore
        however instead too perhaps maybe almost rather quite very only here twice yet always meanwhile moreover
        furthermore nonetheless nevertheless else likewise together ago away back anymore first finally""",
    "t": "to",
    "p": """in on at by for with from about against over under between into through during before after across toward towards
        among without within along around behind beyond near off onto upon via amid despite like including regarding
        concerning following per alongside outside inside throughout versus until till than up down out according""",
    "o": "of",
    "h": "that",
    "w": "who whom which what why how where",
    "c": "and or & nor plus",
    "b": "but so yet",
    "u": "because if when while although though since unless whether as whereas lest once whenever wherever after before until",
    "T": """monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
        sundays today yesterday tomorrow tonight january february march april may june july august september october november
        december jan feb mar apr aug sept oct nov dec tues wed thurs fri""",
    "v": """went gone goes go came comes come took taken takes take made makes make got gotten gets get gave given gives give
        left leaves kept keeps keep put puts set sets ran runs run won wins win lost loses lose met meets meet sent sends
        brought brings bring bought paid pays stood stands stand sat sits grew grows grown led leads lead became becomes become
        spent spends held fell falls fallen rose rises risen drew drawn drove driven broke broken built chose cut dealt did
        fought found flew threw thrown wore worn woke shook stole struck sold slept taught tried tries try used uses want
        seems remains stays helps help works live lives lived needs let lets turned turns failed fails""",
}
_TOKEN = re.compile(
    r"[’'](?:s|S|re|ve|ll|d|m)(?!\w)|\d{1,3}(?:,\d{3})+|\w+(?:(?:[-.&/]|['’](?!(?:s|S|re|ve|ll|d|m)(?!\w)))\w+)*|\.{2,}|--+|[^\w\s]"
)
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
_BRACKETS = {"(": ")", "[": "]"}
_CAPITALS = frozenset({"US", "IT", "WHO"})
_BE = frozenset("am is are was were be been being ’re 're ’m 'm isn't aren't wasn't weren't ain't".split())
_PERIODS = frozenset("week month year morning night evening afternoon day weekend spring summer fall autumn winter season".split())
_WHICH = frozenset("last this next that past same".split())
_ABBREVIATED = frozenset("mr mrs ms dr sen rep gov gen lt col sgt rev st jr sr prof capt no inc corp co ltd u.s u.n d.c vs".split())


@dataclass(slots=True)
class Words:
    """One sentence: its tags, and for each word its offsets and lower-case form; cues and quotations by their place."""

    tags: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    text: str
    cues: dict[int, Cue] = field(default_factory=dict)
    quotations: dict[int, Quotation] = field(default_factory=dict)

    def is_be(self, i: int) -> bool:
        """Whether the word is a form of be."""
        return self.lower[i] in _BE


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


@cache
def _closed() -> dict[str, str]:
    found: dict[str, str] = {}
    for tag, words in _CLOSED.items():
        for word in words.split():
            found.setdefault(word, tag)
            found.setdefault(word.replace("'", "’"), tag)
    return found


def words(text: str, start: int, end: int, inside: list[Quotation]) -> Words:
    """The words of ``text[start:end]``, which holds the given top-level quotations whole."""
    row = _Row(text)
    place = start
    for quotation in inside:
        row.prose(place, quotation.start)
        row.add("Q", quotation.start, quotation.end, "", quotation)
        place = quotation.end
    row.prose(place, end)
    return row.words()


class _Row:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tags: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._lower: list[str] = []
        self._quotations: dict[int, Quotation] = {}
        self._open = ""

    def add(self, tag: str, start: int, end: int, word: str, quotation: Quotation | None = None) -> None:
        if self._open:  # inside a bracket: one word
            self._ends[-1] = end
            return
        if quotation is not None:
            self._quotations[len(self._tags)] = quotation
        self._tags.append(tag)
        self._starts.append(start)
        self._ends.append(end)
        self._lower.append(word)

    def prose(self, start: int, end: int) -> None:
        closed = _closed()
        for match in _TOKEN.finditer(self._text, start, end):
            word = match[0]
            if self._open or word in _BRACKETS:
                self._bracket(match, word)
                continue
            lower = word.lower()
            tag = ("N" if word in _CAPITALS else closed.get(lower)) or _PUNCTUATION.get(word) or _shape(word, lower)
            if tag == "." and self._lower and word == "." and self._abbreviates(match, end):
                self._ends[-1] = match.end()
                continue
            self.add(tag, match.start(), match.end(), lower)

    def _bracket(self, match: re.Match[str], word: str) -> None:
        if not self._open:
            closer = _BRACKETS[word]
            if self._text.find(closer, match.end(), match.end() + 200) < 0:
                return
            self.add("B", match.start(), match.end(), "")
            self._open = closer
        else:
            self._ends[-1] = match.end()
            if word == self._open:
                self._open = ""

    def _abbreviates(self, match: re.Match[str], end: int) -> bool:
        """Whether the full stop belongs to the word before: “Mr.”, “Calif.,”."""
        if self._ends[-1] != match.start() or match.end() >= end:
            return False
        before, after = self._lower[-1], self._text[match.end() : match.end() + 2]
        if before in _ABBREVIATED or len(before) == 1 or ("." in before and len(before) < 6):
            return True
        return after[0] in ",;:" or (after[0] == " " and after[1:].islower())

    def words(self) -> Words:
        titled = self._titled()
        row = Words("", self._starts, self._ends, self._lower, self._text, quotations=self._quotations)
        cues, tags = lexicon().cues, self._tags
        for i, word in enumerate(self._lower):
            if (cue := cues.get(word)) and self._may_be_verb(i, cue, titled=titled):
                row.cues[i] = cue
                tags[i] = "V"
            elif cue and self._text[self._starts[i]].isupper():
                tags[i] = "N"
            elif word in {"’s", "'s"} and self._is_verb_s(i):
                tags[i] = "x"
            elif word in _PERIODS and i and (self._lower[i - 1] in _WHICH or tags[i - 1] == "T"):
                tags[i] = "T"
                if self._lower[i - 1] in _WHICH:
                    tags[i - 1] = "T"
            elif word in {"late", "early", "earlier"} and i + 1 < len(tags) and tags[i + 1] == "T":
                tags[i] = "T"
            elif word in {"late", "early", "earlier"} and i + 1 < len(tags) and self._lower[i + 1] in _WHICH:
                tags[i] = "T"
            elif word in {"may", "march"} and self._text[self._starts[i]].islower():
                tags[i] = "x" if word == "may" else "n"
        for i in list(row.cues):
            if not _is_verb(row.cues[i], i, tags, self._lower, titled=titled):
                tags[i] = "n" if row.cues.pop(i).forms & {"base", "third", "ing"} else "v"
        row.tags = "".join(tags)
        return row

    def _titled(self) -> bool:
        """Whether every longer word has a capital but those that headlines write small (AP Stylebook, "titles")."""
        closed = _closed()
        capitals = 0
        for start, word in zip(self._starts, self._lower, strict=True):
            if len(word) > 3 and word[0].isalpha():
                if self._text[start].isupper():
                    capitals += 1
                elif word not in closed:
                    return False
        return capitals >= 3

    def _is_verb_s(self, i: int) -> bool:
        return i > 0 and self._lower[i - 1] in {"he", "she", "it", "that", "there", "who", "what", "here", "where"}

    def _may_be_verb(self, i: int, cue: Cue, *, titled: bool) -> bool:
        """Whether the form is not rather a name: “Ban”, “the Post”."""
        if titled or not self._text[self._starts[i]].isupper():
            return True
        return i == 0 and bool(cue.forms & {"past", "participle", "ing"})


def _is_verb(cue: Cue, at: int, tags: list[str], lower: list[str], *, titled: bool) -> bool:
    """Whether a form that may be a noun as well ("report", "claims") or an adjective ("alleged") is a verb here."""
    forms, k = cue.forms, at
    while k and tags[k - 1] == "a" and lower[k - 1] not in {"not", "never"}:
        k -= 1
    before = tags[k - 1] if k else "^"
    word = lower[k - 1] if k else ""
    after = tags[at + 1] if at + 1 < len(tags) else "."
    if before in "s#" or (before == "D" and word not in _QUANTIFIERS):
        return False
    if before in "po" and "ing" not in forms:
        return False
    if forms & {"past", "participle", "ing"}:
        return True
    if before in "t" or (before == "x" and "base" in forms):
        return "base" in forms
    if before == "n":
        plural = word.endswith("s") or word in {"people", "men", "women", "media", "police"}
        return plural == ("base" in forms) and (after in _COMPLETES or "third" not in forms)
    if before in "NBT,":
        return after in _COMPLETES
    if before == "D" or before in "Pw^hcQb-;:u.":
        return True
    return titled and after in _COMPLETES


_QUANTIFIERS = frozenset("all both many some few most several others these those half".split())
_COMPLETES = frozenset("hQ:,DPNaTtwpu#n.xg")


def _shape(word: str, lower: str) -> str:
    first = word[0]
    if first.isdigit():
        return "#"
    if first.isupper():
        return "N"
    if lower.endswith("ly") and len(lower) > 4:
        return "a"
    if lower.endswith("ing") and len(lower) > 5:
        return "g"
    if lower.endswith("ed") and len(lower) > 4:
        return "v"
    return "n"
