"""Reads plain spans, one ``{"id": …, "start": …, "end": …, "label": …}`` per line; other keys are ignored.

``id`` is the article's. Offsets are half-open and count code points. ``text``, if there, is what the article says at the span.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import msgspec

from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Article, Entity, Mention
from pressmark.scoring.imperfect_records import cut_issues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressmark.validation import Document

_KEYS = {"start", "end", "label"}


@dataclass(frozen=True, slots=True)
class PlainSpan:
    """A span with a label, and the file and line that it is from."""

    id: str
    start: int
    end: int
    label: str
    text: str | None = None
    file: str = ""
    line: int | None = None


def is_plain(record: object) -> bool:
    """Whether a record is meant as a plain span, by its keys."""
    return isinstance(record, dict) and record.keys() >= _KEYS and "entities" not in record


def read(document: Document, file: str) -> PlainSpan:
    """The span of one line.

    Raises:
        InvalidError: a key is missing or has another type.
    """
    record = {key: value for key, value in document.record.items() if key not in {"file", "line"}}
    try:
        found = msgspec.convert(record, PlainSpan)
    except msgspec.ValidationError as error:
        message = f'{error}; a plain span is {{"id": "an article", "start": 0, "end": 4, "label": "PERSON"}}'
        raise InvalidError([Issue("score-span", message, document.pointer, file, document.line)]) from None
    return replace(found, file=file, line=document.line)


def with_spans(article: Article, spans: Sequence[PlainSpan]) -> Article:
    """The article with these spans as its only annotation: each is the one mention of its entity.

    Raises:
        InvalidError: a span is outside the text, or the text says something else there.
    """
    entities = tuple(_entity(i, span, article.text) for i, span in enumerate(spans))
    layers = replace(article.layers, entities="silver", quotes="none", claims="none")
    found = replace(article, entities=entities, quotes=(), claims=(), annotators=(), layers=layers)
    issues = []
    for issue in cut_issues(found):
        span = spans[int(issue.pointer.split("/")[2])]
        issues.append(replace(issue, pointer="", file=span.file, line=span.line))
    if issues:
        raise InvalidError(issues)
    return found


def _entity(number: int, span: PlainSpan, text: str) -> Entity:
    said = text[span.start : span.end] if span.text is None else span.text
    return Entity(
        id=f"e{number + 1}",
        label=cast(Any, span.label),  # an unknown one counts as wrong
        name=said,
        kb_id=None,
        value=None,
        members=(),
        mentions=(Mention(span.start, span.end, said, "name"),),
        annotator="spans",
        confidence=None,
    )
