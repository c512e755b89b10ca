"""pressmark show: prints an article with its annotation."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import app, is_coloured, need_folder


@app.command()
def show(
    article: Annotated[
        str, typer.Argument(help="The id of an article, or a file: a text, an annotation, or records (- is standard input).")
    ],
    *,
    project: Annotated[Path, typer.Option(help="The folder with seeds/ and annotations/ to look up an id in.")] = Path(),
) -> None:
    """Print an article with its entities, quotes and claims marked."""
    from pressmark.look import terminal
    from pressmark.project.find_article import find

    if article != "-" and not Path(article).is_file():
        need_folder(project)
    width = shutil.get_terminal_size((100, 24)).columns
    for found in find(project, article):
        for line in terminal.show(found, width=width, colour=is_coloured()):
            typer.echo(line)
