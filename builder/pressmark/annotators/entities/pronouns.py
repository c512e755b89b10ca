"""Finds who is meant by *he* and *she*, where only one person can be.

Convention: schema/GUIDELINES.md, section 4.6.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING, Literal

from pressmark.annotators.entities.capitalised_words import Found
from pressmark.annotators.entities.coreference import ASKER
from pressmark.annotators.entities.unmarked_names import UnmarkedNames
from pressmark.annotators.word_lists import word_lists
from pressmark.record.marks import DIRECTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.entities.coreference import Persons
    from pressmark.record.model import Article

    Gender = Literal["male", "female"]

# It begins with a letter and then looks back, since that is what `re` looks for fast.
_PRONOUN = re.compile(r"[HhSs](?<![\w’'].)(?:(?<=[Hh])(?:e|im|is|imself|ers?|erself)|(?<=[Ss])he)(?!\w)")
GENDERS: tuple[Gender, ...] = ("male", "female")
_SUBJECT = {"he", "she"}
MALE = {"he", "him", "his", "himself"}
FEMALE = {"she", "her", "hers", "herself"}
_APPOSITION = re.compile(r"\A,[^,.;]*,")
_SOMEBODY = re.compile(r"\b(?:an?|another|one|someone|somebody)\b", re.IGNORECASE)
_WORDS = re.compile(r"[a-z-]+")
SEVERAL = re.compile(r"\w+[^s]s|people|police|men|women|children|both|crowd|\w+men")
# What tells the gender of a name: "his wife Ann", "Ann, a retired nun".
_NOUN_BEFORE = re.compile(r"(?<![\w-])([a-z]+)[ \xa0]\Z")
_NOUN_BEHIND = re.compile(
    r",[ \xa0](?:an?|the|his|her|their)[ \xa0]((?:(?!(?:of|for|to|with|and|whose|in)\b)[\w’-]+[ \xa0]?){1,4})"
)
_NAMED_THEN = re.compile(
    r",?[ \xa0](?:(?:who[ \xa0])?(?:was[ \xa0])?(?:named|called|identified[ \xa0]as)[ \xa0])?[A-Z]"
    r"|,[ \xa0](?:\w+[ \xa0]){0,3}[A-Z]"
)
_BEGINNING = re.compile(
    r"\W*(?:(?:And|But|So)[ \xa0])?(?:in|on|at|as|after|before|while|when|since|because|although|though|with|by|for|despite"
    r"|during|until|once|if)\b",
    re.IGNORECASE,
)
# A name and who it is, alone behind the pronoun: “It is late,” he said. Bob Ray, the mayor.
_SIGNED = re.compile(r"\w+[ \xa0]\w+\.[ \xa0]+(?=[A-Z])")
_APPOSED_ALONE = re.compile(r",[ \xa0][^.,;:\n]*\.?[ \xa0]*(?=\n|\Z)")
# A verb and *him* right behind who does it, and so somebody else: "Lee told him", "Lee asked her to", not "Lee told her son".
_NOT_VERBS = (
    "and|or|nor|but|with|without|of|by|from|for|to|in|on|at|as|after|before|when|while|who|whose|that|than|like|behind|beside"
)
_TO_ANOTHER = re.compile(
    r"[ \xa0](?:(?:has|had|have|is|was|will|would|could|did|does|not|never|also|then|later|[a-z]+ly)[ \xa0])*"
    rf"(?!(?:{_NOT_VERBS})\b)[a-z]+[ \xa0](him|her)\b"
    r"(?!(?<=her)[ \xa0](?!(?:that|to|of|about|the|an?|s?he|it|on|in|at|why|how|what|whether|if|not|over|for|with|as|was)\b))"
)
_TITLES = 30  # characters between the comma and the name behind it, for a title
_STRAIGHT = ('"', "''")
_QUOTATION = 2000  # characters that a quotation may have before its pronoun
_NEAR = 40  # persons of whom one may be meant
_BEHIND = 2  # units back in which a pronoun's person is looked for


class Pronouns:
    """The pronouns of one article outside quotations; nor is it who is named inside one, or who asks.

    A unit is a sentence, or a zone that has none.
    """

    def __init__(self, article: Article, units: list[tuple[int, int]], found: list[Found], persons: Persons) -> None:
        text = article.text
        self._text, self._units, self._persons = text, units, persons
        self._zones = [zone.start for zone in article.zones]
        self._people = sorted(one for one in found if one.label == "PERSON")
        self._starts = [one.start for one in self._people]
        behind = ((one.name, to_another(text, one.end)) for one in self._people)
        self._objects = {place: name for name, place in behind if place}  # *him* who is not the one named before
        self._straight = [mark for mark in _STRAIGHT if mark in text]
        self._pairs = [pair for pair in DIRECTED.items() if pair[0] in text]
        self._said: list[tuple[int, Gender, str | None]] = []  # where *he* and *she* stand, and whom they name
        self._unmarked = UnmarkedNames(text, units, ((one.start, one.end) for one in found))
        for one in self._people:
            if persons.gender(one.name) is None and (gender := self._shown(one)):
                persons.settle(one.name, gender)

    def __iter__(self) -> Iterator[Found]:
        for i, (start, end) in enumerate(self._units):
            for match in _PRONOUN.finditer(self._text, start, end):
                gender: Gender = "male" if match[0].lower() in MALE else "female"
                if self._is_quoted(match.start()):
                    continue
                name = self._meant(i, match.start(), gender)
                if match.start() in self._objects:
                    self._said.append((match.start(), gender, name or ""))
                if name:
                    yield Found(*match.span(), "PERSON", name, "pronoun", 0.7 if self._persons.gender(name) else 0.6)
                    self._persons.settle(name, gender)
                if match[0].lower() in _SUBJECT:
                    self._said.append((match.start(), gender, name))

    def _shown(self, one: Found) -> Gender | None:
        """The gender that a noun beside the name tells."""
        before = _NOUN_BEFORE.search(self._text, max(0, one.start - 24), one.start)
        behind = _NOUN_BEHIND.match(self._text, one.end)
        beside = {before[1]} if before else set()
        beside |= set(behind[1].split() if behind else ())
        return next((gender for gender in GENDERS if not nouns(gender).isdisjoint(beside)), None)

    def _is_unnamed(self, i: int, place: int, gender: Gender) -> bool:
        """Whether somebody without a name was brought in before, who may be meant: "A man was shot. Lee said he had a gun"."""
        for match in _someone(gender).finditer(self._text, self._units[max(0, i - _BEHIND)][0], place):
            if not _NAMED_THEN.match(self._text, match.end()) and not self._is_quoted(match.start()):
                return True
        return False

    def _meant(self, i: int, place: int, gender: Gender) -> str | None:
        """The only one whom the nearest unit with a person names before the pronoun, or who is named alone behind it."""
        if signed := self._signed(place, gender):
            return signed
        ahead = self._ahead(i, place, gender)
        for back in range(_BEHIND + 1):
            fits = [
                one
                for one in self._named(i - back, place)
                if self._persons.gender(one.name) in {gender, None}
                and one.name != self._objects.get(place)
                and not self._is_quoted(one.start)
                and not ASKER.fullmatch(self._text, self._units[i][0], one.start)
            ]
            if fits:
                first = self._units[max(0, i - back)][0]
                is_one = len({one.name for one in fits}) == 1 and ahead in {None, fits[-1].name}
                is_one = is_one and self._goes_on(first, place, gender, fits)
                is_one = is_one and not self._is_unnamed(i, place, gender)
                is_sure = self._persons.gender(fits[-1].name) == gender or self._is_alone(i, place, fits[-1])
                is_sure = is_one and is_sure and not self._unmarked.among(first, place)
                return fits[-1].name if is_sure else None
        return None

    def _goes_on(self, start: int, place: int, gender: Gender, fits: list[Found]) -> bool:
        """Whether each *he* from there on is the one named: not in “He said Ray was late. He …”, whoever the first one is."""
        i = bisect_left(self._said, (start,))
        others = (one for one in self._said[i:] if one[0] < place and one[1] == gender)
        return all(name == fits[0].name or (name is None and at > fits[-1].start) for at, _, name in others)

    def _signed(self, place: int, gender: Gender) -> str | None:
        """Who is named alone behind the sentence that ends in the pronoun and a verb."""
        before = _SIGNED.match(self._text, place)
        k = bisect_left(self._starts, before.end()) if before else len(self._people)
        one = self._people[k] if k < len(self._people) else None
        if not before or not one or one.start != before.end() or not _APPOSED_ALONE.match(self._text, one.end):
            return None
        return one.name if self._persons.gender(one.name) in {gender, None} else None

    def _ahead(self, i: int, place: int, gender: Gender) -> str | None:
        """Who is named as the subject behind a beginning that the pronoun stands in: "In a sign that he is late, Lee left"."""
        start, end = self._units[i]
        comma = self._text.find(",", place, end)
        if comma < 0 or not _BEGINNING.match(self._text, start) or "," in self._text[start:place]:
            return None
        k = bisect_right(self._starts, comma)
        if k == len(self._people) or self._people[k].start > min(end, comma + _TITLES):
            return None
        name = self._people[k].name
        return name if self._persons.gender(name) in {gender, None} else None

    def _is_alone(self, i: int, place: int, last: Found) -> bool:
        """Whether nobody else is named near, nor spoken of since ("met a nurse"), so that the pronoun shows a gender."""
        between = _APPOSITION.sub("", self._text[last.end : place], count=1)
        is_other = _SOMEBODY.search(between) or any(
            word in self._persons.known.people and not SEVERAL.fullmatch(word) for word in _WORDS.findall(between)
        )
        return not is_other and all(one.name == last.name for one in self._named(i - _BEHIND, place))

    def _named(self, i: int, place: int) -> list[Found]:
        """The persons named from unit ``i`` before a place."""
        stop = bisect_right(self._starts, place)
        return self._people[max(stop - _NEAR, bisect_right(self._starts, self._units[max(0, i)][0] - 1)) : stop]

    def _is_quoted(self, place: int) -> bool:
        """Whether its paragraph opens a quotation before it that is not closed; each paragraph of a long one opens it anew."""
        k = bisect_right(self._zones, place) - 1
        start = max(self._zones[k] if k >= 0 else 0, place - _QUOTATION)
        count = self._text.count
        for mark in self._straight:
            if count(mark, start, place) % 2 == 1:
                return True
        return any(count(opening, start, place) > count(closing, start, place) for opening, closing in self._pairs)


def to_another(text: str, end: int) -> int:
    """Where *him* or *her* stands for somebody else than who is named up to ``end``: "Lee thanked him"; 0 if nowhere."""
    found = _TO_ANOTHER.match(text, end)
    return found.start(1) if found else 0


@cache
def nouns(gender: Gender) -> frozenset[str]:
    """The nouns that tell the gender: "son", "nun"."""
    return frozenset(word_lists()["entities"]["titles"][f"{gender}_noun"].split())


@cache
def _someone(gender: Gender) -> re.Pattern[str]:
    """A pattern of who is brought in as somebody without a name: "a man", "an elderly driver", but not "was a man"."""
    words = "|".join(sorted(nouns(gender) | set(word_lists()["entities"]["titles"]["any_noun"].split())))
    return re.compile(
        r"[Aa](?<!\w.)(?<!, .)(?<!is .)(?<!was .)(?<!as .)(?<!like .)n?[ \xa0]"
        rf"(?:[\w-]+[ \xa0]){{0,2}}(?:{words})\b(?![’'-])"
    )
