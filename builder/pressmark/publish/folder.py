"""Writes articles and relations as the files of one dataset folder: tables, records, card, checksums."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Self

from pressmark.publish import card, checksums
from pressmark.publish.croissant import croissant
from pressmark.publish.parquet import ParquetTable, same_table
from pressmark.publish.views import VIEWS, pair_rows, rows
from pressmark.publish.views.relations import Propositions, propositions
from pressmark.record.encode import json_line
from pressmark.record.issue import InvalidError, Issue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

    from pressmark.record.model import Article
    from pressmark.record.relation import Relation

CARD, CROISSANT = "README.md", "croissant.json"
ARTICLES, RELATIONS = "articles.jsonl", "relations.jsonl"
LICENCES = "LICENSE-*"  # files of a project that go into its dataset, each the licence of a part of it


@dataclass(frozen=True, slots=True)
class Written:
    """What a dataset folder holds: the number of rows of each view, the digest of them all, and the figures."""

    rows: dict[str, int]
    digest: str
    figures: card.Figures

    @property
    def filled(self) -> frozenset[str]:
        """The views that have rows."""
        return frozenset(name for name, count in self.rows.items() if count)


class DatasetFolder:
    """Writes a dataset into a folder that is not there yet: articles one by one, then relations, then the card and checksums.

    ``propositions`` has, for each article, what its claims propose, by their ids. Relations need them.
    """

    def __init__(self, folder: Path) -> None:
        self.propositions: Propositions = {}
        self._folder = folder
        self._figures = card.Figures()
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._folder.mkdir()
        with ExitStack() as stack:
            self._tables = {view.name: stack.enter_context(ParquetTable(self._folder / view.path, view)) for view in VIEWS}
            self._lines = stack.enter_context((self._folder / ARTICLES).open("wb"))
            self._open = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open.__exit__(kind, error, trace)

    def add(self, article: Article) -> None:
        """Writes an article: its record and its rows in each view."""
        self._figures.add(article)
        self._lines.write(json_line(article))
        for name, made in rows(article).items():
            self._tables[name].add(made)
        self.propositions[article.id] = propositions(article)

    def relate(self, relations: Iterable[Relation]) -> None:
        """Writes the relations, once all articles are there."""
        relations = tuple(relations)
        for name, made in pair_rows(relations, self.propositions).items():
            self._tables[name].add(made)
        for relation in relations:
            self._figures.add_relation(relation)
        if relations:  # JSON Lines without a line would be no file of records
            (self._folder / RELATIONS).write_bytes(b"".join(map(json_line, relations)))

    def describe(self, *, old: Path) -> Written:
        """Writes the card, with the prose of the ``old`` dataset's, and the checksums, once the tables are closed.

        A table that another version of pyarrow wrote is kept if it is the same.

        Raises:
            InvalidError: the old card cannot be read.
            OSError: something cannot be read or written.
        """
        sums: dict[str, str] = {}
        with suppress(InvalidError):  # without checksums, an old table may be damaged, and pyarrow might crash on it
            sums = checksums.read(old / checksums.SUMS) or sums
        for view in VIEWS:
            there, made = old / view.path, self._folder / view.path
            if there.is_file() and checksums.of_file(there) == sums.get(view.path) and same_table(there, made):
                shutil.copyfile(there, made)
        return self.write_descriptions(checksums.made(self._folder), text(old / CARD))

    def write_descriptions(self, sums: dict[str, str], old_card: str | None) -> Written:
        """Writes the card, with the prose of an old one, the Croissant description and the checksums of all files.

        ``sums`` has the checksums of the others: tables and records.

        Raises:
            InvalidError: the old card cannot be read.
            OSError: something cannot be read or written.
        """
        digest = sha256("".join(table.digest for table in self._tables.values()).encode()).hexdigest()
        written = Written({name: table.count for name, table in self._tables.items()}, digest, self._figures)
        front, _ = card.split(old_card)
        tables = {view.path for view in VIEWS if view.name in written.filled} | {ARTICLES, RELATIONS}
        described = croissant(front, {name: sums[name] for name in sums if name in tables}, digest)
        sums = sums | {CROISSANT: sha256(described).hexdigest()}
        built = card.configs(digest, written.filled) | {card.SUMS_KEY: checksums.digest(sums)}
        made = card.card(old_card, built, written.figures)
        sums[CARD] = sha256(made).hexdigest()
        files = {CROISSANT: described, CARD: made, checksums.SUMS: checksums.lines(sums).encode()}
        for name, data in files.items():
            (self._folder / name).write_bytes(data)
        return written


def copy_licences(one: Path, other: Path) -> None:
    """Copies the files with licences from one folder into another.

    Raises:
        OSError: a file cannot be read or written.
    """
    for path in sorted(one.glob(LICENCES)):
        if path.is_file():
            shutil.copyfile(path, other / path.name)


def text(path: Path) -> str | None:
    """Returns the text of a file with its line ends, or None if there is no file.

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
