"""pressmark hydrate: restores the text of an edition that was built without it."""

from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import USAGE, app, fail
from pressmark.record.text import visible


@app.command()
def hydrate(
    edition: Annotated[Path, typer.Argument(help="An edition made by `pressmark build --without-text`.")],
    *,
    seeds: Annotated[Path, typer.Option(help="A folder with your own copies of the articles, named <id>.txt.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The dataset folder to write. It replaces only what pressmark wrote.")
    ] = Path("data"),
) -> None:
    """Restore the text that `build --without-text` left out.

    The text comes from your own copies of the articles. Everything comes back: the text, the text of each span, and the words
    that names, titles, propositions and notes quote. The result has the bytes of the dataset that the edition was made from.
    """
    from pressmark.publish.edition import hydrate as hydrate_edition

    for folder in (edition, seeds):
        if not folder.is_dir():
            fail(f"{folder}: no such folder", USAGE)
        if _overlap(output.resolve(), folder.resolve()):
            fail(f"{output}: overlaps {folder}, which hydrate reads; name another --output", USAGE)
    if not output.absolute().parent.is_dir():
        fail(f"{output.absolute().parent}: no such folder; make it first", USAGE)
    if Path.cwd().is_relative_to(output.resolve()):
        fail(f"{output}: is the current folder or around it; name a folder that is not there yet", USAGE)
    written = hydrate_edition(edition, seeds, output)
    typer.echo(f"{visible(str(output))}: {written.rows['articles']} articles, build {written.digest[:16]}")
    typer.echo("Restored all texts, spans, names, titles, propositions and notes; nothing is missing.", err=True)


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)
