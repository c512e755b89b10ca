"""Makes a folder a dataset project: what it lacks is written, and what is there stays."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pressmark.project import write_file
from pressmark.project.seeds import METADATA
from pressmark.record import contract
from pressmark.record.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEMPLATES = Path(__file__).parent / "template"
_MARK = re.compile(r"(?<!\$)\{(name|quoted_name|version)\}")
_FILES = {  # by the name of the template; a name that begins with a dot would act on this repository
    "metadata.jsonl": METADATA,
    "card.md": Path("data/README.md"),
    "datasheet.md": Path("DATASHEET.md"),
    "people.csv": Path("people.csv"),
    "gitattributes": Path(".gitattributes"),
    "gitignore": Path(".gitignore"),
    "pre-commit.yaml": Path(".pre-commit-config.yaml"),
    "workflow.yml": Path(".github/workflows/pressmark.yml"),
    "vscode.json": Path(".vscode/settings.json"),
}


class Made(NamedTuple):
    """A file of a new project. ``is_new`` is false if it was there, and so was left as it is."""

    path: Path
    is_new: bool


def make_project(folder: Path, version: str) -> Iterator[Made]:
    """Writes the files that a project lacks, and yields them all, those that were there too.

    Args:
        folder: Is made if it is not there.
        version: The version of pressmark that the project's checks install.

    Raises:
        OSError: a file cannot be written.
    """
    name = one_line(folder.resolve().name) or "corpus"
    values = {"name": name, "quoted_name": json.dumps(name, ensure_ascii=False), "version": version}
    for template, path in _FILES.items():
        text = (_TEMPLATES / template).read_bytes().decode()
        yield _made(folder / path, _MARK.sub(lambda found: values[found[1]], text).encode())
    for kind in contract.KINDS:
        path = contract.path(kind)
        yield _made(folder / "schema" / path.name, path.read_bytes())
    (folder / "annotations").mkdir(exist_ok=True)


def _made(path: Path, data: bytes) -> Made:
    if path.exists() or path.is_symlink():
        return Made(path, is_new=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file.write(path, data)
    return Made(path, is_new=True)
