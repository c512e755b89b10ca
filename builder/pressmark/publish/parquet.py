"""Writing Parquet: the rows of a view become one Parquet file."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

from pressmark.record import contract
from pressmark.record.encode import json_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

    from pressmark.publish.views import Row, View
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
        self._schema = contract.arrow_schema(columns, class_labels=view.class_labels)
        self._labelled = {name: node for name, node in columns.items() if view.class_labels and _has_labels(node)}
        self._lines: list[bytes] = []
        self._hash = sha256(self._schema.metadata[b"huggingface"])
        self.count = 0
        path.parent.mkdir(parents=True)
        self._writer = pq.ParquetWriter(
            path, self._schema, compression="zstd", write_page_index=True, use_content_defined_chunking=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self._flush()
        self._writer.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Append rows whose labels are strings."""
        for row in rows:
            line = json_line(row)
            self._hash.update(line)
            self._lines.append(json_line(self._numbered(row)) if self._labelled else line)
            self.count += 1
            if len(self._lines) == ROW_GROUP:
                self._flush()

    @property
    def digest(self) -> str:
        """SHA-256 of the columns and the rows, in hexadecimal digits."""
        return self._hash.hexdigest()

    def _numbered(self, row: Row) -> Row:
        """The row with each label as its number, the way `datasets.ClassLabel` stores it."""
        return row | {name: _number(node, row[name]) for name, node in self._labelled.items()}

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


def _has_labels(node: Node) -> bool:
    children = [node["items"]] if "items" in node else list(node.get("properties", {}).values())
    return "enum" in node or any(map(_has_labels, children))


def _number(node: Node, value: Any) -> Any:
    """The value with each label as its place in the schema's list."""
    if value is None:
        return None
    if "enum" in node:
        return node["enum"].index(value)
    if "items" in node:
        return [_number(node["items"], item) for item in value]
    if "properties" in node:
        return {name: _number(child, value[name]) for name, child in node["properties"].items()}
    return value


def same_table(old: Path, new: Path) -> bool:
    """Whether two Parquet files hold the same table and were written by different versions of pyarrow.

    Then the build keeps the old file, so that a new pyarrow does not change a dataset in which nothing changed.
    """
    import pyarrow as pa
    from pyarrow import parquet as pq

    try:
        with pq.ParquetFile(old) as there, pq.ParquetFile(new) as made:
            by_another = there.metadata.created_by != made.metadata.created_by
            return by_another and bool(there.read().equals(made.read(), check_metadata=True))
    except (pa.ArrowException, OSError):  # not there, or not whole
        return False
