"""Cuts a long row of articles into row groups or shards, so that a new article moves few of the cuts.

Every so many articles would not do: one more at the beginning, and every group after it would hold other rows. So a group ends
after an article whose id says so, as in content-defined chunking (Xia et al. 2016, "FastCDC").
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Unit(NamedTuple):
    """What stands in one group: an article with its rows, or a pair of claims with its row."""

    id: str
    lines: bytes

    @property
    def size(self) -> int:
        """The bytes of its rows."""
        return len(self.lines)


class Sized(Protocol):
    """Something with a name and a size in bytes."""

    @property
    def id(self) -> str:
        """The name."""

    @property
    def size(self) -> int:
        """The bytes."""


T = TypeVar("T", bound=Sized)


def groups(units: Iterable[T], target: int) -> Iterator[list[T]]:
    """Yields the units in groups of about ``target`` bytes: at least half of it, at most twice, and what the last unit adds."""
    group: list[T] = []
    size = 0
    for unit in units:
        group.append(unit)
        size += unit.size
        if size >= 2 * target or (size >= target // 2 and _fraction(unit.id) * target < unit.size):
            yield group
            group, size = [], 0
    if group:
        yield group


def _fraction(name: str) -> float:
    return int.from_bytes(sha256(name.encode()).digest()[:6]) / 2**48
