"""Reads the rows of CSV, TSV, JSON, JSON Lines and Parquet files, and of folders that `datasets` saved."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.project.adding.columns import ColumnError, Unread, article, columns
from pressmark.record.text import shortened
from pressmark.validation import documents
from pressmark.validation.level1_file.documents import Document
from pressmark.validation.level6_dataset.corpus import split_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pressmark.project.adding.columns import Choice, Incoming

    Rows = Iterator[tuple[int, dict[str, Any] | Unread]]

SUFFIXES = {".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet"}
_SAVED = ("dataset_dict.json", "state.json")  # in the folder of a `DatasetDict`, and of a `Dataset`
_MARKS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
_DELIMITERS = ",;\t|"
_FIRST = 100  # rows that are looked at for columns
_LONGEST = 2**31 - 1  # characters of a field


class Table(NamedTuple):
    """A table: its rows, each with the number of its line or row, the columns of its fields, and those not used.

    ``is_single``: it has one row, as a JSON file of one page has.
    """

    rows: Rows
    columns: dict[str, str]
    others: list[str]
    is_single: bool


def is_saved(folder: Path) -> bool:
    """Whether `datasets` saved a dataset in this folder."""
    return any((folder / name).is_file() for name in _SAVED)


def opened(path: Path, choice: Choice) -> Table:
    """Opens a table, and looks at its first rows for its columns.

    Raises:
        ColumnError: a column is missing, or no row has any.
        OSError: it cannot be read.
        ModuleNotFoundError: it needs a package that is not installed.
    """
    rows = _rows(path, choice)
    first = list(islice(rows, _FIRST))
    records = [row for _, row in first if not isinstance(row, Unread)]
    names = list(dict.fromkeys(name for row in records for name in row))
    if not names:
        why = next(
            (f"line {line}: {row.why}" if line > 1 else row.why for line, row in first if isinstance(row, Unread)),
            "has no rows",
        )
        raise ColumnError(why)
    found = columns(names, choice, records[0])
    others = [name for name in names if name not in found.values()]
    return Table(chain(first, rows), found, others, is_single=len(first) == 1)


def articles(path: Path, table: Table, choice: Choice) -> Iterator[Incoming | Unread]:
    """Makes an article of each row of a table."""
    split = split_of(path.name)
    for number, (line, row) in enumerate(table.rows, start=1):
        if isinstance(row, Unread):
            yield Unread(f"{path}:{line}", row.why)
            continue
        name = path.stem if table.is_single else f"{path.stem}-{number}"
        made = article(row, table.columns, f"{path}:{line}", name, choice)
        yield made if isinstance(made, Unread) else made._replace(split=made.split or split)


def _rows(path: Path, choice: Choice) -> Rows:
    if path.is_dir():
        return _saved(path)
    match path.suffix.lower():
        case ".csv" | ".tsv":
            return _separated(path, choice.encoding)
        case ".parquet":
            return _parquet(path)
        case _:
            return _json(path)


def _separated(path: Path, encoding: str) -> Rows:
    """The rows of a CSV or TSV file, with the line that each begins in. Line ends inside a field stay as they are."""
    with path.open("rb") as start:
        encoding = encoding_of(start.read(3), encoding)
    with path.open("r", encoding=encoding, newline="") as file:
        delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(path, encoding)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        head: list[str] | None = None
        line = 1
        while True:
            try:
                fields = _next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield line, Unread("", f"the rest is not CSV: {error}; every field that a quotation mark opens must be closed")
                return
            except UnicodeDecodeError as error:
                yield line, Unread("", not_in(encoding, error))
                return
            if head is None:
                head = [name.strip() for name in fields]
            elif len(fields) == len(head):
                yield line, dict(zip(head, fields, strict=True))
            elif any(fields):
                yield line, Unread("", f"has {len(fields)} fields, but the first line names {len(head)}")
            line = reader.line_num + 1


def _next(reader: Iterator[list[str]]) -> list[str]:
    """The next row, with fields as long as texts are. The limit is that of the whole process, so it is put back."""
    usual = csv.field_size_limit(_LONGEST)
    try:
        return next(reader)
    finally:
        csv.field_size_limit(usual)


def _delimiter(path: Path, encoding: str) -> str:
    """The character that makes the most columns of the first line."""
    with path.open("r", encoding=encoding, errors="replace", newline="") as file:
        first = file.read(2**16)

    def width(delimiter: str) -> int:
        return len(next(csv.reader(io.StringIO(first, newline=""), delimiter=delimiter), ()))

    return max(_DELIMITERS, key=width)


def encoding_of(data: bytes, encoding: str) -> str:
    """Returns the encoding that a byte order mark states, or else the given one. The mark is not part of the text."""
    return next((name for mark, name in _MARKS.items() if data.startswith(mark)), encoding)


def not_in(encoding: str, error: UnicodeDecodeError) -> str:
    """Says that a file is in another encoding."""
    byte = error.object[error.start]
    return f"is not {encoding}: 0x{byte:02x} does not fit; name its encoding, such as --encoding cp1252"


def _json(path: Path) -> Rows:
    for number, document in enumerate(documents(path), start=1):
        if not isinstance(document, Document):
            yield document.line or number, Unread("", document.message)
        elif isinstance(document.record, dict):
            yield document.line or number, document.record
        else:
            yield document.line or number, Unread("", "is not a JSON object")


def _parquet(path: Path) -> Rows:
    from pressmark.validation.level1_file.parquet_rows import rows

    for number, row in rows(path):
        yield number, row if isinstance(row, dict) else Unread("", row.message)


def _saved(folder: Path) -> Rows:
    import datasets

    try:
        found = datasets.load_from_disk(str(folder.absolute()))
    except (ValueError, FileNotFoundError, datasets.exceptions.DatasetsError) as error:
        yield 1, Unread("", f"`datasets` cannot load it: {shortened(str(error), 200)}")
        return
    parts = found.items() if isinstance(found, datasets.DatasetDict) else [(None, found)]
    number = 0
    for split, part in parts:
        for row in part:
            number += 1
            yield number, row | ({"split": split} if split else {})
