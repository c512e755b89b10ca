"""Finds which predicted entity corresponds to which gold entity, so that speakers can be compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pressmark.record.model import Article, Entity, Quote

    Places = tuple[tuple[int, int], ...]


def places(entity: Entity) -> Places:
    """The spans of its mentions, sorted: what it is, whatever its id."""
    return tuple(sorted({mention.range for mention in entity.mentions}))


def counterparts(one: Article, other: Article) -> dict[str, str]:
    """Maps entity ids of one article to ids of the other, for each entity that has a counterpart.

    The counterpart is the entity with which it shares most mention spans. Ties go to the same ``kb_id``, then the same name,
    then the same label, then the first in the text. Without a shared span, only the same ``kb_id`` or name makes a
    counterpart. Within one article, each entity is its own counterpart. If two are equal in all these points, both map to
    the first.
    """
    ordered = sorted(other.entities, key=lambda entity: (places(entity), entity.label, entity.name, entity.kb_id or ""))
    at: dict[tuple[object, object], list[int]] = defaultdict(list)
    for i, entity in enumerate(ordered):
        for trait in (*places(entity), *_traits(entity)):
            at[trait].append(i)
    found = {}
    for entity in one.entities:
        shared = Counter(i for place in places(entity) for i in at.get(place, ()))
        candidates = {*shared, *(i for trait in _traits(entity) for i in at.get(trait, ()))}
        if candidates:
            ranks = {i: (shared[i], *_alike(entity, ordered[i])) for i in sorted(candidates)}
            found[entity.id] = ordered[max(ranks, key=ranks.__getitem__)].id
    return found


def _traits(entity: Entity) -> list[tuple[str, str]]:
    return [("name", entity.name)] + ([("kb_id", entity.kb_id)] if entity.kb_id is not None else [])


def _alike(one: Entity, other: Entity) -> tuple[bool, bool, bool]:
    return one.kb_id is not None and one.kb_id == other.kb_id, one.name == other.name, one.label == other.label


def speakers(quote: Quote, role: str = "originator") -> frozenset[str]:
    """The entities of the quote's originators, or of its sources with another role. Intermediaries are not speakers."""
    return frozenset(source.entity for source in quote.sources if source.role == role and source.entity is not None)


def in_gold(ids: Iterable[str], known: Mapping[str, str]) -> frozenset[str | None]:
    """The entities as ids of the gold. One without a counterpart is None, which equals no id."""
    return frozenset(known.get(name) for name in ids)


def places_of(ids: Iterable[str], article: Article) -> tuple[Places, ...]:
    """The entities, identified by the places of their mentions because ids are arbitrary."""
    named = frozenset(ids)
    return tuple(sorted(places(entity) for entity in article.entities if entity.id in named))
