"""Writes what another tool's file says into the annotations of a project."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pressmark.formats.reconcile import is_same_text, reconciled
from pressmark.project import annotation_files, write_file
from pressmark.project.articles import assembled
from pressmark.project.seeds import by_id, file_name, metadata, there
from pressmark.record.issue import Issue
from pressmark.record.text import quoted
from pressmark.validation import issues as rule_issues

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.formats.reconcile import Foreign
    from pressmark.record.model import Annotator, Article


def bring_in(project: Path, found: Iterable[Foreign], keeps: frozenset[str], annotator: Annotator) -> Iterator[Path | Issue]:
    """Writes the corrected annotation of each article, and returns its path and what is wrong with it.

    An article whose text is another is refused; the others are written. What breaks a rule is written too, and reported.

    Raises:
        InvalidError: the project's seeds or metadata cannot be used.
        OSError: a file cannot be read or written.
    """
    known = metadata(project)
    seeds = by_id(project)
    write_file.clear(project / annotation_files.FOLDER)
    versions: dict[str, list[Foreign]] = defaultdict(list)
    for foreign in found:
        versions[foreign.id].append(foreign)
    for name, several in versions.items():
        if len(several) > 1:
            people = ", ".join(foreign.by or "?" for foreign in several)
            yield Issue(
                "import-several", f"{len(several)} annotations, by {people}; choose one of them with --by", article=name
            )
        elif name not in seeds:
            yield Issue("import-article", f"the project has no article {quoted(name)}", article=name)
        else:
            seed = seeds[name]
            article = assembled(project, seed, known.get(file_name(project, seed), {}))
            yield from _bring_in(project, several[0], article, keeps, annotator)


def _bring_in(
    project: Path, foreign: Foreign, article: Article, keeps: frozenset[str], annotator: Annotator
) -> Iterator[Path | Issue]:
    if not is_same_text(foreign, article):
        yield Issue(
            "import-text",
            "the file was made on another text than the seed's, so its offsets mean nothing here",
            article=article.id,
        )
        return
    made, problems = reconciled(foreign, article, keeps, annotator)
    yield from (problem.within("", article=article.id) for problem in problems)
    path = project / annotation_files.path_of(article.id)
    if made != article:
        path.parent.mkdir(exist_ok=True)
        before = path.read_bytes() if there(project, path) else None
        old = annotation_files.annotation(path, article) if before else None
        write_file.write(path, annotation_files.as_file(annotation_files.taken_from(made, old), before))
        yield path
    yield from (issue.within(str(path), article=article.id) for issue in rule_issues(made))
