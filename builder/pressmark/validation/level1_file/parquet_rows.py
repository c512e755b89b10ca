"""Level 1, file: reads the rows of a Parquet file in bounded memory, whatever its bytes are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressmark.record.issue import Issue
from pressmark.record.text import shortened
from pressmark.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa
    from pyarrow import parquet as pq

FILE_PARQUET = Rule("file-parquet", 1, "A Parquet file is complete and readable. If it was cut off or damaged, copy it again.")
FILE_BOMB = Rule(
    "file-bomb",
    1,
    "A record takes at most 64 MiB of memory. A small Parquet file that unpacks to much more is not read.",
)
BATCH = 64  # rows held at once
ROW_LIMIT = 64 * 2**20  # bytes of a row in memory
_UNPACKED, _RATIO = 128 * 2**20, 100  # a column that unpacks to more than both is no text
_ROW_BYTES = 16  # each record holds a hash, which no compression makes smaller


def rows(path: Path) -> Iterator[tuple[int, Any | Issue]]:
    """Each row, numbered from 1, as parsed JSON; or the issue that ends the file.

    Strings stay dictionary-encoded until their decoded size is known: a few bytes can stand for gigabytes.

    Raises:
        OSError: the file cannot be read at all.
    """
    import pyarrow as pa
    from pyarrow import parquet as pq

    path.open("rb").close()
    row = 0
    try:
        with path.open("rb") as opened, pq.ParquetFile(opened) as file:  # of a path with a colon, pyarrow makes a URI
            bomb = _bomb(file.metadata, path.stat().st_size)
            strings = [column.path for column in map(file.schema.column, range(len(file.schema))) if _is_string(column)]
        if bomb is not None:
            yield 1, bomb
            return
        options = {"read_dictionary": strings, "page_checksum_verification": True}
        with path.open("rb") as opened, pq.ParquetFile(opened, **options) as file:
            for batch in file.iter_batches(BATCH, use_threads=False):
                if sum(map(_decoded, batch.columns)) > ROW_LIMIT:
                    yield row + 1, Issue(FILE_BOMB.code, f"{batch.num_rows} rows unpack to over {ROW_LIMIT} bytes")
                    return
                for record in batch.to_pylist():
                    row += 1
                    yield row, record
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        reason = shortened(str(error).partition("\n")[0], 120)
        yield (
            row + 1,
            Issue(
                FILE_PARQUET.code, f"not a complete Parquet file: {reason}", expected="a complete file; copy or write it again"
            ),
        )


def _is_string(column: Any) -> bool:
    return str(column.physical_type) == "BYTE_ARRAY"


def _bomb(metadata: pq.FileMetaData, size: int) -> Issue | None:
    if metadata.num_rows * _ROW_BYTES > max(size, 2**16):
        return Issue(
            FILE_BOMB.code, f"{metadata.num_rows} rows in {size} bytes", expected="one record per row, which takes more bytes"
        )
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            packed, unpacked = column.total_compressed_size, column.total_uncompressed_size
            name = shortened(column.path_in_schema)
            if unpacked > max(_UNPACKED, _RATIO * packed):
                return Issue(FILE_BOMB.code, f"column {name} unpacks from {packed} to {unpacked} bytes")
            if column.num_values > max(size, 2**20):
                return Issue(FILE_BOMB.code, f"column {name} has {column.num_values} values in {size} bytes")
    return None


def _decoded(array: pa.Array) -> int:
    """The bytes of an array once its strings are written out."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(array.type):
        lengths = pc.binary_length(array.dictionary).take(array.indices)
        return 8 * len(array) + int(pc.sum(lengths.cast(pa.int64())).as_py() or 0)
    if pa.types.is_struct(array.type):
        return sum(map(_decoded, array.flatten()))
    if pa.types.is_list(array.type) or pa.types.is_large_list(array.type):
        return 8 * len(array) + _decoded(array.flatten())
    return int(array.nbytes)
