"""Finds values and converts them: dates, times, money, percentages, measures, ordinals and numbers.

At each place where one may begin (`triggers`) the patterns that fit are tried in the order of `_all_kinds`, and the first that
matches wins. Convention: schema/GUIDELINES.md, section 4.5.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.entities import dates
from pressmark.annotators.entities import value_meanings as meanings
from pressmark.annotators.entities.measurement_units import AMBIGUOUS, CURRENCIES, SIGNS, SYMBOLS
from pressmark.annotators.entities.numbers import IN_FIGURES, LETTER, NUMBER, ORDINALS, SCALE
from pressmark.annotators.entities.value_starts import DATED_MONTH, DAY, DEGREES, EDGE, MONTH, RELATIONS, triggers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.annotators.entities.dates import Calendar
    from pressmark.annotators.entities.value_starts import Sort
    from pressmark.record.model import EntityLabel

_DEGREE = rf"(?:{'|'.join(DEGREES)})[ \xa0]"
_RELATION = rf"(?i:{'|'.join(RELATIONS)})"
_SPAN = r"(?:years?|decades?|centur(?:y|ies)|months?|weeks?|days?)"
_YEAR = r"(?:1[5-9]|20)[0-9][0-9]"
_HALF = r"(?:[ap]\.m\.|[ap]m\b|[AP]M\b|[AP]\.M\.)"
_S = r"[ \xa0]"
_MONEY = "|".join(sorted(map(re.escape, {*CURRENCIES, *AMBIGUOUS} - {"won"}), key=len, reverse=True))
# Money only behind a million or more, and before nothing that can be won.
_WON = r"(?<=illion)[ \xa0](?P<unit>won)\b(?![ \xa0](?:the|a|an|his|her|its|their|it|over)\b)"
_MEASURE = "|".join(sorted(map(re.escape, SYMBOLS), key=len, reverse=True))
_IN = r"(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Uu]ntil )|(?<=\b[Dd]uring ))"  # before May and March, which are words too
# Behind "a third" that is a fraction: "a third of it", "rose by a third in May", but not "a third man".
_SHARE = (
    r"(?=\W*\Z|[.,;:!?)”\"]|[ \xa0](?:of|in|on|to|from|at|by|since|this|last|as|than|and|or|but|are|were|is|was|have|had|has"
    r"|do|did|said|say|voted|left|want|think|will|would|could|may|more|less|fewer|higher|lower)\b)"
)
_NAMED_BEFORE = re.compile(r"[A-Z][\w’'-]+,[ \xa0]\Z")  # of "Ann Lee, 45,"
_SOMEBODY_BEFORE = re.compile(
    r"\b(?:boy|girl|man|woman|child|son|daughter|brother|sister|mother|father|driver|victim|suspect),[ \xa0]\Z"
)
_LONGEST = 12  # figures of a number without commas; more are an account's or a message's


class Value(NamedTuple):
    """A value ``text[start:end]`` (code points): its label, its normalised form, and the rule that found it."""

    start: int
    end: int
    label: EntityLabel
    value: str | None
    rule: str
    confidence: float


class _Kind(NamedTuple):
    rule: str
    label: EntityLabel
    pattern: str
    meaning: Callable[[re.Match[str], Calendar], str | None]
    confidence: float


def values(text: str, start: int, end: int, calendar: Calendar) -> Iterator[Value]:
    """Return the values in ``text[start:end]``, in order and disjoint."""
    place = start
    for begin, sort in triggers(text, start, end):
        for kind in _kinds()[sort] if begin >= place else ():
            match = _compiled(kind.pattern).match(text, begin, end)
            if match and not _is_part(text, match.end(), end) and (found := _value(kind, match, calendar)):
                yield found
                place = found.end
                break


def _value(kind: _Kind, match: re.Match[str], calendar: Calendar) -> Value | None:
    if kind.label in {"CARDINAL", "ORDINAL"} and not _counts(match):
        return None
    if kind.rule == "age-alone" and not _is_age(match):
        return None
    return Value(*match.span(), kind.label, kind.meaning(match, calendar) or None, kind.rule, kind.confidence)


def _is_age(match: re.Match[str]) -> bool:
    """Whether somebody stands before the number: "Ann Lee, 45," or "the boy, 9,"."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    return (len(match["n"]) > 1 and _NAMED_BEFORE.search(before) is not None) or _SOMEBODY_BEFORE.search(before) is not None


