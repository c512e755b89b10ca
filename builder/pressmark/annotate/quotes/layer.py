"""The rules applied to an article: its sentences in, its attributions out, joined and nested."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressmark.annotate.quotes.rules import frames
from pressmark.annotate.quotes.words import words
from pressmark.segment import sentences as split_sentences
from pressmark.segment import zones as find_zones
from pressmark.segment.quotations import quotations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressmark.annotate.quotes.frames import Frame
    from pressmark.annotate.quotes.sources import Range
    from pressmark.annotate.quotes.words import Words
    from pressmark.model import Article, Medium, Span, Zone
    from pressmark.segment.quotations import Quotation

_ONLY_QUOTATIONS = re.compile(r"[.,-]*Q[Q.-]*\Z")
_NESTING = 3  # attributions in attributions in attributions


@dataclass(slots=True)
class Attribution:
    """Who is reported to say what, as offsets into the text, and the name of the rule that saw it.

    ``source`` is None where the text does not name one; ``parent`` is the attribution in whose content this one stands.
    """

    rule: str
    content: list[Range]
    cue: Range
    source: Range | None
    medium: Medium
    parent: Attribution | None = None
    awaits: bool = False


def attributions(article: Article, *, thought: bool = False) -> Iterator[Attribution]:
    """Every attribution of the article in the order of the cues, each before those that stand in its content."""
    zones = article.zones or find_zones(article.text)
    sentences = article.sentences or split_sentences(article.text, zones)
    reading = _Reading(article.text, thought=thought)
    for zone, inside, spans in _paragraphs(article.text, zones, sentences):
        reading.paragraph(zone, inside, spans)
    for attribution in reading.found:
        if attribution.content:
            yield attribution
            yield from reading.nested(attribution)


def _paragraphs(
    text: str, zones: Sequence[Zone], sentences: Sequence[Span]
) -> Iterator[tuple[Zone, list[Quotation], list[Range]]]:
    """Each zone written in sentences, with its outermost quotations and with its sentences, none of which splits a quotation."""
    outer = [q for q in quotations(text, ((zone.start, zone.end) for zone in zones)) if not q.depth]
    starts, begins = [q.start for q in outer], [span.start for span in sentences]
    for zone in zones:
        if zone.prose:
            inside = outer[bisect_left(starts, zone.start) : bisect_left(starts, zone.end)]
            spans = sentences[bisect_left(begins, zone.start) : bisect_left(begins, zone.end)]
            yield zone, inside, list(_whole(inside, spans))


def _whole(inside: list[Quotation], spans: Sequence[Span]) -> Iterator[Range]:
    start, i = None, 0
    for span in spans:
        start = span.start if start is None else start
        while i < len(inside) and inside[i].end <= span.end:
            i += 1
        if i == len(inside) or inside[i].start >= span.end:
            yield start, span.end
            start = None
    if start is not None:
        yield start, max(spans[-1].end, inside[-1].end)


def _closes(text: str, quotation: Quotation) -> bool:
    """Whether the quotation ends as a sentence does."""
    inner = text[quotation.inner_start : quotation.inner_end]
    return inner[-1] in ".?!" or inner.count(" ") < 3


class _Reading:
    """The state of reading an article: what was found, and the attribution that the next quotation may go on with."""

    def __init__(self, text: str, *, thought: bool) -> None:
        self._text = text
        self._thought = thought
        self._last: Attribution | None = None
        self.found: list[Attribution] = []

    def paragraph(self, zone: Zone, inside: list[Quotation], spans: list[Range]) -> None:
        goes_on = self._last is not None and (self._last.awaits or bool(inside and inside[0].continues))
        if not goes_on:
            self._last = None
        i = 0
        for start, end in spans:
            begin = i
            while i < len(inside) and inside[i].start < end:
                i += 1
            self._sentence(words(self._text, start, end, inside[begin:i]), inside[begin:i])

    def _sentence(self, w: Words, inside: list[Quotation]) -> None:
        if inside and self._last is not None and _ONLY_QUOTATIONS.match(w.tags):
            self._last.content += [(q.start, q.end) for q in inside]
            self._last.awaits = False
            return
        new = [_attribution(w, frame) for frame in frames(w, thought=self._thought)]
        if not new and inside and self._last is not None and w.tags[0] == "Q" and not _closes(self._text, inside[0]):
            self._last.content.append((w.starts[0], w.ends[-2 if w.tags[-1] == "." and len(w.ends) > 1 else -1]))
            return
        self.found += new
        self._last = next((one for one in new if any(q.start == one.content[-1][0] for q in inside if one.content)), new[0] if new else None)
        if new and new[-1].awaits:
            self._last = new[-1]

    def nested(self, attribution: Attribution) -> Iterator[Attribution]:
        return iter(())


def _attribution(w: Words, frame: Frame) -> Attribution:
    content = [_characters(w, part) for part in frame.content]
    source = _characters(w, frame.source) if frame.source else None
    return Attribution(frame.rule, content, _characters(w, frame.cue[0]), source, frame.medium, awaits=frame.awaits)


def _characters(w: Words, part: Range) -> Range:
    return w.starts[part[0]], w.ends[part[1] - 1]
