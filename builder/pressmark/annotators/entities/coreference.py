"""Finds which mentions of one article are of the same entity: short names, abbreviations and titles."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pressmark.annotators.entities.capitalised_words import SPACE, Found
from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.word_lists import word_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.annotators.entities.capitalised_words import Word
    from pressmark.annotators.entities.gazetteer import Gazetteer
    from pressmark.record.model import Zone

_SUFFIX = re.compile(r",?[ \xa0](?:Jr\.?|Sr\.?|II|III|IV)\Z")
# It begins with a letter and then looks back, since that is what `re` looks for fast.
_THE = re.compile(r"[Tt](?<!\w.)he (([A-Za-z-]+)(?: [A-Za-z-]+){0,3})")
_ISLANDS = ("island", "archipelago", "peninsula", "region", "province", "valley")
_ISLAND = re.compile(rf"\b(?:{'|'.join(_ISLANDS)})s?[ \xa0]of[ \xa0]([A-Z][\w’'-]*\w)")
_PLACE = re.compile(r"[^\W\d_]{4,}(?=[ \xa0]?[,(–—-])")
_TITLED = re.compile(r"[\w’'-]|,| (?:of|for|who|[A-Z])")  # behind a title: it is somebody else's, or a name follows
# "Asked by Ann Lee why …, she said": she is somebody else.
ASKER = re.compile(r"\W*(?:When )?\w+ed[ \xa0](?:\w+[ \xa0]){0,2}by[ \xa0](?:[\w.’-]+[ \xa0]){0,4}", re.IGNORECASE)


class Persons:
    """The persons of one article by their names.

    A short name that several share is of the one whom its paragraph names in full before it, or else of the first in the text.
    """

    def __init__(self, found: Iterable[Found], text: str, known: Gazetteer) -> None:
        self.known, self._text = known, text
        self._full: dict[str, list[tuple[int, str]]] = defaultdict(list)  # a part of a name → where, and the name in full
        self._gender: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self.titles: dict[str, set[str]] = defaultdict(set)
        persons = sorted(one for one in found if one.label == "PERSON")
        names = {one.name for one in persons}
        self._last = {_parts(name)[1] for name in names if " " in name}
        self._alone = {name for name in names if " " not in name or _small(name) in self._last or name in self._last}
        self._names = {name: _parts(name) for name in names - self._alone}
        same: dict[tuple[str, str, bool], set[str]] = defaultdict(set)  # first and last name, and "Jr." → names in full
        for name, (first, _, word) in self._names.items():
            same[first, word, _is_junior(name)].add(name)
        self._tails: dict[str, set[str]] = defaultdict(set)  # "Suu Kyi" → names in full that end so
        for name in self._names:
            words = name.split()
            for i in range(1, len(words) - 1):
                if words[i] not in known.firsts:
                    self._tails[" ".join(words[i:])].add(name)
        shown: dict[str, set[str | None]] = defaultdict(set)
        for one in persons:
            shown[one.name].add(_titled(one.title))
        self._couples = {name for name, genders in shown.items() if {"male", "female"} <= genders}
        self._usual = {pair: _usual(names) for pair, names in same.items()}
        parts = {name: {*self._names[name], *self._inner(name, names)} - known.nobody for name in self._names}
        usual = {name: self.name(name, 0) or name for name in self._names}
        for one in persons:
            for part in parts.get(one.name, ()):
                self._full[part].append((one.start, usual[one.name]))
        full = {(one.name, one.title): one for one in reversed(persons) if one.name in self._names}
        others = (one for one in persons if one.name not in self._names and (one.title or " " in one.name))
        for one in (*full.values(), *others):
            self._note(one)  # the names in full before the others, since first names tell whose a title is

    def _inner(self, name: str, names: set[str]) -> set[str]:
        """The words inside a name in full that are nobody's first or last name."""
        words = set(name.split()[1:-1]) - self._last - names - self.known.firsts
        return {word for word in words if word[0].isupper() and "." not in word}

    def _note(self, one: Found) -> None:
        name = self.name(one.name, one.start, one.title) or one.name
        first, space, _ = one.name.partition(" ")
        if gender := _titled(one.title):
            self._gender.setdefault(name, gender)
        for gender, names in (("male", self.known.male), ("female", self.known.female)):
            if space and first in names:
                self._gender.setdefault(name, gender)
        if one.title and one.title.rstrip(".") not in self.known.courtesy:
            self.titles[one.title.lower()].add(name)

    def name(self, short: str, place: int, title: str = "") -> str | None:
        """Return the full name of the person whom a name at that place means; None if it is nobody of the article.

        Behind "Mrs" it is nobody with a man's first name: with Bill Clinton alone in the text, "Mrs. Clinton" is somebody else.
        """
        if len(tails := self._tails.get(short, ())) == 1:
            return self.name(next(iter(tails)), place)
        if " " in short and short not in self._last and _small(short) not in self._last:
            first, _, word = self._names.get(short) or _parts(short)
            return self._usual.get((first, word, _is_junior(short)), short)
        if short in self._couples and short not in self._names and short not in self._full and _titled(title):
            return f"{title} {short}"  # Mr. Lee and Mrs. Lee
        places = self._full.get(short) or self._full.get(_small(short))
        if not places:
            return short if short in self._alone else None
        if gender := _titled(title):
            places = [(start, name) for start, name in places if self._gender.get(name, gender) == gender]
        return self._of_several(places, place) if places else short

    def beginnings(self) -> set[str]:
        """What the names that `name` knows begin with: their first words, and the parts of these before a hyphen."""
        known = (*self._alone, *self._names, *self._tails, *self._full)
        return {begin for name in known for begin in _beginnings(name)}

    def _of_several(self, places: list[tuple[int, str]], place: int) -> str:
        """Who is meant of those named in full: whom the paragraph named last, or else the first, headlines included."""
        last, name = places[max(0, bisect_right(places, (place, "\U0010ffff")) - 1)]
        if self._text.find("\n", last, place) < 0:
            return name
        first = {name: start for start, name in reversed(places)}
        if len(first) == 1:
            return name
        sure = [name for name in first if name.partition(" ")[0] in self.known.firsts]
        return min(sure or first, key=lambda name: (min(first[name], self._place(name)), name))

    def _place(self, name: str) -> int:
        """Where a name in full stands first, the end of the text if nowhere; titles with capitals were not read for names."""
        if name not in self._places:
            place = self._text.find(name)
            self._places[name] = place if place >= 0 else len(self._text)
        return self._places[name]

    def bears(self, name: str) -> bool:
        """Whether it is the last name of somebody of the article."""
        return name in self._last

    def particle(self, name: str, word: str) -> str:
        """What stands before the last word of a person's last name: "de " of "Anna de Vries"; empty for any other word."""
        last = self._names[name][1] if name in self._names else ""
        before = last[: -len(word)] if last.endswith(word) else ""
        return before if before.endswith(" ") or (before.islower() and before.endswith("-")) else ""

    def is_full(self, name: str) -> bool:
        """Whether somebody of the article has that name in full."""
        return name in self._names

    def gender(self, name: str) -> str | None:
        """Male or female, or None where neither the first name nor a title says."""
        return self._gender.get(name)

    def settle(self, name: str, gender: str) -> None:
        """Note the gender that a pronoun shows."""
        self._gender.setdefault(name, gender)


