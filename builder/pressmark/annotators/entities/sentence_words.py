"""The capitalised words of one sentence, and what the lists know of each: a listed name, a title, a word of English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.entities.capitalised_words import SPACE, Found, words
from pressmark.record.text import one_line

if TYPE_CHECKING:
    from pressmark.annotators.entities.capitalised_words import Word
    from pressmark.annotators.entities.gazetteer import Gazetteer
    from pressmark.record.model import EntityLabel

_OF = re.compile(r"[ \xa0](?:of|for)[ \xa0](?:the[ \xa0])?")
_IN_OFFICE = re.compile(r",?[ \xa0](?:(?:and|of|for|&)[ \xa0](?:the[ \xa0])?)?")
_OFFICE = 6  # words behind "of" in a title: "Secretary of Health and Human Services"
_NO_NAME = ("ed", "ing", "ish", "ian", "esque")
_TAIL = re.compile(r"-([a-z]{1,6})(?![\w-])")


class SentenceWords(list["Word"]):
    """``text[start:end]`` by its capitalised words; ``row[i]`` is one. A given name's second half belongs to its word."""

    __slots__ = ("_known_from", "end", "known", "start", "text")

    def __init__(self, text: str, start: int, end: int, known: Gazetteer) -> None:
        self.text, self.start, self.end, self.known = text, start, end, known
        self.extend(words(text, start, end))
        for i, word in enumerate(self):
            if text[word.end : word.end + 1] == "-" and (stop := self._tail(i)):
                self[i] = word._replace(end=stop, text=text[word.start : stop])
        self._known_from: dict[int, tuple[int, Found | None]] = {}

    def _tail(self, i: int) -> int:
        """Where the word ends with the small letters behind its hyphen: "Kwok-hung", "Jae-in", but not "Trump-backed"."""
        tail = _TAIL.match(self.text, self[i].end, self.end)
        if not tail or self[i].text.isupper():
            return 0
        is_name = tail[1] not in self.known.words and not tail[1].endswith(_NO_NAME)
        is_syllable = len(tail[1]) < 5 or tail[1] == "young"  # Se-young
        is_behind_family = i > 0 and self.linked(i) and self[i - 1].text in self.known.families and is_syllable
        return tail.end() if is_name or is_behind_family else 0

    def is_halves(self, i: int) -> bool:
        """Whether it is two syllables with a hyphen, of which none is a word: "Jae-in", "Kwok-hung"."""
        first, hyphen, second = self[i].text.partition("-")
        return bool(hyphen) and second.islower() and first.lower() not in self.known.words and second not in self.known.words

    def particle(self, i: int) -> int:
        """Where the particles before the word begin: "van der " of "van der Lee said"; its own start if there are none."""
        word = self[i]
        if self.text[word.start - 1 : word.start] not in {" ", "\xa0", "-"}:
            return word.start
        found = self.known.particle.search(self.text, max(self.start, word.start - 20), word.start)
        return found.start() + 1 if found and not self.known.particle.fullmatch(word.gap) else word.start

    def span(self, i: int, stop: int) -> str:
        """The words from ``i`` before ``stop`` as they stand, on one line."""
        return one_line(self.text[self[i].start : self[stop - 1].end])

    def found(self, i: int, stop: int, label: EntityLabel, rule: str, confidence: float) -> Found:
        """A mention of the words from ``i`` before ``stop``."""
        return Found(self[i].start, self[stop - 1].end, label, self.span(i, stop), rule, confidence)

    def linked(self, i: int) -> bool:
        """Whether the word is in one run with the one before it."""
        return i < len(self) and self[i].gap in SPACE

    def begins(self) -> bool:
        """Whether the first of the words begins the unit, so that it is capitalised whatever it is."""
        return not any(map(str.isalnum, self.text[self.start : self[0].start]))

    def is_plain(self, i: int) -> bool:
        """Whether the word is no part of a name: a function word, or one that begins the sentence."""
        word = self[i].text
        is_function = word in self.known.function and word not in self.known.ambiguous
        return is_function or (i == 0 and word in self.known.plain and self.begins())

    def is_word(self, i: int) -> bool:
        """Whether it is an ordinary word of English and nobody's name."""
        word, known = self[i].text, self.known
        is_name = word in known.firsts or word in known.lasts or word in known.ambiguous
        return word.lower() in known.words and not is_name

    def is_foreign(self, i: int) -> bool:
        """Whether it is no word of English in any form, and no title."""
        word = self[i].text
        return not self.known.is_english(word) and word not in self.known.title_words

    def listed(self, i: int) -> tuple[int, Found | None]:
        """The longest known name from here, in words; every rule asks for it, so it is looked up once."""
        if i not in self._known_from:
            self._known_from[i] = self._look_up(i)
        return self._known_from[i]

    def _look_up(self, i: int) -> tuple[int, Found | None]:
        word = self[i].text
        for size in range(min(self.known.longest.get(word, 0), len(self) - i), 0, -1):
            if known := self.known.names.get(self.span(i, i + size) if size > 1 else word):
                return size, Found(self[i].start, self[i + size - 1].end, known.label, known.name, "list", 0.9)
        if word.isupper() and len(word) > 3 and (known := self.known.names.get(word.title())):
            return 1, Found(self[i].start, self[i].end, known.label, known.name, "list", 0.8)
        return 0, None

    def title(self, i: int) -> int:
        """How many words from here are a title, or two: "Former Senator", "Minister of Education"."""
        if self[i].text.rstrip(".") not in self.known.title_words:
            return 0
        first = self._one_title(i)
        return first + (self._one_title(i + first) if first and self.linked(i + first) else 0)

    def _one_title(self, i: int) -> int:
        known, best = self.known, 0
        if self[i].text.rstrip(".") not in known.title_words:
            return 0
        for size in range(1, min(5, len(self) - i + 1)):
            if size > 1 and len(self[i + size - 1].gap) > 8:
                break
            if self.span(i, i + size).replace(".", "") in known.titles:
                best = size
        return best

    def office(self, i: int) -> int:
        """How many words from here go on with a title behind "of": "of Education", "for Foreign Affairs"; 0 if none do.

        They end before the first word that can begin a person's name.
        """
        if i >= len(self) or not _OF.fullmatch(self[i].gap):
            return 0
        j = i + 1
        size, _ = self.listed(i)
        j = i + max(size, 1)
        while j < len(self) and j - i < _OFFICE and _IN_OFFICE.fullmatch(self[j].gap):
            size, listed = self.listed(j)
            word = self[j].text
            if not listed and (self._begins_name(j) or not (word.lower() in self.known.words or word in self.known.impersonal)):
                break
            j += max(size, 1)
        return j - i

    def _begins_name(self, i: int) -> bool:
        """Whether a first name or a family's stands here with a word behind it that is none of English."""
        is_first = self[i].text in self.known.firsts or self[i].text in self.known.families
        return is_first and not (self.linked(i + 1) and self[i + 1].text.lower() in self.known.words)
