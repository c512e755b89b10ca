"""Scores attributions, and their parts: roles, labels, speakers, and what is known of sources and addressees.

Quotes are matched one to one by their content (`pressmark.scoring.matching`). Then each part is compared within the pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from pressmark.scoring.entities import Labelled, align
from pressmark.scoring.entity_counterparts import counterparts, in_gold, places_of, speakers
from pressmark.scoring.matching import counts, matched
from pressmark.scoring.tally import PRF, Tally, accuracy, prf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pressmark.record.model import Article, Quote
    from pressmark.scoring.pair import Marked, Pair

T = TypeVar("T")
Role = Literal["source", "cue", "content", "addressee"]
ROLES: tuple[Role, ...] = get_args(Role)
LABELS = ("type", "medium", "act", "status")
People = Literal["speaker", "intermediary", "addressed"]
PEOPLE: tuple[People, ...] = get_args(People)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quote with the tokens of its roles; ``people`` are ids of gold entities."""

    quote: Quote
    source: Marked
    cue: Marked
    content: Marked
    addressee: Marked
    verbatim: Marked
    people: Mapping[People, frozenset[str | None]]
    labels: tuple[str, ...]
    said_by: tuple[Any, ...]
    key: tuple[Any, ...]

    def likeness(self, other: Attribution) -> float:
        """How much two quotes agree in cue, source, labels, speaker, and everything together."""
        if self.key == other.key:
            return 1
        agree = sum(one == two for one, two in zip(self.labels, other.labels, strict=True))
        agree += self.said_by == other.said_by
        return (self.cue.jaccard(other.cue) + self.source.jaccard(other.source) + agree) / (len(LABELS) + 4)


Match = tuple[Attribution, Attribution]


def tallies(pair: Pair) -> dict[str, Tally]:
    """The figures of the quotes. Those that need entities are null unless both sides annotated them."""
    gold, pred = sides(pair)
    pairs = matches(pair)
    counted = [match for match in pairs if counts(match)]
    known = pair.annotated("entities")
    found = {
        "attribution": prf(len(counted), len(gold), len(pred)),
        "attribution_complete": prf(sum(map(complete, pairs)), len(gold), len(pred)) if known else prf(0, 0, 0),
    }
    for role in (*ROLES, "verbatim"):
        found |= {f"{role}/{name}": tally for name, tally in role_tallies(gold, pred, pairs, attrgetter(role)).items()}
    for who in PEOPLE:
        named = [(g.people[who], p.people[who]) for g, p in counted]
        found[who] = accuracy([g == p for g, p in named if g or p] if known else [])
    for label in LABELS:
        found[label] = accuracy([getattr(g.quote, label) == getattr(p.quote, label) for g, p in counted])
    for field in ("role", "type"):
        labels = [both for match in counted for both in labels_of_sources(match, field)]
        found[f"source_{field}"] = accuracy([one == other for one, other in labels])
    return found | {"parent": accuracy(same_parents(pairs, counted))}


def labels_of_sources(match: Match, field: str) -> list[tuple[str, str]]:
    """The role or type on both sides, of the sources that overlap. One that neither has is left out."""
    found = align(*([Labelled(*source.range, getattr(source, field) or "") for source in item.quote.sources] for item in match))
    pairs = *found.same, *found.relabelled, *found.overlapping
    return [(one.label, other.label) for one, other in pairs if one.label or other.label]


def same_parents(pairs: Sequence[Match], counted: Sequence[Match]) -> list[bool]:
    """Whether the parents are matched too, of the quotes that have one on a side."""
    known = {pred.quote.id: gold.quote.id for gold, pred in pairs}
    parents = [(gold.quote.parent, pred.quote.parent) for gold, pred in counted]
    return [one is not None and one == known.get(other or "") for one, other in parents if one or other]


@lru_cache(maxsize=1)
def sides(pair: Pair) -> tuple[list[Attribution], list[Attribution]]:
    """The quotes of both sides, with people as ids of the gold."""
    return _attributions(pair, pair.gold), _attributions(pair, pair.pred)


@lru_cache(maxsize=1)
def matches(pair: Pair) -> list[Match]:
    """The quotes that both sides have."""
    return matched(*sides(pair))


def _attributions(pair: Pair, article: Article) -> list[Attribution]:
    known = counterparts(article, pair.gold)
    contents = {quote.id: pair.marked(quote.content).spans for quote in article.quotes}
    found = []
    for quote in article.quotes:
        parts = (quote.sources, quote.cue, quote.content, quote.addressees, quote.verbatim)
        source, cue, content, addressee, verbatim = (pair.marked(spans) for spans in parts)
        ids = people(quote)
        at = {who: places_of(ids[who], article) for who in PEOPLE}
        labels = tuple(getattr(quote, label) for label in LABELS)
        spans = tuple(part.spans for part in (content, cue, source, addressee, verbatim))
        sources = sorted((source.range, source.role, source.type or "") for source in quote.sources)
        key = *spans, *labels, *at.values(), sources, contents.get(quote.parent or "", ())
        named = {who: in_gold(ids[who], known) for who in PEOPLE}
        marked = (source, cue, content, addressee, verbatim)
        found.append(Attribution(quote, *marked, named, labels, at["speaker"], key))
    return found


def people(quote: Quote) -> dict[People, Iterable[str]]:
    """The ids of the entities that have a part in the quote."""
    return {
        "speaker": speakers(quote),
        "intermediary": speakers(quote, "intermediary"),
        "addressed": frozenset(addressee.entity for addressee in quote.addressees if addressee.entity is not None),
    }


def complete(match: Match) -> bool:
    """Whether content, cue and source overlap (or neither side has them), and type and speaker are the same."""
    gold, pred = match
    overlap = gold.cue.agrees(pred.cue) and gold.source.agrees(pred.source)
    return overlap and gold.quote.type == pred.quote.type and gold.people["speaker"] == pred.people["speaker"]


def role_tallies(
    gold: Sequence[T], pred: Sequence[T], matches: Sequence[tuple[T, T]], role: Callable[[T], Marked]
) -> dict[str, Tally]:
    """Three measures for one role. An item without the role does not count; one without a partner is missed or extra.

    *exact*: the spans are the same. *overlap*: they share a token. These are the strict and the lenient measure of quotation
    detection (for example Scheible, Klinger and Padó 2016 on PARC). *tokens*: shared tokens divided by all tokens of the role,
    so long spans have more weight (the partial measure of Pareti et al. 2013, after Hollingsworth and Teufel 2005).
    """
    golds, preds = ([role(item) for item in side if role(item).tokens] for side in (gold, pred))
    pairs = [(role(g), role(p)) for g, p in matches if role(g).tokens and role(p).tokens]
    shared = sum(len(g.tokens & p.tokens) for g, p in pairs)
    sizes = [sum(len(marked.tokens) for marked in side) for side in (golds, preds)]
    return {
        "exact": prf(sum(g.spans == p.spans for g, p in pairs), len(golds), len(preds)),
        "overlap": prf(sum(g.overlaps(p) for g, p in pairs), len(golds), len(preds)),
        "tokens": Tally(PRF, (shared, sizes[0], shared, sizes[1])),
    }
