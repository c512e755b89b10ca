"""Scores attributions, and their parts: source, cue, content, speaker, type, medium.

Quotes are matched one to one by their content (`pressmark.scoring.matching`). Then each part is compared within the pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from pressmark.scoring.entity_counterparts import counterparts, speakers_in_gold, spoken_at
from pressmark.scoring.matching import counts, matched
from pressmark.scoring.tally import PRF, Tally, accuracy, prf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pressmark.record.model import Article, Quote
    from pressmark.scoring.pair import Marked, Pair

T = TypeVar("T")
Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quote with the tokens of its roles; ``speakers`` are ids of gold entities, ``spoken_at`` are their mentions."""

    quote: Quote
    source: Marked
    cue: Marked
    content: Marked
    speakers: frozenset[str | None]
    spoken_at: tuple[Any, ...]

    @property
    def key(self) -> tuple[Any, ...]:
        """Everything that is compared, in a form that can be sorted."""
        spans = self.content.spans, self.cue.spans, self.source.spans
        return *spans, self.quote.type, self.quote.medium, self.spoken_at

    def likeness(self, other: Attribution) -> float:
        """How much two quotes agree in cue, source, type, medium, speaker, and everything together."""
        agree = self.quote.type == other.quote.type, self.quote.medium == other.quote.medium
        same = self.spoken_at == other.spoken_at, self.key == other.key
        return (self.cue.jaccard(other.cue) + self.source.jaccard(other.source) + sum(agree) + sum(same)) / 6


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
    found["type"] = accuracy([g.quote.type == p.quote.type for g, p in counted])
    found["medium"] = accuracy([g.quote.medium == p.quote.medium for g, p in counted])
    return found


def sides(pair: Pair) -> tuple[list[Attribution], list[Attribution]]:
    """The quotes of both sides, with speakers as ids of the gold."""
    return _attributions(pair, pair.gold), _attributions(pair, pair.pred)


def _attributions(pair: Pair, article: Article) -> list[Attribution]:
    known = counterparts(article, pair.gold)
    found = []
    for quote in article.quotes:
        source, cue, content = (pair.marked(spans) for spans in (quote.sources, quote.cue, quote.content))
        said_by = speakers_in_gold(quote, known)
        found.append(Attribution(quote, source, cue, content, said_by, spoken_at(quote, article)))
    return found


def complete(match: Match) -> bool:
    """Whether content, cue and source overlap (or neither side has them), and type and speaker are the same."""
    gold, pred = match
    overlap = gold.cue.agrees(pred.cue) and gold.source.agrees(pred.source)
    return overlap and gold.quote.type == pred.quote.type and gold.speakers == pred.speakers


def _of(role: Role) -> Callable[[Attribution], Marked]:
    return lambda item: {"source": item.source, "cue": item.cue, "content": item.content}[role]


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
