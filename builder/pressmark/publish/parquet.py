"""Writes Parquet: the rows of a view become one Parquet file."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from pressmark.publish.cuts import groups
from pressmark.publish.views import BY_NAME
from pressmark.record import contract
from pressmark.record.encode import json_line
from pressmark.record.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.publish.cuts import Unit
    from pressmark.publish.views.columns import Row, View
    from pressmark.record.contract import Node

GROUP = 4 * 2**20  # bytes of JSON lines in a row group, about
_BLOCK = 2**30  # bytes that pyarrow parses at once; its limit is 2**31, and a line must fit into a block


def lines(view: View, rows: Iterable[Row]) -> bytes:
    """Rows whose labels are strings as lines of JSON, with the labels of targets as `datasets.ClassLabel` stores them."""
    targets = _targets(view.name)
    return b"".join(json_line(_numbered(row, targets) if targets else row) for row in rows)


def write_table(path: Path, view: View, units: Iterable[Unit]) -> int:
    """Writes a table of rows that `lines` made, and returns how many rows it has.

    A row group ends at the end of a unit. Where it ends depends on the units near by alone, so that a few new articles leave
    most row groups as they were (`cuts`).

    Raises:
        OSError: it cannot be written.
    """
    import pyarrow as pa
    from pyarrow import json  # unlike `pa.array` and `Table.from_pylist`, it does not import pandas
    from pyarrow import parquet as pq

    schema = contract.arrow_schema(view.columns())
    parsing = json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
    count = 0
    path.parent.mkdir(exist_ok=True)
    # No content-defined chunking: pyarrow 26 carries its state from one row group to the next, so equal groups differ in bytes.
    options = {"compression": "zstd", "compression_level": 3, "write_page_index": True, "write_page_checksum": True}
    # An open file, because pyarrow would take a relative path like "news:2023/x" for a URI.
    with path.open("wb") as file, pq.ParquetWriter(file, schema, **options) as writer:
        for group in groups(units, GROUP):
            data = b"".join(unit.lines for unit in group)
            if not data:
                continue
            reading = json.ReadOptions(use_threads=False, block_size=min(len(data), _BLOCK))
            table = json.read_json(pa.BufferReader(data), reading, parsing)
            writer.write_table(table)
            count += table.num_rows
    return count


def _numbered(row: Row, targets: dict[str, dict[str, int]]) -> Row:
    return row | {name: _encoded(numbers, row[name]) for name, numbers in targets.items()}


@cache
def _targets(view: str) -> dict[str, dict[str, int]]:
    return {name: _numbers(node) for name, node in BY_NAME[view].columns().items() if _is_target(node)}


def _is_target(node: Node) -> bool:
    return bool(node.get("items", node).get("class_label"))


def _numbers(node: Node) -> dict[str, int]:
    """The number of each label."""
    return {label: number for number, label in enumerate(contract.labels(node))}


def _encoded(numbers: dict[str, int], value: Any) -> Any:
    return [numbers[label] for label in value] if isinstance(value, list) else numbers[value]


def same_table(old: Path, new: Path) -> bool:
    """Whether two Parquet files hold the same table and were written by different versions of pyarrow.

    Then the build keeps the old file, so that a new pyarrow does not change a dataset in which nothing changed.
    """
    import pyarrow as pa

    try:
        with _opened(old) as there, _opened(new) as made:
            by_another = there.metadata.created_by != made.metadata.created_by
            return by_another and bool(there.read().equals(made.read(), check_metadata=True))
    except (pa.ArrowException, OSError):  # not whole
        return False


def difference(old: Path, new: Path) -> str | None:
    """Says how the table of a Parquet file differs from the one of another, which was just made, or returns None."""
    import pyarrow as pa

    if old.read_bytes() == new.read_bytes():
        return None
    try:
        with _opened(old) as there, _opened(new) as made:
            one, other = there.read(), made.read()
    except (pa.ArrowException, OSError) as error:
        return f"it cannot be read: {shortened(str(error).partition(chr(10))[0])}"
    if not one.schema.equals(other.schema, check_metadata=True):
        return "its columns differ; verify it with the version of pressmark that built it"
    if one.num_rows != other.num_rows:
        return f"it has {one.num_rows} rows, not {other.num_rows}"
    row = next((row for row in range(one.num_rows) if one.slice(row, 1) != other.slice(row, 1)), None)
    return None if row is None else f"row {row + 1} differs"


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    from pyarrow import parquet as pq

    with path.open("rb") as file, pq.ParquetFile(file, page_checksum_verification=True) as table:
        yield table
