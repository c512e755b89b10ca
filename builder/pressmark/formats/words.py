"""Splits a text into words for tools that hold spans as ranges of tokens, so that every span fits."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Word(NamedTuple):
    """The word ``text[start:end]`` (code points), and whether one space follows that belongs to no word."""

    start: int
    end: int
    is_spaced: bool


def words(text: str, tokens: Iterable[tuple[int, int]], edges: Iterable[int]) -> Iterator[Word]:
    """Returns words that cover the whole text: the tokens, cut where an edge lies inside one, and the white space between.

    A single space after a word belongs to that word's ``is_spaced``, as in spaCy; other white space is a word of its own.
    """
    cuts = sorted({0, len(text), *edges, *(offset for token in tokens for offset in token)})
    taken = 0
    for start, end in pairwise(cuts):
        for match in re.finditer(r"\s+|\S+", text[start:end]):
            begin, reach = max(start + match.start(), taken), start + match.end()
            if begin < reach:
                is_spaced = text[reach : reach + 1] == " "
                taken = reach + is_spaced
                yield Word(begin, reach, is_spaced)
