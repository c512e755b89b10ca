"""Finds the counting mistake that explains wrong offsets."""

from __future__ import annotations

import unicodedata
from functools import cache, partial
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import regex

    from pressmark.record.model import Article, Span

Place = tuple[int, int]
_TRIED = 1000  # constant shifts that are tried


class Reading(NamedTuple):
    """One way to read a record's offsets: a phrase that describes it, and a function that gives a span's real place or None."""

    phrase: str
    place: Callable[[Span], Place | None]


def cut(text: str, start: int, end: int) -> str:
    """``text[start:end]``, or only its two ends if it is too long to show."""
    if end - start <= 60:
        return text[start:end]
    end = min(end, len(text))
    return text[start : start + 40] + text[max(start + 40, end - 40) : end]


def explanation(article: Article) -> str | None:
    """The mistake that explains all wrong offsets, as the end of "all spans fit …"; None if there is no such mistake."""
    found = reading(article)
    return found.phrase if found else None


def reading(article: Article) -> Reading | None:
    """The first reading that makes every span fit, in the layers with a wrong span; None if there is no such reading."""
    spans = _suspects(article)
    if not spans:
        return None
    return next((way for way in _readings(article.text, spans) if _explains(way, article.text, spans)), None)


def _suspects(article: Article) -> list[Span]:
    """All spans of each layer that has a wrong span. Tools write one layer at a time, so they miscount one layer at a time."""
    layers: dict[str, list[Span]] = {}
    wrong: set[str] = set()
    for pointer, span in article.spans():
        layer = pointer.split("/")[1]
        layers.setdefault(layer, []).append(span)
        if not _same(article.text, (span.start, span.end), span.text):
            wrong.add(layer)
    return [span for layer in wrong for span in layers[layer]]


def _same(text: str, place: Place, said: str) -> bool:
    start, end = place
    if start < 0 or end > len(text) or start >= end:
        return False
    return end - start == len(said) and text.startswith(said, start)


def _explains(way: Reading, text: str, spans: Sequence[Span]) -> bool:
    for span in spans:
        place = way.place(span)
        if place is None or not (_same(text, place, span.text) or _alike(text, place, span.text)):
            return False
    return True


def _alike(text: str, place: Place, said: str) -> bool:
    """Whether two texts differ only in line ends and normalisation, which some of these mistakes change too."""
    start, end = place
    if not (0 <= start < end <= len(text)) or end - start > 2 * len(said) + 8 or len(said) > 2 * (end - start) + 8:
        return False
    return _plain(text[start:end]) == _plain(said)


def unicode_form(text: str, other: str) -> str | None:
    """The normal form that a text has, if it differs from the other text in nothing else."""
    if text == other or unicodedata.normalize("NFC", text) != unicodedata.normalize("NFC", other):
        return None
    forms: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
    return next((form for form in forms if unicodedata.is_normalized(form, text)), "neither NFC nor NFD")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def _readings(text: str, spans: Sequence[Span]) -> Iterator[Reading]:
    yield Reading("if NFC counts as equal to NFD, and CRLF to LF", lambda span: span.range)
    yield Reading("if offsets count from 1 and ends are inclusive", lambda span: (span.start - 1, span.end))
    yield Reading("if ends are inclusive", lambda span: (span.start, span.end + 1))
    yield Reading("if offsets count from 1", lambda span: (span.start - 1, span.end - 1))
    if not text.isascii():
        yield _counted("if offsets count UTF-16 code units", [1 + (char > "\uffff") for char in text])
        yield _counted("if offsets count UTF-8 bytes", [len(char.encode("utf-8", "surrogatepass")) for char in text])
        yield _counted(
            "if offsets count NFC, where a letter and its accent are one character; in this text they are two (NFD)",
            _normalised(text, "NFC"),
        )
        yield _counted(
            "if offsets count NFD, where a letter and its accent are two characters; in this text they are one (NFC)",
            _normalised(text, "NFD"),
        )
    if "\r\n" in text:
        widths = [0 if text.startswith("\r\n", i - 1) else 1 for i in range(len(text))]
        yield _counted("if CRLF counts as one character", widths)
    elif "\n" in text:
        yield _counted("if each line end counts as two characters (CRLF)", [1 + (char == "\n") for char in text])
    for shift in _shifts(text, spans):
        yield Reading(f"if offsets are shifted by {shift:+}", partial(_shifted, shift))


def _shifted(by: int, span: Span) -> Place:
    return span.start + by, span.end + by


def _counted(phrase: str, widths: list[int]) -> Reading:
    """A reading in which each code point counts as ``widths`` units. One of no width belongs to the code point before it."""
    places: dict[int, int] = {}
    total = 0
    for place, width in enumerate(widths):
        places[total] = place
        total += width
    places[total] = len(widths)

    def place_of(span: Span) -> Place | None:
        start, end = places.get(span.start), places.get(span.end)
        return None if start is None or end is None else (start, end)

    return Reading(phrase, place_of)


@cache
def _cluster() -> regex.Pattern[str]:
    import regex

    return regex.compile(r"\X")


def _normalised(text: str, form: Literal["NFC", "NFD"]) -> list[int]:
    """How many code points each code point has after normalisation. Those of a cluster all count at its first one."""
    widths = []
    for match in _cluster().finditer(text):
        cluster = match[0]
        widths += [len(unicodedata.normalize(form, cluster)), *[0] * (len(cluster) - 1)]
    return widths


def _shifts(text: str, spans: Sequence[Span]) -> Iterator[int]:
    """The shifts that make the longest span fit. Long texts occur in few places."""
    longest = max(spans, key=lambda span: len(span.text))
    place = text.find(longest.text)
    for _ in range(_TRIED):
        if place < 0:
            return
        if place != longest.start:
            yield place - longest.start
        place = text.find(longest.text, place + 1)
