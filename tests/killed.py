"""Kills what changes files at every system call that changes one, and looks at what is left. Linux only: it uses ptrace.

`sweep` runs a change again and again, each time from the same state, and each time kills it one system call later, before the
call. A test runs it in a process of its own (``python tests/killed.py NAME FOLDER …``), since it forks.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import signal
import struct
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conftest import tree

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[Path], object]

# System calls that change files, by their numbers (Linux, asm/unistd_64.h and asm-generic/unistd.h): those that are given an
# open file, those that open one, with the place of the flags, and those that are given paths.
_CALLS: dict[str, tuple[set[int], dict[int, int], set[int]]] = {
    "x86_64": (
        {1, 18, 20, 40, 74, 75, 77, 91, 285, 296, 326},  # write pwrite writev sendfile fsync fdatasync ftruncate fchmod …
        {2: 1, 257: 2, 85: -1},  # open openat creat
        {76, 82, 83, 84, 86, 87, 88, 90, 258, 263, 264, 265, 266, 268, 316},  # truncate rename mkdir rmdir link unlink …
    ),
    "aarch64": (
        {46, 47, 52, 64, 66, 68, 70, 71, 82, 83, 285},
        {56: 2},
        {34, 35, 36, 37, 38, 45, 53, 276},
    ),
}
_TRACEME, _SYSCALL, _SETOPTIONS, _GET_SYSCALL_INFO = 0, 24, 0x4200, 0x420E  # linux/ptrace.h
_OPTIONS = 0x1 | 0x8 | 0x100000  # mark system calls, follow threads, end with the tracer
_WALL, _ENTRY, _STOPPED_AT_CALL = 0x40000000, 1, signal.SIGTRAP | 0x80


def can_trace() -> bool:
    """Whether this machine lets a process trace its child."""
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return False
    if child := os.fork():
        return os.waitpid(child, 0)[1] == 0
    os._exit(0 if _ptrace(_TRACEME, 0) == 0 else 1)


def _ptrace(request: int, process: int, address: int = 0, data: object = 0) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.restype = ctypes.c_long
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    return int(libc.ptrace(request, process, address, data))


def killed_at(step: int, change: Callable[[], object], folder: Path) -> bool:
    """Runs a change in a child that is killed before its n-th system call that changes a file; whether it was.

    Calls that write to an open file count only if the file is below the folder.
    """
    child = os.fork()
    if not child:
        _ptrace(_TRACEME, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        change()
        os._exit(0)
    os.waitpid(child, 0)
    _ptrace(_SETOPTIONS, child, 0, _OPTIONS)
    _ptrace(_SYSCALL, child)
    return _followed(child, step, folder)


def _followed(child: int, step: int, folder: Path) -> bool:
    count = 0
    while True:
        process, status = os.waitpid(-1, _WALL)
        if process == child and (os.WIFEXITED(status) or os.WIFSIGNALED(status)):
            assert os.WIFEXITED(status), f"the child got signal {os.WTERMSIG(status)}"
            assert os.WEXITSTATUS(status) == 0
            return False
        if not os.WIFSTOPPED(status):
            continue  # a thread ended
        stop, deliver = os.WSTOPSIG(status), 0
        if stop == _STOPPED_AT_CALL:
            count += _changes(process, folder)
            if count == step:
                os.kill(child, signal.SIGKILL)
                while os.waitpid(-1, _WALL)[0] != child:
                    pass
                return True
        elif stop not in {signal.SIGTRAP, signal.SIGSTOP}:
            deliver = stop
        _ptrace(_SYSCALL, process, 0, deliver)


def _changes(process: int, folder: Path) -> bool:
    """Whether a process that stands at a system call is about to change a file."""
    info = ctypes.create_string_buffer(88)
    _ptrace(_GET_SYSCALL_INFO, process, len(info), ctypes.addressof(info))
    if info.raw[0] != _ENTRY:
        return False
    number, *arguments = struct.unpack_from("<7Q", info.raw, 24)
    of_files, opening, of_paths = _CALLS[platform.machine()]
    if number in opening:
        place = opening[number]
        return place < 0 or bool(arguments[place] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    if number in of_files:
        return _name(process, arguments[0]).startswith(f"{folder}/")
    return number in of_paths


def _name(process: int, descriptor: int) -> str:
    try:
        return str(Path(f"/proc/{process}/fd/{descriptor}").readlink())
    except OSError:
        return ""


def sweep(change: Change, folder: Path, watched: Callable[[Path], Any]) -> Counter[str]:
    """Kills a change of a folder at every step, each time from the folder as it is now; counts what was left.

    ``watched`` returns what of the folder must be old or new. If that is a dict of files, each of which is old or new, the
    state is "between", and a later kill may leave no fewer new ones; any other state is "mixed". After each kill the change
    runs once more. If the folder is not then what a change that nobody killed makes of it, the state is counted as "… not
    mended".
    The last run is not killed, and is counted as "survived".
    """
    backup = shutil.copytree(folder, folder.with_name(f"{folder.name}.backup"), symlinks=True)
    old = watched(folder)
    change(folder)
    new, whole = watched(folder), tree(folder)
    assert old != new, "the change changes nothing"
    left: Counter[str] = Counter()
    killed, finished = True, 0
    while killed:
        shutil.rmtree(folder)
        shutil.copytree(backup, folder, symlinks=True)
        killed = killed_at(left.total() + 1, lambda: change(folder), folder)
        found = watched(folder)
        state = _state(found, old, new)
        if state == "between":
            assert finished <= (finished := sum(found[name] == new[name] for name in found)), "what was finished is lost"
        change(folder)
        mended = "" if whole == tree(folder) else " not mended"
        left[f"{state if killed else 'survived'}{mended}"] += 1
    return left


def _state(found: Any, old: Any, new: Any) -> str:
    if found == old:
        return "old"
    if found == new:
        return "new"
    if isinstance(found, dict) and all(found.get(name) in (old.get(name), new.get(name)) for name in new.keys() | found.keys()):
        return "between"
    return "mixed"
