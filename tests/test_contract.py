"""The schemas, what is derived from them, and the types that mirror them."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from pathlib import Path
from typing import Any

import pytest
import referencing.exceptions
from jsonschema import Draft202012Validator

from pressmark.publish import reference
from pressmark.publish.views import VIEWS
from pressmark.record import contract, model
from pressmark.record.relation import Relation

ROOT = Path(__file__).parents[1]
RECORDS = {"article": model.Article, "annotation": model.Annotation, "relation": Relation}


@pytest.mark.parametrize("kind", contract.KINDS)
def test_a_schema_is_a_schema_and_its_examples_follow_it(kind: contract.Kind) -> None:
    schema = contract.schema(kind)
    Draft202012Validator.check_schema(schema)

    assert schema["examples"]
    for example in schema["examples"]:
        contract.validator(kind).validate(example)
        Draft202012Validator(schema, registry=contract.registry()).validate(example)  # with its references, as others read it


@pytest.mark.parametrize("kind", contract.KINDS)
def test_every_object_is_closed_and_every_key_required(kind: contract.Kind) -> None:
    for path, node in _nodes(contract.record(kind), kind):
        if node.get("type") == "object":
            assert node["additionalProperties"] is False, path
            assert sorted(node["properties"].keys() - {"$schema"}) == sorted(node["required"]), path
        assert not node.keys() & {"oneOf", "anyOf", "allOf", "if"}, path
        if "integer" in _types(node):
            assert (0, 2**31 - 1) == (node["minimum"], node["maximum"]), path
        if "pattern" in node:  # Python's $ lets a final line end pass
            assert {"type": "string", "pattern": r"\n"} == node["not"], path
            assert node["patternErrorMessage"].startswith("must be "), path
            assert "\\d" not in node["pattern"], path
            assert "\\w" not in node["pattern"], path


@pytest.mark.parametrize("kind", contract.KINDS)
def test_every_property_says_what_it_means_and_where_that_comes_from(kind: contract.Kind) -> None:
    for path, node in _nodes(contract.record(kind), kind):
        assert (
            node["description"].endswith((").", "annotators marked in one article.", "under the article's id.")) or path == kind
        ), path


@pytest.mark.parametrize("kind", contract.KINDS)
def test_the_types_of_the_model_are_those_of_the_schema(kind: contract.Kind) -> None:
    _compare(RECORDS[kind], contract.record(kind), kind)


def _compare(annotation: Any, node: dict[str, Any], path: str) -> None:
    if dataclasses.is_dataclass(annotation):
        hints = typing.get_type_hints(annotation)
        assert [field.name for field in dataclasses.fields(annotation)] == [
            name for name in node["properties"] if name != "$schema"
        ], path
        for name, hint in hints.items():
            _compare(hint, node["properties"][name], f"{path}.{name}")
        return
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is tuple:
        assert node["type"] == "array", path
        assert arguments[1] is Ellipsis, path
        _compare(arguments[0], node["items"], f"{path}[]")
    elif origin is typing.Literal:
        assert list(arguments) == node.get("enum", [node.get("const")]), path
    elif origin in {types.UnionType, typing.Union}:  # get_type_hints makes a Union of Literal | None
        assert {"null"} < set(_types(node)), path
        assert type(None) in arguments, path
        given = {"type": next(kind for kind in node["type"] if kind != "null")}
        given |= {"enum": list(contract.labels(node))} if "enum" in node else {}
        _compare(arguments[0], node | given, path)
    else:
        assert {str: "string", int: "integer", float: "number"}[annotation] == node["type"], path


def test_the_registry_fetches_nothing() -> None:
    resolver = contract.registry().resolver()

    assert resolver.lookup(contract.schema("article")["$id"]).contents == contract.schema("article")
    with pytest.raises(referencing.exceptions.Unresolvable):
        resolver.lookup("https://json-schema.org/draft/2020-12/schema")


@pytest.mark.parametrize("kind", contract.KINDS)
def test_a_reference_stands_for_what_the_registry_finds(kind: contract.Kind) -> None:
    def resolved(node: Any, resolver: Any) -> Any:
        if isinstance(node, dict) and "$ref" in node:
            found = resolver.lookup(node["$ref"])
            return resolved(found.contents, found.resolver)
        if isinstance(node, dict):
            return {key: resolved(child, resolver) for key, child in node.items() if key != "$defs"}
        return [resolved(child, resolver) for child in node] if isinstance(node, list) else node

    schema = contract.schema(kind)

    assert resolved(schema, contract.registry().resolver(schema["$id"])) == contract.record(kind)


def test_labels_keep_the_order_of_the_schema() -> None:
    assert ("name", "nominal", "pronoun", "value") == contract.labels(contract.at("article", "entities/mentions/level"))
    assert "event_property" == contract.labels(contract.at("article", "claims/types"))[0]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_the_arrow_schema_is_the_one_that_datasets_would_make(view: Any) -> None:
    made = contract.arrow_schema(view.columns())
    theirs = contract.features(view.columns()).arrow_schema

    assert theirs.remove_metadata() == made.remove_metadata()
    assert json.loads(theirs.metadata[b"huggingface"]) == json.loads(made.metadata[b"huggingface"])


def test_the_generated_pages_are_fresh() -> None:
    for path, text in reference.pages(ROOT):
        assert text == path.read_text(encoding="utf-8"), "run: python -m pressmark.publish.reference"


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("type", [])
    return kind if isinstance(kind, list) else [kind]


def _nodes(node: dict[str, Any], path: str) -> typing.Iterator[tuple[str, dict[str, Any]]]:
    yield path, node
    if "items" in node:
        yield from _nodes(node["items"], f"{path}[]")
    for name, child in node.get("properties", {}).items():
        yield from _nodes(child, f"{path}.{name}")
