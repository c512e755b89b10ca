"""Writes files whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: to a temporary file, then to the disk, then renames it.

    Raises:
        OSError: the file cannot be written; the old one stays.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        error.filename = str(path)  # a full disk does not say of which file
        raise
    finally:
        beside.unlink(missing_ok=True)
