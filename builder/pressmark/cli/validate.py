"""pressmark validate: checks records."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressmark.cli.console import DATA, USAGE, Format, app, fail, need, print_issues, talk

if TYPE_CHECKING:
    from pressmark.record.issue import Issue
    from pressmark.validation import Survey
    from pressmark.validation.rule import Rule


def _explain(code: str | None) -> None:
    if code is not None:
        typer.echo(_known([code])[0].page())
        raise typer.Exit


def _known(codes: Iterable[str]) -> "list[Rule]":
    from pressmark.validation import meanings

    known = meanings()
    for code in codes:
        if code not in known:
            near = get_close_matches(code, known, 3)
            hint = f"did you mean {' or '.join(near)}?" if near else "docs/rules.md lists all codes"
            fail(f"there is no code {code!r}; {hint}", USAGE)
    return [known[code] for code in codes]


@app.command()
def validate(  # noqa: PLR0913 - each is an option
    files: Annotated[
        list[Path],
        typer.Argument(help="Records or annotations: JSON, JSON Lines or Parquet files, or - for standard input."),
    ],
    *,
    output: Annotated[
        Format | None,
        typer.Option("--format", help="Output format.", show_default="text; github under GitHub Actions"),
    ] = None,
    level: Annotated[int, typer.Option(min=1, max=6, help="The highest level to check, from 1 (file) to 6 (dataset).")] = 6,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODE", help="Do not report this code. Repeatable.")] = None,
    warnings_as_errors: Annotated[bool, typer.Option("--warnings-as-errors", help="Exit with 1 on warnings.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Number of processes.")] = 1,
    max_explained: Annotated[int, typer.Option(min=0, help="Records to explain per file; the rest are counted.")] = 1000,
    fix: Annotated[bool, typer.Option("--fix", help="Make and show the corrections that lose no information.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, without changing it.")] = False,
    _: Annotated[
        str | None,
        typer.Option("--explain", metavar="CODE", callback=_explain, is_eager=True, help="Explain a code, and exit."),
    ] = None,
) -> None:
    """Check records, and exit with 1 if one breaks a rule.

    Warnings do not affect the exit code unless you set --warnings-as-errors. All files are checked together as one dataset.
    """
    from pressmark.validation import Settings, Survey

    if ignore:
        _known(ignore)
    for file in files:
        if file == Path("-"):
            continue
        need(file)
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
    from pressmark.project.validate_file import issues_in

    return issues_in(file, survey)


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
