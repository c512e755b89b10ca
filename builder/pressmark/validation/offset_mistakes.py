"""Which mistake in counting explains offsets that do not fit."""

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
    """One way to understand a record's offsets: a phrase for it, and where it puts a span (None: nowhere)."""

    phrase: str
    place: Callable[[Span], Place | None]


def cut(text: str, start: int, end: int) -> str:
    """``text[start:end]``, or its two ends where it is too long to be shown whole."""
    if end - start <= 60:
        return text[start:end]
    end = min(end, len(text))
    return text[start : start + 40] + text[max(start + 40, end - 40) : end]


def explanation(article: Article) -> str | None:
    """What the offsets count, as the end of "all spans fit …", when one mistake explains all of them."""
    found = reading(article)
    return found.phrase if found else None


def reading(article: Article) -> Reading | None:
    """The first way to understand the offsets that makes every span of the layers with a misfit fit."""
    spans = _suspects(article)
    if not spans:
        return None
    return next((way for way in _readings(article.text, spans) if _explains(way, article.text, spans)), None)


def _suspects(article: Article) -> list[Span]:
    """The spans of each layer in which one does not fit: tools make a layer at a time, and miscount a layer at a time."""
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
    """The same but for line ends and normalisation, which the mistakes below change along with the offsets."""
    start, end = place
    if not (0 <= start < end <= len(text)) or end - start > 2 * len(said) + 8 or len(said) > 2 * (end - start) + 8:
        return False
    return _plain(text[start:end]) == _plain(said)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def _readings(text: str, spans: Sequence[Span]) -> Iterator[Reading]:
    yield Reading("when they count from 1 with inclusive ends", lambda span: (span.start - 1, span.end))
    yield Reading("when their ends are read as inclusive", lambda span: (span.start, span.end + 1))
    yield Reading("when they count from 1", lambda span: (span.start - 1, span.end - 1))
    if not text.isascii():
        yield _counted("when they count UTF-16 code units", [1 + (char > "\uffff") for char in text])
        yield _counted("when they count UTF-8 bytes", [len(char.encode("utf-8", "surrogatepass")) for char in text])
        yield _counted("when they count the text normalised to NFC", _normalised(text, "NFC"))
        yield _counted("when they count the text normalised to NFD", _normalised(text, "NFD"))
    if "\r\n" in text:
        widths = [0 if text.startswith("\r\n", i) else 1 for i in range(len(text))]
        yield _counted("when CRLF counts as one", widths)
    elif "\n" in text:
        yield _counted("when each line end counts as two, CRLF", [1 + (char == "\n") for char in text])
    for shift in _shifts(text, spans):
        yield Reading(f"when they are shifted by {shift:+}", partial(_shifted, shift))


def _shifted(by: int, span: Span) -> Place:
    return span.start + by, span.end + by


def _counted(phrase: str, widths: list[int]) -> Reading:
    """Offsets that count something of which each code point takes so many."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {0: 0}
    total = 0
    for place, width in enumerate(widths):
        if width:
            starts.setdefault(total, place)
        else:
            starts.setdefault(total, place)
            ends[total] = place
        total += width
        ends[total] = place + 1
    starts[total] = len(widths)

    def place_of(span: Span) -> Place | None:
        start, end = starts.get(span.start), ends.get(span.end)
        return None if start is None or end is None else (start, end)

    return Reading(phrase, place_of)


@cache
def _cluster() -> regex.Pattern[str]:
    import regex

    return regex.compile(r"\X")


def _normalised(text: str, form: Literal["NFC", "NFD"]) -> list[int]:
    """How many code points of the normalised text each code point stands for; a cluster's all count at its first."""
    widths = []
    for match in _cluster().finditer(text):
        cluster = match[0]
        widths += [len(unicodedata.normalize(form, cluster)), *[0] * (len(cluster) - 1)]
    return widths


def _shifts(text: str, spans: Sequence[Span]) -> Iterator[int]:
    """The shifts that make the longest misfit fit; long texts stand in few places."""
    longest = max(spans, key=lambda span: len(span.text))
    place = text.find(longest.text)
    for _ in range(_TRIED):
        if place < 0:
            return
        if place != longest.start:
            yield place - longest.start
        place = text.find(longest.text, place + 1)
