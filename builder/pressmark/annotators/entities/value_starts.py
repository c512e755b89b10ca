"""Finds where a value may begin: at a figure, a currency sign or one of a few words. So most of a text is skipped fast."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from pressmark.annotators.entities.dates import WEEKDAYS
from pressmark.annotators.entities.numbers import ORDINALS, SMALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What a value begins with: a figure or sign, a number in words or a degree ("about"), an ordinal, a relation ("last"), a day or
# month, or a word that is a value by itself ("today").
Sort = Literal["figure", "number", "ordinal", "relation", "name", "word"]

_WEEKDAYS = tuple(name.capitalize() for name in WEEKDAYS)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT_MONTHS = "Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
DAY = rf"(?:{'|'.join(_WEEKDAYS)})"
_CAPITAL_MONTHS = f"{_MONTHS}|{_SHORT_MONTHS}".upper()  # JAN. 5
MONTH = rf"(?:(?:{_MONTHS})\b|(?:{_SHORT_MONTHS})(?:\.|\b))"
DATED_MONTH = rf"(?:{MONTH}|(?:{_CAPITAL_MONTHS})(?:\.|\b))"  # beside a day
_S = r"[ \xa0]"
_NUMBERS = tuple(SMALL.split("|"))
DEGREES = (
    "about",
    "around",
    "almost",
    "nearly",
    "more than",
    "less than",
    "over",
    "under",
    "at least",
    "up to",
    "roughly",
    "as many as",
)
RELATIONS = ("this", "last", "next", "early", "late")
_LONG = tuple(f"{unit}{plural}-long" for unit in ("week", "month", "year", "day") for plural in ("", "s"))
_EDGES = ("end", "start", "beginning", "middle")
EDGE = rf"(?:{'|'.join(_EDGES)})[ \xa0]of[ \xa0]"
_WORDS = ("today", "yesterday", "tomorrow", "noon", "midnight", *_LONG)
_PERIOD = "year|month|week|decade|century|quarter|spring|summer|autumn|fall|winter"
_SORTS: dict[str, Sort] = {
    **dict.fromkeys((*_NUMBERS, *DEGREES), "number"),
    **dict.fromkeys(ORDINALS, "ordinal"),
    **dict.fromkeys(("a", "minus"), "number"),
    **dict.fromkeys((*_EDGES, "mid"), "relation"),
    **dict.fromkeys(RELATIONS, "relation"),
    **dict.fromkeys(_WORDS, "word"),
}


def _any_of(rows: Iterable[tuple[Iterable[str], str]]) -> str:
    """A pattern of words and, a row, what must follow them, with a group for each first letter: to try word by word is slow."""
    rests: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for words, ahead in rows:
        for word in words:
            rests[word[0]][ahead].append(word[1:])
    return f"(?:{'|'.join(f'{first}(?:{_followed(rows)})' for first, rows in rests.items())})"


def _followed(rows: dict[str, list[str]]) -> str:
    return "|".join(f"(?:{'|'.join(rests)}){ahead}" for ahead, rests in rows.items())


def _either(words: Iterable[str]) -> list[str]:
    """The words, with a small letter first and with a capital."""
    return [form for word in words for form in (word, word.capitalize())]


_SMALL = _any_of([(_either(_NUMBERS), r"\b")])
_BELOW = rf"[-−](?=[0-9.]{{1,6}}(?:{_S}?(?:°|%|[Pp]ercent\b|[Dd]egrees\b)))"  # -3 degrees
_FIGURE = rf"[0-9$€£¥₹]|{_BELOW}|(?:US|A|C|HK|NZ|S)\$[0-9]|(?:Rp|USD|EUR|GBP|Rs\.?|IDR|JPY){_S}?[0-9]"
_COUNTED = rf"(?={_S}(?:[0-9$€£¥₹]|[A-Z]{{1,2}}\$|{_SMALL}|a{_S}(?:third|quarter|fifth|tenth)\b))"
_DATED = rf"(?={_S}(?:{DAY}|{MONTH}|[0-9]|{_PERIOD}|{_SMALL}))"
_WORD = _any_of(
    (
        (_either((*_NUMBERS, *ORDINALS, *_WORDS)), r"\b"),
        (_either(DEGREES), _COUNTED),
        (("a", "A"), rf"(?={_S}(?:third|quarter|fifth|tenth)\b)"),
        (_either(_EDGES), rf"(?={_S}of{_S}(?:(?:the|this|last|next){_S}(?:{_PERIOD})\b|{MONTH}|[12]))"),
        (_either(("minus",)), rf"(?={_S}(?:[0-9]|{_SMALL}))"),
        (_either(("mid",)), rf"(?=-(?:{MONTH}|[12]))"),
        (_either(RELATIONS), _DATED),
        ((*_WEEKDAYS, *_MONTHS.split("|")), r"(?![\w-])"),
        (_SHORT_MONTHS.split("|"), r"(?:\.|\b)(?![\w-])"),
        (_CAPITAL_MONTHS.split("|"), rf"(?=\.?{_S}[0-9])"),
    )
)
_TRIGGER = re.compile(rf"(?<![\w.,$€£¥₹])(?:(?P<figure>{_FIGURE})|{_WORD})")


def begins(text: str, place: int) -> bool:
    """Whether a value may begin at an offset in the text."""
    return _TRIGGER.match(text, place) is not None


def triggers(text: str, start: int, end: int) -> Iterator[tuple[int, Sort]]:
    """Return the offsets in ``text[start:end]`` where a value may begin, each with what it begins with."""
    for match in _TRIGGER.finditer(text, start, end):
        yield match.start(), "figure" if match["figure"] else _SORTS.get(match[0].lower(), "name")
