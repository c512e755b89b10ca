"""Reads the three parts of an inline draft: its head, the marked text and the blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pressmark.project.inline_blocks import LAYERS, Items
from pressmark.project.inline_lines import WrongError, blocks, key_of, parts, string
from pressmark.project.inline_spans import Finder
from pressmark.project.inline_text import MarkedText, usual_level, usual_name
from pressmark.record import contract
from pressmark.record.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressmark.project.inline_lines import Block
    from pressmark.project.inline_text import Mark
    from pressmark.record.model import Article

_ANNOTATOR = 'annotator: me human annotator "My Name"'
_GAP = re.compile(r"\r?\n\r?\n")
_END = re.compile(r"\r?\n---[ \t]*\r?\n")
_ENTITY = re.compile(r"e[1-9][0-9]{0,8}")
_SIGNED = ("entities", "quotes", "claims")


class Reader:
    """Reads an inline draft. ``wrong`` is what is not in the form, ``places`` where each part stands, by JSON Pointer."""

    def __init__(self, text: str, article: Article) -> None:
        self._article = article
        self._annotators: list[dict[str, Any]] = []
        self._layers: dict[str, str] = {}
        self._by: dict[str, str] = {}
        self._items: dict[str, list[dict[str, Any]]] = {"zones": [], "quotes": [], "claims": []}
        self._entities: dict[str, dict[str, Any]] = {}
        self._described: list[str] = []  # the entities that have a block
        self.places: dict[str, int] = {"": 0}
        self.wrong: list[WrongError] = []
        self._noting(self._read, text)

    def _noting(self, read: Callable[..., None], *given: Any) -> None:
        try:
            read(*given)
        except WrongError as error:
            self.wrong.append(error)

    def _read(self, text: str) -> None:
        gap, ends = _GAP.search(text), [*_END.finditer(text if text.endswith("\n") else text + "\n")]
        if gap is None or not ends or ends[-1].start() < gap.end() - 1:
            raise WrongError("there is no text between an empty line and a line ---; docs/inline.md shows the form", 0)
        for line in re.finditer(r"[^\n]+", text[: gap.start()]):
            self._noting(self._head, line[0].rstrip(), line.start())
        self._noting(self._text, text[gap.end() : ends[-1].start()], gap.end())
        start = ends[-1].end()
        items = Items(Finder(self._article), self.places, self.wrong)
        for block in blocks(text[start:], start, self.wrong):
            self._noting(self._block, block, items)

    def _head(self, line: str, place: int) -> None:
        key, _, value = line.partition(":")
        start = place + len(line) - len(value.lstrip())
        if key == "annotator":
            self._annotator(value.strip(), start)
        elif key in {"by", "layers"}:
            self.places[f"/{key}"] = start
            (self._by if key == "by" else self._layers).update(_by_layer(value, start, every=key == "by"))
        elif key != "id":
            raise WrongError(
                f'{quoted(line)} is no line of a head; write "id: …", "annotator: …", "by: …" or "layers: …"', place
            )

    def _annotator(self, value: str, place: int) -> None:
        self.places[f"/annotators/{len(self._annotators)}"] = place
        found: dict[str, Any] = {}
        for part in parts(value, place):
            if part.text is not None:
                found["version" if "name" in found else "name"] = part.text
            else:
                key = key_of(part.word, "annotators", ("kind", "role"), part.place) if "id" in found else "id"
                found[key] = part.word
        self._annotators.append(found)

    def _text(self, marked: str, place: int) -> None:
        text = MarkedText(marked, place)
        text.compare(self._article.text)
        for mark in text.marks:
            self._noting(self._mention, mark)

    def _mention(self, mark: Mark) -> None:
        name, *words = mark.words.split() or [""]
        if not _ENTITY.fullmatch(name):
            raise WrongError(f"{quoted(name)} is no id of an entity; a mark names it first, as in {{e1 PERSON}}", mark.place)
        entity = self._entities.setdefault(name, {"id": name, "mentions": []})
        self.places.setdefault(f"/entities/{name}", mark.place)
        self.places[f"/entities/{name}/mentions/{len(entity['mentions'])}"] = mark.place
        found: dict[str, Any] = {"text": self._article.text[mark.start : mark.end], "start": mark.start}
        for word in words:
            if word in contract.labels(contract.at("article", "entities/mentions/level")):
                found["level"] = word
            else:
                self._label(entity, word, mark.place)
        entity["mentions"].append(found)

    def _label(self, entity: dict[str, Any], word: str, place: int) -> None:
        key_of(word, "entities", ("label",), place)
        if entity.setdefault("label", word) != word:
            raise WrongError(f"{entity['id']} is {entity['label']} above and {word} here; an entity has one label", place)

    def _block(self, block: Block, items: Items) -> None:
        layer = LAYERS[block.id[0]]
        if layer == "entities":
            self._entity(block, items)
            return
        made: dict[str, Any] = {} if layer == "zones" else {"id": block.id}
        pointer = f"/{layer}/{len(self._items[layer])}"
        self.places[pointer] = block.place
        self._items[layer].append(made)
        self._noting(items.head, made, layer, block.words, block.place)
        items.fill(made, block, pointer)

    def _entity(self, block: Block, items: Items) -> None:
        if block.id in self._described:
            raise WrongError(f"{block.id} has a block above; put both together", block.place)
        self._described.append(block.id)
        entity = self._entities.setdefault(block.id, {"id": block.id, "mentions": []})
        self.places[f"/entities/{block.id}"] = block.place
        if block.words:
            entity["name"] = string(block.words, block.place)
        items.fill(entity, block, f"/entities/{block.id}")

    def draft(self) -> dict[str, Any]:
        """Returns the draft, with all that the form leaves to defaults."""
        entities = self._in_order()
        for entity in entities:
            _complete(entity)
        items = {"entities": entities, **self._items}
        self._signers(items)
        for layer in _SIGNED:
            for item in items[layer] if layer in self._by else ():
                item.setdefault("annotator", self._by[layer])
        layers = {layer: self._layers.get(layer, "silver" if items[layer] else "none") for layer in ("zones", *_SIGNED)}
        return {"id": self._article.id, "annotators": self._annotators, "layers": layers, **items}

    def _in_order(self) -> list[dict[str, Any]]:
        """The entities in the order of their numbers, or in that of their blocks if each has one."""
        if self._entities.keys() == set(self._described):
            names = self._described
        else:
            names = sorted(self._entities, key=lambda name: int(name[1:]))
        for pointer in [pointer for pointer in self.places if pointer.startswith("/entities/")]:
            _, _, name, *rest = pointer.split("/")
            self.places["/".join(["", "entities", str(names.index(name)), *rest])] = self.places.pop(pointer)
        return [self._entities[name] for name in names]

    def _signers(self, items: dict[str, list[dict[str, Any]]]) -> None:
        known = [annotator.get("id") for annotator in self._annotators]
        if not known and any(items[layer] for layer in _SIGNED):
            self.wrong.append(WrongError(f"the head names no annotator; add a line such as {_ANNOTATOR}", 0))
        for name in sorted(set(self._by.values()) - set(known)):
            message = f"there is no annotator {quoted(name)} in the head; add a line such as {_ANNOTATOR}"
            self.wrong.append(WrongError(message, self.places["/by"]))


def _by_layer(value: str, place: int, *, every: bool) -> dict[str, str]:
    """Reads ``entities gold, quotes silver`` or, where that is allowed, one word for all layers."""
    pairs = [pair.split() for pair in value.split(",")]
    if every and [len(pair) for pair in pairs] == [1]:
        return dict.fromkeys(_SIGNED, pairs[0][0])
    known = _SIGNED if every else ("zones", *_SIGNED)
    if any(len(pair) != 2 or pair[0] not in known for pair in pairs):
        raise WrongError(
            f'{quoted(value.strip())} is not a list such as "entities X, quotes Y"; the layers are {", ".join(known)}', place
        )
    return dict(pairs)


def _complete(entity: dict[str, Any]) -> None:
    for mention in entity["mentions"]:
        mention.setdefault("level", usual_level(entity.get("label")))
    if name := usual_name((mention["text"], mention["level"]) for mention in entity["mentions"]):
        entity.setdefault("name", name)
