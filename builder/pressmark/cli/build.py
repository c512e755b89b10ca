"""pressmark build: turns a project into a dataset."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pressmark.cli.console import (
    DATA,
    USAGE,
    Executor,
    Format,
    Jobs,
    Project,
    app,
    fail,
    need_folder,
    print_issues,
    talk,
    work_force,
)
from pressmark.cli.progress import progress
from pressmark.record.issue import InvalidError
from pressmark.record.text import visible

if TYPE_CHECKING:
    from pressmark.publish.build import Built
    from pressmark.record.issue import Issue


@app.command()
def build(  # noqa: PLR0913 - Typer makes an option of each
    project: Project = Path(),
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; report what a build would change.")] = False,
    without_text: Annotated[
        bool,
        typer.Option("--without-text", help="Make edition/, which has the annotations but not the articles' words."),
    ] = False,
    skip_invalid: Annotated[
        bool, typer.Option("--skip-invalid", help="Leave out what is invalid, list it, build the rest, and exit with 1.")
    ] = False,
    jobs: Jobs = 1,
    executor: Executor = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress bar.")] = False,
) -> None:
    """Build the dataset of a project.

    It is made from seeds/ and annotations/, and replaces data/. A build never replaces files that pressmark did not write, or
    that you changed.
    """
    from pressmark.publish.build import build as build_project
    from pressmark.publish.check import check as check_project
    from pressmark.publish.edition import EDITION, build_edition

    need_folder(project)
    if check and without_text:
        fail("--check and --without-text exclude each other", USAGE)
    if check and executor:
        fail("--check builds in a temporary folder, which other machines do not see; leave --executor out", USAGE)
    project = project.absolute() if executor else project
    told: set[Issue] = set()
    with work_force(jobs, executor) as force:
        make = check_project if check else build_edition if without_text else build_project
        built = _run(partial(make, project, **force), told, skip_invalid=skip_invalid, quiet=quiet)
    if check:
        if print_issues(built, Format.text) or any(issue.severity == "error" for issue in told):
            raise typer.Exit(DATA)
        talk(f"{project / 'data'} matches seeds/ and annotations/")
        return
    if without_text:
        counts = f"{built.rows['articles']} articles, {built.rows['relations']} relations, no text"
        typer.echo(f"{visible(str(project / EDITION))}: {counts}")
    else:
        _show(project, built)
    _say_left_out(built)


def _run(build: Callable[..., Any], told: "set[Issue]", *, skip_invalid: bool, quiet: bool) -> Any:
    """Runs a build that says each issue when it finds it, and exits with DATA if the build stops. ``told`` gets the issues."""
    from pressmark.look.issues import text
    from pressmark.validation.level1_file.places import located

    def tell(issue: "Issue") -> None:
        told.add(issue)
        for placed in located([issue]):
            talk(next(text(placed)))

    def watch(seeds: list[Path]) -> "Iterator[Path]":
        bars.close()  # of the round before, if others are left out because of what it found
        return bars.enter_context(progress(seeds, len(seeds), "build", quiet))

    try:
        with ExitStack() as bars:
            return build(skip_invalid=skip_invalid, tell=tell, watch=watch)
    except InvalidError as invalid:
        for issue in located(issue for issue in invalid.issues if issue not in told):
            talk(str(issue))
        if told and not skip_invalid:
            talk("pressmark: nothing was built; correct these, or leave them out with --skip-invalid")
        raise typer.Exit(DATA) from None


def _show(project: Path, built: "Built") -> None:
    for path in built.passed_over:
        talk(f"{visible(path)}: ignored; seeds are .txt files")
    typer.echo(f"{'view':<12}{'rows':>8}  file")
    for table in built.tables:
        typer.echo(f"{table.view.name:<12}{table.rows:>8}  {visible(str(project / 'data'))}/{table.path}")
    typer.echo(f"build {built.digest[:16]}; {_how_to_load(str((project / 'data').resolve()))}")


def _how_to_load(data: str) -> str:
    """Says how `datasets` 5.2 loads a dataset: it takes ``[`` in a path for a pattern, and ``::`` for a chain of files."""
    if "::" in data:
        return f"`datasets` cannot load it from {data!r}: rename the folder so that its path has no '::'"
    if "[" in data:
        files = f"{escape(data)}/articles/*.parquet"
        return f"load it with load_dataset('parquet', data_files={files!r}), since its path has a '['"
    return f"load it with load_dataset({data!r})"


def _say_left_out(built: "Built") -> None:
    if built.left_out:
        for name in built.left_out:
            talk(f"left out: {visible(name)}")
        raise typer.Exit(DATA)
