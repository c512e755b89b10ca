"""Reads files of finished records as articles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Article
from pressmark.validation import convert, documents, errors, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pressmark.validation.level1_file.documents import Stream


def articles(path: Path, stream: Stream | None = None) -> Iterator[Article]:
    """Reads the articles in a JSON, JSON Lines or Parquet file, or on standard input (``-``), and validates each.

    ``stream`` is standard input if somebody began to read it.

    Raises:
        InvalidError: an article is not valid, or the file holds other records.
        OSError: the file cannot be read.
    """
    for document in documents(path, stream):
        if isinstance(document, Issue):
            raise InvalidError([document.within(str(path))])
        found = errors(document.record)
        if not found and kind_of(document.record) != "article":
            found = [Issue("record-kind", "is not an article; it has no text")]
        if found:
            placed = (replace(issue, pointer=document.pointer + issue.pointer) for issue in found)
            raise InvalidError(issue.within(str(path), document.line) for issue in placed)
        yield convert(document.record, Article)
