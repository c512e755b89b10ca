"""Swaps the old files for the new ones. A build that fails or is killed leaves the old dataset as it was, or the new one.

Each swap is one step, but there may be several. A plan on the disk says which; the next build carries on with it.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from pressmark.publish import checksums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Plan = dict[str, tuple[str | None, str | None]]  # what each path holds before and after the swap

STAGING = ".pressmark-build"
_OLD, _PLAN = "old", "plan.json"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h


@contextmanager
def staging(project: Path) -> Iterator[Path]:
    """Yields an empty folder on the project's own disk, for one build at a time, and removes it afterwards.

    What a killed build left there is put right first.

    Raises:
        OSError: the folder cannot be made; `BlockingIOError` if another build of the project is running.
    """
    folder = project / STAGING
    try:
        with FileLock(project / f"{STAGING}.lock", timeout=0):
            _tidy(folder, project)
            folder.mkdir()
            try:
                yield folder
            finally:
                _tidy(folder, project)
    except Timeout:
        raise BlockingIOError(errno.EAGAIN, "another build is running; wait until it ends", str(project)) from None


def was_stopped(project: Path) -> bool:
    """Whether a build was killed while it swapped files, so that some of them are old and some new."""
    folder = project / STAGING
    return any((folder / _OLD).glob("*")) or _has_begun(_plan(folder), project)


def switch(new: Path, project: Path, names: tuple[Path, ...], check: Callable[[], object]) -> None:
    """Swaps each file or folder of ``new`` that exists for the project's: all of them or, on an error, none.

    What Git or the Hub's client put into an old folder goes into the new one. ``check`` runs at the last moment; if it raises,
    nothing is swapped.

    Raises:
        OSError: the disk or a permission forbids it.
    """
    present = [name for name in names if (new / name).exists()]
    for path in (path for name in present for path in _all(new / name)):
        _sync(path)
    check()
    _write_plan(new, project, present)
    done: list[Path] = []
    try:
        for name in present:
            _exchange(new / name, project / name, new / _OLD / name)
            done.append(name)
            _move_besides(new / name, project / name)
    except BaseException:
        for name in reversed(done):
            _move_besides(project / name, new / name)
            _exchange(new / name, project / name, new / _OLD / name)
        (new / _PLAN).unlink()
        raise
    _sync(project)


def _write_plan(new: Path, project: Path, names: list[Path]) -> None:
    plan: Plan = {str(name): (_fingerprint(project / name), _fingerprint(new / name)) for name in names}
    with (new / _PLAN).open("w", encoding="utf-8") as file:
        json.dump(plan, file)
    _sync(new / _PLAN)
    _sync(new)


def _fingerprint(path: Path) -> str | None:
    """The SHA-256 of a file, or of the checksums of a folder."""
    path = path / checksums.SUMS if path.is_dir() else path
    return checksums.of_file(path) if path.is_file() else None


def _plan(folder: Path) -> Plan:
    try:
        plan: Plan = json.loads((folder / _PLAN).read_bytes())
    except (FileNotFoundError, ValueError):  # a build that was killed before it swapped anything
        return {}
    return plan


def _has_begun(plan: Plan, project: Path) -> bool:
    """Whether the first swap was made, and one that follows was not."""
    state = [(_fingerprint(project / name), *sides) for name, sides in plan.items()]
    return bool(state) and state[0][0] == state[0][2] and any(here == old != new for here, old, new in state[1:])


def _tidy(folder: Path, project: Path) -> None:
    """Puts right what a build left that was stopped: finishes its swaps if the first was made, then removes its folder."""
    for old in (folder / _OLD).glob("*"):
        if not (project / old.name).exists():
            old.rename(project / old.name)
    plan = _plan(folder)
    begun = _has_begun(plan, project)
    for name, (old_mark, new_mark) in plan.items():
        if begun and _fingerprint(project / name) == old_mark != new_mark == _fingerprint(folder / name):
            _exchange(folder / name, project / name, folder / _OLD / name)
        for old in (folder / name, folder / _OLD / name):
            _move_besides(old, project / name)
    shutil.rmtree(folder, ignore_errors=True)


def _move_besides(old: Path, new: Path) -> None:
    """Moves what Git and the Hub's client keep in a folder into the one that takes its place."""
    for name in checksums.BESIDES if old.is_dir() and new.is_dir() else ():
        if not os.path.lexists(old / name):
            continue
        if os.path.lexists(new / name):
            raise OSError(errno.EEXIST, f"stands in the way of {old / name}; keep one of them", str(new / name))
        (new / name).parent.mkdir(exist_ok=True)
        (old / name).rename(new / name)


def _exchange(new: Path, old: Path, aside: Path) -> None:
    """Swaps two paths. Linux does it in one step; elsewhere the old one is moved aside, and `_tidy` undoes half a swap.

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
