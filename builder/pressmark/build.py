"""The flow: read → segment → annotate → validate → store → card; and the switch from the old dataset to the new one."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pressmark import card, store
from pressmark.annotate import curated
from pressmark.issue import InvalidError, Issue
from pressmark.project import articles
from pressmark.read import no_link_out, seeds, shown
from pressmark.switch import staging, switch
from pressmark.validate import Corpus, Where, dataset_issues, relation_issues
from pressmark.validate import card as card_of
from pressmark.views import VIEWS, relation_rows, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.model import Relation

DATA, CHECKOUT, DATASHEET = Path("data"), Path(".huggingface.yaml"), Path("DATASHEET.md")
SUMS = DATA / "SHA256SUMS"


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
    figures = card.Figures()
    wrong: list[Issue] = []
    corpus = Corpus()
    propositions: dict[str, dict[str, str]] = {}  # article id → claim id → proposition
    annotators: dict[str, frozenset[str]] = {}
    with ExitStack() as stack:
        (into / DATA).mkdir()
        tables = {view.name: stack.enter_context(store.ParquetTable(_parquet(into, view.name), view)) for view in VIEWS}
        lines = stack.enter_context((into / DATA / "articles.jsonl").open("wb"))
        for article in articles(project, found, wrong):
            figures.add(article)
            corpus.add(card_of(article), Where(str(project / (article.metadata.source_file or article.id)), None))
            lines.write(store.json_line(article))
            for name, made in rows(article).items():
                tables[name].add(made)
            propositions[article.id] = {claim.id: claim.proposition for claim in article.claims}
            annotators[article.id] = frozenset(annotator.id for annotator in article.annotators)
        wrong += dataset_issues(corpus)
        relations = () if wrong else _relations(project, propositions, annotators)
        if wrong:
            raise InvalidError(wrong)
        tables["relations"].add(relation_rows(relations, propositions))
    for relation in relations:
        figures.add_relation(relation)
    (into / DATA / "relations.jsonl").write_bytes(b"".join(map(store.json_line, relations)))
    digest = sha256("".join(table.digest for table in tables.values()).encode()).hexdigest()
    _describe(project, into, digest, figures)
    counts = {name: table.count for name, table in tables.items()}
    return Built(counts, digest, tuple(shown(project, path) for path in besides))


def _parquet(root: Path, view: str) -> Path:
    return root / DATA / view / "train-00000-of-00001.parquet"


def _relations(
    project: Path, propositions: dict[str, dict[str, str]], annotators: dict[str, frozenset[str]]
) -> tuple[Relation, ...]:
    path = project / curated.RELATIONS
    if path.exists():
        no_link_out(project, path)
    relations = curated.relations(path)
    if wrong := list(relation_issues(relations, propositions, annotators)):
        raise InvalidError(issue.within(str(path)) for issue in wrong)
    return relations


def _describe(project: Path, into: Path, digest: str, figures: card.Figures) -> None:
    """Everything that is written about the tables: the card, the datasheet's figures, the checksums."""
    (into / DATA / "README.md").write_bytes(card.card(_text(project / DATA / "README.md"), digest, figures))
    (into / CHECKOUT).write_bytes(card.checkout_yaml(digest))
    datasheet = _text(project / DATASHEET)
    if datasheet is not None:
        (into / DATASHEET).write_bytes(card.with_figures(datasheet, figures).encode())
    (into / SUMS).write_text("".join(_sums(into / DATA)), encoding="utf-8")


def _text(path: Path) -> str | None:
    """The text of a file with its line ends, or None where there is no file."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise InvalidError([Issue("card-encoding", f"byte {error.start} is not UTF-8", file=str(path))]) from None


def _sums(data: Path) -> Iterator[str]:
    for path in files(data):
        if path.name != SUMS.name:
            yield f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(data).as_posix()}\n"


def files(folder: Path) -> list[Path]:
    """All files below a folder, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())
