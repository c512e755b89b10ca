"""Level 5, guidelines: what does not belong into an article: the page around it, and placeholders."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from pressmark.record.issue import json_pointer
from pressmark.record.text import quoted
from pressmark.validation.rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Article, Path
    from pressmark.validation.facts import Facts
    from pressmark.validation.rule import Problems

PAGE = frozenset({"boilerplate", "related_link"})
_MARKED = frozenset({"entities", "quotes", "claims"})
ASIDE = PAGE | {"dateline", "byline", "photo_credit", "source_credit"}
_WORDS = (
    *("todo", "tbd", "fixme", "xxx+", "placeholder", "change[ _-]?me", "insert[ _-].{0,30}here", "lorem ipsum.*"),
    *("new (?:entity|claim|quote|annotator)", "n/a", "null", "none", "undefined", "unnamed", "untitled"),
)
_HEADS = frozenset(word[:2] for word in _WORDS)
_PLACEHOLDER = re.compile(
    rf"[\[<({{]*(?ai:{'|'.join(_WORDS)})[\])}}>]*[\s.:!]*|(?:TODO|FIXME|TBD|(?ai:todo|fixme|tbd):).*"
    r"|\?+[\s.!]*|\[[A-Z][A-Z _-]*\]|\.{2,}|…|-+|_+|<[^<>]*>|\{\{.*\}\}"
)
_LONGEST_PLACEHOLDER = 200


@rule(level=5, severity="warning")
def zone_page(article: Article, facts: Facts) -> Problems:
    """Marked spans are in the article itself, not in the page around it (zones of type boilerplate and related_link).

    Quotes and claims are not in datelines, bylines and credits either.
    """
    zones = [zone for zone in article.zones if zone.type in ASIDE]
    starts, ends = [zone.start for zone in zones], [0, *(zone.end for zone in zones)]
    for path, spans in facts.lists if zones else ():
        for i, span in enumerate(spans if path[0] in _MARKED else ()):
            last = bisect_left(starts, span.end)  # of the zones that begin before the span's end, counted from 1
            if span.start < ends[last] and (path[0] != "entities" or zones[last - 1].type in PAGE):
                message = f"{quoted(span.text)} is in a zone of type {zones[last - 1].type}"
                yield Problem(json_pointer((*path, i)), message, span.range, "marked spans only in the article itself")


@rule(level=5)
def placeholder(article: Article, _: Facts) -> Problems:
    """Names, propositions and values are not placeholders such as TODO, ??? or <name>.

    A name that the article itself mentions is not a placeholder, because there are people called None and Null.
    """
    for path, text in _names(article):
        if text is not None and is_placeholder(text):
            yield Problem(json_pointer(path), f"{quoted(text)} is a placeholder", expected="the real value")


def is_placeholder(text: str) -> bool:
    """Whether the text is a placeholder for one that is still missing."""
    if text[:1].isalnum() and text[:2].lower() not in _HEADS:
        return False
    return len(text) <= _LONGEST_PLACEHOLDER and _PLACEHOLDER.fullmatch(text.strip()) is not None


def _names(article: Article) -> Iterator[tuple[Path, str | None]]:
    for e, entity in enumerate(article.entities):
        yield ("entities", e, "value"), entity.value
        if entity.name != entity.mentions[0].text and all(entity.name != mention.text for mention in entity.mentions):
            yield ("entities", e, "name"), entity.name
            yield ("entities", e, "kb_id"), entity.kb_id and entity.kb_id.rpartition(":")[2].replace("-", " ")
    for c, claim in enumerate(article.claims):
        yield ("claims", c, "proposition"), claim.proposition
    for a, annotator in enumerate(article.annotators):
        yield ("annotators", a, "name"), annotator.name
    for key in ("title", "publisher", "author", "url", "license"):
        yield ("metadata", key), getattr(article.metadata, key)
