"""Finds the files of a folder that `validate` checks: the annotations of a project, or every file of records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.project import annotation_files
from pressmark.project.articles import without_seed
from pressmark.project.seeds import METADATA, metadata, seeds
from pressmark.record.issue import InvalidError
from pressmark.validation.level1_file.documents import LINES, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pressmark.record.issue import Issue

_SUFFIXES = {".json", *LINES, TABLE}
_OTHERS = {"croissant.json", METADATA.name}  # JSON that pressmark knows, and that has no records


def is_project(folder: Path) -> bool:
    """Whether a folder is a dataset project; nothing in it need be annotated yet."""
    return (folder / METADATA.parent).is_dir()


def record_files(folder: Path) -> list[Path]:
    """The annotations and relations of a project, or the files of records in and under any other folder, in order.

    What is hidden is left out, as are a project's drafts.
    """
    if is_project(folder):
        return sorted((folder / annotation_files.FOLDER).glob("*.json"))
    return sorted(path for path in folder.rglob("*") if _has_records(folder, path))


def _has_records(folder: Path, path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix in _SUFFIXES and not hidden and path.name not in _OTHERS and path.is_file()


def project_issues(project: Path) -> Iterator[Issue]:
    """What is wrong with the seeds of a project and their metadata, and the annotations that have no seed."""
    try:
        yield from without_seed(project, seeds(project)[0], metadata(project))
    except InvalidError as invalid:
        yield from invalid.issues
