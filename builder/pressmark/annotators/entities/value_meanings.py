"""What the match of a pattern of `values` means: its normalised form, or None if it has none."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pressmark.annotators.entities import dates
from pressmark.annotators.entities.measurement_units import CURRENCIES, SYMBOLS
from pressmark.annotators.entities.numbers import ORDINALS, number, plain

if TYPE_CHECKING:
    import re

    from pressmark.annotators.entities.dates import Calendar

SHARES = {"one": "1", "two": "2", "three": "3", "four": "4"}
_PARTS_OF = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}


def signed(match: re.Match[str], _: Calendar) -> str | None:
    """USD 5 of "$5"."""
    many = number(f"{match['n']} {match['k'] or ''}")
    return f"{CURRENCIES[match['sign']]} {plain(many)}" if many is not None else None


def money(match: re.Match[str], _: Calendar) -> str | None:
    """EUR 40 of "40 euros", USD 0.5 of "50 cents"; None of "95 kroner", which may be Danish or Norwegian."""
    many, code = number(match["n"]), CURRENCIES.get(match["unit"])
    if many is not None and match["unit"].startswith("cent"):
        many /= 100
    return f"{code} {plain(many)}" if code and many is not None else None


def percent(match: re.Match[str], _: Calendar) -> str | None:
    """12% of "12 percent"."""
    many = number(match["n"])
    return f"{_sign(match)}{plain(many)}%" if many is not None else None


def figures(match: re.Match[str], calendar: Calendar) -> str | None:
    """The day of "11/1/2023"."""
    return calendar.figures(match["a"], match["b"], match["y"])


def named(match: re.Match[str], calendar: Calendar) -> str | None:
    """The day of "January 11" or "11 January 2023"."""
    return calendar.named(match["month"], match["day"], match["y"])


def month(match: re.Match[str], calendar: Calendar) -> str | None:
    """The month of "January" or "January 2023"."""
    return calendar.named(match["month"], None, match["y"])


def clock(match: re.Match[str], _: Calendar) -> str | None:
    """T21:30 of "9:30 p.m."."""
    return dates.clock(match["h"], match["m"], match["half"])


def weekday(match: re.Match[str], calendar: Calendar) -> str | None:
    """The day of "Monday", by the verb beside it."""
    text, (start, end) = match.string, match.span()
    relation = "this" if text[end : end + 1] in {"’", "'"} else (match["when"] or "").lower()
    return calendar.weekday(
        match["name"], relation, text[max(0, start - 120) : start], text[end : min(end + 120, match.endpos)]
    )


def part_of_day(match: re.Match[str], calendar: Calendar) -> str | None:
    """2023-01-11TEV of "Wednesday evening"."""
    day = calendar.near(match["near"]) if match["near"] else weekday(match, calendar)
    return f"{day}T{dates.PARTS[match['part']]}" if day else None


def fraction(match: re.Match[str], _: Calendar) -> str:
    """2/3 of "two-thirds"."""
    return f"{SHARES.get(match['n'].lower(), '1')}/{_PARTS_OF[match['unit'].rstrip('s')]}"


def age(match: re.Match[str], _: Calendar) -> str:
    """P45Y of the age in "Ann Lee, 45, "."""
    return f"P{match['n']}Y"


def duration(match: re.Match[str], _: Calendar) -> str | None:
    """P2W of "two weeks", PT2H of "two hours"."""
    return dates.duration(match["n"], match["unit"])


def half_more(match: re.Match[str], _: Calendar) -> str | None:
    """P2W of "two weeks", PT2.5H of "two and a half hours"."""
    many = number(match["n"])
    return (
        dates.duration(plain(many + Decimal("0.5")) if match["half"] else match["n"], match["unit"])
        if many is not None
        else None
    )


def ago(match: re.Match[str], calendar: Calendar) -> str | None:
    """The period of "two years ago"; that of "two years earlier" is unknown."""
    return calendar.ago(match["n"], match["unit"]) if match[0].endswith("ago") else None


def measure(match: re.Match[str], _: Calendar) -> str | None:
    """40 km of "40 kilometres"."""
    many = number(match["n"])
    return f"{_sign(match)}{plain(many)} {SYMBOLS[match['unit']]}" if many is not None else None


def _sign(match: re.Match[str]) -> str:
    return "-" if match["sign"] else ""


def one_in(match: re.Match[str], _: Calendar) -> str | None:
    """1/10 of "one in ten"."""
    many = number(match["unit"])
    return f"1/{plain(many)}" if many else None


def century(match: re.Match[str], _: Calendar) -> str | None:
    """18XX of "19th century"."""
    many = ORDINALS[match["word"].lower()] if match["word"] else int(match["n"])
    return f"{many - 1:02d}XX" if 0 < many < 100 else None


def ordinal(match: re.Match[str], _: Calendar) -> str | None:
    """21 of "21st"."""
    return str(ORDINALS[match["word"].lower()]) if match["word"] else match["n"]


def cardinal(match: re.Match[str], _: Calendar) -> str | None:
    """7 of "seven"."""
    many = number(match["n"])
    return plain(many) if many is not None else None
