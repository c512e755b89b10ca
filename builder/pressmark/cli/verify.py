"""pressmark verify: checks a dataset that somebody downloaded."""

from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import DATA, USAGE, app, fail, talk
from pressmark.record.text import visible


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(help="A dataset: the folder with SHA256SUMS and README.md.")],
) -> None:
    """Check that a dataset is whole and unchanged; exit 1 if not.

    It needs no seeds. Every file has its checksum, there is no other file, the tables hold what the records say, spans cut the
    texts, and the card describes these tables.
    """
    from pressmark.publish.verify import verify as faults_of

    if not folder.is_dir():
        fail(f"{folder}: no such folder", USAGE)
    count = 0
    for count, fault in enumerate(faults_of(folder), start=1):  # noqa: B007 - the number of the last
        typer.echo(str(fault))
    talk(f"pressmark: {visible(str(folder))}: {count or 'no'} fault{'' if count == 1 else 's'}")
    if count:
        raise typer.Exit(DATA)
