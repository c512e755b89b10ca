"""Finds who several are that speak as one: "Lee and Cho said", "the two countries said", "they said".

Convention: schema/GUIDELINES.md, section 4.6. There is no group where the text does not say who is in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.quotes.grammar import closed
from pressmark.annotators.quotes.link_sources import heads, is_compound
from pressmark.record.marks import DOUBLE_MARKS
from pressmark.record.model import Source
from pressmark.validation.level5_guidelines.mentions import ACTORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.quotes.link_sources import Named
    from pressmark.record.model import Article, EntityLabel

_REACH = 1500  # characters back; the time must stay linear also where a sentence never ends
_BACK = 2  # sentences before the source's in which the two may have been named
_TWO = re.compile(
    r"(?:the[ \xa0](?P<many>two|three|four|five)|both|the[ \xa0](?:pair|duo))(?:[ \xa0](?P<noun>[a-z]+))?\Z", re.IGNORECASE
)
_COUNT = {"two": 2, "three": 3, "four": 4, "five": 5}
_NOUNS: dict[str | None, EntityLabel] = {
    **dict.fromkeys(("leaders", "presidents", "premiers", "ministers", "men", "women", "candidates", "senators"), "PERSON"),
    **dict.fromkeys(("countries", "nations", "governments"), "GPE"),
    None: "PERSON",
}
# Where several may be spoken of that say nothing: "The two men shook hands", "They opened it".
# It begins with a letter and then looks back, since that is what `re` looks for fast.
_SPOKEN_OF = re.compile(
    rf"[TtBb](?<!\w.)(?:(?:(?<=[Tt])he[ \xa0](?:{'|'.join(_COUNT)})|(?<=[Bb])oth)[ \xa0](?:{'|'.join(filter(None, _NOUNS))})"
    r"|(?<=T)(?<!\S.)hey)\b(?![’'-])"
)
_SUBJECT = re.compile(
    r"(?:(?:The|Some|Many|Several|Most|Dozens of|Hundreds of|Thousands of)[ \xa0])?(?:[\w-]+[ \xa0]){0,2}?"
    r"(?P<noun>[A-Za-z]+)(?=[ \xa0][a-z])"
)
_AND = re.compile(r"(?:,[^,.;:!?]{1,60},)?[ \xa0](?:and|&)[ \xa0](?P<title>[^.;:!?]{0,60})\Z")
_MET = re.compile(
    r"[ \xa0](?:(?:had|has|have|will)[ \xa0]|[^.,;:!?]{0,30}\bwhen[ \xa0])?"
    r"(?:meet|meets|met|meeting|hosts|hosted|hosting|welcomes|welcomed|welcoming)[ \xa0](?:with[ \xa0])?"
    r"(?P<title>[^.;:!?]{0,60})\Z"
)
_WHERE = re.compile(r"\b(?:in|at|from|near|to)[ \xa0](?:the[ \xa0])?\Z")
_IN_TITLE = {"his", "her", "their", "its", "the", "of", "for", "counterpart"}
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


class Group(NamedTuple):
    """The label, the name and the members, by id, of those who speak as one; no members where they have several labels."""

    label: EntityLabel
    name: str
    members: tuple[str, ...]


class Groups:
    """The groups of one article."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        named = [(mention, entity) for entity in article.entities for mention in entity.mentions if mention.level == "name"]
        self._named: list[Named] = sorted(named, key=lambda pair: pair[0].start)
        self._starts = [mention.start for mention, _ in self._named]
        self._sentences = [sentence.start for sentence in article.sentences]
        self._begins = set(self._sentences)
        self._quoted = sorted(part.range for quote in article.quotes for part in quote.verbatim)

    def of(self, source: Source) -> Group | None:
        """The group that a source without an entity is; None where it is none, or the text does not tell which."""
        speakers = heads(self._text, self._within(source.start, source.end), *source.range)
        if is_compound(self._text, speakers):
            return _group(speakers)
        two = _TWO.match(source.text)
        if two and two["noun"] in _NOUNS:
            group = self._several(source.start, _NOUNS[two["noun"]], _COUNT.get((two["many"] or "two").lower(), 2))
            return group if group and _may_be(group.name, two["noun"]) else None
        return self._they(source.start) if source.text.lower() == "they" else None

    def subject_before(self, they: Source) -> Source | None:
        """The several people, or the police, with whom the sentence before begins, if "they" can be nobody else."""
        start = self._sentence(they.start, 1)
        subject = _SUBJECT.match(self._text, start, they.start)
        if not subject or not _are_people(subject["noun"].lower()):
            return None
        others = [
            entity.label for mention, entity in self._within(subject.end(), they.start) if not self._is_place((mention, entity))
        ]
        behind = _WORD.findall(self._text[subject.end() : they.start])
        is_other = set(others) - {"PERSON"} or len(others) > 1 or any(_may_be_several(word.lower()) for word in behind)
        return None if is_other else Source(*subject.span(), subject[0], None, "originator", None)

    def together(self, spoke: list[tuple[tuple[int, int], Source, Group]]) -> Iterator[tuple[Source, Group]]:
        """The places outside quotations where several are spoken of; ``spoke`` are the groups that are sources, in order.

        "They" may be the group of the sentence before.
        """
        last: tuple[Source, Group] | None = None
        i = 0
        for match in _SPOKEN_OF.finditer(self._text) if self._named else ():
            while i < len(spoke) and spoke[i][0] < match.span():
                last = spoke[i][1:] if last is None or spoke[i][1].start > last[0].start else last
                i += 1
            place = Source(*match.span(), match[0], None, "originator", None)
            is_they = match[0] == "They"
            if self._is_quoted(match.start()) or (is_they and match.start() not in self._begins):
                continue
            group = self.of(place)
            if (group is None or not group.members) and is_they and last and self.is_next(last[0], place):
                group = last[1]
            if group and group.members:
                last = place, group
                yield last

    def _is_quoted(self, place: int) -> bool:
        i = bisect_left(self._quoted, (place + 1,)) - 1
        return i >= 0 and place < self._quoted[i][1]

    def is_next(self, last: Source, they: Source) -> bool:
        """Whether the sentence before is the last source's, and nothing between can be who "they" are instead."""
        behind = self._text[last.end : they.start]
        words = _WORD.findall(behind)
        is_near = last.start >= self._sentence(they.start, 1)
        is_other = any(mention.start >= last.end for mention, _ in self._within(last.end, they.start))
        known = gazetteer()
        return is_near and not is_other and known.people.isdisjoint(words) and known.bodies.isdisjoint(words)

    @staticmethod
    def may_be_they(source: Source) -> bool:
        """Whether its words are of several people, or of a body: "the protesters", "the ministry"."""
        words = [word.lower() for word in _WORD.findall(source.text)]
        return any((word in gazetteer().people and word.endswith("s")) or word in gazetteer().bodies for word in words)

    def _within(self, start: int, end: int) -> list[Named]:
        return self._named[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _sentence(self, place: int, back: int) -> int:
        """Where the sentence begins that stands ``back`` before that of ``place``."""
        start = self._sentences[max(0, bisect_left(self._sentences, place + 1) - 1 - back)] if self._sentences else place
        return max(start, place - _REACH)

    def _several(self, place: int, label: EntityLabel, count: int) -> Group | None:
        """The only two, or more, of a kind that the nearest sentence with one names, if it names them together."""
        end = place
        for back in range(_BACK + 1):
            start = self._sentence(place, back)
            named = [pair for pair in self._within(start, end) if pair[1].label == label]
            here = [pair for pair in named if not self._is_place(pair)]
            if count > 2 and named:
                return self._row(named, count)
            if here:
                return self._pair(here) if len({entity.id for _, entity in here}) == count else None
            end = start
        return None

    def _row(self, here: list[Named], count: int) -> Group | None:
        """All of a list: “France, Germany and Italy”; others may only be where something is."""
        row, others = here[:count], here[count:]
        gaps = [self._text[one[0].end : other[0].start] for one, other in pairwise(row)]
        is_list = len(row) == count and all(gap == ", " for gap in gaps[:-1]) and gaps[-1] in {" and ", ", and "}
        return _group(row) if is_list and all(map(self._is_place, others)) else None

    def _pair(self, here: list[Named]) -> Group | None:
        for first, second in pairwise(here):
            if first[1].id != second[1].id and self._together(first, second):
                return _group([first, second])
        return None

    def _together(self, first: Named, second: Named) -> bool:
        """Whether the two are joined, with nothing but a title before the second: “Lee and Prime Minister Cho”, “US-Japan”."""
        between = self._text[first[0].end : second[0].start]
        joint = _AND.match(between) or _MET.match(between)
        return between in {"-", "–"} or bool(joint and _may_be_title(joint["title"]))

    def _they(self, place: int) -> Group | None:
        """The two who were named together last, where "they" can be nobody else."""
        near = [pair for pair in self._within(self._sentence(place, 1), place) if not self._is_place(pair)][-2:]
        if len(near) < 2 or near[0][1].label != near[1][1].label or near[0][1].label not in {"PERSON", "GPE"}:
            return None
        behind = self._text[near[1][0].end : place]
        if any(_may_be_several(word.lower()) for word in _WORD.findall(behind)) or any(mark in behind for mark in DOUBLE_MARKS):
            return None
        return self._pair(near)

    def _is_place(self, named: Named) -> bool:
        """Whether it only says where: "met in Berlin"."""
        mention, entity = named
        return entity.label in {"GPE", "LOC", "FAC"} and bool(
            _WHERE.search(self._text, max(0, mention.start - 8), mention.start)
        )


def _group(speakers: list[Named]) -> Group | None:
    """All of them; the group has the label of the first named one that may speak."""
    known = {entity.id: entity for _, entity in speakers}
    label = next((entity.label for entity in known.values() if entity.label in ACTORS), None)
    if label is None:
        return None
    *names, last = sorted({entity.name for entity in known.values()})
    members = tuple(known) if all(entity.label == label for entity in known.values()) else ()
    return Group(label, f"{', '.join(names)} and {last}", members)


def _may_be(names: str, noun: str | None) -> bool:
    """Whether nobody in the group has a first name that only the other sex has, where the noun tells one."""
    if noun not in {"men", "women"}:
        return True
    others = gazetteer().female if noun == "men" else gazetteer().male
    return others.isdisjoint(name.partition(" ")[0] for name in re.split(", | and ", names))


def _may_be_title(words: str) -> bool:
    roles = gazetteer().roles
    return all(word[0].isupper() or word in roles or word in _IN_TITLE for word in _WORD.findall(words))


def _are_people(noun: str) -> bool:
    return noun in gazetteer().people and (noun.endswith("s") or noun in {"police", "people", "men", "women", "children"})


def _may_be_several(word: str) -> bool:
    known = gazetteer()
    is_plural = len(word) > 3 and word.endswith("s") and word not in closed()
    return is_plural or word in known.people or word in known.bodies
