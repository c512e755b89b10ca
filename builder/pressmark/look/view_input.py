"""Reads what a page shows: articles with what `validate` says of them, and relations. One bad article costs one article."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pressmark.project import annotation_files
from pressmark.project.articles import assembled, dataset_records
from pressmark.project.record_files import record_files
from pressmark.project.seeds import METADATA, SUFFIX, file_name, id_of, listed, metadata_lines, read
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Article
from pressmark.record.relation import Relation
from pressmark.record.text import quoted
from pressmark.segment import segment
from pressmark.validation import (
    Corpus,
    Where,
    article_issues,
    card,
    convert,
    dataset_issues,
    documents,
    issues,
    kind_of,
    schema_issues,
)
from pressmark.validation.decoder import follows_schema

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_RELATIONS = "relations.jsonl"  # of a dataset folder, as `build` makes it


@dataclass(slots=True)
class Found:
    """What was read. ``issues`` has the messages about each article, ``files`` where it is from; ``left_out`` the others."""

    articles: dict[str, Article] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    issues: dict[str, list[Issue]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    left_out: list[Issue] = field(default_factory=list)

    def errors(self) -> list[Issue]:
        """What breaks a rule, without the warnings."""
        found = (issue for about in (*self.issues.values(), self.left_out) for issue in about)
        return [issue for issue in found if issue.severity == "error"]


def found_in(paths: Iterable[Path]) -> Found:
    """Reads projects (with ``seeds/``), other folders of records, and files: records, relations, annotations, texts.

    An annotation has its text in the project around it. An article that breaks a rule is shown with the messages about it;
    one whose shape is wrong is left out.

    Raises:
        InvalidError: there is no article left to show.
        OSError: a file cannot be read.
    """
    found = Found()
    for path in paths:
        if (path / METADATA.parent).is_dir():
            _project(path, found)
        elif path.is_dir():
            for file in _dataset(path) or record_files(path):
                _file(file, found)
        else:
            _file(path, found)
    if not found.articles:
        raise InvalidError(
            found.left_out or [Issue("view-nothing", "there is no article in it", file=" ".join(map(str, paths)))]
        )
    _relate(found)
    return found


def _dataset(folder: Path) -> list[Path]:
    """The records of a built dataset, which has them as tables, too."""
    records = dataset_records(folder)
    return [*records, *(path for path in [folder / _RELATIONS] if records and path.is_file())]


def _project(project: Path, found: Found) -> None:
    seeds, _, wrong = listed(project)
    known, lines = metadata_lines(project)
    found.left_out += wrong + lines
    for seed in seeds:
        _seed(project, seed, known, found)
    if (project / annotation_files.RELATIONS).is_file():
        _file(project / annotation_files.RELATIONS, found)


def _seed(project: Path, seed: Path, known: dict[str, dict[str, Any]], found: Found) -> None:
    try:
        article = assembled(project, seed, known.get(file_name(project, seed), {}))
    except InvalidError as invalid:
        found.left_out += invalid.issues
        return
    if follows_schema("article", article):
        _add(article, project / annotation_files.path_of(article.id), found)
    else:
        found.left_out += [issue.within(str(project / METADATA), article=article.id) for issue in issues(article)]


def _file(path: Path, found: Found) -> None:
    if path.suffix.lower() == SUFFIX:
        _text(path, found)
        return
    for document in documents(path):
        if isinstance(document, Issue):
            found.left_out.append(document.within(str(path)))
            continue
        kind = kind_of(document.record)
        if not follows_schema(kind, document.record):
            wrong = schema_issues(kind, document.record)
            placed = (replace(issue, pointer=document.pointer + issue.pointer) for issue in wrong)
            found.left_out += [issue.within(str(path), document.line) for issue in placed]
        elif kind == "annotation":
            _annotation(path, found)
        elif kind == "relation":
            relation = convert(document.record, Relation)
            found.relations[relation.id] = relation
        else:
            _add(convert(document.record, Article), path, found)


def _text(path: Path, found: Found) -> None:
    """A text has its annotation if it is a seed of a project, and none elsewhere."""
    project = _around(path)
    if project and (project / METADATA.parent) in path.absolute().parents:
        _seed(project, path.absolute(), metadata_lines(project)[0], found)
        return
    try:
        _add(segment(read(path.parent, path, {})), path, found)
    except InvalidError as invalid:
        found.left_out += invalid.issues


def _annotation(path: Path, found: Found) -> None:
    project = _around(path)
    seed = next((seed for seed in listed(project).seeds if id_of(seed) == path.stem), None) if project else None
    if project is None or seed is None:
        message = "an annotation has no text, and no folder around it has a seed with this name in seeds/"
        found.left_out.append(Issue("annotation-seed", message, file=str(path)))
        return
    known = metadata_lines(project)[0].get(file_name(project, seed), {})
    try:
        plain = segment(read(project, seed, known))
        _add(segment(annotation_files.curate(plain, annotation_files.annotation(path, plain))), path, found)
    except InvalidError as invalid:
        found.left_out += invalid.issues


def _around(path: Path) -> Path | None:
    """The nearest project around a file."""
    return next((folder for folder in path.absolute().parents if (folder / METADATA.parent).is_dir()), None)


def _add(article: Article, path: Path, found: Found) -> None:
    if article.id in found.articles:
        message = f"{quoted(article.id)} is already the id of an earlier article, which is shown instead"
        found.left_out.append(Issue("article-unique", message, "/id", file=str(path)))
        return
    found.articles[article.id], found.files[article.id] = article, str(path)
    found.issues[article.id] = [issue.within(str(path), article=article.id) for issue in article_issues(article)]


def _relate(found: Found) -> None:
    """Keeps the relations between claims that are shown, and notes what is wrong with the dataset as a whole."""
    claims = {(article.id, claim.id) for article in found.articles.values() for claim in article.claims}
    sides = {one.id: {(side.article, side.claim) for side in (one.a, one.b)} for one in found.relations.values()}
    found.relations = {name: one for name, one in found.relations.items() if sides[name] <= claims}
    corpus = Corpus()
    for article in found.articles.values():
        corpus.add(card(article, related=True), Where(found.files[article.id], None))
    for relation in found.relations.values():
        corpus.relate(relation, Where("", None))
    found.left_out += [replace(issue, pointer="") for issue in dataset_issues(corpus)]
