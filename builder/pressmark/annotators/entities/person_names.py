"""Finds the names of persons in a sentence: by a title, a list of names, or a word beside them that speaks of a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.entities.capitalised_words import INITIAL
from pressmark.annotators.entities.sentence_words import SPACE

if TYPE_CHECKING:
    from pressmark.annotators.entities.capitalised_words import Found
    from pressmark.annotators.entities.sentence_words import SentenceWords

_PARTICLE = re.compile(
    r"[ \xa0](?:(?:de|la|del|der|den|van|von|bin|ibn|al|el|da|di|du|dos|le|ter|ul|wa|ould|zu)[ \xa0-]){1,3}\Z"
    r"|[ \xa0](?:al-|el-|ul-)\Z"
)
_SUFFIX = {"Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV"}
_BEFORE = re.compile(r"([\w-]+),?[ \xa0]\Z")
_SOURCE = re.compile(r"\b[Aa]ccording[ \xa0]to[ \xa0]\Z")
_AFTER = re.compile(r"(?:[’']s)?,?[ \xa0](\w+)")
_SAYS = re.compile(r"[ \xa0](\w+)")
_APPOSED = re.compile(r",[ \xa0](?:(?P<age>\d\d),|(?:(?:the|an?|its|his|her) )?(?P<words>\w+(?:[ \xa0]\w+){0,3}))")
_WHO = frozenset({"who", "whose"})
# What stands before a place, a thing, or a firm.
_NOBODY = re.compile(
    r"(?:\b(?:the|an?|this|that|its|their|our|his|her|my|your|in|at|near|into|from|through|across|around|along|outside|inside"
    r"|via|on|off|onto|under|over|between|throughout|towards?|within|beyond|called|named"
    r"|(?:shares|stock|customers|employees|subsidiary|chief executive|executive|director|president|chairman|chair|founder|owner"
    r"|head|parent|makers?)[ \xa0]of)[ \xa0]|\d[ \xa0]|[“‘\"'@#/-])\Z",
    re.IGNORECASE,
)
# Words that begin a place's name, and stand inside a person's.
_INSIDE = {"El", "San", "Santa", "Las", "Los"}
_MOST = 4  # words of a person's name
_PARTY = {"Democrat", "Republican"}

Taken = tuple[int, "Found | None"]  # how many words a rule takes, and the name in them


class PersonNames:
    """The rules for persons in one sentence."""

    def __init__(self, row: SentenceWords) -> None:
        self._row, self._known = row, row.known
        self.last_end = -1  # where the person's name ends that was found last, if nothing was found since

    def titled(self, i: int) -> Taken | None:
        """A title and a name: "Mr Biden", "Prime Minister Fumio Kishida". The title stays outside."""
        row, taken = self._row, self._row.title(i)
        if not taken or (self._is_family(i) and "-" in row[i + 1].text):  # Son Heung-min
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
        row, size = self._row, self.size(i)
        if size < 2 or row.is_plain(i) or (row[i + 1].gap == "-" and size < 3) or row[i].gap == "-":
            return None
        is_stuck = row.linked(i + 1) and self._is_thing(i, is_first=False) and self.is_given(i + 1)  # Skipper Ann Lee
        if is_stuck or self._is_body(i, i + size):
            return None
        is_role, is_said = self._is_role(i), self._does(i + size, self._known.says) or self._is_second(i)
        is_listed = any(row[j].text in self._known.firsts or row[j].text in self._known.lasts for j in range(i, i + size))
        is_listed &= not any(self._is_thing(j, is_first=False) for j in range(i, i + size) if not INITIAL.match(row[j].text))
        is_apposed = self._apposed(row[i + size - 1].end)
        is_person = is_role or is_apposed or self._does(i + size, _WHO)
        if (row.is_word(i) or self._is_phrase(i, i + size)) and not is_person:
            return None
        if is_role or is_said or is_apposed or is_listed or self._does(i + size, self._known.acts) or self._is_done_to(i):
            return size, row.found(i, i + size, "PERSON", "told-of", 0.75 if is_role or is_said else 0.65)
        return None

    def alone(self, i: int) -> Taken | None:
        """A last name that says something, in an article that may never have it in full: "Kirchner said"."""
        word = self._row[i].text
        is_last = word in self._known.lasts and word not in self._known.firms and word.lower() not in self._known.words
        if not is_last or word in self._known.impersonal or self._row.linked(i + 1) or (i and self._row.linked(i)):
            return None
        said = _SAYS.match(self._row.text, self._row[i].end, self._row.end)
        before = _BEFORE.search(self._row.text, max(self._row.start, self._row[i].start - 20), self._row[i].start)
        if not (said and said[1] in self._known.says) and not (before and before[1] == "said"):
            return None
        return 1, self._row.found(i, i + 1, "PERSON", "last-name", 0.6)

    def unlisted(self, i: int) -> Taken | None:
        """Two to four words that no list knows, where nothing shows that they are a place's or a firm's: "to Xyz Abc"."""
        row, size = self._row, self.size(i)
        parts = [j for j in range(i, i + size) if not INITIAL.match(row[j].text)]
        is_whole = not row.linked(i + size) and (i == 0 or not row.linked(i) or row.is_plain(i - 1)) and not row.is_plain(i)
        if not is_whole or len(parts) < 2 or any(self._is_thing(j, is_first=j == i) for j in parts):
            return None
        if row[i + 1].gap == "-" and size < 3:
            return None
        is_nobody = _NOBODY.search(row.text, max(row.start, row[i].start - 40), row[i].start) or self._is_body(i, i + size)
        if is_nobody or self._does(i + size, self._known.people):  # the Xyz Abc spokesman
            return None
        return size, row.found(i, i + size, "PERSON", "unlisted", 0.5)

    def _is_body(self, i: int, stop: int) -> bool:
        """Whether the words beside it say that it is a body: "the newspaper Xyz Abc", "Xyz Abc, a firm"."""
        row = self._row
        before = _BEFORE.search(row.text, max(row.start, row[i].start - 20), row[i].start)
        after = _APPOSED.match(row.text, row[stop - 1].end, row.end)
        words = {*(after["words"].split()[:2] if after and after["words"] else ()), before[1] if before else ""}
        return not words.isdisjoint(self._known.bodies)

    def _is_thing(self, i: int, *, is_first: bool) -> bool:
        """Whether it is a place's, an abbreviation, or a word of English; some rare ones are first names ("Mitt")."""
        word, known = self._row[i].text, self._known
        forms = {word.lower(), *(word.lower().removesuffix(ending) for ending in ("s", "es", "ing", "ed"))}
        is_english = not known.words.isdisjoint(forms) or (not is_first and not known.rare.isdisjoint(forms))
        is_english &= word not in known.firsts and word not in known.lasts
        return is_english or bool(self._row.listed(i)[0]) or len(word) < 2 or word.isupper() or word in known.firms

    def is_given(self, i: int) -> bool:
        """Whether a person's name begins here that is not the beginning of a place's."""
        word = self._row[i].text
        if word in self._known.plain or not (word in self._known.firsts or self._is_family(i)) or self._row[i].gap == "-":
            return False
        size, listed = self.size(i), self._row.listed(i)[0]
        return size > 1 and listed < 2 and not self._is_phrase(i, i + size)

    def _is_phrase(self, i: int, stop: int) -> bool:
        """Whether a name goes on with what is nobody's: "Tate Modern", "Garuda Indonesia"."""
        row, first = self._row, self._row[i].text
        is_sure = first in self._known.firsts and first not in self._known.lasts and first.lower() not in self._known.words
        is_sure = (is_sure and not row.listed(i)[0]) or bool(INITIAL.match(row[i + 1].text))  # "Mike Pence", "Douglas J. Band"
        is_place = any(row.listed(j)[0] and row[j].text not in self._known.lasts for j in range(i + 1, stop))
        return is_place or (row.is_word(stop - 1) and not is_sure)

    def _is_family(self, i: int) -> bool:
        """Whether it is a last name that stands first, before a given name that is no word: "Xi Jinping", "Park Geun-hye"."""
        row = self._row
        if row[i].text not in self._known.families or not row.linked(i + 1) or row.listed(i + 1)[0]:
            return False
        given = row[i + 1].text
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
            if size and word.gap not in {" ", "\xa0", "-"} and not _PARTICLE.match(word.gap):
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

    def _may_be_name(self, i: int, *, is_first: bool) -> bool:
        word = self._row[i].text
        if word in self._known.ambiguous and self._is_ambiguous_name(i, is_first=is_first):
            return True
        if self._is_family(i) if is_first else self._is_behind_family(i):
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
        before = _BEFORE.search(row.text, max(row.start, word.start - 20), word.start)
        return row.linked(i + 1) and not (before and (before[1].isdigit() or before[1].capitalize() in self._known.function))

    def _is_role(self, i: int) -> bool:
        """Whether a role or a word of saying stands before: "the analyst Xyz Abc", "said Xyz Abc"."""
        before = _BEFORE.search(self._row.text, max(self._row.start, self._row[i].start - 20), self._row[i].start)
        return bool(before and (before[1] in self._known.roles or before[1] in self._known.says))

    def _is_done_to(self, i: int) -> bool:
        """Whether what stands before is done to a person: "met Xyz Abc", or is who says it: "according to Xyz Abc"."""
        begin = max(self._row.start, self._row[i].start - 20)
        before = _BEFORE.search(self._row.text, begin, self._row[i].start)
        is_met = bool(before and before[1] in self._known.done_to)
        return is_met or bool(_SOURCE.search(self._row.text, begin, self._row[i].start))

    def _does(self, stop: int, verbs: frozenset[str]) -> bool:
        """Whether one of the verbs follows the word before ``stop``."""
        after = _AFTER.match(self._row.text, self._row[stop - 1].end, self._row.end)
        return bool(after and after[1] in verbs)

    def _is_second(self, i: int) -> bool:
        """Whether "and" joins it to a person's name: "Yoshimasa Hayashi and Yasukazu Hamada"."""
        return self._row[i].gap in {" and ", ", "} and self._row[i - 1].end == self.last_end

    def _apposed(self, end: int) -> bool:
        """Whether an age or an office follows: ", 45,", ", Minister of", ", the governor"."""
        after = _APPOSED.match(self._row.text, end, self._row.end)
        words = after["words"].split() if after and after["words"] else ()
        return bool(after and after["age"]) or any(word in self._known.roles or word in self._known.titles for word in words)
