"""pressmark init: makes a folder a dataset project."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import app, need_no_file, talk
from pressmark.record.text import visible


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the project. It is made if it is not there.")],
) -> None:
    """Start a dataset project of your own.

    Writes the files that a project needs: metadata of the seeds, a card, a datasheet, people.csv, the schemas for your editor,
    and checks for Git, pre-commit and GitHub. A file that is there is never changed.
    """
    from importlib.metadata import version

    from pressmark.project.new_project import make_project

    need_no_file(folder)
    for path, is_new in make_project(folder, version("pressmark")):
        if is_new:
            typer.echo(visible(str(path)))
        else:
            talk(f"{visible(str(path))}: is there already; left as it is")
    place = visible(shlex.quote(str(folder)))
    talk(f"next: bring your articles with `pressmark add SOURCE --project {place}`, such as a CSV file or a folder of texts")
