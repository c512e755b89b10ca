"""Writing Parquet: the rows of a view become one Parquet file."""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

from pressmark.record import contract
from pressmark.record.encode import json_line
from pressmark.record.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from pressmark.publish.views.columns import Row, View
    from pressmark.record.contract import Node

ROW_GROUP = 2048  # rows held in memory, as lines of JSON, and written together
_BLOCK = 2**30  # bytes that pyarrow parses at once; its limit is 2**31, and a line must fit into a block


class ParquetTable:
    """Writes one view to a Parquet file, one group of rows at a time.

    ``digest`` covers the columns and all rows so far: two tables with the same digest hold the same data, whatever version of
    pyarrow wrote the files.
    """

    def __init__(self, path: Path, view: View) -> None:
        from pyarrow import parquet as pq

        columns = view.columns()
        self._schema = contract.arrow_schema(columns)
        self._targets = {name: _numbers(node) for name, node in columns.items() if _is_target(node)}
        self._lines: list[bytes] = []
        self._hash = sha256(self._schema.metadata[b"huggingface"])
        self.count = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("wb")  # pyarrow would take a relative path like "news:2023/x" for a URI
        self._writer = pq.ParquetWriter(
            self._file,
            self._schema,
            compression="zstd",
            write_page_index=True,
            write_page_checksum=True,
            use_content_defined_chunking=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._file:
            if kind is None:
                self._flush()
            self._writer.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Append rows whose labels are strings."""
        for row in rows:
            line = json_line(row)
            self._hash.update(line)
            self._lines.append(json_line(self._numbered(row)) if self._targets else line)
            self.count += 1
            if len(self._lines) == ROW_GROUP:
                self._flush()

    @property
    def digest(self) -> str:
        """SHA-256 of the columns and the rows, in hexadecimal digits."""
        return self._hash.hexdigest()

    def _numbered(self, row: Row) -> Row:
        """The row with the labels of targets as numbers, the way `datasets.ClassLabel` stores them."""
        targets = {name: _encoded(numbers, row[name]) for name, numbers in self._targets.items()}
        return row | targets

    def _flush(self) -> None:
        import pyarrow as pa
        from pyarrow import json  # unlike `pa.array` and `Table.from_pylist`, it does not import pandas

        if not self._lines:
            return
        data = b"".join(self._lines)
        reading = json.ReadOptions(use_threads=False, block_size=min(len(data), _BLOCK))
        parsing = json.ParseOptions(explicit_schema=self._schema, unexpected_field_behavior="error")
        self._writer.write_table(json.read_json(pa.BufferReader(data), reading, parsing))
        self._lines = []


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
