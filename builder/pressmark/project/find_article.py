"""Finds the article that a user names: by its id in a project, or by a file."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.project import records
from pressmark.project.articles import finished
from pressmark.project.seeds import METADATA, SUFFIX, by_id, file_name, id_of, metadata, read, text_of
from pressmark.record.bare_article import bare_article
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted
from pressmark.segment import segment
from pressmark.validation import Document, documents, kind_of
from pressmark.validation.level1_file.documents import LINE_LIMIT, STREAM, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Article


def find(project: Path, name: str) -> Iterator[Article]:
    """Finds the article with that id in a project or, if the name is that of a file, the articles in the file.

    A text has its annotation if it is a seed of a project, and none elsewhere. ``-`` is standard input: a text or records.

    Raises:
        InvalidError: there is none, or it cannot be used.
        OSError: a file cannot be read.
    """
    path = Path(name)
    if path == STREAM:
        yield from _of_stream(Stream(sys.stdin.buffer))
        return
    if path.is_file() and path.suffix.lower() != SUFFIX and not _is_annotation(path):
        yield from records.articles(path)
        return
    if path.is_file() and path.suffix.lower() == SUFFIX:
        yield _of_text(path.absolute())
        return
    if path.is_file():
        project, name = path.absolute().parent.parent, id_of(path)
    found = by_id(project)
    if name not in found:
        near = difflib.get_close_matches(name, found, 3, 0.3)
        hint = f"did you mean {' or '.join(near)}?" if near else "name a file, or the id of an article"
        raise InvalidError([Issue("article", f"there is no article {quoted(name)}; {hint}", file=str(project / "seeds"))])
    yield _finished(project, found[name])


def _of_stream(stream: Stream) -> Iterator[Article]:
    if stream.is_text:
        yield segment(bare_article("stdin", text_of(STREAM, stream.read(LINE_LIMIT + 1))))
    else:
        yield from records.articles(STREAM, stream)


def _of_text(path: Path) -> Article:
    folder = next((folder for folder in path.parents if folder.name == METADATA.parent.name), None)
    if folder is None:
        return segment(read(path.parent, path, {}))
    return _finished(folder.parent, path)


def _finished(project: Path, seed: Path) -> Article:
    return finished(project, seed, metadata(project).get(file_name(project, seed), {}))


def _is_annotation(path: Path) -> bool:
    first = next(documents(path), None)
    return isinstance(first, Document) and kind_of(first.record) == "annotation"
