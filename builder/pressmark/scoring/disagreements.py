"""Lists every disagreement of two annotations, with its text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from pressmark.record.text import quoted, visible
from pressmark.scoring import claims, differences, entity_fields, quotes
from pressmark.scoring.differences import names, words
from pressmark.scoring.entities import Labelled, align, labelled
from pressmark.scoring.entity_counterparts import counterparts
from pressmark.scoring.matching import counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pressmark.record.model import Article, Entity, Mention
    from pressmark.scoring.differences import Difference
    from pressmark.scoring.matching import Item
    from pressmark.scoring.pair import Pair, Scored

    Owners = Mapping[Labelled, Sequence[tuple[Entity, Mention]]]

WIDTH = 100  # characters of one side in a line


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An item that only one side has (the other side is None), or a field in which the two sides differ.

    ``start`` and ``end`` are the offsets of the text: those of the gold side if it has the item.
    """

    article: str
    layer: Scored
    start: int
    end: int
    text: str
    what: Literal["missed", "extra", "different"]
    field: str | None
    gold: str | None
    pred: str | None

    def __str__(self) -> str:
        """One line that a terminal can print: ``id:12:15: quotes: different cue: 'It is': gold 'said', pred 'had said'``."""
        what = f"{self.what} {self.field}" if self.field else self.what
        sides = [f"{name} {_cut(side)}" for name, side in (("gold", self.gold), ("pred", self.pred)) if side is not None]
        return f"{self.article}:{self.start}:{self.end}: {self.layer}: {what}: {quoted(self.text)}: {', '.join(sides)}"


def _cut(side: str) -> str:
    return visible(side if len(side) <= WIDTH else f"{side[: WIDTH - 1]}…")


def disagreements(pairs: Iterable[Pair]) -> Iterator[Disagreement]:
    """All disagreements, by article, layer and place in the text. Layers that are not scored have none."""
    for pair in pairs:
        if pair.annotated("entities"):
            yield from sorted(_of_entities(pair), key=_order)
        if pair.annotated("quotes"):
            yield from sorted(_of_quotes(pair), key=_order)
        if pair.annotated("claims"):
            yield from sorted(_of_claims(pair), key=_order)


def _order(found: Disagreement) -> tuple[Any, ...]:
    return found.start, found.end, found.what, found.field or "", found.gold or "", found.pred or ""


def _of_entities(pair: Pair) -> Iterator[Disagreement]:
    found = align(labelled(pair.gold), labelled(pair.pred))
    for one in found.missed:
        yield _mention(pair, one)("missed", None, _described(pair, one), None)
    for one in found.spurious:
        yield _mention(pair, one)("extra", None, None, _described(pair, one))
    for one, other in found.relabelled:
        yield _mention(pair, one)("different", "label", one.label, other.label)
    for one, other in found.overlapping:
        yield _mention(pair, one)("different", "span", _described(pair, one), _described(pair, other))
    if not pair.is_bare:
        yield from _same_mentions(pair, {one for one, _ in found.same})
        for gold, pred in entity_fields.matches(pair):
            first = Labelled(*gold.content.spans[0], gold.entity.label)
            yield from _different(_mention(pair, first), differences.of_entities(pair, gold, pred))


def _same_mentions(pair: Pair, mentions: Iterable[Labelled]) -> Iterator[Disagreement]:
    """Mentions with the same span and label on both sides, but another entity or level."""
    golds, preds = _owners(pair.gold), _owners(pair.pred)
    own, known = counterparts(pair.gold, pair.gold), counterparts(pair.pred, pair.gold)
    for one in mentions:
        gold, pred = golds[one], preds[one]
        if {own[entity.id] for entity, _ in gold} != {known.get(entity.id) for entity, _ in pred}:
            yield _mention(pair, one)("different", "entity", names(e for e, _ in gold), names(e for e, _ in pred))
        levels = [", ".join(sorted({mention.level for _, mention in side})) for side in (gold, pred)]
        if levels[0] != levels[1]:
            yield _mention(pair, one)("different", "level", levels[0], levels[1])


def _owners(article: Article) -> Owners:
    found = defaultdict(list)
    for entity in article.entities:
        for mention in entity.mentions:
            found[Labelled(*mention.range, entity.label)].append((entity, mention))
    return found


def _mention(pair: Pair, one: Labelled) -> Callable[..., Disagreement]:
    return partial(Disagreement, pair.gold.id, "entities", one.start, one.end, pair.gold.text[one.start : one.end])


def _described(pair: Pair, one: Labelled) -> str:
    return f"{one.label} {quoted(pair.gold.text[one.start : one.end])}"


def _of_quotes(pair: Pair) -> Iterator[Disagreement]:
    yield from _lonely(pair, "quotes", quotes.sides(pair), quotes.matches(pair))
    for gold, pred in quotes.matches(pair):
        found = differences.of_quotes(pair, gold, pred)
        yield from _different(_content(pair, "quotes", gold), found if counts((gold, pred)) else islice(found, 1))


def _of_claims(pair: Pair) -> Iterator[Disagreement]:
    yield from _lonely(pair, "claims", claims.sides(pair), claims.matches(pair))
    for gold, pred in claims.matches(pair):
        found = differences.of_claims(pair, gold, pred)
        yield from _different(_content(pair, "claims", gold), found if counts((gold, pred)) else islice(found, 1))


def _different(place: Callable[..., Disagreement], found: Iterable[Difference]) -> Iterator[Disagreement]:
    for one in found:
        if not one.same:
            yield place("different", one.field, one.gold, one.pred)


def _lonely(
    pair: Pair, layer: Scored, sides: tuple[Sequence[Item], Sequence[Item]], matches: Iterable[tuple[Item, Item]]
) -> Iterator[Disagreement]:
    """Quotes or claims that only one side has."""
    partners = {id(item) for match in matches for item in match}
    for item in sides[0]:
        if id(item) not in partners:
            yield _content(pair, layer, item)("missed", None, words(pair, item.content), None)
    for item in sides[1]:
        if id(item) not in partners:
            yield _content(pair, layer, item)("extra", None, None, words(pair, item.content))


def _content(pair: Pair, layer: Scored, item: Item) -> Callable[..., Disagreement]:
    spans = item.content.spans or ((0, 0),)  # an item without content is wrong, and is nowhere
    text = " … ".join(pair.gold.text[start:end] for start, end in spans)
    return partial(Disagreement, pair.gold.id, layer, spans[0][0], spans[-1][1], text)
