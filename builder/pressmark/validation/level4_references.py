"""Level 4, references: ids are there once, what refers to them finds them, and a part lies inside its whole."""

from __future__ import annotations

from bisect import bisect_right
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pressmark.record.issue import json_pointer
from pressmark.record.text import quoted, shortened
from pressmark.validation.rule import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressmark.record.model import Article, Span

_SUGGESTED_FROM = 500  # ids among which a near one is looked for


def id_unique(article: Article) -> Problems:
    """No id stands twice in one article."""
    for kind in ("entities", "quotes", "claims", "annotators"):
        seen: set[str] = set()
        for i, thing in enumerate(getattr(article, kind)):
            if thing.id in seen:
                yield Problem(f"/{kind}/{i}/id", f"{thing.id!r} is taken by an earlier one of the {kind}", expected="a free id")
            seen.add(thing.id)


def reference(article: Article) -> Problems:
    """Every id that is referred to is there.

    Annotators, the entities of sources and claims, the parent of a quote and the quote of a claim are referred to by id.
    """
    known = {
        "entity": {entity.id for entity in article.entities},
        "quote": {quote.id for quote in article.quotes},
        "annotator": {annotator.id for annotator in article.annotators},
    }
    for path, kind, target in _references(article):
        if target is not None and target not in known[kind]:
            ids = known[kind]
            near = get_close_matches(target, ids, 1, 0.7) if kind == "annotator" and len(ids) <= _SUGGESTED_FROM else []
            yield Problem(
                json_pointer(path),
                f"there is no {kind} {target!r} in this article",
                expected=f"the id of one of the article's {len(ids)} {'entities' if kind == 'entity' else kind + 's'}",
                hint=f"did you mean {near[0]!r}?" if near else None,
            )


def _references(article: Article) -> Iterator[tuple[tuple[str | int, ...], str, str | None]]:
    for kind in ("entities", "quotes", "claims"):
        for i, thing in enumerate(getattr(article, kind)):
            yield (kind, i, "annotator"), "annotator", thing.annotator
    for q, quote in enumerate(article.quotes):
        yield ("quotes", q, "parent"), "quote", quote.parent
        for s, source in enumerate(quote.sources):
            yield ("quotes", q, "sources", s, "entity"), "entity", source.entity
    for c, claim in enumerate(article.claims):
        yield ("claims", c, "quote"), "quote", claim.quote
        for a, about in enumerate(claim.about):
            yield ("claims", c, "about", a), "entity", about


def parent_cycle(article: Article) -> Problems:
    """No quote is its own ancestor."""
    parents = {quote.id: quote.parent for quote in article.quotes}
    circles: dict[str, list[str]] = {}
    done: set[str] = set()
    for quote in article.quotes:
        path: dict[str, int] = {}
        ancestor: str | None = quote.id
        while ancestor is not None and ancestor not in done and ancestor not in path:
            path[ancestor] = len(path)
            ancestor = parents.get(ancestor)
        if ancestor is not None and ancestor in path:
            circle = list(path)[path[ancestor] :]
            circles.update(dict.fromkeys(circle, circle))
        done.update(path)  # not |=, which would copy all that is done
    for q, quote in enumerate(article.quotes):
        if circle := circles.get(quote.id, []):
            chain = " → ".join([*circle[:5], *(["…"] if len(circle) > 5 else []), circle[0]])
            message = f"its parents run in a circle: {shortened(chain)}"
            yield Problem(f"/quotes/{q}/parent", message, expected="a parent further out, or null")


