"""Writes ``seeds/metadata.jsonl``: new lines at its end; what is there keeps its bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pressmark.project import write_file
from pressmark.project.seeds import METADATA, there
from pressmark.record import contract

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

# What a line may say of a seed, besides the name of its file.
SET = ("language", *(name for name in contract.at("article", "metadata")["properties"] if name != "source_file"))


def line(file_name: str, known: Mapping[str, Any]) -> str:
    """Returns the line of a seed. What is not known is null, so that a reader sees what could be known."""
    rest = {name: known.get(name, [] if name == "inferred" else None) for name in SET}
    return json.dumps({"file_name": file_name} | rest, ensure_ascii=False)


def append(project: Path, lines: Iterable[str]) -> None:
    """Adds lines to the file.

    Raises:
        InvalidError: the file is a link out of the project.
        OSError: it cannot be written; the old file stays.
    """
    path = project / METADATA
    old = path.read_bytes() if there(project, path) else b""
    if old and not old.endswith(b"\n"):
        old += b"\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file.write(path, old + "".join(f"{one}\n" for one in lines).encode())
