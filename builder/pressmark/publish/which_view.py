"""Tells a published table from a table of records, which has other columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressmark.publish.views import ARTICLES, VIEWS
from pressmark.record import contract

if TYPE_CHECKING:
    from pathlib import Path


def which_view(path: Path) -> str | None:
    """The name of the flat view that a Parquet file holds; None if it holds records, or something else, or is damaged.

    Raises:
        OSError: the file cannot be opened.
    """
    import pyarrow as pa
    from pyarrow import parquet as pq

    with path.open("rb") as file:
        try:
            found = pq.read_schema(file)
        except (pa.ArrowException, OSError, ValueError):
            return None
    return next(
        (view.name for view in VIEWS if view != ARTICLES and _shape(contract.arrow_schema(view.columns())) == _shape(found)),
        None,
    )


def _shape(fields: Any) -> Any:
    """The names of columns and of what is inside them; tools choose small or large types at will."""
    import pyarrow as pa

    def inside(kind: Any) -> Any:
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            return [inside(kind.value_type)]
        return _shape(kind) if pa.types.is_struct(kind) else None

    return {field.name: inside(field.type) for field in fields}
