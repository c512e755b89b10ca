"""Writes files whole or not at all.

A temporary file is locked as long as the process that writes it lives. So the next run can tell what a killed process left.
"""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import contextmanager, suppress
from shutil import copymode
from typing import IO, TYPE_CHECKING

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUFFIX = ".pressmark-tmp"


def write(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: to a temporary file, then to the disk, then renames it.

    Raises:
        OSError: the file cannot be written; the old one stays.
    """
    with whole(path) as file:
        file.write(data)


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Yields a file that takes the place of ``path`` when the block ends. If the block fails, the old file stays.

    Raises:
        OSError: the file cannot be written.
    """
    try:
        beside, file = _temporary(path)
    except OSError as error:
        error.filename = str(path)  # nobody knows the temporary file
        raise
    try:
        yield file
        file.flush()
        os.fsync(file.fileno())
        if sys.platform == "win32":
            file.close()  # an open file cannot be renamed there
        if path.exists():
            copymode(path, beside)
        beside.replace(path)
    except OSError as error:
        error.filename = str(path)  # a full disk does not say of which file
        raise
    finally:
        with suppress(OSError):  # what a full disk did not take is lost twice
            file.close()
        beside.unlink(missing_ok=True)


def clear(folder: Path) -> None:
    """Removes the temporary files that killed processes left in a folder. Those of running processes stay."""
    for path in folder.glob(f".*{_SUFFIX}"):
        with suppress(OSError), path.open("r+b") as file:  # it is gone, or another process writes it
            lock(file, wait=False)
            if sys.platform == "win32":
                file.close()
            path.unlink()


def lock(file: IO[bytes], *, wait: bool) -> None:
    """Locks an open file until it is closed. Windows needs no lock: an open file cannot be removed there.

    Raises:
        BlockingIOError: another process has locked it, and ``wait`` is false.
    """
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def _temporary(path: Path) -> tuple[Path, IO[bytes]]:
    while True:
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_SUFFIX}")
        file = beside.open("xb")
        lock(file, wait=True)
        if beside.exists():
            return beside, file
        file.close()  # `clear` came between
