"""Reads seeds as articles without annotation. Nothing changes the text afterwards."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.record import contract
from pressmark.record.bare_article import bare_article
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted
from pressmark.validation import documents, errors
from pressmark.validation.decoder import follows_schema
from pressmark.validation.level1_file.documents import Document
from pressmark.validation.level6_dataset.corpus import SPLITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Article

SUFFIX = ".txt"
TRAIN = "train"
METADATA = Path("seeds/metadata.jsonl")
EXAMPLE = "EXAMPLE.txt"  # `pressmark init` writes a line about it, which shows the form and needs no seed
BESIDES = {"metadata.jsonl", "readme.md", "license", "license.txt", "license.md"}  # files of seeds/ that are not seeds
RESERVED = {"relations"}  # annotations/relations.json belongs to no article


class Listing(NamedTuple):
    """The usable seeds of a project in the order of their ids, the files of ``seeds/`` that are no seeds, and what is wrong."""

    seeds: list[Path]
    besides: list[Path]
    issues: list[Issue]


def seeds(project: Path) -> tuple[list[Path], list[Path]]:
    """Returns the seeds of a dataset project in the order of their ids, and the files of ``seeds/`` that are not seeds.

    Raises:
        InvalidError: there is no seed, one is a link out of the project, two get the same id, or one gets a reserved one.
    """
    found, besides, issues = listed(project)
    if issues:
        raise InvalidError(issues)
    return found, besides


def by_id(project: Path) -> dict[str, Path]:
    """Returns the seeds of a dataset project by the ids of their articles.

    Raises:
        InvalidError: as for `seeds`.
    """
    return {id_of(seed): seed for seed in seeds(project)[0]}


def listed(project: Path) -> Listing:
    """Lists ``seeds/``. A file that cannot be used is among the issues and not among the seeds."""
    found, besides, issues = [], [], []
    for path in sorted(_files(project / "seeds"), key=lambda path: (id_of(path), path.as_posix())):
        if problem := _unusable(project, path):
            issues.append(problem)
        elif path.suffix.lower() == SUFFIX:
            found.append(path)
        else:
            besides.append(path)
    issues += _stems(project, found, besides)
    if not found and not issues:
        message = f"there are no seeds yet; add articles with `pressmark add`, or put them here as {SUFFIX} files"
        issues = [Issue("seed-none", message, file=str(project / "seeds"))]
    wrong = {issue.file for issue in issues}
    return Listing([path for path in found if str(path) not in wrong], besides, issues)


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.name.lower() not in BESIDES and (path.is_symlink() or not path.is_dir()):
            yield path


def _stems(project: Path, found: list[Path], besides: list[Path]) -> Iterator[Issue]:
    first: dict[str, Path] = {}
    for path in found:
        name = id_of(path)
        twin = first.setdefault(name.casefold(), path)
        if twin is not path:
            yield _same_stem(project, path, twin)
        elif name.casefold() in RESERVED:
            yield _issue(path, "seed-id", f"{name!r} is a reserved name; rename the seed")
    for path in besides:
        if id_of(path).casefold() in first:
            yield _same_stem(project, path, first[id_of(path).casefold()])


def _same_stem(project: Path, path: Path, twin: Path) -> Issue:
    same = "has the same stem as" if path.stem.casefold() == twin.stem.casefold() else f"gets the id {id_of(path)}, as does"
    return _issue(path, "seed-stem", f"{same} {shown(project, twin)}; the stem is the article's id, so rename one")


def id_of(path: Path) -> str:
    """Returns the id of the article in a text file: `id_from` the stem of its name."""
    return id_from(path.stem)


def id_from(name: str) -> str:
    """Returns the id of an article that somebody calls ``name``: the name itself, if that is a valid id.

    In any other name, a hyphen replaces each run of characters that are not among A-Z a-z 0-9 _ . -, and those three are
    removed from both ends: ``Headline_1 (2024-03-01)`` is ``Headline_1-2024-03-01``. An id has at most 128 characters.
    """
    if re.fullmatch(contract.at("article", "id")["pattern"], name):
        return name
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-_.")[:128] or "article"


def read(project: Path, path: Path, known: dict[str, Any]) -> Article:
    """Returns the article of a seed, with its exact text and no annotation.

    ``known`` is the seed's line of ``seeds/metadata.jsonl``, or empty.

    Raises:
        InvalidError: the file is empty, has a byte order mark or a NUL, or is not UTF-8; or what is known has not the form that
            the schema wants.
        OSError: the file cannot be read.
    """
    text = text_of(path, path.read_bytes())
    article = bare_article(id_of(path), text, known.get("language"), {**known, "source_file": shown(project, path)})
    if not follows_schema("article", article):
        _refuse_metadata(project, path, article)
    return article


def text_of(path: Path, data: bytes) -> str:
    """Decodes a text; ``path`` is for the messages.

    Raises:
        InvalidError: the text is empty, has a byte order mark or a NUL, or is not UTF-8.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8; save the file as UTF-8"
        raise InvalidError([_issue(path, "seed-encoding", message)]) from None
    if text.startswith("\ufeff"):
        raise InvalidError([_issue(path, "seed-bom", "byte 0 begins a byte order mark; save the file without it")])
    if not text.strip():
        raise InvalidError([_issue(path, "seed-empty", "has no text")])
    if "\0" in text:
        place = data.index(0)
        raise InvalidError([_issue(path, "seed-nul", f"byte {place} is NUL, so this is not a text file")])
    return text


