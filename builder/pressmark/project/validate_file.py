"""Validates one file that may belong to a project: an annotation is judged on the text of its seed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.project import annotation_files
from pressmark.project.seeds import SUFFIX, id_of, read
from pressmark.record.issue import InvalidError
from pressmark.record.model import Annotation
from pressmark.segment import segment
from pressmark.validation import Document, convert, documents, schema_issues
from pressmark.validation.level1_file.places import located

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.issue import Issue
    from pressmark.validation import Survey


Seeds = dict[Path, dict[str, Path]]  # of each project, by their stems


def issues_in(path: Path, survey: Survey, known: Seeds) -> Iterator[Issue]:
    """Finds what is wrong in a file of records or annotations. ``known`` keeps the seeds of the projects that were looked at.

    Raises:
        OSError: the file cannot be read.
    """
    project = path.absolute().parent.parent
    seed = None
    if path.absolute().parent == project / annotation_files.FOLDER:
        if project not in known:
            known[project] = {id_of(seed): seed for seed in (project / "seeds").rglob("*") if seed.suffix.lower() == SUFFIX}
        seed = known[project].get(path.stem)
    if seed is None:
        if path.absolute() == project / annotation_files.RELATIONS:
            _introduce_annotations(survey, path)
        yield from survey.file(path)
        return
    try:
        plain = segment(read(project, seed, {}))
        article = annotation_files.curate(plain, annotation_files.annotation(path, plain))
        yield from located(survey.article(segment(article), str(path)))
    except InvalidError as invalid:
        yield from located(invalid.issues)


def _introduce_annotations(survey: Survey, relations: Path) -> None:
    """Lets a project's relations refer to all its annotations, even where pre-commit names only some of the files."""
    for path in sorted(relations.parent.glob("*.json")):
        for document in documents(path) if path.name != relations.name else ():
            if isinstance(document, Document) and not any(True for _ in schema_issues("annotation", document.record)):
                survey.know(convert(document.record, Annotation), str(path))
