"""The contract: the JSON Schemas of `schema/`, and the Arrow schema, `datasets` features and labels derived from them.

A *node* below is one JSON Schema object. Nothing is ever fetched: a reference that leaves `schema/` is an error.
"""

from __future__ import annotations

import json
from functools import cache
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

if TYPE_CHECKING:
    import datasets
    import pyarrow as pa
    from jsonschema.protocols import Validator
    from referencing import Registry

Kind = Literal["article", "annotation", "relation"]
KINDS: tuple[Kind, ...] = ("article", "annotation", "relation")
Node = dict[str, Any]

DOCS = "https://github.com/pressmark/pressmark/blob/main/docs"  # for messages: an installed package has no docs/
EDITORS_KEY = "$schema"  # the only key that may be left out, and no column of a table


def folder() -> Path:
    """Where the schemas lie: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "schema"
    return installed if installed.is_dir() else package.parents[1] / "schema"


@cache
def schema(kind: Kind) -> Node:
    """The schema of one kind of record, as it stands in ``schema/<kind>.schema.json``."""
    loaded: Node = json.loads(path(kind).read_text(encoding="utf-8"))
    return loaded


def path(kind: Kind) -> Path:
    """The file of the schema of one kind of record."""
    return folder() / f"{kind}.schema.json"


@cache
def registry() -> Registry[Node]:
    """All schemas of the contract under their ``$id``; closed, so that any other reference raises `referencing`'s error."""
    import referencing.jsonschema

    resources = [referencing.jsonschema.DRAFT202012.create_resource(schema(kind)) for kind in KINDS]
    return referencing.Registry().with_resources((str(resource.id()), resource) for resource in resources).crawl()


@cache
def record(kind: Kind) -> Node:
    """The schema of one kind of record with every reference replaced by what it stands for."""
    return _inlined(schema(kind), kind)


def _inlined(node: Node, kind: Kind) -> Node:
    if "$ref" in node:
        file, _, name = node["$ref"].partition("#/$defs/")  # by hand: `referencing` takes longer to import than all the rest
        kind = cast(Kind, file.removesuffix(".schema.json") or kind)
        return _inlined(schema(kind)["$defs"][name], kind)
    node = {key: value for key, value in node.items() if key != "$defs"}
    if "items" in node:
        node["items"] = _inlined(node["items"], kind)
    if "properties" in node:
        node["properties"] = {name: _inlined(child, kind) for name, child in node["properties"].items()}
    return node


@cache
def validator(kind: Kind) -> Validator:
    """The judge of one kind of record; without references, since looking them up would be most of its work.

    Stricter than JSON Schema in two points: 38.0 is no integer, since most languages read it as a number that cannot index;
    and NaN, which tables may hold, is no number.
    """
    from jsonschema import Draft202012Validator, validators

    numbers = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "integer": lambda _, value: type(value) is int,
            "number": lambda _, value: type(value) is int or (type(value) is float and not isnan(value)),
        }
    )
    return validators.extend(Draft202012Validator, type_checker=numbers)(record(kind))


def columns(kind: Kind) -> dict[str, Node]:
    """The columns of a record: its properties, less the one for editors."""
    return {name: node for name, node in record(kind)["properties"].items() if name != EDITORS_KEY}


def at(kind: Kind, path: str) -> Node:
    """The node of a property; arrays are stepped through: ``at("article", "entities/mentions/level")``."""
    node = record(kind)
    for name in path.split("/"):
        node = node.get("items", node)["properties"][name]
    return node


def labels(node: Node) -> tuple[str, ...]:
    """The labels of a node with an ``enum``, or of a list of such, in the schema's order and without null."""
    return tuple(label for label in node.get("items", node)["enum"] if label is not None)


def arrow_type(node: Node) -> pa.DataType:
    """The Arrow type of a node without references.

    An ``enum`` is a string; with ``class_label``, an int64, the place of its label, as `datasets.ClassLabel` stores it.
    """
    import pyarrow as pa

    match _type(node):
        case "object":
            fields = [(name, arrow_type(child)) for name, child in node["properties"].items()]
            return pa.struct(fields)
        case "array":
            return pa.list_(arrow_type(node["items"]))
        case "enum":
            return pa.int64() if node.get("class_label") else pa.string()
        case scalar:
            return {"string": pa.string(), "integer": pa.int32(), "number": pa.float64()}[scalar]


def feature(node: Node) -> Any:
    """The feature of a node without references, in the JSON form that `datasets.Features.from_dict` reads."""
    match _type(node):
        case "object":
            return {name: feature(child) for name, child in node["properties"].items()}
        case "array":
            return {"feature": feature(node["items"]), "_type": "List"}
        case "enum" if node.get("class_label"):
            return {"names": list(labels(node)), "_type": "ClassLabel"}
        case scalar:
            return {"dtype": {"integer": "int32", "number": "float64"}.get(scalar, "string"), "_type": "Value"}


def _type(node: Node) -> str:
    if "enum" in node:
        return "enum"
    if "const" in node:
        return "string"
    kind = node["type"]
    return str(kind[0] if isinstance(kind, list) else kind)


def arrow_schema(view: dict[str, Node]) -> pa.Schema:
    """The Arrow schema of a view, with its features in the metadata key ``huggingface``, where `datasets` looks for them."""
    import pyarrow as pa

    features = {name: feature(node) for name, node in view.items()}
    info = json.dumps({"info": {"features": features}}, ensure_ascii=False)
    fields = [(name, arrow_type(node)) for name, node in view.items()]
    return pa.schema(fields, metadata={"huggingface": info})


def features(view: dict[str, Node]) -> datasets.Features:
    """The `datasets.Features` of a view."""
    from datasets import Features

    return Features.from_dict({name: feature(node) for name, node in view.items()})
