"""Scores the mentions of entities by the four schemes of SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013), which are MUC-5's.

A pair of mentions is *correct*, *partial* (the spans only overlap) or *incorrect*. A mention without a partner is *missed* or
*spurious*. Precision = (correct + partial/2) / (all but missed), recall = (correct + partial/2) / (all but spurious).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, get_args

from pressmark.record.model import EntityLabel
from pressmark.scoring.matching import optimal
from pressmark.scoring.tally import SCHEME, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressmark.record.model import Article
    from pressmark.scoring.pair import Pair


class Labelled(NamedTuple):
    """A mention with the label of its entity."""

    start: int
    end: int
    label: str


class Alignment(NamedTuple):
    """Pairs with equal span and label, pairs with equal span only, overlapping pairs, and the mentions left on both sides."""

    same: list[tuple[Labelled, Labelled]]
    relabelled: list[tuple[Labelled, Labelled]]
    overlapping: list[tuple[Labelled, Labelled]]
    missed: list[Labelled]
    spurious: list[Labelled]


def tallies(pair: Pair) -> dict[str, Tally]:
    """Figures for all mentions, for those of level name and value (which never overlap), and the strict scheme by label."""
    gold, pred = labelled(pair.gold), labelled(pair.pred)
    flat = labelled(pair.gold, flat=True), labelled(pair.pred, flat=True)
    found = {f"mentions/{name}": tally for name, tally in schemes(gold, pred).items()}
    found |= {f"flat/{name}": tally for name, tally in schemes(*flat).items()}
    for label in get_args(EntityLabel):
        sides = ([mention for mention in side if mention.label == label] for side in (gold, pred))
        found[f"labels/{label}"] = _strict(align(*sides))
    return found


def labelled(article: Article, *, flat: bool = False) -> list[Labelled]:
    """The mentions in the order of the text."""
    return sorted(
        Labelled(*mention.range, entity.label)
        for entity in article.entities
        for mention in entity.mentions
        if mention.flat or not flat
    )


def schemes(gold: Sequence[Labelled], pred: Sequence[Labelled]) -> dict[str, Tally]:
    """The four schemes, each side in the order of the text.

    If the mentions of a side do not overlap each other, the figures equal those of `nervaluate` 1.2 (mentions in text order).
    """
    found = align(gold, pred)
    same, overlapping = len(found.same) + len(found.relabelled), len(found.overlapping)
    missed, spurious = len(found.missed), len(found.spurious)
    return {
        "strict": _strict(found),
        "exact": Tally(SCHEME, (same, overlapping, 0, missed, spurious)),
        "partial": Tally(SCHEME, (same, 0, overlapping, missed, spurious)),
        "ent_type": _ent_type(gold, pred),
    }


def _strict(found: Alignment) -> Tally:
    incorrect = len(found.relabelled) + len(found.overlapping)
    return Tally(SCHEME, (len(found.same), incorrect, 0, len(found.missed), len(found.spurious)))


def align(gold: Iterable[Labelled], pred: Iterable[Labelled]) -> Alignment:
    """Pair mentions one to one: first equal ones, then equal spans, then as many overlapping ones as possible.

    If several pairings have the same size, the one with the greatest sum of Jaccard indices of characters is used.
    """
    golds, preds = Counter(gold), Counter(pred)
    same = sorted((golds & preds).elements())
    gold_left, pred_left = sorted((golds - preds).elements()), sorted((preds - golds).elements())
    relabelled = _equal_spans(gold_left, pred_left)
    gold_left, pred_left = _without(gold_left, (g for g, _ in relabelled)), _without(pred_left, (p for _, p in relabelled))
    places = Places(gold_left)
    weights = {
        (i, j): 1 + _jaccard(gold_left[i], mention) / (len(gold_left) + 1)  # so that more pairs always win
        for j, mention in enumerate(pred_left)
        for i in places.touching(mention)
    }
    pairs = [(gold_left[i], pred_left[j]) for i, j in optimal(weights, len(gold_left), len(pred_left))]
    missed, spurious = _without(gold_left, (g for g, _ in pairs)), _without(pred_left, (p for _, p in pairs))
    return Alignment([(mention, mention) for mention in same], relabelled, pairs, missed, spurious)


def _equal_spans(gold: Sequence[Labelled], pred: Sequence[Labelled]) -> list[tuple[Labelled, Labelled]]:
    waiting: dict[tuple[int, int], list[Labelled]] = defaultdict(list)
    for mention in gold:
        waiting[mention[:2]].append(mention)
    return [(waiting[mention[:2]].pop(0), mention) for mention in pred if waiting.get(mention[:2])]


def _without(mentions: Iterable[Labelled], taken: Iterable[Labelled]) -> list[Labelled]:
    return sorted((Counter(mentions) - Counter(taken)).elements())


def _jaccard(one: Labelled, other: Labelled) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (one.end - one.start + other.end - other.start - shared)


class Places:
    """Sorted mentions, which may nest, searched for those that overlap another mention."""

    def __init__(self, mentions: Sequence[Labelled]) -> None:
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._reached = list(accumulate((mention.end for mention in mentions), max))

    def touching(self, other: Labelled) -> Iterator[int]:
        """The indices of the mentions that overlap this one, in order."""
        for i in range(bisect_right(self._reached, other.start), bisect_left(self._starts, other.end)):
            if self._mentions[i].end > other.start:
                yield i


def _ent_type(gold: Sequence[Labelled], pred: Sequence[Labelled]) -> Tally:
    """Pairs as nervaluate does: each predicted mention takes the nearest free overlapping gold mention with its label.

    If no overlapping mention has the label, it takes the first, which is incorrect. Equal mentions are paired before. An
    earlier mention may take the partner of a later one, so this is the only scheme that is not quite symmetric.
    """
    golds, preds = Counter(gold), Counter(pred)
    left, places = sorted((golds - preds).elements()), Places(sorted((golds - preds).elements()))
    correct, incorrect, spurious, free = (golds & preds).total(), 0, 0, set(range(len(left)))
    for mention in sorted((preds - golds).elements()):
        touching = [i for i in places.touching(mention) if i in free]
        alike = [i for i in touching if left[i].label == mention.label]
        if alike:
            correct += 1
            free.remove(min(alike, key=lambda i: abs(left[i].start - mention.start) + abs(left[i].end - mention.end)))
        elif touching:
            incorrect += 1
            free.remove(touching[0])
        else:
            spurious += 1
    return Tally(SCHEME, (correct, incorrect, 0, len(free), spurious))
