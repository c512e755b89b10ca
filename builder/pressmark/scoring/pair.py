"""The types of scoring: `Pair`, one article annotated twice, and `Marked`, spans with their tokens."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pressmark.record.text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.record.model import Article, Span

Scored = Literal["entities", "quotes", "claims"]
LAYERS: tuple[Scored, ...] = ("entities", "quotes", "claims")


@dataclass(frozen=True, slots=True)
class Marked:
    """Some spans, sorted, and the tokens that they share a character with."""

    spans: tuple[tuple[int, int], ...]
    tokens: frozenset[int]

    def jaccard(self, other: Marked) -> float:
        """Shared tokens divided by all tokens (Jaccard 1912). It is 1 if both mark nothing."""
        union = len(self.tokens | other.tokens)
        return len(self.tokens & other.tokens) / union if union else 1.0

    def overlaps(self, other: Marked) -> bool:
        """Whether the two share a token."""
        return not self.tokens.isdisjoint(other.tokens)

    def agrees(self, other: Marked) -> bool:
        """Whether the two overlap or both mark nothing."""
        return self.overlaps(other) or not (self.tokens or other.tokens)


class Pair:
    """Two annotations of one text, gold and predicted. ``starts`` and ``ends`` are the offsets of its tokens.

    ``is_bare`` says that a side is known by spans and labels alone, so that of its entities nothing else can be compared.
    """

    def __init__(self, gold: Article, pred: Article, *, is_bare: bool = False) -> None:
        self.gold, self.pred, self.is_bare = gold, pred, is_bare
        places = list(tokens(gold.text))
        self.starts = [start for start, _ in places]
        self.ends = [end for _, end in places]

    def annotated(self, *layers: Scored) -> bool:
        """Whether both sides have annotated these layers. An annotated layer may be empty; one with items is annotated."""
        sides = (self.gold, self.pred)
        return all(getattr(side.layers, layer) != "none" or getattr(side, layer) for side in sides for layer in layers)

    def marked(self, spans: Iterable[Span]) -> Marked:
        """The spans with their tokens."""
        places = sorted({span.range for span in spans})
        return Marked(tuple(places), frozenset[int]().union(*(self.tokens_of(*place) for place in places)))

    def tokens_of(self, start: int, end: int) -> range:
        """The tokens that share a character with ``[start, end)``."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))
