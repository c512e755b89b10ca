"""Annotations made by people or models and kept in ``annotations/``: the layers of an article that are read, not computed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Annotation, Article, Relation
from pressmark.record.text import quoted
from pressmark.validation import convert, documents, schema_issues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.contract import Kind

T = TypeVar("T")
FOLDER = Path("annotations")
RELATIONS = FOLDER / "relations.json"


def path_of(article_id: str) -> Path:
    """Where the annotation of an article stands in a dataset project."""
    return FOLDER / f"{article_id}.json"


def curate(article: Article, annotation: Annotation) -> Article:
    """Add what was marked. Zones only where the annotation has some, since rules find them otherwise."""
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
    """The annotation in a file, whose shape is right and which was made on the text of the article.

    Raises:
        InvalidError: it is not, and the issues say where.
        OSError: the file cannot be read.
    """
    found, issues = _records(path, "annotation", Annotation)
    issues = issues or list(_seed_issues(found, article))
    if issues:
        raise InvalidError(issue.within(str(path), article=article.id) for issue in issues)
    return found[0]


def _seed_issues(found: list[Annotation], article: Article) -> Iterator[Issue]:
    if len(found) != 1:
        yield Issue("annotation-one", f"holds {len(found)} annotations; a file holds the one of its article")
    elif found[0].id != article.id:
        yield Issue("annotation-id", f"says {found[0].id!r}, but the file's name says {article.id!r}", "/id")
    elif found[0].text_sha256 != article.text_sha256:
        there = f"{article.metadata.source_file} has {article.text_sha256}"
        message = f"says {found[0].text_sha256}, but {there}; {_first_shift(found[0], article)}"
        yield Issue("text-hash", message, "/text_sha256")


def _first_shift(found: Annotation, article: Article) -> str:
    for pointer, span in sorted(curate(article, found).spans(), key=lambda item: item[1].start):
        here = article.text[span.start : span.end]
        if here != span.text:
            return f"the first span that no longer fits is {pointer}: {quoted(span.text)}, now {quoted(here)}"
    return "all its spans still fit, so the text was changed between or behind them"


def relations(path: Path) -> tuple[Relation, ...]:
    """The relations in a file.

    Raises:
        InvalidError: a relation does not follow its schema.
        OSError: the file cannot be read.
    """
    found, issues = _records(path, "relation", Relation)
    if issues:
        raise InvalidError(issue.within(str(path)) for issue in issues)
    return tuple(found)


def _records(path: Path, kind: Kind, model: type[T]) -> tuple[list[T], list[Issue]]:
    """The records of a file that follow their schema, and what is wrong with the others."""
    found, issues = [], []
    for document in documents(path):
        if isinstance(document, Issue):
            issues.append(document)
        elif wrong := list(schema_issues(kind, document.record)):
            issues += [replace(issue, pointer=document.pointer + issue.pointer) for issue in wrong]
        else:
            found.append(convert(document.record, model))
    return found, issues
