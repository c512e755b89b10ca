"""Checks whether annotations are right: bytes or records in, issues out.

The levels: 1 file, 2 schema, 3 text, 4 references, 5 guidelines, 6 dataset. A level runs only on a record in which the ones
below found no error, so that a rule may trust what it reads. `issues` checks one record, `file_issues` a file; `Survey` takes
any number of files and checks the dataset that they make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressmark.record.issue import Issue
from pressmark.validation.level1_file.documents import Document, documents
from pressmark.validation.level1_file.strict_json import parse
from pressmark.validation.level2_schema import kind_of, schema_issues
from pressmark.validation.level6_dataset.corpus import Corpus, Where, card
from pressmark.validation.registry import article_issues, dataset_issues, meanings
from pressmark.validation.run.files import Survey
from pressmark.validation.run.record import Settings, checked, convert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = [
    "Corpus",
    "Document",
    "Issue",
    "Settings",
    "Survey",
    "Where",
    "article_issues",
    "card",
    "convert",
    "dataset_issues",
    "documents",
    "errors",
    "file_issues",
    "issues",
    "kind_of",
    "meanings",
    "parse",
    "row_issues",
    "schema_issues",
]


def issues(record: object) -> Iterator[Issue]:
    """What is wrong with one record: an article, annotation or relation, as parsed JSON or as the type of the model.

    An annotation, which has no text, is checked against its schema and its references alone.
    """
    yield from checked(record, Settings(top=5)).issues


def errors(record: object) -> list[Issue]:
    """The issues of one record that are errors, not warnings."""
    return [issue for issue in issues(record) if issue.severity == "error"]


def row_issues(rows: Iterable[Any]) -> Iterator[Issue]:
    """The issues of the rows of a table, such as a `datasets.Dataset`, and of the dataset that they form.

    Takes rows one by one, or batches as `Dataset.iter` makes them: a dict of columns. ``line`` is the row's number, from 1.
    """
    survey = Survey()
    number = 0
    for row in rows:
        for record in _rows(row):
            number += 1
            yield from survey.record(record, number)
    yield from survey.dataset()


def _rows(row: Any) -> Iterator[Any]:
    if isinstance(row, dict) and isinstance(row.get("id"), list):
        columns: Mapping[str, list[Any]] = row
        yield from (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
    else:
        yield row


def file_issues(path: Path) -> Iterator[Issue]:
    """The issues of the records of a JSON, JSON Lines or Parquet file, and of the dataset that they form.

    Raises:
        OSError: the file cannot be read.
    """
    survey = Survey(files=[path])
    yield from survey.file(path)
    yield from survey.dataset()
