"""Validates one file that may belong to a project: an annotation is judged on the text of its seed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pressmark.project import annotation_files
from pressmark.project.seeds import SUFFIX, id_of, metadata_lines, read
from pressmark.record.issue import InvalidError
from pressmark.record.model import Annotation
from pressmark.segment import segment
from pressmark.validation import Document, convert, documents, schema_issues
from pressmark.validation.level1_file.places import located

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.record.issue import Issue
    from pressmark.validation import Survey


class Project(NamedTuple):
    """What files of a project are judged by: its seeds, and the ids of the articles that others repeat, both by id."""

    seeds: dict[str, Path]
    originals: dict[str, str]


Projects = dict[Path, Project]


def issues_in(path: Path, survey: Survey, known: Projects) -> Iterator[Issue]:
    """Finds what is wrong in a file of records or annotations. ``known`` keeps the projects that were looked at.

    Raises:
        OSError: the file cannot be read.
    """
    project = path.absolute().parent.parent
    seed = None
    if path.absolute().parent == project / annotation_files.FOLDER:
        if project not in known:
            known[project] = _project(project)
        seed = known[project].seeds.get(path.stem)
    if seed is None:
        if path.absolute() == project / annotation_files.RELATIONS:
            _introduce(survey, (one for one in sorted(path.parent.glob("*.json")) if one != path))
        yield from survey.file(path)
        return
    try:
        original = _introduced(project, known[project].originals.get(path.stem), survey)
        plain = segment(read(project, seed, {"duplicate_of": original}))
        article = annotation_files.curate(plain, annotation_files.annotation(path, plain))
        yield from located(survey.article(segment(article), str(path)))
    except InvalidError as invalid:
        yield from located(invalid.issues)


def _project(project: Path) -> Project:
    found = {id_of(seed): seed for seed in (project / "seeds").rglob("*") if seed.suffix.lower() == SUFFIX}
    originals = {}
    with suppress(InvalidError):  # a build says what is wrong with the file
        originals = {id_of(Path(name)): line.get("duplicate_of") for name, line in metadata_lines(project)[0].items()}
    return Project(found, {name: one for name, one in originals.items() if isinstance(one, str) and one in found})


def _introduced(project: Path, original: str | None, survey: Survey) -> str | None:
    """The article that an annotation's article repeats, which need not be among the files, if it has an annotation."""
    path = project / annotation_files.path_of(original or "")
    if original is None or not path.is_file():
        return None
    _introduce(survey, [path])
    return original


def _introduce(survey: Survey, annotations: Iterable[Path]) -> None:
    """Lets files refer to annotations of their project that are not checked themselves, as pre-commit names only some files."""
    for path in annotations:
        for document in documents(path):
            if isinstance(document, Document) and not any(True for _ in schema_issues("annotation", document.record)):
                survey.know(convert(document.record, Annotation), str(path))
