"""Says in words how an annotator reads an item: what a person needs to choose between readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.record.model import Claim, Entity, Quote
from pressmark.record.text import quoted, visible
from pressmark.scoring.differences import names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.record.model import Addressee, Article, Source, Span

NOTHING = "nothing"


def as_read(article: Article, item: Entity | Quote | Claim, field: str) -> str:
    """Return a field of an item of the article in one line."""
    value = getattr(item, field)
    match field:
        case "content" | "cue":
            return _spans(value)
        case "sources" | "addressees":
            return "; ".join(_person(article, span) for span in value) or NOTHING
        case "members" | "about":
            return _named(article, value)
        case "parent" | "quote":
            return next((_spans(quote.content) for quote in article.quotes if quote.id == value), NOTHING)
        case "proposition" if isinstance(item, Claim):
            return f"'{visible(value)}' ({item.factuality})"
        case "name":
            value = quoted(value)
        case "types":
            value = ", ".join(sorted(value))
    return NOTHING if value is None else visible(value)


def whole(article: Article, item: Entity | Quote | Claim) -> str:
    """Return what an item is, in one line."""
    match item:
        case Entity():
            return f"{item.label} {quoted(item.name)}"
        case Quote():
            return f"{_named(article, [one.entity for one in item.sources if one.entity])} said {_spans(item.content)}"
        case Claim():
            return as_read(article, item, "proposition")


def _spans(spans: Iterable[Span]) -> str:
    return " … ".join(f"{span.start}:{span.end} {quoted(span.text)}" for span in spans) or NOTHING


def _person(article: Article, span: Source | Addressee) -> str:
    labels = [label for label in (getattr(span, "role", None), getattr(span, "type", None)) if label]
    who = "nobody named" if span.entity is None else _named(article, [span.entity])
    return ", ".join([f"{span.start}:{span.end} {quoted(span.text)} is {who}", *labels])


def _named(article: Article, ids: Iterable[str]) -> str:
    wanted = frozenset(ids)
    return names(entity for entity in article.entities if entity.id in wanted) if wanted else NOTHING
