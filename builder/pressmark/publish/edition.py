"""Builds the edition without text, for annotations that may be passed on when the articles may not, and restores the text.

The edition holds the records without every word that is cut from an article (the text, the text of each span, a title that
stands in the text), the relations, the card, and the checksums of the whole dataset in `DATASET_SHA256SUMS`. Names of entities
and the annotators' propositions stay. `hydrate` restores the words from the user's own copies of the articles, if their hashes
are right.
"""

from __future__ import annotations

import os
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pressmark.project import annotation_files
from pressmark.publish import card, checksums, folder
from pressmark.publish.build import DATA, make
from pressmark.publish.checksums import SUMS
from pressmark.publish.swap import staging, switch
from pressmark.publish.user_files import refuse_user_files
from pressmark.record.encode import json_line
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Article
from pressmark.record.text import shortened
from pressmark.validation import Document, convert, documents, errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.publish.build import Built
    from pressmark.record.relation import Relation

EDITION = Path("edition")
DATASET_SUMS = "DATASET_SHA256SUMS"  # of the dataset with the text; SHA256SUMS is of the edition itself


def build_edition(project: Path, *, skip_invalid: bool = False, tell: Callable[[Issue], object] | None = None) -> Built:
    """Builds ``edition/`` of a project in the place of the old one. The arguments are those of `build`.

    Raises:
        InvalidError: an article, an annotation or a relation is wrong, or the old ``edition/`` holds files of the user's;
            nothing was written.
        OSError: something cannot be read or written, or another build is running.
    """
    with staging(project) as new:
        refuse_user_files(project / EDITION)
        built = make(project, new, skip_invalid=skip_invalid, tell=tell)
        (new / EDITION).mkdir()
        with (new / EDITION / folder.ARTICLES).open("wb") as lines:
            for document in _records(new / DATA / folder.ARTICLES):
                lines.write(json_line(without_text(document)))
        if (new / DATA / folder.RELATIONS).exists():
            (new / DATA / folder.RELATIONS).rename(new / EDITION / folder.RELATIONS)
        (new / DATA / SUMS).rename(new / EDITION / DATASET_SUMS)
        described = card.with_front(folder.text(new / DATA / folder.CARD) or "", {})
        (new / EDITION / folder.CARD).write_bytes(described.encode())
        (new / EDITION / SUMS).write_bytes(checksums.lines(checksums.made(new / EDITION)).encode())
        switch(new, project, (EDITION,), partial(refuse_user_files, project / EDITION))
    return built


def without_text(record: dict[str, Any]) -> dict[str, Any]:
    """Returns an article's record without the words of the article. A title that stands in the text becomes its offsets."""
    bare: dict[str, Any] = _without_words(record)
    title = record["metadata"]["title"]
    if title is not None and (start := record["text"].find(title)) >= 0:
        bare["metadata"] = bare["metadata"] | {"title": {"start": start, "end": start + len(title)}}
    return bare


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_words(child) for key, child in value.items() if key != "text"}
    return [_without_words(item) for item in value] if isinstance(value, list) else value


def with_text(bare: Any, text: str) -> Any:
    """Restores the text that `without_text` left out. Keys keep the order of the schema, so the record has the same bytes."""
    if isinstance(bare, list):
        return [with_text(item, text) for item in bare]
    if not isinstance(bare, dict):
        return bare
    record: dict[str, Any] = {}
    for key, child in bare.items():
        if key == "title" and isinstance(child, dict):
            record[key] = text[child["start"] : child["end"]]
            continue
        record[key] = with_text(child, text)
        if key == "end":
            record["text"] = text[bare["start"] : bare["end"]]
    return record


def hydrate(edition: Path, seeds: Path, output: Path) -> folder.Written:
    """Restores the whole dataset from an edition without text and a folder with the articles, as ``<id>.txt``.

    Raises:
        InvalidError: an article is missing or is not the one that was annotated, the edition is broken, the result is not the
            dataset from which the edition was made, or the output folder holds work of the user's.
        OSError: something cannot be read or written.
    """
    output = Path(os.path.abspath(output))  # noqa: PTH100 - `resolve` would follow a link in its place
    refuse_user_files(output)
    wanted = checksums.read(edition / DATASET_SUMS)
    if wanted is None:
        message = f"there is no {DATASET_SUMS}, so this is not what `pressmark build --without-text` makes"
        raise InvalidError([Issue("edition", message, file=str(edition))])
    relations = _relations(edition)
    with staging(output.parent) as new:
        made = new / output.name
        with folder.DatasetFolder(made) as dataset:
            for article in _articles(edition, seeds):
                dataset.add(article)
            dataset.relate(relations)
        written = dataset.describe(old=edition)
        if wanted != checksums.read(made / SUMS):
            raise InvalidError(_other_bytes(edition, wanted, made))
        switch(new, output.parent, (Path(output.name),), partial(refuse_user_files, output))
    return written


def _relations(edition: Path) -> tuple[Relation, ...]:
    path = edition / folder.RELATIONS
    return annotation_files.relations(path) if path.exists() else ()


def _articles(edition: Path, seeds: Path) -> Iterator[Article]:
    for bare in _records(edition / folder.ARTICLES):
        path = seeds / f"{bare.get('id')}.txt"
        if not path.is_file():
            raise InvalidError([Issue("hydrate-seed", "is missing; the edition has annotations of it", file=str(path))])
        data = path.read_bytes()
        if bare.get("text_sha256") != sha256(data).hexdigest():
            why = checksums.change(path, str(bare.get("text_sha256")))
            raise InvalidError([Issue("hydrate-hash", f"is not the text that was annotated: {why}", file=str(path))])
        try:
            record = _record(bare, data.decode())
        except (KeyError, TypeError, ValueError):
            problem = Issue(
                "edition", f"is not a record of an edition: {shortened(str(bare))}", file=str(edition / folder.ARTICLES)
            )
            raise InvalidError([problem]) from None
        if wrong := [issue.within(str(edition / folder.ARTICLES)) for issue in errors(record)]:
            raise InvalidError(wrong)
        yield convert(record, Article)


def _record(bare: dict[str, Any], text: str) -> dict[str, Any]:
    full: dict[str, Any] = with_text(bare, text)
    names = list(full)
    return {name: full[name] for name in names[: names.index("text_sha256")]} | {"text": text} | full


def _records(path: Path) -> Iterator[dict[str, Any]]:
    for document in documents(path):
        if isinstance(document, Document) and isinstance(document.record, dict):
            yield document.record
        else:
            issue = document if isinstance(document, Issue) else Issue("edition", "is not an object", line=document.line)
            raise InvalidError([issue.within(str(path))])


def _other_bytes(edition: Path, wanted: dict[str, str], made: Path) -> Iterator[Issue]:
    found = checksums.made(made)
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            why = "; another version of pyarrow wrote the original" if name.endswith(".parquet") else ""
            message = f"{name} has the SHA-256 {found.get(name)} instead of {wanted.get(name)}{why}"
            yield Issue("hydrate-sum", message, file=str(edition / DATASET_SUMS))
