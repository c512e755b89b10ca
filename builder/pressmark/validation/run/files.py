"""Checks files, records and the dataset that they form. Issues come in the order of files and lines."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from pressmark.record.issue import Issue
from pressmark.record.jobs import in_this_process
from pressmark.validation.level1_file.documents import LINE_LIMIT, LINES, STREAM, Stream, is_parquet, texts
from pressmark.validation.level1_file.parquet_rows import rows
from pressmark.validation.level1_file.places import located, placed
from pressmark.validation.level1_file.strict_json import FILE_EMPTY
from pressmark.validation.level6_dataset.corpus import Card, Corpus, Where, card, split_of
from pressmark.validation.registry import dataset_issues
from pressmark.validation.run.record import Checked, Settings, checked, checked_object, checked_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pressmark.record.jobs import Each
    from pressmark.record.model import Annotation, Article

RELATIONS = "relations"  # the stem of a file that has no record if a dataset has no relations
BATCH = 2**20  # bytes of lines that are checked together
BUFFER = 2**18  # bytes; with the usual 8 kB, reading lines takes several times as long

Texts = list[tuple[int | None, bytes | Issue]]


class Stretch(NamedTuple):
    """A part of a file: ``number`` JSON texts from the byte ``place`` on, after ``line`` lines."""

    path: Path
    place: int
    line: int
    number: int

    def texts(self) -> Texts:
        """Read them."""
        with self.path.open("rb", BUFFER) as file:
            file.seek(self.place)
            numbered = islice(texts(file, lines=self.path.suffix in LINES), self.number)
            return [(line and self.line + line, data) for line, data in numbered]


class Survey:
    """Checks files and records one after the other, and then the dataset that they make.

    ``each`` may check batches of lines in several processes; the result is the same. ``seen`` is called after each record.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        files: Sequence[Path] = (),
        each: Each = in_this_process,
        seen: Callable[[], object] | None = None,
    ) -> None:
        sketched = len({split_of(str(path)) for path in files} - {None}) > 1
        related = any("relation" in part.lower() for path in files for part in path.absolute().parts[-2:])
        self.settings = (settings or Settings())._replace(sketched=sketched, related=related)
        self.records = 0
        self._seen = seen or (lambda: None)
        self._wrong = 0  # records of this file with issues
        self._corpora: dict[str, Corpus] = {}
        self._copy: IO[bytes] | None = None  # of standard input, which comes once
        self._copies: dict[int | None, tuple[int, int]] = {}  # where the text of a line begins there, and its length
        self._each = each

    def file(self, path: Path) -> Iterator[Issue]:
        """What is wrong with the records of a file; ``-`` is standard input.

        Raises:
            OSError: the file cannot be read.
        """
        if path == STREAM:
            stream = Stream(sys.stdin.buffer)
            yield from self._limited("-", self._checked(self._copied(texts(stream, lines=stream.lines))))
        elif is_parquet(path):
            yield from self._limited(str(path), _table(path, self.settings))
        else:
            with path.open("rb", BUFFER) as file:
                yield from self._limited(str(path), self._checked(texts(file, lines=path.suffix in LINES), file))

    def record(self, record: Any, line: int | None = None, file: str = "") -> Iterator[Issue]:
        """What is wrong with one record, which is taken note of for the dataset's rules."""
        yield from self._limited(file, [checked(record, self.settings)._replace(line=line)])

    def article(self, article: Article, file: str) -> Iterator[Issue]:
        """Checks an article whose shape is right, and whose metadata were not read."""
        yield from self._limited(file, [checked_object(article, self.settings._replace(with_metadata=False))])

    def know(self, annotation: Annotation, file: str) -> None:
        """Take note that relations may refer to an annotation, which is not checked itself."""
        self._corpora.setdefault(Path(file).suffix, Corpus()).know(card(annotation, related=self.settings.related))

    def dataset(self) -> Iterator[Issue]:
        """What is wrong with all the records together: level 6."""
        if self.settings.top >= 6:
            for corpus in self._corpora.values():
                yield from map(self._located, located(self._wanted(dataset_issues(corpus))))

    def _copied(self, numbered: Iterator[tuple[int | None, bytes | Issue]]) -> Iterator[tuple[int | None, bytes | Issue]]:
        copy = self._copy = SpooledTemporaryFile(LINE_LIMIT)  # noqa: SIM115 - `close` closes it
        for line, data in numbered:
            if isinstance(data, bytes) and self.settings.top >= 6:
                self._copies[line] = copy.tell(), copy.write(data)
            yield line, data

    def _located(self, issue: Issue) -> Issue:
        """Adds the line and column to an issue of standard input."""
        if self._copy is None or issue.file != str(STREAM) or issue.line not in self._copies:
            return issue
        place, length = self._copies[issue.line]
        self._copy.seek(place)
        return placed([issue], self._copy.read(length), issue.line)[0]

    def _checked(
        self, numbered: Iterator[tuple[int | None, bytes | Issue]], file: IO[bytes] | None = None
    ) -> Iterator[Checked]:
        batches = _batches(numbered)
        if self._each is in_this_process:
            for batch in batches:
                yield from checked_batch((batch, self._now()))
            return
        todo = ((work, self._now()) for work in (_stretches(batches, file) if file else batches))
        for found in self._each(checked_batch, todo, batch=1):
            yield from found

    def _now(self) -> Settings:
        return self.settings._replace(explained=max(0, self.settings.explained - self._wrong))

    def close(self) -> None:
        """Forget standard input."""
        if self._copy is not None:
            self._copy.close()

    def _limited(self, file: str, found: Iterable[Checked]) -> Iterator[Issue]:
        """The issues of a file: explained for so many records, then counted by code."""
        corpus = self._corpora.setdefault(Path(file).suffix, Corpus())
        more: Counter[tuple[str, str]] = Counter()
        first: dict[str, Issue] = {}
        self._wrong = 0
        before = self.records
        may_be_empty = Path(file).stem == RELATIONS
        for one in found:
            if may_be_empty and [FILE_EMPTY.code] == [issue.code for issue in one.issues]:
                continue
            self.records += 1
            self._seen()
            self._note(corpus, one, file)
            is_explained = self._wrong < self.settings.explained
            issues = self._wanted(one.issues if is_explained or one.brief is None else one.brief)
            self._wrong += bool(issues)
            if is_explained:
                yield from (issue.within(file, one.line) for issue in issues)
                continue
            more.update({(issue.code, issue.severity) for issue in issues})
            for issue in issues:
                if issue.code not in first:
                    first[issue.code] = issue.within(file, one.line)
        for code, severity in sorted(more):
            message = f"in {more[code, severity]} more records that --max-explained leaves unexplained; this is the first"
            yield replace(first[code], message=message, hint=None, expected=None, excerpt=None)
        if self.records == before and not may_be_empty:
            yield Issue(FILE_EMPTY.code, "the file has no record", file=file)

    def _wanted(self, issues: Iterable[Issue]) -> list[Issue]:
        return [issue for issue in issues if issue.code not in self.settings.ignored]

    @staticmethod
    def _note(corpus: Corpus, found: Checked, file: str) -> None:
        if isinstance(found.kept, Card):
            corpus.add(found.kept, Where(file, found.line, found.pointer))
        elif found.kept is not None:
            corpus.relate(found.kept, Where(file, found.line, found.pointer))


