"""Reads the annotated articles of each side from files, and pairs the two sides by id."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.project import annotation_files, records
from pressmark.project.seeds import id_of, read, seeds
from pressmark.record.issue import InvalidError, Issue
from pressmark.scoring.pair import Pair
from pressmark.segment import segment
from pressmark.validation import Document, article_issues, documents, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pressmark.record.model import Article

    Seeds = dict[str, Path]


def articles_in(path: Path, project: Path | None = None) -> list[Article]:
    """Read the articles of a file of records, of an annotation, or of all ``.json`` files in a folder except relations.

    An annotation holds no text, so the text is read from the seed of the same name in the project. The default project is the
    nearest folder above the annotation that has ``seeds/``, or else the working directory.

    Raises:
        InvalidError: a file is invalid, or does not match its seed.
        OSError: a file cannot be read.
    """
    found: list[Article] = []
    issues: list[Issue] = []
    known: dict[Path, Seeds] = {}
    for file in _files(path):
        try:
            found += [_annotated(file, project or _project_of(file), known)] if _is_annotation(file) else records.articles(file)
        except InvalidError as invalid:
            issues += invalid.issues
    if issues:
        raise InvalidError(dict.fromkeys(issues))
    return found


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.glob("*.json") if file.name != annotation_files.RELATIONS.name)
    if not files:
        raise InvalidError([Issue("score-nothing", "there is no annotation (.json) in the folder", file=str(path))])
    return files


def _is_annotation(path: Path) -> bool:
    first = next(documents(path), None)
    return isinstance(first, Document) and kind_of(first.record) == "annotation"


def _project_of(file: Path) -> Path:
    return next((parent for parent in file.absolute().parents if (parent / "seeds").is_dir()), Path())


def _annotated(file: Path, project: Path, known: dict[Path, Seeds]) -> Article:
    if not (project / "seeds").is_dir():
        message = "an annotation has no text, and there is no seeds/ folder above it; name the project with --project"
        raise InvalidError([Issue("annotation-seed", message, file=str(file))])
    if project not in known:
        known[project] = {id_of(seed): seed for seed in seeds(project)[0]}
    if file.stem not in known[project]:
        message = f"there is no seed with this name in {project / 'seeds'}"
        raise InvalidError([Issue("annotation-seed", message, file=str(file))])
    plain = segment(read(project, known[project][file.stem], {}))
    article = segment(annotation_files.curate(plain, annotation_files.annotation(file, plain)))
    if wrong := [issue.within(str(file)) for issue in article_issues(article) if issue.severity == "error"]:
        raise InvalidError(wrong)
    return article


def paired(gold: Iterable[Article], pred: Iterable[Article], *, common: bool = False) -> tuple[list[Pair], list[str]]:
    """Pair the articles of both sides, sorted by id. With ``common``, also return the ids that only one side has.

    Raises:
        InvalidError: an id is there twice, on one side only, or with two texts; or no article is left.
    """
    issues: list[Issue] = []
    golds, preds = _by_id(gold, "gold", issues), _by_id(pred, "prediction", issues)
    alone = sorted(golds.keys() ^ preds.keys())
    if not common:
        issues += _lonely(alone, golds)
    pairs = []
    for name in sorted(golds.keys() & preds.keys()):
        if golds[name].text_sha256 == preds[name].text_sha256:
            pairs.append(Pair(golds[name], preds[name]))
        else:
            issues.append(_two_texts(golds[name], preds[name]))
    if not issues and not pairs:
        issues = [Issue("score-nothing", "the two sides have no article in common")]
    if issues:
        raise InvalidError(issues)
    return pairs, alone


def _by_id(articles: Iterable[Article], side: str, issues: list[Issue]) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for article in articles:
        if article.id in found:
            issues.append(Issue("score-twice", f"occurs twice in the {side}", article=article.id))
        found[article.id] = article
    return found


def _lonely(names: list[str], golds: Mapping[str, Article]) -> Iterator[Issue]:
    for name in names:
        has, lacks = ("gold", "prediction") if name in golds else ("prediction", "gold")
        message = f"is in the {has}, but not in the {lacks}; --common scores what both have"
        yield Issue("score-article", message, article=name)


def _two_texts(gold: Article, pred: Article) -> Issue:
    message = f"the two annotate different texts: {gold.text_sha256} in the gold, {pred.text_sha256} in the prediction"
    return Issue("score-text", message, "/text_sha256", article=gold.id)
