"""Which fields of a record a foreign format keeps, and what it would lose.

A format's ``KEEPS`` is a set of paths, such as ``quotes[].sources[].role``, and of the shapes in `SHAPES` that it can hold.
What an import restores from the project is never lost: who marked an item, how sure they were, and what follows from the text.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from pressmark.record import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.contract import Node
    from pressmark.record.model import Article, Span

LAYERS = ("entities", "quotes", "claims")
SHAPES = ("nested mentions", "discontinuous spans")
_SPAN = frozenset({"start", "end", "text"})  # kept where the list that they are in is kept
RESTORED = frozenset(
    {"annotator", "confidence", "type", "verbatim"}
)  # of an item: by `reconcile`; type and verbatim of a quote


@cache
def fields(*layers: str) -> frozenset[str]:
    """Returns the paths of all fields of these layers that a format may keep or lose."""
    return frozenset(chain.from_iterable(_paths(f"{layer}[]", contract.at("article", layer)["items"]) for layer in layers))


def _paths(path: str, node: Node) -> Iterator[str]:
    for name, child in node["properties"].items():
        if name in _SPAN or (path.count("[]") == 1 and name in RESTORED):
            continue
        yield f"{path}.{name}"
        if "properties" in (item := child.get("items", {})):
            yield from _paths(f"{path}.{name}[]", item)


def losses(article: Article, keeps: frozenset[str]) -> Counter[str]:
    """Counts the values of an article that a format cannot hold, by their path, and the shapes that it cannot hold."""
    lost = Counter[str]()
    for layer in LAYERS:
        for item in getattr(article, layer):
            for path in _filled(f"{layer}[]", msgspec.to_builtins(item)):
                if path in fields(layer) and path not in keeps:
                    lost[path] += 1
    shapes = {SHAPES[0]: _nested(article), SHAPES[1]: _discontinuous(article)}
    lost.update({shape: count for shape, count in shapes.items() if count and shape not in keeps})
    return lost


def _filled(path: str, item: dict[str, Any]) -> Iterator[str]:
    for name, value in item.items():
        if value in (None, ()):
            continue
        yield f"{path}.{name}"
        if isinstance(value, tuple) and isinstance(value[0], dict):
            for part in value:
                yield from _filled(f"{path}.{name}[]", part)


def _nested(article: Article) -> int:
    mentions = sorted((m for entity in article.entities for m in entity.mentions), key=lambda m: (m.start, -m.end))
    inside, reach = 0, 0
    for mention in mentions:
        inside += mention.start < reach
        reach = max(reach, mention.end)
    return inside


def _discontinuous(article: Article) -> int:
    lists: list[tuple[Span, ...]] = [part for quote in article.quotes for part in (quote.content, quote.cue)]
    return sum(len(spans) > 1 for spans in [*lists, *(claim.content for claim in article.claims)])
