"""The flow: read → segment → annotate → validate → store → card; and the switch from the old dataset to the new one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.project import annotation_files
from pressmark.project.articles import articles
from pressmark.project.seeds import seeds, shown, there
from pressmark.publish import card, folder
from pressmark.publish.agreement_table import agreement
from pressmark.publish.swap import staging, switch
from pressmark.record.issue import InvalidError, Issue
from pressmark.validation import Corpus, Where, dataset_issues, relation_issues
from pressmark.validation import card as card_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.publish.folder import Annotators
    from pressmark.publish.views.relations import Propositions
    from pressmark.record.model import Article, Relation

DATA, CHECKOUT, DATASHEET = Path("data"), Path(".huggingface.yaml"), Path("DATASHEET.md")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the rows of each view, the digest of them all, and the files of ``seeds/`` that it passed over."""

    rows: dict[str, int]
    digest: str
    passed_over: tuple[str, ...]


def build(project: Path) -> Built:
    """Build the dataset of a project and put it in the place of the old one, whole.

    Raises:
        InvalidError: an article, an annotation or a relation is wrong; nothing was written.
        OSError: something cannot be read or written, or another build is running; the old dataset is untouched.
    """
    with staging(project) as new:
        built = make(project, new)
        switch(new, project, (DATA, CHECKOUT, DATASHEET))
    return built


def make(project: Path, into: Path) -> Built:
    """Build the dataset of a project into another folder, which must be empty.

    Raises:
        InvalidError: an article, an annotation or a relation is wrong.
        OSError: something cannot be read or written.
    """
    found, besides = seeds(project)
    wrong: list[Issue] = []
    corpus = Corpus()

    def surveyed() -> Iterator[Article]:
        for article in articles(project, found, wrong):
            corpus.add(card_of(article), Where(str(project / (article.metadata.source_file or article.id)), None))
            yield article

    def relations(propositions: Propositions, annotators: Annotators) -> tuple[Relation, ...]:
        wrong.extend(dataset_issues(corpus))
        if wrong:
            raise InvalidError(wrong)
        return _relations(project, propositions, annotators)

    written = folder.write(into / DATA, surveyed(), relations, old=project / DATA)
    (into / CHECKOUT).write_bytes(card.checkout_yaml(written.digest, written.filled))
    datasheet = folder.text(project / DATASHEET)
    if datasheet is not None:
        agreed = agreement(project) if card.AGREEMENT_BEGIN in datasheet else None
        (into / DATASHEET).write_bytes(card.with_figures(datasheet, written.figures, agreed).encode())
    return Built(written.rows, written.digest, tuple(shown(project, path) for path in besides))


def _relations(project: Path, propositions: Propositions, annotators: Annotators) -> tuple[Relation, ...]:
    path = project / annotation_files.RELATIONS
    relations = annotation_files.relations(path) if there(project, path) else ()
    if wrong := list(relation_issues(relations, propositions, annotators)):
        raise InvalidError(issue.within(str(path)) for issue in wrong)
    return relations
