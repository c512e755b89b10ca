"""Files in, proposals out: in the order of the input, in parallel, and the same bytes whatever the number of jobs."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark import store
from pressmark.annotate import curated
from pressmark.annotate.layers import Plan, explain, propose
from pressmark.model import Annotation, Article
from pressmark.project import assembled
from pressmark.read import METADATA, SUFFIX, metadata, read, seeds, there
from pressmark.segment import segment
from pressmark.validate import convert, parse
from pressmark.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_BATCH = 8  # articles that one job is given at a time
_AHEAD = 4  # batches a job that are read ahead


class Proposal(NamedTuple):
    """A record as a line of JSON, and what is to be said about it."""

    record: bytes
    notes: tuple[str, ...]


def proposals(articles: Iterable[Article], plan: Plan, *, jobs: int = 1, is_explained: bool = False) -> Iterator[Proposal]:
    """The articles with their proposed layers, in their order; read only as far ahead as the jobs need.

    Raises:
        UnavailableError: the model or the package that an annotator needs is not there.
    """
    todo = iter(articles)
    if jobs == 1:
        for article in todo:
            yield _proposed(article, plan, is_explained=is_explained)
        return
    # Spawned, not forked: a fork of a process with threads (pyarrow's) may hang.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        running = deque[Any]()
        while True:
            while len(running) < jobs * _AHEAD and (batch := list(islice(todo, _BATCH))):
                running.append(pool.submit(_batch, batch, plan, is_explained=is_explained))
            if not running:
                return
            yield from running.popleft().result()


def _batch(articles: list[Article], plan: Plan, *, is_explained: bool) -> list[Proposal]:
    return [_proposed(article, plan, is_explained=is_explained) for article in articles]


def _proposed(article: Article, plan: Plan, *, is_explained: bool) -> Proposal:
    notes: list[str] = []
    made = propose(segment(article), plan, notes.append)
    if is_explained:
        notes += explain(made, plan)
    return Proposal(store.json_line(made), tuple(notes))


def articles_in(path: Path) -> Iterator[Article]:
    """The articles of a project, of a text file, which is one, or of a file of records. A seed in its project has its metadata.

    Raises:
        InvalidError: the file is no text or holds no valid records.
        OSError: the file cannot be read.
    """
    if path.is_dir():
        known = metadata(path)
        for seed in seeds(path)[0]:
            yield assembled(path, seed, known.get(seed.relative_to(path / "seeds").as_posix(), {}))
        return
    if path.suffix.lower() != SUFFIX:
        yield from store.articles(path)
        return
    project = path.absolute().parent.parent
    if path.absolute().parent == project / METADATA.parent:
        known = metadata(project).get(path.name, {})
        yield assembled(project, path.absolute(), known)
    else:
        article = read(path.parent, path, {})
        yield replace(article, id=_id(path.stem))


def _id(stem: str) -> str:
    """The stem of a file as an id: what an id cannot hold becomes a hyphen."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", stem).strip("-_.")[:128] or "article"


@contextmanager
def table(path: Path) -> Iterator[Callable[[bytes], None]]:
    """A file of records, JSON Lines or Parquet by its suffix, that takes one line at a time and is there whole or not at all.

    Raises:
        OSError: it cannot be written; what was there before stays.
    """
    beside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.absolute().parent))
    try:
        if path.suffix == ".parquet":
            with store.ParquetTable(beside / "rows" / "table", next(view for view in VIEWS if view.name == "articles")) as rows:
                yield lambda line: rows.add([parse(line)])
            (beside / "rows" / "table").replace(path)
        else:
            with (beside / "lines").open("wb") as lines:
                yield lambda line: _ignored(lines.write(line))
            (beside / "lines").replace(path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _ignored(_: object) -> None:
    """A write's count of bytes is of no interest."""


class Kept(NamedTuple):
    """A seed whose annotation stays as it is, and why."""

    article: str
    why: str


def annotate_project(
    project: Path, plan: Plan, *, jobs: int = 1, is_explained: bool = False
) -> Iterator[Kept | tuple[Path, Proposal]]:
    """Write ``annotations/<id>.json`` for every seed that has none, or one that is silver throughout; what was done, in order.

    Raises:
        InvalidError: a seed or an annotation cannot be used.
        OSError: a file cannot be read or written.
        UnavailableError: the model or the package that an annotator needs is not there.
    """
    todo: list[Article] = []
    for article, why in _project(project):
        if why:
            yield Kept(article.id, why)
        else:
            todo.append(article)
    for proposal in proposals(todo, plan, jobs=jobs, is_explained=is_explained):
        article = convert(parse(proposal.record), Article)
        path = project / curated.path_of(article.id)
        path.parent.mkdir(exist_ok=True)
        old = curated.annotation(path, article) if there(project, path) else None
        store.write(path, store.json_text(_annotation(article, old)))
        yield path, proposal


def _project(project: Path) -> Iterator[tuple[Article, str]]:
    known = metadata(project)
    related = _related(project)
    for path in seeds(project)[0]:
        article = assembled(project, path, known.get(path.relative_to(project / "seeds").as_posix(), {}))
        layers = article.layers
        if "gold" in {layers.entities, layers.quotes, layers.claims}:
            yield article, "it has a gold layer"
        elif article.id in related and article.claims:
            yield article, f"{curated.RELATIONS} points to its claims"
        else:
            yield article, ""


def _related(project: Path) -> set[str]:
    path = project / curated.RELATIONS
    relations = curated.relations(path) if there(project, path) else ()
    return {side.article for relation in relations for side in (relation.a, relation.b)}


def _annotation(article: Article, old: Annotation | None) -> Annotation:
    """What was marked in an article; its zones only where somebody marked them, since rules find them otherwise."""
    zones = old.zones if old else ()
    return Annotation(
        id=article.id,
        text_sha256=article.text_sha256,
        zones=zones,
        entities=article.entities,
        quotes=article.quotes,
        claims=article.claims,
        annotators=article.annotators,
        layers=replace(article.layers, zones=article.layers.zones if zones else "none"),
    )
