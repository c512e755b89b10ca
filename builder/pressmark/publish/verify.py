"""Checks a published dataset folder by itself, without seeds: for somebody who downloaded it.

The folder's files are checked against its checksums. Then its records are built into a dataset once more, which has to be the
same. A damaged file is not opened, because pyarrow may crash on it.
"""

from __future__ import annotations

from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pressmark import validation
from pressmark.project.articles import RECORDS, dataset_records
from pressmark.publish import card, checksums
from pressmark.publish.edition import DATASET_SUMS
from pressmark.publish.folder import CARD, CROISSANT, LICENCES, RELATIONS, DatasetFolder, text
from pressmark.publish.parquet import difference
from pressmark.publish.prepared import Cache
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Article
from pressmark.record.relation import Relation
from pressmark.validation import Document, convert, documents, errors, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.publish.card import Table
    from pressmark.record.contract import Kind


def verify(data: Path) -> Iterator[Issue]:
    """Yields what is wrong in a dataset folder: in its files, its tables, its records, its card and its Croissant description.

    Raises:
        OSError: a file cannot be read.
    """
    try:
        sums = checksums.read(data / checksums.SUMS)
    except InvalidError as invalid:
        yield from invalid.issues
        return
    if sums is None:
        message = f"there is no {checksums.SUMS}; name the folder of a dataset that `pressmark build` made"
        yield Issue("verify-sums", message, file=str(data))
        return
    if DATASET_SUMS in sums:
        yield Issue(
            "verify-edition", "is an edition without text; `pressmark hydrate` it, then verify the result", file=str(data)
        )
        return
    faults = list(_file_faults(data, sums))
    yield from faults
    damaged = {issue.file for issue in faults}
    whole = {name: data / name for name in sums if str(data / name) not in damaged}
    records = [path.name for path in dataset_records(data)]
    if records and whole.keys() >= set(records) and (RELATIONS in whole or RELATIONS not in sums):
        with TemporaryDirectory(prefix="pressmark-") as folder:
            yield from _content_faults(whole, records, sums, data, Path(folder))


def _file_faults(data: Path, sums: dict[str, str]) -> Iterator[Issue]:
    there = checksums.entries(data)
    for name, digest in sums.items():
        path = data / name
        if not path.is_file():
            yield Issue("verify-missing", f"the file is missing; {checksums.SUMS} lists it", file=str(path))
        elif why := checksums.change(path, digest):
            yield Issue("verify-changed", f"the file was changed: {why}", file=str(path))
    for name in sorted(there.keys() - sums.keys() - {checksums.SUMS}):
        message = f"the file is not part of the dataset; {checksums.SUMS} does not list it"
        yield Issue("verify-extra", message, file=str(data / name))
    records = [path.name for path in dataset_records(data)] or [f"{RECORDS}.jsonl"]
    for name in (*records, CARD, CROISSANT):
        if name not in sums:
            yield Issue("verify-missing", f"{checksums.SUMS} does not list this file", file=str(data / name))


def _content_faults(
    whole: dict[str, Path], records: list[str], sums: dict[str, str], data: Path, folder: Path
) -> Iterator[Issue]:
    """Builds the dataset of the records in a new folder and compares it with the files that are whole."""
    new = folder / "data"
    dataset = DatasetFolder(new, Cache(folder / "cache"))
    faults = list(_built(dataset, whole, records))
    yield from faults
    if faults:
        return
    yield from _table_faults(whole, new, dataset.tables)
    for name in sorted(checksums.entries(new).keys() - sums.keys()):
        yield Issue("verify-missing", f"{checksums.SUMS} does not list this file", file=str(data / name))
    for name in (*records, RELATIONS):
        if name in whole and (new / name).is_file():
            yield from _line_faults(whole[name], new / name)
    if CARD in whole:
        try:
            yield from _description_faults(dataset, whole, sums, new)
        except InvalidError as invalid:
            yield from (issue.within(str(whole[CARD])) for issue in invalid.issues)


def _built(dataset: DatasetFolder, whole: dict[str, Path], records: list[str]) -> Iterator[Issue]:
    """Adds the records of a dataset to another one, and yields what is wrong with them."""
    valid = True
    corpus = validation.Corpus()
    for path, found in ((whole[name], found) for name in records for found in _records(whole[name], "article")):
        valid = valid and not isinstance(found, Issue)
        if isinstance(found, Issue):
            yield found
        elif valid:
            article = convert(found.record, Article)
            corpus.add(validation.card(article, related=RELATIONS in whole), validation.Where(str(path), found.line))
            dataset.add(article)
    for found in _records(whole[RELATIONS], "relation") if RELATIONS in whole else ():
        if isinstance(found, Issue):
            yield found
        else:
            corpus.relate(convert(found.record, Relation), validation.Where(str(whole[RELATIONS]), found.line))
    wrong = [issue for issue in (validation.dataset_issues(corpus) if valid else ()) if issue.severity == "error"]
    yield from wrong
    if valid and not wrong:
        dataset.write(relation for relation, _ in corpus.relations)


def _records(path: Path, kind: Kind) -> Iterator[Document | Issue]:
    for document in documents(path):
        if isinstance(document, Issue):
            yield document.within(str(path))
            continue
        found = errors(document.record)
        if not found and kind_of(document.record) != kind:
            found = [Issue("record-kind", f"is not one of the records of this file: {kind}")]
        yield from (issue.within(str(path), document.line) for issue in found)
        if not found:
            yield document


def _table_faults(whole: dict[str, Path], new: Path, made: Iterable[Table]) -> Iterator[Issue]:
    tables = {path for table in made for path in table.paths}
    for path in sorted(tables & whole.keys()):
        if said := difference(whole[path], new / path):
            yield Issue("verify-rows", f"is not the table that the records make: {said}", file=str(whole[path]))
    for name in sorted(whole.keys() - tables - {CARD, CROISSANT, RELATIONS} - {path.name for path in dataset_records(new)}):
        if PurePath(name).match(LICENCES):
            continue
        yield Issue("verify-extra", "a dataset has no such file", file=str(whole[name]))


def _line_faults(path: Path, made: Path) -> Iterator[Issue]:
    with path.open("rb") as there, made.open("rb") as wanted:
        for number, (line, other) in enumerate(zip(there, wanted, strict=False), start=1):
            if line != other:
                yield Issue("verify-bytes", "the record is not in the bytes that a build writes", file=str(path), line=number)
                return


def _description_faults(dataset: DatasetFolder, whole: dict[str, Path], sums: dict[str, str], new: Path) -> Iterator[Issue]:
    """Whether card and Croissant description are those of the tables, and the card has the digest of the checksums."""
    there = text(whole[CARD]) or ""
    dataset.write_descriptions({name: sums[name] for name in sums if name not in {CARD, CROISSANT}}, there)
    if CROISSANT in whole and whole[CROISSANT].read_bytes() != (new / CROISSANT).read_bytes():
        yield Issue("verify-croissant", "does not describe these tables as a build does", file=str(whole[CROISSANT]))
    stated, right = card.stated_sums(there), checksums.digest({name: sums[name] for name in sums if name != CARD})
    if stated != right:
        message = f"its {card.SUMS_KEY} is {stated}, but {checksums.SUMS} without the line of this card has {right}"
        yield Issue("verify-card", message, file=str(whole[CARD]))
    elif there != text(new / CARD):
        yield Issue("verify-card", "its configs or figures are not those of the tables", file=str(whole[CARD]))
