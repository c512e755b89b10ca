"""Finds the day by which an article's "Tuesday" and "last year" are resolved."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from pressmark.annotators.entities.dates import Calendar
from pressmark.annotators.entities.values import values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Article

_DAY = len("2016-09-28")


def calendar(article: Article) -> Calendar:
    """The calendar of the day of publication; if that is unknown, of the first whole date above the body or in its dateline."""
    known = Calendar(article.metadata)
    if known.today:
        return known
    day = next(_days(article, known), None)
    return Calendar(replace(article.metadata, published=day)) if day else known


def _days(article: Article, known: Calendar) -> Iterator[str]:
    above = takewhile(lambda zone: zone.type != "body", article.zones)
    for zone in above:
        if zone.type in {"dateline", "byline", "boilerplate"}:
            for found in values(article.text, zone.start, zone.end, known):
                if found.label == "DATE" and found.value and len(found.value) == _DAY:
                    yield found.value
