"""What all commands share: the application, the exit codes, and how to print messages and issues."""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from pressmark.record.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.record.issue import Issue

CLEAN, DATA, USAGE, ENVIRONMENT, INTERRUPTED = 0, 1, 2, 3, 130  # Typer itself exits with CLEAN and INTERRUPTED
EXIT_CODES = (
    f"Exit codes: {CLEAN} no issues, {DATA} issues in the data, {USAGE} wrong usage, "
    f"{ENVIRONMENT} a problem of the environment (disk, permissions, a missing package), {INTERRUPTED} interrupted."
)
# The modules with commands do without `from __future__ import annotations`: Typer would evaluate each annotation four times.
app = typer.Typer(
    help="Who said what in the news: build, validate and view annotated articles.",
    epilog=EXIT_CODES,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - Typer passes the flag
    if wanted:
        from importlib.metadata import version

        typer.echo(f"pressmark {version('pressmark')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version, and exit.")
    ] = False,
) -> None:
    """Take the options that come before the name of a command."""


Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, max=256, help="Number of processes; 0 for one per core. The result is the same.")
]
Executor = Annotated[
    str | None,
    typer.Option("--executor", metavar="dask:ADDRESS", help="Let a Dask cluster do the work: dask:tcp://host:8786."),
]
Project = Annotated[Path, typer.Argument(help="A folder with seeds/ and, optionally, annotations/.")]


class Format(StrEnum):
    """How issues are printed."""

    text = "text"
    jsonl = "jsonl"
    github = "github"
    sarif = "sarif"


def need(*paths: Path) -> None:
    """Exit with USAGE if a file or folder does not exist."""
    for path in paths:
        if not path.exists():
            fail(f"{path}: no such file or folder", USAGE)


def need_folder(project: Path) -> None:
    """Exit with USAGE if the project is not a folder."""
    if not project.is_dir():
        fail(f"{project}: no such folder; a dataset project is a folder with seeds/, and pressmark init makes one", USAGE)


def need_no_file(folder: Path) -> None:
    """Exit with USAGE if there is a file where a folder will be."""
    if folder.exists() and not folder.is_dir():
        fail(f"{folder}: is a file; name a folder", USAGE)


def is_coloured() -> bool:
    """Whether to print in colour: on a terminal, unless the user set NO_COLOR (no-color.org)."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def print_issues(issues: Iterable[Issue], output: Format) -> Counter[str]:
    """Print the issues and return how many there are of each severity."""
    from pressmark.look import issues as report

    count: Counter[str] = Counter()
    colour = is_coloured()

    def counted() -> Iterator[Issue]:
        for issue in issues:
            count[issue.severity] += 1
            yield issue

    if output is Format.sarif:
        from importlib.metadata import version

        from pressmark.validation import meanings

        typer.echo(report.sarif(counted(), meanings(), version("pressmark")))
        return count
    for issue in counted():
        match output:
            case Format.text:
                typer.echo("\n".join(report.text(issue, colour=colour)))
            case Format.jsonl:
                typer.echo(report.jsonl(issue))
            case Format.github:
                typer.echo(report.github(issue))
    return count


def talk(text: str) -> None:
    """Print a message to standard error, since standard output is for data."""
    typer.echo(text, err=True)


def fail(text: str, code: int) -> NoReturn:
    """Print one line that says what is wrong, and exit with this code."""
    talk(f"pressmark: {visible(text)}")
    raise typer.Exit(code)


@contextmanager
def work_force(jobs: int, executor: str | None) -> Iterator[dict[str, Any]]:
    """Yields who does the work, as the arguments of a function: processes, or the Dask cluster that ``--executor`` names."""
    if executor is None:
        yield {"jobs": jobs}
        return
    kind, _, address = executor.partition(":")
    if kind != "dask" or not address:
        fail(f"--executor {executor}: write dask: and the address of a scheduler, such as dask:tcp://host:8786", USAGE)
    from pressmark.record.dask_cluster import cluster

    with cluster(address) as found:
        yield {"jobs": found.threads, "executor": found.executor}
