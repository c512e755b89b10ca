"""Levels 3 to 5: what JSON Schema cannot say.

A rule is a generator function over one article: it yields the JSON Pointer of what breaks it and a message. Its name in
kebab-case is the issue's code, its docstring the documentation, and ``tests/cases/invalid/<code>*.json`` its examples.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from pressmark.text import excerpt, quoted, shortened, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.model import Article, Mention, Quote, Span

    Problems = Iterator[tuple[str, str]]
    Rule = Callable[[Article], Problems]

_VISIBLE = re.compile(r"\S+")


def text_hash(article: Article) -> Problems:
    """The hash is that of the text."""
    found = sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    if article.text_sha256 != found:
        yield (
            "/text_sha256",
            f"says {article.text_sha256}, but the text's is {found}; was the text changed after it was annotated?",
        )


def span_order(article: Article) -> Problems:
    """A span starts before it ends, and both lie in the text."""
    for pointer, span in article.spans():
        if span.start >= span.end:
            yield (
                pointer,
                f"{span.start}:{span.end} is empty or runs backwards; a span is half-open and holds a character",
            )
        elif span.end > len(article.text):
            yield pointer, f"{span.start}:{span.end} runs past the text, which has {len(article.text)} code points"


def span_text(article: Article) -> Problems:
    """A span's text is the article's text at its offsets."""
    for pointer, span in article.spans():
        found = article.text[span.start : span.end]
        if found and span.text != found:
            around = excerpt(article.text, span.start, span.end)
            yield (
                pointer,
                f"says {quoted(span.text)}, but {span.start}:{span.end} is {quoted(found)}: {around}",
            )


def span_trimmed(article: Article) -> Problems:
    """A span neither begins nor ends with white space."""
    for pointer, span in article.spans():
        found = article.text[span.start : span.end]
        if found != found.strip():
            yield pointer, f"{quoted(found)} begins or ends with white space; leave it outside"


def span_sorted(article: Article) -> Problems:
    """The spans of one list are in the order of the text and share no character."""
    for pointer, spans in article.fragments():
        for i, (one, other) in enumerate(pairwise(spans), start=1):
            if other.start < one.end:
                yield (
                    f"{pointer}/{i}",
                    f"{other.start}:{other.end} begins before {one.start}:{one.end} ends; sort them, share no character",
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
                yield (
                    "/zones",
                    f"no zone holds {place}:{gap}: {excerpt(article.text, place, gap)}; zones cover the whole text",
                )
                return
            place = end_of[zone]


def sentence_zone(article: Article) -> Problems:
    """A sentence lies in one zone of type body, headline, subheadline or caption."""
    zones = [zone for zone in article.zones if zone.prose]
    starts = [zone.start for zone in zones]
    for i, sentence in enumerate(article.sentences):
        zone = bisect_right(starts, sentence.start) - 1
        if zone < 0 or not zones[zone].holds(sentence):
            yield (
                f"/sentences/{i}",
                f"{quoted(sentence.text)} lies in no such zone; a sentence never crosses a zone",
            )


def id_unique(article: Article) -> Problems:
    """No id stands twice in one article."""
    for kind in ("entities", "quotes", "claims", "annotators"):
        seen: set[str] = set()
        for i, thing in enumerate(getattr(article, kind)):
            if thing.id in seen:
                yield f"/{kind}/{i}/id", f"{thing.id!r} is taken by an earlier one of the {kind}; give it a free id"
            seen.add(thing.id)


def reference(article: Article) -> Problems:
    """Every id that is referred to is there."""
    entities = {entity.id for entity in article.entities}
    quotes = {quote.id for quote in article.quotes}
    annotators = {annotator.id for annotator in article.annotators}
    for pointer, target, known, kind in _references(article, entities, quotes, annotators):
        if target is not None and target not in known:
            yield pointer, f"there is no {kind} {target!r} in this article"


def _references(
    article: Article, entities: set[str], quotes: set[str], annotators: set[str]
) -> Iterator[tuple[str, str | None, set[str], str]]:
    for kind in ("entities", "quotes", "claims"):
        for i, thing in enumerate(getattr(article, kind)):
            yield f"/{kind}/{i}/annotator", thing.annotator, annotators, "annotator"
    for q, quote in enumerate(article.quotes):
        yield f"/quotes/{q}/parent", quote.parent, quotes, "quote"
        for s, source in enumerate(quote.sources):
            yield f"/quotes/{q}/sources/{s}/entity", source.entity, entities, "entity"
    for c, claim in enumerate(article.claims):
        yield f"/claims/{c}/quote", claim.quote, quotes, "quote"
        for a, about in enumerate(claim.about):
            yield f"/claims/{c}/about/{a}", about, entities, "entity"


def parent_cycle(article: Article) -> Problems:
    """No quote is its own ancestor."""
    parents = {quote.id: quote.parent for quote in article.quotes}
    free: set[str | None] = {None}
    for q, quote in enumerate(article.quotes):
        path: dict[str | None, None] = {}
        ancestor: str | None = quote.id
        while ancestor not in free and ancestor not in path:
            path[ancestor] = None
            ancestor = parents.get(ancestor or "")
        if ancestor == quote.id and ancestor in path:
            chain = " → ".join(map(str, [*path, ancestor]))
            yield f"/quotes/{q}/parent", f"its parents run in a circle: {shortened(chain)}"
        elif ancestor in free:
            free |= path.keys()


def parent_content(article: Article) -> Problems:
    """A quote lies inside the content of its parent."""
    quotes = {quote.id: quote for quote in article.quotes}
    for q, quote in enumerate(article.quotes):
        parent = quotes.get(quote.parent or "")
        if parent is not None:
            for i, span in enumerate(quote.content):
                if not _inside(span, parent):
                    yield (
                        f"/quotes/{q}/content/{i}",
                        f"{quoted(span.text)} is not inside the content of its parent {parent.id}",
                    )


def claim_content(article: Article) -> Problems:
    """A claim lies inside the content of its quote."""
    quotes = {quote.id: quote for quote in article.quotes}
    for c, claim in enumerate(article.claims):
        quote = quotes.get(claim.quote or "")
        if quote is not None:
            for i, span in enumerate(claim.content):
                if not _inside(span, quote):
                    yield (
                        f"/claims/{c}/content/{i}",
                        f"{quoted(span.text)} is not inside the content of its quote {quote.id}",
                    )


def _inside(span: Span, quote: Quote) -> bool:
    return any(content.holds(span) for content in quote.content)


def layer_none(article: Article) -> Problems:
    """A layer that was not annotated is empty."""
    for name in ("zones", "entities", "quotes", "claims"):
        if getattr(article.layers, name) == "none" and getattr(article, name):
            yield (
                f"/layers/{name}",
                f"says 'none', but there are {len(getattr(article, name))} {name}; say 'silver' or 'gold'",
            )


def mention_overlap(article: Article) -> Problems:
    """No two mentions of level name or value share a character: IOB2 tags could not tell both."""
    last = None
    for pointer, mention in _flat_mentions(article):
        if last is not None and mention.overlaps(last):
            yield (
                pointer,
                f"{quoted(mention.text)} shares characters with {quoted(last.text)}; only nominal and pronoun nest",
            )
        last = mention if last is None or mention.end > last.end else last


def mention_token(article: Article) -> Problems:
    """A mention of level name or value begins and ends where a token does."""
    places = list(tokens(article.text))
    starts, ends = {start for start, _ in places}, {end for _, end in places}
    for pointer, mention in _flat_mentions(article):
        if mention.start not in starts or mention.end not in ends:
            around = excerpt(article.text, mention.start, mention.end, 8)
            yield pointer, f"{quoted(mention.text)} splits a word: {around}; mark whole words"


def mention_sentence(article: Article) -> Problems:
    """A mention of level name or value lies in one sentence or outside them all."""
    starts = [sentence.start for sentence in article.sentences]
    for pointer, mention in _flat_mentions(article):
        for i in (bisect_right(starts, mention.start) - 1, bisect_right(starts, mention.end - 1) - 1):
            if i >= 0 and article.sentences[i].overlaps(mention) and not article.sentences[i].holds(mention):
                yield pointer, f"{quoted(mention.text)} runs over the edge of a sentence"
                break


def _flat_mentions(article: Article) -> list[tuple[str, Mention]]:
    return sorted(
        (
            (f"/entities/{e}/mentions/{m}", mention)
            for e, entity in enumerate(article.entities)
            for m, mention in enumerate(entity.mentions)
            if mention.flat
        ),
        key=lambda item: item[1],
    )


TEXT: tuple[Rule, ...] = (text_hash, span_order, span_text, span_trimmed, span_sorted, zone_cover, sentence_zone)
REFERENCES: tuple[Rule, ...] = (id_unique, reference, parent_cycle, parent_content, claim_content, layer_none)
GUIDELINES: tuple[Rule, ...] = (mention_overlap, mention_token, mention_sentence)