@cache
def _titles() -> dict[str, frozenset[str]]:
    """The titles that tell a gender."""
    titles = word_lists()["entities"]["titles"]
    return {gender: frozenset(titles[gender].split()) for gender in ("male", "female")}


@lru_cache(2**10)
def _titled(title: str) -> str | None:
    """The gender that a title tells: "Mrs. Mayor". None where it tells none."""
    words = title.replace(".", "").split()  # no first names, though Judge is one
    return next((gender for gender, titles in _titles().items() if not titles.isdisjoint(words)), None)


def _is_junior(name: str) -> bool:
    """Whether "Jr." or the like tells a person from the one with the same name: "Donald Trump Jr."."""
    return name.rstrip(".").endswith((" Jr", " Sr"))


def _usual(names: set[str]) -> str:
    """The name by which somebody goes: who only has a middle name or an initial more is the same person."""
    return min(names, key=lambda full: (abs(len(full.split()) - 2), full))


@lru_cache(2**12)
def _parts(name: str) -> tuple[str, str, str]:
    """The first name, the last name with its particle ("de Blasio"), and the last word, all without "Jr."."""
    parts = _SUFFIX.sub("", name).split()
    place = len(parts) - 1
    while place > 1 and (parts[place - 1].islower() or parts[place - 1].lower() in gazetteer().particles):
        place -= 1
    last = parts[-1].rpartition("-")[2] if parts[-1][0].islower() else parts[-1]  # al-Sisi
    return parts[0], " ".join(parts[place:]), last


@lru_cache(2**12)
def _beginnings(name: str) -> tuple[str, ...]:
    first = name.split(maxsplit=1)[0]
    return first, *(first[:i] for i, character in enumerate(first) if character == "-")


