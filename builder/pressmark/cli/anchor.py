"""pressmark anchor: turns drafts into annotations."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressmark.cli.console import USAGE, app, fail, need_folder
from pressmark.record.text import visible

if TYPE_CHECKING:
    from pressmark.record.issue import Issue


@app.command()
def anchor(
    drafts: Annotated[list[Path], typer.Argument(help="Drafts: JSON (.json), or inline text with any other ending.")],
    *,
    project: Annotated[Path, typer.Option(help="The folder with seeds/. The annotations go into its annotations/.")] = Path(),
) -> None:
    """Turn drafts into annotations.

    A draft quotes the text; an annotation has offsets. A quotation that is ambiguous or not in the article is an error.
    One draft with errors does not stop the others. An inline draft is the article with its mentions in marks, and blocks
    for entities, quotes and claims below; pressmark export --to inline writes one from an annotation.
    """
    from pressmark.project.anchor_file import anchor_draft
    from pressmark.record.issue import InvalidError

    need_folder(project)
    for draft in drafts:
        if not draft.is_file():
            fail(f"{draft}: no such file", USAGE)
    issues: list[Issue] = []
    for draft in drafts:
        try:
            typer.echo(visible(str(anchor_draft(draft, project))))
        except InvalidError as invalid:
            issues += invalid.issues
    if issues:
        raise InvalidError(issues)
