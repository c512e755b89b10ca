"""Makes one annotation of several: what all agree on is taken, and each conflict is as it was decided.

What is undecided stays open where the schema has a value for that (no kb_id, no members). Otherwise the item or mention is left
out until somebody decides. A reference to what is left out is open, and a claim goes with the quote that carries it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pressmark.project.references import linked
from pressmark.project.signature import sign
from pressmark.scoring.conflicts import FIELDS, WHOLE, contested
from pressmark.scoring.pair import LAYERS, Scored
from pressmark.segment import segment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressmark.project.references import Renamed
    from pressmark.record.model import Annotator, Article, Layer, Mention
    from pressmark.scoring.conflicts import Key, Places
    from pressmark.scoring.side_by_side import Group, Item

    Signatures = Mapping[str, Mapping[str, str]]  # by side, what the ids of its annotators became
    Decided = Mapping[Key, str | None]  # for each conflict the annotator whose reading is taken; None: nobody decided

_OPEN: dict[str, Any] = {"kb_id": None, "members": ()}  # what an undecided field is


def merged(group: Group, decided: Decided, by_hand: set[Key], adjudicator: Annotator | None) -> Article:
    """Return one article of a group, with all its annotators and the adjudicator.

    ``by_hand`` has the conflicts that the adjudicator decided. Items with one are signed by the adjudicator. Any other item
    keeps the signature and the confidence that it has where it is taken from.
    """
    article, signatures, judge = _signed(group, adjudicator)
    places = contested(group)
    gone: Renamed = {layer: {} for layer in LAYERS}
    made: dict[Scored, list[Item]] = {layer: [] for layer in LAYERS}
    for layer in LAYERS:
        for item in group.items[layer]:
            one = _decided(layer, item, decided, signatures)
            if layer == "entities" and one is not None:
                one = _mentioned(group, one, places, decided)
            name = next(iter(item.values())).id
            if one is None:
                gone[layer][name] = None
            else:
                is_judged = any(key in by_hand for key in _keys(layer, item, places))
                made[layer].append(replace(one, annotator=judge, confidence=None) if is_judged and judge else one)
    changes: dict[str, Any] = {}
    for layer, items in made.items():
        changes[layer] = tuple(one for item in items if (one := linked(item, gone)) is not None)
    levels: dict[str, Any] = {layer: _level(group, layer, decided, by_hand) for layer in LAYERS}
    return segment(replace(article, **changes, layers=replace(article.layers, **levels)))


def _signed(group: Group, adjudicator: Annotator | None) -> tuple[Article, dict[str, dict[str, str]], str | None]:
    """The first article with the annotators of all; by side, what their ids became; and the adjudicator's id."""
    article = replace(group.first, annotators=())
    signatures: dict[str, dict[str, str]] = {who: {} for who in group.articles}
    for who, one in group.articles.items():
        for annotator in one.annotators:
            article, signatures[who][annotator.id] = sign(article, annotator)
    judge = None
    if adjudicator is not None:
        article, judge = sign(article, adjudicator)
    return article, signatures, judge


def _decided(layer: Scored, item: Mapping[str, Item], decided: Decided, signatures: Signatures) -> Item | None:
    """An item as it was decided, still with its first mentions, or None if it is left out."""
    name = next(iter(item.values())).id
    who = decided.get((layer, name, WHOLE[layer]), next(iter(item)))
    if who is None or who not in item:
        return None
    chosen = {field: decided[layer, name, field] for field in FIELDS[layer] if (layer, name, field) in decided}
    if any(one is None and field not in _OPEN for field, one in chosen.items()):
        return None
    whose = next(iter(chosen.values())) if len({*chosen.values()}) == 1 else who
    base = item[whose or who]
    changes: dict[str, Any] = {"annotator": signatures[whose or who].get(base.annotator, base.annotator)}
    for field, one in chosen.items():
        changes |= {part: _OPEN[field] if one is None else getattr(item[one], part) for part in FIELDS[layer][field]}
    return replace(base, **changes)


def _mentioned(group: Group, entity: Item, places: Mapping[Key, Places], decided: Decided) -> Item | None:
    """The entity with the mentions that were decided, or None if it has none."""
    everywhere = frozenset[tuple[int, int]]().union(*places.values())
    mentions: list[Mention] = [mention for mention in entity.mentions if mention.range not in everywhere]
    for key, unit in places.items():
        if (who := decided[key]) is not None:
            owners = (one for one in group.articles[who].entities if one.id == entity.id)
            mentions += [mention for one in owners for mention in one.mentions if mention.range in unit]
    if {*mentions} == {*entity.mentions}:
        return entity
    return replace(entity, mentions=tuple(sorted(mentions))) if mentions else None


def _keys(layer: Scored, item: Mapping[str, Item], places: Mapping[Key, Places]) -> list[Key]:
    """The conflicts that an item may have had."""
    name = next(iter(item.values())).id
    found: list[Key] = [(layer, name, field) for field in (WHOLE[layer], *FIELDS[layer])]
    if layer == "entities":
        ranges = {mention.range for entity in item.values() for mention in entity.mentions}
        found += [key for key, unit in places.items() if not ranges.isdisjoint(unit)]
    return found


def _level(group: Group, layer: Scored, decided: Decided, by_hand: set[Key]) -> Layer:
    """How far a merged layer is annotated: gold if it was so on all sides, or if a person decided every conflict in it."""
    levels = {getattr(group.articles[who].layers, layer) for who in group.annotators(layer)}
    found = {key: who for key, who in decided.items() if key[0] == layer}
    if not levels:
        return "none"
    is_gold = (levels == {"gold"} and None not in found.values()) or (found and found.keys() <= by_hand)
    return "gold" if is_gold else "silver"
