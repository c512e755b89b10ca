"""Level 1, file: bytes → the records in them. A file is read a line or a batch of rows at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from pressmark.issue import Issue
from pressmark.text import quoted, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINE_LIMIT = 64 * 2**20  # bytes; a record is some 10 kB
BATCH = 64  # rows of Parquet held at once
BOM = b"\xef\xbb\xbf"
PARQUET = b"PAR1"


class Document(NamedTuple):
    """A parsed record and where it stands: its line (or row) from 1, and its JSON Pointer inside the file."""

    record: Any
    line: int | None
    pointer: str


class _BrokenError(ValueError):
    def __init__(self, code: str, message: str) -> None:
        self.issue = Issue(code, message)
        super().__init__(message)


def documents(path: Path) -> Iterator[Document | Issue]:
    """The records of a JSON, JSON Lines or Parquet file; what cannot be parsed is an issue in its place.

    A file is Parquet when it begins so, else JSON Lines when it is called ``.jsonl`` or ``.ndjson``, else JSON: one record or
    an array of them.
    """
    with path.open("rb") as file:
        head = file.read(len(PARQUET))
        file.seek(0)
        if not head:
            yield Issue("file-empty", "the file is empty; a record is a JSON object")
        elif head == PARQUET or path.suffix == ".parquet":
            yield from _parquet(path)
        elif path.suffix in {".jsonl", ".ndjson"}:
            yield from _lines(file)
        elif path.stat().st_size > LINE_LIMIT:
            yield Issue("file-size", f"over {LINE_LIMIT} bytes of JSON; write many records as JSON Lines (.jsonl), one a line")
        else:
            yield from _json(file.read())


def _json(data: bytes) -> Iterator[Document | Issue]:
    try:
        parsed = parse(data)
    except _BrokenError as broken:
        yield broken.issue
        return
    if isinstance(parsed, list):
        yield from (Document(record, None, f"/{i}") for i, record in enumerate(parsed))
    else:
        yield Document(parsed, None, "")


def _lines(file: Any) -> Iterator[Document | Issue]:
    number = 0
    while line := file.readline(LINE_LIMIT + 1):
        number += 1
        try:
            if len(line) > LINE_LIMIT:
                while (rest := file.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
                    pass
                _broken("file-size", f"a line over {LINE_LIMIT} bytes; a record is one line of some kilobytes")
            if line.strip():
                yield Document(parse(line), number, "")
        except _BrokenError as broken:
            yield broken.issue.within("", number)


def _parquet(path: Path) -> Iterator[Document | Issue]:
    import pyarrow as pa
    from pyarrow import parquet as pq

    row = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH):
                for record in batch.to_pylist():
                    row += 1
                    yield Document(record, row, "")
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = shortened(str(error).partition("\n")[0], 120)
        yield Issue("file-parquet", f"no whole Parquet file: {reason}; write or copy it anew", line=row + 1)


def parse(data: bytes) -> Any:
    """The value of a JSON text (RFC 8259), strictly: UTF-8 without a BOM, no key twice, no NaN, no lone surrogate.

    Raises:
        ValueError: with an ``issue`` that says what is wrong and where.
    """
    if data.startswith(BOM):
        _broken("file-bom", "begins with a byte order mark; save it as UTF-8 without one")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _broken("file-encoding", f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8; save it as UTF-8")
    if not text.strip():
        _broken("file-empty", "nothing but white space; a record is a JSON object")
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        found = f"found {quoted(text[error.pos : error.pos + 20])}" if error.pos < len(text) else "the file ends there"
        _broken("file-json", f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}; {found}")
    except RecursionError:
        _broken("file-depth", "brackets nested too deep; a record is 5 deep")
    except _BrokenError:
        raise
    except ValueError:
        _broken("file-number", "a number with thousands of digits; offsets go up to 2147483647")
    if "\\u" in text:
        _no_surrogate(value)
    return value


def _broken(code: str, message: str) -> NoReturn:
    raise _BrokenError(code, message)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        _broken(
            "file-duplicate-key",
            f"the key {quoted(twice)} stands twice in one object; JSON readers keep only one of them",
        )
    return record


def _no_constant(name: str) -> NoReturn:
    _broken("file-number", f"{name} is no JSON number; write null")


def _no_surrogate(value: Any) -> None:
    todo = [value]
    while todo:
        match todo.pop():
            case str() as text if not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
                _broken(
                    "file-surrogate",
                    f"a lone surrogate in {quoted(text)}; it is no character and cannot be stored",
                )
            case list() as items:
                todo += items
            case dict() as record:
                todo += record
                todo += record.values()
