"""Finds names: which runs of capitalised words name a person, an organisation or a place.

The text of a unit (a sentence, or a zone without any) is read once, capitalised word by word; at each word the rules are tried
in a fixed order, and the first that fits takes its words. What is not taken is left for `coreference`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.entities.capitalised_words import INITIAL, Found, is_title, words
from pressmark.record.marks import FINAL, TRAILING
from pressmark.record.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.annotators.entities.capitalised_words import Word
    from pressmark.annotators.entities.gazetteer import Gazetteer
    from pressmark.record.model import EntityLabel

_PARTICLE = re.compile(
    r"[ \xa0](?:(?:de|la|del|der|den|van|von|bin|ibn|al|el|da|di|du|dos|le|ter|ul)[ \xa0-]){1,3}\Z|[ \xa0](?:al-|el-)\Z"
)
_JOINT = re.compile(r"[ \xa0](?:of|for|and|&)[ \xa0](?:the )?\Z")
_OPENED = re.compile(r"[ \xa0](?:of|for)[ \xa0]")
_SUFFIX = {"Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV"}
_ACRONYM = re.compile(r"[A-Z]{3,6}\Z")
_BEFORE = re.compile(r"([\w-]+),?[ \xa0]\Z")
_AFTER = re.compile(r"(?:[’']s)?,?[ \xa0](\w+)")
_APPOSED = re.compile(r",[ \xa0](?:(\d\d),|(?:(?:the|an?|its|his|her) )?(?:\w+[ \xa0]){0,2}?(\w+))")
_MOST = 4  # words of a person's name
_RUN = 9  # words of an organisation's
_SPACE = {" ", "\xa0"}


class Names:
    """The names of one sentence; ``left`` are single words that no rule knows. In a heading only listed names count."""

    def __init__(self, text: str, start: int, end: int, known: Gazetteer, *, is_heading: bool = False) -> None:
        self._text, self._start, self._end, self._known = text, start, end, known
        self._words = words(text, start, end)
        self._is_title = (is_heading or text[end - 1] not in FINAL + TRAILING) and is_title(text[start:end])
        self._person_end = -1
        self._known_from: dict[int, tuple[int, Found | None]] = {}
        self.left: list[Word] = []

    def __iter__(self) -> Iterator[Found]:
        i, rules = 0, self._rules()
        while i < len(self._words):
            word = self._words[i].text
            if word in self._known.function and word not in self._known.ambiguous:  # most capitals only begin a sentence
                self.left.append(self._words[i])
                i += 1
                continue
            for rule in rules:
                if found := rule(i):
                    taken, name = found
                    if name:
                        self._person_end = name.end if name.label == "PERSON" else -1
                        yield name
                    i += taken
                    break
            else:
                self.left.append(self._words[i])
                i += 1

    def _rules(self) -> tuple[Callable[[int], tuple[int, Found | None] | None], ...]:
        if self._is_title:
            return (self.listed,)
        return (self.organisation, self.listed, self.titled, self.given, self.acronym, self.told)

    def titled(self, i: int) -> tuple[int, Found | None] | None:
        """A title and a name: "Mr Biden", "Prime Minister Fumio Kishida". The title stays outside."""
        taken = self._title(i)
        if not taken:
            return None
        title = self._span(i, i + taken)
        first = i + taken
        size = self._person(first) if first < len(self._words) and self._words[first].gap in _SPACE else 0
        if not size:
            return (taken, None) if " " in title or title.rstrip(".") in self._known.courtesy else None
        if title.rstrip(".") in {"Democrat", "Republican"} and size == 1:
            return None
        return taken + size, self._found(first, first + size, "PERSON", "title-name", 0.95)._replace(title=title)

    def listed(self, i: int) -> tuple[int, Found | None] | None:
        """A name that is known: a country, a city, a nationality, an organisation."""
        size, found = self._listed(i)
        if found is None or (size == 1 and self._is_given(i)):
            return None
        return size, found

    def organisation(self, i: int) -> tuple[int, Found | None] | None:
        """A run of words with one that tells its kind: "State Department", "Bank of Japan", "Trump Tower"."""
        if self._is_plain(i) or self._title(i):
            return None
        stop, label = self._headed(i)
        if stop <= i:
            return None
        if self._span(i, stop) in self._known.common:
            return stop - i, None
        size, listed = self._listed(i)
        if (listed and (size >= stop - i or self._words[i + size].gap == "-")) or self._is_person(i, stop):
            return None
        if listed and size < stop - i and listed.label in {"GPE", "NORP"} and self._outside(i + size, stop):
            return size, listed
        return stop - i, self._found(i, stop, label, "head-word", 0.8)

    def given(self, i: int) -> tuple[int, Found | None] | None:
        """A first name and a last name: "Antony Blinken"."""
        if not self._is_given(i):
            return None
        size = self._person(i)
        return (size, self._found(i, i + size, "PERSON", "first-name", 0.85)) if size > 1 else None

    def acronym(self, i: int) -> tuple[int, Found | None] | None:
        """Three to six capitals among small letters: "OSCE"."""
        word = self._words[i]
        if not _ACRONYM.match(word.text) or word.text in self._known.plain:
            return None
        if not re.search(r"[a-z]{3}", self._text[max(self._start, word.start - 20) : word.end + 20]):
            return None
        if self._linked(i + 1) or (i and self._linked(i) and self._words[i - 1].text not in self._known.function):
            return None
        return 1, self._found(i, i + 1, "ORG", "acronym", 0.6)

    def told(self, i: int) -> tuple[int, Found | None] | None:
        """Two to four unknown words beside a word that speaks of a person: "the analyst Xyz Abc", "Xyz Abc, who"."""
        size = self._person(i)
        if size < 2 or self._is_plain(i) or self._words[i + 1].gap == "-":
            return None
        last = self._words[i + size - 1]
        before = _BEFORE.search(self._text, max(self._start, self._words[i].start - 20), self._words[i].start)
        after = _AFTER.match(self._text, last.end, self._end)
        is_role = bool(before and (before[1] in self._known.roles or before[1] in self._known.says))
        is_said = bool(after and after[1] in self._known.says) or self._is_second(i)
        if is_role or is_said or self._apposed(last.end) or last.text in self._known.lasts:
            return size, self._found(i, i + size, "PERSON", "told-of", 0.75 if is_role or is_said else 0.65)
        return None

    def _is_second(self, i: int) -> bool:
        """Whether "and" joins it to a person's name: "Yoshimasa Hayashi and Yasukazu Hamada"."""
        return self._words[i].gap in {" and ", ", "} and self._words[i - 1].end == self._person_end

    def _is_plain(self, i: int) -> bool:
        """Whether the word is no part of a name: a function word, or one that begins the sentence."""
        word = self._words[i].text
        is_function = word in self._known.function and word not in self._known.ambiguous
        return is_function or (i == 0 and word in self._known.plain and self._begins())

    def _is_person(self, i: int, stop: int) -> bool:
        """Whether a head word is a last name: "Tamron Hall"."""
        first, last = self._words[i].text, self._words[stop - 1].text
        return stop - i == 2 and first in self._known.firsts and last in self._known.lasts

    def _apposed(self, end: int) -> bool:
        """Whether an age or an office follows: ", 45,", ", Minister of", ", the governor"."""
        after = _APPOSED.match(self._text, end, self._end)
        return bool(after and (after[1] or after[2] in self._known.roles or after[2] in self._known.titles))

    def _begins(self) -> bool:
        """Whether the first of the words begins the unit, so that it is capitalised whatever it is."""
        return not any(map(str.isalnum, self._text[self._start : self._words[0].start]))

    def _linked(self, i: int) -> bool:
        """Whether the word is in one run with the one before it."""
        return i < len(self._words) and self._words[i].gap in _SPACE

    def _is_given(self, i: int) -> bool:
        """Whether it is a first name with a last name behind it."""
        word = self._words[i].text
        if word not in self._known.firsts or word in self._known.plain:
            return False
        return self._person(i) > 1 and self._listed(i)[0] < 2

    def _listed(self, i: int) -> tuple[int, Found | None]:
        """The longest known name from here, in words; every rule asks for it, so it is looked up once."""
        if i not in self._known_from:
            self._known_from[i] = self._look_up(i)
        return self._known_from[i]

    def _look_up(self, i: int) -> tuple[int, Found | None]:
        word = self._words[i].text
        for size in range(min(self._known.longest.get(word, 0), len(self._words) - i), 0, -1):
            if known := self._known.names.get(self._span(i, i + size) if size > 1 else word):
                return size, Found(self._words[i].start, self._words[i + size - 1].end, known.label, known.name, "list", 0.9)
        if word.isupper() and len(word) > 3 and (known := self._known.names.get(word.title())):
            return 1, Found(self._words[i].start, self._words[i].end, known.label, known.name, "list", 0.8)
        return 0, None

    def _title(self, i: int) -> int:
        """How many words from here are a title, or two: "Former Senator"."""
        first = self._one_title(i)
        return first + (self._one_title(i + first) if first and self._linked(i + first) else 0)

    def _one_title(self, i: int) -> int:
        known, best = self._known, 0
        if self._words[i].text.rstrip(".") not in known.title_words:
            return 0
        for size in range(1, min(5, len(self._words) - i + 1)):
            if size > 1 and len(self._words[i + size - 1].gap) > 8:
                break
            if self._span(i, i + size).replace(".", "") in known.titles:
                best = size
        return best

    def _person(self, i: int) -> int:
        """How many words from here can be one person's name."""
        size, full = 0, 0
        while i + size < len(self._words) and size < _MOST:
            word = self._words[i + size]
            if size and word.gap not in {" ", "\xa0", "-"} and not _PARTICLE.match(word.gap):
                break
            if word.text in _SUFFIX and full:
                return size + 1
            if not self._may_be_name(i + size, is_first=not size):
                break
            size += 1
            full += not INITIAL.match(word.text)
        while size and INITIAL.match(self._words[i + size - 1].text):
            size -= 1
        return size if full else 0

    def _may_be_name(self, i: int, *, is_first: bool) -> bool:
        word = self._words[i].text
        if word in self._known.ambiguous and self._is_ambiguous_name(i, is_first=is_first):
            return True
        if word in self._known.impersonal or (word.isupper() and len(word) > 3):
            return bool(INITIAL.match(word))
        if word.rstrip(".") in self._known.titles:
            return False
        size, listed = self._listed(i)
        if listed is None or INITIAL.match(word):
            return True
        return size == 1 and listed.label == "GPE" and (not is_first or word in self._known.firsts)

    def _is_ambiguous_name(self, i: int, *, is_first: bool) -> bool:
        """Whether "May" or "Will" is a name: behind another, “Theresa May”, or first, but not “in May Lee”, “May 3”."""
        word = self._words[i]
        if self._text[word.end + 1 : word.end + 2].isdigit():
            return False
        if not is_first:
            return True
        if "?" in self._text[max(self._start, self._end - 3) : self._end]:
            return False  # Can Sanders win?
        before = _BEFORE.search(self._text, max(self._start, word.start - 20), word.start)
        return self._linked(i + 1) and not (before and (before[1].isdigit() or before[1].capitalize() in self._known.function))

    def _headed(self, i: int) -> tuple[int, EntityLabel]:
        """Where the run from here ends that a head word ends or begins, and the label that the word gives."""
        stop, label, j = i, None, i
        known, all_words = self._known, self._words
        while j < len(all_words) and j - i < _RUN:
            word = all_words[j]
            if j > i and word.gap not in {" ", "\xa0", "-"} and not self._joined(i, j, is_headed=label is not None):
                break
            if j > i and (word.text in known.function or (self._title(j) and word.text not in known.heads)):
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
        is_next = stop == j and self._linked(j) and self._words[j].text not in self._known.plain
        return is_next and bool(_JOINT.match(self._words[j - 1].gap))

    def _opens(self, j: int) -> bool:
        """Whether the head word begins a name: "Ministry of", "University of"."""
        after = self._words[j + 1] if j + 1 < len(self._words) else None
        return bool(after and self._words[j].text in self._known.opens and _OPENED.match(after.gap))

    def _joined(self, i: int, j: int, *, is_headed: bool) -> bool:
        """Whether "of", "for" or "and" between two words stands inside a name."""
        gap = self._words[j].gap
        if not _JOINT.match(gap):
            return False
        if "and" in gap or "&" in gap:
            begun = is_headed and gap == " and " and self._words[i].text in self._known.joined
            ends = self._linked(j + 1) and self._words[j + 1].text in self._known.joined and not self._listed(i)[0]
            return begun or (ends and not is_headed and j == i + 1) or "&" in gap
        return self._words[j - 1].text in self._known.opens

    def _outside(self, j: int, stop: int) -> bool:
        """Whether a country or nationality stands outside the name behind it: "US State Department"."""
        if stop - j < 1 or self._words[j].gap not in _SPACE:
            return False
        return self._words[stop - 1].text in self._known.government or self._words[j].text in self._known.opens

    def _span(self, i: int, stop: int) -> str:
        return one_line(self._text[self._words[i].start : self._words[stop - 1].end])

    def _found(self, i: int, stop: int, label: EntityLabel, rule: str, confidence: float) -> Found:
        return Found(self._words[i].start, self._words[stop - 1].end, label, self._span(i, stop), rule, confidence)
