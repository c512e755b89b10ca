"""`validate --fix`: shows the repairs of a file, then writes the file whole or not at all."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pressmark.project import annotation_files, write_file
from pressmark.project.seeds import id_of, read
from pressmark.record.issue import InvalidError, json_path
from pressmark.record.model import Annotation, Article
from pressmark.record.text import visible
from pressmark.segment import segment
from pressmark.validation import Issue, convert, kind_of
from pressmark.validation.fix import Change, mended
from pressmark.validation.level1_file.documents import LINE_LIMIT, LINES, STREAM, is_parquet
from pressmark.validation.level1_file.strict_json import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_STYLES: tuple[dict[str, Any], ...] = (
    *({"separators": separators} for separators in ((", ", ": "), (",", ":"))),
    *({"indent": indent} for indent in (1, 2, 4, "\t")),
)


def repair(path: Path, *, write: bool) -> Iterator[str]:
    """Shows what can be repaired in a file, as a diff of values. With ``write``, also writes it.

    Nothing is written without it, so that the file may be in a folder that is read-only.

    Raises:
        OSError: the file cannot be read or written; it is untouched.
    """
    if path == STREAM or is_parquet(path):
        yield f"{visible(str(path))}: cannot be corrected in place; write it again"
        return
    name, path = str(path), path.resolve()  # a link stays one
    if not write:
        with Path(os.devnull).open("wb") as nowhere:
            yield from _repaired(name, path, nowhere)
        return
    write_file.clear(path.parent)
    changed = False
    with suppress(_UnchangedError), write_file.whole(path) as new:
        for said in _repaired(name, path, new):
            changed = True
            yield said
        if not changed:
            raise _UnchangedError


class _UnchangedError(Exception):
    """There is nothing to correct, so the file stays as it is."""


def _repaired(name: str, path: Path, new: IO[bytes]) -> Iterator[str]:
    """Writes the corrected texts of a file to ``new``, and shows each change."""
    for line, data in _texts(path):
        after, changes = _mended(path, data)
        new.write(after)
        for article, change in changes:
            yield from _shown(name, line, article, change)


def _texts(path: Path) -> Iterator[tuple[int | None, bytes]]:
    """Yields the JSON texts of a file with their lines. Empty and unreadable lines are included, so that none is lost."""
    with path.open("rb") as file:
        if path.suffix in LINES:
            yield from enumerate(file, start=1)
        elif path.stat().st_size <= LINE_LIMIT:
            yield None, file.read()


def _mended(path: Path, data: bytes) -> tuple[bytes, list[tuple[str | None, Change]]]:
    if data.isspace():
        return data, []
    try:
        value = parse(data)
    except ValueError:
        return data, []
    found: list[tuple[str | None, Change]] = []
    for i, record in enumerate(value if isinstance(value, list) else [value]):
        try:
            changes = mended(record, lambda whole: _article(path, whole))
        except InvalidError:
            continue  # an annotation without a seed
        name = record.get("id") if isinstance(record, dict) and isinstance(record.get("id"), str) else None
        inside = f"/{i}" if isinstance(value, list) else ""
        found += [(name, change._replace(pointer=inside + change.pointer)) for change in changes]
    return (_written(value, data) if found else data), found


def _article(path: Path, record: Any) -> Article:
    if kind_of(record) == "article":
        return convert(record, Article)
    annotation = convert(record, Annotation)
    found = (path.parent.parent / "seeds").rglob("*.txt") if path.parent.name == annotation_files.FOLDER.name else ()
    seed = next((seed for seed in found if id_of(seed) == path.stem), None)
    if seed is None:
        raise InvalidError([Issue("annotation-seed", "has no seed", file=str(path))])
    return annotation_files.curate(segment(read(path.parent.parent, seed, {})), annotation)


def _written(value: Any, before: bytes) -> bytes:
    """Encodes the value in the style of the original text, as far as that is known. One line stays one line."""
    end = before[len(before.rstrip()) :]
    original = parse(before)
    text = before.rstrip().decode("utf-8")
    for style in _STYLES:
        for ascii_only in (False, True):
            if json.dumps(original, ensure_ascii=ascii_only, **style) == text:
                return json.dumps(value, ensure_ascii=ascii_only, **style).encode() + end
    lines = "\n" in text
    return json.dumps(value, ensure_ascii=text.isascii(), indent=2 if lines else None).encode() + end


def _shown(file: str, line: int | None, article: str | None, change: Change) -> Iterator[str]:
    place = ": ".join(filter(None, (f"{file}:{line}" if line else file, article, json_path(change.pointer))))
    yield visible(place)
    for mark, value in (("-", change.old), ("+", change.new)):
        yield f"  {mark} {visible(json.dumps(value, ensure_ascii=False))}"
