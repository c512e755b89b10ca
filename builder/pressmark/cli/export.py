"""pressmark export: writes articles in the format of another tool."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import DATA, ENVIRONMENT, USAGE, app, fail, need, talk
from pressmark.formats import registry
from pressmark.record.text import visible


@app.command()
def export(
    files: Annotated[list[Path], typer.Argument(help="Projects, or records (JSON, JSON Lines, Parquet).")],
    *,
    to: Annotated[str, typer.Option(help=f"The format: {', '.join(registry.NAMES)}.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write to.")],
    strict: Annotated[bool, typer.Option("--strict", help="Write nothing if the format cannot hold everything.")] = False,
    format_: Annotated[str, typer.Option("--format", help="How losses are listed: text or json.")] = "text",
) -> None:
    """Write articles for another annotation tool, or for a text editor.

    First it lists what the format cannot hold, counted. A file that is already there with other content is never replaced.
    The format inline holds everything; edit it in any editor, and bring it back with pressmark anchor.
    """
    import json

    from pressmark.annotators.inputs import articles_in
    from pressmark.formats.fields import losses
    from pressmark.project import write_file

    need(*files)
    if to not in registry.NAMES:
        fail(f"--to {to}: no such format; use {', '.join(registry.NAMES)}", USAGE)
    try:
        module = registry.named(to)
    except registry.MissingError as error:
        fail(str(error), ENVIRONMENT)
    articles = [article for file in files for article in articles_in(file)]
    lost = sum((losses(article, module.KEEPS) for article in articles), Counter[str]())
    if format_ == "json":
        talk(json.dumps({"format": to, "articles": len(articles), "losses": dict(sorted(lost.items()))}))
    else:
        for path, count in sorted(lost.items()):
            talk(f"{to} cannot hold {path}: {count}")
    if strict and lost:
        raise typer.Exit(DATA)
    made = list(module.write(articles))
    for name, data in made:
        if (output / name).exists() and (output / name).read_bytes() != data:
            fail(f"{output / name}: is already there with other content; move it, or choose another folder", USAGE)
    output.mkdir(parents=True, exist_ok=True)
    for name, data in made:
        write_file.write(output / name, data)
        typer.echo(visible(str(output / name)))
