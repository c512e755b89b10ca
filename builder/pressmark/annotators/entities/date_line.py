"""Finds the day by which an article's "Tuesday" and "last year" are resolved, and its day of publication from a date line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pressmark.annotators.entities.dates import Calendar
from pressmark.annotators.entities.value_starts import begins
from pressmark.annotators.entities.values import values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.entities.values import Value
    from pressmark.record.model import Article, Zone

_DAY = len("2016-09-28")
_TOP = 6  # zones from the top in which a date line is looked for
_LINE = 120  # characters of a body in which its date ends
_BEHIND = re.compile(r"\W*\Z|\s*(?:[–—|:]|-+)\s|\s+[A-Z“\"]|\n")  # behind a date: nothing, a dash, or a sentence
_EITHER = re.compile(r"(0?[1-9]|1[0-2])([/.-])(?!0?\1\2)(?:0?[1-9]|1[0-2])\2\d{4}")  # the fifth of March, or the third of May


def calendar(article: Article) -> Calendar:
    """The calendar of the day of publication; if that is unknown or inferred, of the date line (guidelines, section 4.5)."""
    stated = Calendar(article.metadata)
    if stated.today and "published" not in article.metadata.inferred:
        return stated
    day = next((found.value for found in _days(article, stated)), None)
    return Calendar(replace(article.metadata, published=day)) if day else stated


def dated(article: Article) -> Article:
    """Add the day of publication from the date line, marked as inferred, if none is known. The article must have zones.

    A date without its year, or one that could be two days (3/5/2011), gives none.
    """
    known = article.metadata
    if known.published is not None:
        return article
    found = next(_days(article, Calendar(known)), None)
    if found is None or (known.translated_from is None and _EITHER.search(article.text, found.start, found.end)):
        return article
    inferred = (*known.inferred, "published")
    return replace(article, metadata=replace(known, published=found.value, inferred=inferred))


def _days(article: Article, stated: Calendar) -> Iterator[Value]:
    """The whole dates of the date lines: above the body, in its dateline, or where it begins."""
    for zone in article.zones[:_TOP]:
        if zone.type in {"dateline", "byline", "boilerplate"} or (zone.type == "body" and begins(article.text, zone.start)):
            for found in values(article.text, zone.start, min(zone.end, zone.start + _LINE), stated):
                is_day = found.label == "DATE" and found.value and len(found.value) == _DAY and found.value[:4].isdigit()
                if is_day and (zone.type != "body" or _begins(article.text, zone, found)):
                    yield found


def _begins(text: str, zone: Zone, found: Value) -> bool:
    """Whether a body begins with the date as with a line of its own."""
    return found.start == zone.start and _BEHIND.match(text, found.end, zone.end) is not None
