"""Tells one state of pressmark's code from another: what a cache kept or another machine runs must be of the same state."""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from hashlib import sha256
from pathlib import Path

from pressmark.record import contract


@cache
def code_version() -> str:
    """Returns a digest of the code, its lists, the schemas, and the parts of Python on which results depend."""
    package, schemas = Path(__file__).parents[1], contract.folder()
    found = sha256(f"{sys.version_info[:2]} {unicodedata.unidata_version}".encode())
    for folder in (package, schemas):
        for path in sorted(folder.rglob("*")):
            others = path.suffix == ".pyc" or (folder == package and path.is_relative_to(schemas))
            if path.is_file() and not others:
                found.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return found.hexdigest()
