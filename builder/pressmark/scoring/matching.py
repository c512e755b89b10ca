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
    """What is matched by its content. The key holds all that is compared, and no id, since ids are arbitrary."""

    @property
    def content(self) -> Marked:
        """Where it is said."""
        ...

    @property
    def key(self) -> tuple[Any, ...]:
        """Equal for items that no figure tells apart; sorts them."""
        ...

    def likeness(self, other: Self) -> float:
        """From 0 to 1, the same from both sides: how much they agree in all but the content."""
        ...


T = TypeVar("T", bound=Item)


def optimal(weights: Mapping[tuple[int, int], float], rows: int, columns: int) -> list[tuple[int, int]]:
    """The one-to-one pairs with the greatest sum of weights (Kuhn 1955; Crouse 2016), less those without a weight."""
    if not weights:
        return []
    table = np.zeros((rows, columns))
    for place, weight in weights.items():
        table[place] = weight
    found = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return [(int(row), int(column)) for row, column in found if (row, column) in weights]


def matched(gold: Sequence[T], pred: Sequence[T]) -> list[tuple[T, T]]:
    """The pairs (gold, pred) whose Jaccard indices of content tokens have the greatest sum; each shares a token.

    Of equal sums the one wins in which the pairs are more alike in the rest. Both sides are sorted, and the side that sorts
    first comes first, so neither order nor direction changes anything.
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
    """Whether the contents share half of their tokens (Jaccard), so that the thing is found."""
    return match[0].content.jaccard(match[1].content) >= COUNTS


def _key(item: Item) -> tuple[Any, ...]:
    return item.key


def _touching(one: Sequence[Item], other: Sequence[Item]) -> Iterator[tuple[int, int, int]]:
    """Which share tokens, and how many: only those that do are looked at."""
    at: dict[int, list[int]] = defaultdict(list)
    for j, item in enumerate(other):
        for token in item.content.tokens:
            at[token].append(j)
    for i, item in enumerate(one):
        shared = Counter(j for token in item.content.tokens for j in at.get(token, ()))
        for j, count in shared.items():
            yield i, j, count
