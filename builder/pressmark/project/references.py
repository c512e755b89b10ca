"""What an item refers to, and items whose references are renamed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.project.proposals import Item

    Renamed = dict[str, dict[str, str | None]]  # by layer, what an id became; None: it is gone


def references(item: Item) -> Iterator[tuple[str, str]]:
    """What an item refers to: layers and ids."""
    for spans in ("sources", "addressees"):
        yield from (("entities", span.entity) for span in getattr(item, spans, ()) if span.entity)
    for names in ("members", "about"):
        yield from (("entities", name) for name in getattr(item, names, ()))
    for name in ("parent", "quote"):
        if found := getattr(item, name, None):
            yield "quotes", found


def linked(item: Any, renamed: Renamed) -> Any:
    """The item with its references renamed. What is gone is left open; a claim whose quote is gone is None."""
    entities, quotes = renamed["entities"], renamed["quotes"]
    changes: dict[str, Any] = {}
    for spans in ("sources", "addressees"):
        if any(span.entity in entities for span in getattr(item, spans, ())):
            found = (replace(span, entity=entities.get(span.entity, span.entity)) for span in getattr(item, spans))
            changes[spans] = tuple(found)
    for names in ("members", "about"):
        if any(name in entities for name in getattr(item, names, ())):
            found = (entities.get(name, name) for name in getattr(item, names))
            changes[names] = tuple(dict.fromkeys(name for name in found if name and name != item.id))
    for name in ("parent", "quote"):
        if (old := getattr(item, name, None)) in quotes:
            changes[name] = quotes[old]
    if changes.get("quote", "") is None:
        return None
    return replace(item, **changes) if changes else item
