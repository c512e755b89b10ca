"""Is an annotation right? Bytes or records in, issues out.

The levels: 1 file, 2 schema, 3 text, 4 references, 5 guidelines. A level runs only on a record in which the one below
found nothing, so that a rule may trust what it reads.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from pressmark import contract
from pressmark.issue import Issue, json_pointer
from pressmark.model import Article
from pressmark.text import shortened
from pressmark.validate.document import Document, documents, parse
from pressmark.validate.relations import relation_issues
from pressmark.validate.rules import GUIDELINES, REFERENCES, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "Document",
    "Issue",
    "article_issues",
    "convert",
    "documents",
    "file_issues",
    "issues",
    "kind_of",
    "parse",
    "relation_issues",
    "schema_issues",
]

T = TypeVar("T")


def issues(record: object) -> Iterator[Issue]:
    """What is wrong with one record: an article or a relation, as parsed JSON. An annotation is judged by its schema alone."""
    kind = kind_of(record)
    name = record.get("id") if isinstance(record, dict) and kind != "relation" else None
    article = name if isinstance(name, str) else None
    found = list(schema_issues(kind, record))
    if not found and kind == "article":
        found = list(article_issues(convert(record, Article)))
    yield from (issue.within("", article=article) for issue in found)


def file_issues(path: Path) -> Iterator[Issue]:
    """What is wrong with the records of a JSON, JSON Lines or Parquet file.

    Raises:
        OSError: the file cannot be read.
    """
    count = 0
    for document in documents(path):
        count += 1
        if isinstance(document, Document):
            for issue in issues(document.record):
                place = document.pointer + issue.pointer
                yield Issue(issue.code, issue.message, place).within(str(path), document.line, issue.article)
        else:
            yield document.within(str(path))
    if not count:
        yield Issue("file-empty", "the file holds no record").within(str(path))


def kind_of(record: object) -> contract.Kind:
    """What a record is meant to be, by its keys; anything unknown is judged as an article."""
    keys = record.keys() if isinstance(record, dict) else set()
    if {"a", "b"} & keys and not {"text", "entities"} & keys:
        return "relation"
    if "entities" in keys and not {"text", "metadata", "sentences"} & keys:
        return "annotation"
    return "article"


def schema_issues(kind: contract.Kind, record: Any) -> Iterator[Issue]:
    """Level 2: what the JSON Schema says of a record."""
    found: dict[Issue, None] = {}  # the judge names each missing key by itself; the sentence names them all
    for error in contract.validator(kind).iter_errors(record):
        code = "pattern" if error.validator == "not" else _kebab(str(error.validator))
        found[Issue(f"schema-{code}", _sentence(kind, error), json_pointer(error.absolute_path))] = None
    yield from found


def article_issues(article: Article) -> Iterator[Issue]:
    """Levels 3 to 5: what the rules say of an article whose shape is right."""
    for level in (TEXT, REFERENCES, GUIDELINES):
        found = [
            Issue(_kebab(rule.__name__), message, pointer, article=article.id)
            for rule in level
            for pointer, message in rule(article)
        ]
        yield from found
        if found:
            return


def convert(record: object, kind: type[T]) -> T:
    """The record as the type of the model; its shape must have been checked."""
    return msgspec.convert(record, kind)


def _sentence(kind: contract.Kind, error: Any) -> str:
    found = shortened(json.dumps(error.instance, ensure_ascii=False, default=repr))
    match error.validator:
        case "required":
            missing = [key for key in error.validator_value if key not in error.instance]
            return f"no {' and no '.join(map(repr, missing))}; every key is there, null or [] where there is nothing"
        case "additionalProperties":
            extra = sorted(map(str, error.instance.keys() - error.schema["properties"].keys()))
            return f"unknown key {', '.join(shortened(repr(key)) for key in extra)}; an {kind} has no such key here"
        case "type":
            wanted = error.validator_value
            return f"{found} is no {wanted if isinstance(wanted, str) else ' or '.join(wanted)}"
        case "enum":
            return f"{found} is none of {', '.join(error.validator_value)}"
        case "pattern" | "not":
            return f"{found} is not of the form {error.schema['pattern']}"
        case _:
            return shortened(error.message, 160)


def _kebab(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() or c == "_" else c for c in name).replace("-_", "-").replace("_", "-")
