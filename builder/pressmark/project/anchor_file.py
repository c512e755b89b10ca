"""`pressmark anchor`: a draft in a file becomes an annotation in the project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressmark.project import annotation_files, inline, write_file
from pressmark.project.drafts import anchor
from pressmark.project.seeds import by_id, read
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import shortened
from pressmark.segment import segment
from pressmark.validation import documents, errors

if TYPE_CHECKING:
    from pathlib import Path

    from pressmark.record.model import Annotation, Article

JSON_SUFFIXES = {".json", ".jsonl"}  # a draft with any other is inline


def anchor_draft(draft: Path, project: Path) -> Path:
    """Anchors a draft on its seed, writes the annotation in the place of the old one, and returns its path.

    Raises:
        InvalidError: the draft cannot be anchored, or the annotation would break a rule; nothing is written.
        OSError: a file cannot be read or written.
    """
    try:
        article, annotation = _anchored(draft, project)
    except InvalidError as invalid:
        raise InvalidError(issue.within(str(draft)) for issue in invalid.issues) from None
    path = project / annotation_files.path_of(article.id)
    path.parent.mkdir(exist_ok=True)
    write_file.clear(path.parent)
    old = path.read_bytes() if path.is_file() else None
    write_file.write(path, annotation_files.as_file(annotation, old))
    return path


def _anchored(draft: Path, project: Path) -> tuple[Article, Annotation]:
    if draft.suffix.lower() in JSON_SUFFIXES:
        found = _only_record(draft)
        plain = _seed(project, found.get("id") if isinstance(found, dict) else None)
        return _checked(found, plain)
    text = inline.text_of(draft)
    plain = _seed(project, inline.name_of(text), line=1)
    written = inline.read(text, plain)
    try:
        return _checked(written.draft, plain)
    except InvalidError as invalid:
        raise InvalidError(map(written.placed, invalid.issues)) from None


def _seed(project: Path, name: Any, line: int | None = None) -> Article:
    seed = by_id(project).get(name) if isinstance(name, str) else None
    if seed is None:
        message = f"its id is {shortened(repr(name))}, but there is no such seed"
        raise InvalidError([Issue("annotation-seed", message, "/id", line=line, column=line)])
    return segment(read(project, seed, {}))


def _checked(draft: Any, plain: Article) -> tuple[Article, Annotation]:
    annotation = anchor(draft, plain)
    article = segment(annotation_files.curate(plain, annotation))
    if wrong := errors(article):
        raise InvalidError(wrong)
    return article, annotation


def _only_record(draft: Path) -> Any:
    try:
        (found,) = documents(draft)
    except ValueError:
        found = Issue("file-json", "has more than one record; a draft is one JSON object")
    if isinstance(found, Issue):
        raise InvalidError([found])
    return found.record
