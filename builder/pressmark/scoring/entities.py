"""Scores the mentions of entities by the four schemes of SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013), which are MUC-5's.

A pair of mentions is *correct*, *partial* (the spans only overlap) or *incorrect*. A mention without a partner is *missed* or
*spurious*. Precision = (correct + partial/2) / (all but missed), recall = (correct + partial/2) / (all but spurious).
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
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
    """Figures for all mentions, for those of level name and value (which never overlap), and the strict scheme by label.

    A label that the schema does not have is compared like any other. Where a side has no levels, labels are compared with the
    names and values of the other.
    """
    gold, pred = labelled(pair.gold), labelled(pair.pred)
    flat = labelled(pair.gold, flat=True), labelled(pair.pred, flat=True)
    of_all = schemes(gold, pred)
    of_flat = of_all if flat == (gold, pred) else schemes(*flat)
    found = {f"mentions/{name}": tally for name, tally in of_all.items()}
    found |= {f"flat/{name}": tally for name, tally in of_flat.items()}
    sides = flat if pair.is_bare else (gold, pred)
    used = sorted(mention.label for side in sides for mention in side)
    for label in dict.fromkeys([*get_args(EntityLabel), *used]):
        found[f"labels/{label}"] = _strict(align(*([one for one in side if one.label == label] for side in sides)))
    return found


def label_counts(articles: Iterable[Article]) -> Counter[str]:
    """How many mentions have each label."""
    found: Counter[str] = Counter()
    for article in articles:
        found.update(mention.label for mention in labelled(article))
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
    pairs = _overlapping(gold_left, pred_left)
    missed, spurious = _without(gold_left, (g for g, _ in pairs)), _without(pred_left, (p for _, p in pairs))
    return Alignment([(mention, mention) for mention in same], relabelled, pairs, missed, spurious)


def _equal_spans(gold: Sequence[Labelled], pred: Sequence[Labelled]) -> list[tuple[Labelled, Labelled]]:
    waiting: dict[tuple[int, int], deque[Labelled]] = defaultdict(deque)
    for mention in gold:
        waiting[mention[:2]].append(mention)
    return [(waiting[mention[:2]].popleft(), mention) for mention in pred if waiting.get(mention[:2])]


def _without(mentions: Iterable[Labelled], taken: Iterable[Labelled]) -> list[Labelled]:
    return sorted((Counter(mentions) - Counter(taken)).elements())


def _overlapping(gold: Sequence[Labelled], pred: Sequence[Labelled]) -> list[tuple[Labelled, Labelled]]:
    pairs: list[tuple[Labelled, Labelled]] = []
    for golds, preds in _stretches(gold, pred):
        weights = {}
        for i, one in enumerate(golds):
            for j, other in enumerate(preds):
                if (shared := min(one.end, other.end) - max(one.start, other.start)) > 0:
                    union = one.end - one.start + other.end - other.start - shared
                    weights[i, j] = 1 + shared / union / (len(golds) + 1)  # so that more pairs always win
        pairs += [(golds[i], preds[j]) for i, j in optimal(weights)]
    return pairs


def _stretches(gold: Sequence[Labelled], pred: Sequence[Labelled]) -> Iterator[tuple[list[Labelled], list[Labelled]]]:
    """The mentions of both sides, divided where none of them goes on; stretches without one of the sides are left out."""
    sides: tuple[list[Labelled], list[Labelled]] = ([], [])
    reached = 0
    for mention, side in sorted([(mention, 0) for mention in gold] + [(mention, 1) for mention in pred]):
        if mention.start >= reached:
            if all(sides):
                yield sides
            sides = ([], [])
        sides[side].append(mention)
        reached = max(reached, mention.end)
    if all(sides):
        yield sides


def _ent_type(gold: Sequence[Labelled], pred: Sequence[Labelled]) -> Tally:
    """Pairs as nervaluate does: each predicted mention takes the nearest free overlapping gold mention with its label.

    If no overlapping mention has the label, it takes the first, which is incorrect. Equal mentions are paired before. An
    earlier mention may take the partner of a later one, so this is the only scheme that is not quite symmetric.
    """
    golds, preds = Counter(gold), Counter(pred)
    left = sorted((golds - preds).elements())
    correct, incorrect, spurious = (golds & preds).total(), 0, 0
    for mention in sorted((preds - golds).elements()):
        touching = [one for one in left if one.start < mention.end and one.end > mention.start]
        alike = [one for one in touching if one.label == mention.label]
        if alike:
            correct += 1
            left.remove(min(alike, key=lambda one: abs(one.start - mention.start) + abs(one.end - mention.end)))
        elif touching:
            incorrect += 1
            left.remove(touching[0])
        else:
            spurious += 1
    return Tally(SCHEME, (correct, incorrect, 0, len(left), spurious))
