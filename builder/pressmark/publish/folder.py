"""Articles and relations → the files of one dataset folder: tables, records, card, checksums."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pressmark.publish import card
from pressmark.publish.croissant import croissant
from pressmark.publish.parquet import ParquetTable, same_table
from pressmark.publish.views import VIEWS, pair_rows, rows
from pressmark.publish.views.relations import Propositions, propositions
from pressmark.record.encode import json_line
from pressmark.record.issue import InvalidError, Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pressmark.record.model import Article, Relation

    # For each article, the ids of its annotators.
    Annotators = dict[str, frozenset[str]]
    Relations = Callable[[Propositions, Annotators], tuple[Relation, ...]]

CARD, SUMS, CROISSANT = "README.md", "SHA256SUMS", "croissant.json"
ARTICLES, RELATIONS = "articles.jsonl", "relations.jsonl"


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a dataset folder: the rows of each view, the digest of them all, and the figures."""

    rows: dict[str, int]
    digest: str
    figures: card.Figures

    @property
    def filled(self) -> frozenset[str]:
        """The views that have rows."""
        return frozenset(name for name, count in self.rows.items() if count)


def write(folder: Path, articles: Iterable[Article], relations_of: Relations, *, old: Path) -> Written:
    """Write a dataset into a folder that is not there yet; the prose of its card comes from the ``old`` dataset.

    Raises:
        InvalidError: the relations do not fit the articles, or the old card cannot be read.
        OSError: something cannot be read or written.
    """
    figures = card.Figures()
    known: Propositions = {}
    annotators: Annotators = {}
    with ExitStack() as stack:
        folder.mkdir()
        tables = {view.name: stack.enter_context(ParquetTable(folder / view.path, view)) for view in VIEWS}
        lines = stack.enter_context((folder / ARTICLES).open("wb"))
        for article in articles:
            figures.add(article)
            lines.write(json_line(article))
            for name, made in rows(article).items():
                tables[name].add(made)
            known[article.id] = propositions(article)
            annotators[article.id] = frozenset(annotator.id for annotator in article.annotators)
        relations = relations_of(known, annotators)
        for name, made in pair_rows(relations, known).items():
            tables[name].add(made)
    for relation in relations:
        figures.add_relation(relation)
    (folder / RELATIONS).write_bytes(b"".join(map(json_line, relations)))
    for view in VIEWS:
        if same_table(old / view.path, folder / view.path):
            shutil.copyfile(old / view.path, folder / view.path)
    digest = sha256("".join(table.digest for table in tables.values()).encode()).hexdigest()
    written = Written({name: table.count for name, table in tables.items()}, digest, figures)
    _describe(folder, written, text(old / CARD))
    return written


def _describe(folder: Path, written: Written, old_card: str | None) -> None:
    front, prose = card.split(old_card)
    (folder / CARD).write_bytes(card.card(front, prose, written.digest, written.filled, written.figures))
    sums = sums_of(folder)
    tables = {view.path: sums[view.path] for view in VIEWS if view.name in written.filled}
    described = croissant(front, tables, written.digest)
    (folder / CROISSANT).write_bytes(described)
    sums[CROISSANT] = sha256(described).hexdigest()
    lines = [f"{sums[name]}  {name}\n" for name in sorted(sums, key=PurePosixPath)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def sums_of(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder but `SHA256SUMS`, by its path from there."""
    names = {path.relative_to(folder).as_posix(): path for path in files(folder)}
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in names.items() if name != SUMS}


def files(folder: Path) -> list[Path]:
    """All files below a folder, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def text(path: Path) -> str | None:
    """The text of a file with its line ends, or None where there is no file.

    Raises:
        InvalidError: it is not UTF-8.
        OSError: the file cannot be read.
    """
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise InvalidError([Issue("card-encoding", f"byte {error.start} is not UTF-8", file=str(path))]) from None
