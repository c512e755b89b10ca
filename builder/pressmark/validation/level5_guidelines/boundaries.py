"""Level 5, guidelines: where spans begin and end (schema/GUIDELINES.md, sections 2.1, 4.3, 5.4, 5.6 and 6.2)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING
from unicodedata import category

from pressmark.record.text import quoted, tokens
from pressmark.validation.rule import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Article, Span
    from pressmark.validation.rule import Rule

_STOP = re.compile(r"(?:[^\W\d_]{4}|[”\"»)])\.\Z")  # behind a mark, or a word too long for an abbreviation
_POSSESSIVE = ("’s", "'s", "s’", "s'")
_PARTNERS = {"”": "“", "»": "«", ")": "(", "]": "[", '"': '"'}
_WRAPPED = frozenset({"“”", "«»", '""', "„“", "„”", "()", "[]"})


def span_token(article: Article) -> Problems:
    """The parts of quotes and claims begin and end where a token does, as mentions do.

    Between a letter and its accent, it is span-grapheme that warns.
    """
    spans = [*_of_quotes(article), *_of_claims(article)]
    places = list(tokens(article.text)) if spans else []
    starts, ends = {start for start, _ in places}, {end for _, end in places}
    for pointer, span in spans:
        if any(not _accented(article.text, place) for place in {span.start} - starts | {span.end} - ends):
            whole = whole_words(article.text, places, span)
            yield Problem(
                pointer, f"{quoted(span.text)} splits a word", (span.start, span.end), f"whole words, such as {whole}"
            )


def whole_words(text: str, places: list[tuple[int, int]], span: Span) -> str:
    """The tokens that a span cuts or holds, quoted."""
    first = max(0, bisect_right(places, (span.start, len(text))) - 1)
    last = min(len(places) - 1, bisect_left(places, span.end, key=lambda place: place[1]))
    return quoted(text[min(places[first][0], span.start) : max(places[last][1], span.end)])


def _accented(text: str, place: int) -> bool:
    """Whether an accent follows."""
    return place < len(text) and category(text[place]).startswith("M")


def _of_quotes(article: Article) -> Iterator[tuple[str, Span]]:
    for q, quote in enumerate(article.quotes):
        for name in ("content", "verbatim", "cue", "sources"):
            for i, span in enumerate(getattr(quote, name)):
                yield f"/quotes/{q}/{name}/{i}", span


def _of_claims(article: Article) -> Iterator[tuple[str, Span]]:
    for c, claim in enumerate(article.claims):
        for i, span in enumerate(claim.content):
            yield f"/claims/{c}/content/{i}", span


def span_edge(article: Article) -> Problems:
    """What stands around a span stays outside: commas, full stops, colons, brackets and marks without their partner, and ’s.

    Mentions, sources, claims and content outside quotation marks are such spans. The full stop of an abbreviation belongs to
    it, and ’s to a name that has it.
    """
    for pointer, span, name in _bare(article):
        if found := _superfluous(span.text, name):
            yield Problem(
                pointer, f"{quoted(span.text)} has {found} at its edge", (span.start, span.end), "the span without it"
            )


def _bare(article: Article) -> Iterator[tuple[str, Span, str | None]]:
    """The spans that have no punctuation at their edge, and the name that they may end like."""
    names = {entity.id: entity.name for entity in article.entities}
    for e, entity in enumerate(article.entities):
        for m, mention in enumerate(entity.mentions):
            yield f"/entities/{e}/mentions/{m}", mention, entity.name
    for q, quote in enumerate(article.quotes):
        for s, source in enumerate(quote.sources):
            yield f"/quotes/{q}/sources/{s}", source, names.get(source.entity or "")
        ends = {part.end for part in quote.verbatim}
        for c, span in enumerate(quote.content):
            around = span.text[-1] + article.text[span.end : span.end + 1]  # its own marks, or those left out
            if quote.type != "direct" and span.end not in ends and not set(around) & _PARTNERS.keys():
                yield f"/quotes/{q}/content/{c}", span, None
    whole = {claim.content[0].start for claim in article.claims if len(claim.content) == 1}  # the parts of others may be marked
    for pointer, span in _of_claims(article):
        if span.text[0] + span.text[-1] not in _WRAPPED or span.start in whole:
            yield pointer, span, None


def _superfluous(text: str, name: str | None) -> str | None:
    first, last = text[0], text[-1]
    if (first in ",;:.—–" and text[1:2].isspace()) or first in ",;—–":
        return f"'{first}'"
    if last in ",;:—–" or _STOP.search(text):
        return f"'{last}'"
    if len(text) > 1 and first + last in _WRAPPED and not any(char in text[1:-1] for char in first + last):
        return f"'{first}' and '{last}'"
    for closing, opening in _PARTNERS.items():
        odd = text.count(opening) % 2 if opening == closing else text.count(opening) != text.count(closing)
        if odd and {first, last} & {opening, closing}:
            return f"an unpaired '{first if first in opening + closing else last}'"
    if name is not None and text.endswith(("’s", "'s")) and not name.endswith(_POSSESSIVE):
        return f"'{text[-2:]}'"
    return None


RULES: tuple[Rule, ...] = (span_token, span_edge)
