"""pressmark show: an article in the terminal."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import app, need_folder


@app.command()
def show(
    article: Annotated[str, typer.Argument(help="An article's id, or a file: a seed, an annotation, or records.")],
    *,
    project: Annotated[
        Path, typer.Option(help="The folder with seeds/ and annotations/ in which an id is looked up.")
    ] = Path(),
) -> None:
    """Print an article with its entities, quotes and claims marked; in colour on a terminal."""
    import shutil

    from pressmark.look.terminal import show as lines_of
    from pressmark.project.find_article import find

    if not Path(article).is_file():
        need_folder(project)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ  # no-color.org
    for found in find(project, article):
        for line in lines_of(found, width=shutil.get_terminal_size((100, 24)).columns, colour=colour):
            typer.echo(line)
