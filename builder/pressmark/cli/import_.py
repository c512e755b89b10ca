"""pressmark import: brings corrections made in another tool back into a project."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from unicodedata import normalize

import typer

from pressmark.cli.console import DATA, USAGE, app, fail, need, need_folder, talk
from pressmark.cli.export import format_module
from pressmark.formats import registry
from pressmark.record.text import visible

if TYPE_CHECKING:
    from pressmark.record.model import Annotator, AnnotatorRole


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Files of the other tool.")],
    *,
    from_: Annotated[str, typer.Option("--from", help=f"The format: {', '.join(registry.BOTH_WAYS)}.")],
    annotator: Annotated[str, typer.Option(help="The name of the person who corrected them.")],
    project: Annotated[Path, typer.Option(help="The project that was exported. Its annotations/ are changed.")] = Path(),
    by: Annotated[
        str | None, typer.Option(help="Of several annotations of an article, take that of this user of the tool.")
    ] = None,
) -> None:
    """Bring corrections back into a project.

    Items that nobody changed keep their annotator and confidence. Changed and new items are signed by the annotator.
    """
    from pressmark.formats.corrections import bring_in

    need(*files)
    if folder := next((path for path in files if path.is_dir()), None):
        fail(f"{folder}: is a folder; name the files in it", USAGE)
    need_folder(project)
    if from_ not in registry.BOTH_WAYS:
        hint = "bring it back with pressmark anchor" if from_ in registry.NAMES else f"use {', '.join(registry.BOTH_WAYS)}"
        fail(f"--from {from_}: no such format; {hint}", USAGE)
    signature = person(annotator, "reviewer")
    module = format_module(from_)
    found = (foreign for file in files for foreign in module.read(file) if by is None or foreign.by in {by, None})
    wrong = 0
    for result in bring_in(project, found, module.KEEPS, signature):
        if isinstance(result, Path):
            typer.echo(visible(str(result)))
        else:
            wrong += result.severity == "error"
            talk(str(result))
    if wrong:
        raise typer.Exit(DATA)


def person(name: str, role: "AnnotatorRole") -> "Annotator":
    """Return the annotator of this name, or exit with USAGE if it is empty. An id has only ASCII letters: Zoë is ``Zoe``."""
    from pressmark.record.model import Annotator

    if not name.strip():
        fail("--annotator is empty; write a name", USAGE)
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    made = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).strip("-_.")[:64]
    return Annotator(id=made or "annotator", kind="human", role=role, name=name.strip(), version=None)
