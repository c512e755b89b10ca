"""A progress bar on standard error, for commands that work through many items."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")


@contextmanager
def counter(total: int | None, label: str, quiet: bool) -> Iterator[Callable[[], object]]:  # noqa: FBT001
    """Yield what to call after each item; a bar counts the calls. ``total`` is None if nobody knows it beforehand.

    There is no bar with ``quiet``, for a single item, or where standard error is not a terminal. Messages stay above it.
    """
    if quiet or total == 1 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    screen = Console(stderr=True, soft_wrap=True)
    # rich would send standard output to the screen, so it may do so only where it goes there anyway.
    with Progress(*columns, console=screen, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        yield partial(bar.advance, bar.add_task(label, total=total))


@contextmanager
def progress(items: Iterable[T], total: int | None, label: str, quiet: bool) -> Iterator[Iterator[T]]:  # noqa: FBT001
    """Yield the items; count them in a bar while they are read. The arguments are those of `counter`."""
    with counter(total, label, quiet) as count:
        yield _counted(items, count)


def _counted(items: Iterable[T], count: Callable[[], object]) -> Iterator[T]:
    for item in items:
        yield item
        count()
