"""Finds names: which runs of capitalised words name a person, an organisation or a place.

The text of a unit (a sentence, or a zone without any) is read once, capitalised word by word; at each word the rules are tried
in a fixed order, and the first that fits takes its words. What is not taken is left for `coreference`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.entities.capitalised_words import SPACE, is_title
from pressmark.annotators.entities.last_names import LastNames
from pressmark.annotators.entities.person_names import PersonNames
from pressmark.annotators.entities.sentence_words import SentenceWords
from pressmark.record.marks import FINAL, TRAILING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.annotators.entities.capitalised_words import Found, Word
    from pressmark.annotators.entities.gazetteer import Gazetteer
    from pressmark.record.model import EntityLabel

_JOINT = re.compile(r"[ \xa0](?:of|for|and|&)[ \xa0](?:the )?\Z")
_OPENED = re.compile(r"[ \xa0](?:of|for)[ \xa0]")
_ACRONYM = re.compile(r"[A-Z]{3,6}\Z")
_AT = re.compile(r"\b(?:in|at|from|near|to|outside|around|of)[ \xa0]\Z")
_RUN = 9  # words of an organisation's


class Names:
    """The names of one sentence; ``left`` are single words that no rule knows. In a heading only listed names count."""

    def __init__(self, text: str, start: int, end: int, known: Gazetteer, *, is_heading: bool = False) -> None:
        self._text, self._start, self._end, self._known = text, start, end, known
        self._row = SentenceWords(text, start, end, known)
        self._persons = PersonNames(self._row)
        self._last_names = LastNames(self._persons)
        self._is_title = (is_heading or text[end - 1] not in FINAL + TRAILING) and is_title(text[start:end])
        self.left: list[Word] = []
        heads = (i for i in range(len(self._row) - 1, -1, -1) if self._row[i].text.rstrip(".") in known.heads)
        self._last_head = next(heads, -1)

    def __iter__(self) -> Iterator[Found]:
        i, rules = 0, self._rules()
        while i < len(self._row):
            word = self._row[i].text
            is_function = word in self._known.function and word not in self._known.ambiguous
            if is_function and not self._persons.is_family(i):  # most capitals only begin a sentence
                self.left.append(self._row[i])
                i += 1
                continue
            for rule in rules:
                if found := rule(i):
                    taken, name = found
                    if name:
                        self._persons.last_end = name.end if name.label == "PERSON" else -1
                        yield name
                    i += taken
                    break
            else:
                self.left.append(self._row[i])
                i += 1

    def _rules(self) -> tuple[Callable[[int], tuple[int, Found | None] | None], ...]:
        if self._is_title:
            return (self.listed,)
        people = self._persons
        return (
            self.organisation,
            self.listed,
            people.titled,
            people.given,
            self.acronym,
            people.told,
            self._last_names.alone,
            people.unlisted,
        )

    def listed(self, i: int) -> tuple[int, Found | None] | None:
        """A name that is known: a country, a city, a nationality, an organisation."""
        size, found = self._row.listed(i)
        if found is None and self._is_town(i):
            return 1, self._row.found(i, i + 1, "GPE", "town", 0.8)
        if found is None or (size == 1 and (self._persons.is_given(i) or (found.label == "GPE" and self._ends_name(i)))):
            return None
        return size, found

    def _ends_name(self, i: int) -> bool:
        """Whether a place's word ends a longer name, which no rule took: "Vinh" of "Xyz Quang Vinh", not of "Northern Vinh"."""
        if not i or not self._row.linked(i) or not self.left or self.left[-1] is not self._row[i - 1]:
            return False
        word, known = self._row[i - 1].text, self._known
        is_name = (
            word in known.firsts or word in known.lasts or (i > 1 and self._row.linked(i - 1) and self._row.is_foreign(i - 2))
        )
        is_name &= self._persons.context.before(i - 1).lower() not in {"a", "an", "the"}  # a Garuda Indonesia flight
        return is_name and word.isalpha() and not word.isupper() and self._row.is_foreign(i - 1)

    def _is_town(self, i: int) -> bool:
        """Whether "Nice" or "Reading" is the town, since "in" or the like stands before it and no other name behind."""
        word = self._row[i]
        if word.text not in self._known.towns or self._row.linked(i + 1):
            return False
        return _AT.search(self._text, max(self._start, word.start - 12), word.start) is not None

    def organisation(self, i: int) -> tuple[int, Found | None] | None:
        """A run of words with one that tells its kind: "State Department", "Bank of Japan", "Trump Tower"."""
        if i > self._last_head or self._row.is_plain(i) or self._row.title(i):
            return None
        stop, label = self._headed(i)
        if stop <= i:
            return None
        if self._row.span(i, stop) in self._known.common:
            return stop - i, None
        size, listed = self._row.listed(i)
        if (listed and (size >= stop - i or self._row[i + size].gap == "-")) or self._is_person(i, stop):
            return None
        if listed and size < stop - i and listed.label in {"GPE", "NORP"} and self._outside(i + size, stop):
            return size, listed
        return stop - i, self._row.found(i, stop, label, "head-word", 0.8)

    def acronym(self, i: int) -> tuple[int, Found | None] | None:
        """Three to six capitals among small letters: "OSCE"."""
        word = self._row[i]
        if not _ACRONYM.match(word.text) or word.text in self._known.plain:
            return None
        if not re.search(r"[a-z]{3}", self._text[max(self._start, word.start - 20) : word.end + 20]):
            return None
        if self._row.linked(i + 1) or (i and self._row.linked(i) and self._row[i - 1].text not in self._known.function):
            return None
        return 1, self._row.found(i, i + 1, "ORG", "acronym", 0.6)

    def _is_person(self, i: int, stop: int) -> bool:
        """Whether a head word is a last name: "Tamron Hall", "Marko Dedić-Bank"."""
        first, last = self._row[i].text, self._row[stop - 1].text
        is_two = stop - i == 2 and first in self._known.firsts and last in self._known.lasts
        return is_two or self._persons.is_double(stop - 1) or (stop - i == 2 and self._persons.is_headed(i))

    def _headed(self, i: int) -> tuple[int, EntityLabel]:
        """Where the run from here ends that a head word ends or begins, and the label that the word gives."""
        stop, label, j = i, None, i
        known, all_words = self._known, self._row
        while j < len(all_words) and j - i < _RUN:
            word = all_words[j]
            if j > i and word.gap not in {" ", "\xa0", "-"} and not self._joined(i, j, is_headed=label is not None):
                break
            if j > i and (word.text in known.function or (self._row.title(j) and word.text not in known.heads)):
                break
            if (kind := known.heads.get(word.text.rstrip("."))) and (j > i or self._opens(j)):
                stop = j + 1
                label = kind if kind in {"ORG", "LAW"} or label is None else label
            elif label is not None and word.text not in known.function and (_JOINT.match(word.gap) or self._continues(j, stop)):
                stop = j + 1
            j += 1
        return (stop, label) if label is not None else (i, "ORG")

    def _continues(self, j: int, stop: int) -> bool:
        """Whether the word goes on with what a joint began: "Department of Homeland Security", not "the Court Monday"."""
        is_next = stop == j and self._row.linked(j) and self._row[j].text not in self._known.plain
        return is_next and bool(_JOINT.match(self._row[j - 1].gap))

    def _opens(self, j: int) -> bool:
        """Whether the head word begins a name: "Ministry of", "University of"."""
        after = self._row[j + 1] if j + 1 < len(self._row) else None
        return bool(after and self._row[j].text in self._known.opens and _OPENED.match(after.gap))

    def _joined(self, i: int, j: int, *, is_headed: bool) -> bool:
        """Whether "of", "for" or "and" between two words stands inside a name."""
        gap = self._row[j].gap
        if not _JOINT.match(gap):
            return False
        if "and" in gap or "&" in gap:
            begun = is_headed and gap == " and " and self._row[i].text in self._known.joined
            ends = self._row.linked(j + 1) and self._row[j + 1].text in self._known.joined and not self._row.listed(i)[0]
            return begun or (ends and not is_headed and j == i + 1) or "&" in gap
        return self._row[j - 1].text in self._known.opens

    def _outside(self, j: int, stop: int) -> bool:
        """Whether a country or nationality stands outside the name behind it: "US State Department"."""
        if stop - j < 1 or self._row[j].gap not in SPACE:
            return False
        return self._row[stop - 1].text in self._known.government or self._row[j].text in self._known.opens
