"""Checks a published dataset folder by itself, without seeds: for somebody who downloaded it."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from pressmark.publish import card, folder
from pressmark.publish.parquet import table_rows
from pressmark.publish.views import VIEWS, pair_rows, rows
from pressmark.publish.views.relations import propositions
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Article, Relation
from pressmark.validation import Document, convert, documents, errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.publish.views.columns import Row
    from pressmark.publish.views.relations import Propositions

# What Git and the Hub's client put beside a dataset (huggingface_hub, "Download files", local_dir).
_BESIDES = (".git", ".gitattributes", ".cache/huggingface", ".huggingface.yaml")
_BLOCK = 1 << 20


def verify(data: Path) -> Iterator[Issue]:
    """Yields what is wrong in a dataset folder: files, tables against records, spans, card and Croissant.

    Raises:
        OSError: a file cannot be read.
    """
    sums = folder.read_sums(data)
    if sums is None:
        yield Issue("verify-sums", f"there is no {folder.SUMS}; this is no dataset folder that pressmark built", file=str(data))
        return
    faults = [*_file_faults(data, sums), *_card_faults(data, sums)]
    yield from faults
    damaged = {issue.file for issue in faults}
    if not damaged & {str(data / name) for name in (folder.ARTICLES, folder.RELATIONS)}:
        yield from _record_faults(data, damaged)


def _file_faults(data: Path, sums: dict[str, str]) -> Iterator[Issue]:
    there = {path.relative_to(data).as_posix(): path for path in folder.files(data)}
    for name, digest in sums.items():
        path = data / name
        if name not in there:
            yield Issue("verify-missing", f"the file is missing; {folder.SUMS} lists it", file=str(path))
        elif (found := digest_of(path)) != digest:
            yield Issue("verify-changed", f"the file was changed: its SHA-256 is {found}, and was {digest}", file=str(path))
    for name, path in there.items():
        if name not in sums and name != folder.SUMS and not _is_beside(name):
            yield Issue("verify-extra", f"the file does not belong to the dataset: {folder.SUMS} does not list it", file=str(path))


def _is_beside(name: str) -> bool:
    return any(name == beside or name.startswith(f"{beside}/") for beside in _BESIDES)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits, read in blocks."""
    found = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def _card_faults(data: Path, sums: dict[str, str]) -> Iterator[Issue]:
    """Whether card and Croissant name the tables that are there, and the digest of all files."""
    text = folder.text(data / folder.CARD)
    tables = [view for view in VIEWS if view.path in sums]
    digest = folder.digest_of_sums(sums)
    if text is not None:
        try:
            configs = card.written_configs(text)
        except InvalidError as invalid:
            yield from (issue.within(str(data / folder.CARD)) for issue in invalid.issues)
            return
        if [config.get("config_name") for config in configs] != [view.name for view in tables if _has_rows(data, view.path)]:
            yield Issue("verify-card", "the configs of the card are not the tables that have rows", file=str(data / folder.CARD))
        elif any(f"(build {digest[:16]})" not in str(config.get("description")) for config in configs):
            message = f"the card does not carry the digest of {folder.SUMS}, {digest[:16]}"
            yield Issue("verify-card", message, file=str(data / folder.CARD))
    yield from _croissant_faults(data, sums)


def _has_rows(data: Path, path: str) -> bool:
    return next(table_rows(data / path), None) is not None


def _croissant_faults(data: Path, sums: dict[str, str]) -> Iterator[Issue]:
    path = data / folder.CROISSANT
    try:
        described = json.loads(path.read_bytes())
        files = {file["contentUrl"]: file["sha256"] for file in described["distribution"]}
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError):
        yield Issue("verify-croissant", "the file is no Croissant description of a dataset", file=str(path))
        return
    for name, digest in files.items():
        if sums.get(name) != digest:
            yield Issue("verify-croissant", f"the SHA-256 of {name} is not that of {folder.SUMS}", file=str(path))


def _record_faults(data: Path, damaged: set[str]) -> Iterator[Issue]:
    """Whether the records are valid, and each table is what its records make."""
    tables = {view.name: iter(table_rows(data / view.path)) for view in VIEWS if str(data / view.path) not in damaged}
    known: Propositions = {}
    places = {view.name: str(data / view.path) for view in VIEWS}
    for line, record in _records(data / folder.ARTICLES):
        found = [issue.within(str(data / folder.ARTICLES), line) for issue in errors(record)]
        yield from found
        if found:
            return
        article = convert(record, Article)
        known[article.id] = propositions(article)
        yield from _row_faults(rows(article), tables, places, f"article {article.id}")
    relations = tuple(convert(record, Relation) for _, record in _records(data / folder.RELATIONS))
    yield from _row_faults(pair_rows(relations, known), tables, places, "the relations")
    for name, table in tables.items():
        if next(table, None) is not None:
            yield Issue("verify-rows", "holds more rows than the records make", file=places[name])


def _row_faults(
    made: dict[str, Iterable[Row]], tables: dict[str, Iterator[Row]], places: dict[str, str], source: str
) -> Iterator[Issue]:
    for name in made.keys() & tables.keys():
        for row in made[name]:
            if next(tables[name], None) != row:
                yield Issue("verify-rows", f"differs from what {source} makes", file=places[name])
                del tables[name]
                break


def _records(path: Path) -> Iterator[tuple[int | None, Any]]:
    for document in documents(path):
        if isinstance(document, Document):
            yield document.line, document.record
