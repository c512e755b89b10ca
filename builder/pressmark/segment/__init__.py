"""Divides a text into zones and sentences, and pairs its quotation marks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressmark.record.model import Span
from pressmark.segment.sentences import sentences
from pressmark.segment.zones import zones

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Article, Zone

__all__ = ["segment", "sentences", "zones"]


def segment(article: Article) -> Article:
    """Add zones, unless the article has some, and sentences. The text does not change.

    A sentence never ends inside a mention of level name or value ("Yahoo! Inc.").
    """
    if article.zones:
        return replace(article, sentences=tuple(_unsplit(article, article.zones)))
    found, layers = zones(article.text), replace(article.layers, zones="silver")
    return replace(article, zones=found, layers=layers, sentences=tuple(_unsplit(article, found)))


def _unsplit(article: Article, zones: tuple[Zone, ...]) -> Iterator[Span]:
    whole = sorted(mention for entity in article.entities for mention in entity.mentions if mention.flat)
    if not whole:
        yield from sentences(article.text, zones)
        return
    zone_ends = {zone.end for zone in zones}
    start, i = None, 0
    for sentence in sentences(article.text, zones):
        start = sentence.start if start is None else start
        while i < len(whole) and whole[i].end <= sentence.end:
            i += 1
        if sentence.end in zone_ends or i == len(whole) or whole[i].start >= sentence.end:
            yield Span(start, sentence.end, article.text[start : sentence.end])
            start = None
