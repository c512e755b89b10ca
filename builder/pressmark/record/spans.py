"""Makes the spans of a record from ranges of offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.record.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable


def spans(text: str, parts: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Make spans of the parts ``text[start:end]`` (code points): trimmed, sorted and disjoint.

    Where parts overlap, the earlier one has the characters. Parts of white space alone give no span.
    """
    found: list[Span] = []
    for start, end in sorted(parts):
        begin = max(start, found[-1].end) if found else start
        part = text[begin:end]
        begin += len(part) - len(part.lstrip())
        if words := part.strip():
            found.append(Span(begin, begin + len(words), words))
    return tuple(found)
