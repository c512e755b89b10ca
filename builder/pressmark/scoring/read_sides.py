"""Finds what each side is: records, annotations, plain spans, or CoNLL files with IOB2 tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.project import annotation_files
from pressmark.project.articles import dataset_records
from pressmark.project.seeds import by_id
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.relation import Relation
from pressmark.scoring import imperfect_records, iob2, plain_spans
from pressmark.scoring.stored import Seed, Stored, found_in
from pressmark.validation import Document, documents, kind_of
from pressmark.validation.level1_file.documents import LINE_LIMIT, LINES, is_parquet

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressmark.scoring.iob2 import Tagged
    from pressmark.scoring.plain_spans import PlainSpan
    from pressmark.scoring.stored import Found, Shelf

_JSON = {".json", *LINES}


@dataclass(slots=True)
class Side:
    """What was found for one side. Records are read later; spans and tagged tokens become articles once the texts are known.

    ``relations`` is None if there is no such file.
    """

    path: Path
    records: list[Stored] = field(default_factory=list)
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
        known = [record.id for record in self.records if record.id] + [span.id for span in self.spans]
        return list(dict.fromkeys(known + [article.name for article in self.tagged if article.name]))


def read(path: Path, kept: Shelf, project: Path | None = None) -> Side:
    """Look through a file, a project, a folder of annotations or CoNLL files, the ``data/`` of a dataset, or ``-``.

    ``-`` is standard input. What can be read only once is ``kept``. An annotation holds no text, so the text is that of the
    seed of its id in the project. The default project is the nearest folder above the annotation that has ``seeds/``, or else
    the working directory.

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
        there = kept.regular(file)
        try:
            if _is_tagged(file, there):
                side.tagged += iob2.tagged(there.read_bytes(), str(file))
                continue
            seed_of = partial(_seed_of, project or project_of(file), known=known)
            for found in found_in(file, there):
                _take(side, found, str(file), seed_of, kept)
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


def _is_tagged(file: Path, there: Path) -> bool:
    """Whether a file is CoNLL: by its name, or by its first line if its name does not say that it holds records."""
    if file.suffix in iob2.SUFFIXES:
        return True
    if file.suffix in _JSON or is_parquet(there):
        return False
    with there.open("rb") as opened:
        while (line := opened.readline(LINE_LIMIT)).isspace():
            pass
        return iob2.is_tagged(line)


def _take(side: Side, found: Found, file: str, seed_of: Callable[[object], Seed | None], kept: Shelf) -> None:
    """Add a record to the side."""
    if plain_spans.is_plain(found.keys) and isinstance(document := found.document(), Document):
        side.spans.append(plain_spans.read(document, file))
        return
    name, seed = found.keys.get("id"), None
    if kind_of(found.keys) == "annotation":
        try:
            seed = seed_of(name)
        except InvalidError as invalid:
            raise InvalidError(issue.within(file, found.line) for issue in invalid.issues) from None
    place = found.place or kept.keep(found.document())
    side.records.append(Stored(name if isinstance(name, str) else None, len(side.records), file, found.line, place, seed))


def _seed_of(folder: Path, name: object, known: dict[Path, dict[str, Path]]) -> Seed | None:
    """The seed of an article; None if the folder has no seeds."""
    if not (folder / "seeds").is_dir():
        return None
    if folder not in known:
        known[folder] = by_id(folder)
    return Seed(folder, known[folder].get(name) if isinstance(name, str) else None)


def project_of(file: Path) -> Path:
    """The nearest folder above a file that has seeds, or else the working directory."""
    return next((parent for parent in file.absolute().parents if (parent / "seeds").is_dir()), Path())


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
