"""What a rule yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pressmark.record.model import Article


class Problem(NamedTuple):
    """One place that breaks a rule: a JSON Pointer into the article, and what was found there.

    ``place`` is the stretch of the text to show; ``expected`` says what would be right, ``hint`` how to get there, and only
    where that is sure.
    """

    pointer: str
    message: str
    place: tuple[int, int] | None = None
    expected: str | None = None
    hint: str | None = None


Problems = Iterator[Problem]
Rule = Callable[[Article], Problems]
