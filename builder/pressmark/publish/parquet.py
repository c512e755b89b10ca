"""Rows of a view, written as a Parquet file."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

from pressmark.record import contract
from pressmark.record.encode import json_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

    from pressmark.publish.views.columns import Row, View
    from pressmark.record.contract import Node

ROW_GROUP = 2048  # rows held in memory, and written together


class ParquetTable:
    """A view on its way into a Parquet file, one group of rows at a time.

    ``digest`` is that of the columns and of all rows so far: equal digests, equal tables, whatever wrote the file.
    """

    def __init__(self, path: Path, view: View) -> None:
        from pyarrow import parquet as pq

        self._columns = view.columns()
        self._schema = contract.arrow_schema(self._columns)
        self._targets = {name: node for name, node in self._columns.items() if _is_target(node)}
        self._rows: list[Row] = []
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
            self._hash.update(json_line(row))
            self._rows.append(row)
            self.count += 1
            if len(self._rows) == ROW_GROUP:
                self._flush()

    @property
    def digest(self) -> str:
        """SHA-256 of the columns and the rows, in hexadecimal digits."""
        return self._hash.hexdigest()

    def _flush(self) -> None:
        import pyarrow as pa

        for row in self._rows:
            row |= {name: _encoded(node, row[name]) for name, node in self._targets.items()}
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
        self._rows = []


def _is_target(node: Node) -> bool:
    return bool(node.get("items", node).get("class_label"))


def _encoded(node: Node, value: Any) -> Any:
    """The label, or each label of a list, as its number, the way `datasets.ClassLabel` stores it."""
    places = {label: number for number, label in enumerate(contract.labels(node))}
    return [places[label] for label in value] if "items" in node else places[value]


def same_table(old: Path, new: Path) -> bool:
    """Whether two Parquet files hold one table, and only differ since other versions of pyarrow wrote them.

    Then the old one can stay: its bytes are as good, and nothing changes where nothing changed.
    """
    import pyarrow as pa
    from pyarrow import parquet as pq

    try:
        with pq.ParquetFile(old) as there, pq.ParquetFile(new) as made:
            by_another = there.metadata.created_by != made.metadata.created_by
            return by_another and bool(there.read().equals(made.read(), check_metadata=True))
    except (pa.ArrowException, OSError):  # not there, or not whole
        return False