class Holder:
    """Sorted, disjoint spans, and whether another one lies inside one of them or touches one."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def holds(self, other: Span) -> bool:
        """Whether the other lies inside one of them."""
        i = bisect_right(self._starts, other.start) - 1
        return i >= 0 and self._spans[i].holds(other)

    def is_of(self, spans: Sequence[Span]) -> bool:
        """Whether these are the spans."""
        return self._spans == spans

    def overlaps(self, other: Span) -> bool:
        """Whether the other shares a character with one of them."""
        i = bisect_right(self._starts, other.end - 1) - 1
        return i >= 0 and self._spans[i].end > other.start


def parent_content(article: Article) -> Problems:
    """A quote lies inside the content of its parent, with its cue and sources."""
    contents = {quote.id: Holder(quote.content) for quote in article.quotes}
    for q, quote in enumerate(article.quotes):
        if quote.parent in contents:
            parent, name = contents[quote.parent], f"its parent {quote.parent}"
            yield from _outside(f"/quotes/{q}/content", quote.content, parent, name)
            if not parent.is_of(quote.content):
                yield from _outside(f"/quotes/{q}/cue", quote.cue, parent, name)
                yield from _outside(f"/quotes/{q}/sources", quote.sources, parent, name)


def verbatim_content(article: Article) -> Problems:
    """The verbatim parts of a quote lie inside its content."""
    for q, quote in enumerate(article.quotes):
        yield from _outside(f"/quotes/{q}/verbatim", quote.verbatim, Holder(quote.content), "its quote")


def claim_content(article: Article) -> Problems:
    """A claim lies inside the content of its quote."""
    contents = {quote.id: Holder(quote.content) for quote in article.quotes}
    for c, claim in enumerate(article.claims):
        if claim.quote in contents:
            yield from _outside(f"/claims/{c}/content", claim.content, contents[claim.quote], f"its quote {claim.quote}")


def _outside(pointer: str, spans: Sequence[Span], whole: Holder, name: str) -> Problems:
    for i, span in enumerate(spans):
        if not whole.holds(span):
            yield Problem(
                f"{pointer}/{i}",
                f"{quoted(span.text)} is not inside the content of {name}",
                (span.start, span.end),
                "a span inside one of the spans of that content",
            )


def source_content(article: Article) -> Problems:
    """A source stands outside the content that is attributed to it."""
    for q, quote in enumerate(article.quotes):
        yield from _inside(f"/quotes/{q}/sources", quote.sources, Holder(quote.content))


def cue_content(article: Article) -> Problems:
    """A cue stands outside the content that it introduces, and outside its sources."""
    for q, quote in enumerate(article.quotes):
        yield from _inside(f"/quotes/{q}/cue", quote.cue, Holder(quote.content))
        cues = Holder(quote.cue)
        for s, source in enumerate(quote.sources):
            if cues.overlaps(source):
                message = f"{quoted(source.text)} shares characters with the cue of its own quote"
                place = (source.start, source.end)
                yield Problem(f"/quotes/{q}/sources/{s}", message, place, "source, cue and content side by side")


def _inside(pointer: str, spans: Sequence[Span], content: Holder) -> Problems:
    for i, span in enumerate(spans):
        if content.overlaps(span):
            yield Problem(
                f"{pointer}/{i}",
                f"{quoted(span.text)} shares characters with the content of its own quote",
                (span.start, span.end),
                "source, cue and content side by side; where the content is interrupted, two spans of content",
            )


def layer_none(article: Article) -> Problems:
    """A layer that was not annotated is empty."""
    for name in ("zones", "entities", "quotes", "claims"):
        if getattr(article.layers, name) == "none" and getattr(article, name):
            yield Problem(
                f"/layers/{name}",
                f"says 'none', but there are {len(getattr(article, name))} {name}",
                expected="'silver' (automatic) or 'gold' (reviewed)",
            )


def annotator_unused(article: Article) -> Problems:
    """An annotator marked something."""
    used = {thing.annotator for things in (article.entities, article.quotes, article.claims) for thing in things}
    for i, annotator in enumerate(article.annotators):
        if annotator.id not in used and (used or len(article.annotators) > 1):
            yield Problem(
                f"/annotators/{i}/id",
                f"{annotator.id!r} marked nothing in this article",
                expected="an annotator of an entity, quote or claim",
            )
