"""Level 5, guidelines: the values of dates, times, numbers and amounts (schema/GUIDELINES.md, section 4.5)."""

from __future__ import annotations

import re
from calendar import isleap
from datetime import date
from typing import TYPE_CHECKING

from pressmark.record.text import quoted
from pressmark.validation.rule import Problem, rule

if TYPE_CHECKING:
    from pressmark.record.model import Article
    from pressmark.validation.facts import Facts
    from pressmark.validation.rule import Problems

VALUE_LABELS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
_YEAR = r"(?:[0-9X]{4}|[0-9]{2,3}|BC[0-9]{4})"
_ZONE = r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_CLOCK = rf"T(?:(?:[01X][0-9X]|2[0-4X])(?::?[0-5X][0-9X](?::?[0-6X][0-9X](?:[.,][0-9]+)?)?)?{_ZONE}|MO|MI|AF|EV|NI|DT|PM)"
_WEEK = r"W(?:0[1-9X]|[1-4X][0-9X]|5[0-3X])(?:-(?:[1-7X]|WE))?"
_MONTH = r"(?:0[1-9X]|1[0-2X]|X[0-9X])(?:-(?:0[1-9X]|[12X][0-9X]|3[01X]))?"
_DAY_OF_YEAR = r"(?!000)(?:[0-2][0-9]{2}|3[0-5][0-9]|36[0-6])"
_DAY = rf"{_YEAR}(?:-(?:{_MONTH}|{_WEEK}|Q[1-4X]|H[12X]|SP|SU|FA|AU|WI|{_DAY_OF_YEAR}))?"
_AMOUNT = r"[0-9X]+(?:[.,][0-9]+)?"
_LENGTH = rf"P(?=.)(?:{_AMOUNT}(?:[YMWD]|DE|CE|Q))*(?:T(?:{_AMOUNT}[HMS])+)?"
_POINT = rf"(?:{_DAY}(?:{_CLOCK})?|{_CLOCK})"
_DATE = re.compile(rf"(?:{_POINT}|{_LENGTH}|(?:{_POINT}|{_LENGTH})?/(?:{_POINT}|{_LENGTH})?|(?:PRESENT|PAST|FUTURE)_REF)")
_FULL = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_LAST_OF_LEAP = re.compile(r"(?<![0-9])([0-9]{4})-366(?![0-9])")
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_AMOUNTS = {
    "PERCENT": (re.compile(rf"{_NUMBER} ?%"), "12%"),
    "MONEY": (re.compile(rf"[A-Z]{{3}} {_NUMBER}"), "USD 320000000000"),
    "QUANTITY": (re.compile(rf"{_NUMBER} \S.*"), "40 km"),
    "ORDINAL": (re.compile(r"[0-9]+"), "1"),
    "CARDINAL": (re.compile(rf"{_NUMBER}(?:/[0-9]+)?"), "2 or 1/3"),
}


@rule(level=5)
def value_date(article: Article, _: Facts) -> Problems:
    """The value of a DATE or TIME follows ISO 8601 or, if ISO 8601 cannot express it, TIMEX3.

    2023, 2023-01, 2023-01-11, 2023-W02, 2023-Q1, 199 (the 1990s), T15:30, P70Y, 2023-01-11/2023-01-13, XXXX-12-25.
    """
    for e, entity in enumerate(article.entities):
        if entity.label in {"DATE", "TIME"} and entity.value is not None and not _is_date(entity.value):
            first = entity.mentions[0]
            yield Problem(
                f"/entities/{e}/value",
                f"{quoted(entity.value)} is not an ISO 8601 date, time or duration",
                first.range,
                "such as 2023-01-11, 2023-01, 2023-W02, T15:30, P70Y",
            )


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    return all(_exists(*map(int, found)) for found in _FULL.findall(value)) and all(
        isleap(int(year)) for year in _LAST_OF_LEAP.findall(value)
    )


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@rule(level=5, severity="warning")
def value_amount(article: Article, _: Facts) -> Problems:
    """The value of a PERCENT, MONEY, QUANTITY, ORDINAL or CARDINAL is written in figures: 12%, USD 40000000, 40 km, 1, 2/3."""
    for e, entity in enumerate(article.entities):
        form, example = _AMOUNTS.get(entity.label, (None, ""))
        if form and entity.value is not None and not form.fullmatch(entity.value):
            first = entity.mentions[0]
            message = f"{quoted(entity.value)} does not have the form of {entity.label}"
            yield Problem(f"/entities/{e}/value", message, first.range, f"such as {example}")


@rule(level=5, severity="warning")
def value_label(article: Article, _: Facts) -> Problems:
    """Only dates, times, numbers and amounts may have a ``value``. They never have a ``kb_id``."""
    for e, entity in enumerate(article.entities):
        if entity.kb_id is not None and entity.label in VALUE_LABELS:
            message = f"{entity.id} has label {entity.label}, but also the kb_id {quoted(entity.kb_id)}"
            yield Problem(f"/entities/{e}/kb_id", message, expected="null")
        if entity.value is not None and entity.label not in VALUE_LABELS:
            message = f"{entity.id} has label {entity.label}, but also the value {quoted(entity.value)}"
            yield Problem(f"/entities/{e}/value", message, expected="null")


@rule(level=5, severity="warning")
def value_unique(article: Article, _: Facts) -> Problems:
    """A date or time is one entity with all its mentions. Values with X are not compared."""
    seen: dict[tuple[str, str], str] = {}
    for e, entity in enumerate(article.entities):
        if entity.label in {"DATE", "TIME"} and entity.value is not None and "X" not in entity.value:
            first = seen.setdefault((entity.label, entity.value), entity.id)
            if first != entity.id:
                message = f"{quoted(entity.value)} is also the value of {first}"
                yield Problem(f"/entities/{e}/value", message, expected="one entity with the mentions of both")


@rule(level=5)
def published_date(article: Article, _: Facts) -> Problems:
    """The day of publication exists in the calendar."""
    found = article.metadata.published
    if found is not None and not _exists(*map(int, found.split("-"))):
        yield Problem("/metadata/published", f"{found} does not exist", expected="a day of the calendar, YYYY-MM-DD")
