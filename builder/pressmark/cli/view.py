"""pressmark view: one page that shows who said what."""

from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import DATA, app, need, talk
from pressmark.record.text import visible


@app.command()
def view(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PROJECT | FILE]...",
            help="A project, a built dataset, or files: records, annotations, texts, relations.",
            show_default="the working directory",
        ),
    ] = None,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The page to write. Above 1,000 articles, a folder of pages with this name.")
    ] = Path("pressmark.html"),
    against: Annotated[
        Path | None,
        typer.Option(help="Another annotation of the same articles. The page shows both, and steps through the differences."),
    ] = None,
) -> None:
    """Make a web page that shows who said what, for reading and for checking annotations.

    The page is one file that needs no network. It reads and prints without JavaScript.
    """
    from pressmark.look.view_files import write_view

    paths = sources or [Path()]
    need(*paths, *([against] if against else []))
    made = write_view(output, paths, against)
    for issue in made.found.left_out:
        talk(str(issue))
    typer.echo(visible(str(made)))
    if errors := made.found.errors():
        shown = "1 error; the page shows it" if len(errors) == 1 else f"{len(errors)} errors; the page shows them"
        talk(f"pressmark: {shown}")
        raise typer.Exit(DATA)
