"""The flow: seeds → read → annotations → segment → validate → views → folder → card → swap."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark import validation
from pressmark.project import annotation_files
from pressmark.project.articles import finished, without_seed
from pressmark.project.seeds import id_of, listed, metadata_lines, shown, split_of_seed, there
from pressmark.publish import card
from pressmark.publish.agreement_table import agreement
from pressmark.publish.folder import CARD, DatasetFolder, copy_licences, rows_of, text
from pressmark.publish.left_out import LeftOut
from pressmark.publish.swap import staging, switch
from pressmark.publish.user_files import refuse_user_files
from pressmark.record.issue import InvalidError, Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from pressmark.publish.card import Table
    from pressmark.publish.folder import Written
    from pressmark.record.relation import Relation

    Watch = Callable[[list[Path]], Iterable[Path]]
    Known = dict[str, dict[str, Any]]  # what seeds/metadata.jsonl says, by the name of the seed

DATA, CHECKOUT, DATASHEET = Path("data"), Path(".huggingface.yaml"), Path("DATASHEET.md")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the tables with their rows, the digest of them all, and the files of ``seeds/`` that it passed over.

    ``left_out`` names the files and relations that are not in the dataset because they are invalid.
    """

    tables: tuple[Table, ...]
    digest: str
    passed_over: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def rows(self) -> dict[str, int]:
        """The rows of each view, of all splits together."""
        return rows_of(self.tables)


def build(
    project: Path, *, skip_invalid: bool = False, tell: Callable[[Issue], object] | None = None, watch: Watch = iter
) -> Built:
    """Builds the dataset of a project, then swaps it for the old one.

    Args:
        project: A folder with ``seeds/`` and, optionally, ``annotations/``.
        skip_invalid: Leave out articles and relations that are invalid, instead of building nothing.
        tell: Gets each issue as soon as it is found, warnings too.
        watch: Gets the seeds, and yields them one by one as the build asks for them.

    Raises:
        InvalidError: an article, an annotation or a relation is wrong, or files of the user's are in the way; nothing was
            written.
        OSError: something cannot be read or written, or another build is running; the old dataset is untouched.
    """
    with staging(project) as new:
        _refuse_user_files(project)
        built = make(project, new, skip_invalid=skip_invalid, tell=tell, watch=watch)
        switch(new, project, (DATA, CHECKOUT, DATASHEET), partial(_check_again, project, new))
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


def make(
    project: Path,
    into: Path,
    *,
    skip_invalid: bool = False,
    tell: Callable[[Issue], object] | None = None,
    watch: Watch = iter,
) -> Built:
    """Builds the dataset of a project into another folder, which must be empty. The arguments are those of `build`.

    Raises:
        InvalidError: articles, annotations or relations are wrong; it holds the issues of all of them.
        OSError: something cannot be read or written.
    """
    found, passed_over, issues = listed(project)
    left_out = LeftOut(tell, skip_invalid=skip_invalid)
    left_out.add(issues)
    all_seeds = [*found, *(Path(issue.file) for issue in issues if issue.file)]  # also those that cannot be used
    known, issues = metadata_lines(project)
    left_out.add(issues)
    if lost := [issue for issue in issues if issue.article is None]:
        raise InvalidError(lost)  # nobody knows which article such a line is about
    left_out.add(without_seed(project, all_seeds, known))
    while (dataset := _articles(project, into / DATA, list(left_out.others(found)), known, left_out, watch)) is None:
        shutil.rmtree(into / DATA)  # some are wrong only beside others, which is known last
    copy_licences(project, into / DATA)
    written = dataset.describe(old=project / DATA)
    _describe_project(project, into, written)
    names = tuple(shown(project, path) for path in passed_over)
    return Built(written.tables, written.digest, names, tuple(left_out.names(project, found)))


def _articles(  # noqa: PLR0913, PLR0917 - what a build knows
    project: Path, into: Path, seeds: list[Path], known: Known, left_out: LeftOut, watch: Watch
) -> DatasetFolder | None:
    """Writes all articles and relations, or returns None if some articles must be left out for the sake of others.

    Raises:
        InvalidError: some are wrong and may not be left out, or no article is right.
    """
    corpus = validation.Corpus()
    related = (project / annotation_files.RELATIONS).exists()
    sketched = len({split_of_seed(shown(project, seed)) for seed in seeds}) > 1
    with DatasetFolder(into) as dataset:
        for seed in watch(seeds):
            try:
                article = finished(project, seed, known)
            except InvalidError as invalid:
                left_out.add(invalid.issues, article=id_of(seed))
                continue
            where = validation.Where(str(seed), None, known_split=split_of_seed(shown(project, seed)))
            corpus.add(validation.card(article, sketched=sketched, related=related), where)
            dataset.add(article)
        beside = validation.dataset_issues(corpus)
        left_out.add(beside)
        left_out.stop_if_wrong(articles=len(dataset.propositions))
        if any(issue.severity == "error" for issue in beside):
            return None
        dataset.relate(_relations(project, corpus, left_out))
    left_out.stop_if_wrong(articles=len(dataset.propositions))
    return dataset


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
