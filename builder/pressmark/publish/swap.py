"""Swaps the old files for the new ones in one step. A build that fails or is killed leaves the old dataset as it was."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STAGING = ".pressmark-build"
_OLD = "old"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h


@contextmanager
def staging(project: Path) -> Iterator[Path]:
    """Yields an empty folder on the project's own disk, for one build at a time, and removes it afterwards.

    Raises:
        OSError: the folder cannot be made; `BlockingIOError` if another build of the project is running.
    """
    folder = project / STAGING
    try:
        with FileLock(project / f"{STAGING}.lock", timeout=0):
            _restore(folder, project)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            try:
                yield folder
            finally:
                _restore(folder, project)
                shutil.rmtree(folder, ignore_errors=True)
    except Timeout:
        raise BlockingIOError(errno.EAGAIN, "another build is running; wait until it ends", str(project)) from None


def switch(new: Path, project: Path, names: tuple[Path, ...]) -> None:
    """Swaps each file or folder of ``new`` that exists for the project's: all of them or, on an error, none.

    Raises:
        OSError: the disk or a permission forbids it.
    """
    present = [name for name in names if (new / name).exists()]
    for path in (path for name in present for path in _all(new / name)):
        _sync(path)
    done: list[Path] = []
    try:
        for name in present:
            _exchange(new / name, project / name, new / _OLD / name)
            done.append(name)
    except BaseException:
        for name in reversed(done):
            _exchange(new / name, project / name, new / _OLD / name)
        raise
    _sync(project)


def _exchange(new: Path, old: Path, aside: Path) -> None:
    """Swaps two paths. Linux does it in one step; elsewhere the old one is moved aside, and `_restore` undoes half a swap.

    If there is no old one, the new one is moved, and a second exchange moves it back.
    """
    if old.is_symlink():
        raise OSError(errno.ENOTDIR, "is a symbolic link, which a build cannot replace; remove the link", str(old))
    if old.exists() and new.exists() and old.is_dir() != new.is_dir():
        raise OSError(errno.EEXIST, "is in the place of a file that the build makes; move it", str(old))
    if not old.exists():
        new.rename(old)
    elif not new.exists():
        old.rename(new)
    elif not _swapped(new, old):
        aside.parent.mkdir(exist_ok=True)
        old.rename(aside)
        new.rename(old)
        aside.rename(new)


def _swapped(one: Path, other: Path) -> bool:
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):  # glibc before 2.28, musl
        return False
    if libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    error = ctypes.get_errno()
    if error in {errno.EINVAL, errno.ENOSYS, errno.EXDEV}:  # a file system that cannot
        return False
    raise OSError(error, os.strerror(error), str(other))


def _restore(folder: Path, project: Path) -> None:
    for old in (folder / _OLD).glob("*"):
        if not (project / old.name).exists():
            old.rename(project / old.name)


def _all(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from path.rglob("*")
    if path.exists():
        yield path


def _sync(path: Path) -> None:
    if sys.platform == "win32" and path.is_dir():
        return  # Windows cannot open a folder
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
