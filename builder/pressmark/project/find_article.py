"""Finds the article that a user names: by its id in a project, or by a file."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.project import records
from pressmark.project.articles import finished
from pressmark.project.seeds import id_of, metadata, seeds
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted
from pressmark.validation import Document, documents, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Article


def find(project: Path, name: str) -> Iterator[Article]:
    """Finds the article with that id in a project or, if the name is that of a file, the articles in the file.

    Raises:
        InvalidError: there is none, or it cannot be used.
        OSError: a file cannot be read.
    """
    path = Path(name)
    if path.is_file() and path.suffix != ".txt" and not _is_annotation(path):
        yield from records.articles(path)
        return
    if path.is_file():
        project, name = path.absolute().parent.parent, id_of(path)
    found = {id_of(seed): seed for seed in seeds(project)[0]}
    if name not in found:
        near = difflib.get_close_matches(name, found, 3, 0.3)
        hint = f"did you mean {' or '.join(near)}?" if near else "name a file, or the stem of a seed"
        raise InvalidError([Issue("article", f"there is no article {quoted(name)}; {hint}", file=str(project / "seeds"))])
    yield finished(project, found[name], metadata(project))


def _is_annotation(path: Path) -> bool:
    first = next(documents(path), None)
    return isinstance(first, Document) and kind_of(first.record) == "annotation"
