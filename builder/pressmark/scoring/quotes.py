"""Scores attributions, and their parts: source, cue, content, addressee, speaker, type, medium, act, status.

Quotes are matched one to one by their content (`pressmark.scoring.matching`). Then each part is compared within the pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from pressmark.scoring.entity_counterparts import counterparts, speakers_in_gold, spoken_at
from pressmark.scoring.matching import counts, matched
from pressmark.scoring.tally import PRF, Tally, accuracy, prf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pressmark.record.model import Article, Quote
    from pressmark.scoring.pair import Marked, Pair

T = TypeVar("T")
Role = Literal["source", "cue", "content", "addressee"]
ROLES: tuple[Role, ...] = get_args(Role)
LABELS = ("type", "medium", "act", "status")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quote with the tokens of its roles; ``speakers`` are ids of gold entities, ``spoken_at`` are their mentions."""

    quote: Quote
    source: Marked
    cue: Marked
    content: Marked
    addressee: Marked
    speakers: frozenset[str | None]
    spoken_at: tuple[Any, ...]

    @property
    def key(self) -> tuple[Any, ...]:
        """Everything that is compared, in a form that can be sorted."""
        spans = self.content.spans, self.cue.spans, self.source.spans, self.addressee.spans
        return *spans, *(getattr(self.quote, label) for label in LABELS), self.spoken_at

    def likeness(self, other: Attribution) -> float:
        """How much two quotes agree in cue, source, labels, speaker, and everything together."""
        agree = [bool(getattr(self.quote, label) == getattr(other.quote, label)) for label in LABELS]
        same = bool(self.spoken_at == other.spoken_at), bool(self.key == other.key)
        parts: float = self.cue.jaccard(other.cue) + self.source.jaccard(other.source)
        return (parts + sum(agree) + sum(same)) / (len(LABELS) + 4)


Match = tuple[Attribution, Attribution]


def tallies(pair: Pair) -> dict[str, Tally]:
    """The figures of the quotes. Those that need speakers are null unless both sides annotated entities."""
    gold, pred = sides(pair)
    matches = matched(gold, pred)
    counted = [match for match in matches if counts(match)]
    found = {"attribution": prf(len(counted), len(gold), len(pred))}
    if known := pair.annotated("entities"):
        found["attribution_complete"] = prf(sum(map(complete, matches)), len(gold), len(pred))
    else:
        found["attribution_complete"] = prf(0, 0, 0)
    for role in ROLES:
        found |= {f"{role}/{name}": tally for name, tally in role_tallies(gold, pred, matches, _of(role)).items()}
    spoken = [g.speakers == p.speakers for g, p in counted if g.speakers or p.speakers]
    found["speaker"] = accuracy(spoken if known else [])
    for label in LABELS:
        found[label] = accuracy([getattr(g.quote, label) == getattr(p.quote, label) for g, p in counted])
    return found


def sides(pair: Pair) -> tuple[list[Attribution], list[Attribution]]:
    """The quotes of both sides, with speakers as ids of the gold."""
    return _attributions(pair, pair.gold), _attributions(pair, pair.pred)


def _attributions(pair: Pair, article: Article) -> list[Attribution]:
    known = counterparts(article, pair.gold)
    found = []
    for quote in article.quotes:
        parts = (quote.sources, quote.cue, quote.content, quote.addressees)
        source, cue, content, addressee = (pair.marked(spans) for spans in parts)
        said_by = speakers_in_gold(quote, known)
        found.append(Attribution(quote, source, cue, content, addressee, said_by, spoken_at(quote, article)))
    return found


def complete(match: Match) -> bool:
    """Whether content, cue and source overlap (or neither side has them), and type and speaker are the same."""
    gold, pred = match
    overlap = gold.cue.agrees(pred.cue) and gold.source.agrees(pred.source)
    return overlap and gold.quote.type == pred.quote.type and gold.speakers == pred.speakers


def _of(role: Role) -> Callable[[Attribution], Marked]:
    return attrgetter(role)


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
