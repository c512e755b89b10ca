"""Adds up counts over articles, computes figures from the sums, and gives their confidence intervals.

Every figure is a function of sums of counts. So it is micro-averaged over articles, and a bootstrap over articles is one
matrix product.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RESAMPLES = 1000
SEED = 20130614  # any; fixed, so that the same annotations give the same intervals
LEVEL = 0.95
ENOUGH = 10  # articles; below that the percentiles of a bootstrap say little

Sums = NDArray[np.float64]  # a row for each resample, a column for each count


class Tally(NamedTuple):
    """The counts of one figure in one article; of alpha, how often one label met another: ``{("PERSON", "ORG"): 2}``."""

    kind: Kind
    counts: tuple[float, ...] | Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Kind:
    """How to compute a figure from sums. Its last value is the one with an interval. ``shown`` are the sums to print."""

    values: Callable[[Sums], dict[str, Sums]]
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
    count = len(tallies)
    chance = np.full(count, 1 / max(count, 1))
    drawn = np.random.default_rng(SEED).multinomial(count, chance, RESAMPLES) if count >= ENOUGH else None
    kinds = {name: tally.kind for article in tallies for name, tally in article.items()}
    found = {}
    for name, kind in kinds.items():
        found[name] = _figure(kind, _table([article[name].counts if name in article else () for article in tallies]), drawn)
    return found


def _table(rows: Sequence[tuple[float, ...] | Mapping[tuple[str, str], float]]) -> Sums:
    """A row for each article; zeros where it has no such figure."""
    labels = sorted({label for row in rows if isinstance(row, Mapping) for labels in row for label in labels})
    cells = [(one, other) for one in labels for other in labels]
    filled = [tuple(row.get(cell, 0) for cell in cells) if isinstance(row, Mapping) else row for row in rows]
    width = max(1, *map(len, filled))
    return np.array([row or (0,) * width for row in filled], dtype=np.float64).reshape(len(rows), width)


def _figure(kind: Kind, table: Sums, drawn: NDArray[np.int64] | None) -> Figure:
    sums = table.sum(axis=0, keepdims=True)
    values = {name: None if np.isnan(value[0]) else float(value[0]) for name, value in kind.values(sums).items()}
    counts = {name: round(float(sums[0, list(columns)].sum())) for name, columns in kind.shown.items()}
    return Figure(values, None if drawn is None else _interval(kind, drawn @ table), counts)


def _interval(kind: Kind, resampled: Sums) -> tuple[float, float] | None:
    """The percentile bootstrap interval (Efron and Tibshirani 1993, chapter 13) over the resamples that have a value."""
    values = list(kind.values(resampled).values())[-1]
    values = values[~np.isnan(values)]
    if not values.size:
        return None
    low, high = np.percentile(values, [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return float(low), float(high)


def _share(part: Sums, whole: Sums) -> Sums:
    """``part / whole``, or NaN if the whole is 0."""
    return np.divide(part, whole, out=np.full_like(whole, np.nan), where=whole > 0)


def _rates(found: Sums, gold: Sums, right: Sums, pred: Sums) -> dict[str, Sums]:
    """Precision, recall and F1. They are 0 if only one side is empty, and NaN if both are."""
    nothing = gold + pred == 0
    precision, recall = (
        np.where(nothing, np.nan, np.nan_to_num(_share(part, whole))) for part, whole in ((right, pred), (found, gold))
    )
    harmonic = np.nan_to_num(_share(2 * precision * recall, np.nan_to_num(precision + recall)))
    return {"precision": precision, "recall": recall, "f1": np.where(nothing, np.nan, harmonic)}


def _prf_values(sums: Sums) -> dict[str, Sums]:
    found, gold, right, pred = sums.T
    return _rates(found, gold, right, pred)


def _scheme_values(sums: Sums) -> dict[str, Sums]:
    correct, incorrect, partial, missed, spurious = sums.T
    right, paired = correct + partial / 2, correct + incorrect + partial
    return _rates(right, paired + missed, right, paired + spurious)


def _accuracy_values(sums: Sums) -> dict[str, Sums]:
    right, of = sums.T
    return {"value": _share(right, of)}


def _mean_values(sums: Sums) -> dict[str, Sums]:
    f1 = [_prf_values(part)["f1"] for part in np.split(sums, sums.shape[1] // 4, axis=1)]
    return {"value": np.mean(f1, axis=0)}


def _agr_values(sums: Sums) -> dict[str, Sums]:
    rates = _prf_values(sums)
    right, found = rates["precision"], rates["recall"]
    return {"pred_in_gold": right, "gold_in_pred": found, "value": (right + found) / 2}


def _alpha_values(sums: Sums) -> dict[str, Sums]:
    """Krippendorff's alpha, nominal (Krippendorff 2019, section 12.3): 1 - observed / expected disagreement.

    The columns are the cells of the matrix of coincidences: a token labelled c and k adds one to (c, k) and to (k, c).
    """
    size = round(sums.shape[1] ** 0.5)
    coincidences = sums.reshape(-1, size, size)
    totals = coincidences.sum(axis=2)
    values = totals.sum(axis=1)
    observed = _share(values - np.trace(coincidences, axis1=1, axis2=2), values)
    expected = _share(values**2 - (totals**2).sum(axis=1), values * (values - 1))
    return {"value": 1 - _share(observed, expected)}


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
