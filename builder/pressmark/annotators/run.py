"""Annotates articles one by one, or several at a time, and writes what each brings as it arrives.

Results come in the order of the input, and the bytes do not depend on the number of jobs. An article that fails costs that
article.
"""

from __future__ import annotations

import traceback
from collections import deque
from contextlib import ExitStack
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pressmark.annotators.chat.answers import FOLDER, Answers, Tokens
from pressmark.annotators.errors import UnansweredError, UnavailableError
from pressmark.annotators.inputs import Failure, Work, annotation_bytes, failed, works
from pressmark.annotators.pipeline import chat_models, check, explain, fill
from pressmark.annotators.touched import Past
from pressmark.project import annotation_files, write_file
from pressmark.project.proposals import LAYERS, NOTHING, is_proposal, opened
from pressmark.record.encode import json_line
from pressmark.record.issue import InvalidError
from pressmark.record.jobs import cores, in_threads, workers
from pressmark.record.model import Article
from pressmark.segment import segment
from pressmark.validation.level1_file.documents import LINE_LIMIT
from pressmark.validation.level1_file.strict_json import BrokenError, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from concurrent.futures import Executor

    from pressmark.annotators.pipeline import Plan
    from pressmark.project.proposals import Ids, Proposals

_SMALL = 2_000_000  # bytes; a shorter record cannot reach a limit of the strict JSON parser
_UNANSWERED = 3  # articles in a row for which a chat model has no answer before the others are not tried

_GOLD = "it has a gold layer; its annotation is left unchanged"
_HOPELESS = f"{_UNANSWERED} articles in a row have no answer; the others are not tried"


class Outcome(NamedTuple):
    """What became of an article: its record, or why there is none, and messages. ``path``: the annotation that was written.

    ``new`` has the ids of its new proposals, or is None if nothing was to propose. ``gone`` has the places of what a person
    deleted before. ``tokens`` is what chat models took for it.
    """

    name: str
    record: bytes = b""
    notes: tuple[str, ...] = ()
    failed: bool = False
    unanswered: bool = False
    new: Ids | None = None
    past: Past | None = None
    gone: dict[str, set[str]] | None = None
    digest: str | None = None
    is_of_project: bool = False
    tokens: Tokens = Tokens()
    path: Path | None = None


def annotate(  # noqa: PLR0913 - what the command's options say
    files: Iterable[Path],
    plan: Plan,
    *,
    to_project: bool = True,
    jobs: int = 1,
    executor: Executor | None = None,
    limit: int | None = None,
    is_explained: bool = False,
    answers: Path | None = None,
    known: Callable[[Article], Article | bytes | None] = lambda _: None,
) -> Generator[Outcome]:
    """Annotate texts, records and projects. With ``to_project``, what is proposed for a project is written into it.

    ``jobs`` and ``executor`` are those of `workers`. No more than ``limit`` articles are read. Answers of chat models are kept
    in the folder ``answers``. Without one, those about a project are kept in it, and the others nowhere. ``known`` returns what
    an earlier run made of an article: a record that is complete, or the article with its layers.

    Raises:
        InvalidError: the seeds, metadata or relations of a project cannot be used.
        OSError: a file cannot be written, or somebody else annotates the project.
        UnknownError, UnavailableError: an annotator is unknown, or its model or package is missing.
    """
    check(plan)
    with ExitStack() as stack:
        projects: dict[Path, Proposals] = {}
        for file in dict.fromkeys(files):
            if to_project and file.is_dir():
                projects[file] = stack.enter_context(opened(file))
                write_file.clear(file / annotation_files.FOLDER)
                write_file.clear(file / FOLDER)
        sources: deque[Path] = deque()
        if answers:
            write_file.clear(answers)
        todo = islice(_todo(dict.fromkeys(files), projects, sources, known, answers), limit)
        for outcome in proposals(todo, plan, jobs=jobs, executor=executor, is_explained=is_explained):
            source = sources.popleft()
            yield _written(source, projects[source], outcome) if source in projects else outcome


def _todo(
    files: Iterable[Path],
    projects: dict[Path, Proposals],
    sources: deque[Path],
    known: Callable[[Article], Article | bytes | None],
    answers: Path | None,
) -> Iterator[Work | Outcome]:
    """What is to do, in order. Each file is noted in ``sources`` for each of its articles."""
    for file in files:
        for work in works(file, projects.get(file)):
            sources.append(file)
            if isinstance(work, Failure):
                yield _failure(work)
                continue
            layers = work.article.layers
            if file in projects and "gold" in {layers.entities, layers.quotes, layers.claims}:
                yield Outcome(work.article.id, notes=(f"{work.article.id}: {_GOLD}",))
                continue
            earlier = known(work.article)
            if isinstance(earlier, bytes):
                yield Outcome(work.article.id, earlier)
            else:
                kept = answers or (file / FOLDER if file in projects else None)
                yield work._replace(article=earlier or work.article, answers=kept)


