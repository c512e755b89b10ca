"""Scores what is known of entities beside their mentions' spans and labels: name, kb_id, value, members, and mentions' levels.

Entities are matched one to one, so that the sum of the Jaccard indices of their mention spans is greatest.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pressmark.scoring.entity_counterparts import places
from pressmark.scoring.matching import counts, matched
from pressmark.scoring.pair import Marked
from pressmark.scoring.tally import Tally, accuracy, prf

if TYPE_CHECKING:
    from pressmark.record.model import Article, Entity
    from pressmark.scoring.pair import Pair

FIELDS = ("name", "kb_id", "value")


@dataclass(frozen=True, slots=True)
class Known:
    """An entity as it is matched. Each span of its mentions counts as one token of its content."""

    entity: Entity
    content: Marked
    key: tuple[Any, ...]

    def likeness(self, other: Known) -> float:
        """How much two entities agree in label, name, kb_id, value, and everything together."""
        agree: list[bool] = [getattr(self.entity, field) == getattr(other.entity, field) for field in ("label", *FIELDS)]
        agree.append(bool(self.key == other.key))
        return sum(agree) / len(agree)


@lru_cache(maxsize=1)
def matches(pair: Pair) -> list[tuple[Known, Known]]:
    """The entities that both sides have."""
    return matched(_known(pair, pair.gold), _known(pair, pair.pred))


def near_matches(pair: Pair) -> list[tuple[Known, Known]]:
    """The entities beside `matches` with the same label whose mentions share at least half of their tokens."""
    taken = {id(known.entity) for match in matches(pair) for known in match}
    gold, pred = (
        [
            replace(known, content=pair.marked(known.entity.mentions))
            for known in _known(pair, article)
            if id(known.entity) not in taken
        ]
        for article in (pair.gold, pair.pred)
    )
    return [
        (one, other) for one, other in matched(gold, pred) if counts((one, other)) and one.entity.label == other.entity.label
    ]


def _known(pair: Pair, article: Article) -> list[Known]:
    at: dict[str, list[Any]] = defaultdict(list)
    for entity in article.entities:
        at[entity.id].append(places(entity))
    groups: dict[str, list[Any]] = defaultdict(list)
    for entity in article.entities:
        for member in entity.members:
            groups[member].append(places(entity))
    found = []
    for entity in article.entities:
        spans = places(entity)
        members = sorted(at[member] for member in entity.members)
        labels = entity.label, entity.name, entity.kb_id or "", entity.value or ""
        content = Marked(spans, frozenset(start * len(pair.gold.text) + end for start, end in spans))
        found.append(Known(entity, content, (spans, *labels, members, sorted(groups[entity.id]))))
    return found


def tallies(pair: Pair) -> dict[str, Tally]:
    """The figures of the fields. A field that neither of two entities has does not count."""
    pairs = [(gold.entity, pred.entity) for gold, pred in matches(pair)]
    found = {}
    for field in FIELDS:
        values = [(getattr(gold, field), getattr(pred, field)) for gold, pred in pairs]
        found[field] = accuracy([gold == pred for gold, pred in values if (gold, pred) != (None, None)])
    return found | {"members": _members(pair), "level": _levels(pair)}


def _members(pair: Pair) -> Tally:
    """A pair of a group and a member is right if the other side has both and joins them too."""
    known = {pred.entity.id: gold.entity.id for gold, pred in matches(pair)}
    gold = {(group.id, member) for group in pair.gold.entities for member in group.members}
    pred = {(group.id, member) for group in pair.pred.entities for member in group.members}
    found = {(known.get(group), known.get(member)) for group, member in pred}
    return prf(len(gold & found), len(gold), len(pred))


def _levels(pair: Pair) -> Tally:
    """Whether the levels are the same, of the spans that are mentions on both sides."""
    gold, pred = _levels_at(pair.gold), _levels_at(pair.pred)
    return accuracy([gold[place] == pred[place] for place in gold.keys() & pred.keys()])


def _levels_at(article: Article) -> dict[tuple[int, int], set[str]]:
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for entity in article.entities:
        for mention in entity.mentions:
            found[mention.range].add(mention.level)
    return found
