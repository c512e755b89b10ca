"""The flow: seeds → read → annotations → segment → validate → views → folder → card → swap."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypedDict, Unpack

from pressmark import validation
from pressmark.project import annotation_files
from pressmark.project.articles import finished, without_seed
from pressmark.project.seeds import file_name, id_of, listed, metadata_lines, shown, split_of_seed, there
from pressmark.publish import card
from pressmark.publish.agreement_table import agreement
from pressmark.publish.folder import CARD, DatasetFolder, copy_licences, rows_of, text
from pressmark.publish.left_out import LeftOut
from pressmark.publish.prepared import CACHE, Cache
from pressmark.publish.swap import staging, switch
from pressmark.publish.user_files import refuse_user_files
from pressmark.record.code_version import code_version
from pressmark.record.encode import json_line
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.jobs import workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor
    from typing import Any

    from pressmark.publish.card import Table
    from pressmark.publish.folder import Written
    from pressmark.publish.prepared import Prepared
    from pressmark.record.relation import Relation

    Watch = Callable[[list[Path]], Iterable[Path]]
    Known = dict[str, dict[str, Any]]  # what seeds/metadata.jsonl says, by the name of the seed

DATA, CHECKOUT, DATASHEET = Path("data"), Path(".huggingface.yaml"), Path("DATASHEET.md")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the tables with their rows, the digest of them all, and the files of ``seeds/`` that it passed over.

    ``left_out`` names the files and relations that are not in the dataset because they are invalid. ``keys`` are the articles'
    in the cache.
    """

    tables: tuple[Table, ...]
    digest: str
    passed_over: tuple[str, ...]
    left_out: tuple[str, ...]
    keys: frozenset[str]

    @property
    def rows(self) -> dict[str, int]:
        """The rows of each view, of all splits together."""
        return rows_of(self.tables)


class Options(TypedDict, total=False):
    """How a build runs.

    skip_invalid: Leave out articles and relations that are invalid, instead of building nothing.
    tell: Gets each issue as soon as it is found, warnings too.
    watch: Gets the seeds, and yields them one by one as the build asks for them.
    jobs: The number of processes, 0 for one per core. The files do not depend on it.
    executor: Makes the calls instead, ``jobs`` at a time, in processes that see the project at the same absolute path.
    """

    skip_invalid: bool
    tell: Callable[[Issue], object] | None
    watch: Watch
    jobs: int
    executor: Executor | None


def build(project: Path, **options: Unpack[Options]) -> Built:
    """Builds the dataset of a project, a folder with ``seeds/`` and perhaps ``annotations/``; then swaps it for the old one.

    What an article's rows are is kept in ``.pressmark/cache/``, so the next build makes only those of articles that changed.

    Raises:
        InvalidError: an article, an annotation or a relation is wrong, or files of the user's are in the way; nothing was
            written.
        OSError: something cannot be read or written, or another build is running; the old dataset is untouched.
    """
    cache = Cache(project / CACHE)
    with staging(project) as new:
        _refuse_user_files(project)
        built = make(project, new, cache=cache, **options)
        switch(new, project, (DATA, CHECKOUT, DATASHEET), partial(_check_again, project, new))
        cache.prune(built.keys)
    return built


def _check_again(project: Path, new: Path) -> None:
    """Looks for work that a user did while the build ran."""
    _refuse_user_files(project)
    for name in (DATA / CARD, DATASHEET):
        old = text(project / name)
        if old is not None and card.carried(old) != card.carried(text(new / name)):
            message = "was changed while the build ran, so nothing was replaced; run the build again"
            raise InvalidError([Issue("user-change", message, file=str(project / name))])


def _refuse_user_files(project: Path) -> None:
    """Lets a build replace only what pressmark wrote and nobody changed. It carries the prose of card and datasheet over."""
    refuse_user_files(project / DATA, carried={CARD})
    path = project / CHECKOUT
    if path.is_file() and not card.is_checkout_yaml(path.read_bytes()):
        message = "pressmark did not write this file, or it was changed since, and a build would overwrite it"
        raise InvalidError([Issue("user-file", f"{message}; move or remove it", file=str(path))])


def make(  # noqa: PLR0913 - the options, with what they are if they are not given
    project: Path,
    into: Path,
    *,
    cache: Cache | None = None,
    skip_invalid: bool = False,
    tell: Callable[[Issue], object] | None = None,
    watch: Watch = iter,
    jobs: int = 1,
    executor: Executor | None = None,
) -> Built:
    """Builds the dataset of a project into another folder, which must be empty. Without a ``cache``, it begins from nothing.

    The others are `Options`.

    Raises:
        InvalidError: articles, annotations or relations are wrong; it holds the issues of all of them.
        OSError: something cannot be read or written.
    """
    left_out = LeftOut(tell, skip_invalid=skip_invalid)
    found, passed_over, known = _seeds(project, left_out)
    with workers(jobs, executor) as each, TemporaryDirectory(prefix=".cache-", dir=into) as folder:
        cache = cache or Cache(Path(folder))
        cache.begin()
        one = partial(
            prepared,
            project=project,
            cache=cache,
            sketched=len({split_of_seed(shown(project, seed)) for seed in found}) > 1,
            related=(project / annotation_files.RELATIONS).exists(),
        )
        while True:
            seeds = list(left_out.others(found))
            dataset = DatasetFolder(into / DATA, cache, each)
            known_seeds = ((seed, known.get(file_name(project, seed), {})) for seed in watch(seeds))
            corpus = _corpus(dataset, zip(seeds, each(one, known_seeds), strict=True), project, left_out)
            if corpus is not None:  # else some are wrong beside others, which is known last
                break
        dataset.write(_relations(project, corpus, left_out), old=project / DATA)
        left_out.stop_if_wrong(articles=len(dataset))
        copy_licences(project, into / DATA)
        written = dataset.describe(old=project / DATA)
    _describe_project(project, into, written)
    names = tuple(shown(project, path) for path in passed_over)
    return Built(written.tables, written.digest, names, tuple(left_out.names(project, found)), dataset.keys)