def _batches(numbered: Iterator[tuple[int | None, bytes | Issue]]) -> Iterator[Texts]:
    batch: Texts = []
    size = 0
    for line, data in numbered:
        batch.append((line, data))
        size += len(data) if isinstance(data, bytes) else 0
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _stretches(batches: Iterable[Texts], file: IO[bytes]) -> Iterator[Stretch]:
    """The batches by their places in the file: reading them again costs another process less than receiving them."""
    place = line = 0
    for batch in batches:
        yield Stretch(Path(file.name), place, line, len(batch))
        place, line = file.tell(), batch[-1][0] or 0


def checked_batch(work: tuple[Texts | Stretch, Settings]) -> list[Checked]:
    """What each record of a batch of JSON texts brought."""
    batch, settings = work
    if isinstance(batch, Stretch):
        batch = batch.texts()
    found: list[Checked] = []
    wrong = 0
    collecting = gc.isenabled()
    gc.disable()  # records hold no circles; looking for some takes a third of the time
    try:
        for line, data in batch:
            if isinstance(data, Issue):
                found.append(Checked([data], line=line))
                continue
            for one in checked_text(data, line, settings, explained=wrong < settings.explained):
                found.append(one)
                wrong += any(issue.code not in settings.ignored for issue in one.issues)
    finally:
        if collecting:
            gc.enable()
    return found


def _table(path: Path, settings: Settings) -> Iterator[Checked]:
    for row, record in rows(path):
        found = Checked([record]) if isinstance(record, Issue) else checked(record, settings)
        yield found._replace(line=row)
