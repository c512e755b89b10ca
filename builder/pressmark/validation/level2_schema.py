"""Level 2, schema: what `jsonschema` says of a record, in one plain sentence about the value that is wrong."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pressmark.record import contract
from pressmark.record.issue import Issue, json_pointer
from pressmark.record.text import shortened
from pressmark.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = tuple(
    Rule(f"schema-{name}", 2, text)
    for name, text in {
        "kind": "A record is an article, an annotation or a relation; it has the keys of one of them.",
        "required": "Every key is there: `null` or `[]` where there is nothing.",
        "additional-properties": "An object has no keys but those of the contract.",
        "type": 'A value has the type that the contract gives. An offset is written 38, not 38.0 and not "38".',
        "enum": "A label is one of the contract's labels, letter by letter.",
        "const": "A value is the one that the contract fixes.",
        "pattern": "An id, hash, date or language tag has the form that the contract gives, and nothing around it.",
        "minimum": "A number is not below the contract's lower bound.",
        "maximum": "A number is not above the contract's upper bound.",
        "min-length": "A string that must say something is not empty.",
        "min-items": "A list that must hold something is not empty.",
        "unique-items": "A list of labels or ids names each once.",
    }.items()
)
_FOREIGN = {"id", "text", "language", contract.EDITORS_KEY}  # keys that any other format may have, too
_SHOWN = 10**4  # characters of a value that are looked at to show it


def kind_of(record: object) -> contract.Kind:
    """What a record is meant to be, by its keys; anything unknown is judged as an article."""
    keys = record.keys() if isinstance(record, dict) else set()
    if {"a", "b"} & keys and not {"text", "entities"} & keys:
        return "relation"
    if "entities" in keys and not {"text", "metadata", "sentences"} & keys:
        return "annotation"
    return "article"


def is_foreign(kind: contract.Kind, record: object) -> bool:
    """Whether an object has no key by which a record of that kind could be told."""
    return isinstance(record, dict) and bool(record) and not record.keys() & (contract.columns(kind).keys() - _FOREIGN)


def schema_issues(kind: contract.Kind, record: Any) -> Iterator[Issue]:
    """Level 2: what the JSON Schema says of a record."""
    if is_foreign(kind, record):
        found = shortened(", ".join(map(str, list(record)[:8])))
        keys = f"{' '.join(contract.columns(kind))}, as schema/{kind}.schema.json says"
        yield Issue("schema-kind", f"is no record of pressmark: its keys are {found}", expected=keys)
        return
    for error in contract.validator(kind).iter_errors(record):
        code = "pattern" if error.validator == "not" else kebab(str(error.validator))
        message, expected, hint = _sentence(kind, error)
        yield Issue(f"schema-{code}", message, json_pointer(error.absolute_path), expected=expected, hint=hint)


def _sentence(  # noqa: PLR0911 - one a keyword
    kind: contract.Kind, error: Any
) -> tuple[str, str | None, str | None]:
    found = _shown(error.instance)
    match error.validator:
        case "required":
            missing = [key for key in error.validator_value if key not in error.instance]
            expected = "every key, null or [] where there is nothing"
            return f"no {' and no '.join(map(repr, missing))}", expected, _renamed(missing, error)
        case "additionalProperties":
            known = error.schema["properties"]
            extra = sorted(map(str, error.instance.keys() - known.keys()))
            near = get_close_matches(extra[0], known, 1) if len(extra[0]) < 100 else []
            message = f"unknown key {', '.join(shortened(repr(key)) for key in extra[:5])}; an {kind} has no such key here"
            return message, ", ".join(known), f"did you mean {near[0]!r}?" if near else None
        case "type":
            wanted = error.validator_value
            return f"{found} is no {wanted if isinstance(wanted, str) else ' or '.join(wanted)}", None, _typed(error)
        case "enum":
            labels = error.validator_value
            return f"{found} is none of {', '.join(labels)}", None, _nearest(error.instance, labels)
        case "pattern" | "not":
            return f"{found} is not of the form {error.schema['pattern']}", f"the form {error.schema['pattern']}", None
        case "const":
            return f"{found} is not {error.validator_value!r}", repr(error.validator_value), None
        case "minimum" | "maximum":
            side = "below" if error.validator == "minimum" else "above"
            return f"{found} is {side} {error.validator_value}", f"a number not {side} {error.validator_value}", None
        case "minLength" | "minItems":
            return f"{found} is empty", "something in it" + (", or null" if "null" in str(error.schema["type"]) else ""), None
        case "uniqueItems":
            return f"{found} names one twice", "each once", None
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
    return f"is it {near[0]!r}, misspelt?" if near else None


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
    """A name in camel or snake case, in kebab-case."""
    return "".join(f"-{c.lower()}" if c.isupper() or c == "_" else c for c in name).replace("-_", "-").replace("_", "-")
