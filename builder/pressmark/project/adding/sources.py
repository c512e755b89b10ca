"""Finds the articles of a source: a file of any kind that can be read, or a folder of such files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.project.adding import pages, tables
from pressmark.project.adding.columns import ColumnError, Incoming, Unread, described
from pressmark.project.metadata_file import SET
from pressmark.project.seeds import BESIDES, id_of
from pressmark.validation import documents
from pressmark.validation.level1_file.documents import Document
from pressmark.validation.level6_dataset.corpus import split_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from pressmark.project.adding.columns import Choice
    from pressmark.project.adding.tables import Table

TEXTS = {".txt", ".text"}
KINDS = "text (.txt), CSV, TSV, JSON, JSON Lines, Parquet, HTML and Word (.docx)"


def table(source: Path, choice: Choice) -> Table | None:
    """Returns a table if the source is one, for a look at its columns.

    Raises:
        ColumnError: a column is missing, or no row has any.
        OSError: it cannot be read.
        ModuleNotFoundError: it needs a package that is not installed.
    """
    is_table = tables.is_saved(source) if source.is_dir() else source.suffix.lower() in tables.SUFFIXES
    return tables.opened(source, choice) if is_table else None


def articles(source: Path, choice: Choice) -> Iterator[Incoming | Unread]:
    """Yields the articles of a source, in the order of its rows or names.

    Raises:
        ColumnError: a column of a table is missing.
        OSError: a file cannot be read.
        ModuleNotFoundError: it needs a package that is not installed.
    """
    if found := table(source, choice):
        yield from tables.articles(source, found, choice)
    elif source.is_dir():
        yield from _folder(source, choice)
    else:
        yield _file(source, choice)


def _folder(folder: Path, choice: Choice) -> Iterator[Incoming | Unread]:
    known = _metadata(folder / "metadata.jsonl")
    paths = [path for path in sorted(folder.rglob("*")) if _may_hold_articles(path, folder)]
    if not paths:
        yield Unread(str(folder), "has no files")
    for path in paths:
        inside = path.relative_to(folder)
        try:
            found = articles(path, choice)
            for one in found:
                yield _placed(one, known.get(inside.as_posix(), {}), inside, choice)
        except ColumnError as error:
            yield Unread(str(path), str(error))


def _may_hold_articles(path: Path, folder: Path) -> bool:
    is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.is_file() and not is_hidden and path.name.lower() not in BESIDES


def _placed(one: Incoming | Unread, stated: dict[str, Any], inside: Path, choice: Choice) -> Incoming | Unread:
    """Adds to an article of a folder what the folder's metadata and the names of its folders say."""
    if isinstance(one, Unread):
        return one
    values = {label: value for label, value in stated.items() if label in SET and label != "published"}
    known, notes = described(values, stated.get("published"), choice)
    split = one.split or next(filter(None, map(split_of, inside.parts[:-1])), None)
    return one._replace(known=one.known | known, notes=one.notes + notes, split=split)


def _metadata(path: Path) -> dict[str, dict[str, Any]]:
    """What a ``metadata.jsonl`` says of the files beside it, by their names, as the Hub's folders of files have it."""
    found = {}
    for document in documents(path) if path.is_file() else ():
        if isinstance(document, Document) and isinstance(document.record, dict) and "file_name" in document.record:
            found[str(document.record["file_name"])] = document.record
    return found


def _file(path: Path, choice: Choice) -> Incoming | Unread:
    suffix = path.suffix.lower()
    if suffix in TEXTS:
        return _text(path, choice.encoding)
    if suffix in pages.PAGES:
        return pages.page(path, choice)
    if suffix in pages.WORD:
        return pages.word(path)
    return Unread(str(path), pages.CONVERT.get(suffix, f"is of no kind that can be read: {KINDS}"))


def _text(path: Path, encoding: str) -> Incoming | Unread:
    """Makes an article of a text. A byte order mark says how the text is encoded and is not part of it."""
    data = path.read_bytes()
    encoding = tables.encoding_of(data, encoding)
    try:
        return Incoming(str(path), id_of(path), data.decode(encoding), {})
    except UnicodeDecodeError as error:
        return Unread(str(path), tables.not_in(encoding, error))
