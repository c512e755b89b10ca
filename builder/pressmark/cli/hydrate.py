"""pressmark hydrate: an edition without text gets its words back."""

from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import USAGE, app, fail
from pressmark.record.text import visible


@app.command()
def hydrate(
    edition: Annotated[Path, typer.Argument(help="An edition without text, as `build --without-text` makes it.")],
    *,
    seeds: Annotated[Path, typer.Option(help="Your own copies of the articles, as <id>.txt.")],
    output: Annotated[Path, typer.Option(help="The dataset folder to write; an old one is replaced.")] = Path("data"),
) -> None:
    """Put the words back into an edition without text, from your own copies of the articles."""
    from pressmark.publish.edition import hydrate as hydrate_edition

    for folder in (edition, seeds):
        if not folder.is_dir():
            fail(f"{folder}: no such folder", USAGE)
    written = hydrate_edition(edition, seeds, output)
    typer.echo(f"{visible(str(output))}: {written.rows['articles']} articles, build {written.digest[:16]}")
