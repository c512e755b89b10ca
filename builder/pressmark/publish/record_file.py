"""A file of records that takes one line at a time and is there whole or not at all."""

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
    """A file of records, JSON Lines or Parquet by its suffix, that takes one line at a time and is there whole or not at all.

    Raises:
        OSError: it cannot be written; what was there before stays.
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
    """A write's count of bytes is of no interest."""
