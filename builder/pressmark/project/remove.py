"""Takes an article out of a project, with everything that refers to it. What is said of other articles keeps its bytes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.project import annotation_files, links, proposals, write_file
from pressmark.project.adding.corrected import OLD_TEXTS
from pressmark.project.annotation_files import FOLDER, RELATIONS
from pressmark.project.seeds import METADATA, RESERVED, by_id, file_name, id_from, metadata, shown
from pressmark.record.issue import InvalidError, Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Removed(NamedTuple):
    """What was removed, and the files that still have the article's id in their name or say that others are copies of it."""

    files: tuple[str, ...]
    relations: int
    left: tuple[str, ...]


def remove(project: Path, article: str) -> Removed | None:
    """Removes the seed of an article, its annotations, metadata and relations; returns None if there is no such article.

    The annotations are the published one and those of the passes. The references go first, so that a run that was stopped can
    be repeated.

    Raises:
        InvalidError: relations or metadata cannot be read.
        OSError: a file cannot be read or written.
    """
    if id_from(article) != article or article.casefold() in RESERVED:
        return None  # it may be a path, or name the file of the relations
    seed, annotation = by_id(project).get(article), project / annotation_files.path_of(article)
    passes = [path for path in (project / FOLDER / "passes").glob("*") if path.is_dir()]
    found = [path for path in (annotation, *(one / annotation.name for one in passes), seed) if path and path.exists()]
    if not found:
        return None
    metadata(project)  # a line that cannot be read may be the article's
    relations = [path for path in (project / RELATIONS, *(one / RELATIONS.name for one in passes)) if path.exists()]
    for path in relations:
        annotation_files.relations(path)
        if not path.read_bytes().lstrip().startswith(b"["):
            raise InvalidError([Issue("relations", "write the relations as a JSON array", file=str(path))])
    related = sum(_rewrite(path, lambda text: _without_relations(text, article)) for path in relations)
    if seed is not None:
        name = file_name(project, seed)
        _rewrite(project / METADATA, lambda text: _without_lines(text, "file_name", name))
    _rewrite(project / proposals.FILE, lambda text: _without_lines(text, "article", article))
    for path in found:
        path.unlink()
    return Removed(tuple(shown(project, path) for path in found), related, tuple(_left(project, article)))


def _rewrite(path: Path, change: Callable[[str], tuple[str, int]]) -> int:
    if not path.exists():
        return 0
    text, count = change(path.read_bytes().decode())
    if count:
        write_file.write(path, text.encode())
    return count


def _without_lines(text: str, key: str, value: str) -> tuple[str, int]:
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)  # a title may hold other line breaks
    kept = [line for line in lines if not _has(line, key, value)]
    return "".join(kept), len(lines) - len(kept)


def _has(line: str, key: str, value: str) -> bool:
    try:
        record = json.loads(line)
    except ValueError:
        return False
    return isinstance(record, dict) and record.get(key) == value


def _without_relations(text: str, article: str) -> tuple[str, int]:
    """The array without the relations of an article. The others keep their bytes, with the white space before them."""
    decoder, at, kept, gone = json.JSONDecoder(), text.index("[") + 1, [], 0
    opening = text[:at]
    while text[at:].lstrip().startswith("{"):
        start = at + len(text[at:]) - len(text[at:].lstrip())
        relation, end = decoder.raw_decode(text, start)
        if article in _articles(relation):
            gone += 1
        else:
            kept.append(text[at:end])
        comma = text[end:].lstrip()[:1] == ","
        at = text.index(",", end) + 1 if comma else end
    return opening + ",".join(kept) + text[at:], gone


def _articles(relation: dict[str, Any]) -> set[str]:
    return {relation[side]["article"] for side in ("a", "b")}


def _left(project: Path, article: str) -> Iterator[str]:
    for path in sorted((project / FOLDER).rglob("*")):
        if path.is_file() and article in {path.stem, path.parent.name}:
            yield shown(project, path)
    for path in sorted((project / OLD_TEXTS).glob(f"{article}-*")):
        if re.fullmatch(r"-[0-9a-f]{16}(-[0-9]+)?\.txt", path.name.removeprefix(article)):
            yield shown(project, path)
    table = project / links.FILE
    if table.exists() and re.search(rf"[,;\t]{re.escape(article)}[,;\t]", table.read_text("utf-8", "replace")):
        yield links.FILE.as_posix()
    if (project / METADATA).exists():
        for number, line in enumerate((project / METADATA).read_bytes().decode().split("\n"), start=1):
            if _has(line, "duplicate_of", article):
                yield f"{METADATA.as_posix()}:{number}"
