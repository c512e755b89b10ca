"""Level 3, text: the offsets cut the text, and the spans stand in order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from pressmark.record.text import occurrences, quoted
from pressmark.validation.offset_mistakes import cut, explanation
from pressmark.validation.rule import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    import regex

    from pressmark.record.model import Article, Span

_VISIBLE = re.compile(r"\S+")
# Letters and marks that never join the one before them to one character; combining marks, joiners and jamo are not among them.
PLAIN = (
    "\x80-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u218f\u3001-\u3029"
    "\u3041-\u3096\u30a0-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
)
_JOINING = re.compile(f"[^\0-\x7f{PLAIN}]+|\r\n")
_LONGEST = 2000  # code points of a span that is looked for elsewhere in the text


def text_hash(article: Article) -> Problems:
    """The hash is that of the text.

    Another hash means that the text was changed after it was annotated, or belongs to another article.
    """
    found = sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    if article.text_sha256 != found:
        yield Problem(
            "/text_sha256",
            f"says {article.text_sha256}, but the text's is {found}; was the text changed after it was annotated?",
            expected=f"the SHA-256 of the text's UTF-8 bytes, {found}",
        )


def span_order(article: Article) -> Problems:
    """A span starts before it ends, and both lie in the text.

    Spans are half-open: ``end`` is the code point after the last one. Where one mistake in counting explains all spans, the
    hint names it.
    """
    size = len(article.text)
    wrong = [(pointer, span) for pointer, span in article.spans() if span.start >= span.end or span.end > size]
    hint = explanation(article) if wrong else None
    for pointer, span in wrong:
        if span.start >= span.end:
            message = f"{span.start}:{span.end} is empty or runs backwards; a span is half-open and holds a character"
        else:
            message = f"{span.start}:{span.end} runs past the text, which has {size} code points"
        yield Problem(
            pointer, message, expected=f"0 <= start < end <= {size}", hint=_read_as(hint) or _only_place(article, span)
        )


def span_text(article: Article) -> Problems:
    """A span's text is the article's text at its offsets.

    Offsets count Unicode code points from 0, ``end`` exclusive. Where one mistake explains all spans (UTF-16 units, UTF-8
    bytes, CRLF counted as one or two, counting from 1, inclusive ends, a constant shift, another Unicode normalisation),
    the hint names it.
    """
    size = len(article.text)
    spans = [(pointer, span) for pointer, span in article.spans() if span.start < span.end <= size]
    wrong = [(pointer, span) for pointer, span in spans if not _fits(article.text, span)]
    hint = explanation(article) if wrong else None
    for pointer, span in wrong:
        found = cut(article.text, span.start, span.end)
        yield Problem(
            pointer,
            f"says {quoted(span.text)}, but {span.start}:{span.end} is {quoted(found)}",
            (span.start, span.end),
            f"the code points {span.start}:{span.end} of the text, letter by letter",
            _read_as(hint) or _only_place(article, span),
        )


def _fits(text: str, span: Span) -> bool:
    return len(span.text) == span.end - span.start and text.startswith(span.text, span.start)


def _fitting(article: Article) -> Iterator[tuple[str, Span]]:
    """The spans in which no other rule of this level finds anything."""
    return ((pointer, span) for pointer, span in article.spans() if span.start < span.end and _fits(article.text, span))


def _read_as(hint: str | None) -> str | None:
    return f"all spans fit {hint}; `pressmark validate --fix` counts them anew" if hint else None


def _only_place(article: Article, span: Span) -> str | None:
    if len(article.text) > 10**5 or len(span.text) < 2:
        return None
    places = occurrences(article.text, span.text) if len(span.text) <= _LONGEST else []
    return f"it stands at {places[0]}:{places[0] + len(span.text)}, and nowhere else" if len(places) == 1 else None


def span_trimmed(article: Article) -> Problems:
    """A span neither begins nor ends with white space."""
    for pointer, span in _fitting(article):
        ends = article.text[span.start : span.start + 1] + article.text[span.end - 1 : span.end]
        if ends != ends.strip():
            found = cut(article.text, span.start, span.end)
            yield Problem(
                pointer,
                f"{quoted(found)} begins or ends with white space",
                (span.start, span.end),
                "the same span without it",
            )


def span_sorted(article: Article) -> Problems:
    """The spans of one list are in the order of the text and share no character.

    Zones, sentences, and the content, verbatim and cue of a quote or claim are such lists.
    """
    for pointer, spans in article.fragments():
        for i, (one, other) in enumerate(pairwise(spans), start=1):
            if other.start < one.end:
                yield Problem(
                    f"{pointer}/{i}",
                    f"{other.start}:{other.end} begins before {one.start}:{one.end} ends",
                    (other.start, other.end),
                    "the spans of a list in order, none over another",
                )


def span_unique(article: Article) -> Problems:
    """A mention stands once in its entity, a source once in its quote."""
    lists: list[tuple[str, tuple[Span, ...]]] = [
        (f"/entities/{e}/mentions", entity.mentions) for e, entity in enumerate(article.entities)
    ]
    lists += [(f"/quotes/{q}/sources", quote.sources) for q, quote in enumerate(article.quotes)]
    for pointer, spans in lists:
        seen: dict[tuple[int, int], int] = {}
        for i, span in enumerate(spans):
            first = seen.setdefault((span.start, span.end), i)
            if first != i:
                yield Problem(
                    f"{pointer}/{i}",
                    f"{quoted(span.text)} at {span.start}:{span.end} is there already, at {first} of this list",
                    (span.start, span.end),
                    "each place once",
                )


def zone_cover(article: Article) -> Problems:
    """Every character that is not white space lies in a zone."""
    starts = [zone.start for zone in article.zones]
    end_of = [zone.end for zone in article.zones]
    for match in _VISIBLE.finditer(article.text):
        place, end = match.span()
        while place < end:
            zone = bisect_right(starts, place) - 1
            if zone < 0 or end_of[zone] <= place:
                gap = min(end, starts[zone + 1]) if zone + 1 < len(starts) else end
                yield Problem("/zones", f"no zone holds {place}:{gap}", (place, gap), "zones that cover the whole text")
                return
            place = end_of[zone]


def sentence_zone(article: Article) -> Problems:
    """A sentence lies in one zone of type body, headline, subheadline or caption."""
    zones = [zone for zone in article.zones if zone.prose]
    starts = [zone.start for zone in zones]
    for i, sentence in enumerate(article.sentences):
        zone = bisect_right(starts, sentence.start) - 1
        if zone < 0 or not zones[zone].holds(sentence):
            yield Problem(
                f"/sentences/{i}",
                f"{quoted(sentence.text)} lies in no such zone",
                (sentence.start, sentence.end),
                "a sentence inside one zone of type body, headline, subheadline or caption",
            )


@cache
def _cluster() -> regex.Pattern[str]:
    import regex

    # Flags first: for each letter of a flag, \X counts all those before it.
    return regex.compile(r"[\U0001f1e6-\U0001f1ff]{2}[\p{Grapheme_Cluster_Break=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]*+|\X")


def _split(text: str, edges: list[int]) -> set[int]:
    """Those of the sorted offsets that stand inside a grapheme cluster."""
    found: set[int] = set()
    place = 0  # of the first edge that may stand in the stretch
    for match in _JOINING.finditer(text):
        start, end = max(0, match.start() - 1), match.end()
        place = bisect_right(edges, start, place)
        if place == len(edges):
            break
        if edges[place] <= end:
            for cluster in _cluster().finditer(text, start, end + 1):
                found.update(edges[bisect_right(edges, cluster.start()) : bisect_left(edges, cluster.end())])
    return found


def span_grapheme(article: Article) -> Problems:
    """A span does not split what readers see as one character: a letter and its accent, an emoji and its skin tone.

    Extended grapheme clusters, Unicode Standard Annex 29.
    """
    text = article.text
    if text.isascii() and "\r\n" not in text:
        return
    edges = {edge for _, span in _fitting(article) for edge in (span.start, span.end)}
    split = _split(text, sorted(edges))
    for pointer, span in _fitting(article) if split else ():
        if span.start in split or span.end in split:
            yield Problem(
                pointer,
                f"{quoted(span.text)} splits a character that is written with several code points",
                (span.start, span.end),
                "a span that begins and ends between grapheme clusters",
            )
