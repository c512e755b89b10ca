"""pressmark validate: checks records."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressmark.cli.console import DATA, USAGE, Format, Jobs, app, fail, need, print_issues, talk
from pressmark.cli.progress import counter, progress
from pressmark.record.text import visible

if TYPE_CHECKING:
    from pressmark.project.validate_file import Projects
    from pressmark.record.issue import Issue
    from pressmark.validation import Survey
    from pressmark.validation.rule import Rule


def _explain(code: str | None) -> None:
    if code is not None:
        typer.echo(_known([code])[0].page())
        raise typer.Exit


def _known(codes: Iterable[str]) -> "list[Rule]":
    from pressmark.record.contract import DOCS
    from pressmark.validation import meanings

    known = meanings()
    for code in codes:
        if code not in known:
            near = get_close_matches(code, known, 3)
            hint = f"did you mean {' or '.join(near)}?" if near else f"{DOCS}/rules.md lists all codes"
            fail(f"there is no code {code!r}; {hint}", USAGE)
    return [known[code] for code in codes]


@app.command()
def validate(  # noqa: PLR0913 - each is an option
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Records or annotations: JSON, JSON Lines or Parquet files, folders, projects, or - for standard input."
        ),
    ],
    *,
    output: Annotated[
        Format | None,
        typer.Option("--format", help="Output format.", show_default="text; github under GitHub Actions"),
    ] = None,
    level: Annotated[int, typer.Option(min=1, max=6, help="The highest level to check, from 1 (file) to 6 (dataset).")] = 6,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODE", help="Do not report this code. Repeatable.")] = None,
    warnings_as_errors: Annotated[bool, typer.Option("--warnings-as-errors", help="Exit with 1 on warnings.")] = False,
    jobs: Jobs = 1,
    max_explained: Annotated[int, typer.Option(min=0, help="Records to explain per file; the rest are counted.")] = 1000,
    fix: Annotated[bool, typer.Option("--fix", help="Make and show the corrections that lose no information.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, without changing it.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress bar.")] = False,
    _: Annotated[
        str | None,
        typer.Option("--explain", metavar="CODE", callback=_explain, is_eager=True, help="Explain a code, and exit."),
    ] = None,
) -> None:
    """Check records, and exit with 1 if one breaks a rule.

    Of a project, its annotations are checked, each on its seed; of another folder, the files of records in it. All files are
    checked together as one dataset. Warnings do not affect the exit code unless you set --warnings-as-errors.
    """
    from pressmark.record.jobs import workers
    from pressmark.validation import Settings, Survey

    if ignore:
        _known(ignore)
    need(*(file for file in files if file != Path("-")))
    found, projects = _expanded(files)
    output = output or _usual_format()
    if fix or diff:
        _repair(found, write=fix, aside=output is not Format.text)
    with workers(jobs) as each, _watched(found, quiet=quiet) as (watched, seen):
        survey = Survey(Settings(level, frozenset(ignore or ()), max_explained), found, each, seen)
        try:
            seeds = (issue for project in projects for issue in _project_issues(project))
            count = print_issues(chain(seeds, _issues_in(watched, survey), survey.dataset()), output)
        finally:
            survey.close()
    talk(f"pressmark: {_number(len(found), 'file')}, {_number(survey.records, 'record')}: {_summary(count)}")
    if count["error"] or (warnings_as_errors and count["warning"]):
        raise typer.Exit(DATA)


def _expanded(files: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The files that are named, with those of folders, and the folders that are projects."""
    found: list[Path] = []
    projects: list[Path] = []
    for file in files:
        if not file.is_dir():
            found.append(file)
            continue
        from pressmark.project.record_files import is_project, record_files

        inside = record_files(file)
        views = {path for path in inside if _view(path)}
        if is_project(file):
            projects.append(file)
        elif not inside:
            fail(f"{file}: has no .json, .jsonl, .ndjson or .parquet file", USAGE)
        if views:
            talk(f"{visible(str(file))}: left out {_number(len(views), 'view')}; `pressmark verify` checks a built dataset")
        found += (path for path in inside if path not in views)
    return found, projects


@contextmanager
def _watched(files: list[Path], *, quiet: bool) -> "Iterator[tuple[Iterator[Path], Callable[[], object] | None]]":
    """A bar counts the files; of a single one that may hold many records, it counts the records."""
    if len(files) == 1:
        with counter(None, "records", quiet or files[0].suffix == ".json") as seen:
            yield iter(files), seen
        return
    with progress(files, len(files), "files", quiet) as watched:
        yield watched, None


def _project_issues(project: Path) -> "Iterator[Issue]":
    from pressmark.project.record_files import project_issues

    return project_issues(project)


def _issues_in(files: Iterable[Path], survey: "Survey") -> "Iterator[Issue]":
    known: Projects = {}
    for file in files:
        if file.absolute().parent.name == "annotations":
            from pressmark.project.validate_file import issues_in

            yield from issues_in(file, survey, known)
        elif view := _view(file):
            from pressmark.record.issue import Issue

            message = f"this is the view {view}, which has no records; use `pressmark verify` on its dataset"
            yield Issue("schema-kind", message, file=str(file))
        else:
            yield from survey.file(file)


def _view(path: Path) -> str | None:
    """The view that a file is. Only Parquet files are looked at, and only they need `pyarrow`."""
    from pressmark.validation.level1_file.documents import STREAM, is_parquet

    if path == STREAM or not is_parquet(path):
        return None
    from pressmark.publish.which_view import which_view

    return which_view(path)


def _usual_format() -> Format:
    return Format.github if os.environ.get("GITHUB_ACTIONS") == "true" else Format.text


def _repair(files: Iterable[Path], *, write: bool, aside: bool) -> None:
    """Show the corrections, on standard error (``aside``) if standard output is for another program."""
    from pressmark.project.fix_files import repair

    for file in files:
        for line in repair(file, write=write):
            typer.echo(line, err=aside)


def _number(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _summary(count: Counter[str]) -> str:
    return ", ".join(_number(count[severity], severity) for severity in ("error", "warning") if count[severity]) or "no issues"
