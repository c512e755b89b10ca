"""Reads the files of ``annotations/``: what people or models marked in the articles, and the relations between claims."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from pressmark.record import contract
from pressmark.record.encode import json_text
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.line_ends import changed_line_ends
from pressmark.record.model import Annotation, Article
from pressmark.record.relation import Relation
from pressmark.record.text import quoted
from pressmark.segment import zones as found_zones
from pressmark.validation import convert, documents, parse, schema_issues
from pressmark.validation.decoder import follows_schema
from pressmark.validation.level1_file.strict_json import BrokenError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.contract import Kind

T = TypeVar("T")
_SMALL = 2_000_000  # bytes; a shorter file cannot reach a limit of the strict JSON parser
FOLDER = Path("annotations")
RELATIONS = FOLDER / "relations.json"


def path_of(article_id: str) -> Path:
    """Returns where the annotation of an article lies, from the project's folder."""
    return FOLDER / f"{article_id}.json"


def curate(article: Article, annotation: Annotation) -> Article:
    """Adds an annotation to an article. If the annotation has no zones, the article keeps its own."""
    zones = annotation.zones or article.zones
    layers = annotation.layers if annotation.zones else replace(annotation.layers, zones=article.layers.zones)
    return replace(
        article,
        zones=zones,
        entities=annotation.entities,
        quotes=annotation.quotes,
        claims=annotation.claims,
        annotators=annotation.annotators,
        layers=layers,
    )


def annotation(path: Path, article: Article) -> Annotation:
    """Reads the annotation in a file. It follows its schema and was made on the text of the article.

    Raises:
        InvalidError: it does not or was not; the issues say where.
        OSError: the file cannot be read.
    """
    found, issues = _annotations(path)
    issues = issues or list(seed_issues(found, article))
    if issues:
        raise InvalidError(issue.within(str(path), article=article.id) for issue in issues)
    return found[0]


def says_hash(path: Path) -> str | None:
    """Returns the hash of the text that an annotation says it was made on, or None if it cannot be read.

    Raises:
        OSError: the file cannot be read.
    """
    found, _ = _annotations(path)
    return found[0].text_sha256 if len(found) == 1 else None


def taken_from(article: Article, old: Annotation | Article | None) -> Annotation:
    """Takes the annotation out of an article. Its zones are those of the old annotation: rules find the others again."""
    zones = old.zones if old else ()
    return Annotation(
        id=article.id,
        text_sha256=article.text_sha256,
        zones=zones,
        entities=article.entities,
        quotes=article.quotes,
        claims=article.claims,
        annotators=article.annotators,
        layers=replace(article.layers, zones=article.layers.zones if zones else "none"),
    )


def annotation_of(article: Article) -> Annotation:
    """Takes the annotation out of an article without a file of its own. Zones that the rules find again are left out."""
    is_found = article.layers.zones != "gold" and list(article.zones) == list(found_zones(article.text))
    return taken_from(article, None if is_found else article)


def as_file(annotation: Annotation, old: bytes | None) -> bytes:
    """Encodes an annotation as the file that takes the place of ``old``, and keeps its key for editors, ``$schema``.

    If ``old`` is no JSON object, or its key is no string, there is nothing to keep.
    """
    data = json_text(annotation)
    try:
        found = parse(old or b"")
    except BrokenError:
        return data
    editors = found.get(contract.EDITORS_KEY) if isinstance(found, dict) else None
    if not isinstance(editors, str):
        return data
    return data.replace(b"{", f'{{\n  "{contract.EDITORS_KEY}": {json.dumps(editors, ensure_ascii=False)},'.encode(), 1)


def _annotations(path: Path) -> tuple[list[Annotation], list[Issue]]:
    found = _as_written(path.read_bytes()) if path.suffix == ".json" else None
    if found is not None:
        return [found], []
    records, issues = _records(path, "annotation", Annotation)
    return [record for _, record in records], issues


def _as_written(data: bytes) -> Annotation | None:
    """Decodes an annotation whose bytes are what pressmark writes, or returns None.

    Bytes that come out as they went in hold no key twice and no unknown key, so they need no strict JSON parser.
    """
    try:
        found = msgspec.json.decode(data, type=Annotation)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    same = msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n" == data
    return found if same and len(data) < _SMALL and b"\\u0000" not in data and follows_schema("annotation", found) else None


def seed_issues(found: list[Annotation], article: Article) -> Iterator[Issue]:
    """What is wrong if these are the annotations in the file of an article, of which there must be one."""
    if len(found) != 1:
        yield Issue("annotation-one", f"has {len(found)} annotations; a file has exactly one")
    elif found[0].id != article.id:
        yield Issue("annotation-id", f"says {found[0].id!r}, but the file's name says {article.id!r}", "/id")
    elif found[0].text_sha256 != article.text_sha256:
        there = f"{article.metadata.source_file} has {article.text_sha256}"
        why = changed_line_ends(article.text.encode(), found[0].text_sha256) or _first_shift(found[0], article)
        message = f"says {found[0].text_sha256}, but {there}; {why}"
        yield Issue("text-hash", message, "/text_sha256")


def _first_shift(found: Annotation, article: Article) -> str:
    for pointer, span in sorted(curate(article, found).spans(), key=lambda item: item[1].start):
        here = article.text[span.start : span.end]
        if here != span.text:
            return f"the first span that no longer fits is {pointer}: {quoted(span.text)}, now {quoted(here)}"
    return "all its spans still fit, so the text was changed between or after them"


def relations(path: Path) -> tuple[Relation, ...]:
    """Reads the relations in a file.

    Raises:
        InvalidError: a relation does not follow its schema.
        OSError: the file cannot be read.
    """
    found, issues = relation_records(path)
    if issues:
        raise InvalidError(issues)
    return tuple(relation for _, relation in found)


def relation_records(path: Path) -> tuple[list[tuple[str, Relation]], list[Issue]]:
    """Reads the relations in a file with their JSON Pointers; returns what is wrong with the others instead of raising it."""
    found, issues = _records(path, "relation", Relation)
    return found, [issue.within(str(path)) for issue in issues]


def _records(path: Path, kind: Kind, model: type[T]) -> tuple[list[tuple[str, T]], list[Issue]]:
    """Returns the records of a file that follow their schema, each with its JSON Pointer, and what is wrong with the others."""
    found: list[tuple[str, T]] = []
    issues: list[Issue] = []
    for document in documents(path):
        if isinstance(document, Issue):
            issues.append(document)
            continue
        wrong = [] if follows_schema(kind, document.record) else list(schema_issues(kind, document.record))
        issues += [replace(issue, pointer=document.pointer + issue.pointer) for issue in wrong]
        if not wrong:
            found.append((document.pointer, convert(document.record, model)))
    return found, issues
