"""Scores claims, and their parts: proposition, claimer, types, check-worthiness, factuality, what they are about.

Claims are matched one to one by their content, like quotes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from pressmark.record.text import tokens
from pressmark.scoring import quotes
from pressmark.scoring.entity_counterparts import counterparts, in_gold, places_of, speakers
from pressmark.scoring.matching import counts, matched
from pressmark.scoring.quotes import role_tallies
from pressmark.scoring.tally import Tally, accuracy, prf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pressmark.record.model import Article, Claim
    from pressmark.scoring.pair import Marked, Pair

B = TypeVar("B")
BY_ARTICLE = frozenset({"article"})  # no entity's id: these are e1, e2…
LABELS = ("checkworthiness", "factuality")


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with the tokens of its content and its proposition; ``claimers`` and ``about`` are ids of gold entities."""

    claim: Claim
    content: Marked
    words: frozenset[tuple[str, int]]
    types: frozenset[str]
    claimers: frozenset[str | None]
    about: frozenset[tuple[str | None, int]]
    key: tuple[Any, ...]

    def likeness(self, other: Statement) -> float:
        """How much two claims agree in proposition, types, labels and everything together. Claims often share their words."""
        one, two = self.claim, other.claim
        agree = one.checkworthiness == two.checkworthiness, one.factuality == two.factuality, self.key == other.key
        return (_jaccard(self.words, other.words) + _jaccard(self.types, other.types) + sum(agree)) / 5


Match = tuple[Statement, Statement]


def tallies(pair: Pair) -> dict[str, Tally]:
    """The figures of the claims. Those that need quotes or entities are null unless both sides annotated them."""
    gold, pred = sides(pair)
    pairs = matches(pair)
    counted = [match for match in pairs if counts(match)]
    types = [(g.types, p.types) for g, p in counted]
    claimed = [g.claimers == p.claimers for g, p in counted] if pair.annotated("entities", "quotes") else []
    return {
        "claim": prf(len(counted), len(gold), len(pred)),
        **{f"content/{name}": tally for name, tally in role_tallies(gold, pred, pairs, attrgetter("content")).items()},
        "proposition/exact": accuracy([g.claim.proposition == p.claim.proposition for g, p in counted]),
        "proposition/tokens": _shared([(g.words, p.words) for g, p in counted]),
        "claimer": accuracy(claimed),
        "quote": accuracy(same_quotes(pair, counted) if pair.annotated("quotes") else []),
        "about": _shared([(g.about, p.about) for g, p in counted] if pair.annotated("entities") else []),
        "types": accuracy([g == p for g, p in types]),
        "types_micro": _shared(types),
        **{label: accuracy([getattr(g.claim, label) == getattr(p.claim, label) for g, p in counted]) for label in LABELS},
    }


def _shared(pairs: Sequence[tuple[frozenset[Any], frozenset[Any]]]) -> Tally:
    """What is in both of two sets, out of what is in each."""
    shared = sum(len(one & other) for one, other in pairs)
    return prf(shared, sum(len(one) for one, _ in pairs), sum(len(other) for _, other in pairs))


def same_quotes(pair: Pair, counted: Sequence[Match]) -> list[bool]:
    """Whether two claims are carried by quotes that are matched, of the claims that a quote carries on a side."""
    known = {pred.quote.id: gold.quote.id for gold, pred in quotes.matches(pair)}
    carriers = [(gold.claim.quote, pred.claim.quote) for gold, pred in counted]
    return [one is not None and one == known.get(other or "") for one, other in carriers if one or other]


@lru_cache(maxsize=1)
def sides(pair: Pair) -> tuple[list[Statement], list[Statement]]:
    """The claims of both sides, with entities as ids of the gold."""
    return _statements(pair, pair.gold), _statements(pair, pair.pred)


@lru_cache(maxsize=1)
def matches(pair: Pair) -> list[Match]:
    """The claims that both sides have."""
    return matched(*sides(pair))


def _statements(pair: Pair, article: Article) -> list[Statement]:
    known = counterparts(article, pair.gold)
    carriers = {quote.id: quote for quote in article.quotes}
    found = []
    for claim in article.claims:
        claimers: frozenset[str | None] = BY_ARTICLE
        claimed_at: tuple[Any, ...] = ("article",)
        if claim.quote is not None:
            quote = carriers.get(claim.quote)
            said = speakers(quote) if quote else frozenset()
            claimers = in_gold(said, known) if quote else frozenset({None})  # an id of no quote has no speaker
            claimed_at = "quote", pair.marked(quote.content).spans if quote else (), places_of(said, article)
        about = _bag(known.get(name) for name in dict.fromkeys(claim.about))
        labels = tuple(sorted(claim.types)), claim.checkworthiness, claim.factuality
        content = pair.marked(claim.content)
        key = content.spans, claim.proposition, *labels, claimed_at, places_of(claim.about, article)
        words = _bag(claim.proposition[start:end].casefold() for start, end in tokens(claim.proposition))
        found.append(Statement(claim, content, words, frozenset(claim.types), claimers, about, key))
    return found


def _bag(items: Iterable[B]) -> frozenset[tuple[B, int]]:
    """The items, each with how often it was there before: a set that tells two of a kind apart."""
    seen: Counter[B] = Counter()
    found = set()
    for item in items:
        found.add((item, seen[item]))
        seen[item] += 1
    return frozenset(found)


def _jaccard(one: frozenset[B], other: frozenset[B]) -> float:
    return len(one & other) / max(len(one | other), 1)
