"""Reads what each side is: records, annotations, plain spans, or CoNLL files with IOB2 tags."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.project import annotation_files
from pressmark.project.articles import dataset_records
from pressmark.project.seeds import by_id
from pressmark.project.seeds import read as read_seed
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Annotation, Article
from pressmark.record.relation import Relation
from pressmark.scoring import imperfect_records, iob2, plain_spans
from pressmark.segment import segment
from pressmark.validation import Document, documents, kind_of
from pressmark.validation.level1_file.documents import LINES, STREAM, Stream, is_parquet, parsed, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.scoring.iob2 import Tagged
    from pressmark.scoring.plain_spans import PlainSpan

_JSON = {".json", *LINES}


@dataclass(slots=True)
class Side:
    """What was read for one side. Spans and tagged tokens become articles once the texts are known.

    ``relations`` is None if there is no such file.
    """

    path: Path
    articles: list[Article] = field(default_factory=list)
    spans: list[PlainSpan] = field(default_factory=list)
    tagged: list[Tagged] = field(default_factory=list)
    relations: list[Relation] | None = None

    @property
    def is_bare(self) -> bool:
        """Whether it holds only spans and labels."""
        return bool(self.spans or self.tagged)

    @property
    def ids(self) -> list[str]:
        """The ids of its articles in their order, as far as it gives them."""
        known = [article.id for article in self.articles] + [span.id for span in self.spans]
        return list(dict.fromkeys(known + [article.name for article in self.tagged if article.name]))


def read(path: Path, project: Path | None = None) -> Side:
    """Read a file, a project, a folder of annotations or CoNLL files, the ``data/`` of a dataset, or standard input (``-``).

    An annotation holds no text, so the text is read from the seed of its id in the project. The default project is the
    nearest folder above the annotation that has ``seeds/``, or else the working directory.

    Raises:
        InvalidError: a file cannot be used; the issues say where.
        OSError: a file cannot be read.
    """
    if (path / annotation_files.FOLDER).is_dir() and (path / "seeds").is_dir():
        path = path / annotation_files.FOLDER
    side = Side(path)
    issues: list[Issue] = []
    known: dict[Path, dict[str, Path]] = {}
    for file in _files(path):
        try:
            data = sys.stdin.buffer.read() if file == STREAM else _other_bytes(file)
            if data is not None and (file.suffix in iob2.SUFFIXES or iob2.is_tagged(data)):
                side.tagged += iob2.tagged(data, str(file))
                continue
            for document in documents(file) if data is None else _documents(data, file):
                _take(side, document, file, project, known)
        except InvalidError as invalid:
            issues += invalid.issues
    if issues:
        raise InvalidError(dict.fromkeys(issues))
    if path.is_dir():
        related = (file for name in ("relations.json", "relations.jsonl") if (file := path / name).exists())
        side.relations = next((relations(file) for file in related), None)
    return side


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    if records := dataset_records(path):
        return records
    wanted = {".json", *iob2.SUFFIXES}
    files = sorted(file for file in path.iterdir() if file.suffix in wanted and file.name != annotation_files.RELATIONS.name)
    if not files:
        message = "there is no annotation (.json) and no CoNLL file (.conll, .iob2) in the folder"
        raise InvalidError([Issue("score-nothing", message, file=str(path))])
    return files


def _other_bytes(file: Path) -> bytes | None:
    """The bytes of a file that does not say by its name or its first bytes that it holds records."""
    return None if file.suffix in _JSON or is_parquet(file) else file.read_bytes()


def _documents(data: bytes, file: Path) -> Iterator[Document | Issue]:
    stream = Stream(BytesIO(data))
    for line, text in texts(stream, lines=file.suffix in LINES or stream.lines):
        yield from [text.within("", line)] if isinstance(text, Issue) else parsed(text, line)


def _take(side: Side, document: Document | Issue, file: Path, project: Path | None, known: dict[Path, dict[str, Path]]) -> None:
    """Add a record to the side."""
    if isinstance(document, Issue):
        raise InvalidError([document.within(str(file))])
    if plain_spans.is_plain(document.record):
        side.spans.append(plain_spans.read(document, str(file)))
        return
    try:
        article = _article(document.record, file, project or project_of(file), known)
        issues = list(imperfect_records.cut_issues(article))
    except InvalidError as invalid:
        issues = list(invalid.issues)
    if issues:
        raise InvalidError(issue.within(str(file), document.line) for issue in issues)
    side.articles.append(article)


def _article(record: object, file: Path, project: Path, known: dict[Path, dict[str, Path]]) -> Article:
    match kind_of(record):
        case "article":
            return imperfect_records.read(record, Article)
        case "annotation":
            return _with_text(imperfect_records.read(record, Annotation), file, project, known)
        case "relation":
            raise InvalidError([Issue("record-kind", "is a relation; --relations names the files of relations")])


def project_of(file: Path) -> Path:
    """The nearest folder above a file that has seeds, or else the working directory."""
    return next((parent for parent in file.absolute().parents if (parent / "seeds").is_dir()), Path())


def _with_text(annotation: Annotation, file: Path, project: Path, known: dict[Path, dict[str, Path]]) -> Article:
    if not (project / "seeds").is_dir():
        message = "an annotation has no text, and there is no seeds/ folder above it; name the project with --project"
        raise InvalidError([Issue("annotation-seed", message)])
    if project not in known:
        known[project] = by_id(project)
    if annotation.id not in known[project]:
        message = f"there is no seed of the article {annotation.id!r} in {project / 'seeds'}"
        raise InvalidError([Issue("annotation-seed", message)])
    article = read_seed(project, known[project][annotation.id], {})
    if wrong := list(annotation_files.seed_issues([annotation], article)):
        raise InvalidError(issue.within(str(file), article=article.id) for issue in wrong)
    return segment(annotation_files.curate(segment(article), annotation))


def relations(file: Path) -> list[Relation]:
    """Read a file of relations.

    Raises:
        InvalidError: one of them lacks a key, or has a value of another type.
        OSError: the file cannot be read.
    """
    found: list[Relation] = []
    for document in documents(file):
        if isinstance(document, Issue):
            raise InvalidError([document.within(str(file))])
        try:
            found.append(imperfect_records.read(document.record, Relation))
        except InvalidError as invalid:
            raise InvalidError(issue.within(str(file), document.line) for issue in invalid.issues) from None
    return found
