"""What a view is: a name, a sentence about it, and columns, each a node of JSON Schema taken from the contract where it can be.

A column is a node of its own or a path to one in the contract, as `contract.at` takes it. Labels are strings in every view,
except in the columns that models are trained on: there they are `datasets.ClassLabel` numbers, with the names in the column
beside (docs/decisions/0009-labels.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pressmark.record import contract
from pressmark.record.contract import Node

Row = dict[str, Any]
Column = str | Node
Columns = dict[str, Column]


@dataclass(frozen=True, slots=True)
class View:
    """One table of the dataset, a `datasets` config. Without columns of its own, a row is a whole record."""

    name: str
    about: str
    _columns: Columns

    @property
    def is_record(self) -> bool:
        """Whether a row is a whole record."""
        return not self._columns

    def path(self, split: str, shard: int = 0, shards: int = 1) -> str:
        """The file of a shard of a split, from the dataset folder. The Hub knows such names."""
        return f"{self.name}/{split}-{shard:05}-of-{shards:05}.parquet"

    def columns(self) -> dict[str, Node]:
        """The columns as JSON Schema nodes without references."""
        return {name: _node(column) for name, column in self._columns.items()} or contract.columns("article")


def _node(column: Column) -> Node:
    if isinstance(column, str):
        kind, _, path = column.rpartition(":")
        return contract.at("relation" if kind else "article", path)
    node = dict(column)
    if "items" in node:
        node["items"] = _node(node["items"])
    if "properties" in node:
        node["properties"] = {name: _node(child) for name, child in node["properties"].items()}
    return node


def text(description: str) -> Node:
    """A column of strings."""
    return {"type": "string", "description": description}


def number(description: str) -> Node:
    """A column of whole numbers."""
    return {"type": "integer", "description": description}


def listed(description: str, items: Column) -> Node:
    """A column of lists."""
    return {"type": "array", "description": description, "items": items}


def struct(description: str, columns: Columns) -> Node:
    """A column of objects."""
    return {"type": "object", "description": description, "properties": columns}


def target(name: str, description: str, labels: tuple[str, ...], *, is_list: bool = False) -> Columns:
    """A column that models are trained on, and the names of its labels in a column beside."""
    number: Node = {"enum": list(labels), "class_label": True, "description": description}
    names: Node = {"enum": list(labels), "description": f"The names of the labels in {name}."}
    if is_list:
        return {name: listed(description, number), f"{name}_names": listed(str(names["description"]), names)}
    return {name: number, f"{name}_name": names}


def bio(roles: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of IOB2 tags: O, then B and I of each role (Ramshaw and Marcus 1995; Tjong Kim Sang and Veenstra 1999)."""
    return ("O", *(f"{place}-{role}" for role in roles for place in "BI"))


def made(layer: str) -> Columns:
    """Who marked it, how surely, and how far its layer is."""
    return {"annotator": f"{layer}/annotator", "confidence": f"{layer}/confidence", "layer": f"layers/{layer}"}


SPAN: Columns = {name: f"sentences/{name}" for name in ("start", "end", "text")}
ENTITY: Columns = {name: f"entities/{name}" for name in ("name", "kb_id")}
CONTENT_TEXT = text("The spans of the content, joined by a space.")
CONTEXT: Columns = {
    "context": text("The zones (a paragraph each) that the content stands in."),
    "context_start": number("The first code point of the context in the article."),
}
TOKENS: Columns = {
    "id": text("The article's id and the place of the row in it, from 0: unique in the view."),
    "article": "id",
    **SPAN,
    "tokens": listed("Words, clitics and other single characters.", text("A token.")),
    "starts": listed("The first code point of each token in the article.", number("A code point.")),
    "ends": listed("The code point after the last one of each token.", number("A code point.")),
}
