"""Writes conflicts as a table (CSV) that a person fills in, and reads the choices.

A table is never changed once it is there. Conflicts that no table has go into a further one, ``conflicts-2.csv``. Only two
columns are read: ``conflict``, which names it, and ``choose``, with the name of the annotator whose reading is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pressmark.project import spreadsheet
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pressmark.scoring.conflicts import Conflict

_STEM = "conflicts"
_CHOICE = "choose"
COLUMNS = ("conflict", "article", "layer", "item", "field", "start", "end", "text", _CHOICE)


class Choice(NamedTuple):
    """What a person wrote beside a conflict, and where. It is empty if nothing was written."""

    value: str
    file: Path
    line: int


def choices(folder: Path) -> dict[str, Choice]:
    """Reads the tables of a folder, by the conflicts' ids. What spreadsheets make of a table is understood.

    Raises:
        InvalidError: a table is not UTF-8, or lacks a column.
        OSError: a table cannot be read.
    """
    found: dict[str, Choice] = {}
    for path in _tables(folder):
        for name, choice in _rows(path):
            if choice.value or name not in found:
                found[name] = choice
    return found


def _tables(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{_STEM}*.csv"), key=lambda path: (len(path.name), path.name))


def _rows(path: Path) -> Iterator[tuple[str, Choice]]:
    columns, rows, _ = spreadsheet.read(path, "merge-table")
    if missing := {"conflict", _CHOICE} - {*columns}:
        message = f"has no column {' and no column '.join(sorted(missing))}; keep the first line as it was"
        raise InvalidError([Issue("merge-table", message, file=str(path))])
    for line, cells in rows:
        row = dict(zip(columns, cells, strict=False))
        if name := row.get("conflict", "").strip():
            yield name, Choice(row.get(_CHOICE, "").strip(), path, line)


def chosen(conflict: Conflict, choice: Choice) -> str | None:
    """Returns the annotator that a choice names, or None if it is empty.

    Raises:
        InvalidError: it names nobody who has a reading.
    """
    if not choice.value:
        return None
    for who in conflict.readings:
        if who.casefold() == choice.value.casefold():
            return who
    message = f"{_CHOICE} is {quoted(choice.value)}; write one of {', '.join(conflict.readings)}, or leave it empty"
    raise InvalidError([Issue("merge-choice", message, file=str(choice.file), line=choice.line, article=conflict.article)])


def table(conflicts: Iterable[Conflict], annotators: Sequence[str]) -> bytes:
    """Returns a table of conflicts, with a column of readings for each annotator. It begins with a mark that Excel needs."""
    lines: list[list[object]] = [[*COLUMNS[:-1], *annotators, _CHOICE]]
    for one in conflicts:
        cells = (one.id, one.article, one.layer, one.item, one.field, one.start, one.end, one.text)
        lines.append([*cells, *(one.readings.get(who, "") for who in annotators), ""])
    return spreadsheet.written(lines).encode("utf-8-sig")


def new_table(folder: Path) -> Path:
    """Returns the path of the next table of a folder."""
    number = len(_tables(folder)) + 1
    while (path := folder / (f"{_STEM}-{number}.csv" if number > 1 else f"{_STEM}.csv")).exists():
        number += 1
    return path
