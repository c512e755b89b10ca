"""Builds the edition without text, for annotations that may be passed on when the articles may not, and restores the text.

The edition holds the records without the text and the text of each span, the relations, the card, and the checksums of the
whole dataset in `DATASET_SHA256SUMS`. No file of it holds more than four words of an article in a row: a name, title,
proposition or note that quotes more holds the places of these words instead (`shared_words`). `hydrate` restores all of it from
the user's own copies of the articles, if their hashes are right.
"""

from __future__ import annotations

import os
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pressmark.project.articles import dataset_records
from pressmark.publish import card, checksums, folder
from pressmark.publish.build import DATA, make
from pressmark.publish.checksums import SUMS
from pressmark.publish.prepared import Cache
from pressmark.publish.shared_words import SIZE, Quotations, restored
from pressmark.publish.swap import staging, switch
from pressmark.publish.user_files import refuse_user_files
from pressmark.record.encode import json_line
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Article
from pressmark.record.relation import Relation
from pressmark.validation import Document, convert, documents, errors
from pressmark.validation.edition_record import PIECES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Unpack

    from pressmark.publish.build import Built, Options

T = TypeVar("T", Article, Relation)
EDITION = Path("edition")
DATASET_SUMS = "DATASET_SHA256SUMS"  # of the dataset with the text; SHA256SUMS is of the edition itself
_IDS = {"id", "article", "duplicate_of"}  # they name files, so they stay even if a file is named after a headline


def build_edition(project: Path, **options: Unpack[Options]) -> Built:
    """Builds ``edition/`` of a project in the place of the old one.

    Raises:
        InvalidError: an article, an annotation or a relation is wrong, or the old ``edition/`` holds files of the user's;
            nothing was written.
        OSError: something cannot be read or written, or another build is running.
    """
    with staging(project) as new:
        refuse_user_files(project / EDITION)
        built = make_edition(project, new, **options)
        switch(new, project, (EDITION,), partial(refuse_user_files, project / EDITION))
    return built


def make_edition(project: Path, new: Path, **options: Unpack[Options]) -> Built:
    """Builds ``edition/`` of a project into another folder, which must be empty.

    Raises:
        InvalidError: an article, an annotation or a relation is wrong.
        OSError: something cannot be read or written.
    """
    built = make(project, new, **options)
    (new / EDITION).mkdir()
    described = card.with_front(folder.text(new / DATA / folder.CARD) or "", {})
    quotations = _quotations(new / DATA, described)
    _refuse_quotations(described, quotations, project / DATA / folder.CARD)
    for path in _lines(new / DATA):
        with (new / EDITION / path.name).open("wb") as lines:
            for document in _records(path):
                lines.write(json_line(without_text(document, quotations)))
    folder.copy_licences(new / DATA, new / EDITION)
    (new / DATA / SUMS).rename(new / EDITION / DATASET_SUMS)
    (new / EDITION / folder.CARD).write_bytes(described.encode())
    (new / EDITION / SUMS).write_bytes(checksums.lines(checksums.made(new / EDITION)).encode())
    return built


def _quotations(data: Path, described: str) -> Quotations:
    """Looks for everything that an edition will publish in all articles."""
    strings = (string for path in _lines(data) for record in _records(path) for string in _strings(record))
    quotations = Quotations(chain(strings, [described]))
    for record in chain.from_iterable(map(_records, dataset_records(data))):
        quotations.read(record["id"], record["text"])
    return quotations


def _lines(data: Path) -> list[Path]:
    """The files of a dataset with articles, then the one with relations, if there is one."""
    return [*dataset_records(data), *(path for path in [data / folder.RELATIONS] if path.exists())]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (string for key, child in value.items() if key != "text" and key not in _IDS for string in _strings(child))
    elif isinstance(value, list):
        yield from (string for child in value for string in _strings(child))


def _refuse_quotations(described: str, quotations: Quotations, path: Path) -> None:
    if (article := quotations.quoted(described)) is not None:
        message = f"quotes {SIZE} or more words of article {article} in a row, which an edition without text must not"
        raise InvalidError([Issue("edition-quote", f"{message}; shorten the quotation", file=str(path))])


def without_text(value: Any, quotations: Quotations) -> Any:
    """Returns a record without ``text``, and with the places of the words that its other strings quote."""
    if isinstance(value, dict):
        return {key: child if key in _IDS else without_text(child, quotations) for key, child in value.items() if key != "text"}
    if isinstance(value, list):
        return [without_text(item, quotations) for item in value]
    return quotations.without(value) if isinstance(value, str) else value


def with_text(bare: Any, text: str, text_of: Callable[[str], str]) -> Any:
    """Restores what `without_text` left out. Keys keep the order of the schema, so the record has the same bytes."""
    if isinstance(bare, list):
        return [with_text(item, text, text_of) for item in bare]
    if not isinstance(bare, dict):
        return bare
    if PIECES in bare:
        return restored(bare[PIECES], text_of)
    record: dict[str, Any] = {}
    for key, child in bare.items():
        record[key] = with_text(child, text, text_of)
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
    text_of = lru_cache(100)(partial(_text, seeds))
    with staging(output.parent) as new:
        made = new / output.name
        dataset = folder.DatasetFolder(made, Cache(new / "cache"))
        for article in _articles(edition, seeds, text_of):
            dataset.add(article)
        dataset.write(_relations(edition, text_of))
        folder.copy_licences(edition, made)
        written = dataset.describe(old=edition)
        if wanted != checksums.read(made / SUMS):
            raise InvalidError(_other_bytes(edition, wanted, made))
        switch(new, output.parent, (Path(output.name),), partial(refuse_user_files, output))
    return written


def _text(seeds: Path, article: str) -> str:
    path = seeds / f"{article}.txt"
    if not path.is_file():
        raise InvalidError([Issue("hydrate-seed", "is missing; the edition has annotations of it", file=str(path))])
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        message = f"is not the text that was annotated: byte {error.start} is not UTF-8"
        raise InvalidError([Issue("hydrate-hash", message, file=str(path))]) from None


def _relations(edition: Path, text_of: Callable[[str], str]) -> Iterator[Relation]:
    path = edition / folder.RELATIONS
    for bare in _records(path) if path.exists() else ():
        yield _converted(partial(with_text, bare, "", text_of), path, Relation)


def _articles(edition: Path, seeds: Path, text_of: Callable[[str], str]) -> Iterator[Article]:
    for source, bare in ((path, bare) for path in dataset_records(edition) for bare in _records(path)):
        text = text_of(str(bare.get("id")))
        seed = seeds / f"{bare.get('id')}.txt"
        if why := checksums.change(seed, str(bare.get("text_sha256"))):
            raise InvalidError([Issue("hydrate-hash", f"is not the text that was annotated: {why}", file=str(seed))])
        yield _converted(partial(_record, bare, text, text_of), source, Article)


def _converted(full: Callable[[], Any], path: Path, kind: type[T]) -> T:
    """Returns a whole record as an object.

    Raises:
        InvalidError: it is broken.
    """
    try:
        record = full()
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InvalidError(
            [Issue("edition", "a record is not one of an edition; get the edition anew", file=str(path))]
        ) from None
    if wrong := [issue.within(str(path)) for issue in errors(record)]:
        raise InvalidError(wrong)
    return convert(record, kind)


def _record(bare: dict[str, Any], text: str, text_of: Callable[[str], str]) -> dict[str, Any]:
    full: dict[str, Any] = with_text(bare, text, text_of)
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
