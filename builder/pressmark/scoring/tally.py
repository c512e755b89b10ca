"""Adds up counts over articles, computes figures from the sums, and gives their confidence intervals.

Every figure is a function of sums of counts. So it is micro-averaged over articles, and a resample of the bootstrap is a
weighted sum of the counts of each article. `Sums` keeps these counts, and nothing else of an article.
"""

from __future__ import annotations

import random
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import mul
from statistics import fmean, quantiles
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pressmark.record.jobs import Each

RESAMPLES = 1000
SEED = 20130614  # any; fixed, so that the same annotations give the same intervals
LEVEL = 0.95
ENOUGH = 10  # articles; below that the percentiles of a bootstrap say little

_AT_ONCE = 50  # resamples that a process is given at a time: with them it gets all counts

Counts = Sequence[float]  # the sum of each count of a figure


class Tally(NamedTuple):
    """The counts of one figure in one article; of alpha, how often one label met another: ``{("PERSON", "ORG"): 2}``."""

    kind: Kind
    counts: tuple[float, ...] | Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Kind:
    """How to compute a figure from sums: None if there is nothing to count. ``shown`` are the sums to print.

    Its last value is the one with an interval.
    """

    values: Callable[[Counts], dict[str, float | None]]
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


class _Column(NamedTuple):
    """One count of a figure: the articles in which it is not 0, by number, and how much it is there."""

    articles: array[int]
    counts: array[float]

    def sum(self, drawn: Sequence[int]) -> float:
        """The sum over a resample, which says how often each article was drawn."""
        times = drawn if len(drawn) == len(self.articles) else map(drawn.__getitem__, self.articles)
        return sum(map(mul, times, self.counts), 0.0)


@dataclass(slots=True)
class Sums:
    """The counts of figures in some articles, 12 bytes for each count that is not 0. An article need not have each figure."""

    articles: int = 0
    _kinds: dict[str, Kind] = field(default_factory=dict)
    _columns: dict[str, dict[tuple[int, str], _Column]] = field(default_factory=dict)

    def add(self, tallies: Mapping[str, Tally]) -> None:
        """Add the tallies of one article."""
        for name, tally in tallies.items():
            self._kinds[name] = tally.kind
            columns = self._columns.setdefault(name, {})
            for place, count in _counts(tally):
                if place not in columns:
                    columns[place] = _Column(array("I"), array("d"))
                if count:
                    columns[place].articles.append(self.articles)
                    columns[place].counts.append(count)
        self.articles += 1

    @property
    def figures(self) -> Iterator[tuple[str, Kind, list[_Column]]]:
        """Each figure with its counts in order."""
        for name, kind in self._kinds.items():
            yield name, kind, [column for _, column in sorted(self._columns[name].items())]


def _counts(tally: Tally) -> Iterator[tuple[tuple[int, str], float]]:
    """The counts of a tally by place; of alpha, how often both have the same label, then how often each label was given."""
    if not isinstance(tally.counts, Mapping):
        yield from (((i, ""), count) for i, count in enumerate(tally.counts))
        return
    totals: defaultdict[str, float] = defaultdict(float)
    for (label, _), times in tally.counts.items():
        totals[label] += times
    yield (0, ""), sum(times for (one, other), times in tally.counts.items() if one == other)
    yield from (((1, label), total) for label, total in totals.items())


def figures(tallies: Iterable[Mapping[str, Tally]]) -> dict[str, Figure]:
    """Computes figures from the tallies of several articles."""
    sums = Sums()
    for article in tallies:
        sums.add(article)
    return figures_of({"": sums})[""]


def figures_of(sections: Mapping[str, Sums], each: Each | None = None) -> dict[str, dict[str, Figure]]:
    """Computes the figures of several sections, in several processes with ``each``."""
    intervals: dict[tuple[str, str], tuple[float, float] | None] = {}
    for articles in sorted({sums.articles for sums in sections.values() if sums.articles >= ENOUGH}):
        found = [(name, *one) for name, sums in sections.items() if sums.articles == articles for one in sums.figures]
        values = _resampled([(kind, columns) for _, _, kind, columns in found], articles, each)
        intervals |= {(name, path): _interval(of) for (name, path, *_), of in zip(found, values, strict=True)}
    return {
        name: {path: _figure(kind, columns, intervals.get((name, path))) for path, kind, columns in sums.figures}
        for name, sums in sections.items()
    }


def _resampled(
    found: Sequence[tuple[Kind, list[_Column]]], articles: int, each: Each | None
) -> Iterator[Sequence[float | None]]:
    """The values of each figure over all resamples. Columns that are alike are summed once."""
    distinct: dict[tuple[bytes, bytes], int] = {}
    different: list[_Column] = []
    wanted = []
    for kind, columns in found:
        places = []
        for column in columns:
            place = distinct.setdefault((column.articles.tobytes(), column.counts.tobytes()), len(different))
            different += [column] if place == len(different) else []
            places.append(place)
        wanted.append((kind, places))
    one = partial(_values, columns=different, figures=wanted)
    draws = _draws(articles)
    return zip(*(map(one, draws) if each is None else each(one, draws, batch=_AT_ONCE)), strict=True)


def _values(
    drawn: Sequence[int], columns: Sequence[_Column], figures: Sequence[tuple[Kind, Sequence[int]]]
) -> list[float | None]:
    """The value of each figure in one resample."""
    sums = [column.sum(drawn) for column in columns]
    return [list(kind.values([sums[place] for place in places]).values())[-1] for kind, places in figures]


def _draws(count: int) -> Iterator[bytes]:
    """For each resample, how often each of the articles was drawn, a byte each: nothing is drawn more than 255 times."""
    chance, articles = random.Random(SEED), range(count)  # noqa: S311 - no secret
    for _ in range(RESAMPLES):
        drawn = Counter(chance.choices(articles, k=count))
        yield bytes(map(drawn.__getitem__, articles))


def _figure(kind: Kind, columns: Sequence[_Column], interval: tuple[float, float] | None) -> Figure:
    sums = [sum(column.counts) for column in columns]
    counts = {name: round(sum(sums[i] for i in places)) for name, places in kind.shown.items()}
    return Figure(kind.values(sums), interval, counts)


def _interval(resampled: Sequence[float | None]) -> tuple[float, float] | None:
    """The percentile bootstrap interval (Efron and Tibshirani 1993, chapter 13) over the resamples that have a value."""
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


def _prf_values(sums: Counts) -> dict[str, float | None]:
    found, gold, right, pred = sums
    return _rates(found, gold, right, pred)


def _scheme_values(sums: Counts) -> dict[str, float | None]:
    correct, incorrect, partial, missed, spurious = sums
    right, paired = correct + partial / 2, correct + incorrect + partial
    return _rates(right, paired + missed, right, paired + spurious)


def _accuracy_values(sums: Counts) -> dict[str, float | None]:
    right, of = sums
    return {"value": _share(right, of)}


def _mean_values(sums: Counts) -> dict[str, float | None]:
    f1 = [_prf_values(sums[i : i + 4])["f1"] for i in range(0, len(sums), 4)]
    known = [value for value in f1 if value is not None]
    return {"value": fmean(known) if len(known) == len(f1) else None}


def _agr_values(sums: Counts) -> dict[str, float | None]:
    rates = _prf_values(sums)
    right, found = rates["precision"], rates["recall"]
    mean = None if right is None or found is None else (right + found) / 2
    return {"pred_in_gold": right, "gold_in_pred": found, "value": mean}


def _alpha_values(sums: Counts) -> dict[str, float | None]:
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
