"""pressmark build: turns a project into a dataset."""

from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import DATA, USAGE, Format, Project, app, fail, need_folder, print_issues, talk
from pressmark.record.text import visible


@app.command()
def build(
    project: Project = Path(),
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; report what a build would change.")] = False,
    without_text: Annotated[
        bool,
        typer.Option("--without-text", help="Make edition/, which has the annotations but not the articles' words."),
    ] = False,
) -> None:
    """Build the dataset of a project.

    It is made from seeds/ and annotations/, and replaces data/.
    """
    from pressmark.publish.build import build as build_project
    from pressmark.publish.check import check as check_project

    need_folder(project)
    if check and without_text:
        fail("--check and --without-text exclude each other", USAGE)
    if check:
        if print_issues(check_project(project), Format.text):
            raise typer.Exit(DATA)
        talk(f"{project / 'data'} matches seeds/ and annotations/")
        return
    if without_text:
        from pressmark.publish.edition import EDITION, build_edition

        counts = build_edition(project)
        typer.echo(
            f"{visible(str(project / EDITION))}: {counts['articles']} articles, {counts['relations']} relations, no text"
        )
        return
    built = build_project(project)
    for path in built.passed_over:
        talk(f"{visible(path)}: ignored; seeds are .txt files")
    typer.echo(f"{'view':<12}{'rows':>8}  file")
    for view, count in built.rows.items():
        typer.echo(f"{view:<12}{count:>8}  {visible(str(project / 'data'))}/{view}/train-00000-of-00001.parquet")
    typer.echo(f"build {built.digest[:16]}; load it with load_dataset({str((project / 'data').resolve())!r})")
