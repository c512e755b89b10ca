"""A progress bar on standard error, for commands that work through many items."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


@contextmanager
def progress(items: Iterable[T], total: int | None, label: str, quiet: bool) -> Iterator[Iterator[T]]:  # noqa: FBT001
    """Yield the items; count them in a bar while they are read. ``total`` is None if nobody knows it beforehand.

    There is no bar with ``quiet`` or where standard error is not a terminal. Messages stay above it.
    """
    if quiet or not sys.stderr.isatty():
        yield iter(items)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    screen = Console(stderr=True, soft_wrap=True)
    # rich would send standard output to the screen, so it may do so only where it goes there anyway.
    with Progress(*columns, console=screen, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        yield iter(bar.track(items, total, description=label))
