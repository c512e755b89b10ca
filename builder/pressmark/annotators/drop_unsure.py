"""Leaves out the proposals that are not sure enough, and what cannot stand without them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pressmark.project.proposals import LAYERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressmark.project.proposals import Ids, Item
    from pressmark.record.model import Article, Claim, Entity, Quote


def drop_unsure(article: Article, new: Ids, least: float) -> Article:
    """Leave out the new items whose confidence is below ``least``; an item without a confidence stays.

    ``new`` has the ids of the proposals by layer. Other items never change.

    - A claim goes with its quote. It would say of somebody else, or of the article, what one person said.
    - A quote inside a dropped one gets the quote around that as its parent. Its status stays, so what was denied stays so.
    - A source or addressee without its entity is left open. A group that loses a member has no members.
    """
    gone = {layer: {item.id for item in _items(article, layer) if _is_unsure(item, new[layer], least)} for layer in LAYERS}
    if not any(gone.values()):
        return article
    parents = {quote.id: quote.parent for quote in article.quotes}
    changes: dict[str, Any] = {
        "entities": tuple(_entity(one, gone["entities"]) for one in article.entities if one.id not in gone["entities"]),
        "quotes": tuple(_quote(one, gone, parents) for one in article.quotes if one.id not in gone["quotes"]),
        "claims": tuple(
            _claim(one, gone["entities"])
            for one in article.claims
            if one.id not in gone["claims"] and one.quote not in gone["quotes"]
        ),
    }
    return replace(article, **changes)


def _items(article: Article, layer: str) -> tuple[Item, ...]:
    found: tuple[Item, ...] = getattr(article, layer)
    return found


def _is_unsure(item: Item, new: set[str], least: float) -> bool:
    return item.id in new and item.confidence is not None and item.confidence < least


def _entity(entity: Entity, gone: set[str]) -> Entity:
    return entity if gone.isdisjoint(entity.members) else replace(entity, members=())


def _quote(quote: Quote, gone: Ids, parents: Mapping[str, str | None]) -> Quote:
    parent = quote.parent
    while parent in gone["quotes"]:
        parent = parents[parent]
    sources = tuple(replace(one, entity=None) if one.entity in gone["entities"] else one for one in quote.sources)
    told = tuple(replace(one, entity=None) if one.entity in gone["entities"] else one for one in quote.addressees)
    return replace(quote, parent=parent, sources=sources, addressees=told)


def _claim(claim: Claim, gone: set[str]) -> Claim:
    return claim if gone.isdisjoint(claim.about) else replace(claim, about=tuple(one for one in claim.about if one not in gone))
