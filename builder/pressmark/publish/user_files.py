"""Finds what a user put into, or changed in, a folder that a command is about to replace. Such work is never overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.publish import checksums
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.line_ends import changed_line_ends

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

_DROPPINGS = {".DS_Store", "Thumbs.db", "desktop.ini"}  # what macOS and Windows write into a folder that somebody looks at
_SHOWN = 20  # files that are named


def refuse_user_files(folder: Path, carried: Container[str] = ()) -> None:
    """Does nothing if pressmark wrote all files of a folder and nobody changed them since, as its `SHA256SUMS` shows.

    Files that Git or the Hub's client add are left out, and so are those whose prose is ``carried`` over.

    Raises:
        InvalidError: there are other files, or changed ones; the issues name them.
        OSError: a file cannot be read.
    """
    if not folder.is_dir() or folder.is_symlink():
        return  # `swap` refuses what is in the place of a folder
    found = list(_user_files(folder, carried))
    if len(found) > _SHOWN:
        rest = Issue("user-file", f"and {len(found) - _SHOWN} more files; move or remove them", file=str(folder))
        found = [*found[:_SHOWN], rest]
    if found:
        raise InvalidError(found)


def _user_files(folder: Path, carried: Container[str]) -> Iterator[Issue]:
    sums = checksums.read(folder / checksums.SUMS) or {}
    for name, path in checksums.entries(folder).items():
        if name == checksums.SUMS or name in carried or path.name in _DROPPINGS:
            continue
        if name not in sums or path.is_symlink() or not path.is_file():
            message = f"pressmark did not write this file, and would delete it together with the old {folder.name}/"
            yield Issue("user-file", f"{message}; move it elsewhere or remove it", file=str(path))
        elif checksums.of_file(path) != sums[name] and not changed_line_ends(path.read_bytes(), sums[name]):
            message = "was changed since pressmark wrote it, and would be overwritten"
            yield Issue("user-change", f"{message}; move it elsewhere or remove it", file=str(path))
