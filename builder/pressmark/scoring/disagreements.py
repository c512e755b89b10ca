"""Lists every disagreement of two annotations, with its text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pressmark.record.text import quoted, visible
from pressmark.scoring import claims, quotes
from pressmark.scoring.entities import Labelled, align, labelled
from pressmark.scoring.entity_counterparts import counterparts, speakers
from pressmark.scoring.matching import Item, counts, matched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pressmark.record.model import Article, Entity, Mention, Quote
    from pressmark.scoring.claims import Statement
    from pressmark.scoring.pair import Marked, Pair, Scored
    from pressmark.scoring.quotes import Attribution

    Difference = tuple[str, bool, str, str]  # field, whether it is the same, its value on either side
    Owners = Mapping[Labelled, Sequence[tuple[Entity, Mention]]]

T = TypeVar("T", bound=Item)
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
            yield from sorted(_of_items(pair, "quotes", quotes.sides(pair), _quote_differences), key=_order)
        if pair.annotated("claims"):
            yield from sorted(_of_items(pair, "claims", claims.sides(pair), _claim_differences), key=_order)


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
    yield from _same_mentions(pair, {one for one, _ in found.same})


def _same_mentions(pair: Pair, mentions: Iterable[Labelled]) -> Iterator[Disagreement]:
    """Mentions with the same span and label on both sides, but another entity or level."""
    golds, preds = _owners(pair.gold), _owners(pair.pred)
    own, known = counterparts(pair.gold, pair.gold), counterparts(pair.pred, pair.gold)
    for one in mentions:
        gold, pred = golds[one], preds[one]
        if {own[entity.id] for entity, _ in gold} != {known.get(entity.id) for entity, _ in pred}:
            yield _mention(pair, one)("different", "entity", _names(e for e, _ in gold), _names(e for e, _ in pred))
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


def _names(entities: Iterable[Entity]) -> str:
    return "; ".join(sorted({quoted(entity.name) for entity in entities})) or "nobody"


def _of_items(
    pair: Pair, layer: Scored, sides: tuple[list[T], list[T]], differences: Callable[[Pair, T, T], list[Difference]]
) -> Iterator[Disagreement]:
    """Quotes or claims that only one side has, and fields that differ. If a pair does not count, only its content is listed."""
    matches = matched(*sides)
    partners = {id(item) for match in matches for item in match}
    for item in sides[0]:
        if id(item) not in partners:
            yield _content(pair, layer, item)("missed", None, _text(pair, item.content), None)
    for item in sides[1]:
        if id(item) not in partners:
            yield _content(pair, layer, item)("extra", None, None, _text(pair, item.content))
    for gold, pred in matches:
        found = differences(pair, gold, pred)
        for field, same, one, other in found if counts((gold, pred)) else found[:1]:
            if not same:
                yield _content(pair, layer, gold)("different", field, one, other)


def _content(pair: Pair, layer: Scored, item: Item) -> Callable[..., Disagreement]:
    spans = item.content.spans
    text = " … ".join(pair.gold.text[start:end] for start, end in spans)
    return partial(Disagreement, pair.gold.id, layer, spans[0][0], spans[-1][1], text)


def _text(pair: Pair, marked: Marked) -> str:
    return quoted(" … ".join(pair.gold.text[start:end] for start, end in marked.spans)) if marked.spans else "none"


def _quote_differences(pair: Pair, gold: Attribution, pred: Attribution) -> list[Difference]:
    one, other = gold.quote, pred.quote
    roles = [
        (name, a.spans == b.spans, _text(pair, a), _text(pair, b))
        for name, a, b in (
            ("content", gold.content, pred.content),
            ("source", gold.source, pred.source),
            ("cue", gold.cue, pred.cue),
            ("addressee", gold.addressee, pred.addressee),
        )
    ]
    same = gold.speakers == pred.speakers or not pair.annotated("entities")
    return [
        *roles,
        *((label, a == b, a, b) for label in quotes.LABELS for a, b in [(getattr(one, label), getattr(other, label))]),
        ("speaker", same, _said_by(pair.gold, one), _said_by(pair.pred, other)),
    ]


def _said_by(article: Article, quote: Quote | None) -> str:
    if quote is None:
        return "the article"
    said = speakers(quote)
    return _names(entity for entity in article.entities if entity.id in said)


def _claim_differences(pair: Pair, gold: Statement, pred: Statement) -> list[Difference]:
    one, other = gold.claim, pred.claim
    claimers = [
        _said_by(article, next((quote for quote in article.quotes if quote.id == claim.quote), None))
        for article, claim in ((pair.gold, one), (pair.pred, other))
    ]
    same = gold.claimers == pred.claimers or not pair.annotated("entities", "quotes")
    types = [", ".join(sorted(claim.types)) for claim in (one, other)]
    return [
        ("content", gold.content.spans == pred.content.spans, _text(pair, gold.content), _text(pair, pred.content)),
        ("claimer", same, claimers[0], claimers[1]),
        ("types", types[0] == types[1], types[0], types[1]),
        (
            "checkworthiness",
            one.checkworthiness == other.checkworthiness,
            one.checkworthiness,
            other.checkworthiness,
        ),
        ("factuality", one.factuality == other.factuality, one.factuality, other.factuality),
    ]
