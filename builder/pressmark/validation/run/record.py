"""One record, or one JSON text, against the levels 1 to 5."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from pressmark.record.issue import Issue
from pressmark.record.model import Annotation, Article
from pressmark.record.relation import Relation
from pressmark.validation import decoder
from pressmark.validation.edition_record import is_edition_record, with_stand_ins
from pressmark.validation.level1_file.documents import Document, parsed
from pressmark.validation.level1_file.places import placed
from pressmark.validation.level1_file.strict_json import BrokenError, parse
from pressmark.validation.level2_schema import is_foreign, kind_of, schema_issues
from pressmark.validation.level6_dataset.corpus import Card, card
from pressmark.validation.registry import annotation_issues, article_issues

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")


class Settings(NamedTuple):
    """What to check: levels up to ``top``, all codes except the ignored ones, and how many records of a file to explain.

    The rest is what `card` takes.
    """

    top: int = 6
    ignored: frozenset[str] = frozenset()
    explained: int = 1000
    sketched: bool = False
    related: bool = False
    with_metadata: bool = True


class Checked(NamedTuple):
    """The result of one record: its issues, what the dataset's rules need, its line and its JSON Pointer in the file.

    ``brief`` are its issues if it turns out that it need not be explained, where these are others.
    """

    issues: list[Issue]
    kept: Card | Relation | None = None
    line: int | None = None
    pointer: str = ""
    brief: list[Issue] | None = None


def convert(record: object, kind: type[T]) -> T:
    """Converts a record, whose shape was checked, to a type of the model."""
    return msgspec.convert(record, kind)


def checked(record: Any, settings: Settings) -> Checked:
    """What is wrong with a parsed record, or one of the model."""
    if isinstance(record, Article | Annotation | Relation):
        try:
            record = parse(_json(record))
        except BrokenError as broken:
            return Checked([replace(broken.issue, article=getattr(record, "id", None))])
    if settings.top < 2:
        return Checked([])
    kind = kind_of(record)
    read = decoder.converted(kind, record)
    if read is not None:
        return checked_object(read, settings)
    found = list(schema_issues(kind, with_stand_ins(record) if is_edition_record(record) else record))
    name = record.get("id") if isinstance(record, dict) and kind != "relation" else None
    return Checked([replace(issue, article=name) for issue in found] if isinstance(name, str) else found)


def _json(record: object) -> bytes:
    try:
        return msgspec.json.encode(record)
    except UnicodeEncodeError:  # half of a surrogate pair, which `parse` names
        return json.dumps(msgspec.to_builtins(record)).encode()


def checked_object(record: Any, settings: Settings) -> Checked:
    """What is wrong with a record whose shape is right: an article of the model, or what the decoder read."""
    if isinstance(record, decoder.shape("relation")):
        return Checked([], msgspec.convert(record, Relation, from_attributes=True))
    if isinstance(record, decoder.shape("annotation")):
        found = list(annotation_issues(record)) if settings.top >= 4 else []
    else:
        found = list(article_issues(record, settings.top))
    noted = settings.top >= 6 and all(issue.severity == "warning" for issue in found)
    if not noted:
        return Checked(found)
    kept = card(record, sketched=settings.sketched, related=settings.related, with_metadata=settings.with_metadata)
    return Checked(found, kept)


def checked_text(data: bytes, line: int | None, settings: Settings, *, explained: bool = True) -> list[Checked]:
    """What is wrong with the records of a JSON text, and where. Of one that need not be explained, the schema finds one thing.

    Its issues also get no column.
    """
    found = list(_checked_text(data, line, settings, explained=explained))
    wrong = [issue for one in found for issue in one.issues] if explained else []
    if not wrong:
        return found
    where = iter(placed(wrong, data, line))
    return [
        one._replace(issues=[next(where) for _ in one.issues], brief=one.issues if one.brief is None else one.brief)
        for one in found
    ]


def _checked_text(data: bytes, line: int | None, settings: Settings, *, explained: bool) -> Iterator[Checked]:
    record = decoder.decoded(data) if settings.top >= 2 else None
    if record is not None:
        yield checked_object(record, settings)._replace(line=line)
        return
    for document in parsed(data, line):
        if isinstance(document, Issue):
            yield Checked([document], line=line)
            continue
        code = _rejected(data, document) if settings.top >= 2 else None
        brief = [Issue(code, "not explained")] if code else None
        if brief and not explained:
            yield Checked(brief, line=line)
        else:
            yield _placed(checked(document.record, settings), document)._replace(brief=brief)


def _rejected(data: bytes, document: Document) -> str | None:
    """The code of one thing that is wrong with the shape of an article, where that is sure without the schema."""
    record = document.record
    is_article = document.line is not None and kind_of(record) == "article" and not is_foreign("article", record)
    return decoder.rejected(data) if is_article and not is_edition_record(record) else None


def _placed(found: Checked, document: Document) -> Checked:
    issues = found.issues
    if document.pointer:
        issues = [replace(issue, pointer=document.pointer + issue.pointer) for issue in issues]
    return Checked(issues, found.kept, document.line, document.pointer)
