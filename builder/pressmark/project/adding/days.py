"""Reads a day of publication in the forms in which sources write it. What can be read in two ways is not read at all."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_WORDS = ("%d %B %Y", "%B %d, %Y", "%B %d %Y", "%d %b %Y", "%b %d, %Y", "%b %d %Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d")
_CLOCK = re.compile(r"[T ]\d{1,2}:\d\d.*$|\s+(?:at\s+)?\d{1,2}:\d\d.*$", re.IGNORECASE)


def day(value: object, form: str | None = None) -> str | None:
    """Returns the day as YYYY-MM-DD, or None if it is not sure which day is meant: ``1/2/2023``, or a number.

    The day is the one that is written, whatever the time zone. ``form``, as `datetime.strptime` takes it, is tried first.
    """
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else None
    text = " ".join(str(value).split())
    if form is not None and (found := _read(text, form)):
        return found
    return _iso(text) or next((found for one in _WORDS if (found := _read(_CLOCK.sub("", text), one))), None) or _mail(text)


def is_form(form: str) -> bool:
    """Whether days can be written and read in this form."""
    one = date(2023, 1, 31)
    return _read(one.strftime(form), form) == one.isoformat()


def _iso(text: str) -> str | None:
    found = re.match(r"(\d{4}-\d\d-\d\d)(?:$|[T ])", text)
    return _read(found[1], "%Y-%m-%d") if found else None


def _read(text: str, form: str) -> str | None:
    try:
        found = datetime.strptime(text, form)  # noqa: DTZ007 - only the day is of interest
    except ValueError:
        return None
    return day(found)


def _mail(text: str) -> str | None:
    """A date as in e-mail, HTTP and RSS: ``Wed, 11 Jan 2023 10:00:00 GMT``."""
    try:
        return day(parsedate_to_datetime(text)) if re.match(r"[A-Z][a-z]{2}, ", text) else None
    except (ValueError, TypeError):
        return None
