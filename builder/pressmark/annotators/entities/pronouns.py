"""Finds who is meant by *he* and *she*, where only one person can be.

Convention: schema/GUIDELINES.md, section 4.6.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal

from pressmark.annotators.entities.capitalised_words import Found
from pressmark.annotators.entities.coreference import ASKER
from pressmark.record.marks import DIRECTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.entities.coreference import Persons

    Gender = Literal["male", "female"]

# It begins with a letter and then looks back, since that is what `re` looks for fast.
_PRONOUN = re.compile(r"[HhSs](?<![\w’'].)(?:(?<=[Hh])(?:e|im|is|imself|ers?|erself)|(?<=[Ss])he)(?!\w)")
_MALE = {"he", "him", "his", "himself"}
_APPOSITION = re.compile(r"\A,[^,.;]*,")
_SOMEBODY = re.compile(r"\b(?:an?|another|one|someone|somebody)\b", re.IGNORECASE)
_WORDS = re.compile(r"[a-z-]+")
_SEVERAL = re.compile(r"\w+[^s]s|people|police|men|women|children|both|crowd|\w+men")
_QUOTATION = 2000  # characters that a quotation may have before its pronoun
_NEAR = 40  # persons of whom one may be meant
_BEHIND = 2  # units back in which a pronoun's person is looked for


class Pronouns:
    """The pronouns of one article outside quotations; nor is it who is named inside one, or who asks.

    A unit is a sentence, or a zone that has none.
    """

    def __init__(self, text: str, units: list[tuple[int, int]], found: list[Found], persons: Persons) -> None:
        self._text, self._units, self._persons = text, units, persons
        self._people = sorted(one for one in found if one.label == "PERSON")
        self._starts = [one.start for one in self._people]

    def __iter__(self) -> Iterator[Found]:
        for i, (start, end) in enumerate(self._units):
            for match in _PRONOUN.finditer(self._text, start, end):
                gender: Gender = "male" if match[0].lower() in _MALE else "female"
                if not self._is_quoted(i, match.start()) and (name := self._meant(i, match.start(), gender)):
                    yield Found(*match.span(), "PERSON", name, "pronoun", 0.7 if self._persons.gender(name) else 0.6)
                    self._persons.settle(name, gender)

    def _meant(self, i: int, place: int, gender: Gender) -> str | None:
        """The only one whom the nearest unit with a person names before the pronoun."""
        for back in range(_BEHIND + 1):
            fits = [
                one
                for one in self._named(i - back, place)
                if self._persons.gender(one.name) in {gender, None}
                and not self._is_quoted(i, one.start)
                and not ASKER.fullmatch(self._text, self._units[i][0], one.start)
            ]
            if fits:
                is_one = len({one.name for one in fits}) == 1
                is_sure = self._persons.gender(fits[-1].name) == gender or self._is_alone(i, place, fits[-1])
                return fits[-1].name if is_one and is_sure else None
        return None

    def _is_alone(self, i: int, place: int, last: Found) -> bool:
        """Whether nobody else is named near, nor spoken of since ("met a nurse"), so that the pronoun shows a gender."""
        between = _APPOSITION.sub("", self._text[last.end : place], count=1)
        is_other = _SOMEBODY.search(between) or any(
            word in self._persons.known.people and not _SEVERAL.fullmatch(word) for word in _WORDS.findall(between)
        )
        return not is_other and all(one.name == last.name for one in self._named(i - _BEHIND, place))

    def _named(self, i: int, place: int) -> list[Found]:
        """The persons named from unit ``i`` before a place."""
        stop = bisect_right(self._starts, place)
        return self._people[max(stop - _NEAR, bisect_right(self._starts, self._units[max(0, i)][0] - 1)) : stop]

    def _is_quoted(self, i: int, place: int) -> bool:
        start = max(self._units[max(0, i - 3)][0], place - _QUOTATION)
        if self._text.count('"', start, place) % 2 == 1:
            return True
        pairs = DIRECTED.items()
        return any(
            self._text.count(opening, start, place) > self._text.count(closing, start, place) for opening, closing in pairs
        )
