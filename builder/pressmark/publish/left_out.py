"""Keeps account of what a build leaves out because it is invalid, and says each issue as soon as it is found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.project.seeds import id_of
from pressmark.record.issue import InvalidError, json_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pressmark.record.issue import Issue


class LeftOut:
    """What a build leaves out. Unless ``skip_invalid`` is set, a build that would leave out anything stops."""

    def __init__(self, tell: Callable[[Issue], object] | None, *, skip_invalid: bool) -> None:
        self._tell = tell
        self._skip = skip_invalid
        self._issues: dict[Issue, None] = {}
        self._articles: set[str] = set()

    def add(self, issues: Iterable[Issue], article: str | None = None) -> None:
        """Takes note of issues and says them. An error of an ``article``, or one that names an article, leaves it out."""
        for issue in issues:
            if issue in self._issues:
                continue
            self._issues[issue] = None
            if self._tell is not None:
                self._tell(issue)
            if issue.severity == "error" and (name := issue.article or article):
                self._articles.add(name)

    def others(self, seeds: Iterable[Path]) -> Iterator[Path]:
        """The seeds that are not left out."""
        return (seed for seed in seeds if id_of(seed) not in self._articles)

    def stop_if_wrong(self, *, articles: int) -> None:
        """Does nothing if the build may go on with so many articles.

        Raises:
            InvalidError: there are errors, and they may not be left out or leave no article; it holds them all.
        """
        errors = self._errors()
        if errors and not (self._skip and articles):
            raise InvalidError(errors)

    def names(self, project: Path, seeds: Iterable[Path]) -> Iterator[str]:
        """What is left out: seeds, other files and records of files, each by its path in the project."""
        yield from (seed.relative_to(project).as_posix() for seed in seeds if id_of(seed) in self._articles)
        others = (issue for issue in self._errors() if issue.article is None)
        places = dict.fromkeys(_place(project, issue) for issue in others)
        yield from (place for place in places if id_of(Path(place)) not in self._articles)

    def _errors(self) -> list[Issue]:
        return [issue for issue in self._issues if issue.severity == "error"]


def _place(project: Path, issue: Issue) -> str:
    file = Path(issue.file or "").relative_to(project).as_posix()
    return f"{file}: {json_path('/' + issue.pointer.split('/')[1])}" if issue.pointer else file