def proposals(
    todo: Iterable[Work | Outcome],
    plan: Plan,
    *,
    jobs: int = 1,
    executor: Executor | None = None,
    is_explained: bool = False,
) -> Iterator[Outcome]:
    """Propose layers for each article, in order. Articles are read only as far ahead as the jobs need.

    Where a chat model has no answer for several articles in a row, it is not asked about the others.

    Raises:
        UnavailableError: an annotator's model or package is missing.
    """
    silent = 0

    def asked() -> Iterator[Work | Outcome]:
        for work in todo:
            if silent >= _UNANSWERED and isinstance(work, Work):
                yield Outcome(work.article.id, failed=True, unanswered=True)
            else:
                yield work

    one = partial(_outcome, plan=plan, is_explained=is_explained)
    in_thread = bool(chat_models(plan)) and jobs != 1 and executor is None
    with workers(1 if in_thread else jobs, executor) as each:
        for outcome in in_threads(one, asked(), jobs or cores()) if in_thread else each(one, asked()):
            silent = silent + 1 if outcome.unanswered else 0
            yield outcome._replace(notes=(*outcome.notes, _HOPELESS)) if silent == _UNANSWERED else outcome


def _outcome(work: Work | Outcome, plan: Plan, is_explained: bool) -> Outcome:  # noqa: FBT001
    if isinstance(work, Outcome):
        return work
    answers = Answers(work.answers)
    return _tried(work, plan, is_explained, answers)._replace(tokens=answers.tokens)


def _tried(work: Work, plan: Plan, is_explained: bool, answers: Answers) -> Outcome:  # noqa: FBT001
    name = work.article.id
    try:
        return _proposed(work, plan, is_explained, answers)
    except UnansweredError as error:
        return Outcome(name, notes=(f"{name}: {error}",), failed=True, unanswered=True)
    except UnavailableError:
        raise
    except InvalidError as invalid:
        return _failure(failed(name, invalid))
    except Exception as error:  # noqa: BLE001 - the one place: an article that an annotator cannot take costs only itself
        return Outcome(
            name, notes=(f"{name}: an annotator failed ({_told(error)}); please report it with the text",), failed=True
        )


def _told(error: Exception) -> str:
    """The error and the place in the code, in one line."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__}: {error}, {Path(frames[-1].filename).name}:{frames[-1].lineno}"


def _proposed(work: Work, plan: Plan, is_explained: bool, answers: Answers) -> Outcome:  # noqa: FBT001
    notes: list[str] = []
    if problem := _too_large(json_line(work.article)):
        return Outcome(work.article.id, notes=(f"{work.article.id}: {problem}",), failed=True)
    article = segment(work.article)
    made, new = fill(article, plan, notes.append, work.past, answers)
    if is_explained:
        notes += explain(made, plan)
    record = json_line(made)
    if problem := _too_large(record):
        return Outcome(article.id, notes=(f"{article.id}: {problem}",), failed=True)
    ids, gone = None if made is article else new, work.past.deleted(article)
    return Outcome(article.id, record, tuple(notes), new=ids, past=work.past, gone=gone, digest=work.digest)


def _too_large(record: bytes) -> str | None:
    """Why no command would read the record."""
    if len(record) > LINE_LIMIT:
        return f"its record has over {LINE_LIMIT} bytes, which no command reads; divide the text"
    if len(record) > _SMALL:
        try:
            parse(record)
        except BrokenError as error:
            return f"no command would read its record ({error}); divide the text"
    return None


def _failure(one: Failure) -> Outcome:
    return Outcome(one.name, notes=one.problems, failed=True)


def _written(project: Path, known: Proposals, outcome: Outcome) -> Outcome:
    """Write the annotation of an article, unless nothing was proposed or somebody changed the old one meanwhile."""
    outcome = outcome._replace(is_of_project=True)
    if outcome.new is None:
        return outcome
    article = msgspec.json.decode(outcome.record, type=Article)
    path = project / annotation_files.path_of(article.id)
    before = annotation_bytes(project, article.id)
    if (None if before is None else sha256(before).hexdigest()) != outcome.digest:
        problem = f"{path}: was changed while the article was annotated; it is left as it is, so run the command again"
        return outcome._replace(failed=True, notes=(*outcome.notes, problem))
    old = annotation_files.annotation(path, article) if before else None
    annotation = annotation_files.taken_from(article, old)
    data = annotation_files.as_file(annotation, before)
    if len(data) > LINE_LIMIT:
        problem = f"{article.id}: its annotation has over {LINE_LIMIT} bytes, which no command reads; divide the text"
        return outcome._replace(failed=True, notes=(*outcome.notes, problem))
    line = (outcome.past or Past()).proposals or NOTHING
    ids = {
        layer: outcome.new[layer] | {item.id for item in getattr(annotation, layer) if is_proposal(line, layer, item)}
        for layer in LAYERS
    }
    path.parent.mkdir(exist_ok=True)
    known.write(path, data, annotation, ids, outcome.gone or {layer: set() for layer in LAYERS})
    return outcome._replace(path=path)
