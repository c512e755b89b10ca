"""Puts new proposals beside the items that stay. Those never change; what is new gives way to them.

A new item is left out if an item that stays is about the same (an entity with the same mention, a quote with the same cue or
content, a claim with the same content), or if a person deleted a proposal in its place. References follow.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from pressmark.project.proposals import LAYERS, place_of
from pressmark.project.references import linked, references
from pressmark.project.signature import sign

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from pressmark.project.proposals import Ids, Item
    from pressmark.project.references import Renamed
    from pressmark.record.model import Article


@dataclass(slots=True)
class Merge:
    """An article whose layers are replaced one after the other. ``kept`` has the ids that stay, ``gone`` the deleted places.

    ``new`` collects the ids of the proposals that were added or changed.
    """

    article: Article
    kept: Ids
    gone: Mapping[str, set[str]]
    new: Ids = field(default_factory=lambda: {layer: set() for layer in LAYERS})

    def without(self, layers: Iterable[str]) -> Article:
        """The article for an annotator that fills these layers: they are empty, and so is what points into them."""
        empty = [layer for layer in LAYERS if any(layer in POINTS_INTO[one] or layer == one for one in layers)]
        return _emptied(self.article, empty)

    def add(self, made: Article, layers: tuple[str, ...]) -> None:
        """Replace layers by what an annotator made. Items that stay are kept, in the order of the text."""
        article, signatures = self.article, dict[str, str]()
        for annotator in made.annotators:
            article, signatures[annotator.id] = sign(article, annotator)
        renamed: Renamed = {layer: {} for layer in LAYERS}
        lost: Renamed = {layer: {} for layer in LAYERS}
        for layer in layers:
            old = getattr(article, layer)
            stay = [item for item in old if item.id in self.kept[layer]]
            dangling = self._dangling(layer, layers)
            names = self._names(layer, stay, getattr(made, layer), dangling)
            renamed[layer] = {old: name for old, name in names.items() if name != old}
            new = [
                _named(item, name, signatures[item.annotator])
                for item in getattr(made, layer)
                if (name := names[item.id]) and name not in self.kept[layer]
            ]
            if any(renamed.values()):
                new = [item for one in new if (item := linked(one, renamed)) is not None]
            gone = [item for item in old if item.id not in self.kept[layer]]
            lost[layer] = dict.fromkeys(dangling) | _successors(gone, [*stay, *new])
            self.new[layer] = {item.id for item in new}
            article = _filled(article, layer, sorted([*stay, *new], key=_start) if stay else new)
        self.article = self._relinked(article, layers, lost)

    def _dangling(self, layer: str, layers: tuple[str, ...]) -> set[str]:
        """The ids that something refers to and nothing has. No new item may get one, or it would be mistaken for another."""
        referring = (
            item
            for other in (layer, *POINTS_INTO[layer])
            for item in getattr(self.article, other)
            if other not in layers or item.id in self.kept[other]
        )
        meant = {name for item in referring for kind, name in references(item) if kind == layer}
        return meant - {item.id for item in getattr(self.article, layer)}

    def _names(self, layer: str, stay: list[Item], made: Iterable[Item], dangling: set[str]) -> dict[str, str | None]:
        """What the ids of new items become: theirs, or a free one; that of an item that stays; None for a deleted item."""
        taken = {mark: item.id for item in stay for mark in _marks(item)}
        ids = {item.id for item in stay} | dangling
        used = ids | {item.id for item in made}
        free = (name for number in count(1) if (name := f"{layer[0]}{number}") not in used)
        names: dict[str, str | None] = {}
        for item in made:
            same = next((taken[mark] for mark in _marks(item) if mark in taken), None) if taken else None
            if same or (self.gone[layer] and place_of(item) in self.gone[layer]):
                names[item.id] = same
            elif item.id in ids:
                names[item.id] = next(free)
            else:
                names[item.id] = item.id
        return names

    def _relinked(self, article: Article, layers: tuple[str, ...], lost: Renamed) -> Article:
        """Let the layers that stay, but refer to a replaced one, refer to what took the place of what they meant."""
        if not any(lost.values()):
            return article
        for layer in LAYERS:
            if layer in layers:
                continue
            items = []
            for item in getattr(article, layer):
                found = item if item.id in self.kept[layer] else linked(item, lost)
                if found is not None:
                    items.append(found)
                if found is not item:
                    self.new[layer].add(item.id)
            changes: dict[str, Any] = {layer: tuple(items)}
            article = replace(article, **changes)
        return article


POINTS_INTO: dict[str, tuple[str, ...]] = {"entities": ("quotes", "claims"), "quotes": ("claims",), "claims": ()}


def _named(item: Item, name: str, annotator: str) -> Item:
    return item if (item.id, item.annotator) == (name, annotator) else replace(item, id=name, annotator=annotator)


def _filled(article: Article, layer: str, items: list[Item]) -> Article:
    changes: dict[str, Any] = {layer: tuple(items)}
    silver: dict[str, Any] = {layer: "silver"}
    return replace(article, **changes, layers=replace(article.layers, **silver))


def _emptied(article: Article, layers: list[str]) -> Article:
    nothing: dict[str, Any] = dict.fromkeys(layers, ())
    none: dict[str, Any] = dict.fromkeys(layers, "none")
    return replace(article, **nothing, layers=replace(article.layers, **none))


def _marks(item: Item) -> Iterator[Hashable]:
    """What two items about the same have in common."""
    if hasattr(item, "mentions"):
        yield from (mention.range for mention in item.mentions)
        return
    yield tuple(span.range for span in item.content)
    yield from (("cue", span.range) for span in getattr(item, "cue", ()))


def _successors(old: list[Item], new: list[Item]) -> dict[str, str | None]:
    places = {mark: item.id for item in new for mark in _marks(item)}
    return {item.id: next((places[mark] for mark in _marks(item) if mark in places), None) for item in old}


def _start(item: Any) -> tuple[int, int]:
    spans = item.mentions if hasattr(item, "mentions") else item.content
    return min((span.range for span in spans), default=(0, 0))
