"""Calls a function for each item, several at a time, and yields the results in the order of the items."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
from collections import deque
from concurrent import futures
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from functools import partial
from itertools import islice
from threading import Thread
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor, ProcessPoolExecutor
    from multiprocessing.context import SpawnProcess

T = TypeVar("T")
R = TypeVar("R")

_BATCH = 8  # items that one process is given at a time
_AHEAD = 4  # batches a process, or items a thread, that are read ahead
_OBJECTS = 50_000  # new ones between two searches for garbage


def one_by_one(call: Callable[[T], R], items: Iterator[T]) -> Iterator[R]:
    """Call in this thread."""
    with rare_collection():
        for i, item in enumerate(items):
            yield call(item)
            if i == 0:
                gc.freeze()  # the lists are loaded now, and need not be searched for garbage again and again


def in_threads(call: Callable[[T], R], items: Iterator[T], jobs: int) -> Iterator[R]:
    """Call in threads, for functions that mostly wait. ``jobs`` calls run as long as there are items.

    A slow call does not stop the others, until they are ``_AHEAD`` items a job ahead of it. The threads do not outlive the
    process, so Ctrl-C need not wait for an answer.
    """
    running = deque[Future[R]]()
    with rare_collection():
        while True:
            while len(running) < jobs * _AHEAD and sum(not one.done() for one in running) < jobs:
                if not (batch := list(islice(items, 1))):
                    break
                running.append(_begun(call, batch[0]))
            if not running:
                return
            wait([one for one in running if not one.done()], return_when=FIRST_COMPLETED)
            while running and running[0].done():
                yield running.popleft().result()


def _begun(call: Callable[[T], R], item: T) -> Future[R]:
    future = Future[R]()

    def run() -> None:
        try:
            future.set_result(call(item))
        except BaseException as error:  # noqa: BLE001 - who asks for the result gets it
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future


class Each(Protocol):
    """Calls a function for each item, and yields the results in the order of the items."""

    def __call__(self, call: Callable[[T], R], items: Iterator[T], *, batch: int = _BATCH) -> Iterator[R]:
        """``batch`` is how many items one process is given at a time."""


@contextmanager
def workers(jobs: int, executor: Executor | None = None) -> Iterator[Each]:
    """Yields what calls functions that compute: in so many processes, 0 for one per core, or in this process if it is one.

    With an ``executor``, it makes the calls, and ``jobs`` is how many it makes at a time. Except in this process, functions,
    items and results are pickled.

    Raises:
        ChildProcessError: a process was killed.
    """
    if executor:
        yield partial(_in_pool, executor.submit, jobs * _AHEAD)
        return
    jobs = jobs or cores()
    if jobs == 1:
        yield in_this_process
        return
    from concurrent.futures.process import BrokenProcessPool  # with all of `multiprocessing`
    from multiprocessing import get_context

    # Spawned, not forked: a fork of a process with threads (pyarrow's) may hang.
    pool = futures.ProcessPoolExecutor(jobs, get_context("spawn"), _begin)
    # All of them start before the first call. Python 3.11 may wait forever if one starts while another is killed.
    pool._safe_to_dynamically_spawn_children = False  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        yield partial(_in_pool, partial(_submit, pool), jobs * _AHEAD)
    except BrokenProcessPool:
        why = "a process ended abruptly, perhaps for lack of memory; use fewer --jobs"
        raise ChildProcessError(errno.ECHILD, why) from None
    finally:
        pool.shutdown(cancel_futures=True)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def in_this_process(call: Callable[[T], R], items: Iterator[T], *, batch: int = _BATCH) -> Iterator[R]:  # noqa: ARG001
    """Calls in this thread, one by one, whatever the size of a batch."""
    return one_by_one(call, items)


def _in_pool(
    submit: Callable[..., Future[list[R]]], ahead: int, call: Callable[[T], R], items: Iterator[T], *, batch: int = _BATCH
) -> Iterator[R]:
    running = deque[Future[list[R]]]()
    while True:
        while len(running) < ahead and (some := list(islice(items, batch))):
            running.append(submit(_batch, call, some))
        if not running:
            return
        yield from running.popleft().result()


def _submit(pool: ProcessPoolExecutor, call: Callable[..., R], *arguments: object) -> Future[R]:
    with _uninterrupted():
        future = pool.submit(call, *arguments)
    results = pool._result_queue._writer  # type: ignore[attr-defined]  # noqa: SLF001
    if not results.closed:
        # They have started. The pool reads a result to its end, so it would wait forever for the rest of one whose process was
        # killed: what it reads from ends when no process has it open for writing any more.
        results.close()
        processes = list(pool._processes.values())  # noqa: SLF001
        Thread(target=_end_together, args=[processes], daemon=True).start()
    return future


def _end_together(processes: list[SpawnProcess]) -> None:
    """End all once one did not end by itself."""
    from multiprocessing.connection import wait

    ended = wait([one.sentinel for one in processes])
    first = next(one for one in processes if one.sentinel in ended)
    first.join()
    if first.exitcode:
        for one in processes:
            one.terminate()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until this context ends, and in a process that it starts until `_begin`: Python would print a traceback."""
    if sys.platform == "win32":
        yield
        return
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)


def _begin() -> None:
    gc.set_threshold(_OBJECTS)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a traceback
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that began it is gone, even if it was killed."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _batch(call: Callable[[T], R], batch: list[T]) -> list[R]:
    return [call(item) for item in batch]


@contextmanager
def rare_collection() -> Iterator[None]:
    """Collect garbage rarely inside this context: annotating an article leaves no reference cycles."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
