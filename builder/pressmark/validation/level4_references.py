"""Level 4, references: ids are unique, references resolve, parts lie inside their parents."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from pressmark.record.text import quoted, shortened
from pressmark.validation.facts import holds, touches
from pressmark.validation.rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pressmark.record.model import Article, Span
    from pressmark.validation.facts import Facts
    from pressmark.validation.rule import Problems

_SUGGESTED_FROM = 500  # ids among which a near one is looked for


@rule(level=4, needs_text=False)
def id_unique(article: Article, _: Facts) -> Problems:
    """Ids are unique within an article."""
    for kind in ("entities", "quotes", "claims", "annotators"):
        things = getattr(article, kind)
        seen: set[str] = set()
        for i, thing in enumerate(things if len({thing.id for thing in things}) < len(things) else ()):
            if thing.id in seen:
                yield Problem(
                    f"/{kind}/{i}/id", f"{thing.id!r} is already the id of an earlier item of {kind}", expected="an unused id"
                )
            seen.add(thing.id)


@rule(level=4, needs_text=False, about="pointers")
def reference(article: Article, facts: Facts) -> Problems:
    """Every reference resolves.

    References are the annotators of entities, quotes and claims, the members of groups, the entities of sources, addressees
    and claims, the parent of a quote and the quote of a claim.
    """
    yield from _annotators(article)
    known = {"entity": facts.entities.keys(), "quote": facts.contents.keys()}
    for pointer, kind, target in _targets(article):
        if target is not None and target not in known[kind]:
            yield _missing(pointer, kind, target, known[kind])


def _targets(article: Article) -> Iterator[tuple[str, str, str | None]]:
    """Every reference to an entity or quote: its JSON Pointer, what it refers to, and the id."""
    for e, entity in enumerate(article.entities):
        yield from ((f"/entities/{e}/members/{m}", "entity", member) for m, member in enumerate(entity.members))
    for q, quote in enumerate(article.quotes):
        yield f"/quotes/{q}/parent", "quote", quote.parent
        yield from ((f"/quotes/{q}/sources/{s}/entity", "entity", source.entity) for s, source in enumerate(quote.sources))
        yield from ((f"/quotes/{q}/addressees/{a}/entity", "entity", one.entity) for a, one in enumerate(quote.addressees))
    for c, claim in enumerate(article.claims):
        yield f"/claims/{c}/quote", "quote", claim.quote
        yield from ((f"/claims/{c}/about/{a}", "entity", about) for a, about in enumerate(claim.about))


def _annotators(article: Article) -> Problems:
    annotators = {annotator.id for annotator in article.annotators}
    for kind in ("entities", "quotes", "claims"):
        for i, thing in enumerate(getattr(article, kind)):
            if thing.annotator not in annotators:
                yield _missing(f"/{kind}/{i}/annotator", "annotator", thing.annotator, annotators)


def _missing(pointer: str, kind: str, target: str, ids: Collection[str]) -> Problem:
    near = get_close_matches(target, ids, 1, 0.7) if kind == "annotator" and len(ids) <= _SUGGESTED_FROM else []
    return Problem(
        pointer,
        f"there is no {kind} {target!r} in this article",
        expected=f"the id of one of the article's {len(ids)} {'entities' if kind == 'entity' else kind + 's'}",
        hint=f"did you mean {near[0]!r}?" if near else None,
    )


@rule(level=4, needs_text=False)
def member_self(article: Article, _: Facts) -> Problems:
    """A group is not a member of itself, neither directly nor through the groups in it."""
    members = {entity.id: entity.members for entity in article.entities if entity.members}
    for e, entity in enumerate(article.entities):
        inside, todo = set[str](), list(entity.members)
        while todo:
            member = todo.pop()
            if member not in inside:
                inside.add(member)
                todo += members.get(member, ())
        if entity.id in inside:
            yield Problem(f"/entities/{e}/members", f"{entity.id} is in itself", expected="members without the group itself")


@rule(level=4, needs_text=False)
def parent_cycle(article: Article, _: Facts) -> Problems:
    """No quote is its own ancestor."""
    parents = {quote.id: quote.parent for quote in article.quotes}
    circles: dict[str, list[str]] = {}
    done: set[str] = set()
    for quote in article.quotes if any(parents.values()) else ():
        path: dict[str, int] = {}
        ancestor: str | None = quote.id
        while ancestor is not None and ancestor not in done and ancestor not in path:
            path[ancestor] = len(path)
            ancestor = parents.get(ancestor)
        if ancestor is not None and ancestor in path:
            circle = list(path)[path[ancestor] :]
            circles.update(dict.fromkeys(circle, circle))
        done.update(path)  # not |=, which would copy all that is done
    for q, quote in enumerate(article.quotes if circles else ()):
        if circle := circles.get(quote.id, []):
            chain = " → ".join([*circle[:5], *(["…"] if len(circle) > 5 else []), circle[0]])
            message = f"its parents form a cycle: {shortened(chain)}"
            yield Problem(f"/quotes/{q}/parent", message, expected="a parent that contains this quote, or null")


@rule(level=4, needs_text=False, about="quotes")
def parent_content(article: Article, facts: Facts) -> Problems:
    """A quote, with its cue, sources and addressees, is inside the content of its parent."""
    for q, quote in enumerate(article.quotes):
        if quote.parent is None or quote.parent not in facts.contents:
            continue
        content = facts.contents[quote.parent]
        names = ("content",) if quote.content == content else ("content", "cue", "sources", "addressees")
        for name in names:
            for i, span in enumerate(getattr(quote, name)):
                if not holds(content, span):
                    yield _outside(f"/quotes/{q}/{name}/{i}", span, f"its parent {quote.parent}")


@rule(level=4, needs_text=False, about="quotes")
def verbatim_content(article: Article, _: Facts) -> Problems:
    """The verbatim parts of a quote are inside its content."""
    for q, quote in enumerate(article.quotes):
        for v, span in enumerate(quote.verbatim):
            if not holds(quote.content, span):
                yield _outside(f"/quotes/{q}/verbatim/{v}", span, "its quote")


def _outside(pointer: str, span: Span, name: str) -> Problem:
    message = f"{quoted(span.text)} is not inside the content of {name}"
    return Problem(pointer, message, span.range, "a span inside one of the spans of that content")


@rule(level=4, needs_text=False, about="quotes")
def source_content(article: Article, _: Facts) -> Problems:
    """A source is outside the content that is attributed to it."""
    for q, quote in enumerate(article.quotes):
        for s, span in enumerate(quote.sources):
            if touches(quote.content, span):
                yield _inside(f"/quotes/{q}/sources/{s}", span)


@rule(level=4, needs_text=False, about="quotes")
def cue_content(article: Article, _: Facts) -> Problems:
    """A cue is outside the content of its quote and does not overlap its sources."""
    for q, quote in enumerate(article.quotes):
        for c, span in enumerate(quote.cue):
            if touches(quote.content, span):
                yield _inside(f"/quotes/{q}/cue/{c}", span)
        for s, source in enumerate(quote.sources):
            if touches(quote.cue, source):
                message = f"{quoted(source.text)} overlaps the cue of its own quote"
                yield Problem(f"/quotes/{q}/sources/{s}", message, source.range, "source, cue and content that do not overlap")


def _inside(pointer: str, span: Span) -> Problem:
    message = f"{quoted(span.text)} overlaps the content of its own quote"
    expected = "source, cue and content that do not overlap; if the content is interrupted, two content spans"
    return Problem(pointer, message, span.range, expected)


@rule(level=4, needs_text=False, about="pointers")
def claim_content(article: Article, facts: Facts) -> Problems:
    """A claim is inside the content of its quote."""
    for c, claim in enumerate(article.claims):
        if claim.quote is None or claim.quote not in facts.contents:
            continue
        for i, span in enumerate(claim.content):
            if not holds(facts.contents[claim.quote], span):
                yield _outside(f"/claims/{c}/content/{i}", span, f"its quote {claim.quote}")


@rule(level=4, needs_text=False)
def layer_none(article: Article, _: Facts) -> Problems:
    """A layer that was not annotated is empty."""
    for name in ("zones", "entities", "quotes", "claims"):
        if getattr(article.layers, name) == "none" and getattr(article, name):
            yield Problem(
                f"/layers/{name}",
                f"says 'none', but there are {len(getattr(article, name))} {name}",
                expected="'silver' (automatic) or 'gold' (reviewed)",
            )
