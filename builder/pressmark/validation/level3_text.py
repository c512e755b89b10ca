"""Level 3, text: a span repeats the text at its offsets, and spans are in order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from pressmark.record.issue import json_pointer
from pressmark.record.line_ends import line_ends
from pressmark.record.model import UNORDERED
from pressmark.record.text import occurrences, quoted
from pressmark.validation.offset_mistakes import cut, explanation, unicode_form
from pressmark.validation.rule import Problem, rule

if TYPE_CHECKING:
    import regex

    from pressmark.record.model import Article, Span
    from pressmark.validation.facts import Facts
    from pressmark.validation.rule import Problems

_VISIBLE = re.compile(r"\S+")
# Letters and marks that never join the one before them to one character; combining marks, joiners and jamo are not among them.
_LETTERS = (
    "\x80-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u218f\u3001-\u3029"
    "\u3041-\u3096\u30a0-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
)
_PLAIN = re.compile(f"[{_LETTERS}]*+")
_JOINING = re.compile(f"[^\0-\x7f{_LETTERS}]+|\r\n")
_ASCII = bytes(range(128))
_LONGEST = 2000  # code points of a span that is looked for elsewhere in the text


@rule(level=3)
def text_hash(article: Article, facts: Facts) -> Problems:
    """``text_sha256`` is the hash of the text.

    A different hash means that the text was changed after it was annotated, or that it belongs to another article.
    """
    found = sha256(facts.utf8).hexdigest()
    if article.text_sha256 != found:
        ends = line_ends(facts.utf8, article.text_sha256)
        why = (
            f"it is the hash of the same text with {ends[0]} line ends"
            if ends
            else "was the text changed after it was annotated?"
        )
        yield Problem(
            "/text_sha256",
            f"says {article.text_sha256}, but the text has {found}; {why}",
            expected=f"the SHA-256 of the text's UTF-8 bytes, {found}",
            hint=f"this text has {ends[1]} line ends; Git (core.autocrlf) and editors change them" if ends else None,
        )


@rule(level=3)
def span_order(article: Article, facts: Facts) -> Problems:
    """A span starts before it ends, and both offsets are inside the text.

    Spans are half-open: ``end`` is the code point after the last one. If one counting mistake explains all spans,
    the hint names it.
    """
    size = len(article.text)
    hint = explanation(article) if facts.outside else None
    for i in sorted(facts.outside):
        span = facts.spans[i]
        if span.start >= span.end:
            message = f"{span.start}:{span.end} is empty or runs backwards; a span is half-open and has at least one character"
        else:
            message = f"{span.start}:{span.end} runs past the text, which has {size} code points"
        help_ = _read_as(hint) or _only_place(article, span)
        yield Problem(facts.pointers[i], message, expected=f"0 <= start < end <= {size}", hint=help_)


@rule(level=3)
def span_text(article: Article, facts: Facts) -> Problems:
    """A span's text is the article's text at its offsets.

    Offsets count Unicode code points from 0, ``end`` exclusive. If one mistake explains all spans (UTF-16 units, UTF-8
    bytes, CRLF counted as one or two, counting from 1, inclusive ends, a constant shift, another Unicode normalisation),
    the hint names it.
    """
    hint = explanation(article) if facts.misfits else None
    for i in sorted(facts.misfits):
        span = facts.spans[i]
        found = cut(article.text, *span.range)
        said, here = _form(span.text, article.text[span.start : span.end])
        yield Problem(
            facts.pointers[i],
            f"says {quoted(span.text)}{said}, but {span.start}:{span.end} is {quoted(found)}{here}",
            span.range,
            f"exactly the code points {span.start}:{span.end} of the text",
            _read_as(hint) or _only_place(article, span),
        )


def _form(said: str, found: str) -> tuple[str, str]:
    """The Unicode normal form of each of two texts that look the same."""
    if len(said) > _LONGEST or (form := unicode_form(said, found)) is None:
        return "", ""
    return f" in {form}", f" in {unicode_form(found, said)}"


def _read_as(hint: str | None) -> str | None:
    return f"all spans fit {hint}; `pressmark validate --fix` corrects them" if hint else None


def _only_place(article: Article, span: Span) -> str | None:
    if len(article.text) > 10**5 or len(span.text) < 2:
        return None
    places = occurrences(article.text, span.text) if len(span.text) <= _LONGEST else []
    return f"this text occurs only at {places[0]}:{places[0] + len(span.text)}" if len(places) == 1 else None


@rule(level=3)
def span_trimmed(article: Article, facts: Facts) -> Problems:
    """A span does not begin or end with white space."""
    loose = {i for i, said in enumerate(facts.cuts) if said != said.strip()}
    for i in [i for i in facts.fitting if i in loose] if loose else ():
        span = facts.spans[i]
        message = f"{quoted(cut(article.text, *span.range))} begins or ends with white space"
        yield Problem(facts.pointers[i], message, span.range, "the span without white space at its edges")


@rule(level=3, needs_text=False)
def span_sorted(_: Article, facts: Facts) -> Problems:
    """The spans of a list are sorted and do not overlap.

    This holds for zones, sentences, and the content, verbatim and cue of a quote or claim.
    """
    for path, spans in facts.longer_lists:
        for i, (one, other) in enumerate(pairwise(spans) if path[-1] not in UNORDERED else (), start=1):
            if other.start < one.end:
                message = f"{other.start}:{other.end} begins before {one.start}:{one.end} ends"
                expected = "sorted spans that do not overlap"
                yield Problem(json_pointer((*path, i)), message, other.range, expected)


@rule(level=3, needs_text=False)
def span_unique(_: Article, facts: Facts) -> Problems:
    """An entity lists each mention once, and a quote lists each source once."""
    for path, spans in facts.longer_lists:
        seen: dict[tuple[int, int], int] = {}
        for i, span in enumerate(spans if path[-1] in UNORDERED else ()):
            first = seen.setdefault(span.range, i)
            if first != i:
                message = f"{quoted(span.text)} at {span.start}:{span.end} is already in this list, at index {first}"
                yield Problem(json_pointer((*path, i)), message, span.range, "each span once")


@rule(level=3)
def zone_cover(article: Article, _: Facts) -> Problems:
    """Every character that is not white space is in a zone."""
    text = article.text
    starts = [zone.start for zone in article.zones]
    ends = [zone.end for zone in article.zones]
    gaps = [text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)]
    if starts == sorted(starts) and not "".join(gaps).strip():
        return
    for match in _VISIBLE.finditer(text):
        place, end = match.span()
        while place < end:
            zone = bisect_right(starts, place) - 1
            if zone < 0 or ends[zone] <= place:
                gap = min(end, starts[zone + 1]) if zone + 1 < len(starts) else end
                yield Problem("/zones", f"no zone covers {place}:{gap}", (place, gap), "zones that cover the whole text")
                return
            place = ends[zone]


@rule(level=3)
def sentence_zone(article: Article, _: Facts) -> Problems:
    """A sentence is inside one zone of type body, headline, subheadline or caption."""
    zones = [zone for zone in article.zones if zone.prose]
    starts = [zone.start for zone in zones]
    for i, sentence in enumerate(article.sentences):
        zone = bisect_right(starts, sentence.start) - 1
        if zone < 0 or not zones[zone].holds(sentence):
            yield Problem(
                f"/sentences/{i}",
                f"{quoted(sentence.text)} is not inside one zone that has sentences",
                sentence.range,
                "a sentence inside one zone of type body, headline, subheadline or caption",
            )


@cache
def _cluster() -> regex.Pattern[str]:
    import regex

    # Flags first: for each letter of a flag, \X counts all those before it.
    return regex.compile(r"[\U0001f1e6-\U0001f1ff]{2}[\p{Grapheme_Cluster_Break=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]*+|\X")


def _split(text: str, edges: list[int]) -> set[int]:
    """The offsets, which are sorted, that are inside a grapheme cluster."""
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


@rule(level=3, severity="warning")
def span_grapheme(article: Article, facts: Facts) -> Problems:
    """A span does not split what readers see as one character: a letter and its accent, an emoji and its skin tone.

    A character here is an extended grapheme cluster (Unicode Standard Annex 29).
    """
    text = article.text
    odd = facts.utf8.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    if "\r\n" not in text and _PLAIN.fullmatch(odd):
        return
    edges = {edge for i in facts.fitting for edge in (facts.starts[i], facts.ends[i])}
    split = _split(text, sorted(edges))
    for i in facts.fitting if split else ():
        span = facts.spans[i]
        if span.start in split or span.end in split:
            yield Problem(
                facts.pointers[i],
                f"{quoted(span.text)} splits a character that is written with several code points",
                span.range,
                "a span that includes the whole character",
            )
