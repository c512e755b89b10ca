"""What all commands share: the application, the exit codes, and how to speak to people."""

from __future__ import annotations

import os
import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pressmark.record.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.record.issue import Issue

# The modules with commands do without `from __future__ import annotations`: Typer would evaluate each annotation four times.
app = typer.Typer(
    help="Who said what in the news: build, validate and look at annotated articles.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

DATA, USAGE, ENVIRONMENT = 1, 2, 3  # Typer itself exits with 130 when interrupted
Project = Annotated[Path, typer.Argument(help="A folder with seeds/ and, if there are some, annotations/.")]


class Format(StrEnum):
    """How issues are printed."""

    text = "text"
    jsonl = "jsonl"
    github = "github"
    sarif = "sarif"


def need_folder(project: Path) -> None:
    """Exit with 2 where there is no such folder."""
    if not project.is_dir():
        fail(f"{project}: no such folder; a dataset project is a folder with seeds/", USAGE)


def print_issues(issues: Iterable[Issue], output: Format) -> Counter[str]:
    """Print the issues, and count them by severity."""
    from pressmark.look import issues as report

    count: Counter[str] = Counter()
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ  # no-color.org

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
    """Say something that is no data."""
    typer.echo(text, err=True)


def fail(text: str, code: int) -> NoReturn:
    """Say what is wrong, in one line, and exit."""
    talk(f"pressmark: {visible(text)}")
    raise typer.Exit(code)
