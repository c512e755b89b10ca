"""Finds the names of persons in a sentence: by a title, a list of names, or a word beside them that speaks of a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.entities.capitalised_words import INITIAL
from pressmark.annotators.entities.person_context import PersonContext
from pressmark.annotators.entities.sentence_words import SPACE

if TYPE_CHECKING:
    from pressmark.annotators.entities.capitalised_words import Found
    from pressmark.annotators.entities.sentence_words import SentenceWords

_SUFFIX = {"Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV"}
# Words that begin a place's name, and stand inside a person's.
_INSIDE = {"El", "San", "Santa", "Las", "Los"}
_OF = {"Ó", "Ní", "Uí", "Nic"}  # they stand before the rest of an Irish last name
_WHO = frozenset({"who", "whose"})
_GROUP = ("ians", "ers", "ists", "ites")  # Mississippians, Mainers
_FIRM = (
    "bank",
    "com",
    "soft",
    "oil",
    "neft",
    "prom",
    "petrol",
    "bras",
    "corp",
    "tech",
    "pharma",
    "trans",
    "trak",
    "media",
    "sys",
)
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\Z")
# Firms and papers have capitals inside: "SoftBank"; persons only behind these: "McConnell", "DeSantis".
_CAMEL = re.compile(r"(?!(?:Ma?c|D[aeiu]|L[ae]|Fitz|Van|Von|O[’']?|D[’'])[A-Z][a-z])\w+[a-z][A-Z]")
_MOST = 4  # words of a person's name
_PARTY = {"Democrat", "Republican"}

Taken = tuple[int, "Found | None"]  # how many words a rule takes, and the name in them


class PersonNames:
    """The rules for persons in one sentence."""

    def __init__(self, row: SentenceWords) -> None:
        self._row, self._known, self._context = row, row.known, PersonContext(row)
        self.last_end = -1  # where the person's name ends that was found last, if nothing was found since

    def titled(self, i: int) -> Taken | None:
        """A title and a name: "Mr Biden", "Prime Minister Fumio Kishida". The title stays outside."""
        row, taken = self._row, self._row.title(i)
        if not taken or (self.is_family(i) and "-" in row[i + 1].text):  # Son Heung-min
            return None
        office = row.office(i + taken)
        for first in (i + taken + office, i + taken):
            size = self.size(first) if first < len(row) and row[first].gap in SPACE else 0
            title = row.span(i, first)
            is_nobody = size == 1 and (
                title.rstrip(".") in _PARTY or (self._row.is_word(first) and not self._is_courtesy(title))
            )
            if size and not is_nobody:
                return first + size - i, row.found(first, first + size, "PERSON", "title-name", 0.95)._replace(title=title)
        return (taken, None) if taken > 1 or self._is_courtesy(row[i].text) else None

    def _is_courtesy(self, title: str) -> bool:
        return title.rstrip(".") in self._known.courtesy

    def given(self, i: int) -> Taken | None:
        """A first name and a last name: "Antony Blinken"; or a family's and a given name, "Xi Jinping"."""
        if not self.is_given(i):
            return None
        size = self.size(i)
        return size, self._row.found(i, i + size, "PERSON", "first-name", 0.85)

    def told(self, i: int) -> Taken | None:
        """Two to four unknown words beside a word that speaks of a person: "the analyst Xyz Abc", "Xyz Abc, who"."""
        row, context, size = self._row, self._context, self.size(i)
        stop = i + size
        if size < 2 or row.is_plain(i) or (row[i + 1].gap == "-" and size < 3) or row[i].gap == "-":
            return None
        is_stuck = row.linked(i + 1) and self._is_thing(i, is_first=False) and self.is_given(i + 1)  # Skipper Ann Lee
        if is_stuck or context.is_body(i, stop):
            return None
        is_role, is_said = context.is_role(i), context.does(stop, self._known.says) or self._is_second(i)
        is_person = is_role or context.is_apposed(stop) or context.does(stop, _WHO)
        if (row.is_word(i) or self._is_phrase(i, stop)) and not is_person:
            return None
        is_done = context.does(stop, self._known.acts) or context.is_done_to(i)
        if is_person or is_done or (is_said and not self._is_abroad(i, stop)) or self._is_listed(i, stop):
            return size, row.found(i, stop, "PERSON", "told-of", 0.75 if is_role or is_said else 0.65)
        return None

    def _is_listed(self, i: int, stop: int) -> bool:
        """Whether one of the words is somebody's name, and none is a thing's."""
        parts = [j for j in range(i, stop) if not INITIAL.match(self._row[j].text)]
        is_name = any(self._row[j].text in self._known.firsts or self._row[j].text in self._known.lasts for j in parts)
        return is_name and not self._is_abroad(i, stop) and not any(self._is_thing(j, is_first=False) for j in parts)

    def alone(self, i: int) -> Taken | None:
        """A last name in an article that may never have it in full: "Kirchner said", "Xyz, 45,", "Xyz smiled"."""
        row, known = self._row, self._known
        stop = i + 2 if i + 1 < len(row) and row[i + 1].gap == "-" else i + 1
        if row.linked(stop) or (i and row.linked(i)) or not all(self._may_stand_alone(j) for j in range(i, stop)):
            return None
        word, found = row[i].text, row.found(i, stop, "PERSON", "last-name", 0.6)
        start = row.particle(i)
        if start < found.start:
            found = found._replace(start=start, name=row.text[start : found.end])
        is_last = word in known.lasts and word not in known.firms and word.lower() not in known.words
        is_speaker = (is_last or found.start < row[i].start) and self._context.speaks(i, stop)
        if is_speaker or self._context.is_human(i, stop):
            return stop - i, found
        is_firm = word in known.firms or word.endswith((*_GROUP, *_FIRM)) or self._context.is_body(i, stop)
        is_answer = not is_firm and not _MONTH.match(word) and self._context.answers(i, stop)
        return (stop - i, found._replace(rule="speaker", confidence=0.5)) if is_answer else None

    def _may_stand_alone(self, i: int) -> bool:
        """Whether the word can be a last name: no abbreviation, place, title or word of English, unless somebody has it."""
        word, known = self._row[i].text, self._known
        if word in known.lasts:
            return word not in known.impersonal and not word.isupper()
        is_plain = self._row.is_plain(i) or word in known.impersonal or word.rstrip(".") in known.title_words
        is_plain |= word in known.abroad or "." in word or _CAMEL.match(word) is not None
        return not is_plain and not self._is_thing(i, is_first=False)

    def unlisted(self, i: int) -> Taken | None:
        """Two to four words that no list knows, where nothing shows that they are a place's or a firm's: "to Xyz Abc"."""
        row, size = self._row, self.size(i)
        parts = [j for j in range(i, i + size) if not INITIAL.match(row[j].text)]
        is_whole = not row.linked(i + size) and (i == 0 or not row.linked(i) or row.is_plain(i - 1)) and not row.is_plain(i)
        is_thing = any(self._is_thing(j, is_first=j == i) for j in parts) or self._is_abroad(i, i + size)
        if not is_whole or (len(parts) < 2 and size < 2) or is_thing:
            return None
        if (row[i + 1].gap == "-" and size < 3) or self._context.is_nobody(i, i + size):
            return None
        return size, row.found(i, i + size, "PERSON", "unlisted", 0.5)

    def _is_abroad(self, i: int, stop: int) -> bool:
        """Whether it begins or ends as places, firms and papers do in other languages: "Lago Xyz", "La Xyz", "Xyz Zeitung"."""
        known, first, last = self._known, self._row[i].text, self._row[stop - 1].text
        if first in known.articles:  # Le Duan
            return last not in known.lasts and last not in known.firsts
        is_name = first in known.firsts and last in known.lasts  # Monte Haines
        return (first in known.abroad and not is_name) or last in known.abroad_ends

    def _is_thing(self, i: int, *, is_first: bool) -> bool:
        """Whether it is a place's, an abbreviation, or a word of English; some rare ones are first names ("Mitt")."""
        word, known = self._row[i].text, self._known
        forms = {word.lower(), *(word.lower().removesuffix(ending) for ending in ("s", "es", "ing", "ed"))}
        is_english = not known.words.isdisjoint(forms) or (not is_first and not known.rare.isdisjoint(forms))
        is_english &= word not in known.firsts and word not in known.lasts
        is_short = len(word) < 2 or word.isupper()
        return is_english or bool(self._row.listed(i)[0]) or (is_short and word not in _OF) or word in known.firms

    def is_given(self, i: int) -> bool:
        """Whether a person's name begins here that is not the beginning of a place's."""
        word, known = self._row[i].text, self._known
        if word in known.plain and not self.is_family(i):
            return False
        if not (word in known.firsts or self.is_family(i)) or self._row[i].gap == "-":
            return False
        size, listed = self.size(i), self._row.listed(i)[0]
        is_firm = size == 2 and word in known.firms and self._row[i + 1].text in known.firms  # Wells Fargo
        return size > 1 and listed < 2 and not is_firm and not self._is_phrase(i, i + size) and not self._is_abroad(i, i + size)

    def _is_phrase(self, i: int, stop: int) -> bool:
        """Whether a name goes on with what is nobody's: "Tate Modern", "Garuda Indonesia"."""
        row, first = self._row, self._row[i].text
        is_sure = first in self._known.firsts and first not in self._known.lasts and first.lower() not in self._known.words
        is_sure = (is_sure and not row.listed(i)[0]) or bool(INITIAL.match(row[i + 1].text))  # "Mike Pence", "Douglas J. Band"
        is_place = any(row.listed(j)[0] and row[j].text not in self._known.lasts for j in range(i + 1, stop))
        return is_place or (row.is_word(stop - 1) and not is_sure)

    def is_family(self, i: int) -> bool:
        """Whether it is a last name that stands first, before a given name that is no word: "Xi Jinping", "Park Geun-hye"."""
        row = self._row
        if not row.linked(i + 1) or row.listed(i + 1)[0]:
            return False
        given = row[i + 1].text
        is_halves = row.is_halves(i + 1)
        if row[i].text not in self._known.families:
            return is_halves and len(row[i].text) < 6 and row[i].text.lower() not in self._known.words
        return given.lower() not in self._known.words and (row[i].text not in self._known.impersonal or "-" in given)

    def _is_behind_family(self, i: int) -> bool:
        """Whether it is "El" of "Hicham El Guerrouj", or what looks like a title behind a last name: "Hun Sen"."""
        word, before, known = self._row[i].text, self._row[i - 1].text, self._known
        if word in _INSIDE:
            return (
                (before in known.firsts or before in known.families) and self._row.linked(i + 1) and not self._row.listed(i)[0]
            )
        is_english = word.lower() in known.words or word.lower() in known.rare
        return before in known.families and before.lower() not in known.words and not is_english and word in known.titles

    def size(self, i: int) -> int:
        """How many words from here can be one person's name."""
        row, size, full = self._row, 0, 0
        while i + size < len(row) and size < _MOST:
            word = row[i + size]
            if size and word.gap not in {" ", "\xa0", "-"} and not self._joins(i + size):
                break
            if word.text in _SUFFIX and full:
                return size + 1
            if not self._may_be_name(i + size, is_first=not size):
                break
            size += 1
            full += not INITIAL.match(word.text)
        while size and INITIAL.match(row[i + size - 1].text):
            size -= 1
        return size if full else 0

    def _joins(self, i: int) -> bool:
        """Whether what stands before the word is inside a name: "van der", or "ten" and "e" between names that are no words."""
        gap, before = self._row[i].gap, self._row[i - 1].text
        is_inner = self._known.inner.fullmatch(gap) and (before in self._known.firsts or before in self._known.lasts)
        return bool(self._known.particle.fullmatch(gap) or (is_inner and not self._row.is_word(i)))

    def _may_be_name(self, i: int, *, is_first: bool) -> bool:
        word = self._row[i].text
        if word in self._known.ambiguous and self._is_ambiguous_name(i, is_first=is_first):
            return True
        if self.is_family(i) if is_first else self._is_behind_family(i):
            return True
        if word in self._known.impersonal or (word.isupper() and len(word) > 3):
            return bool(INITIAL.match(word))
        if word.rstrip(".") in self._known.titles:  # "Julie Bishop"
            return not is_first and word in self._known.lasts and not self._row.linked(i + 1)
        size, listed = self._row.listed(i)
        if listed is None or INITIAL.match(word):
            return True
        return size == 1 and listed.label == "GPE" and (not is_first or word in self._known.firsts)

    def _is_ambiguous_name(self, i: int, *, is_first: bool) -> bool:
        """Whether "May" or "Will" is a name: behind another, “Theresa May”, or first, but not “in May Lee”, “May 3”."""
        row, word = self._row, self._row[i]
        if row.text[word.end + 1 : word.end + 2].isdigit():
            return False
        if not is_first:
            return True
        if "?" in row.text[max(row.start, row.end - 3) : row.end]:
            return False  # Can Sanders win?
        before = self._context.before(i)
        return row.linked(i + 1) and not (before.isdigit() or before.capitalize() in self._known.function)

    def _is_second(self, i: int) -> bool:
        """Whether "and" joins it to a person's name: "Yoshimasa Hayashi and Yasukazu Hamada"."""
        return self._row[i].gap in {" and ", ", "} and self._row[i - 1].end == self.last_end
