"""Finds the quoted spans of an inline draft, and writes a span so that it is found again."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pressmark.project.drafts import start_of
from pressmark.project.inline_lines import in_string
from pressmark.record.text import occurrences
from pressmark.segment import sentences, zones
from pressmark.segment.quotations import quotations, verbatim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.project.inline_lines import Part
    from pressmark.record.model import Article, QuoteType

Range = tuple[int, int]
Near = tuple[list[Range], ...]  # where to look for a span that occurs several times, first to last


class Finder:
    """Finds spans in one article. Everything follows from its text alone, so a reader finds what a writer meant."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self.text = article.text
        found = tuple(zones(article.text))
        self._sentences = [sentence.range for sentence in sentences(article.text, found)]
        self._marks = quotations(article.text, (zone.range for zone in found))

    def span(self, part: Part, near: Near = ()) -> dict[str, Any]:
        """Returns the span of a draft that is quoted, with its start if it fits one place."""
        given: dict[str, Any] = {"text": part.text}
        if part.number is not None:
            given["occurrence"] = part.number
        if part.context is not None:
            given["context"] = part.context
        start = self._start(part.text or "", near) if given.keys() == {"text"} else start_of(self._article, given)
        return given if start is None else {"text": part.text, "start": start}

    def _start(self, words: str, near: Near) -> int | None:
        places = occurrences(self._article.text, words)
        for ranges in near:
            if len(places) > 1:
                inside = [place for place in places if any(a <= place and place + len(words) <= b for a, b in ranges)]
                places = inside or places
        return places[0] if len(places) == 1 else None

    def written(self, start: int, words: str, near: Near = ()) -> str:
        """Writes the span at an offset: quoted, and with its number where it would not be found else."""
        if self._start(words, near) == start:
            return in_string(words)
        places = occurrences(self._article.text, words)
        return f"{in_string(words)} #{places.index(start) + 1}" if start in places else in_string(words)

    def around(self, content: Iterable[Range]) -> Near:
        """Returns where the cue, source and addressee of a content are looked for: in its sentences, then there outside it."""
        found = list(content)
        near = [(a, b) for a, b in self._sentences if any(start < b and a < end for start, end in found)]
        edges = sorted({edge for part in (*near, *found) for edge in part})
        pieces = [(a, b) for a, b in pairwise(edges) if any(s <= a and b <= e for s, e in near)]
        return near, [(a, b) for a, b in pieces if not any(start <= a and b <= end for start, end in found)]

    def verbatim(self, content: Iterable[Range]) -> tuple[QuoteType, list[Range]]:
        """Returns the type that the marks of a content make of its quote, and the parts inside them."""
        return verbatim(self._article.text, content, self._marks)
