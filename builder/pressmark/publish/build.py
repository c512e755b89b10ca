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
from pressmark.publish.folder import DatasetFolder, text
from pressmark.publish.swap import staging, switch
from pressmark.record.issue import InvalidError

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
        InvalidError: an article, an annotation or a relation is wrong; nothing was written.
        OSError: something cannot be read or written, or another build is running; the old dataset is untouched.
    """
    with staging(project) as new:
        built = make(project, new)
        switch(new, project, (DATA, CHECKOUT, DATASHEET))
    return built


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
    related = (project / annotation_files.RELATIONS).exists()
    with DatasetFolder(into / DATA) as dataset:
        for seed in found:
            try:
                article = finished(project, seed, known)
            except InvalidError as invalid:
                wrong += invalid.issues
                continue
            corpus.add(validation.card(article, related=related), validation.Where(str(seed), None))
            dataset.add(article)
        relations = () if wrong else _relations(project, corpus)
        wrong += (issue for issue in validation.dataset_issues(corpus) if issue.severity == "error")
        if wrong:
            raise InvalidError(wrong)
        dataset.relate(relations)
    written = dataset.describe(old=project / DATA)
    _describe_project(project, into, written)
    return Built(written.rows, written.digest, tuple(shown(project, path) for path in passed_over))


def _relations(project: Path, corpus: validation.Corpus) -> tuple[Relation, ...]:
    """Reads the relations of a project and adds them to what is checked as a dataset."""
    path = project / annotation_files.RELATIONS
    relations = annotation_files.relations(path) if there(project, path) else ()
    for i, relation in enumerate(relations):
        corpus.relate(relation, validation.Where(str(path), None, f"/{i}"))
    return relations


def _describe_project(project: Path, into: Path, written: Written) -> None:
    """Writes what stands beside the dataset folder: how `datasets` loads the checkout, and the datasheet with its figures."""
    (into / CHECKOUT).write_bytes(card.checkout_yaml(written.digest, written.filled))
    datasheet = text(project / DATASHEET)
    if datasheet is not None:
        agreed = agreement(project) if card.AGREEMENT_BEGIN in datasheet else None
        (into / DATASHEET).write_bytes(card.with_figures(datasheet, written.figures, agreed).encode())
