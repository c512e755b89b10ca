"""Finds the names of persons in a sentence: by a title, a list of names, or a word beside them that speaks of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.annotators.entities.capitalised_words import JOINED, SPACE, is_initial
from pressmark.annotators.entities.gazetteer import simple_forms
from pressmark.annotators.entities.person_context import PersonContext
from pressmark.record.text import one_line

if TYPE_CHECKING:
    from pressmark.annotators.entities.capitalised_words import Found
    from pressmark.annotators.entities.sentence_words import SentenceWords

_SUFFIX = {"Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV"}
# Words that begin a place's name, and stand inside a person's.
_INSIDE = {"El", "San", "Santa", "Las", "Los"}
_OF = {"Ó", "Ní", "Uí", "Nic"}  # they stand before the rest of an Irish last name
_WHO = frozenset({"who", "whose"})
_MOST, _LONGEST = 4, 7  # words of a person's name, and of one of whose words all further ones are somebody's name
_PARTY = {"Democrat", "Republican"}

Taken = tuple[int, "Found | None"]  # how many words a rule takes, and the name in them


class PersonNames:
    """The rules for persons in one sentence."""

    def __init__(self, row: SentenceWords) -> None:
        self.row, self._known, self.context = row, row.known, PersonContext(row)
        self._sizes: dict[int, int] = {}
        self.last_end = -1  # where the person's name ends that was found last, if nothing was found since

    def titled(self, i: int) -> Taken | None:
        """A title and a name: "Mr Biden", "Prime Minister Fumio Kishida". The title stays outside."""
        row, taken = self.row, self.row.title(i)
        if not taken or (self.is_family(i) and "-" in row[i + 1].text):  # Son Heung-min
            return None
        if taken > 1 and self.is_family(i + taken - 1) and row.is_halves(i + taken):  # Mayor Son Heung-min
            taken -= 1
        office = row.office(i + taken)
        for first in (i + taken + office, i + taken):
            size = self._titled_size(first) if first < len(row) else 0
            title = row.span(i, first)
            is_word = size == 1 and row.is_word(first) and row[first].text not in self._known.families
            is_nobody = (size == 1 and title.rstrip(".") in _PARTY) or (is_word and not self._is_courtesy(title))
            if size and self.context.is_in_marks(i, first + size):  # the film “Mother Teresa Jones”
                return first + size - i, None
            if size and not is_nobody:
                found = row.found(first, first + size, "PERSON", "title-name", 0.95)
                start = found.start if row[first].gap in SPACE else row[first].start - len(row[first].gap) + 1  # Mr van Dijk
                return first + size - i, found._replace(title=title, start=start, name=one_line(row.text[start : found.end]))
        return (taken, None) if taken > 1 or self._is_courtesy(row[i].text) else None

    def _titled_size(self, i: int) -> int:
        """How many words are a name behind a title, with or without a particle: "Mayor van Dijk", "President Park"."""
        if self.row[i].gap not in SPACE and not self._known.particle.fullmatch(self.row[i].gap):
            return 0
        is_family = self.row[i].text in self._known.families and not self.row.linked(i + 1)
        return 1 if is_family else self.size(i)

    def _is_courtesy(self, title: str) -> bool:
        return title.rstrip(".") in self._known.courtesy

    def given(self, i: int) -> Taken | None:
        """A first name and a last name: "Antony Blinken"; or a family's and a given name, "Xi Jinping"."""
        if not self.is_given(i):
            return None
        size = self.size(i)
        if self.context.is_called_so(i, i + size):
            return size, None
        return size, self.row.found(i, i + size, "PERSON", "first-name", 0.85)

    def told(self, i: int) -> Taken | None:
        """Two to four unknown words beside a word that speaks of a person: "the analyst Xyz Abc", "Xyz Abc, who"."""
        if not self._is_followed(i):
            return None
        row, context, size = self.row, self.context, self.size(i)
        stop = i + size
        if size < 2 or row.is_plain(i) or (row[i + 1].gap == "-" and size < 3) or row[i].gap == "-" or self._is_role(i):
            return None
        is_stuck = row.linked(i + 1) and self.is_thing(i, is_first=False) and self.is_given(i + 1)  # Skipper Ann Lee
        if is_stuck or context.is_body(i, stop) or context.is_called_so(i, stop):
            return None
        is_role, is_said = context.is_role(i), context.does(stop, self._known.says) or self._is_second(i)
        is_person = is_role or context.is_apposed(stop) or context.does(stop, _WHO)
        is_word = row.is_word(i) and row[i].text.lower() not in self._known.particles  # Bin Salman
        is_done = context.does(stop, self._known.acts) or context.does(stop, self._known.alone) or context.is_done_to(i)
        is_named = is_person or (is_done and (self._is_sure(i) or self._is_virtue(i, stop) or self._is_forename(i)))
        is_named |= is_said and self._is_long(i, stop)
        if (is_word or self._is_phrase(i, stop)) and not is_named:
            return None
        is_said &= not self._is_placed(i, stop)
        if is_person or is_done or is_said or self._is_listed(i, stop):
            return size, row.found(i, stop, "PERSON", "told-of", 0.75 if is_role or is_said else 0.65)
        return None

    def _is_role(self, i: int) -> bool:
        """Whether a name only begins behind it: "Novelist Xyz Abc"."""
        word, known = self.row[i].text, self._known
        return word.lower() in known.people and word not in known.firsts and word not in known.lasts

    def _is_long(self, i: int, stop: int) -> bool:
        """Whether a place's word stands behind two that are none of English, one of them a name: "Xyz Quang Vinh"."""
        rest = range(i, stop - 1)
        return len(rest) > 1 and all(map(self.row.is_foreign, rest)) and any(map(self._is_name, rest))

    def _is_listed(self, i: int, stop: int) -> bool:
        """Whether one of the words is somebody's name, and none is a thing's."""
        parts = [j for j in range(i, stop) if not is_initial(self.row[j].text)]
        is_thing = self._is_placed(i, stop) or any(self.is_thing(j, is_first=False) for j in parts)
        return any(map(self._is_name, parts)) and not is_thing

    def unlisted(self, i: int) -> Taken | None:
        """Two to four words that no list knows, where nothing shows that they are a place's or a firm's: "to Xyz Abc"."""
        row, size = self.row, self.size(i) if self._is_followed(i) else 0
        if size < 2:
            return None
        parts = [j for j in range(i, i + size) if not is_initial(row[j].text)]
        is_whole = not row.linked(i + size) and (i == 0 or not row.linked(i) or row.is_plain(i - 1)) and not row.is_plain(i)
        is_thing = any(self.is_thing(j, is_first=j == i) for j in parts) or self._is_abroad(i, i + size)
        if not is_whole or is_thing or self._is_role(i) or (len(parts) < 2 and row[i].gap == ", "):  # Rye, N.H. Xyz
            return None
        if (row[i + 1].gap == "-" and size < 3) or self.context.is_nobody(i, i + size):
            return None
        return size, row.found(i, i + size, "PERSON", "unlisted", 0.5)

    def _is_abroad(self, i: int, stop: int) -> bool:
        """Whether it begins or ends as places, firms and papers do in other languages: "Lago Xyz", "La Xyz", "Xyz Zeitung"."""
        known, first, last = self._known, self.row[i].text, self.row[stop - 1].text
        if first in known.articles:  # Le Duan
            return last not in known.lasts and last not in known.firsts
        is_name = first in known.firsts and last in known.lasts  # Monte Haines
        return (first in known.abroad and not is_name) or last in known.abroad_ends

    def is_thing(self, i: int, *, is_first: bool) -> bool:
        """Whether it is a place's, an abbreviation, or a word of English; some rare ones are first names ("Mitt")."""
        word, known = self.row[i].text, self._known
        forms = simple_forms(word)
        is_english = not known.words.isdisjoint(forms) or (not is_first and not known.rare.isdisjoint(forms))
        is_english &= word not in known.firsts and word not in known.lasts
        is_short = len(word) < 2 or word.isupper()
        return is_english or bool(self.row.listed(i)[0]) or (is_short and word not in _OF) or word in known.firms

    def is_given(self, i: int) -> bool:
        """Whether a person's name begins here that is not the beginning of a place's."""
        word, known = self.row[i].text, self._known
        if not self._is_followed(i) or self.row[i].gap == "-":
            return False
        is_first = word in known.firsts and word not in known.plain
        if not is_first and not self.is_family(i):
            return False
        size, listed = self.size(i), self.row.listed(i)[0]
        return size > 1 and listed < 2 and not self._is_placed(i, i + size) and not self._is_phrase(i, i + size)

    def _is_placed(self, i: int, stop: int) -> bool:
        """Whether two words that may be a name are no person's: "Wells Fargo", "Lago Maggiore", "through Marina Beach"."""
        row, known, last = self.row, self._known, self.row[stop - 1].text
        is_firm = stop == i + 2 and row[i].text in known.firms and last in known.firms
        is_sure = last in known.lasts or (self._is_sure(i) and row[i].text != "Al")  # an article in Arabic
        is_sure &= last.lower() not in known.words
        return is_firm or self._is_abroad(i, stop) or (not is_sure and self.context.is_beside(i, stop))

    def _is_phrase(self, i: int, stop: int) -> bool:
        """Whether a name goes on with what is nobody's: "Tate Modern", "Garuda Indonesia"."""
        row = self.row
        is_sure = self._is_sure(i) or is_initial(row[i + 1].text)  # "Mike Pence", "Douglas J. Band"
        is_place = any(row.listed(j)[0] and row[j].text not in self._known.lasts for j in range(i + 1, stop))
        return is_place or (row.is_word(stop - 1) and not is_sure and not self.is_double(stop - 1))

    def _is_virtue(self, i: int, stop: int) -> bool:
        """Whether a word of English is somebody's first name before one that is none, inside a sentence: "met Bright Xyz"."""
        return i > 0 and not any(self.is_thing(j, is_first=False) for j in range(i + 1, stop))

    def _is_sure(self, i: int) -> bool:
        """Whether it is a first name and nothing else: "Mike", but not "Garfield", "Mark" or "Sofia"."""
        word, known = self.row[i].text, self._known
        is_other = word in known.lasts or word.lower() in known.words or self.row.listed(i)[0]
        return word in known.firsts and not is_other

    def _is_forename(self, i: int) -> bool:
        """Whether it is a first name and no word or place, though also a last name: "Erik", "Marko", but not "Mark"."""
        word, known = self.row[i].text, self._known
        return (
            word in known.firsts and word.lower() not in known.words and not self.row.listed(i)[0] and word not in known.firms
        )

    def is_family(self, i: int) -> bool:
        """Whether it is a last name that stands first, before a given name that is no word: "Xi Jinping", "Park Geun-hye"."""
        row, known, word = self.row, self._known, self.row[i].text
        is_listed = word in known.families
        is_short = len(word) < 6 and word not in known.function
        if not (is_listed or is_short) or not row.linked(i + 1) or row.listed(i + 1)[0]:
            return False
        if not is_listed:
            return row.is_halves(i + 1) and (i > 0 or word.lower() not in known.words)
        given = row[i + 1].text
        return given.lower() not in known.words and (word not in known.impersonal or "-" in given)

    def _is_behind_family(self, i: int) -> bool:
        """Whether it is "El" of "Hicham El Guerrouj", or what looks like a title behind a last name: "Hun Sen"."""
        word, before, known = self.row[i].text, self.row[i - 1].text, self._known
        if word in _INSIDE:
            return (before in known.firsts or before in known.families) and self.row.linked(i + 1) and not self.row.listed(i)[0]
        is_english = word.lower() in known.words or word.lower() in known.rare
        return before in known.families and before.lower() not in known.words and not is_english and word in known.titles

    def size(self, i: int) -> int:
        """How many words from here can be one person's name; every rule asks for it, so it is counted once."""
        if i not in self._sizes:
            self._sizes[i] = self._count(i)
        return self._sizes[i]

    def _is_followed(self, i: int) -> bool:
        """Whether what stands behind the word joins the next one to it; if not, a name from here has one word at most."""
        return i + 1 < len(self.row) and (self.row[i + 1].gap in JOINED or self._joins(i + 1))

    def _count(self, i: int) -> int:
        row, size, full = self.row, 0, 0
        while i + size < len(row) and size < _LONGEST:
            word = row[i + size]
            if size >= _MOST and not all(self._is_name(j) for j in range(i, i + size + 1)):
                break
            if size and word.gap not in JOINED and not self._joins(i + size):
                break
            if word.text in _SUFFIX and full:
                return size + 1
            if not self._may_be_name(i + size, is_first=not size):
                break
            size += 1
            full += not is_initial(word.text)
        while size and is_initial(row[i + size - 1].text):
            size -= 1
        return size if full else 0

    def _is_name(self, i: int) -> bool:
        return self.row[i].text in self._known.firsts or self.row[i].text in self._known.lasts

    def _joins(self, i: int) -> bool:
        """Whether what stands before the word is inside a name: "van der", or "ten" and "e" between names that are no words."""
        gap = self.row[i].gap
        is_inner = self._known.inner.fullmatch(gap) and (len(gap) == 3 or self._is_name(i - 1))  # " y "; " ten " is English
        return bool(self._known.particle.fullmatch(gap) or (is_inner and not self.row.is_word(i)))

    def is_double(self, i: int) -> bool:
        """Whether a hyphen joins a thing's word to a last name behind a first one: "Marko Dedić-Hall", not "Carnegie-Hall"."""
        row, known = self.row, self._known
        is_joined = i > 1 and row[i].gap == "-" and row.linked(i - 1) and row[i - 2].text in known.firsts
        return is_joined and not row.is_word(i - 1) and not row.listed(i - 1)[0] and self.context.before(i - 2).lower() != "the"

    def is_headed(self, i: int) -> bool:
        """Whether a first name and a thing's word are a person's, since what stands beside them is: "Marko Hall, 45,"."""
        row, known, context, stop = self.row, self._known, self.context, i + 2
        is_alone = row.linked(i + 1) and not row.linked(stop) and (i == 0 or not row.linked(i) or row.is_plain(i - 1))
        is_office = i > 0 and row.linked(i) and row[i - 1].text in known.offices
        is_forename = self._is_forename(i) and (is_alone or is_office) and not row.listed(i + 1)[0]
        if not is_forename or context.before(i).lower() in {"the", "a", "an"}:
            return False
        is_said = row[i + 1].text in known.lasts and (context.does(stop, known.says) or context.before(i) in known.says)
        is_called = context.before(i) in known.roles and known.heads.get(row[i + 1].text) not in {"ORG", "EVENT", "LAW"}
        is_done = any(context.does(stop, verbs) for verbs in (known.acts, known.alone, _WHO)) or context.is_done_to(i)
        return is_office or is_said or is_done or context.is_apposed(stop) or is_called

    def _may_be_name(self, i: int, *, is_first: bool) -> bool:
        word = self.row[i].text
        is_ambiguous = word in self._known.ambiguous and self._is_ambiguous_name(i, is_first=is_first)
        if is_ambiguous or (self.is_family(i) if is_first else self._is_behind_family(i)):
            return True
        size, listed = self.row.listed(i)
        if is_initial(word):
            return len(word) < 3 or (listed is None and not (is_first and self.row[i].gap == ", "))  # J.K. Lee; Rye, N.H.
        if word in self._known.impersonal:
            is_el = is_first and word == "El" and self.row.linked(i + 1) and listed is None  # El Guerrouj
            return is_el or (not is_first and (self.is_double(i) or self.is_headed(i - 1) or self._is_middle(i)))
        if word.rstrip(".") in self._known.titles:
            return not is_first and self._is_inner_title(i)
        if word.isupper() and len(word) > 3:
            return not is_first and self._is_capitals(i) and not self.row.linked(i + 1)
        return listed is None or (size == 1 and listed.label == "GPE" and (not is_first or word in self._known.firsts))

    def _is_middle(self, i: int) -> bool:
        """Whether it is a middle name, between a first name that is nothing else and a last one: "Kathleen Hall Jamieson"."""
        row, lasts = self.row, self._known.lasts
        is_last = row.linked(i + 1) and row[i].text in lasts and row[i + 1].text in lasts and not row.is_word(i + 1)
        return is_last and not row.linked(i + 2) and not row.linked(i - 1) and self._is_forename(i - 1)

    def _is_inner_title(self, i: int) -> bool:
        """Whether a title ends a name or stands inside: "Julie Bishop", "Hassan Sheikh Mohamud", "Nat King Cole"."""
        word, is_name = self.row[i].text, self.row[i].text in self._known.lasts
        if not self.row.linked(i + 1):
            return is_name
        is_second = self.row[i - 1].text in self._known.firsts and not self.row.linked(i - 1) and not self.row.title(i + 1)
        return is_second and (word == "Sheikh" or (is_name and self._is_sure(i - 1) and not self._is_sure(i + 1)))

    def _is_capitals(self, i: int) -> bool:
        """Whether it is a last name in capitals behind a first name that is not: "Jean DUPONT"."""
        return self.row[i - 1].text in self._known.firsts and not self.row.listed(i)[0]

    def _is_ambiguous_name(self, i: int, *, is_first: bool) -> bool:
        """Whether "May" or "Will" is a name: behind another, “Theresa May”, or first, but not “in May Lee”, “May 3”."""
        row, word = self.row, self.row[i]
        if row.text[word.end + 1 : word.end + 2].isdigit():
            return False
        if not is_first:
            return True
        if "?" in row.text[max(row.start, row.end - 3) : row.end]:
            return False  # Can Sanders win?
        before = self.context.before(i)
        return row.linked(i + 1) and not (before.isdigit() or before.capitalize() in self._known.function)

    def _is_second(self, i: int) -> bool:
        """Whether "and" joins it to a person's name: "Yoshimasa Hayashi and Yasukazu Hamada"."""
        return self.row[i].gap in {" and ", ", "} and self.row[i - 1].end == self.last_end
