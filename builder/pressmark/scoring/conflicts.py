"""Finds what several annotators of one text read differently: a row for each field, item or mention that they disagree on.

Fields that only make sense together are one row: a quote's content with what is verbatim in it, and a claim's proposition with
its factuality, because a proposition under another's sign says what nobody said.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pressmark.record.text import excerpt, quoted, shortened, visible
from pressmark.scoring.pair import LAYERS, Scored
from pressmark.scoring.readings import NOTHING, as_read, whole
from pressmark.scoring.side_by_side import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pressmark.record.model import Article
    from pressmark.scoring.side_by_side import Group, Item

    Places = frozenset[tuple[int, int]]
    Key = tuple[Scored, str, str]

# The field of an item that not all have.
WHOLE: dict[Scored, str] = {
    "entities": "entity",
    "quotes": "quote",
    "claims": "claim",
}
FIELDS: dict[Scored, dict[str, tuple[str, ...]]] = {
    "entities": {name: (name,) for name in ("label", "name", "kb_id", "value", "members")},
    "quotes": {"content": ("content", "type", "verbatim")}
    | {name: (name,) for name in ("cue", "sources", "addressees", "medium", "act", "status", "parent")},
    "claims": {"content": ("content",), "proposition": ("proposition", "factuality")}
    | {name: (name,) for name in ("types", "checkworthiness", "quote", "about")},
}
_SHOWN = 120  # code points of an item in a row
_SETS = {"sources", "addressees", "members", "types", "about"}  # lists whose order means nothing


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that annotators read differently. ``readings`` says by annotator what they read.

    ``item`` is the id that the item has in the merged article. ``text`` is the place with the words around it, safe to print.
    """

    article: str
    layer: Scored
    item: str
    field: str
    start: int
    end: int
    text: str
    readings: Mapping[str, str]

    @property
    def key(self) -> Key:
        """What it is about, within its article."""
        return self.layer, self.item, self.field

    @property
    def id(self) -> str:
        """A name that changes if anything in the conflict does. It begins with a letter, so no spreadsheet reads a number."""
        what = [self.article, *self.key, self.start, self.end, dict(self.readings)]
        return "k" + sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:10]

    def __str__(self) -> str:
        """One line that a terminal can print."""
        by: dict[str, list[str]] = {}
        for who, reading in self.readings.items():
            by.setdefault(reading, []).append(who)
        read = "; ".join(f"{', '.join(people)}: {reading}" for reading, people in by.items())
        place = f"{self.article}:{self.start}:{self.end}"
        return visible(f"{place}: {self.layer} {self.item} {self.field}: {self.text}: {read}")


def conflicts(group: Group) -> Iterator[Conflict]:
    """Every conflict of a group, by layer and place in the text. Who has not annotated a layer has no reading of it."""
    for layer in LAYERS:
        found = [*_of_items(group, layer), *(_of_mentions(group) if layer == "entities" else ())]
        yield from sorted(found, key=lambda one: (one.start, one.end, one.item, one.field))


def _of_items(group: Group, layer: Scored) -> Iterator[Conflict]:
    people = group.annotators(layer)
    for item in group.items[layer]:
        one = next(iter(item.values()))
        at = place(one)
        if len(item) < len(people):
            read = {who: whole(group.articles[who], item[who]) if who in item else NOTHING for who in people}
            yield _conflict(group.first, (layer, one.id, WHOLE[layer]), at, read)
        for field, names in FIELDS[layer].items():
            if len({values(other, names) for other in item.values()}) > 1:
                read = {who: as_read(group.articles[who], other, field) for who, other in item.items()}
                yield _conflict(group.first, (layer, one.id, field), at, read)


def values(item: Item, names: Sequence[str]) -> tuple[Any, ...]:
    """The values of some fields, so that equal ones are equal whatever their order."""
    found = ((name, getattr(item, name)) for name in names)
    return tuple(frozenset(value) if name in _SETS else value for name, value in found)


def _of_mentions(group: Group) -> Iterator[Conflict]:
    for key, places in contested(group).items():
        read = {}
        for who in group.annotators("entities"):
            found = sorted(
                (mention, entity.name)
                for entity in group.articles[who].entities
                for mention in entity.mentions
                if mention.range in places
            )
            read[who] = "; ".join(f"{quoted(one.text)}: {one.level} of {quoted(name)}" for one, name in found) or NOTHING
        at = min(start for start, _ in places), max(end for _, end in places)
        yield _conflict(group.first, key, at, read)


def contested(group: Group) -> dict[Key, Places]:
    """The places at which those who have an entity disagree whether it is mentioned there, or at which level.

    The same place is decided once for all entities, and overlapping places of one entity are decided together.
    """
    units: list[tuple[set[str], set[tuple[int, int]]]] = []
    for item in group.items["entities"]:
        name = next(iter(item.values())).id
        read = [{(mention.range, mention.level) for mention in entity.mentions} for entity in item.values()]
        for at in sorted({at for at, _ in set().union(*read) - read[0].intersection(*read[1:])}):
            met = [one for one in units if at in one[1] or (name in one[0] and any(_overlap(at, other) for other in one[1]))]
            units = [one for one in units if one not in met]
            units.append(({name}.union(*(one[0] for one in met)), {at}.union(*(one[1] for one in met))))
    return {_key(names, places): frozenset(places) for names, places in units}


def _key(names: set[str], places: set[tuple[int, int]]) -> Key:
    """The key of mentions: they stand at the first of their entities."""
    start, end = min(start for start, _ in places), max(end for _, end in places)
    return "entities", min(names, key=lambda name: (len(name), name)), f"mentions {start}:{end}"


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _conflict(article: Article, key: Key, at: tuple[int, int], read: Mapping[str, str]) -> Conflict:
    around = excerpt(article.text, *at)
    text = str(around._replace(marked=shortened(article.text[slice(*at)], _SHOWN)))
    return Conflict(article.id, *key, *at, text, read)