def _is_part(text: str, end: int, limit: int) -> bool:
    """Whether the match ends inside a word or a longer figure."""
    after = text[end : min(end + 2, limit)]
    return bool(after) and (after[0].isalnum() or after[0] == "_" or (after[0] in ".,:/" and after[1:].isdigit()))


def _counts(match: re.Match[str]) -> bool:
    """Whether a number or ordinal counts something, and is no name's or phrase's: "Chapter 11", "at first", "one another"."""
    text, start, end = match.string, match.start(), match.end()
    if len(match[0]) > _LONGEST and match[0].isdigit():
        return False
    word, before, after = match[0].lower(), text[max(0, start - 14) : start], text[end : end + 12].lower()
    if match[0] == "second" and _SECOND.search(before) and after[:2].strip().isalpha():
        return True
    if word in {"one", "second"} and not after.startswith((" of the ", " million", " hundred", " billion", " time", "-term")):
        return False
    if after.startswith(". ") and _LISTED.search(before):
        return False
    if word == "first" and (before.lower().endswith("at ") or after.startswith((" lady", " name", " family", " of all"))):
        return False
    named = _NAMED.search(before)
    return before[-1:] not in {"#", "-", "/", "@", "=", "_"} and not (named and named[1].lower() not in _UNNAMED)


_SECOND = re.compile(r"(?:\b(?i:the|his|her|its|their|our|my|this|that|every)|[’']s)[ \xa0]\Z")
_LISTED = re.compile(r"(?:\A|\n)[ \t]*\Z")  # where a line begins
_NAMED = re.compile(r"(?<!\w)([A-Z]\w*)\.?[ \xa0]\Z")
_UNNAMED = {"the", "a", "in", "on", "at", "of", "from", "with", "by", "to", "but", "and", "for", "some", "his", "her", "their"}
_UNNAMED |= {"its", "our", "only", "these", "those", "all", "about", "after", "as", "when", "while", "than", "other", "another"}


_BEGUN: dict[Sort, str] = {
    "figure": "money-sign money-word percent date-figures date-iso date-named time-clock age ago duration duration-time decade"
    " fraction century age-alone year quantity ordinal cardinal",
    "number": "money-sign money-word percent time-clock age ago duration duration-time fraction quantity cardinal",
    "ordinal": "century ordinal",
    "relation": "month-year day-part weekday month duration period season decade year",
    "name": "date-figures day-part date-named month-year weekday month",
    "word": "time-word long day-part day-word",
}


