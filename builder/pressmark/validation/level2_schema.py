"""Level 2, schema: turns each error of `jsonschema` into one sentence about the wrong value."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pressmark.record import contract
from pressmark.record.issue import Issue, item_at, json_pointer
from pressmark.record.text import shortened
from pressmark.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.protocols import Validator

RULES = tuple(
    Rule(f"schema-{name}", 2, text)
    for name, text in {
        "kind": "A record is an article, an annotation or a relation, and has the keys of one of them.",
        "required": "Every key is present, with `null` or `[]` if it is empty.",
        "additional-properties": "An object has only the keys that the schema defines.",
        "type": 'A value has the type that the schema requires. Write an offset as 38, not as 38.0 or "38".',
        "enum": "A label is one of the labels in the schema, spelt exactly as there.",
        "const": "A constant has the value that the schema gives.",
        "pattern": "An id, hash, date or language tag has the form that the schema gives, with nothing before or after it.",
        "minimum": "A number is not below the lower bound in the schema.",
        "maximum": "A number is not above the upper bound in the schema.",
        "min-length": "A required string is not empty.",
        "min-items": "A list that needs an item is not empty.",
        "unique-items": "A list of labels or ids has no duplicates.",
    }.items()
)
_FOREIGN = {"id", "text", "language", contract.EDITORS_KEY}  # keys that any other format may have, too
_SHOWN = 10**4  # characters of a value that are looked at to show it


def kind_of(record: object) -> contract.Kind:
    """The kind that a record is meant to be, by its keys. An unknown record counts as an article."""
    keys = record.keys() if isinstance(record, dict) else set()
    if {"a", "b"} & keys and not {"text", "entities"} & keys:
        return "relation"
    if "entities" in keys and not {"text", "metadata", "sentences"} & keys:
        return "annotation"
    return "article"


def is_foreign(kind: contract.Kind, record: object) -> bool:
    """Whether an object has none of the keys that identify a record of this kind."""
    return isinstance(record, dict) and bool(record) and not record.keys() & (contract.columns(kind).keys() - _FOREIGN)


def schema_issues(kind: contract.Kind, record: Any, validator: Validator | None = None) -> Iterator[Issue]:
    """Checks a record against its JSON Schema (level 2), or against another one that the validator has."""
    if is_foreign(kind, record):
        found = shortened(", ".join(map(str, list(record)[:8])))
        keys = f"{' '.join(contract.columns(kind))}; see schema/{kind}.schema.json"
        yield Issue("schema-kind", f"is not a pressmark record; its keys are {found}", expected=keys)
        return
    if older := _older(kind, record):
        yield older
        return
    seen: set[tuple[str, str]] = set()
    for error in (validator or contract.validator(kind)).iter_errors(record):
        code = "pattern" if error.validator == "not" else kebab(str(error.validator))
        message, expected, hint = _sentence(kind, error)
        pointer = json_pointer(error.absolute_path)
        if (pointer, code) in seen:  # `jsonschema` tells of each missing key, and the message names them all
            continue
        seen.add((pointer, code))
        item = item_at({"": record}, f"/{pointer}") if kind == "relation" else item_at(record, pointer)
        yield Issue(f"schema-{code}", message, pointer, expected=expected, hint=hint, item=item)


def _older(kind: contract.Kind, record: Any) -> Issue | None:
    """One issue for a record of an earlier version, which lacks keys all over."""
    version = contract.at("article", "schema_version")["const"]
    message = f"is a record of version 1; this pressmark reads version {version}, which also says what was done with each quote"
    hint = f"{contract.DOCS}/decisions/0010-record-2.md lists the new keys"
    if not isinstance(record, dict):
        return None
    if kind == "article" and str(record.get("schema_version")).startswith("1."):
        return Issue("schema-const", message, "/schema_version", expected=repr(version), hint=hint)
    annotators = record.get("annotators") if kind == "annotation" else None
    if isinstance(annotators, list) and annotators and all(_is_older(annotator) for annotator in annotators):
        return Issue("schema-required", message, "/annotators", expected="every key of the schema", hint=hint)
    return None


def _is_older(annotator: object) -> bool:
    return isinstance(annotator, dict) and {"id", "kind", "name", "version"} == annotator.keys()


def _sentence(  # noqa: PLR0911 - one a keyword
    kind: contract.Kind, error: Any
) -> tuple[str, str | None, str | None]:
    found = _shown(error.instance)
    match error.validator:
        case "required":
            missing = [key for key in error.validator_value if key not in error.instance]
            expected = "every key, with null or [] if it is empty"
            return f"missing {', '.join(map(repr, missing))}", expected, _renamed(missing, error)
        case "additionalProperties":
            known = error.schema["properties"]
            extra = sorted(map(str, error.instance.keys() - known.keys()))
            near = get_close_matches(extra[0], known, 1) if len(extra[0]) < 100 else []
            message = (
                f"unknown key {', '.join(shortened(repr(key)) for key in extra[:5])}; the {kind} schema does not allow it here"
            )
            return message, ", ".join(known), f"did you mean {near[0]!r}?" if near else None
        case "type":
            wanted = error.validator_value
            return f"{found} is not of type {wanted if isinstance(wanted, str) else ' or '.join(wanted)}", None, _typed(error)
        case "enum":
            labels = ["null" if label is None else label for label in error.validator_value]
            return f"{found} is not one of {', '.join(labels)}", None, _nearest(error.instance, labels)
        case "pattern" | "not":
            return f"{found} {error.schema['patternErrorMessage']}", None, None
        case "const":
            return f"{found} is not {error.validator_value!r}", repr(error.validator_value), None
        case "minimum" | "maximum":
            side = "below" if error.validator == "minimum" else "above"
            return f"{found} is {side} {error.validator_value}", f"a number not {side} {error.validator_value}", None
        case "minLength" | "minItems":
            return (
                f"{found} is empty",
                "a value that is not empty" + (", or null" if "null" in str(error.schema["type"]) else ""),
                None,
            )
        case "uniqueItems":
            return f"{found} has duplicates", "each item once", None
        case _:
            return shortened(error.message, 160), None, None


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return shortened(json.dumps(value[:_SHOWN], ensure_ascii=False))
    if isinstance(value, list | dict) and len(value) > 20:
        return f"{'a list' if isinstance(value, list) else 'an object'} of {len(value)}"
    return shortened(json.dumps(value, ensure_ascii=False, default=repr)[:_SHOWN])


def _nearest(found: object, labels: list[str]) -> str | None:
    if not isinstance(found, str) or len(found) > 100:
        return None
    folded = {label.casefold(): label for label in labels}
    near = get_close_matches(found.strip().casefold().replace("-", "_").replace(" ", "_"), folded, 1)
    return f"did you mean {folded[near[0]]}?" if near else None


def _renamed(missing: list[str], error: Any) -> str | None:
    extra = [key for key in error.instance if key not in error.schema["properties"] and len(key) < 100]
    near = get_close_matches(missing[0], extra, 1)
    return f"is {near[0]!r} a misspelling of it?" if near else None


def _typed(error: Any) -> str | None:
    wanted, found = error.validator_value, error.instance
    if wanted == "integer" and isinstance(found, float) and found.is_integer():
        return f"write {int(found)}"
    if wanted == "integer" and isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < 11:
        return f"write {int(found)}, without quotation marks"
    if wanted == "array":
        return "write []" if found is None else "put it into [ ]" if isinstance(found, dict | str) else None
    return None


def kebab(name: str) -> str:
    """Converts a name from camel or snake case to kebab-case."""
    return "".join(f"-{c.lower()}" if c.isupper() or c == "_" else c for c in name).replace("-_", "-").replace("_", "-")
