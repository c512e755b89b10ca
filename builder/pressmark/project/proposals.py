"""Remembers what pressmark proposed in a project, so that it can tell a person's work from its own.

``.pressmark/proposals.jsonl`` has a line for each annotation that pressmark wrote: the hash of the file, and of each item its
id, its hash and its place. It belongs to the project as ``annotations/`` does: keep it under version control.

- An item is a *proposal* as long as its hash is known: every field, the id too, is as pressmark wrote it. Any other item is a
  person's.
- A proposal was *deleted* if nothing in its layer has its place any more. Perhaps it was moved; in both cases it must not come
  back. The place of an entity is its first name or value, of a quote its content and cue, of a claim its content.
- Without the file, or with a line that cannot be read, the items count as a person's. Nothing is lost then.

A line is added before its annotation is written. If the process is killed between the two, the line before still has the
hash of the file, and counts.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from pressmark.project import write_file
from pressmark.project.annotation_files import path_of

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Annotation, Article, Claim, Entity, Quote

    Item = Entity | Quote | Claim
    Ids = dict[str, set[str]]  # by layer

FILE = Path(".pressmark/proposals.jsonl")
LAYERS = ("entities", "quotes", "claims")


class Line(msgspec.Struct, frozen=True):
    """What pressmark proposed in an article: by layer the hash and the place of each item, and the places of deleted ones."""

    article: str
    annotation: str
    proposed: dict[str, dict[str, tuple[str, str]]]
    deleted: dict[str, list[str]]


NOTHING = Line("", "", {}, {})


def is_proposal(known: Line, layer: str, item: Item) -> bool:
    """Whether an item is as pressmark proposed it."""
    return known.proposed.get(layer, {}).get(item.id, ("", ""))[0] == hash_of(item)


def deleted(known: Line, article: Article) -> dict[str, set[str]]:
    """The places of the proposals that a person deleted or moved, by layer. A layer that is ``none`` begins afresh."""
    found = {}
    for layer in LAYERS:
        then = {place for _, place in known.proposed.get(layer, {}).values()} | {*known.deleted.get(layer, ())}
        now = {place_of(item) for item in getattr(article, layer)}
        found[layer] = set() if getattr(article.layers, layer) == "none" else then - now
    return found


def hash_of(item: Item) -> str:
    """The hash of an item with all its fields."""
    return sha256(msgspec.json.encode(item)).hexdigest()[:16]


def place_of(item: Item) -> str:
    """Where an item stands, in code points."""
    if hasattr(item, "mentions"):
        first = min((not mention.flat, *mention.range) for mention in item.mentions) if item.mentions else (True, 0, 0)
        return f"{first[1]}:{first[2]}"
    cue = f":{item.cue[0].start}" if hasattr(item, "cue") and item.cue else ""
    return f"{item.content[0].start}:{item.content[-1].end}{cue}"


class Proposals:
    """The lines of a project's ``proposals.jsonl``."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._path = project / FILE
        self._lines: dict[str, list[bytes]] = {}
        self._written: set[str] = set()
        self._file: IO[bytes] | None = None
        for data in self._path.read_bytes().splitlines() if self._path.is_file() else ():
            if line := _read(data):
                self._lines.setdefault(line.article, []).append(data)

    def of(self, article_id: str, annotation: bytes) -> Line:
        """What was proposed in an article, given the bytes of its annotation file."""
        lines = [line for data in self._lines.get(article_id, ()) if (line := _read(data))]
        digest = sha256(annotation).hexdigest()
        return next((line for line in reversed(lines) if line.annotation == digest), lines[-1] if lines else NOTHING)

    def write(self, path: Path, data: bytes, annotation: Annotation, proposed: Ids, gone: dict[str, set[str]]) -> None:
        """Writes an annotation as ``data``, and remembers which of its items are proposals. ``gone``: the deleted places.

        Raises:
            OSError: one of the files cannot be written; the old annotation stays.
        """
        items = {
            layer: {
                item.id: (hash_of(item), place_of(item)) for item in getattr(annotation, layer) if item.id in proposed[layer]
            }
            for layer in LAYERS
        }
        line = Line(annotation.id, sha256(data).hexdigest(), items, {layer: sorted(gone[layer]) for layer in LAYERS})
        self._add(annotation.id, msgspec.json.encode(line))
        write_file.write(path, data)
        self._written.add(annotation.id)

    def _add(self, article_id: str, line: bytes) -> None:
        self._lines.setdefault(article_id, []).append(line)
        if self._file is None:
            self._path.parent.mkdir(exist_ok=True)
            self._save()
            self._file = self._path.open("ab")
        else:
            self._file.write(line + b"\n")
            self._file.flush()

    def close(self) -> None:
        """Leaves one line for each article that was written, and for each that a killed process had written."""
        if self._file is not None:
            self._file.close()
        for article_id in self._written:
            del self._lines[article_id][:-1]
        several = [self._superseded(*item) for item in self._lines.items() if len(item[1]) > 1]
        if self._file is not None or any(several):
            self._save()

    def _superseded(self, article_id: str, lines: list[bytes]) -> bool:
        """Drops the lines of an article beside the one with the hash of its file, if there is one."""
        path = self._project / path_of(article_id)
        digest = sha256(path.read_bytes() if path.is_file() else b"").hexdigest()
        current = [line for line in lines if digest.encode() in line]
        if current:
            lines[:] = current[-1:]
        return bool(current)

    def _save(self) -> None:
        write_file.write(self._path, b"".join(line + b"\n" for lines in self._lines.values() for line in lines))


def _read(data: bytes) -> Line | None:
    try:
        return msgspec.json.decode(data, type=Line)
    except (msgspec.MsgspecError, UnicodeDecodeError):  # a merge of branches, or a process that was killed
        return None


@contextmanager
def opened(project: Path) -> Iterator[Proposals]:
    """Yields the proposals of a project to one process at a time.

    Raises:
        OSError: they cannot be read or written; `BlockingIOError` if another process annotates the project.
    """
    with alone(project):
        write_file.clear(project / FILE.parent)
        proposals = Proposals(project)
        try:
            yield proposals
        finally:
            proposals.close()


@contextmanager
def alone(project: Path) -> Iterator[None]:
    """Keeps other processes from writing into a project's seeds, metadata and annotations.

    Raises:
        BlockingIOError: another process does so now.
    """
    if sys.platform == "win32":
        yield  # a folder cannot be locked there
        return
    folder = os.open(project, os.O_RDONLY)
    try:
        _lock(folder, project)
        yield
    finally:
        os.close(folder)


def _lock(folder: int, project: Path) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BlockingIOError(error.errno, "another pressmark annotates it, or adds to it; wait", str(project)) from None
