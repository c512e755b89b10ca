"""Reads records whose keys and types are right and whose offsets cut the text. Whatever else is wrong counts as wrong.

An unknown label, an id that is of no entity, a span that splits a word: `pressmark validate` refuses them, and scoring
compares them.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin, get_type_hints

import msgspec

from pressmark.record import contract
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Annotation, Article
from pressmark.record.relation import Relation
from pressmark.validation import article_issues, decoder, schema_issues
from pressmark.validation.level3_text import span_order, span_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressmark.record.contract import Kind, Node

T = TypeVar("T", Annotation, Article, Relation)
_KINDS: dict[type, Kind] = {Annotation: "annotation", Article: "article", Relation: "relation"}
_SHAPE = ("type", "properties", "required", "additionalProperties", "items")  # what a schema says of keys and types
_CUTS = {span_order.code, span_text.code}


def read(record: object, model: type[T]) -> T:
    """The record as the type of the model, though its labels and ids may be any strings, and its numbers any numbers.

    Raises:
        InvalidError: a key is missing or unknown, or a value has another type.
    """
    kind = _KINDS[model]
    try:
        msgspec.convert(record, _struct(kind))
    except msgspec.ValidationError as error:
        issues = list(schema_issues(kind, record, contract.validator(kind).evolve(schema=_shape(kind))))
        raise InvalidError(issues or [Issue("schema-type", str(error))]) from None
    found: T = _built(record, model)
    return found


@cache
def _struct(kind: Kind) -> Any:
    model = next(model for model, name in _KINDS.items() if name == kind)
    return decoder.struct(_shape(kind), model)


@cache
def _shape(kind: Kind) -> Node:
    return _loosened(contract.record(kind))


def _loosened(node: Node) -> Node:
    """What a schema says of keys and types alone: no lists of values, no patterns, no bounds."""
    kept: Node = {key: node[key] for key in _SHAPE if key in node}
    if values := node.get("enum") or ([node["const"]] if "const" in node else []):
        kept["type"] = ["string", "null"] if None in values else "string"
    if "items" in kept:
        kept["items"] = _loosened(kept["items"])
    if "properties" in kept:
        kept["properties"] = {name: _loosened(child) for name, child in kept["properties"].items()}
    return kept


@cache
def _fields(model: type) -> Mapping[str, tuple[bool, type | None]]:
    """Of each field: whether it is a list, and the model's type of the object or objects in it."""
    found = {}
    for name, hint in get_type_hints(model).items():
        is_list = get_origin(hint) is tuple
        kind = get_args(hint)[0] if is_list else hint
        found[name] = is_list, cast(type, kind) if is_dataclass(kind) else None
    return found


def _built(record: Any, model: type) -> Any:
    values: dict[str, Any] = {}
    for name, (is_list, kind) in _fields(model).items():
        value = record[name]
        if is_list:
            values[name] = tuple(_built(item, kind) for item in value) if kind else tuple(value)
        else:
            values[name] = _built(value, kind) if kind else value
    return model(**values)


def cut_issues(article: Article) -> Iterator[Issue]:
    """The spans that do not cut the text: their offsets are outside it, or the text says something else there."""
    return (issue for issue in article_issues(article, top=3) if issue.code in _CUTS)
