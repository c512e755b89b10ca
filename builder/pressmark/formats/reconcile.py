"""Brings corrections that were made in another tool back into an article.

Items that nobody changed keep their annotator, their confidence and whatever the format could not hold. Changed and new items
are signed by the person who corrected them. An item that the tool no longer has was deleted there, and is deleted here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec

from pressmark.formats.fields import LAYERS, fields
from pressmark.project.signature import sign
from pressmark.record.issue import Issue
from pressmark.record.model import Annotator, Claim, Entity, Quote
from pressmark.record.spans import spans
from pressmark.segment.quotations import quotations, verbatim
from pressmark.validation import convert

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.record.model import Article

Item = dict[str, Any]  # an entity, quote or claim as parsed JSON; its id may be the other tool's
_TYPES: dict[str, Any] = {"entities": Entity, "quotes": Quote, "claims": Claim}


@dataclass(frozen=True, slots=True)
class Foreign:
    """What another tool says of one article: its items by layer, and what it left incomplete.

    ``text_sha256`` proves the text that the offsets belong to; ``text`` is the text itself, where the format has no hash.
    ``by`` names who annotated, as the tool knows them.
    """

    id: str
    text_sha256: str | None
    text: str | None
    items: dict[str, list[Item]]
    incomplete: tuple[Issue, ...] = ()
    by: str | None = None


def is_same_text(foreign: Foreign, article: Article) -> bool:
    """Tells whether the offsets were made on the article's text."""
    if foreign.text_sha256 is not None:
        return foreign.text_sha256 == article.text_sha256
    return foreign.text == article.text


def reconciled(foreign: Foreign, article: Article, keeps: frozenset[str], annotator: Annotator) -> tuple[Article, list[Issue]]:
    """Returns the article with the other tool's items, and what had to be left out.

    ``article`` has the annotation that was exported; ``keeps`` is the format's.
    """
    problems = list(foreign.incomplete)
    signed, name = sign(article, annotator)
    layers = [layer for layer in LAYERS if any(path.startswith(layer) for path in keeps)]
    ids = _ids(foreign, article, layers)
    marks = quotations(article.text, (zone.range for zone in article.zones))
    changed: dict[str, Any] = {}
    for layer in layers:
        old = {item.id: item for item in getattr(article, layer)}
        items = []
        for item in foreign.items.get(layer, []):
            made = _referring(item, ids, problems)
            if layer == "quotes":
                made |= _quoted(article.text, made, marks)
            items.append(_signed(made, old.get(made["id"]), layer, keeps, name))
        places = {name: i for i, name in enumerate(old)}
        changed[layer] = tuple(sorted(items, key=lambda item: (places.get(item.id, len(places)), int(item.id[1:]))))
    result = replace(article, **changed)
    if result == article:
        return article, problems
    filled: dict[str, Any] = {
        layer: "silver" for layer in layers if getattr(article.layers, layer) == "none" and changed[layer]
    }
    return replace(result, annotators=signed.annotators, layers=replace(article.layers, **filled)), problems


def _ids(foreign: Foreign, article: Article, layers: Iterable[str]) -> dict[str, str]:
    """Maps the other tool's ids to ours: ``e7`` stays, and any other name gets the next free number."""
    ids: dict[str, str] = {}
    for layer in layers:
        letter = layer[0]
        names = [item["id"] for item in foreign.items.get(layer, [])]
        ours = {name for name in names if re.fullmatch(rf"{letter}[1-9][0-9]*", name)}
        taken = [int(name[1:]) for name in ours | {item.id for item in getattr(article, layer)}]
        free = max(taken, default=0)
        for name in names:
            if name not in ours and name not in ids:
                free += 1
                ids[name] = f"{letter}{free}"
        ids |= {name: name for name in ours}
    return ids


def _referring(item: Item, ids: dict[str, str], problems: list[Issue]) -> Item:
    """Returns the item with our ids. A reference to an item that is not there is left out and reported."""
    name = ids[item["id"]]

    def ours(other: str | None) -> str | None:
        if other is not None and other not in ids:
            problems.append(
                Issue("import-reference", f"refers to {other!r}, but the file has no such item; the reference is left out")
            )
        return None if other is None else ids.get(other)

    made = item | {"id": name}
    for key in ("parent", "quote"):
        if key in item:
            made[key] = ours(item[key])
    for key in ("members", "about"):
        if key in item:
            made[key] = list(dict.fromkeys(found for other in item[key] if (found := ours(other))))
    for key in ("sources", "addressees"):
        if key in item:
            made[key] = [part | {"entity": ours(part["entity"])} for part in item[key]]
    return made


def _quoted(text: str, quote: Item, marks: Any) -> Item:
    kind, inner = verbatim(text, [(span["start"], span["end"]) for span in quote["content"]], marks)
    return {"type": kind, "verbatim": msgspec.to_builtins(spans(text, inner))}


def _signed(item: Item, old: Any, layer: str, keeps: frozenset[str], annotator: str) -> Any:
    before = None if old is None else msgspec.to_builtins(old)
    made = _merged(item, before, f"{layer}[]", keeps)
    new = convert(made | {"annotator": annotator, "confidence": None}, _TYPES[layer])
    if old is None:
        return new
    if layer == "quotes" and new.content == old.content:
        new = replace(new, type=old.type, verbatim=old.verbatim)
    return old if replace(new, annotator=old.annotator, confidence=old.confidence) == old else new


def _merged(new: Item, old: Item | None, path: str, keeps: frozenset[str]) -> Item:
    """Returns the new item, with the old value of each field that the format does not keep."""
    if old is None:
        return new
    made = {}
    for key, value in new.items():
        here = f"{path}.{key}"
        if here in fields(path.partition("[")[0]) and here not in keeps:
            made[key] = old[key]
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            made[key] = _merged_parts(value, old[key], f"{here}[]", keeps)
        else:
            is_same_set = isinstance(value, list) and sorted(value) == sorted(old[key])  # a tool may save ids in any order
            made[key] = old[key] if is_same_set else value
    return made


def _merged_parts(new: list[Item], old: list[Item], path: str, keeps: frozenset[str]) -> list[Item]:
    """Merges mentions, sources and the like with the old ones at the same place, in the old order."""
    parts = {(part["start"], part["end"]): part for part in old}
    places = {place: i for i, place in enumerate(parts)}
    ordered = sorted(new, key=lambda part: places.get((part["start"], part["end"]), len(places)))
    return [_merged(part, parts.get((part["start"], part["end"])), path, keeps) for part in ordered]
