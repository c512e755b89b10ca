"""Level 5, guidelines: where spans begin and end (schema/GUIDELINES.md, sections 2.1, 4.3, 5.4, 5.6 and 6.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category

from pressmark.record.text import quoted
from pressmark.validation.rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Article, Span
    from pressmark.validation.facts import Facts
    from pressmark.validation.rule import Problems

_STOP = re.compile(r"(?:[^\W\d_]{4}|[”\"»)])\.\Z")  # behind a mark, or a word too long for an abbreviation
_POSSESSIVE = ("’s", "'s", "s’", "s'")
_PARTNERS = {"”": "“", "»": "«", ")": "(", "]": "[", '"': '"'}
_WRAPPED = frozenset({"“”", "«»", '""', "„“", "„”", "()", "[]"})


@rule(level=5)
def span_token(article: Article, facts: Facts) -> Problems:
    """The spans of quotes and claims begin and end at token boundaries, as mentions do.

    If a span splits a letter from its accent, span-grapheme warns instead.
    """
    starts = {place for place in facts.late_starts if not _accented(article.text, place)}
    ends = {place for place in facts.early_ends if not _accented(article.text, place)}
    for pointer, span in [*_of_quotes(article), *_of_claims(article)] if starts or ends else ():
        if span.start in starts or span.end in ends:
            whole = f"whole words, such as {facts.whole_words(span)}"
            yield Problem(pointer, f"{quoted(span.text)} splits a word", span.range, whole)


def _accented(text: str, place: int) -> bool:
    """Whether the character at this place is an accent."""
    return category(text[place]).startswith("M")


def _of_quotes(article: Article) -> Iterator[tuple[str, Span]]:
    for q, quote in enumerate(article.quotes):
        for name in ("content", "verbatim", "cue", "sources"):
            for i, span in enumerate(getattr(quote, name)):
                yield f"/quotes/{q}/{name}/{i}", span


def _of_claims(article: Article) -> Iterator[tuple[str, Span]]:
    for c, claim in enumerate(article.claims):
        for i, span in enumerate(claim.content):
            yield f"/claims/{c}/content/{i}", span


@rule(level=5, severity="warning")
def span_edge(article: Article, _: Facts) -> Problems:
    """A span does not include punctuation at its edges: commas, full stops, colons, unpaired brackets or marks, and ’s.

    This holds for mentions, sources, claims and content outside quotation marks. A span may include the full stop of an
    abbreviation, and ’s if it is part of the name.
    """
    for pointer, span, name in _ragged(article):
        if found := _superfluous(span.text, name):
            yield Problem(pointer, f"{quoted(span.text)} has {found} at its edge", span.range, "the span without it")


def _ragged(article: Article) -> Iterator[tuple[str, Span, str | None]]:
    """The spans that may have punctuation at their edge but must not, and the name that they may end like."""
    for e, entity in enumerate(article.entities):
        for m, mention in enumerate(entity.mentions):
            if not _is_smooth(mention.text):
                yield f"/entities/{e}/mentions/{m}", mention, entity.name
    names = {entity.id: entity.name for entity in article.entities}
    for q, quote in enumerate(article.quotes):
        for s, source in enumerate(quote.sources):
            if not _is_smooth(source.text):
                yield f"/quotes/{q}/sources/{s}", source, names.get(source.entity or "")
        ends = {part.end for part in quote.verbatim}
        for c, span in enumerate(quote.content if quote.type != "direct" else ()):
            if not (_is_smooth(span.text) or span.end in ends or _is_marked(article, span)):
                yield f"/quotes/{q}/content/{c}", span, None
    yield from _ragged_claims(article)


def _ragged_claims(article: Article) -> Iterator[tuple[str, Span, None]]:
    whole = {claim.content[0].start for claim in article.claims if len(claim.content) == 1}  # the parts of others may be marked
    for c, claim in enumerate(article.claims):
        for i, span in enumerate(claim.content):
            if not _is_smooth(span.text) and (span.text[0] + span.text[-1] not in _WRAPPED or span.start in whole):
                yield f"/claims/{c}/content/{i}", span, None


def _is_smooth(text: str) -> bool:
    """Whether the text begins and ends with a letter or digit, and not with ’s."""
    return (text[0] + text[-1]).isalnum() and (text[-1] != "s" or text[-2:-1] not in {"’", "'"})


def _is_marked(article: Article, content: Span) -> bool:
    """Whether a mark or bracket ends a stretch of content: its own, or one that was left out."""
    around = content.text[-1] + article.text[content.end : content.end + 1]
    return not _PARTNERS.keys().isdisjoint(around)


def _superfluous(text: str, name: str | None) -> str | None:
    first, last = text[0], text[-1]
    if (first in ",;:.—–" and text[1:2].isspace()) or first in ",;—–":
        return f"'{first}'"
    if last in ",;:—–" or _STOP.search(text[-5:]):
        return f"'{last}'"
    if len(text) > 1 and first + last in _WRAPPED and not any(char in text[1:-1] for char in first + last):
        return f"'{first}' and '{last}'"
    for closing, opening in _PARTNERS.items():
        if closing not in first + last and opening not in first + last:
            continue
        if text.count(opening) % 2 if opening == closing else text.count(opening) != text.count(closing):
            return f"an unpaired '{first if first in opening + closing else last}'"
    if name is not None and text.endswith(("’s", "'s")) and not name.endswith(_POSSESSIVE):
        return f"'{text[-2:]}'"
    return None
