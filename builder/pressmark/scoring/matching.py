"""Matches the items of two sides one to one, with the greatest sum of likeness, whatever their order."""

from __future__ import annotations

from collections import Counter, defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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


def optimal(weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The one-to-one pairs (row, column) with the greatest sum of weights, which are positive; others are never a pair.

    Shortest augmenting paths over the pairs that have a weight (Jonker and Volgenant 1987). Each row also has a column of its
    own, without weight, so that it may stay alone.
    """
    costs: dict[int, list[tuple[int, float]]] = {}
    for (row, column), weight in weights.items():
        costs.setdefault(row, [(-1 - row, 0.0)]).append((column, -weight))
    assignment = _Assignment(costs)
    for row in costs:
        assignment.add(row)
    return sorted((row, column) for row, column in assignment.column_of.items() if column >= 0)


class _Assignment:
    """The cheapest columns for the rows that were added, with a price for each column that somebody else wants."""

    def __init__(self, costs: Mapping[int, Sequence[tuple[int, float]]]) -> None:
        self.costs = costs
        self.cost = {(row, column): cost for row, several in costs.items() for column, cost in several}
        self.price: defaultdict[int, float] = defaultdict(float)
        self.column_of: dict[int, int] = {}
        self.row_of: dict[int, int] = {}

    def add(self, new: int) -> None:
        """Give the row a column, and other rows other columns if that is cheaper."""
        distance: dict[int, float] = {}
        before: dict[int, int] = {}
        done: set[int] = set()
        heap: list[tuple[float, int, int]] = []
        row, here = new, 0.0
        while True:
            rent = 0.0 if row == new else self._rent(row)
            for column, cost in self.costs[row]:
                far = here + cost - self.price[column] - rent
                if column not in done and far < distance.get(column, float("inf")):
                    distance[column], before[column] = far, row
                    heappush(heap, (far, column, row))
            here, column, _ = heappop(heap)
            while column in done:
                here, column, _ = heappop(heap)
            if column not in self.row_of:
                break
            done.add(column)
            row = self.row_of[column]
        for reached in done:
            self.price[reached] += distance[reached] - here
        self._shift(column, before)

    def _rent(self, row: int) -> float:
        """What the row pays where it is."""
        return self.cost[row, self.column_of[row]] - self.price[self.column_of[row]]

    def _shift(self, column: int, before: Mapping[int, int]) -> None:
        """Move every row of the path that ends in the free column to the column behind it."""
        while True:
            row = before[column]
            left = self.column_of.get(row)
            self.row_of[column], self.column_of[row] = row, column
            if left is None:
                return
            column = left


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
    pairs = [(one[i], other[j]) for i, j in optimal(weights)]
    return [(b, a) for a, b in pairs] if turned else pairs


def counts(match: tuple[Item, Item]) -> bool:
    """Whether the pair counts as found: the Jaccard index of the contents is at least 0.5."""
    return match[0].content.jaccard(match[1].content) >= COUNTS


def _key(item: Item) -> tuple[Any, ...]:
    return item.key


def _touching(one: Sequence[Item], other: Sequence[Item]) -> Iterator[tuple[int, int, int]]:
    """The pairs that share tokens, with the number of shared tokens."""
    holders: dict[int, list[int]] = defaultdict(list)
    for j, item in enumerate(other):
        for token in item.content.tokens:
            holders[token].append(j)
    for i, item in enumerate(one):
        shared = Counter(j for token in item.content.tokens for j in holders.get(token, ()))
        yield from ((i, j, count) for j, count in shared.items())
