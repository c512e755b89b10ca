"""Writes articles and relations as the files of one dataset folder: tables, records, card, checksums."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from pressmark import validation
from pressmark.project.seeds import split_of_seed
from pressmark.publish import card, checksums
from pressmark.publish.card import Table
from pressmark.publish.croissant import croissant
from pressmark.publish.cuts import Unit
from pressmark.publish.parquet import lines, same_table, write_table
from pressmark.publish.prepared import Made
from pressmark.publish.shards import Member, columns_key, is_copied, record_shards, table_shards, write_shard
from pressmark.publish.views import ARTICLES, OF_ARTICLES, OF_PAIRS, VIEWS, pair_rows
from pressmark.record.encode import json_line
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.jobs import in_this_process
from pressmark.validation.level6_dataset.corpus import SPLITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.publish.prepared import Cache, Prepared
    from pressmark.publish.shards import Shard
    from pressmark.publish.views.columns import Row
    from pressmark.publish.views.relations import Propositions
    from pressmark.record.jobs import Each
    from pressmark.record.model import Article
    from pressmark.record.relation import Relation

CARD, CROISSANT = "README.md", "croissant.json"
RELATIONS = "relations.jsonl"
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
    """Writes a dataset into a folder that is not there yet.

    It takes note of the articles one by one; their rows are in a cache. When all are there, it writes tables and records, then
    the card and checksums. An article is in the split that its seed's folder says. A pair of claims from two splits is in the
    one that is kept further from training: test, then validation.

    ``each`` calls what writes a file.
    """

    def __init__(self, folder: Path, cache: Cache, each: Each = in_this_process) -> None:
        self._folder = folder
        self._cache = cache
        self._each = each
        self._figures = card.Figures()
        self._members: dict[str, Member] = {}
        self.tables: list[Table] = []
        self._shards: list[Shard] = []
        self._rows: dict[str, int] = {}
        self._pairs = sha256()

    def __len__(self) -> int:
        return len(self._members)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its articles in the cache."""
        return frozenset(member.key for member in self._members.values())

    def add(self, article: Article) -> None:
        """Takes an article, and puts its rows into the cache."""
        key = sha256(json_line(article)).hexdigest()
        self.take(key, self._cache.put(key, article, validation.card(article)))

    def take(self, key: str, found: Prepared) -> None:
        """Takes an article whose rows the cache has under this key."""
        split = split_of_seed(found.source_file)
        self._members[found.id] = Member(found.id, split, key, found.digest, found.sizes[ARTICLES.name][0])
        self._figures.add_counts(found.figures)

    def write(self, relations: Iterable[Relation] = (), old: Path | None = None) -> None:
        """Writes the tables and records of the articles and of these relations.

        Files that did not change since the last build are copied from the ``old`` dataset.

        Raises:
            OSError: something cannot be read or written.
        """
        relations = tuple(relations)
        self._folder.mkdir()
        members = list(self._members.values())
        splits = [name for name in _SPLITS if any(member.split == name for member in members)]
        self._shards = [
            *(shard for name in splits for shard in table_shards(name, [one for one in members if one.split == name])),
            *record_shards(members),
        ]
        self._write_shards(old)
        related = {side.article for relation in relations for side in (relation.a, relation.b)}
        known = {name: self._cache.propositions(self._members[name].key) for name in related}
        for name in splits:
            found = [shard for shard in self._shards if shard.split == name]
            for view in OF_ARTICLES:
                paths = tuple(shard.path for shard in found if shard.view == view.name)
                self.tables.append(Table(view, name, sum(self._rows[path] for path in paths), paths))
            self.tables += self._pair_tables(relations, known, name)
        for relation in relations:
            self._figures.add_relation(relation)
        if relations:  # JSON Lines without a line would be no file of records
            (self._folder / RELATIONS).write_bytes(b"".join(map(json_line, relations)))

    def _write_shards(self, old: Path | None) -> None:
        known = self._cache.shards() if old else {}
        for shard in self._shards:
            last = known.get(shard.key)
            if old and last and is_copied(old / last.path, self._folder / shard.path, last.sha256):
                self._rows[shard.path] = last.rows
        todo = [shard for shard in self._shards if shard.path not in self._rows]
        counts = self._each(partial(write_shard, folder=self._folder, cache=self._cache), iter(todo), batch=1)
        self._rows |= zip((shard.path for shard in todo), counts, strict=True)

    def _pair_tables(self, relations: tuple[Relation, ...], known: Propositions, split: str) -> Iterator[Table]:
        """Writes the tables of pairs of claims of a split, given what the claims propose."""
        for view, made in zip(OF_PAIRS, pair_rows(relations, known).values(), strict=True):
            rows = (row for row in made if self._split_of(row) == split)
            units = (Unit(f"{row['a']} {row['b']}", lines(view, [row])) for row in rows)
            path = view.path(split)
            yield Table(view, split, write_table(self._folder / path, view, self._noted(units)), (path,))

    def _split_of(self, row: Row) -> str:
        """The split of a pair of claims."""
        return max((self._members[row[side]["article"]].split for side in "ab"), key=_SPLITS.index)

    def _noted(self, units: Iterable[Unit]) -> Iterator[Unit]:
        for unit in units:
            self._pairs.update(unit.lines)
            yield unit

    def _digest(self) -> str:
        """The digest of all columns and rows, whatever version of pyarrow wrote the files."""
        found = self._pairs.copy()
        for view in VIEWS:
            found.update(columns_key(view))
        for member in self._members.values():
            found.update(member.split.encode() + member.digest)
        return found.hexdigest()

    def describe(self, *, old: Path) -> Written:
        """Writes the card, with the prose of the ``old`` dataset's, and the checksums.

        A table that another version of pyarrow wrote is kept if it is the same.

        Raises:
            InvalidError: the old card cannot be read.
            OSError: something cannot be read or written.
        """
        sums: dict[str, str] = {}
        with suppress(InvalidError):  # without checksums, an old table may be damaged, and pyarrow might crash on it
            sums = checksums.read(old / checksums.SUMS) or sums
        made = checksums.made(self._folder)
        for path in (path for table in self.tables for path in table.paths if sums.get(path, made[path]) != made[path]):
            there, new = old / path, self._folder / path
            if there.is_file() and checksums.of_file(there) == sums[path] and same_table(there, new):
                shutil.copyfile(there, new)
                made[path] = sums[path]
        self._cache.remember({one.key: Made(one.path, self._rows[one.path], made[one.path]) for one in self._shards})
        return self.write_descriptions(made, text(old / CARD))

    def write_descriptions(self, sums: dict[str, str], old_card: str | None) -> Written:
        """Writes the card, with the prose of an old one, the Croissant description and the checksums of all files.

        ``sums`` has the checksums of the others: tables and records.

        Raises:
            InvalidError: the old card cannot be read.
            OSError: something cannot be read or written.
        """
        written = Written(tuple(self.tables), self._digest(), self._figures)
        front, _ = card.split(old_card)
        there = [table for table in written.tables if table.rows and sums.keys() >= set(table.paths)]
        described = croissant(front, there, sums, written.digest)
        sums = sums | {CROISSANT: sha256(described).hexdigest()}
        built = card.configs(written.digest, written.tables) | {card.SUMS_KEY: checksums.digest(sums)}
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