def _seeds(project: Path, left_out: LeftOut) -> tuple[list[Path], list[Path], Known]:
    """Returns the seeds of a project, the files of ``seeds/`` that are none, and what is known of the seeds.

    Raises:
        InvalidError: a line of the metadata does not say which article it is about.
    """
    found, passed_over, issues = listed(project)
    left_out.add(issues)
    all_seeds = [*found, *(Path(issue.file) for issue in issues if issue.file)]  # also those that cannot be used
    known, issues = metadata_lines(project)
    left_out.add(issues)
    if lost := [issue for issue in issues if issue.article is None]:
        raise InvalidError(lost)
    left_out.add(without_seed(project, all_seeds, known))
    return found, passed_over, known


def prepared(
    work: tuple[Path, dict[str, Any]], *, project: Path, cache: Cache, sketched: bool, related: bool
) -> tuple[str, Prepared] | list[Issue]:
    """Returns what the dataset needs of an article, and its key in the cache; or what is wrong with the article.

    ``work`` is its seed with the seed's line of ``seeds/metadata.jsonl``.

    Raises:
        OSError: a file cannot be read or written.
    """
    seed, known = work
    try:
        key = _key(project, seed, known, sketched=sketched, related=related)
        if found := cache.get(key):
            return key, found
        article = finished(project, seed, known)
        changed = key != _key(project, seed, known, sketched=sketched, related=related)
    except InvalidError as invalid:
        return list(invalid.issues)
    if changed:  # by somebody, meanwhile
        return prepared(work, project=project, cache=cache, sketched=sketched, related=related)
    return key, cache.put(key, article, validation.card(article, sketched=sketched, related=related))


def _key(project: Path, seed: Path, known: dict[str, Any], **asked: bool) -> str:
    """A digest of all that the rows of an article depend on.

    Raises:
        InvalidError: the annotation is no file of the project.
    """
    annotated = project / annotation_files.path_of(id_of(seed))
    parts = [
        json_line([code_version(), shown(project, seed), known, asked]),
        seed.read_bytes(),
        annotated.read_bytes() if there(project, annotated) else b"",
    ]
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


def _corpus(
    dataset: DatasetFolder, found: Iterable[tuple[Path, tuple[str, Prepared] | list[Issue]]], project: Path, left_out: LeftOut
) -> validation.Corpus | None:
    """Puts all articles into the dataset, or returns None if some must be left out for the sake of others.

    Raises:
        InvalidError: some are wrong and may not be left out, or no article is right.
    """
    corpus = validation.Corpus()
    for seed, one in found:
        if isinstance(one, list):
            left_out.add(one, article=id_of(seed))
            continue
        key, article = one
        corpus.add(article.card, validation.Where(str(seed), None, known_split=split_of_seed(shown(project, seed))))
        dataset.take(key, article)
    beside = validation.dataset_issues(corpus)
    left_out.add(beside)
    left_out.stop_if_wrong(articles=len(dataset))
    return None if any(issue.severity == "error" for issue in beside) else corpus


def _relations(project: Path, corpus: validation.Corpus, left_out: LeftOut) -> list[Relation]:
    """Reads the relations of a project, and leaves out those that are wrong beside the articles of the dataset."""
    path = project / annotation_files.RELATIONS
    found, issues = annotation_files.relation_records(path) if there(project, path) else ([], [])
    left_out.add(issues)
    while True:
        corpus.relations = [(relation, validation.Where(str(path), None, place)) for place, relation in found]
        wrong = [issue for issue in validation.dataset_issues(corpus) if issue.file == str(path)]
        errors = [issue for issue in wrong if issue.severity == "error"]
        left_out.add(errors or wrong)
        if not errors:
            return [relation for _, relation in found]
        places = {f"/{issue.pointer.split('/')[1]}" for issue in errors}
        found = [(place, relation) for place, relation in found if place not in places]


def _describe_project(project: Path, into: Path, written: Written) -> None:
    """Writes what stands beside the dataset folder: how `datasets` loads the checkout, and the datasheet with its figures."""
    (into / CHECKOUT).write_bytes(card.checkout_yaml(written.digest, written.tables))
    datasheet = text(project / DATASHEET)
    if datasheet is not None:
        agreed = agreement(project) if card.AGREEMENT_BEGIN in datasheet else None
        (into / DATASHEET).write_bytes(card.with_figures(datasheet, written.figures, agreed).encode())
