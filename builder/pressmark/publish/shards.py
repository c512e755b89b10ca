"""The files that hold the articles of a dataset: tables and records, in shards. A shard depends on its own articles alone."""

from __future__ import annotations

import secrets
import shutil
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from pressmark.project.articles import RECORDS
from pressmark.publish import checksums
from pressmark.publish.cuts import Unit, groups
from pressmark.publish.parquet import write_table
from pressmark.publish.views import ARTICLES, BY_NAME, OF_ARTICLES
from pressmark.record import contract
from pressmark.record.code_version import code_version
from pressmark.record.encode import json_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pressmark.publish.prepared import Cache
    from pressmark.publish.views.columns import View

SHARD = 200_000_000  # bytes of records as lines of JSON; `datasets` measures shards uncompressed, too


class Member(NamedTuple):
    """An article of a dataset: where the cache has its rows, their digest, and the bytes of its record as a line of JSON."""

    id: str
    split: str
    key: str
    digest: bytes
    size: int


class Shard(NamedTuple):
    """A file to write: its path from the dataset folder, its view, the articles in it, and their split if it is a table."""

    path: str
    view: str
    members: Sequence[Member]
    split: str | None = None

    @property
    def key(self) -> str:
        """A digest of all that the file depends on, but for the version of pyarrow: a build keeps tables that are the same."""
        found = sha256(code_version().encode() + columns_key(BY_NAME[self.view]) + self.path.rpartition(".")[2].encode())
        for member in self.members:
            found.update(member.digest)
        return found.hexdigest()


def columns_key(view: View) -> bytes:
    """What tells the columns of a view from others."""
    return json_line({name: contract.feature(node) for name, node in view.columns().items()})


def table_shards(split: str, members: Sequence[Member]) -> Iterator[Shard]:
    """The files of a split. Each view has the same articles in its first shard, and so on."""
    parts = list(groups(members, SHARD))
    for view in OF_ARTICLES:
        for number, part in enumerate(parts):
            yield Shard(view.path(split, number, len(parts)), view.name, part, split)


def record_shards(members: Sequence[Member]) -> Iterator[Shard]:
    """The files with the records of all splits as lines of JSON: ``articles.jsonl``, or several with numbers."""
    parts = list(groups(members, SHARD))
    for number, part in enumerate(parts):
        numbers = f"-{number:05}-of-{len(parts):05}" if len(parts) > 1 else ""
        yield Shard(f"{RECORDS}{numbers}.jsonl", ARTICLES.name, part)


def write_shard(shard: Shard, folder: Path, cache: Cache) -> int:
    """Writes a file from the cache, and returns how many rows it has.

    It is complete when it gets its name: on many machines, one that counts as dead may still write.

    Raises:
        OSError: something cannot be read or written.
    """
    units = (Unit(member.id, cache.lines(member.key, shard.view)) for member in shard.members)
    beside = folder.with_name("unfinished") / secrets.token_hex(8)
    beside.parent.mkdir(exist_ok=True)
    rows = write_table(beside, BY_NAME[shard.view], units) if shard.split else _write_records(beside, units)
    path = folder / shard.path
    path.parent.mkdir(exist_ok=True)
    beside.rename(path)
    return rows


def _write_records(path: Path, units: Iterable[Unit]) -> int:
    with path.open("wb") as file:
        return sum(bool(file.write(unit.lines)) for unit in units)


def is_copied(old: Path, new: Path, digest: str) -> bool:
    """Copies a file if its SHA-256 is still this one, and returns whether it did."""
    if not old.is_file() or checksums.of_file(old) != digest:
        return False
    new.parent.mkdir(exist_ok=True)
    shutil.copyfile(old, new)
    return True
