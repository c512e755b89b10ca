"""Reads the tables (CSV) that people fill in with a spreadsheet, and writes cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from pressmark.record.issue import InvalidError, Issue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Table(NamedTuple):
    """The first line of a table, its other lines with their numbers, and what divides the columns."""

    columns: list[str]
    rows: list[tuple[int, list[str]]]
    delimiter: str


def read(path: Path, code: str) -> Table:
    """Reads a table as spreadsheets write it: with or without a byte order mark; a comma, semicolon or tab divides columns.

    Raises:
        InvalidError: it is not CSV in UTF-8; the issue has this code.
        OSError: it cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidError([Issue(code, "is not UTF-8; save it as CSV UTF-8", file=str(path))]) from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        rows += ((reader.line_num, [_content(cell) for cell in cells]) for cells in reader if cells)
    except csv.Error as error:
        raise InvalidError([Issue(code, f"is not CSV: {error}", file=str(path), line=max(1, reader.line_num))]) from None
    return Table(rows[0][1] if rows else [], rows[1:], delimiter_of(text))


def delimiter_of(text: str) -> str:
    """Returns what divides the columns of a table. Some spreadsheets write a semicolon."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def written(rows: Iterable[Iterable[object]], delimiter: str = ",") -> str:
    """Returns lines of a table. A cell that looks like a formula gets an apostrophe, which `read` takes away."""
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=delimiter, lineterminator="\n").writerows([_cell(str(one)) for one in row] for row in rows)
    return lines.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _content(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
