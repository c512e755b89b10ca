"""Reads the articles that are to be annotated. One that cannot be read does not stop the others."""

from __future__ import annotations

import sys
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.touched import Past
from pressmark.project import annotation_files
from pressmark.project.articles import assembled
from pressmark.project.proposals import Proposals
from pressmark.project.seeds import METADATA, SUFFIX, file_name, id_of, listed, metadata_lines, read, text_of, there
from pressmark.record.bare_article import bare_article
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Article
from pressmark.validation import convert, documents, kind_of, schema_issues
from pressmark.validation.level1_file.documents import LINE_LIMIT, STREAM, Document, Stream, parsed, texts
from pressmark.validation.level1_file.places import located

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Work(NamedTuple):
    """An article to annotate, what is known of its items, and the hash of its annotation file, if there is one.

    ``answers`` is the folder in which answers of chat models about it are kept.
    """

    article: Article
    past: Past = Past()
    digest: str | None = None
    answers: Path | None = None


class Failure(NamedTuple):
    """An article, or a file, that could not be read or annotated, and what was wrong with it, line by line."""

    name: str
    problems: tuple[str, ...] = ()


def works(path: Path, proposals: Proposals | None = None) -> Iterator[Work | Failure]:
    """Read the articles of a project, of a text file (one article), of a file of records, or of standard input (``-``).

    A text file in the ``seeds/`` of a project gets its metadata and its annotation from there.

    A file of ``seeds/`` that cannot be used, and a bad line of its metadata, is a failure of its own.

    Raises:
        InvalidError: the relations of a project cannot be used.
        OSError: the folder cannot be read.
    """
    if path == STREAM:
        yield from _standard_input()
    elif path.is_dir():
        found = listed(path)
        yield from _failures(found.issues)
        yield from _project(path, found.seeds, proposals or Proposals(path))
    elif path.suffix.lower() != SUFFIX:
        yield from _records(path)
    elif path.absolute().parent == path.absolute().parent.parent / METADATA.parent:
        project = path.absolute().parent.parent
        yield from _project(project, [path.absolute()], Proposals(project))
    else:
        try:
            yield Work(read(path.parent, path, {}))
        except (InvalidError, OSError) as error:
            yield failed(id_of(path), error)


def articles_in(path: Path) -> Iterator[Article]:
    """Read the articles of a file or project.

    Raises:
        InvalidError: an article cannot be read.
    """
    for work in works(path):
        if isinstance(work, Failure):
            raise InvalidError([Issue("article", problem) for problem in work.problems])
        yield work.article


def total(files: Iterable[Path], limit: int | None = None) -> int | None:
    """How many articles there are, but ``limit`` at most, if the files tell without being read."""
    files = list(files)
    if any(file == STREAM or (not file.is_dir() and file.suffix.lower() != SUFFIX) for file in files):
        return None
    found = sum(len(listed(file).seeds) if file.is_dir() else 1 for file in files)
    return found if limit is None else min(found, limit)


def failed(name: str, error: InvalidError | OSError) -> Failure:
    """What a failure to read or annotate an article is to its user."""
    if isinstance(error, InvalidError):
        return Failure(name, tuple(map(str, located(error.issues))))
    return Failure(name, (f"{error.filename or name}: {error.strerror or error}",))


def _project(project: Path, found: list[Path], proposals: Proposals) -> Iterator[Work | Failure]:
    known, issues = metadata_lines(project)
    yield from _failures(issue for issue in issues if issue.article is None)
    path = project / annotation_files.RELATIONS
    related: dict[str, set[str]] = {}
    for relation in annotation_files.relations(path) if there(project, path) else ():
        for side in (relation.a, relation.b):
            related.setdefault(side.article, set()).add(side.claim)
    for seed in found:
        name = id_of(seed)
        if wrong := [issue for issue in issues if issue.article == name]:
            yield failed(name, InvalidError(wrong))
            continue
        try:
            article = assembled(project, seed, known.get(file_name(project, seed), {}))
            data = annotation_bytes(project, name)
        except (InvalidError, OSError) as error:
            yield failed(name, error)
            continue
        past = Past(proposals.of(name, data or b""), frozenset(related.get(name, ())))
        yield Work(article, past, None if data is None else sha256(data).hexdigest())


def _failures(issues: Iterable[Issue]) -> Iterator[Failure]:
    for issue in issues:
        yield failed(f"{issue.file}:{issue.line}" if issue.line else str(issue.file), InvalidError([issue]))


def annotation_bytes(project: Path, article_id: str) -> bytes | None:
    """The annotation file of an article as it is now, or None if there is none."""
    path = project / annotation_files.path_of(article_id)
    return path.read_bytes() if there(project, path) else None


def _records(path: Path) -> Iterator[Work | Failure]:
    try:
        for document in documents(path):
            yield _record(str(path), document)
    except OSError as error:
        yield failed(str(path), error)


def _record(file: str, document: Document | Issue) -> Work | Failure:
    if isinstance(document, Issue):
        return Failure(f"{file}:{document.line}" if document.line else file, (str(document.within(file)),))
    found = [issue.within(file, document.line) for issue in schema_issues(kind_of(document.record), document.record)]
    if not found and kind_of(document.record) != "article":
        found = [Issue("record-kind", "is not an article; it has no text", file=file, line=document.line)]
    if not found:
        return Work(convert(document.record, Article))
    name = document.record.get("id") if isinstance(document.record, dict) else None
    return Failure(name if isinstance(name, str) else f"{file}:{document.line or 1}", tuple(map(str, found)))


def _standard_input() -> Iterator[Work | Failure]:
    stream = Stream(sys.stdin.buffer)
    if not stream.is_text:
        for line, data in texts(stream, lines=stream.lines):
            found = [data.within("-", line)] if isinstance(data, Issue) else parsed(data, line)
            yield from (_record("-", document) for document in found)
        return
    try:
        yield Work(bare_article("stdin", text_of(STREAM, stream.read(LINE_LIMIT + 1))))
    except InvalidError as error:
        yield failed("stdin", error)
