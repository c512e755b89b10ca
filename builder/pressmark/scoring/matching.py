"""Matches the items of two sides one to one, with the greatest sum of likeness, whatever their order."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

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


def optimal(weights: Mapping[tuple[int, int], float], rows: int, columns: int) -> list[tuple[int, int]]:
    """The one-to-one pairs with the greatest sum of weights (Kuhn 1955; Crouse 2016), without the pairs that have no weight."""
    if not weights:
        return []
    table = np.zeros((rows, columns))
    for place, weight in weights.items():
        table[place] = weight
    found = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return [(int(row), int(column)) for row, column in found if (row, column) in weights]


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
    at: dict[int, list[int]] = defaultdict(list)
    for j, item in enumerate(other):
        for token in item.content.tokens:
            at[token].append(j)
    for i, item in enumerate(one):
        shared = Counter(j for token in item.content.tokens for j in at.get(token, ()))
        for j, count in shared.items():
            yield i, j, count
