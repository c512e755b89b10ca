"""Writes a file of records as they arrive, so that a long run that is stopped can go on.

Each record is first a line of ``NAME.partial``, beside the file. When all are there, the file is made from it in the order of
the input, and the partial file is removed. The records that the file held before are the ones that the new run begins with.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import msgspec

from pressmark.annotators.inputs import Failure, works
from pressmark.project import write_file
from pressmark.publish.cuts import Unit
from pressmark.publish.parquet import write_table
from pressmark.publish.views import ARTICLES
from pressmark.record.encode import json_line
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Article
from pressmark.record.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Key(msgspec.Struct, frozen=True):
    id: str
    text_sha256: str


class _Place(NamedTuple):
    file: IO[bytes]
    start: int
    size: int

    def read(self) -> bytes:
        self.file.seek(self.start)
        return self.file.read(self.size)


def partial(path: Path) -> Path:
    """The file that keeps the records of a run that was stopped."""
    return path.with_name(f"{path.name}.partial")


class RecordFile:
    """A file of records that is being written."""

    def __init__(self, path: Path, lines: IO[bytes], old: IO[bytes]) -> None:
        self._path = path
        self._lines = lines
        self._earlier = _index(lines)
        self._old = _index(old)
        self._order: list[_Place] = []
        self._keys: set[_Key] = set()

    @property
    def kept(self) -> int:
        """The number of records in the partial file."""
        return len(self._earlier)

    def known(self, article: Article) -> Article | bytes | None:
        """The record that the stopped run made of an article, or the article as the file held it before."""
        key = _Key(article.id, article.text_sha256)
        if place := self._earlier.get(key):
            return place.read()
        place = self._old.get(key)
        return msgspec.json.decode(place.read(), type=Article) if place else None

    def write(self, record: bytes) -> None:
        """Add a record, which is a line of JSON.

        Raises:
            OSError: it cannot be written.
        """
        key = msgspec.json.decode(record, type=_Key)
        place = self._earlier.get(key)
        if place is None or key in self._keys:
            self._lines.seek(0, 2)
            place = _Place(self._lines, self._lines.tell(), len(record))
            self._lines.write(record)
            self._lines.flush()
            self._earlier[key] = place
        self._order.append(place)
        self._keys.add(key)

    def finish(self) -> None:
        """Make the file from the records, if there are any.

        Raises:
            InvalidError: the file that is there has a record of another article; it stays.
            OSError: the file cannot be written; the old one stays.
        """
        if lost := [key.id for key in self._old if key not in self._keys]:
            rest = f"; the new records are in {partial(self._path).name}" if self._order else ""
            message = f"holds a record of {quoted(lost[0])}, and this run has none, so the file is left as it is{rest}"
            raise InvalidError([Issue("output", message, file=str(self._path))])
        if not self._order:
            return
        records = (place.read() for place in self._order)
        if self._path.suffix == ".parquet":
            write_records(self._path, records)
            return
        with write_file.whole(self._path) as file:
            file.writelines(records)


def _index(lines: IO[bytes]) -> dict[_Key, _Place]:
    """Where each record is. What a killed process wrote of a line is cut off."""
    found: dict[_Key, _Place] = {}
    lines.seek(0)
    start = 0
    while (line := lines.readline()).endswith(b"\n"):
        found[msgspec.json.decode(line, type=_Key)] = _Place(lines, start, len(line))
        start += len(line)
    lines.truncate(start)
    return found


def write_records(path: Path, records: Iterator[bytes]) -> None:
    """Write a Parquet file of records, which are lines of JSON. The old file stays if it fails.

    Raises:
        OSError: the file cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="pressmark-") as folder:
        made = Path(folder) / "table"
        write_table(made, ARTICLES, (Unit(str(number), record) for number, record in enumerate(records)))
        with made.open("rb") as table, write_file.whole(path) as file:
            shutil.copyfileobj(table, file)


@contextmanager
def record_file(path: Path) -> Iterator[RecordFile]:
    """Yields a file of records to write: Parquet if the suffix says so, else JSON Lines. A partial file is continued.

    Raises:
        InvalidError: the file is there, and holds something else than records.
        OSError: the file cannot be written; the old one stays.
    """
    write_file.clear(path.absolute().parent)
    with tempfile.TemporaryFile() as old:
        if path.exists() and path.stat().st_size:
            old.writelines(_records(path))
        with partial(path).open("a+b") as lines:
            _lock(lines, path)
            file = RecordFile(path, lines, old)
            try:
                yield file
                file.finish()
            except BaseException:
                if not file.kept:
                    partial(path).unlink()
                raise
            partial(path).unlink()


def _lock(lines: IO[bytes], path: Path) -> None:
    try:
        write_file.lock(lines, wait=False)
    except BlockingIOError as error:
        raise BlockingIOError(error.errno, "another pressmark writes it; wait until it ends", str(path)) from None


def _records(path: Path) -> Iterator[bytes]:
    for work in works(path):
        if isinstance(work, Failure):
            raise InvalidError([Issue("output", f"is there, and is not a file of records: {work.problems[0]}", file=str(path))])
        yield json_line(work.article)
