"""Matches the items of two sides one to one, with the greatest sum of likeness, whatever their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from pressmark.scoring.pair import Marked

TIE = 1e-6  # less than what two Jaccard indices of texts of a usual length differ by
COUNTS = 0.5  # Jaccard index from which two contents are one finding


class Item(Protocol):
    """An item that is matched by its content. Its key has everything that is compared, but no id, because ids are arbitrary."""

    @property
    def content(self) -> Marked:
        """The spans that it is matched by."""
        ...

    @property
    def key(self) -> tuple[Any, ...]:
        """A sort key. Items with equal keys are the same for every figure."""
        ...

    def likeness(self, other: Self) -> float:
        """How much two items agree in everything except the content, from 0 to 1. It is symmetric."""
        ...


T = TypeVar("T", bound=Item)


def optimal(weights: Mapping[tuple[int, int], float], rows: int, columns: int) -> list[tuple[int, int]]:
    """The one-to-one pairs with the greatest sum of weights, which are positive, without the pairs that have no weight.

    Each connected part is solved alone: an article has many items, and few of them meet.
    """
    if not weights:
        return []
    i, j = np.array(list(weights)).T
    values = np.fromiter(weights.values(), float)
    graph = csr_array((np.ones(len(i)), (i, j + rows)), shape=(rows + columns, rows + columns))
    part = connected_components(graph, directed=False)[1][i]
    order = np.argsort(part, kind="stable")
    found: list[tuple[int, int]] = []
    for edges in np.split(order, np.flatnonzero(np.diff(part[order])) + 1):
        (left, row), (right, column) = (np.unique(ends[edges], return_inverse=True) for ends in (i, j))
        table = np.zeros((len(left), len(right)))
        table[row, column] = values[edges]
        found += [(int(left[r]), int(right[c])) for r, c in best(table)]
    return found


def best(table: NDArray[np.float64]) -> list[tuple[int, int]]:
    """The one-to-one pairs of rows and columns with the greatest sum (Kuhn 1955; Crouse 2016), if it is over 0."""
    pairs = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return [(int(row), int(column)) for row, column in pairs if table[row, column] > 0]


def matched(gold: Sequence[T], pred: Sequence[T]) -> list[tuple[T, T]]:
    """The pairs (gold, pred) with the greatest sum of Jaccard indices of content tokens. Each pair shares a token.

    If two pairings have the same sum, the one with more likeness in the other fields wins. Both sides are sorted, and the
    side that sorts first comes first. So neither order nor direction changes the result.
    """
    one, other = sorted(gold, key=_key), sorted(pred, key=_key)
    turned = [_key(item) for item in other] < [_key(item) for item in one]
    if turned:
        one, other = other, one
    weights = {
        (i, j): shared / (len(one[i].content.tokens) + len(other[j].content.tokens) - shared) + TIE * one[i].likeness(other[j])
        for i, j, shared in _touching(one, other)
    }
    pairs = [(one[i], other[j]) for i, j in optimal(weights, len(one), len(other))]
    return [(b, a) for a, b in pairs] if turned else pairs


def counts(match: tuple[Item, Item]) -> bool:
    """Whether the pair counts as found: the Jaccard index of the contents is at least 0.5."""
    return match[0].content.jaccard(match[1].content) >= COUNTS


def _key(item: Item) -> tuple[Any, ...]:
    return item.key


def _touching(one: Sequence[Item], other: Sequence[Item]) -> Iterator[tuple[int, int, int]]:
    """The pairs that share tokens, with the number of shared tokens."""
    used = sorted(frozenset[int]().union(*(item.content.tokens for item in (*one, *other))))
    column = {token: i for i, token in enumerate(used)}
    first, second = (_tokens(side, column) for side in (one, other))
    shared = (first @ second.T).tocoo()
    yield from zip(shared.row.tolist(), shared.col.tolist(), shared.data.tolist(), strict=True)


def _tokens(items: Sequence[Item], column: Mapping[int, int]) -> csr_array:
    """A row for each item, with a 1 in the column of each of its tokens."""
    columns = np.fromiter((column[token] for item in items for token in item.content.tokens), dtype=np.int64)
    ends = np.cumsum([0, *(len(item.content.tokens) for item in items)])
    return csr_array((np.ones(len(columns), dtype=np.int64), columns, ends), shape=(len(items), len(column)))
