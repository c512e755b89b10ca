"""Validates one file that may belong to a project: an annotation is judged on the text of its seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.project import annotation_files
from pressmark.project.seeds import id_of, read
from pressmark.record.issue import InvalidError
from pressmark.record.model import Annotation
from pressmark.segment import segment
from pressmark.validation import Document, convert, documents, schema_issues

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pressmark.record.issue import Issue
    from pressmark.validation import Survey


def issues_in(path: Path, survey: Survey) -> Iterator[Issue]:
    """Finds what is wrong in a file of records or annotations.

    Raises:
        OSError: the file cannot be read.
    """
    project = path.absolute().parent.parent
    seed = None
    if path.absolute().parent == project / annotation_files.FOLDER:
        seed = next((seed for seed in (project / "seeds").rglob("*.txt") if id_of(seed) == path.stem), None)
    if seed is None:
        if path.absolute() == project / annotation_files.RELATIONS:
            _introduce_annotations(survey, path)
        yield from survey.file(path)
        return
    try:
        plain = segment(read(project, seed, {}))
        article = annotation_files.curate(plain, annotation_files.annotation(path, plain))
        yield from survey.article(segment(article), str(path))
    except InvalidError as invalid:
        yield from invalid.issues


def _introduce_annotations(survey: Survey, relations: Path) -> None:
    """Lets a project's relations refer to all its annotations, even where pre-commit names only some of the files."""
    for path in sorted(relations.parent.glob("*.json")):
        for document in documents(path) if path.name != relations.name else ():
            if isinstance(document, Document) and not any(True for _ in schema_issues("annotation", document.record)):
                survey.know(convert(document.record, Annotation), str(path))
