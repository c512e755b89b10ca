"""Writes a file of records line by line, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.publish.parquet import ParquetTable
from pressmark.publish.views import VIEWS
from pressmark.validation import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def record_file(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Yields a function that writes one line to a file of records: Parquet if the suffix says so, else JSON Lines.

    The file is in its place when all lines are written, whole or not at all.

    Raises:
        OSError: the file cannot be written; the old one stays.
    """
    beside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.absolute().parent))
    try:
        if path.suffix == ".parquet":
            with ParquetTable(beside / "rows" / "table", next(view for view in VIEWS if view.name == "articles")) as rows:
                yield lambda line: rows.add([parse(line)])
            (beside / "rows" / "table").replace(path)
        else:
            with (beside / "lines").open("wb") as lines:
                yield lambda line: _ignored(lines.write(line))
            (beside / "lines").replace(path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _ignored(_: object) -> None:
    """Drops the number of bytes that a write returns."""
