"""Level 1, file: reads the records of a file, one line or one batch of rows at a time."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from pressmark.record.issue import Issue
from pressmark.validation.level1_file.parquet_rows import rows
from pressmark.validation.level1_file.strict_json import FILE_EMPTY, FILE_SIZE, BrokenError, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE_LIMIT = 64 * 2**20  # bytes; a record is some 10 kB
PARQUET = b"PAR1"
LINES = (".jsonl", ".ndjson")
TABLE = ".parquet"
_RECORDS = re.compile(rb"\s*(\{|\[\s*(\{|\Z))")  # how a stream of records begins; "[AP] London" is a text
STREAM = Path("-")  # standard input


class Readable(Protocol):
    """A file, or a stream, of bytes."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, or fewer at the end."""

    def readline(self, size: int, /) -> bytes:
        """A line, or so many bytes of it."""


class Stream:
    """Bytes that come once, with a look at the first line: JSON Lines, unless an object or array goes on in the second."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self.first = self._file.readline(LINE_LIMIT + 1)
        first = self.first.strip()
        self.is_text = not _RECORDS.match(self.first)
        self.lines = not first.startswith(b"[") and (first[-1:] == b"}" or not first.startswith(b"{"))

    def readline(self, size: int, /) -> bytes:
        """A line, or so many bytes of it."""
        first, self.first = self.first, b""
        return first or self._file.readline(size)

    def read(self, size: int, /) -> bytes:
        """So many bytes, or fewer at the end."""
        first, self.first = self.first, b""
        return first + self._file.read(max(0, size - len(first)))


class Document(NamedTuple):
    """A parsed record and its place: its line or row, counted from 1, and its JSON Pointer inside the file."""

    record: Any
    line: int | None
    pointer: str


def documents(path: Path, stream: Stream | None = None) -> Iterator[Document | Issue]:
    """The records of a JSON, JSON Lines or Parquet file, with an issue in place of each one that cannot be parsed.

    ``-`` is standard input, or the ``stream`` that somebody began to read: JSON or JSON Lines. A file that begins like
    Parquet is Parquet. Else ``.jsonl`` and ``.ndjson`` are JSON Lines. Any other file is JSON: one record or an array of
    records.

    Raises:
        OSError: the file cannot be read.
    """
    if path == STREAM:
        stream = stream or Stream(sys.stdin.buffer)
        yield from _parsed_texts(stream, lines=stream.lines)
        return
    if is_parquet(path):
        for row, record in rows(path):
            yield record if isinstance(record, Issue) else Document(record, row, "")
        return
    with path.open("rb") as file:
        yield from _parsed_texts(file, lines=path.suffix in LINES)


def _parsed_texts(file: Readable, *, lines: bool) -> Iterator[Document | Issue]:
    for line, data in texts(file, lines=lines):
        yield from [data.within("", line)] if isinstance(data, Issue) else parsed(data, line)


def is_parquet(path: Path) -> bool:
    """Whether a file is, or says by its name that it is, Parquet. A pipe is not, and is not looked into: it is read once."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(len(PARQUET))
    return head == PARQUET or (path.suffix == TABLE and bool(head))


def texts(file: Readable, *, lines: bool) -> Iterator[tuple[int | None, bytes | Issue]]:
    """The JSON texts of a file: its lines, numbered from 1, or all of it."""
    if not lines:
        data = file.read(LINE_LIMIT + 1)
        if len(data) > LINE_LIMIT:
            expected = "many records as JSON Lines (.jsonl), one per line"
            yield None, Issue(FILE_SIZE.code, f"over {LINE_LIMIT} bytes of JSON", expected=expected)
        else:
            yield None, data or Issue(FILE_EMPTY.code, "the file is empty", expected="a record, which is a JSON object")
        return
    number = 0
    while line := file.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) > LINE_LIMIT:
            while (rest := file.readline(2**20)) and not rest.endswith(b"\n"):
                pass
            yield (
                number,
                Issue(FILE_SIZE.code, f"a line over {LINE_LIMIT} bytes", expected="one record per line, a few kilobytes each"),
            )
        elif not line.isspace():
            yield number, line
    if not number:
        yield None, Issue(FILE_EMPTY.code, "the file is empty", expected="one record per line")


def parsed(data: bytes, line: int | None = None) -> Iterator[Document | Issue]:
    """The records of a JSON text, or the issue that makes it unreadable. Each item of an array is a record."""
    try:
        value = parse(data)
    except BrokenError as broken:
        yield replace(broken.issue, line=line or broken.issue.line)
        return
    if isinstance(value, list) and line is None:
        yield from (Document(record, None, f"/{i}") for i, record in enumerate(value))
    else:
        yield Document(value, line, "")
