"""One record, judged and explained; and one JSON text, accepted at once where the fast path is sure."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from pressmark.record.issue import Issue
from pressmark.record.model import Annotation, Article, Relation
from pressmark.validation import decoder
from pressmark.validation.glance import clean
from pressmark.validation.level1_file.documents import Document, parsed
from pressmark.validation.level1_file.strict_json import parse
from pressmark.validation.level2_schema import is_foreign, kind_of, schema_issues
from pressmark.validation.registry import annotation_issues, article_issues

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
Record = Article | Annotation | Relation


class Judged(NamedTuple):
    """A record, None where its shape is wrong, with what is wrong with it; ``pointer`` is its place in the text."""

    record: Record | None
    issues: list[Issue]
    pointer: str = ""


def convert(record: object, kind: type[T]) -> T:
    """The record as the type of the model; its shape must have been checked."""
    return msgspec.convert(record, kind)


def judge(record: Any, top: int = 6) -> Judged:
    """What is wrong with a parsed record, or one of the model, on the levels up to ``top``."""
    if isinstance(record, Record):
        record = parse(msgspec.json.encode(record))
    if top < 2:
        return Judged(None, [])
    kind = kind_of(record)
    article = decoder.converted(record) if kind == "article" else None
    if article is not None and (judged := _at_once(article, top)):
        return judged
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
    return _at_once(article, top) or Judged(article, list(article_issues(article, top)))


def _at_once(article: Article, top: int) -> Judged | None:
    """An article whose types are right, judged without the schema; or None where its strings may not have the right forms."""
    if clean(article):
        return Judged(article, [])
    return Judged(article, list(article_issues(article, top))) if decoder.forms(article) else None


def judge_text(data: bytes, line: int | None = None, top: int = 6, *, explained: bool = True) -> Iterator[Judged]:
    """What is wrong with the records of a JSON text; where it need not be explained, its shape costs the judge nothing."""
    article = decoder.decoded(data) if top >= 2 else None
    if article is not None and (judged := _at_once(article, top)):
        yield judged
        return
    relation = decoder.related(data) if article is None and top >= 2 else None
    if relation is not None:
        yield Judged(relation, [])
        return
    documents = parsed(data, line)
    if not explained and article is None and line is not None:
        first = next(documents)
        known = isinstance(first, Document) and kind_of(first.record) == "article" and not is_foreign("article", first.record)
        code = decoder.rejected(data) if known else None
        if code is not None:
            yield Judged(None, [Issue(code, "not explained")])
            return
        documents = chain([first], documents)
    for document in documents:
        if isinstance(document, Document):
            judged = judge(document.record, top)
            if document.pointer:
                moved = [replace(issue, pointer=document.pointer + issue.pointer) for issue in judged.issues]
                judged = Judged(judged.record, moved, document.pointer)
            yield judged
        else:
            yield Judged(None, [document])