@lru_cache(2**12)
def _small(name: str) -> str:
    """The name as it stands inside a sentence: "de Vries" of "De Vries said"."""
    return f"{name[:1].lower()}{name[1:]}"


def short_names(text: str, left: list[Word], persons: Persons) -> Iterator[Found]:
    """The words left that are a person's last or first name, or several that are a name in full ("Joe Biden" in a headline)."""
    i, begins = 0, persons.beginnings()
    while i < len(left):
        word, stop = left[i], i + 1
        if word.text not in begins and _small(word.text) not in begins:
            i += 1
            continue
        while stop < len(left) and left[stop].follows(left[stop - 1]) and stop < i + 4:
            stop += 1
        for end in range(stop, i, -1):
            name = persons.name(text[word.start : left[end - 1].end].replace("\xa0", " "), word.start)
            is_other = end == i + 1 and _is_of_another(left, i, name, persons) if name else False
            if name and (end == i + 1 or persons.is_full(name)) and not is_other and not _is_thing(text, word, persons):
                before = persons.particle(name, word.text) if end == i + 1 else ""
                is_there = before and text.endswith(f" {before}", 0, word.start)
                start = word.start - len(before) if is_there else word.start
                yield Found(start, left[end - 1].end, "PERSON", name, "short-name", 0.85)
                i = end
                break
        else:
            i += 1


def _is_of_another(left: list[Word], i: int, name: str, persons: Persons) -> bool:
    """Whether another first name before the word, or another word behind a first name, makes it somebody else's."""
    first = name.partition(" ")[0]
    before, behind = left[i - 1] if i else None, left[i + 1] if i + 1 < len(left) else None
    if left[i].text == first and behind and behind.follows(left[i], SPACE):
        return True
    is_name = before is not None and before.text in persons.known.firsts and before.text not in {first, *persons.known.plain}
    return before is not None and is_name and left[i].follows(before, SPACE)


def _is_thing(text: str, word: Word, persons: Persons) -> bool:
    """Whether "the" stands before a last name that is a common noun too: "the Park" where Park Geun-hye is named."""
    return word.text in persons.known.impersonal and text[max(0, word.start - 4) : word.start].lower() == "the "


def islands(text: str, units: list[tuple[int, int]], left: list[Word]) -> Iterator[Found]:
    """The words left that the article calls an island or a region: "the island of Okinawa", then "Okinawa"."""
    if not any(word in text for word in _ISLANDS):
        return
    names = {match[1] for start, end in units for match in _ISLAND.finditer(text, start, end)}
    for word in left:
        if word.text in names:
            yield Found(word.start, word.end, "LOC", word.text, "called-island", 0.8)


def datelines(zones: Iterable[Zone], found: list[Found], left: list[Word]) -> Iterator[Found]:
    """The place that a dateline names, where no list knows it, and the words left that are it: "FOSSUM, May 3 —", "Fossum"."""
    known = {one.start for one in found}
    begins = [(zone.start, _PLACE.match(zone.text)) for zone in zones if zone.type == "dateline" and zone.start not in known]
    places = {match[0].title() for _, match in begins if match}
    for start, match in begins:
        if match:
            yield Found(start, start + match.end(), "GPE", match[0].title(), "dateline", 0.7)
    for word in left:
        if word.text in places:
            yield Found(word.start, word.end, "GPE", word.text, "dateline", 0.7)


def acronyms(found: list[Found]) -> dict[str, str]:
    """Abbreviations of the organisations that the article names in full: "OSCE" → "Organization for Security …"."""
    full: dict[str, str] = {}
    for one in found:
        if one.label == "ORG" and " " in one.name:
            full.setdefault("".join(word[0] for word in re.split(r"[\s-]+", one.name) if word[:1].isupper()), one.name)
    return full


def nominals(text: str, units: list[tuple[int, int]], found: list[Found], persons: Persons) -> Iterator[Found]:
    """A title with *the* for the one person of the article who bears it, named before: "the president"."""
    bearers = {title: next(iter(names)) for title, names in persons.titles.items() if len(names) == 1}
    if not bearers:
        return
    first = {one.name: one.start for one in sorted(found, reverse=True)}
    first_words = {title.split()[0] for title in bearers}
    for start, end in units:
        for match in _THE.finditer(text, start, end):
            if match[2].lower() not in first_words:
                continue
            words = match[1].lower().split()
            for size in range(len(words), 0, -1):
                name = bearers.get(" ".join(words[:size]))
                stop = match.start(1) + len(" ".join(words[:size]))
                if name and first[name] < match.start() and not _TITLED.match(text, stop, end):
                    yield Found(match.start(), stop, "PERSON", name, "title-alone", 0.6)
                    break
