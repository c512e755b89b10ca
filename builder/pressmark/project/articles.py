"""How a seed becomes an article: read → annotation → zones and sentences → validation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressmark.project import annotation_files
from pressmark.project.seeds import EXAMPLE, METADATA, file_name, id_of, metadata_line, read, there
from pressmark.record.issue import InvalidError, Issue
from pressmark.segment import segment
from pressmark.validation import article_issues, errors
from pressmark.validation.decoder import follows_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pressmark.record.model import Article


RECORDS = "articles"  # the stem of a dataset's file of records


def dataset_records(data: Path) -> list[Path]:
    """The files of a dataset folder that hold its records: ``articles.jsonl``, or its numbered shards in their order."""
    one = data / f"{RECORDS}.jsonl"
    return [one] if one.is_file() else sorted(data.glob(f"{RECORDS}-*-of-*.jsonl"))


def finished(project: Path, seed: Path, known: dict[str, Any]) -> Article:
    """Returns the complete article of a seed, which breaks no rule. ``known`` is its line of ``seeds/metadata.jsonl``.

    Raises:
        InvalidError: the seed or its annotation cannot be used, or the article breaks a rule; each issue has the file to mend.
        OSError: a file cannot be read.
    """
    article = assembled(project, seed, known)
    if wrong := _errors(article):
        raise InvalidError(_placed(project, article, issue) for issue in wrong)
    return article


def assembled(project: Path, seed: Path, known: dict[str, Any]) -> Article:
    """Returns the article of a seed with its annotation, zones and sentences, not yet validated.

    ``known`` is the seed's line of ``seeds/metadata.jsonl``, or empty.

    Raises:
        InvalidError: the seed or its annotation cannot be used.
        OSError: one of them cannot be read.
    """
    article = read(project, seed, known)
    annotated = project / annotation_files.path_of(article.id)
    if there(project, annotated):
        article = annotation_files.curate(article, annotation_files.annotation(annotated, article))
    return segment(article)


def _errors(article: Article) -> list[Issue]:
    """The errors of an article. `jsonschema` runs only where it has something to report."""
    if not follows_schema("article", article):
        return errors(article)
    return [issue for issue in article_issues(article) if issue.severity == "error"]


def _placed(project: Path, article: Article, issue: Issue) -> Issue:
    """Adds to an issue the file in which it has to be mended."""
    top = issue.pointer.split("/")[1] if issue.pointer else ""
    annotated = project / annotation_files.path_of(article.id)
    if top in {"metadata", "language"}:
        name = (article.metadata.source_file or "").removeprefix("seeds/")
        return issue.within(str(project / METADATA), metadata_line(project, name))
    if top in {"entities", "quotes", "claims", "annotators", "layers", "zones"} and annotated.exists():
        place = annotated
    else:
        place = project / (article.metadata.source_file or "")
    return issue.within(str(place))


def without_seed(project: Path, seeds: list[Path], known: dict[str, dict[str, Any]]) -> Iterator[Issue]:
    """Finds the lines of ``seeds/metadata.jsonl`` and the annotations that have no seed."""
    for name in sorted(known.keys() - {file_name(project, seed) for seed in seeds} - {EXAMPLE}):
        yield Issue("metadata-file-name", f"there is no seed {name!r}", file=str(project / METADATA))
    stems = {id_of(seed) for seed in seeds}
    for path in sorted((project / annotation_files.FOLDER).glob("*.json")):
        if path.stem not in stems and path != project / annotation_files.RELATIONS:
            yield Issue("annotation-seed", "there is no seed with this name; rename or remove this file", file=str(path))
