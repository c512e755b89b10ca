"""Measures how far two annotators agree: Krippendorff's alpha over tokens, and PARC's *agr*. Neither side is the truth here.

A token has one label in each layer. `entity_labels` and `quote_labels` say which label it gets if spans nest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import permutations
from typing import TYPE_CHECKING

from pressmark.scoring import claims, quotes
from pressmark.scoring.matching import counts
from pressmark.scoring.tally import AGR, ALPHA, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pressmark.record.model import Article, Claim, Quote, Span
    from pressmark.scoring.pair import Marked, Pair

NOTHING = ""


def of_entities(pair: Pair) -> dict[str, Tally]:
    """Alpha over the labels of the mentions of level name and value."""
    return {"alpha": alpha(entity_labels(pair, pair.gold), entity_labels(pair, pair.pred))}


def of_quotes(pair: Pair) -> dict[str, Tally]:
    """Alpha over the roles, *agr*, and alpha over each label of the quotes that both sides have."""
    sides = (pair.gold, pair.pred)
    contents = [[pair.marked(quote.content) for quote in side.quotes] for side in sides]
    roles = [quote_labels(pair, side) for side in sides]
    both = [(g.quote, p.quote) for g, p in quotes.matches(pair) if counts((g, p))]
    return {"alpha": alpha(roles[0], roles[1]), "agr": agr(contents[0], contents[1]), **_of_labels(both, quotes.LABELS)}


def of_claims(pair: Pair) -> dict[str, Tally]:
    """Alpha over whether a token is in a claim, and over each label of the claims that both sides have."""
    one, other = claim_labels(pair, pair.gold), claim_labels(pair, pair.pred)
    both = [(g.claim, p.claim) for g, p in claims.matches(pair) if counts((g, p))]
    return {"alpha": alpha(one, other), **_of_labels(both, claims.LABELS)}


def _of_labels(both: Sequence[tuple[Quote, Quote]] | Sequence[tuple[Claim, Claim]], labels: Sequence[str]) -> dict[str, Tally]:
    return {f"alpha_{label}": alpha(*([getattr(items[side], label) for items in both] for side in (0, 1))) for label in labels}


def entity_labels(pair: Pair, article: Article) -> list[str]:
    """The entity label of each token. Nominal mentions are left out because they nest. B and I are not distinguished.

    If the others overlap all the same, the one that begins last wins.
    """
    flat = [(entity.label, mention) for entity in article.entities for mention in entity.mentions if mention.flat]
    return _labels(pair, sorted(flat, key=lambda found: (found[1].range, found[0])))


def quote_labels(pair: Pair, article: Article) -> list[str]:
    """The role of each token. If quotes nest, source wins over cue, and cue over content."""
    quotes = article.quotes
    roles: list[tuple[str, Span]] = [("content", span) for quote in quotes for span in quote.content]
    roles += [("cue", span) for quote in quotes for span in quote.cue]
    roles += [("source", span) for quote in quotes for span in quote.sources]
    return _labels(pair, roles)


def claim_labels(pair: Pair, article: Article) -> list[str]:
    """Whether each token is in a claim."""
    return _labels(pair, (("claim", span) for claim in article.claims for span in claim.content))


def _labels(pair: Pair, spans: Iterable[tuple[str, Span]]) -> list[str]:
    labels = [NOTHING] * len(pair.starts)
    for label, span in spans:
        for token in pair.tokens_of(*span.range):
            labels[token] = label
    return labels


def alpha(*annotators: Sequence[str | None]) -> Tally:
    """The coincidences of the labels of two or more annotators (Krippendorff 2019, section 12.3).

    Each pair of labels of a unit counts in both directions, divided by the number of its labels less one. None is no label.
    """
    found: defaultdict[tuple[str, str], float] = defaultdict(float)
    for unit, count in Counter(zip(*annotators, strict=True)).items():
        labels = [label for label in unit if label is not None]
        for pair in permutations(labels, 2):
            found[pair] += count / (len(labels) - 1)
    return Tally(ALPHA, found)


def agr(gold: Sequence[Marked], pred: Sequence[Marked]) -> Tally:
    """The share of each side's attributions that the other side also has, and the mean of both.

    An attribution counts if its content overlaps the content of any attribution of the other side (Wiebe, Wilson and Cardie
    2005, section 7; Pareti 2015 for PARC). The match is not one to one, so *agr* is more lenient than F1.
    """
    found, right = _met(gold, pred), _met(pred, gold)
    return Tally(AGR, (found, len(gold), right, len(pred)))


def _met(one: Sequence[Marked], other: Sequence[Marked]) -> int:
    covered = frozenset[int]().union(*(marked.tokens for marked in other))
    return sum(not marked.tokens.isdisjoint(covered) for marked in one)
