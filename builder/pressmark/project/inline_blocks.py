"""Turns the blocks of an inline draft into the items of a draft, as `pressmark.project.drafts` has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pressmark.project.inline_lines import WrongError, key_of, parts, string
from pressmark.record.text import quoted

if TYPE_CHECKING:
    from pressmark.project.inline_lines import Block, Field
    from pressmark.project.inline_spans import Finder, Near, Range

LAYERS = {"e": "entities", "q": "quotes", "c": "claims", "z": "zones"}
HEADS = {
    "quotes": ("type", "medium", "act", "status"),
    "claims": ("types", "checkworthiness", "factuality"),
    "zones": ("type",),
}
NAMED = {"mention": ("mentions", ("level",)), "source": ("sources", ("role", "type")), "addressee": ("addressees", ())}
SPANS = ("content", "cue", "verbatim")
FIELDS = {
    "entities": ("label", "kb_id", "value", "members", "mention", "annotator", "confidence"),
    "quotes": ("content", "cue", "source", "addressee", "parent", "verbatim", "annotator", "confidence"),
    "claims": ("content", "proposition", "quote", "about", "annotator", "confidence"),
    "zones": (),
}
_WITHOUT = ("members", "about", "verbatim")  # fields that may stand without a value: []
_ENTITY = re.compile(r"e[1-9][0-9]*")


class Items:
    """The items that blocks describe, one by one, and the places of their parts by JSON Pointer."""

    def __init__(self, finder: Finder, places: dict[str, int], wrong: list[WrongError]) -> None:
        self._finder = finder
        self._places = places
        self._wrong = wrong
        self._contents: dict[str, list[Range]] = {}

    def fill(self, made: dict[str, Any], block: Block, pointer: str) -> None:
        """Adds to an item what its block says of it. Lines that cannot be read are added to what is wrong."""
        layer = LAYERS[block.id[0]]
        near: Near = ()
        for field in sorted(block.fields, key=lambda field: ("parent", "quote", "content", field.name).index(field.name)):
            try:
                self._field(made, layer, field, near, pointer)
            except WrongError as error:
                self._wrong.append(error)
            if field.name in {"parent", "quote"}:
                near = (self._contents.get(field.value, []),)
            elif field.name == "content":
                near = self._content(made, block.id)
        if layer == "quotes":
            self._marks(made)

    def head(self, made: dict[str, Any], layer: str, words: str, place: int) -> None:
        """Adds to an item the labels in the first line of its block, and to a zone its span."""
        for part in parts(words, place):
            if part.text is not None and layer == "zones":
                made |= self._finder.span(part)
                continue
            key = key_of(part.word, layer, HEADS[layer], part.place)
            if key == "types":
                made.setdefault(key, []).append(part.word)
            elif key in made:
                raise WrongError(f"{quoted(part.word)} is a second {key}, after {quoted(made[key])}; keep one", part.place)
            else:
                made[key] = part.word

    def _content(self, made: dict[str, Any], name: str) -> Near:
        spans = made.get("content", [])
        self._contents[name] = [(span["start"], span["start"] + len(span["text"])) for span in spans if "start" in span]
        return self._finder.around(self._contents[name])

    def _marks(self, made: dict[str, Any]) -> None:
        kind, inside = self._finder.verbatim(self._contents.get(made["id"], []))
        made.setdefault("type", kind)
        made.setdefault("verbatim", [{"text": self._finder.text[a:b], "start": a} for a, b in inside])

    def _field(self, made: dict[str, Any], layer: str, field: Field, near: Near, pointer: str) -> None:
        name, place = field.name, field.place
        if name not in FIELDS[layer]:
            known = ", ".join(FIELDS[layer]) or "none"
            raise WrongError(f"{quoted(name)} is no field of {layer}; they have {known}", field.name_place)
        if not field.value and name not in _WITHOUT:
            raise WrongError(f"{name} has no value; write one behind it, or remove the line", place)
        if name in NAMED:
            key = NAMED[name][0]
            self._places[f"{pointer}/{key}/{len(made.setdefault(key, []))}"] = place
            made[key].append(self._named(field, layer, near))
            return
        self._places.setdefault(f"{pointer}/{name}", place)
        if name in SPANS:
            self._spans(made.setdefault(name, []), field, near, f"{pointer}/{name}")
        elif name in made:
            raise WrongError(f"there is a second {name}; keep one", place)
        else:
            made[name] = _value(field)

    def _spans(self, spans: list[dict[str, Any]], field: Field, near: Near, pointer: str) -> None:
        for part in parts(field.value, field.place):
            if part.text is None:
                raise WrongError(f'{quoted(part.word)} is not quoted; write "…" around the words of the article', part.place)
            self._places[f"{pointer}/{len(spans)}"] = part.place
            spans.append(self._finder.span(part, near))

    def _named(self, field: Field, layer: str, near: Near) -> dict[str, Any]:
        span, *words = parts(field.value, field.place)
        if span.text is None:
            raise WrongError(f'{quoted(span.word)} is not quoted; write "…" around the words of the article', span.place)
        made = self._finder.span(span, near)
        key, keys = NAMED[field.name]
        for word in words:
            if _ENTITY.fullmatch(word.word) and field.name != "mention":
                made["entity"] = word.word
            elif not keys:
                raise WrongError(
                    f"{quoted(word.word or word.text or '')} is no id of an entity; write e1 or another", word.place
                )
            else:
                made[key_of(word.word or word.text or "", f"{layer}/{key}", keys, word.place)] = word.word
        return ({"role": "originator"} if field.name == "source" else {}) | made


def _value(field: Field) -> Any:
    if field.name in {"members", "about"}:
        return field.value.split()
    if field.name != "confidence":
        return string(field.value, field.place)
    try:
        return float(field.value)
    except ValueError:
        raise WrongError(f"{quoted(field.value)} is no number; write one from 0 to 1", field.place) from None
