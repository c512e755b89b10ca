"""Work on many machines: the executor of a Dask cluster, all of whose workers run the same pressmark."""

from __future__ import annotations

import errno
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pressmark.record.code_version import code_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

R = TypeVar("R")

_WAIT = 20  # seconds for the scheduler to answer, and for its first worker to come


class Cluster(NamedTuple):
    """The executor of a cluster, and how many calls it makes at a time."""

    executor: Executor
    threads: int


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """Yields the cluster of the scheduler at an address like ``tcp://host:8786``.

    A call that is lost with its worker is made again by another one.

    Raises:
        OSError: there is no scheduler or no worker, a worker runs another pressmark, or the cluster went away.
    """
    from distributed import Client, KilledWorker

    try:
        client = Client(address, timeout=_WAIT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        why = f"no Dask scheduler answers: {type(error).__name__}; start one with `dask scheduler`"
        raise ConnectionError(errno.ECONNREFUSED, why, address) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_WAIT)
        except TimeoutError:
            why = f"the scheduler has no worker; start one with `dask worker {address}`"
            raise ConnectionError(errno.ECONNREFUSED, why, address) from None
        for worker, version in client.run(code_version, on_error="return").items():
            _refuse_another(version, worker)
        try:
            # Not pure: an earlier run with the same arguments may have read other files.
            pool: Executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
            yield Cluster(_SameCode(pool), sum(client.nthreads().values()))  # type: ignore[no-untyped-call]
        except KilledWorker:
            why = "several workers died at the same work, perhaps for lack of memory"
            raise ChildProcessError(errno.ECHILD, why, address) from None
        except CancelledError:
            raise ConnectionError(errno.ECONNRESET, "the scheduler went away", address) from None


class _SameCode(Executor):
    """Makes each call only where the code is the same: a worker may come late."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool

    def submit(self, call: Callable[..., R], /, *arguments: Any, **named: Any) -> Future[R]:
        return self._pool.submit(_called, code_version(), call, arguments, named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - of `Executor`
        self._pool.shutdown(wait=wait and not cancel_futures)


def _called(version: str, call: Callable[..., R], arguments: tuple[Any, ...], named: dict[str, Any]) -> R:
    if code_version() != version:
        from distributed import get_worker

        _refuse_another(code_version(), get_worker().address, version)
    return call(*arguments, **named)


def _refuse_another(version: object, worker: str, wanted: str | None = None) -> None:
    if isinstance(version, Exception):
        why = f"the worker cannot load pressmark ({type(version).__name__}: {version}); install it there"
        raise OSError(errno.EPROTO, why, worker)
    if version != (wanted or code_version()):
        raise OSError(errno.EPROTO, "the worker runs another pressmark; install the same version there", worker)
