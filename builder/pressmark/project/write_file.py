"""Writes files whole or not at all."""

from __future__ import annotations

import os
import sys
from glob import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIX = ".pressmark-new"


def write(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: to a temporary file, then to the disk, then renames it.

    Raises:
        OSError: the file cannot be written; the old one stays.
    """
    new = beside(path)
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        error.filename = str(path)  # a full disk does not say of which file
        raise
    finally:
        new.unlink(missing_ok=True)


def beside(path: Path) -> Path:
    """Returns where to write a file before it takes its place, and removes what a process that was killed left there."""
    for left in path.parent.glob(f".{escape(path.name)}.*{_SUFFIX}"):
        process = left.name.removesuffix(_SUFFIX).rpartition(".")[2]
        if process.isdecimal() and not _runs(int(process)):
            left.unlink(missing_ok=True)
    return path.with_name(f".{path.name}.{os.getpid()}{_SUFFIX}")


def _runs(process: int) -> bool:
    if sys.platform == "win32":
        return True  # there, `os.kill` would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
