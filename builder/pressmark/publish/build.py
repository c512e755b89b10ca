"""The flow: seeds → read → annotations → segment → validate → views → folder → card → swap."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark import validation
from pressmark.project import annotation_files
from pressmark.project.articles import finished, without_seed
from pressmark.project.seeds import metadata, seeds, shown, there
from pressmark.publish import card
from pressmark.publish.agreement_table import agreement
from pressmark.publish.folder import CARD, DatasetFolder, text
from pressmark.publish.swap import staging, switch
from pressmark.publish.user_files import refuse_user_files
from pressmark.record.issue import InvalidError, Issue

if TYPE_CHECKING:
    from pressmark.publish.folder import Written
    from pressmark.record.relation import Relation

DATA, CHECKOUT, DATASHEET = Path("data"), Path(".huggingface.yaml"), Path("DATASHEET.md")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the rows of each view, the digest of them all, and the files of ``seeds/`` that it passed over."""

    rows: dict[str, int]
    digest: str
    passed_over: tuple[str, ...]


def build(project: Path) -> Built:
    """Builds the dataset of a project, then swaps it for the old one in one step.

    Raises:
        InvalidError: an article, an annotation or a relation is wrong, or files of the user's are in the way; nothing was
            written.
        OSError: something cannot be read or written, or another build is running; the old dataset is untouched.
    """
    with staging(project) as new:
        _refuse_user_files(project)
        built = make(project, new)
        _refuse_user_files(project)
        switch(new, project, (DATA, CHECKOUT, DATASHEET))
    return built


def _refuse_user_files(project: Path) -> None:
    """Lets a build replace only what pressmark wrote and nobody changed. It carries the prose of card and datasheet over."""
    refuse_user_files(project / DATA, carried={CARD})
    path = project / CHECKOUT
    if path.is_file() and not card.is_checkout_yaml(path.read_bytes()):
        message = "pressmark did not write this file, or it was changed since, and a build would overwrite it"
        raise InvalidError([Issue("user-file", f"{message}; move or remove it", file=str(path))])


def make(project: Path, into: Path) -> Built:
    """Builds the dataset of a project into another folder, which must be empty.

    Raises:
        InvalidError: articles, annotations or relations are wrong; it holds the issues of all of them.
        OSError: something cannot be read or written.
    """
    found, passed_over = seeds(project)
    known = metadata(project)
    wrong = list(without_seed(project, found, known))
    corpus = validation.Corpus()
    with DatasetFolder(into / DATA) as dataset:
        for seed in found:
            try:
                article = finished(project, seed, known)
            except InvalidError as invalid:
                wrong += invalid.issues
                continue
            corpus.add(validation.card(article), validation.Where(str(seed), None))
            dataset.add(article)
        wrong += validation.dataset_issues(corpus)
        if wrong:
            raise InvalidError(wrong)
        dataset.relate(_relations(project, dataset))
    written = dataset.describe(old=project / DATA)
    _describe_project(project, into, written)
    return Built(written.rows, written.digest, tuple(shown(project, path) for path in passed_over))


def _relations(project: Path, dataset: DatasetFolder) -> tuple[Relation, ...]:
    """Reads the relations of a project and checks them against the articles of the dataset."""
    path = project / annotation_files.RELATIONS
    relations = annotation_files.relations(path) if there(project, path) else ()
    if wrong := list(validation.relation_issues(relations, dataset.propositions, dataset.annotators)):
        raise InvalidError(issue.within(str(path)) for issue in wrong)
    return relations


def _describe_project(project: Path, into: Path, written: Written) -> None:
    """Writes what stands beside the dataset folder: how `datasets` loads the checkout, and the datasheet with its figures."""
    (into / CHECKOUT).write_bytes(card.checkout_yaml(written.digest, written.filled))
    datasheet = text(project / DATASHEET)
    if datasheet is not None:
        agreed = agreement(project) if card.AGREEMENT_BEGIN in datasheet else None
        (into / DATASHEET).write_bytes(card.with_figures(datasheet, written.figures, agreed).encode())
