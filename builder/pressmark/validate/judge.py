"""One record, judged and explained; and one JSON text, accepted at once where the fast path is sure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from pressmark.issue import Issue
from pressmark.model import Annotation, Article, Relation
from pressmark.validate import accept
from pressmark.validate.document import Document, parsed
from pressmark.validate.rules import annotation_issues, article_issues
from pressmark.validate.schema import kind_of, schema_issues
from pressmark.validate.strict import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
Record = Article | Annotation | Relation


class Judged(NamedTuple):
    """A record with what is wrong with it; ``record`` is None where its shape is wrong, ``pointer`` is its place in the text."""

    record: Record | None
    issues: list[Issue]
    pointer: str = ""


def convert(record: object, kind: type[T]) -> T:
    """The record as the type of the model; its shape must have been checked."""
    return msgspec.convert(record, kind)


def judge(record: Any, top: int = 6) -> Judged:
    """What is wrong with a parsed record on the levels up to ``top``."""
    if isinstance(record, Article | Annotation | Relation):
        record = parse(msgspec.json.encode(record))
    if top < 2:
        return Judged(None, [])
    article = accept.converted(record)
    if article is not None:
        return judge_article(article, top)
    kind = kind_of(record)
    found = list(schema_issues(kind, record))
    if found:
        name = record.get("id") if isinstance(record, dict) and kind != "relation" else None
        return Judged(None, [replace(issue, article=name) for issue in found] if isinstance(name, str) else found)
    if kind == "article":
        return judge_article(convert(record, Article), top)
    if kind == "relation":
        return Judged(convert(record, Relation), [])
    annotation = convert(record, Annotation)
    return Judged(annotation, list(annotation_issues(annotation, top)))


def judge_article(article: Article, top: int = 6) -> Judged:
    """What is wrong with an article whose shape is right."""
    return Judged(article, [] if top >= 5 and accept.clean(article) else list(article_issues(article, top)))


def judge_text(data: bytes, line: int | None = None, keys: int | None = None, top: int = 6) -> Iterator[Judged]:
    """What is wrong with the records of a JSON text; ``keys`` says how many keys it holds, where somebody has counted."""
    article = accept.decoded(data, keys)
    if article is not None:
        yield judge_article(article, top)
        return
    for document in parsed(data, line):
        if isinstance(document, Document):
            judged = judge(document.record, top)
            if document.pointer:
                moved = [replace(issue, pointer=document.pointer + issue.pointer) for issue in judged.issues]
                judged = Judged(judged.record, moved, document.pointer)
            yield judged
        else:
            yield Judged(None, [document])
