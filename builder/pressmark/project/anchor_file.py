"""`pressmark anchor`: a draft in a file becomes an annotation in the project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressmark.project import annotation_files, write_file
from pressmark.project.drafts import anchor
from pressmark.project.seeds import id_of, read, seeds
from pressmark.record.encode import json_text
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import shortened
from pressmark.segment import segment
from pressmark.validation import documents, errors

if TYPE_CHECKING:
    from pathlib import Path


def anchor_draft(draft: Path, project: Path) -> Path:
    """Anchors a draft on its seed, writes the annotation in the place of the old one, and returns its path.

    Raises:
        InvalidError: the draft cannot be anchored, or the annotation would break a rule; nothing is written.
        OSError: a file cannot be read or written.
    """
    found = _only_record(draft)
    name = found.get("id") if isinstance(found, dict) else None
    seed = next((path for path in seeds(project)[0] if id_of(path) == name), None)
    if seed is None:
        message = f"its id is {shortened(repr(name))}, but there is no such seed"
        raise InvalidError([Issue("annotation-seed", message, "/id", str(draft))])
    plain = segment(read(project, seed, {}))
    try:
        annotation = anchor(found, plain)
    except InvalidError as invalid:
        raise InvalidError(issue.within(str(draft)) for issue in invalid.issues) from None
    article = segment(annotation_files.curate(plain, annotation))
    if wrong := [issue.within(str(draft)) for issue in errors(article)]:
        raise InvalidError(wrong)
    path = project / annotation_files.path_of(article.id)
    path.parent.mkdir(exist_ok=True)
    write_file.clear(path.parent)
    write_file.write(path, json_text(annotation))
    return path


def _only_record(draft: Path) -> Any:
    try:
        (found,) = documents(draft)
    except ValueError:
        found = Issue("file-json", "has more than one record; a draft is one JSON object")
    if isinstance(found, Issue):
        raise InvalidError([found.within(str(draft))])
    return found.record