@cache
def _kinds() -> dict[Sort, tuple[_Kind, ...]]:
    """The patterns by the sort of what begins there, in the order in which they are tried.

    At a figure no word can begin, neither a degree nor a number: without these the patterns are fast.
    """
    figures, others = _all_kinds("", IN_FIGURES), _all_kinds(rf"(?:(?i:{_DEGREE}))?", NUMBER)
    return {
        sort: tuple(kind for kind in (figures if sort == "figure" else others) if kind.rule in rules.split())
        for sort, rules in _BEGUN.items()
    }


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first tried: all together take longer than a short article."""
    return re.compile(pattern)


def _all_kinds(degree: str, number: str) -> tuple[_Kind, ...]:
    def kind(rule: str, label: EntityLabel, pattern: str, meaning: Callable[..., str | None], confidence: float = 0.9) -> _Kind:
        return _Kind(rule, label, pattern, meaning, confidence)

    date_of = rf"(?P<month>{DATED_MONTH}){_S}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?"
    name, near = rf"(?P<name>{DAY})", rf"(?:(?P<when>{_RELATION}) )?"
    year, edge = rf"(?:,{_S}?|{_S})(?P<y>{_YEAR})", rf"(?:[Mm]id-|(?i:{EDGE}))"
    return (
        kind(
            "money-sign",
            "MONEY",
            rf"{degree}(?P<sign>{SIGNS}){_S}?(?P<n>{NUMBER})(?:{_S}?(?P<k>{SCALE}|{LETTER}))?",
            meanings.signed,
        ),
        kind("money-word", "MONEY", rf"{degree}(?P<n>(?i:{number})){_S}(?P<unit>{_MONEY})\b", meanings.money),
        kind("money-word", "MONEY", rf"{degree}(?P<n>(?i:{number})){_WON}", meanings.money),
        kind(
            "percent",
            "PERCENT",
            rf"(?:{degree}|(?P<sign>[-−]|[Mm]inus ))(?P<n>(?i:{number}))"
            rf"(?:{_S}?%|[ -](?:percent(?:age points?)?|per cent|pct)\b)",
            meanings.percent,
        ),
        kind(
            "date-figures",
            "DATE",
            rf"(?:{DAY},? ?\()?(?P<a>[0-9][0-9]?)[/.-](?P<b>[0-9][0-9]?)[/.-](?P<y>[0-9]{{4}})\)?",
            meanings.figures,
        ),
        kind("date-iso", "DATE", rf"{_YEAR}-[0-9][0-9]-[0-9][0-9]", lambda m, _: m[0]),
        kind("date-named", "DATE", rf"(?:{DAY},? )?{date_of}(?=[-–][0-9]{{1,2}}{year})", meanings.named),
        kind("date-named", "DATE", rf"(?:{DAY},? )?{date_of}(?:{year})?(?![0-9])", meanings.named),
        kind(
            "date-named",
            "DATE",
            rf"(?:{DAY},? )?(?P<day>[0-9][0-9]?)(?:st|nd|rd|th)?(?: of)? (?P<month>{DATED_MONTH})(?:{year})?",
            meanings.named,
        ),
        kind("month-year", "DATE", rf"(?:{edge}|{near})(?P<month>{MONTH})(?:,| of)? (?P<y>{_YEAR})", meanings.month),
        kind(
            "time-clock",
            "TIME",
            rf"{degree}(?P<h>[0-9][0-9]?)(?:[:.](?P<m>[0-9][0-9]))?{_S}?(?P<half>{_HALF})"
            r"(?: (?:E[SD]?T|P[SD]?T|C[SD]?T|GMT|UTC)\b)?",
            meanings.clock,
        ),
        kind(
            "time-clock",
            "TIME",
            r"(?P<h>[0-9][0-9]?):(?P<m>[0-9][0-9])(?P<half>)(?: (?:E[SD]?T|GMT|UTC|WIB|CET)\b)?",
            meanings.clock,
            0.8,
        ),
        kind("time-clock", "TIME", r"(?P<h>[01][0-9]|2[0-3])(?P<m>[0-5][0-9])(?P<half>) (?:GMT|UTC|BST|CET)\b", meanings.clock),
        kind("time-word", "TIME", r"(?i:noon|midnight)", lambda m, _: "T12:00" if m[0].lower() == "noon" else "T00:00", 0.7),
        kind(
            "day-part",
            "TIME",
            rf"(?:{near}{name}|(?P<near>(?i:today|yesterday|tomorrow))){_S}(?P<part>{'|'.join(dates.PARTS)})\b",
            meanings.part_of_day,
        ),
        kind("weekday", "DATE", rf"{near}{name}", meanings.weekday),
        kind("month", "DATE", rf"{near}(?!May\b|March\b|Mar\b|Jan\b|Sat|Sun)(?P<month>{MONTH})(?P<y>)", meanings.month, 0.8),
        kind("month", "DATE", rf"(?:{_RELATION} |{edge}|{_IN})(?P<month>{MONTH})(?P<y>)", meanings.month, 0.8),
        kind("age", "DATE", rf"(?P<n>(?i:{number}))[ -](?P<unit>years?)[ -]olds?", meanings.duration),
        kind("ago", "DATE", rf"{degree}(?P<n>(?i:{number})) (?P<unit>{_SPAN}) (?:ago|earlier)", meanings.ago),
        kind(
            "duration",
            "DATE",
            rf"(?:(?i:last|next) )?{degree}(?P<n>(?i:{number}))(?P<half> and a half)?[ -](?P<unit>{_SPAN})(?:-long)?",
            meanings.half_more,
        ),
        kind(
            "long", "DATE", r"(?P<n>)(?P<unit>week|month|year|day|decade)s?-long", lambda m, _: dates.duration("1", m["unit"])
        ),
        kind(
            "duration-time",
            "TIME",
            rf"{degree}(?P<n>(?i:{number}))(?P<half> and a half)?[ -](?P<unit>hours?|minutes?|seconds?)",
            meanings.half_more,
        ),
        kind("day-word", "DATE", r"(?i:today|yesterday|tomorrow)", lambda m, c: c.near(m[0])),
        kind(
            "period",
            "DATE",
            rf"(?:(?i:{EDGE})(?:the |(?=this|last|next)))?(?:(?P<when>(?i:this|last|next)) |(?<=the ))"
            r"(?P<unit>year|month|week|decade)\b",
            lambda m, c: c.period(m["when"] or "this", m["unit"]),
        ),
        kind(
            "period",
            "DATE",
            r"(?i:this|last|next) (?:weekend|quarter|century)",
            lambda *_: None,
            0.7,
        ),
        kind(
            "season",
            "DATE",
            r"(?P<when>(?i:this|last|next)) (?P<name>spring|summer|autumn|fall|winter)",
            lambda m, c: c.season(m["when"], m["name"]),
        ),
        kind(
            "fraction",
            "CARDINAL",
            rf"{degree}(?P<n>(?i:a|{'|'.join(meanings.SHARES)}))[ -]"
            rf"(?P<unit>(?:third|quarter|fifth|tenth)(?:s\b|{_SHARE}))(?! of an hour)",
            meanings.fraction,
        ),
        kind("fraction", "CARDINAL", r"(?P<n>[1-9])/(?P<unit>[1-9]0?)(?= of\b)", lambda m, _: m[0]),
        kind("fraction", "CARDINAL", rf"{degree}(?i:one) in (?P<unit>(?i:{NUMBER}))\b", meanings.one_in),
        kind(
            "century",
            "DATE",
            rf"(?i:(?P<word>{'|'.join(ORDINALS)})|(?P<n>[0-9]+)(?:st|nd|rd|th))[ -]century\b",
            meanings.century,
        ),
        kind("age-alone", "DATE", r"(?P<n>[1-9][0-9]?)(?=,)(?P<unit>)", meanings.age),
        kind("decade", "DATE", r"(?:[Mm]id-|(?i:early|late) )?(?P<d>(?:1[89]|20)[0-9])0[’']?s", lambda m, _: f"{m['d']}X"),
        kind(
            "year",
            "DATE",
            rf"(?:{edge}|(?i:early|late) )?(?P<y>{_YEAR})"
            r"(?!,[0-9]|[- ](?:people|men|women|votes|voters|jobs|troops|workers)\b)",
            lambda m, _: m["y"],
        ),
        kind(
            "quantity",
            "QUANTITY",
            rf"(?:{degree}|(?P<sign>[-−]|[Mm]inus ))(?P<n>(?i:{number})){_S}?-?(?P<unit>{_MEASURE})(?![\w%])",
            meanings.measure,
            0.85,
        ),
        kind(
            "ordinal",
            "ORDINAL",
            rf"(?i:(?P<word>{'|'.join(ORDINALS)})|(?P<n>[0-9]+)(?:st|nd|rd|th))(?!-)\b",
            meanings.ordinal,
            0.85,
        ),
        kind("cardinal", "CARDINAL", rf"{degree}(?P<n>(?i:{number}))(?!%)", meanings.cardinal, 0.85),
    )
