"""Cuts an article's text at every boundary of a span, so that spans may cross, nest and be interrupted."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pressmark.look.page_strings import written
from pressmark.look.plain_words import deed, denied

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressmark.record.model import Article, EntityLabel, Quote, Span

GROUPS: dict[str, tuple[EntityLabel, ...]] = {
    "p": ("PERSON",),
    "g": ("NORP", "ORG"),
    "l": ("GPE", "LOC", "FAC"),
    "o": ("PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"),
    "v": ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"),
}
_GROUP_OF = {label: group for group, labels in GROUPS.items() for label in labels}


class Mark(NamedTuple):
    """A range of code points with its style; ``note`` is what stands before it, where that is needed to read it right."""

    start: int
    end: int
    style: str
    note: str = ""


def text(article: Article, wrong: Iterable[tuple[int, int]] = (), places: Iterable[tuple[int, int]] = ()) -> str:
    """Writes the text as HTML whose text content is the article's text, every code point in its place.

    A piece that a mark covers is an ``<i>`` with its styles as classes. Zones are wrapped in a ``<span>`` of their type.
    ``wrong`` are the places of messages; ``places`` are others that the page can show, such as those of differences.
    """
    marks = [*_marks(article), *(Mark(*place, "w") for place in wrong), *(Mark(*place, "z") for place in places)]
    zones = {start: (end, kind) for start, end, kind in _apart(article)}
    edges = {edge for start, (end, _) in zones.items() for edge in (start, end)}
    out, zone_end = [], -1
    for start, end, active in pieces(article.text, marks, edges):
        if start == zone_end:
            out.append("</span>")
        if start in zones:
            zone_end, kind = zones[start]
            out.append(f"<span class={kind}>")
        out.append(_piece(article.text[start:end], start, active))
    return "".join(out) + ("</span>" if zone_end == len(article.text) else "")


def pieces(text: str, marks: Sequence[Mark], edges: Iterable[int] = ()) -> Iterator[tuple[int, int, list[Mark]]]:
    """Cuts a text at every start and end of a mark and at ``edges``: start, end and the marks that cover the piece.

    Offsets count code points. A mark that leaves the text, as in a record that breaks a rule, ends with the text.
    """
    opening, closing = defaultdict(list), defaultdict(list)
    for i, mark in enumerate(marks):
        start, end = max(0, mark.start), min(mark.end, len(text))
        if start < end:
            opening[start].append(i)
            closing[end].append(i)
    active: dict[int, Mark] = {}
    for start, end in pairwise(sorted({0, len(text), *edges, *opening, *closing})):
        for i in closing.get(start, ()):
            del active[i]
        active.update((i, marks[i]) for i in opening.get(start, ()))
        yield start, end, list(active.values())


def _apart(article: Article) -> Iterator[tuple[int, int, str]]:
    """The zones, without those that overlap another or leave the text, as in a record that breaks a rule."""
    end = 0
    for zone in sorted(article.zones):
        if end <= zone.start < zone.end <= len(article.text):
            yield zone.start, zone.end, zone.type
            end = zone.end


def _piece(said: str, start: int, active: list[Mark]) -> str:
    if not active:
        return written(said, "text")
    styles = dict.fromkeys(mark.style for mark in active)
    if sum(mark.style in _GROUP_OF.values() for mark in active) > 1:
        styles["n"] = None  # one name inside another
    if sum(mark.style.startswith("c") for mark in active) > 1:
        styles["cc"] = None  # one quote inside another
    names = " ".join(style for style in styles for style in style.split(" "))
    note = next((mark.note for mark in active if mark.note and mark.start == start), "")
    before = f' data-s="{written(note, "attribute")}"' if note else ""
    quoted = f'"{names}"' if " " in names else names
    return f"<i class={quoted}{before}>{written(said, 'text')}</i>"


def _marks(article: Article) -> Iterator[Mark]:
    for claim in article.claims:
        yield from _each(claim.content, "a")
    for entity in article.entities:
        yield from _each(entity.mentions, _GROUP_OF[entity.label])
    false = denied(article)
    for quote in article.quotes:
        yield from _content(quote, is_denied=quote.id in false)
        yield from _each(quote.sources, "s")
        yield from _each(quote.cue, "k")
        yield from _each(quote.addressees, "d")


def _content(quote: Quote, *, is_denied: bool) -> Iterator[Mark]:
    """Three styles of content: verbatim or in part, indirect, thought; and one more for what was denied or not said."""
    kind = "ct" if quote.medium == "thought" else "ci" if quote.type == "indirect" else "cd"
    if quote.status == "made" and not is_denied:
        yield from _each(quote.content, kind)
        return
    for i, span in enumerate(quote.content):
        yield Mark(*span.range, f"{kind} un", "" if i else deed(quote, is_denied=is_denied))


def _each(spans: Iterable[Span], style: str) -> Iterator[Mark]:
    return (Mark(*span.range, style) for span in spans)
