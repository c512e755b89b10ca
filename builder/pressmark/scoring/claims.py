"""Scores claims, and their parts: claimer, types, check-worthiness, factuality. The proposition is not scored.

Claims are matched one to one by their content, like quotes. Propositions are not scored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pressmark.record.text import tokens
from pressmark.scoring.entity_counterparts import counterparts, speakers_in_gold, spoken_at
from pressmark.scoring.matching import counts, matched
from pressmark.scoring.quotes import role_tallies
from pressmark.scoring.tally import Tally, accuracy, prf

if TYPE_CHECKING:
    from pressmark.record.model import Article, Claim
    from pressmark.scoring.pair import Marked, Pair

BY_ARTICLE = frozenset({"article"})  # no entity's id: these are e1, e2…


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with the tokens of its content; ``claimers`` are ids of gold entities, ``claimed_at`` are their mentions."""

    claim: Claim
    content: Marked
    words: frozenset[str]
    claimers: frozenset[str | None]
    claimed_at: tuple[Any, ...]

    @property
    def key(self) -> tuple[Any, ...]:
        """Everything that is compared, in a form that can be sorted."""
        claim = self.claim
        labels = tuple(sorted(claim.types)), claim.checkworthiness, claim.factuality
        return self.content.spans, claim.proposition, *labels, self.claimed_at

    def likeness(self, other: Statement) -> float:
        """How much two claims agree in proposition, types, labels and everything together. Claims often share their words."""
        one, two = self.claim, other.claim
        agree = one.checkworthiness == two.checkworthiness, one.factuality == two.factuality, self.key == other.key
        words = len(self.words & other.words) / max(len(self.words | other.words), 1)
        types = len({*one.types} & {*two.types}) / max(len({*one.types, *two.types}), 1)
        return (words + types + sum(agree)) / 5


def tallies(pair: Pair) -> dict[str, Tally]:
    """The figures of the claims. ``claimer`` is null unless both sides annotated quotes and entities."""
    gold, pred = sides(pair)
    matches = matched(gold, pred)
    counted = [match for match in matches if counts(match)]
    types = [({*g.claim.types}, {*p.claim.types}) for g, p in counted]
    claimed = [g.claimers == p.claimers for g, p in counted] if pair.annotated("entities", "quotes") else []
    return {
        "claim": prf(len(counted), len(gold), len(pred)),
        **{f"content/{name}": tally for name, tally in role_tallies(gold, pred, matches, _content).items()},
        "claimer": accuracy(claimed),
        "types": accuracy([g == p for g, p in types]),
        "types_micro": prf(sum(len(g & p) for g, p in types), sum(len(g) for g, _ in types), sum(len(p) for _, p in types)),
        "checkworthiness": accuracy([g.claim.checkworthiness == p.claim.checkworthiness for g, p in counted]),
        "factuality": accuracy([g.claim.factuality == p.claim.factuality for g, p in counted]),
    }


def sides(pair: Pair) -> tuple[list[Statement], list[Statement]]:
    """The claims of both sides, with claimers as ids of the gold."""
    return _statements(pair, pair.gold), _statements(pair, pair.pred)


def _statements(pair: Pair, article: Article) -> list[Statement]:
    known = counterparts(article, pair.gold)
    quotes = {quote.id: quote for quote in article.quotes}
    found = []
    for claim in article.claims:
        claimers: frozenset[str | None] = BY_ARTICLE
        claimed_at: tuple[Any, ...] = ("article",)
        if claim.quote is not None:
            quote = quotes[claim.quote]
            claimers = speakers_in_gold(quote, known)
            claimed_at = ("quote", spoken_at(quote, article))
        found.append(Statement(claim, pair.marked(claim.content), _words(claim.proposition), claimers, claimed_at))
    return found


def _words(sentence: str) -> frozenset[str]:
    return frozenset(sentence[start:end].casefold() for start, end in tokens(sentence))


def _content(item: Statement) -> Marked:
    return item.content
