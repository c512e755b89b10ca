"""pressmark validate: files are checked."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressmark.cli.console import DATA, USAGE, Format, app, fail, print_issues, talk

if TYPE_CHECKING:
    from pressmark.record.issue import Issue
    from pressmark.validation import Survey
    from pressmark.validation.rule import Rule


def _explain(code: str | None) -> None:
    if code is not None:
        typer.echo(_known([code])[0].page())
        raise typer.Exit


def _known(codes: Iterable[str]) -> "list[Rule]":
    from difflib import get_close_matches

    from pressmark.validation import meanings

    known = meanings()
    for code in codes:
        if code not in known:
            near = get_close_matches(code, known, 3)
            fail(
                f"there is no code {code!r}; " + (f"did you mean {' or '.join(near)}?" if near else "see docs/rules.md"), USAGE
            )
    return [known[code] for code in codes]


@app.command()
def validate(  # noqa: PLR0913 - each is an option
    files: Annotated[
        list[Path],
        typer.Argument(help="Records: JSON, JSON Lines or Parquet; - for standard input. Annotations of a project too."),
    ],
    *,
    output: Annotated[
        Format | None,
        typer.Option("--format", help="How to print issues.", show_default="text; github under GitHub Actions"),
    ] = None,
    level: Annotated[int, typer.Option(min=1, max=6, help="The highest level to look at: 1 file to 6 dataset.")] = 6,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODE", help="A code to leave out; may be repeated.")] = None,
    warnings_as_errors: Annotated[bool, typer.Option("--warnings-as-errors", help="Let warnings fail, too.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Processes to use.")] = 1,
    max_explained: Annotated[int, typer.Option(min=0, help="Records of a file to explain; the rest is counted.")] = 1000,
    fix: Annotated[bool, typer.Option("--fix", help="Make the repairs that lose nothing, and show them.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would do.")] = False,
    _: Annotated[
        str | None,
        typer.Option("--explain", metavar="CODE", callback=_explain, is_eager=True, help="Say what a code means, and exit."),
    ] = None,
) -> None:
    """Check records; exit 1 if any breaks a rule. A warning fails only with --warnings-as-errors."""
    from pressmark.validation import Settings, Survey

    if ignore:
        _known(ignore)
    for file in files:
        if file == Path("-"):
            continue
        if not file.exists():
            fail(f"{file}: no such file", USAGE)
        if file.is_dir():
            fail(f"{file}: is a folder; name its files, or use `pressmark build --check`", USAGE)
    output = output or _usual_format()
    if fix or diff:
        _repair(files, write=fix, aside=output is not Format.text)
    survey = Survey(Settings(level, frozenset(ignore or ()), max_explained), files, jobs)
    try:
        found = chain.from_iterable(chain((_issues_in(file, survey) for file in files), [survey.dataset()]))
        count = print_issues(found, output)
    finally:
        survey.close()
    talk(f"pressmark: {_number(len(files), 'file')}, {_number(survey.records, 'record')}: {_summary(count)}")
    if count["error"] or (warnings_as_errors and count["warning"]):
        raise typer.Exit(DATA)


def _issues_in(file: Path, survey: "Survey") -> "Iterator[Issue]":
    if file.absolute().parent.name != "annotations":
        return survey.file(file)
    from pressmark.project.articles import issues_in

    return issues_in(file, survey)


def _usual_format() -> Format:
    return Format.github if os.environ.get("GITHUB_ACTIONS") == "true" else Format.text


def _repair(files: Iterable[Path], *, write: bool, aside: bool) -> None:
    """Show the repairs; ``aside`` where standard output is for another program."""
    from pressmark.project.fix_files import repair

    for file in files:
        for line in repair(file, write=write):
            typer.echo(line, err=aside)


def _number(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _summary(count: Counter[str]) -> str:
    return ", ".join(_number(count[severity], severity) for severity in ("error", "warning") if count[severity]) or "no issues"
