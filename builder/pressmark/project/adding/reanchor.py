"""Moves an annotation to a corrected version of its text, without a guess.

A span moves if its words stand in the new text at a place that is sure: they occur once in either text, or do so together
with some of the words around them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from pressmark.record.issue import Issue, json_pointer
from pressmark.record.text import quoted

_AROUND = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)  # code points on either side
_SPAN = {"start", "end", "text"}


class Moved(NamedTuple):
    """An annotation as parsed JSON, with the spans that moved, and the issues of those that did not."""

    record: dict[str, Any]
    issues: tuple[Issue, ...]


def moved(record: dict[str, Any], old: str, new: str, digest: str) -> Moved:
    """Returns an annotation of ``old`` as one of ``new``, whose SHA-256 is ``digest``.

    A span without a sure place keeps its ``text`` and has no offsets, as a draft may: `pressmark anchor` takes it once its text
    is corrected.
    """
    issues: list[Issue] = []

    def walk(value: Any, path: tuple[str | int, ...]) -> Any:
        if isinstance(value, list):
            return [walk(item, (*path, i)) for i, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        rest = {key: walk(item, (*path, key)) for key, item in value.items()}
        if not value.keys() >= _SPAN:
            return rest
        start = place(value["start"], value["end"], old, new)
        if start is not None:
            return rest | {"start": start, "end": start + value["end"] - value["start"]}
        issues.append(Issue("reanchor-span", f"{quoted(value['text'])} has no sure place in the new text", json_pointer(path)))
        return {key: item for key, item in rest.items() if key not in {"start", "end"}}

    made = walk(record, ())
    return Moved(made | {"text_sha256": digest}, tuple(issues))


def place(start: int, end: int, old: str, new: str) -> int | None:
    """Returns where ``old[start:end]`` starts in ``new``, or None if that is not sure. All offsets are code points."""
    for around in (0, *_AROUND):
        for left, right in ((around, around), (around, 0), (0, around)) if around else ((0, 0),):
            begin, stop = max(0, start - left), min(len(old), end + right)
            words = old[begin:stop]
            if _occurs_once(words, old) and _occurs_once(words, new):
                return new.index(words) + start - begin
    return None


def _occurs_once(words: str, text: str) -> bool:
    first = text.find(words)
    return first >= 0 and text.find(words, first + 1) < 0
