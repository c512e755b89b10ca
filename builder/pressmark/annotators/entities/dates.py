"""Converts dates and times in words to ISO 8601, relative to the day of publication (TIMEX3 values)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pressmark.annotators.entities.numbers import number, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressmark.record.model import Metadata

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LETTERS = {"year": "Y", "decade": "Y", "century": "Y", "centurie": "Y", "month": "M", "week": "W", "weekend": "W", "day": "D"}
_TIMES = {"decade": 10, "century": 100, "centurie": 100}
_CLOCK = {"hour": "H", "minute": "M", "second": "S"}
# CLDR short date patterns with the month first; all others write the day or the year first.
_MONTH_FIRST = {"en-us", "en-as", "en-gu", "en-pr", "fil", "tl", "chr"}
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
_TENSE = re.compile(
    r"(?P<future>(?:\b(?:will|would|shall|is to|are to|plan(?:s|ned)? to|next|upcoming|scheduled|expected to|set to|due to)\b"
    r"|[’']ll\b)(?: (?:not|also|then|be|have been|\w+ly))*(?: \w+ed\b)?)"
    r"|\b(?:said|says|told|was|were|had|did|went|came|took|made|held|met|left|began|won|lost|spoke|gave|wrote|\w{2,}ed)\b"
)
# What a headline or a plain present tells of a day to come: "port to shut on Friday", "the board meets Friday".
_PLANNED = re.compile(
    r"\b(?:to [a-z]{2,}|meets?|begins?|starts?|opens?|closes?|ends?|returns?|faces?|plays?|votes?|goes|go|takes? place"
    r"|kicks? off)\b"
)
_SENTENCE = re.compile(r"[.!?][”\"’')]*\s+(?=[A-Z“\"])|\n+(?=[A-Z“\"])")


class Calendar:
    """Resolves the dates of one article. ``today`` is its day of publication, None if unknown."""

    def __init__(self, metadata: Metadata) -> None:
        self.today = _day(metadata.published)
        self._is_month_first = (metadata.translated_from or "").lower() in _MONTH_FIRST

    def figures(self, first: str, second: str, year: str) -> str | None:
        """The day of "11/1/2023": the day first, unless the language of origin writes the month first or that is no day."""
        day, month = (second, first) if self._is_month_first else (first, second)
        if int(month) > 12:
            day, month = month, day
        return _iso(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))

    def named(self, month: str, day: str | None, year: str | None) -> str | None:
        """The day or month of "January 11, 2023", "11 January", "January"; without a year, the one nearest to today.

        Where no year is known it is XXXX.
        """
        place = _MONTHS.index(month[:3].lower()) + 1
        if year:
            return _iso(int(year), place, int(day)) if day else f"{year}-{place:02d}"
        if not self.today:
            leap = day and _iso(2000, place, int(day))
            return f"XXXX-{leap[5:]}" if leap else f"XXXX-{place:02d}" if not day else None
        years = [year for year in range(self.today.year - 1, self.today.year + 2) if _year(year)]
        near = min(years, key=lambda y: abs((date(y, place, 15) - self.today).days if self.today else 0))
        return _iso(near, place, int(day)) if day else f"{near}-{place:02d}"

    def weekday(self, name: str, relation: str, before: str, after: str) -> str | None:
        """A weekday of this week; of the one before or after where "last", "next" or the tense says so.

        The tense is that of the last verb before it or, without one, of the first after it.
        """
        if not self.today:
            return f"XXXX-WXX-{WEEKDAYS.index(name.lower()) + 1}"
        shift = WEEKDAYS.index(name.lower()) - self.today.weekday()
        is_future = _is_future(before, after)
        if relation == "last":
            shift -= 7 if shift >= 0 else 0
        elif relation == "next":
            shift += 7 if shift <= 0 else 0
        elif relation != "this":
            shift += 7 * (is_future and shift < 0) - 7 * (not is_future and shift > 0)
        return _moved(self.today, shift)

    def season(self, relation: str, name: str) -> str:
        """The season of "last spring": of this year or of the one before or after; XXXX-SP if that is unknown."""
        shift = {"last": -1, "next": 1}.get(relation.lower())
        year = _year(self.today.year + shift) if self.today and shift else None
        return f"{year or 'XXXX'}-{_SEASONS[name.lower()]}"

    def near(self, word: str) -> str | None:
        """The day of "today", "yesterday", "tomorrow"."""
        shift = {"yesterday": -1, "tomorrow": 1}.get(word.lower(), 0)
        return _moved(self.today, shift) if self.today else None

    def period(self, relation: str, unit: str) -> str | None:
        """The period of "last year", "this month", "next week"."""
        if not self.today:
            return None
        shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(relation.lower(), 0)
        return self._shifted(unit.lower(), shift)

    def ago(self, count: str, unit: str) -> str | None:
        """The period of "two years ago"."""
        many, unit = number(count), unit.lower().removesuffix("s")
        if not self.today or many is None or many > 9999 or many != int(many):
            return None
        return self._shifted(unit, -int(many))

    def _shifted(self, unit: str, shift: int) -> str | None:
        today = self.today or date.min
        makers: dict[str, Callable[[], str | None]] = {
            "day": lambda: _moved(today, shift),
            "week": lambda: _week(today, shift),
            "month": lambda: _month(today, shift),
            "year": lambda: _year(today.year + shift),
            "decade": lambda: (_year(today.year + 10 * shift) or "")[:3] + "X" if 0 < today.year + 10 * shift < 9999 else None,
        }
        return makers[unit]() if unit in makers else None


def duration(count: str, unit: str) -> str | None:
    """P70Y for "seven decades", PT2H for "two hours"."""
    many, unit = number(count), unit.lower().removesuffix("s")
    if many is None:
        return None
    if unit in _CLOCK:
        return f"PT{plain(many)}{_CLOCK[unit]}"
    return f"P{plain(many * _TIMES.get(unit, 1))}{_LETTERS[unit]}"


def clock(hour: str, minute: str | None, half: str | None) -> str | None:
    """T21:30 for "9:30 p.m."."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.lower().startswith("p") else 0)
    return f"T{hours:02d}:{minutes:02d}" if hours < 24 and minutes < 60 else None


def _is_future(before: str, after: str) -> bool:
    beginning, rest = _SENTENCE.split(before)[-1], _SENTENCE.split(after)[0]
    tenses = list(_TENSE.finditer(beginning))
    tense = tenses[-1] if tenses else _TENSE.search(rest)
    return bool(tense["future"]) if tense else _PLANNED.search(beginning) is not None


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _moved(today: date, days: int) -> str | None:
    try:
        return (today + timedelta(days)).isoformat()
    except OverflowError:
        return None


def _week(today: date, weeks: int) -> str | None:
    moved = _moved(today, 7 * weeks)
    if not moved:
        return None
    year, week, _ = date.fromisoformat(moved).isocalendar()
    return f"{year:04d}-W{week:02d}"


def _month(today: date, months: int) -> str | None:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return f"{year:04d}-{month + 1:02d}" if _year(year) else None


def _year(year: int) -> str | None:
    return f"{year:04d}" if 0 < year <= 9999 else None