def _refuse_metadata(project: Path, path: Path, article: Article) -> None:
    if wrong := metadata_issues(article):
        line = metadata_line(project, file_name(project, path))
        raise InvalidError(issue.within(str(project / METADATA), line) for issue in wrong)


def metadata_issues(article: Article) -> list[Issue]:
    """Returns what the schema does not allow in the metadata and the language of an article."""
    return [issue for issue in errors(article) if issue.pointer.split("/")[1] in {"metadata", "language"}]


def metadata(project: Path) -> dict[str, dict[str, Any]]:
    """Reads ``seeds/metadata.jsonl``: its lines by the name of the seed's file. Without the file, there are none.

    A line has ``file_name``, ``language``, the keys of the record's ``metadata`` except ``source_file``, and ``inferred``: why
    a value that nobody stated is assumed. `read` checks the values.

    Raises:
        InvalidError: a line is not a JSON object, has no name or a name that was there before, or has an unknown key.
    """
    lines, issues = metadata_lines(project)
    if issues:
        raise InvalidError(issues)
    return lines


def metadata_lines(project: Path) -> tuple[dict[str, dict[str, Any]], list[Issue]]:
    """Reads ``seeds/metadata.jsonl`` as `metadata` does, and returns what is wrong with its lines instead of raising it.

    An issue names its article, unless the line does not say of which article it is.
    """
    path = project / METADATA
    lines: dict[str, dict[str, Any]] = {}
    issues = []
    for document in documents(path) if there(project, path) else ():
        if isinstance(document, Document):
            issues += [issue.within("", document.line) for issue in _line_issues(document.record, lines)]
        else:
            issues.append(document)
    return lines, [issue.within(str(path)) for issue in issues]


def metadata_line(project: Path, seed: str) -> int | None:
    """Returns the number of the line of ``seeds/metadata.jsonl`` that is about a seed, given its name there."""
    path = project / METADATA
    return _line_numbers(path, path.stat().st_mtime_ns).get(seed) if path.is_file() else None


@lru_cache(maxsize=1)  # one mistake may be in all lines
def _line_numbers(path: Path, _: int) -> dict[str, int | None]:
    found = (document for document in documents(path) if isinstance(document, Document))
    return {found.record["file_name"]: found.line for found in found if isinstance(found.record, dict)}


def _line_issues(line: Any, lines: dict[str, dict[str, Any]]) -> Iterator[Issue]:
    name = line.get("file_name") if isinstance(line, dict) else None
    if not isinstance(name, str):
        yield Issue("metadata-file-name", 'not an object with a "file_name"; write one line per seed')
        return
    article = id_of(Path(name))
    if name in lines:
        yield Issue("metadata-file-name", f"{quoted(name)} occurs twice", "/file_name", article=article)
    lines[name] = line
    known = contract.at("article", "metadata")["properties"].keys() - {"source_file"} | {
        "file_name",
        "language",
        "inferred",
    }
    if "split" in line:
        message = (
            f"a seed's folder says its split: move {quoted(name)} to seeds/test/ or seeds/validation/, and take out this key"
        )
        yield Issue("metadata-split", message, "/split", article=article)
    for key in sorted(line.keys() - known - {"split"}):
        yield Issue("metadata-key", f"unknown key {quoted(key)}; the keys are {', '.join(sorted(known))}", article=article)


def there(project: Path, path: Path) -> bool:
    """Whether the project has that file.

    Raises:
        InvalidError: the name is taken by something that is not a readable file: a link out of the project, a pipe, a folder.
    """
    if not path.is_symlink() and not path.exists():
        return False
    if problem := _unusable(project, path):
        raise InvalidError([problem])
    return True


def _unusable(project: Path, path: Path) -> Issue | None:
    if not _inside(project, path):
        return _issue(path, "link-out", "a symbolic link out of the project, or to itself; put the file itself here")
    if not path.is_file():
        return _issue(path, "file-kind", "is not a readable file")
    if not shown(project, path).isprintable():
        return _issue(path, "file-name", "its path holds characters that cannot be printed; rename it")
    return None


def _inside(project: Path, path: Path) -> bool:
    try:
        return path.resolve().is_relative_to(project.resolve())
    except RuntimeError:  # a link that leads to itself (OSError from Python 3.13 on)
        return False


def file_name(project: Path, seed: Path) -> str:
    """Returns the name by which ``seeds/metadata.jsonl`` knows a seed: its path from ``seeds/``."""
    return seed.relative_to(project / "seeds").as_posix()


def split_of_seed(path: str | None) -> str:
    """Returns the split of a seed, given its path from the project: the folder right in ``seeds/`` that has a split's name.

    ``seeds/test/a.txt`` is in the split test, ``seeds/a.txt`` and ``seeds/2023/a.txt`` are in train.
    """
    parts = PurePosixPath(path or "").parts
    return SPLITS.get(parts[1].lower(), TRAIN) if len(parts) > 2 and parts[0] == METADATA.parent.name else TRAIN


def shown(project: Path, path: Path) -> str:
    """Returns the path as messages and records show it: from the project, with forward slashes."""
    return path.relative_to(project).as_posix()


def _issue(path: Path, code: str, message: str) -> Issue:
    return Issue(code, message, file=str(path))
