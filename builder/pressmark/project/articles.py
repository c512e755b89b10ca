"""A dataset project: a folder with ``seeds/`` and ``annotations/``, and the articles that the two make together."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pressmark.project import annotation_files, write_file
from pressmark.project.drafts import anchor
from pressmark.project.records import articles as read_articles
from pressmark.project.seeds import METADATA, metadata, read, seeds, there
from pressmark.record.encode import json_text
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Annotation
from pressmark.record.text import quoted, shortened
from pressmark.segment import segment
from pressmark.validation import Document, convert, documents, errors, kind_of, schema_issues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Article
    from pressmark.validation import Survey


def articles(project: Path, found: list[Path], wrong: list[Issue]) -> Iterator[Article]:
    """The finished articles; what is wrong with the others goes into the list, so that one run names everything."""
    known = metadata(project)
    names = {_name(project, path): path for path in found}
    wrong += _strangers(project, sorted(known.keys() - names), found)
    for name, path in names.items():
        try:
            article = assembled(project, path, known.get(name, {}))
            problems = [_placed(project, article, issue) for issue in errors(article)]
        except InvalidError as invalid:
            problems = list(invalid.issues)
        wrong += problems
        if not problems:
            yield article


def _strangers(project: Path, described: list[str], found: list[Path]) -> Iterator[Issue]:
    """What is said of seeds that are not there."""
    for name in described:
        yield Issue("metadata-file-name", f"there is no seed {name!r}", file=str(project / METADATA))
    stems = {path.stem for path in found}
    for path in sorted((project / annotation_files.FOLDER).glob("*.json")):
        if path.stem not in stems and path != project / annotation_files.RELATIONS:
            yield Issue("annotation-seed", "there is no seed of that name; rename or remove it", file=str(path))


def _name(project: Path, seed: Path) -> str:
    return seed.relative_to(project / "seeds").as_posix()


def assembled(project: Path, path: Path, known: dict[str, Any]) -> Article:
    """The article of a seed with its annotation and its zones and sentences.

    Raises:
        InvalidError: the seed or its annotation cannot be used.
        OSError: one of them cannot be read.
    """
    article = read(project, path, known)
    annotated = project / annotation_files.path_of(article.id)
    if there(project, annotated):
        article = annotation_files.curate(article, annotation_files.annotation(annotated, article))
    return segment(article)


def _placed(project: Path, article: Article, issue: Issue) -> Issue:
    """The issue with the file in which it has to be mended."""
    top = issue.pointer.split("/")[1] if issue.pointer else ""
    annotated = project / annotation_files.path_of(article.id)
    if top in {"metadata", "language"}:
        place = project / METADATA
    elif top in {"entities", "quotes", "claims", "annotators", "layers", "zones"} and annotated.exists():
        place = annotated
    else:
        place = project / (article.metadata.source_file or "")
    return issue.within(str(place))


def issues_in(path: Path, survey: Survey) -> Iterator[Issue]:
    """What is wrong in a file of records or annotations. An annotation in a project is judged on its seed's text.

    Raises:
        OSError: the file cannot be read.
    """
    project = path.absolute().parent.parent
    seed = None
    if path.absolute().parent == project / annotation_files.FOLDER:
        seed = next((seed for seed in (project / "seeds").rglob("*.txt") if seed.stem == path.stem), None)
    if seed is None:
        if path.absolute() == project / annotation_files.RELATIONS:
            _acquaint(survey, path)
        yield from survey.file(path)
        return
    try:
        article = annotation_files.curate(plain := segment(read(project, seed, {})), annotation_files.annotation(path, plain))
        yield from survey.article(segment(article), str(path))
    except InvalidError as invalid:
        yield from invalid.issues


def _acquaint(survey: Survey, relations: Path) -> None:
    """Let the relations of a project refer to all its annotations, also where only some files are named, as by pre-commit."""
    for path in sorted(relations.parent.glob("*.json")):
        for document in documents(path) if path.name != relations.name else ():
            if isinstance(document, Document) and not any(True for _ in schema_issues("annotation", document.record)):
                survey.know(convert(document.record, Annotation), str(path))


def find(project: Path, name: str) -> Iterator[Article]:
    """The article of that id in a project or, where the name is that of a file, the articles in it.

    Raises:
        InvalidError: there is none, or it cannot be used.
        OSError: a file cannot be read.
    """
    path = Path(name)
    if path.is_file() and path.suffix != ".txt" and not _is_annotation(path):
        yield from read_articles(path)
        return
    if path.is_file():
        project, name = path.absolute().parent.parent, path.stem
    found = {seed.stem: seed for seed in seeds(project)[0]}
    if name not in found:
        near = difflib.get_close_matches(name, found, 3, 0.3)
        hint = f"did you mean {' or '.join(near)}?" if near else "name a file, or the stem of a seed"
        raise InvalidError([Issue("article", f"there is no article {quoted(name)}; {hint}", file=str(project / "seeds"))])
    known = metadata(project).get(_name(project, found[name]), {})
    article = assembled(project, found[name], known)
    if wrong := [_placed(project, article, issue) for issue in errors(article)]:
        raise InvalidError(wrong)
    yield article


def _is_annotation(path: Path) -> bool:
    first = next(documents(path), None)
    return isinstance(first, Document) and kind_of(first.record) == "annotation"


def anchor_draft(draft: Path, project: Path) -> Path:
    """Anchor a draft on its seed and write the annotation; its path. What was there before is replaced.

    Raises:
        InvalidError: the draft cannot be anchored, or the annotation would break a rule; nothing is written.
        OSError: a file cannot be read or written.
    """
    try:
        (found,) = documents(draft)
    except ValueError:
        found = Issue("file-json", "holds more records than one; a draft is one JSON object")
    name = found.record.get("id") if isinstance(found, Document) and isinstance(found.record, dict) else None
    if isinstance(found, Issue):
        raise InvalidError([found.within(str(draft))])
    seed = next((path for path in seeds(project)[0] if path.stem == name), None)
    if seed is None:
        message = f"its id is {shortened(repr(name))}, and there is no such seed"
        raise InvalidError([Issue("annotation-seed", message, "/id", str(draft))])
    plain = segment(read(project, seed, {}))
    try:
        annotation = anchor(found.record, plain)
    except InvalidError as invalid:
        raise InvalidError(issue.within(str(draft)) for issue in invalid.issues) from None
    article = segment(annotation_files.curate(plain, annotation))
    if wrong := [issue.within(str(draft)) for issue in errors(article)]:
        raise InvalidError(wrong)
    path = project / annotation_files.path_of(article.id)
    path.parent.mkdir(exist_ok=True)
    write_file.write(path, json_text(annotation))
    return path
