"""Writes articles and relations as the files of one dataset folder: tables, records, card, checksums."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Self

from pressmark.project.seeds import split_of_seed
from pressmark.publish import card, checksums
from pressmark.publish.card import Table
from pressmark.publish.croissant import croissant
from pressmark.publish.parquet import ParquetTable, same_table
from pressmark.publish.views import VIEWS, pair_rows, rows
from pressmark.publish.views.relations import Propositions, propositions
from pressmark.record.encode import json_line
from pressmark.record.issue import InvalidError, Issue
from pressmark.validation.level6_dataset.corpus import SPLITS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

    from pressmark.record.model import Article
    from pressmark.record.relation import Relation

CARD, CROISSANT = "README.md", "croissant.json"
ARTICLES, RELATIONS = "articles.jsonl", "relations.jsonl"
_SPLITS = tuple(dict.fromkeys(SPLITS.values()))  # train, validation, test: ever further from training
LICENCES = "LICENSE-*"  # files of a project that go into its dataset, each the licence of a part of it


@dataclass(frozen=True, slots=True)
class Written:
    """What a dataset folder holds: its tables, the digest of them all, and the figures."""

    tables: tuple[Table, ...]
    digest: str
    figures: card.Figures

    @property
    def rows(self) -> dict[str, int]:
        """The rows of each view, of all splits together."""
        return rows_of(self.tables)


def rows_of(tables: tuple[Table, ...]) -> dict[str, int]:
    """Returns the rows of each view, of all splits together."""
    return {view.name: sum(table.rows for table in tables if table.view == view) for view in VIEWS}


class DatasetFolder:
    """Writes a dataset into a folder that is not there yet: articles one by one, then relations, then the card and checksums.

    An article is in the split that its seed's folder says. A pair of claims from two splits is in the one that is kept further
    from training: test, then validation. ``propositions`` has, for each article, what its claims propose, by their ids.
    Relations need them.
    """

    def __init__(self, folder: Path) -> None:
        self.propositions: Propositions = {}
        self._folder = folder
        self._figures = card.Figures()
        self._open = ExitStack()
        self._tables: dict[tuple[str, str], ParquetTable] = {}
        self._splits: dict[str, str] = {}

    def __enter__(self) -> Self:
        self._folder.mkdir()
        with ExitStack() as stack:
            self._lines = stack.enter_context((self._folder / ARTICLES).open("wb"))
            self._open = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open.__exit__(kind, error, trace)

    def add(self, article: Article) -> None:
        """Writes an article: its record and its rows in each view."""
        self._figures.add(article)
        self._lines.write(json_line(article))
        split = self._splits[article.id] = split_of_seed(article.metadata.source_file)
        for name, made in rows(article).items():
            self._table(name, split).add(made)
        self.propositions[article.id] = propositions(article)

    def relate(self, relations: Iterable[Relation]) -> None:
        """Writes the relations, once all articles are there."""
        relations = tuple(relations)
        for name, made in pair_rows(relations, self.propositions).items():
            for row in made:
                self._table(name, max((self._splits[row[side]["article"]] for side in "ab"), key=_SPLITS.index)).add([row])
        for relation in relations:
            self._figures.add_relation(relation)
        if relations:  # JSON Lines without a line would be no file of records
            (self._folder / RELATIONS).write_bytes(b"".join(map(json_line, relations)))

    def _table(self, name: str, split: str) -> ParquetTable:
        """Returns a table; those of a split are made when it gets its first article."""
        if (name, split) not in self._tables:
            for view in VIEWS:
                made = ParquetTable(self._folder / view.path(split), view)
                self._tables[view.name, split] = self._open.enter_context(made)
        return self._tables[name, split]

    def _written(self) -> tuple[Table, ...]:
        splits = [split for split in _SPLITS if (VIEWS[0].name, split) in self._tables]
        return tuple(Table(view, split, self._tables[view.name, split].count) for split in splits for view in VIEWS)

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
        for path in (table.path for table in self._written()):
            there, made = old / path, self._folder / path
            if there.is_file() and checksums.of_file(there) == sums.get(path) and same_table(there, made):
                shutil.copyfile(there, made)
        return self.write_descriptions(checksums.made(self._folder), text(old / CARD))

    def write_descriptions(self, sums: dict[str, str], old_card: str | None) -> Written:
        """Writes the card, with the prose of an old one, the Croissant description and the checksums of all files.

        ``sums`` has the checksums of the others: tables and records.

        Raises:
            InvalidError: the old card cannot be read.
            OSError: something cannot be read or written.
        """
        tables = self._written()
        digests = (self._tables[table.view.name, table.split].digest for table in tables)
        written = Written(tables, sha256("".join(digests).encode()).hexdigest(), self._figures)
        digest = written.digest
        front, _ = card.split(old_card)
        described = croissant(front, [table for table in tables if table.rows and table.path in sums], sums, digest)
        sums = sums | {CROISSANT: sha256(described).hexdigest()}
        built = card.configs(digest, tables) | {card.SUMS_KEY: checksums.digest(sums)}
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
