"""Records and rows on disk: JSON, JSON Lines, Parquet."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

import msgspec

from pressmark import contract
from pressmark.issue import InvalidError, Issue
from pressmark.model import Article
from pressmark.validate import convert, documents, issues, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from pressmark.contract import Node
    from pressmark.model import Annotation
    from pressmark.views import Row, View

ROW_GROUP = 2048  # rows held in memory, and written together


def json_line(record: object) -> bytes:
    """A record of the model, or a row, as one line of JSON Lines."""
    return msgspec.json.encode(record) + b"\n"


def json_text(record: Annotation) -> bytes:
    """A record as a JSON file for people: indented, keys in the order of the schema, letters as they are."""
    return (json.dumps(msgspec.to_builtins(record), ensure_ascii=False, indent=2) + "\n").encode()


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then to the disk, then under its name.

    Raises:
        OSError: it cannot be written; what was there before stays.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def articles(path: Path) -> Iterator[Article]:
    """The articles in a JSON, JSON Lines or Parquet file, each one valid.

    Raises:
        InvalidError: one is not, or the file holds other records.
        OSError: the file cannot be read.
    """
    for document in documents(path):
        if isinstance(document, Issue):
            raise InvalidError([document.within(str(path))])
        found = list(issues(document.record))
        if not found and kind_of(document.record) != "article":
            found = [Issue("record-kind", "is no article; there is no text in it")]
        if found:
            raise InvalidError(issue.within(str(path), document.line) for issue in found)
        yield convert(document.record, Article)


class ParquetTable:
    """A view on its way into a Parquet file, one group of rows at a time.

    ``digest`` is that of the columns and of all rows so far: equal digests, equal tables, whatever wrote the file.
    """

    def __init__(self, path: Path, view: View) -> None:
        from pyarrow import parquet as pq

        self._columns = view.columns()
        self._class_labels = view.class_labels
        self._schema = contract.arrow_schema(self._columns, class_labels=view.class_labels)
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

        if self._class_labels:
            self._rows = [{name: _encoded(node, row[name]) for name, node in self._columns.items()} for row in self._rows]
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
        self._rows = []


def _encoded(node: Node, value: Any) -> Any:
    """The value with each label as its number, the way `datasets.ClassLabel` stores it."""
    if value is None:
        return None
    if "enum" in node:
        return node["enum"].index(value)
    if "items" in node:
        return [_encoded(node["items"], item) for item in value]
    if "properties" in node:
        return {name: _encoded(child, value[name]) for name, child in node["properties"].items()}
    return value


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
