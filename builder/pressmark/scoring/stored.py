"""Finds the records of a file without keeping them: each is read at its place, by whoever compares it, and then let go."""

from __future__ import annotations

import pickle
import sys
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import UNSET, Raw, UnsetType

from pressmark.project import annotation_files
from pressmark.project.seeds import read as read_seed
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Annotation, Article
from pressmark.scoring import imperfect_records
from pressmark.segment import segment
from pressmark.validation import Document, documents, kind_of
from pressmark.validation.level1_file.documents import LINES, STREAM, Stream, is_parquet, parsed, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUFFER = 2**18  # bytes; with the usual 8 kB, reading lines takes several times as long
_JSON = {".json", *LINES}


class Seed(NamedTuple):
    """A seed of a project."""

    project: Path
    path: Path | None


class Place(NamedTuple):
    """Where a record is: so many bytes of a file. They are JSON, or pickled if the record could only be read once."""

    path: Path
    start: int
    length: int
    is_pickled: bool = False

    def read(self) -> bytes:
        """The bytes."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.length)


class Stored(NamedTuple):
    """A record of a side: its article's id if it can be known, its number in the side, and where it is.

    ``file`` and ``line`` are what a user knows of its place. ``seed`` is what an annotation was made on.
    """

    id: str | None
    number: int
    file: str
    line: int | None
    place: Place
    seed: Seed | None = None

    def article(self) -> Article:
        """Read the record.

        Raises:
            InvalidError: a key is missing or has another type, or a span does not cut the text.
            OSError: it cannot be read.
        """
        document = self._document()
        if isinstance(document, Issue):
            raise InvalidError([document.within(self.file, self.line)])
        try:
            article = self._article(document.record)
            issues = list(imperfect_records.cut_issues(article))
        except InvalidError as invalid:
            issues = list(invalid.issues)
        if issues:
            raise InvalidError(issue.within(self.file, document.line) for issue in issues)
        return article

    def _document(self) -> Document | Issue:
        data = self.place.read()
        found: Document | Issue = pickle.loads(data) if self.place.is_pickled else next(parsed(data, self.line))  # noqa: S301 - ours
        return found

    def _article(self, record: object) -> Article:
        match kind_of(record):
            case "article":
                return imperfect_records.read(record, Article)
            case "annotation":
                return _with_text(imperfect_records.read(record, Annotation), self.file, self.seed)
            case "relation":
                raise InvalidError([Issue("record-kind", "is a relation; --relations names the files of relations")])


def _with_text(annotation: Annotation, file: str, seed: Seed | None) -> Article:
    if seed is None:
        message = "an annotation has no text, and there is no seeds/ folder above it; name the project with --project"
        raise InvalidError([Issue("annotation-seed", message)])
    if seed.path is None:
        message = f"there is no seed of the article {annotation.id!r} in {seed.project / 'seeds'}"
        raise InvalidError([Issue("annotation-seed", message)])
    article = read_seed(seed.project, seed.path, {})
    if wrong := list(annotation_files.seed_issues([annotation], article)):
        raise InvalidError(issue.within(file, article=article.id) for issue in wrong)
    return segment(annotation_files.curate(segment(article), annotation))


class _Keys(msgspec.Struct):
    """The keys that tell what a record is. The rest is passed over."""

    id: Any = None
    a: Raw | UnsetType = UNSET
    b: Raw | UnsetType = UNSET
    text: Raw | UnsetType = UNSET
    metadata: Raw | UnsetType = UNSET
    sentences: Raw | UnsetType = UNSET
    entities: Raw | UnsetType = UNSET
    start: Raw | UnsetType = UNSET
    end: Raw | UnsetType = UNSET
    label: Raw | UnsetType = UNSET


_keys = msgspec.json.Decoder(_Keys).decode


class Found(NamedTuple):
    """A record that was found, by the keys that tell what it is: JSON and its place, or what was read of it already."""

    keys: dict[str, Any]
    line: int | None
    data: bytes = b""
    place: Place | None = None
    read: Document | Issue | None = None

    def document(self) -> Document | Issue:
        """The record itself."""
        return self.read or next(parsed(self.data, self.line))


class Shelf:
    """A folder for what can only be read once, until `shelf` is left."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = (folder / "records").open("wb")

    def keep(self, document: Document | Issue) -> Place:
        """Keep a record."""
        start, length = self._file.tell(), self._file.write(pickle.dumps(document))
        self._file.flush()
        return Place(Path(self._file.name), start, length, is_pickled=True)

    def regular(self, file: Path) -> Path:
        """A file that can be read twice: this one, or a copy of standard input or of a pipe."""
        if file.is_file():
            return file
        copy = self._folder / f"copy-{len(list(self._folder.iterdir()))}"
        with copy.open("wb") as written:
            if file == STREAM:
                copyfileobj(sys.stdin.buffer, written)
            else:
                with file.open("rb") as opened:
                    copyfileobj(opened, written)
        return copy

    def close(self) -> None:
        """Close the file of the records."""
        self._file.close()


@contextmanager
def shelf() -> Iterator[Shelf]:
    """Yield a place for what can only be read once; it is gone afterwards."""
    with TemporaryDirectory(prefix="pressmark-") as folder:
        made = Shelf(Path(folder))
        try:
            yield made
        finally:
            made.close()


def found_in(file: Path, path: Path) -> Iterator[Found]:
    """Find the records of a file, which lie at ``path``, in their order.

    Raises:
        OSError: the file cannot be read.
    """
    if is_parquet(path):
        yield from map(_read, documents(path))
        return
    with path.open("rb", _BUFFER) as opened:
        lines = file.suffix in LINES
        if file.suffix not in _JSON:
            lines = Stream(opened).lines
            opened.seek(0)
        for line, data in texts(opened, lines=lines):
            if isinstance(data, Issue):
                yield _read(data.within("", line))
            elif (keys := _known(data)) is None:
                yield from map(_read, parsed(data, line))
            else:
                yield Found(keys, line, data, Place(path, opened.tell() - len(data), len(data)))


def _known(data: bytes) -> dict[str, Any] | None:
    """The keys of a JSON object that tell what it is; None for a list, and for what may not be JSON."""
    try:
        found = _keys(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return {name: value for name in _Keys.__struct_fields__ if (value := getattr(found, name)) is not UNSET}


def _read(document: Document | Issue) -> Found:
    record = None if isinstance(document, Issue) else document.record
    return Found(record if isinstance(record, dict) else {}, document.line, read=document)
