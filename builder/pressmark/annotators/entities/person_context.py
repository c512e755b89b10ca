"""What stands around a name and tells a person from a place, a thing or a body: roles, verbs, ages, appositions."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from pressmark.record.marks import CLOSING, OPENING

if TYPE_CHECKING:
    from pressmark.annotators.entities.sentence_words import SentenceWords

_BEFORE = re.compile(r"([\w-]+),?[ \xa0]\Z")
_SOURCE = re.compile(r"\b[Aa]ccording[ \xa0]to[ \xa0]\Z")
_AFTER = re.compile(r"(?:[’']s)?,?[ \xa0](\w+)")
_SAYS = re.compile(r"[ \xa0](\w+)")
_OWN = re.compile(r"[ \xa0](\w+)[ \xa0](?:that[ \xa0])?s?he\b")
# A mark that closes a quotation, with a stop inside or a comma behind; or a comma.
_QUOTED = re.compile(rf"(?:([,.?!…—–-][{re.escape(CLOSING)}]{{1,2}}|[{re.escape(CLOSING)}](?=,)),?|,)[ \xa0]\Z")
_AGED = re.compile(r"\d\d-year-old\Z")
_LISTED = re.compile(r"[A-Z][\w’'-]*,[ \xa0]\Z")  # Amherst, Xyz, who
_WHO = re.compile(r",[ \xa0]who(?:se)?[ \xa0]")
_THROUGH = re.compile(r"\b(?:through|across|along|outside|inside|near|shares[ \xa0]of)[ \xa0]\Z", re.IGNORECASE)
_WHICH = re.compile(
    r",?[ \xa0](?:(?:in|of|at|on|from|for)[ \xa0])?which\b|,[ \xa0]\d[\d,.]*[ \xa0](?:miles|km|kilometres|kilometers)\b"
)
_APPOSED = re.compile(r",[ \xa0](?:(?P<age>\d\d),|(?:(?:the|an?|its|his|her) )?(?P<words>\w+(?:[ \xa0]\w+){0,3}))")
_OFFICE = re.compile(
    r",[ \xa0](?:(?P<age>\d\d),|(?:the|an?|his|her)[ \xa0](?P<words>\w[\w-]*(?:[ \xa0]\w[\w-]*){0,5})|(?P<of>\w+)[ \xa0]of\b)"
)
# What follows one of these is no part of an office's own words.
_ENDS = frozenset(["of", "for", "in", "at", "on", "by", "to", "from", "with", "and", "who", "whose", "that"])
# What stands before a place, a thing, or a firm.
_NOBODY = re.compile(
    r"(?:\b(?:the|an?|this|that|its|their|our|his|her|my|your|in|at|near|into|from|through|across|around|along|outside|inside"
    r"|via|on|off|onto|under|over|between|throughout|towards?|within|beyond|called|named"
    r"|(?:shares|stock|customers|employees|subsidiary|chief executive|executive|director|president|chairman|chair|founder|owner"
    r"|head|parent|makers?)[ \xa0]of)[ \xa0]|\d[ \xa0]|[“‘\"'@#/-])\Z",
    re.IGNORECASE,
)

# The beginning of a title in quotation marks, before a name in it: “Mother Teresa Jones”.
_IN_MARKS = re.compile(rf"[{re.escape(OPENING)}](?:[A-Z][\w’'-]*[ \xa0]){{0,4}}\Z")
_CLOSED = re.compile(rf"[{re.escape(CLOSING)}](?![a-z])")
# What follows a ship or a play rather than a person as a modifier: "the Ada Lindqvist sank", but "the Ada Lindqvist case".
_NO_NOUN = re.compile(
    r"(?![ \xa0](?:of|who|whose|that)\b)(?:[’']s|[ \xa0](?:in|at|on|to|from|for|by|with|into|and|or|as|after|before|while|when"
    r"|is|was|has|had|will|would|can|could|may|might|must|did|\w+ed)\b|[.,;:!?)]|\Z)"
)
_NEAR = 30  # characters before a name in which its particles and "said" have room


class PersonContext:
    """What stands around the words of one sentence from ``i`` before ``stop``."""

    def __init__(self, row: SentenceWords) -> None:
        self._row, self._known = row, row.known

    def before(self, i: int) -> str:
        """The word right before, without a comma; empty if there is none."""
        found = _BEFORE.search(self._row.text, max(self._row.start, self._row[i].start - 20), self._row[i].start)
        return found[1] if found else ""

    def is_role(self, i: int) -> bool:
        """Whether a role or a word of saying stands before: "the analyst Xyz Abc", "said Xyz Abc"."""
        before = self.before(i)
        return before.lower() in self._known.roles or before in self._known.says  # Novelist Xyz Abc

    def is_done_to(self, i: int) -> bool:
        """Whether what stands before is done to a person: "met Xyz Abc", or is who says it: "according to Xyz Abc"."""
        source = _SOURCE.search(self._row.text, max(self._row.start, self._row[i].start - 20), self._row[i].start)
        return self.before(i) in self._known.done_to or source is not None

    def does(self, stop: int, verbs: frozenset[str]) -> bool:
        """Whether one of the verbs follows."""
        after = _AFTER.match(self._row.text, self._row[stop - 1].end, self._row.end)
        return bool(after and after[1] in verbs)

    def speaks(self, i: int, stop: int) -> bool:
        """Whether a verb of saying follows at once, or "said" stands before: "Xyz said", "said Xyz"."""
        said = _SAYS.match(self._row.text, self._row[stop - 1].end, self._row.end)
        return bool(said and said[1] in self._known.says) or self.before(i) == "said"

    def answers(self, i: int, stop: int) -> bool:
        """Whether its place or its verb make it a speaker: “It is,” Xyz said. It is, Xyz said. It is, said Xyz. Xyz asked."""
        row = self._row
        said = _SAYS.match(row.text, row[stop - 1].end, row.end)
        if not said or said[1] not in self._known.says:
            return self.before(i) == "said" and row.text[row[stop - 1].end : row[stop - 1].end + 1] in {".", ","}
        is_end = row.text[said.end() : said.end() + 1] in {".", ","}
        behind = _QUOTED.search(row.text, max(row.start, row[i].start - 5), row[i].start)
        return said[1] in self._known.personal or (behind is not None and (is_end or behind[1] is not None))

    def is_apposed(self, stop: int) -> bool:
        """Whether an age or an office follows: ", 45,", ", Minister of", ", the governor"."""
        after = _APPOSED.match(self._row.text, self._row[stop - 1].end, self._row.end)
        words = after["words"].split() if after and after["words"] else ()
        known = self._known
        return bool(after and after["age"]) or any(word in known.roles or word in known.titles for word in words)

    def may_act(self, i: int, stop: int) -> bool:
        """Whether anything that `speaks`, `answers` or `is_human` looks for can be there: this is quick, they are not."""
        row, known, end = self._row, self._known, self._row[stop - 1].end
        if row.text.startswith(",", end) or self._is_said(i):
            return True
        after = _SAYS.match(row.text, end, row.end)
        return after is not None and (after[1] in known.says or after[1] in known.alone)

    def _is_said(self, i: int) -> bool:
        """Whether "said" stands before the word and its particles; it seldom does, and to look for particles is slow."""
        row, start = self._row, self._row[i].start
        is_near = row.text.find("said", max(0, start - _NEAR), start) >= 0
        return is_near and row.text.endswith(("said ", "said\xa0"), 0, row.particle(i))

    def is_human(self, start: int, stop: int) -> bool:
        """Whether what follows is said of nobody but a person: an age, an office, "who", "smiled", "said he".

        It begins at ``start`` (code points), with its particle, and ends before the word ``stop``.
        """
        row, end = self._row, self._row[stop - 1].end
        begin = max(row.start, start - 40)
        if _NOBODY.search(row.text, begin, start) or _LISTED.search(row.text, begin, start):
            return False
        own = _OWN.match(row.text, end, row.end)
        is_own = bool(own and own[1] in self._known.says)
        is_who = _WHO.match(row.text, end, row.end) is not None and row[stop - 1].text[-1] != "s"  # the Tuaregs, who
        return is_own or is_who or self._has_office(end) or self.does(stop, self._known.alone)

    def _has_office(self, end: int) -> bool:
        """Whether an age or an office of one person follows: ", 45,", ", the mayor", ", mayor of"; not ", the mayor said"."""
        found = _OFFICE.match(self._row.text, end, self._row.end)
        if not found or found["age"]:
            return found is not None
        words = list(takewhile(lambda word: word not in _ENDS, found["words"].split())) if found["words"] else [found["of"]]
        place = next((k for k, word in enumerate(words) if self._is_office(word)), None)
        behind = words[place + 1] if place is not None and place + 1 < len(words) else ""
        return place is not None and behind not in self._known.says and behind not in self._known.bodies

    def _is_office(self, word: str) -> bool:
        """Whether the word is one person's office or age: "mayor", "Minister", "45-year-old", but not "mayors" or "Mr"."""
        is_one = not word.endswith("s") or word.endswith("ss")
        is_office = is_one and (word in self._known.roles or word in self._known.titles) and word not in self._known.courtesy
        return is_office or _AGED.match(word) is not None

    def is_body(self, i: int, stop: int) -> bool:
        """Whether the words beside it say that it is a body: "the newspaper Xyz Abc", "Xyz Abc, a firm"."""
        after = _APPOSED.match(self._row.text, self._row[stop - 1].end, self._row.end)
        words = {*(after["words"].split()[:2] if after and after["words"] else ()), self.before(i)}
        return not words.isdisjoint(self._known.bodies)

    def is_beside(self, i: int, stop: int) -> bool:
        """Whether only a place or a firm stands so: "through Xyz Abc", "shares of Xyz Abc", "Xyz Abc, which"."""
        row = self._row
        before = _THROUGH.search(row.text, max(row.start, row[i].start - 20), row[i].start)
        return before is not None or _WHICH.match(row.text, row[stop - 1].end, row.end) is not None

    def is_called_so(self, i: int, stop: int) -> bool:
        """Whether a thing has the name: "the Ada Lindqvist sank", "the ferry Ada Lindqvist", “Mother Teresa Jones” in marks."""
        row, end, before = self._row, self._row[stop - 1].end, self.before(i).lower()
        if before in self._known.named:
            return True
        if before == "the":
            behind = _SAYS.match(row.text, end, row.end)
            is_past = behind is not None and behind[1] in self._known.past
            last, known = row[stop - 1].text, self._known
            is_prize = stop > i + 2 and last not in known.lasts and known.is_english(last)  # the Tom Hill Prize
            return is_past or is_prize or _NO_NOUN.match(row.text, end, row.end) is not None
        return self.is_in_marks(i, stop)

    def is_in_marks(self, i: int, stop: int) -> bool:
        """Whether it stands in quotation marks with nothing but capitalised words, as the title of a work does."""
        row, start, end = self._row, self._row[i].start, self._row[stop - 1].end
        is_closed = _CLOSED.match(row.text, end, row.end) is not None
        return is_closed and _IN_MARKS.search(row.text, max(row.start, start - 40), start) is not None

    def is_nobody(self, i: int, stop: int) -> bool:
        """Whether the words beside it speak of a place, a thing or a firm: "through Xyz Abc", "Xyz Abc, which"."""
        row = self._row
        is_thing = _NOBODY.search(row.text, max(row.start, row[i].start - 40), row[i].start) is not None
        is_thing = is_thing or _WHICH.match(row.text, row[stop - 1].end, row.end) is not None
        return is_thing or self.is_body(i, stop) or self.does(stop, self._known.people)  # the Xyz Abc spokesman
