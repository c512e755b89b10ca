"""pressmark score: two annotations of the same texts are compared."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import USAGE, app, fail, need_folder, talk


class Report(StrEnum):
    """How scores are printed."""

    table = "table"
    json = "json"


@app.command()
def score(  # noqa: PLR0913 - a command's options
    gold: Annotated[
        Path, typer.Argument(help="An annotation, records (JSON, JSON Lines, Parquet), or a folder of annotations.")
    ],
    pred: Annotated[Path, typer.Argument(help="The same articles as somebody else, or a system, annotated them.")],
    *,
    project: Annotated[
        Path | None, typer.Option(help="The folder with seeds/ that annotations are of; else the nearest one above them.")
    ] = None,
    common: Annotated[
        bool, typer.Option("--common", help="Score the articles that both have, and say how many have not.")
    ] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List every disagreement, one a line.")] = False,
    output: Annotated[Report, typer.Option("--format", help="How to print scores.")] = Report.table,
) -> None:
    """Compare two annotations of the same texts: precision, recall, F1, agreement; docs/scoring.md defines them."""
    import json

    from pressmark import scoring

    _scorable(gold, pred)
    if project is not None:
        need_folder(project)
    pairs, alone = scoring.paired(scoring.articles_in(gold, project), scoring.articles_in(pred, project), common=common)
    if alone:
        talk(f"left out, since only one side has them: {len(alone)} of {len(alone) + len(pairs)} articles")
    found = scoring.score(pairs, alone)
    disagreements = list(scoring.disagreements(pairs)) if errors else None
    if output is Report.json:
        typer.echo(json.dumps(scoring.as_json(found, disagreements), indent=2))
        return
    for line in [*scoring.table(found), *([""] if disagreements else []), *map(str, disagreements or [])]:
        typer.echo(line)


def _scorable(*paths: Path) -> None:
    for path in paths:
        if not path.exists():
            fail(f"{path}: no such file or folder", USAGE)
