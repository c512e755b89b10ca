"""The checksums of a folder: which files pressmark wrote there, and whether one was changed since."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pressmark.record.issue import InvalidError, Issue
from pressmark.record.line_ends import changed_line_ends

if TYPE_CHECKING:
    from pathlib import Path

SUMS = "SHA256SUMS"
# What Git and the Hub's client put beside a dataset (huggingface_hub, "Download files to a local folder").
BESIDES = (".git", ".gitattributes", ".cache/huggingface")
_LINE = re.compile(r"([0-9a-f]{64})  ([^\0]+)")
_BLOCK = 1 << 20
_LFS = b"version https://git-lfs.github.com/spec/"


def entries(folder: Path) -> dict[str, Path]:
    """Returns all that is below a folder and no folder itself, by its path from there: files, links, pipes. Not `BESIDES`."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}
    return {name: found[name] for name in sorted(found, key=PurePosixPath) if not _is_beside(name)}


def _is_beside(name: str) -> bool:
    return any(name == beside or name.startswith(f"{beside}/") for beside in BESIDES)


def made(folder: Path) -> dict[str, str]:
    """Returns the SHA-256 of every file below a folder except `SHA256SUMS`, by its path from there."""
    return {name: of_file(path) for name, path in entries(folder).items() if name != SUMS}


def of_file(path: Path) -> str:
    """Returns the SHA-256 of a file in hexadecimal digits. Reads it in blocks.

    Raises:
        OSError: the file cannot be read.
    """
    found = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def lines(sums: dict[str, str]) -> str:
    """Returns checksums in the form of ``sha256sum``, one line per file in the order of the paths."""
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums, key=PurePosixPath))


def digest(sums: dict[str, str]) -> str:
    """Returns the SHA-256 of the lines of checksums."""
    return sha256(lines(sums).encode()).hexdigest()


def read(path: Path) -> dict[str, str] | None:
    """Reads a file of checksums, or returns None if there is no file.

    Raises:
        InvalidError: a line is not a checksum and a path below the folder.
        OSError: the file cannot be read.
    """
    try:
        text = path.read_bytes().decode(errors="replace")
    except FileNotFoundError:
        return None
    sums = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None or ".." in PurePosixPath(match[2]).parts or PurePosixPath(match[2]).is_absolute():
            message = "is not a SHA-256, two spaces and the path of a file; restore or remove this file of checksums"
            raise InvalidError([Issue("sums", message, file=str(path), line=number)])
        sums[match[2]] = match[1]
    return sums


def change(path: Path, digest: str) -> str | None:
    """Says how a file differs from the one that had this SHA-256, or returns None if it does not.

    Raises:
        OSError: the file cannot be read.
    """
    found = of_file(path)
    if found == digest:
        return None
    said = f"its SHA-256 is {found}, and was {digest}"
    data = path.read_bytes()
    if data.startswith(_LFS):
        return f"{said}: it is a pointer of Git LFS; run `git lfs pull`"
    why = changed_line_ends(data, digest)
    return f"{said}: {why}" if why else said
