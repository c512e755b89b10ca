"""Finds texts that are nearly the same, by the smallest hashes of their five-word sequences (Broder 1997, bottom-k)."""

from __future__ import annotations

from array import array
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    Sketch = array[int]  # sorted

SIZE = 192  # hashes that are kept of a text; the standard error of a likeness of 0.8 is 0.03
CELL = "I"  # 32 bits
_WORDS = 5
_KEYS = 7  # two texts are compared if two hashes in a row of their smallest are the same; of texts alike by 0.8, 98 % are


def sketch(text: str) -> Sketch:
    """The smallest hashes of all sequences of five words, which small edits leave mostly as they were."""
    words = text.casefold().split()
    runs = (" ".join(words[i : i + _WORDS]) for i in range(max(1, len(words) - _WORDS + 1)))
    return array(CELL, sorted({crc32(run.encode("utf-8", "surrogatepass")) for run in runs})[:SIZE])


def likeness(one: Sketch, other: Sketch) -> float:
    """The Jaccard index of the sequences of two texts: exact for short texts, estimated for long ones."""
    both = set(one) & set(other)
    smallest = sorted(set(one) | set(other))[:SIZE]
    return sum(run in both for run in smallest) / len(smallest)


class Index:
    """Which texts to compare with a text."""

    def __init__(self) -> None:
        self._places: defaultdict[int, list[int]] = defaultdict(list)

    def near(self, text: Sketch) -> list[int]:
        """The numbers of the texts before this one that may be like it."""
        return sorted({i for key in _keys(text) for i in self._places.get(key, ())})

    def add(self, number: int, text: Sketch) -> None:
        """Remember a text under a number."""
        for key in _keys(text):
            self._places[key].append(number)


def _keys(text: Sketch) -> list[int]:
    """Each two of the smallest hashes that follow each other, as one number; of a text with one hash, that hash."""
    smallest = text[:_KEYS]
    return [one << 32 | other for one, other in pairwise(smallest)] or list(smallest)
