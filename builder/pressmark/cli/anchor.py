"""pressmark anchor: turns drafts into annotations."""

from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import USAGE, app, fail, need_folder
from pressmark.record.text import visible


@app.command()
def anchor(
    drafts: Annotated[list[Path], typer.Argument(help="Drafts: annotations whose spans are quoted text instead of offsets.")],
    *,
    project: Annotated[Path, typer.Option(help="The folder with seeds/. The annotations go into its annotations/.")] = Path(),
) -> None:
    """Turn drafts into annotations.

    A draft quotes the text; an annotation has offsets. A quotation that is ambiguous or not in the article is an error.
    """
    from pressmark.project.anchor_file import anchor_draft

    need_folder(project)
    for draft in drafts:
        if not draft.is_file():
            fail(f"{draft}: no such file", USAGE)
    for draft in drafts:
        typer.echo(visible(str(anchor_draft(draft, project))))
