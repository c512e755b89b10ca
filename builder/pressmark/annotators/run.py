"""Reads files, proposes annotations in parallel, and writes them in the order of the input.

The bytes do not depend on the number of jobs.
"""

from __future__ import annotations

import gc
import re
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.annotators.pipeline import check, explain, propose
from pressmark.project import annotation_files, records, write_file
from pressmark.project.articles import assembled
from pressmark.project.seeds import METADATA, SUFFIX, metadata, read, seeds, there
from pressmark.record.encode import json_line, json_text
from pressmark.record.model import Article
from pressmark.record.text import visible
from pressmark.segment import segment
from pressmark.validation import convert, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pressmark.annotators.pipeline import Plan

_BATCH = 8  # articles that one job is given at a time
_AHEAD = 4  # batches a job that are read ahead
_OBJECTS = 50_000  # new ones between two searches for garbage


class Proposal(NamedTuple):
    """A record as a line of JSON, and messages about it."""

    record: bytes
    notes: tuple[str, ...]


def proposals(articles: Iterable[Article], plan: Plan, *, jobs: int = 1, is_explained: bool = False) -> Iterator[Proposal]:
    """Propose layers for each article, in order. Articles are read only as far ahead as the jobs need.

    Raises:
        UnavailableError: an annotator's model or package is missing.
    """
    todo = iter(articles)
    if jobs == 1:
        with rare_collection():
            for i, article in enumerate(todo):
                yield _proposed(article, plan, is_explained=is_explained)
                if i == 0:
                    gc.freeze()  # the lists are loaded now, and need not be searched for garbage again and again
        return
    # Spawned, not forked: a fork of a process with threads (pyarrow's) may hang.
    with ProcessPoolExecutor(jobs, get_context("spawn"), gc.set_threshold, (_OBJECTS,)) as pool:
        running = deque[Any]()
        while True:
            while len(running) < jobs * _AHEAD and (batch := list(islice(todo, _BATCH))):
                running.append(pool.submit(_batch, batch, plan, is_explained=is_explained))
            if not running:
                return
            yield from running.popleft().result()


@contextmanager
def rare_collection() -> Iterator[None]:
    """Collect garbage rarely inside this context: annotating an article leaves no reference cycles."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _batch(articles: list[Article], plan: Plan, *, is_explained: bool) -> list[Proposal]:
    return [_proposed(article, plan, is_explained=is_explained) for article in articles]


def _proposed(article: Article, plan: Plan, *, is_explained: bool) -> Proposal:
    notes: list[str] = []
    made = propose(segment(article), plan, notes.append)
    if is_explained:
        notes += explain(made, plan)
    return Proposal(json_line(made), tuple(notes))


def articles_in(path: Path) -> Iterator[Article]:
    """Read the articles of a project, of a text file (one article) or of a file of records.

    A text file in the ``seeds/`` of a project gets its metadata from there.

    Raises:
        InvalidError: the file is not a text, or holds no valid records.
        OSError: the file cannot be read.
    """
    if path.is_dir():
        known = metadata(path)
        for seed in seeds(path)[0]:
            yield assembled(path, seed, known.get(seed.relative_to(path / "seeds").as_posix(), {}))
        return
    if path.suffix.lower() != SUFFIX:
        yield from records.articles(path)
        return
    project = path.absolute().parent.parent
    if path.absolute().parent == project / METADATA.parent:
        known = metadata(project).get(path.name, {})
        yield assembled(project, path.absolute(), known)
    else:
        article = read(path.parent, path, {})
        yield replace(article, id=_id(path.stem))


def _id(stem: str) -> str:
    """Make an id of a file's stem: characters that an id cannot have become hyphens."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", stem).strip("-_.")[:128] or "article"


def annotate(  # noqa: PLR0913 - what the command's options say
    files: Iterable[Path],
    plan: Plan,
    write: Callable[[bytes], None],
    talk: Callable[[str], None],
    *,
    to_project: bool = True,
    jobs: int = 1,
    is_explained: bool = False,
) -> None:
    """Annotate texts, records and projects. Each record goes to ``write`` as a line of JSON, messages go to ``talk``.

    With ``to_project``, annotations are written into a project instead, and their paths go to ``write``.

    Raises:
        InvalidError: a file cannot be used.
        OSError: a file cannot be read or written.
        UnknownError, UnavailableError: an annotator is unknown, or its model or package is missing.
    """
    check(plan)
    for file in files:
        is_project = to_project and file.is_dir()
        articles = _open_articles(file, talk) if is_project else articles_in(file)
        for record, notes in proposals(articles, plan, jobs=jobs, is_explained=is_explained):
            for note in notes:
                talk(visible(note))
            write(f"{visible(str(_kept(file, record)))}\n".encode() if is_project else record)


def _open_articles(project: Path, talk: Callable[[str], None]) -> Iterator[Article]:
    """Read the articles of a project whose annotation may be replaced."""
    path = project / annotation_files.RELATIONS
    relations = annotation_files.relations(path) if there(project, path) else ()
    related = {side.article for relation in relations for side in (relation.a, relation.b)}
    for article in articles_in(project):
        layers = article.layers
        if "gold" in {layers.entities, layers.quotes, layers.claims}:
            talk(f"{article.id}: it has a gold layer; its annotation is left unchanged")
        elif article.id in related and article.claims:
            talk(
                f"{article.id}: {annotation_files.RELATIONS.as_posix()} points to its claims; its annotation is left unchanged"
            )
        else:
            yield article


def _kept(project: Path, record: bytes) -> Path:
    """Write the annotation that a record holds, and return its path."""
    article = convert(parse(record), Article)
    path = project / annotation_files.path_of(article.id)
    path.parent.mkdir(exist_ok=True)
    old = annotation_files.annotation(path, article) if there(project, path) else None
    write_file.write(path, json_text(annotation_files.taken_from(article, old)))
    return path
