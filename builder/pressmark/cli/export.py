"""pressmark export: writes articles in the format of another tool."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressmark.cli.console import DATA, ENVIRONMENT, USAGE, app, fail, need, need_no_file, talk
from pressmark.formats import registry
from pressmark.record.text import visible

if TYPE_CHECKING:
    from pressmark.record.model import Article


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

    from pressmark.formats.fields import losses

    need(*files)
    if format_ not in {"text", "json"}:
        fail(f"--format {format_}: use text or json", USAGE)
    if to not in registry.NAMES:
        fail(f"--to {to}: no such format; use {', '.join(registry.NAMES)}", USAGE)
    need_no_file(output)
    module = format_module(to)
    articles, refused = _articles(files, module)
    lost = sum((losses(article, module.KEEPS) for article in articles), Counter[str]())
    if format_ == "json":
        talk(json.dumps({"format": to, "articles": len(articles), "losses": dict(sorted(lost.items()))}))
    else:
        for path, count in sorted(lost.items()):
            talk(f"{to} cannot hold {path}: {count}")
    if strict and (lost or refused):
        raise typer.Exit(DATA)
    _write(output, list(module.write(articles)))
    if refused:
        raise typer.Exit(DATA)


def format_module(name: str) -> registry.Format:
    """Return the module of a format, or exit with ENVIRONMENT if a package is missing."""
    try:
        return registry.named(name)
    except registry.MissingError as error:
        fail(str(error), ENVIRONMENT)


def _articles(files: Iterable[Path], module: registry.Format) -> "tuple[list[Article], int]":
    """Return the articles that the format can hold, and how many it cannot."""
    from pressmark.annotators.inputs import articles_in

    found, refused = [], 0
    for article in (article for file in files for article in articles_in(file)):
        if why := registry.unfit(module, article):
            talk(f"{visible(article.id)}: left out: {visible(why)}")
            refused += 1
        else:
            found.append(article)
    return found, refused


def _write(output: Path, made: Sequence[tuple[str, bytes]]) -> None:
    """Write all files, or none if one is there with other content."""
    from pressmark.project import write_file

    for name, data in made:
        if (output / name).exists() and (output / name).read_bytes() != data:
            fail(f"{output / name}: is already there with other content; move it, or choose another folder", USAGE)
    output.mkdir(parents=True, exist_ok=True)
    for name, data in made:
        write_file.write(output / name, data)
        typer.echo(visible(str(output / name)))
