"""Puts two or more annotations of one text side by side: which items of theirs are the same thing, under one id.

Two annotators mean the same entity, quote or claim if `pressmark score` matches them and the match counts. Entities without a
mention in common are the same if they nearly have one. Ids are arbitrary, so an item keeps its first annotator's id where that
id is free, and its references follow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, count
from typing import TYPE_CHECKING, Any

from pressmark.project.references import linked
from pressmark.scoring import claims, entity_fields, quotes
from pressmark.scoring.matching import counts
from pressmark.scoring.pair import LAYERS, Pair, Scored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pressmark.project.references import Renamed
    from pressmark.record.model import Article

    Item = Any  # an entity, quote or claim


@dataclass(frozen=True, slots=True)
class Group:
    """Several annotations of one text, by annotator, with the same ids for the same things.

    ``items`` has for each layer the things in the order of the text: by annotator, what they say of it.
    """

    articles: Mapping[str, Article]
    items: Mapping[Scored, Sequence[Mapping[str, Item]]]

    @property
    def first(self) -> Article:
        """The annotation of the first annotator."""
        return next(iter(self.articles.values()))

    def annotators(self, layer: Scored) -> list[str]:
        """Who annotated a layer. An annotated layer may be empty; one with items is annotated."""
        return [who for who, one in self.articles.items() if getattr(one.layers, layer) != "none" or getattr(one, layer)]


def side_by_side(names: Sequence[str], articles: Sequence[Article]) -> Group:
    """Put the annotations of these annotators side by side. All articles have the same text."""
    numbers = combinations(range(len(articles)), 2)
    pairs = {(i, j): Pair(articles[i], articles[j]) for i, j in numbers}
    same = {layer: _same(articles, layer, pairs) for layer in LAYERS}
    known: list[Renamed] = [{} for _ in articles]
    for layer, things in same.items():
        for thing, name in zip(things, _ids(articles, layer, things), strict=True):
            for i, k in thing.items():
                known[i].setdefault(layer, {})[getattr(articles[i], layer)[k].id] = name
    ours = [_renamed(article, names_of) for article, names_of in zip(articles, known, strict=True)]
    items = {
        layer: [{names[i]: getattr(ours[i], layer)[k] for i, k in sorted(thing.items())} for thing in things]
        for layer, things in same.items()
    }
    return Group(dict(zip(names, ours, strict=True)), items)


def _same(articles: Sequence[Article], layer: Scored, pairs: Mapping[tuple[int, int], Pair]) -> list[dict[int, int]]:
    """The things of a layer in the order of the text: by number of the annotator, the place of the item in the layer."""
    at = {(i, id(item)): k for i, article in enumerate(articles) for k, item in enumerate(getattr(article, layer))}
    of = {(i, k): {i: k} for (i, _), k in at.items()}
    for (i, j), pair in pairs.items():
        for one, other in _matches(pair, layer):
            mine, theirs = of[i, at[i, id(one)]], of[j, at[j, id(other)]]
            if mine.keys().isdisjoint(theirs):  # nobody has one thing twice
                mine |= theirs
                of |= dict.fromkeys(theirs.items(), mine)
    things = {id(thing): thing for thing in of.values()}.values()
    return sorted(things, key=lambda thing: min(place(getattr(articles[i], layer)[k]) for i, k in thing.items()))


def _matches(pair: Pair, layer: Scored) -> list[tuple[Item, Item]]:
    match layer:
        case "entities":
            found = [*entity_fields.matches(pair), *entity_fields.near_matches(pair)]
            return [(one.entity, other.entity) for one, other in found]
        case "quotes":
            return [(one.quote, other.quote) for one, other in quotes.matches(pair) if counts((one, other))]
        case "claims":
            return [(one.claim, other.claim) for one, other in claims.matches(pair) if counts((one, other))]


def place(item: Item) -> tuple[int, int]:
    """Where an item stands: the first mention of an entity, the content of a quote or claim (code points)."""
    if hasattr(item, "mentions"):
        return min((mention.range for mention in item.mentions), default=(0, 0))
    return min((span.start for span in item.content), default=0), max((span.end for span in item.content), default=0)


def _ids(articles: Sequence[Article], layer: Scored, things: Sequence[Mapping[int, int]]) -> Iterator[str]:
    """An id for each thing: that of its first annotator if no earlier annotator uses it, else a free number."""
    first = [min(thing.items()) for thing in things]
    owners: dict[str, tuple[int, int]] = {}
    for i, k in sorted(first):
        owners.setdefault(getattr(articles[i], layer)[k].id, (i, k))
    free = (name for number in count(1) if (name := f"{layer[0]}{number}") not in owners)
    for i, k in first:
        name = getattr(articles[i], layer)[k].id
        yield name if owners[name] == (i, k) else next(free)


def _renamed(article: Article, known: Renamed) -> Article:
    known = {layer: known.get(layer, {}) for layer in LAYERS}
    changes: dict[str, Any] = {}
    for layer in LAYERS:
        named = (replace(item, id=known[layer].get(item.id, item.id)) for item in getattr(article, layer))
        changes[layer] = tuple(linked(item, known) for item in named)
    return replace(article, **changes)
