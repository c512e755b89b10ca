"""Levels 1 and 2 at once: a record that the contract allows is read straight into typed objects.

The types and the `forms` of strings are computed from the schema, so a record is read if and only if the schema allows it;
`level2_schema` says what is wrong with the others. The objects have the fields of the schema and the methods of the model.
"""

from __future__ import annotations

import re
from functools import cache
from inspect import isfunction
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_type_hints

import msgspec
from msgspec import UNSET, Meta, UnsetType

from pressmark.record import contract
from pressmark.record.model import Annotation, Article
from pressmark.record.relation import Relation
from pressmark.validation.forms import fits
from pressmark.validation.level1_file.strict_json import has_too_many_values

if TYPE_CHECKING:
    from pressmark.record.contract import Kind, Node

_MODELS: dict[Kind, type] = {"article": Article, "annotation": Annotation, "relation": Relation}
_LIMITS = {"minLength": "min_length", "minItems": "min_length", "minimum": "ge", "maximum": "le"}
_ERRORS = (msgspec.MsgspecError, UnicodeError, RecursionError)
_NUL = re.compile(rb"\\u0000")
_encode = msgspec.json.Encoder().encode


@cache
def shape(kind: Kind) -> Any:
    """The type of a kind of record. An annotation is read as an article without text and sentences."""
    model = _MODELS[kind]
    more = {"text": "", "sentences": (), **_methods(Article)} if kind == "annotation" else {}
    return struct(contract.record(kind), model, more)


@cache
def _decoder(kind: Kind) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(shape(kind))


def decoded(data: bytes) -> Any:
    """The record that a JSON text is, or None where it is none or level 1 may find something wrong.

    A text that equals what pressmark writes for the record, except for white space, has no duplicate keys and no other defects.
    """
    if has_too_many_values(data):
        return None
    for kind in contract.KINDS:
        try:
            record = _decoder(kind).decode(data)
        except _ERRORS:
            continue
        return record if _is_plain(data, record) and fits(kind, record) else None
    return None


def _is_plain(data: bytes, record: Any) -> bool:
    try:
        written = _encode(record)
        same = written == data.strip() or written == msgspec.json.format(data, indent=-1)
    except _ERRORS:  # half of a surrogate pair
        return False
    return same and not _NUL.search(written)


def converted(kind: Kind, record: object) -> Any:
    """The record that parsed JSON or an object of the model is, or None where the schema does not allow it."""
    try:
        found = msgspec.convert(record, shape(kind), from_attributes=True)
    except _ERRORS:
        return None
    return found if fits(kind, found) else None


def follows_schema(kind: Kind, record: object) -> bool:
    """Whether parsed JSON, or an object of the model, follows the schema of its kind."""
    return converted(kind, record) is not None


def _type(node: Node, model: Any) -> Any:
    """The type of what a node of the schema allows; ``model`` is the model's type for it."""
    if "const" in node or "enum" in node:
        return Literal[tuple(node.get("enum", [node.get("const")]))]
    names = node["type"] if isinstance(node["type"], list) else [node["type"]]
    kind: Any
    match names[0]:
        case "object":
            kind = struct(node, model)
        case "array":
            kind = list[_type(node["items"], next(iter(get_args(model)), None))]  # type: ignore[misc]
        case name:
            kind = {"string": str, "integer": int, "number": float}[name]
    limits = {_LIMITS[key]: node[key] for key in node.keys() & _LIMITS.keys()}
    kind = Annotated[kind, Meta(**limits)] if limits else kind
    return kind | None if "null" in names else kind


def struct(node: Node, model: Any, more: dict[str, Any] | None = None) -> type[msgspec.Struct]:
    """The type of the objects that a node allows, with the methods of the model's type and what else is given."""
    hints = get_type_hints(model)
    fields: list[Any] = []
    names = {}
    for key, child in node["properties"].items():
        name = key if key.isidentifier() else "_" + key.strip("$")
        if name != key:
            names[name] = key
        kind = _type(child, hints.get(key))
        fields.append((name, kind) if key in node["required"] else (name, kind | UnsetType, UNSET))
    words = _methods(model) | (more or {})
    return msgspec.defstruct(
        model.__name__, fields, namespace=words, rename=names, forbid_unknown_fields=True, kw_only=True, frozen=True, gc=False
    )


def _methods(model: type) -> dict[str, Any]:
    """What rules ask the objects of the model: its methods and properties, and those of the classes that it extends."""
    words = {name: value for kind in reversed(model.__mro__) for name, value in vars(kind).items()}
    return {
        name: value
        for name, value in words.items()
        if not name.startswith("__") and (isfunction(value) or isinstance(value, property))
    }


_REASONS: tuple[tuple[str, str | None], ...] = (  # what msgspec says, and the code for it
    ("missing required field", "schema-required"),
    ("unknown field", "schema-additional-properties"),
    ("Invalid enum value", "schema-enum"),
    ("`str` of length", "schema-min-length"),
    ("`array` of length", "schema-min-items"),
    (" >= ", "schema-minimum"),
    (" <= ", "schema-maximum"),
    ("Expected `str`", None),  # a label of another type is no label, and no string is of another type
    ("Expected `", "schema-type"),
)


def rejected(data: bytes) -> str | None:
    """The code of one thing that is wrong with the shape of an article, at no cost; None where that is not sure."""
    try:
        _decoder("article").decode(data)
    except msgspec.ValidationError as error:
        said = str(error)
        code = next((code for reason, code in _REASONS if reason in said), None)
        place = said.rpartition("$.")[2].rstrip("`")
        return "schema-const" if code == "schema-enum" and "const" in contract.columns("article").get(place, {}) else code
    except _ERRORS:
        pass
    return None
