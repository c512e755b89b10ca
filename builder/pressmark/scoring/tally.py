"""Adds up counts over articles, computes figures from the sums, and gives their confidence intervals.

Every figure is a function of sums of counts. So it is micro-averaged over articles, and a resample of the bootstrap is a
weighted sum of the counts of each article.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from statistics import fmean, quantiles
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RESAMPLES = 1000
SEED = 20130614  # any; fixed, so that the same annotations give the same intervals
LEVEL = 0.95
ENOUGH = 10  # articles; below that the percentiles of a bootstrap say little

Sums = Sequence[float]  # one for each count


class Tally(NamedTuple):
    """The counts of one figure in one article; of alpha, how often one label met another: ``{("PERSON", "ORG"): 2}``."""

    kind: Kind
    counts: tuple[float, ...] | Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Kind:
    """How to compute a figure from sums: None if there is nothing to count. ``shown`` are the sums to print.

    Its last value is the one with an interval.
    """

    values: Callable[[Sums], dict[str, float | None]]
    shown: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A result: its values by name (null if there is nothing to count), the interval of the last value, and the counts."""

    values: dict[str, float | None]
    interval: tuple[float, float] | None
    counts: dict[str, int]

    @property
    def main(self) -> float | None:
        """The main value of the figure: F1 if it has one."""
        return list(self.values.values())[-1]


def figures(tallies: Sequence[Mapping[str, Tally]]) -> dict[str, Figure]:
    """Computes figures from the tallies of several articles. An article need not have each of them."""
    kinds = {name: tally.kind for article in tallies for name, tally in article.items()}
    draws = list(_draws(len(tallies))) if len(tallies) >= ENOUGH else []
    found = {}
    for name, kind in kinds.items():
        found[name] = _figure(kind, _columns([article[name].counts if name in article else () for article in tallies]), draws)
    return found


def _draws(count: int) -> Iterator[Sequence[int]]:
    """For each resample, how often each of the articles was drawn."""
    chance, articles = random.Random(SEED), range(count)  # noqa: S311 - no secret
    for _ in range(RESAMPLES):
        drawn = Counter(chance.choices(articles, k=count))
        yield [drawn[article] for article in articles]


def _columns(rows: Sequence[tuple[float, ...] | Mapping[tuple[str, str], float]]) -> list[list[float]]:
    """A list for each count, with a number for each article: 0 where it has no such figure."""
    labels = sorted({label for row in rows if isinstance(row, Mapping) for labels in row for label in labels})
    filled = [_margins(row, labels) if isinstance(row, Mapping) else row for row in rows]
    width = max(1, *map(len, filled))
    return [list(column) for column in zip(*(row or (0,) * width for row in filled), strict=True)]


def _margins(cells: Mapping[tuple[str, str], float], labels: Sequence[str]) -> tuple[float, ...]:
    """How often both have the same label, then how often each label was given."""
    totals: defaultdict[str, float] = defaultdict(float)
    for (label, _), times in cells.items():
        totals[label] += times
    return (sum(times for (one, other), times in cells.items() if one == other), *(totals[label] for label in labels))


def _figure(kind: Kind, columns: Sequence[Sequence[float]], draws: Sequence[Sequence[int]]) -> Figure:
    sums = [sum(column) for column in columns]
    counts = {name: round(sum(sums[i] for i in places)) for name, places in kind.shown.items()}
    return Figure(kind.values(sums), _interval(kind, columns, draws) if draws else None, counts)


def _interval(kind: Kind, columns: Sequence[Sequence[float]], draws: Sequence[Sequence[int]]) -> tuple[float, float] | None:
    """The percentile bootstrap interval (Efron and Tibshirani 1993, chapter 13) over the resamples that have a value."""
    resampled = [list(kind.values([sum(map(mul, times, column)) for column in columns]).values())[-1] for times in draws]
    values = [value for value in resampled if value is not None]
    if len(values) < 2:
        return None
    cuts = quantiles(values, n=round(2 / (1 - LEVEL)), method="inclusive")
    return cuts[0], cuts[-1]


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def _rates(found: float, gold: float, right: float, pred: float) -> dict[str, float | None]:
    """Precision, recall and F1. They are 0 if only one side is empty, and None if both are."""
    if gold + pred == 0:
        return {"precision": None, "recall": None, "f1": None}
    precision, recall = _share(right, pred) or 0.0, _share(found, gold) or 0.0
    return {"precision": precision, "recall": recall, "f1": _share(2 * precision * recall, precision + recall) or 0.0}


def _prf_values(sums: Sums) -> dict[str, float | None]:
    found, gold, right, pred = sums
    return _rates(found, gold, right, pred)


def _scheme_values(sums: Sums) -> dict[str, float | None]:
    correct, incorrect, partial, missed, spurious = sums
    right, paired = correct + partial / 2, correct + incorrect + partial
    return _rates(right, paired + missed, right, paired + spurious)


def _accuracy_values(sums: Sums) -> dict[str, float | None]:
    right, of = sums
    return {"value": _share(right, of)}


def _mean_values(sums: Sums) -> dict[str, float | None]:
    f1 = [_prf_values(sums[i : i + 4])["f1"] for i in range(0, len(sums), 4)]
    known = [value for value in f1 if value is not None]
    return {"value": fmean(known) if len(known) == len(f1) else None}


def _agr_values(sums: Sums) -> dict[str, float | None]:
    rates = _prf_values(sums)
    right, found = rates["precision"], rates["recall"]
    mean = None if right is None or found is None else (right + found) / 2
    return {"pred_in_gold": right, "gold_in_pred": found, "value": mean}


def _alpha_values(sums: Sums) -> dict[str, float | None]:
    """Krippendorff's alpha, nominal (Krippendorff 2019, section 12.3): 1 - observed / expected disagreement.

    The sums are those of `_margins`, in the matrix of coincidences: a token labelled c and k adds one to (c, k) and to (k, c).
    """
    same, *totals = sums
    values = sum(totals)
    expected = _share(values**2 - sum(total**2 for total in totals), values * (values - 1))
    disagreement = None if not expected else (values - same) / values / expected
    return {"value": None if disagreement is None else 1 - disagreement}


PRF = Kind(_prf_values, {"gold": (1,), "pred": (3,)})
SCHEME = Kind(
    _scheme_values,
    {"correct": (0,), "incorrect": (1,), "partial": (2,), "missed": (3,), "spurious": (4,)}
    | {"gold": (0, 1, 2, 3), "pred": (0, 1, 2, 4)},
)
ACCURACY = Kind(_accuracy_values, {"right": (0,), "of": (1,)})
MEAN = Kind(_mean_values, {})
AGR = Kind(_agr_values, {"gold": (1,), "pred": (3,)})
ALPHA = Kind(_alpha_values, {})


def prf(hits: float, gold: float, pred: float) -> Tally:
    """A tally for precision, recall and F1: the number of hits, of gold items and of predicted items."""
    return Tally(PRF, (hits, gold, hits, pred))


def accuracy(right: Sequence[bool]) -> Tally:
    """A tally for the share that is right."""
    return Tally(ACCURACY, (sum(right), len(right)))
