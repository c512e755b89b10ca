"""The views of the quote layer: quotes, attribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from pressmark.publish.views.columns import (
    CONTENT_TEXT,
    CONTEXT,
    ENTITY,
    SPAN,
    TOKENS,
    View,
    bio,
    listed,
    made,
    number,
    struct,
    target,
)
from pressmark.publish.views.entities import name_of
from pressmark.publish.views.token_rows import tagged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressmark.publish.views.columns import Row
    from pressmark.publish.views.token_rows import TokenRow
    from pressmark.record.model import Article, Claim, Quote, Span

_ROLES = ("source", "cue", "content", "addressee")
_TAGS = bio(tuple(map(str.upper, _ROLES)))
_RANGES = listed(
    "Half-open ranges of the row's tokens.",
    struct("A range.", {"first": number("Its first token."), "end": number("The token after its last.")}),
)

QUOTES = View(
    "quotes",
    "one row per quote, with who is quoted and whether it was said",
    {
        "article": "id",
        "id": "quotes/id",
        "type": "quotes/type",
        "medium": "quotes/medium",
        "act": "quotes/act",
        "status": "quotes/status",
        "text": CONTENT_TEXT,
        **{name: f"quotes/{name}" for name in ("content", "verbatim", "cue")},
        "sources": listed(
            "Who is quoted, with name and kb_id of the entity.",
            struct("A source.", {**SPAN, **{k: f"quotes/sources/{k}" for k in ("entity", "role", "type")}, **ENTITY}),
        ),
        "addressees": listed(
            "Whom the source speaks to, with name and kb_id of the entity.",
            struct("An addressee.", {**SPAN, "entity": "quotes/addressees/entity", **ENTITY}),
        ),
        "parent": "quotes/parent",
        **CONTEXT,
        **made("quotes"),
    },
)
ATTRIBUTION = View(
    "attribution",
    "one row per sentence, also without a quote: tokens, IOB2 tags of the outermost quotes, and every quote by itself",
    {
        **TOKENS,
        **target("tags", "The tag of each token, of the quotes without a parent.", _TAGS, is_list=True),
        "quotes": listed(
            "Each quote that has a token in the sentence; two quotes stay apart here.",
            struct(
                "A quote.",
                {
                    "quote": "quotes/id",
                    "depth": number("How many quotes it stands in."),
                    "type": "quotes/type",
                    "act": "quotes/act",
                    "status": "quotes/status",
                    **dict.fromkeys(_ROLES, _RANGES),
                },
            ),
        ),
        "layer": "layers/quotes",
    },
)


def quote_rows(article: Article) -> Iterator[Row]:
    """The rows of `quotes`."""
    entities = {entity.id: entity for entity in article.entities}
    for quote in article.quotes:
        row = msgspec.to_builtins(quote)
        for role in ("sources", "addressees"):
            row[role] = [one | name_of(entities.get(one["entity"])) for one in row[role]]
        extra = {"article": article.id, "text": content_text(quote), "layer": article.layers.quotes}
        yield row | extra | context(article, quote)


def attribution_rows(article: Article, rows: list[TokenRow]) -> Iterator[Row]:
    """The rows of `attribution`. Quotes that begin earlier are tagged first; content gives way to the other roles."""
    if article.layers.quotes == "none":
        return
    quotes = [(quote, depth_of(article, quote), _parts(quote)) for quote in sorted(article.quotes, key=_start)]
    for number_, row in enumerate(rows):
        if not row.is_sentence:
            continue
        here = [(q, depth, parts) for q, depth, parts in quotes if any(row.span.overlaps(s) for p in parts.values() for s in p)]
        outer = [parts for _, depth, parts in here if not depth]
        marked = [
            (role.upper(), span)
            for role in ("source", "cue", "addressee", "content")
            for parts in outer
            for span in parts[role]
        ]
        tags = tagged(row, marked)
        listed_ = [_quote(row, *quote) for quote in here]
        yield row.columns(number_) | {"tags": tags, "tags_names": tags, "quotes": listed_, "layer": article.layers.quotes}


def _start(quote: Quote) -> int:
    return quote.content[0].start


def _parts(quote: Quote) -> dict[str, Sequence[Span]]:
    return dict(zip(_ROLES, (quote.sources, quote.cue, quote.content, quote.addressees), strict=True))


def depth_of(article: Article, quote: Quote) -> int:
    """How many quotes a quote stands in."""
    parents = {other.id: other.parent for other in article.quotes}
    depth, parent = 0, quote.parent
    while parent is not None and depth < len(parents):
        depth, parent = depth + 1, parents.get(parent)
    return depth


def _quote(row: TokenRow, quote: Quote, depth: int, parts: dict[str, Sequence[Span]]) -> Row:
    ranges = {role: [place for span in spans if (place := row.range_of(span))] for role, spans in parts.items()}
    known = {"quote": quote.id, "depth": depth, "type": quote.type, "act": quote.act, "status": quote.status}
    return known | {role: [{"first": first, "end": end} for first, end in places] for role, places in ranges.items()}


def content_text(marked: Quote | Claim) -> str:
    """The spans of the content, joined by a space."""
    return " ".join(span.text for span in marked.content)


def context(article: Article, marked: Quote | Claim) -> Row:
    """The columns `CONTEXT`."""
    first, last = marked.content[0], marked.content[-1]
    touched = [zone for zone in article.zones if zone.start < last.end and first.start < zone.end]
    start, end = min(touched[0].start, first.start), max(touched[-1].end, last.end)
    return {"context": article.text[start:end], "context_start": start}
