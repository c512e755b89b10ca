"""pressmark score: compares two annotations of the same texts."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import app, need, need_folder, talk


class Report(StrEnum):
    """The output formats of scores."""

    table = "table"
    json = "json"


@app.command()
def score(  # noqa: PLR0913 - a command's options
    gold: Annotated[
        Path, typer.Argument(help="An annotation, records (JSON, JSON Lines, Parquet), or a folder of annotations.")
    ],
    pred: Annotated[Path, typer.Argument(help="The same articles, annotated by somebody else or by a system.")],
    *,
    project: Annotated[
        Path | None, typer.Option(help="The folder with the seeds/ of the annotations. Default: the nearest one above them.")
    ] = None,
    common: Annotated[
        bool, typer.Option("--common", help="Score only the articles that both sides have, and say how many were left out.")
    ] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List every disagreement, one per line.")] = False,
    output: Annotated[Report, typer.Option("--format", help="Output format.")] = Report.table,
) -> None:
    """Compare two annotations of the same texts.

    Prints precision, recall, F1 and agreement. https://github.com/pressmark/pressmark/blob/main/docs/scoring.md defines them.
    """
    import json

    from pressmark import scoring

    need(gold, pred)
    if project is not None:
        need_folder(project)
    pairs, alone = scoring.paired(scoring.articles_in(gold, project), scoring.articles_in(pred, project), common=common)
    if alone:
        talk(f"left out {len(alone)} of {len(alone) + len(pairs)} articles, because only one side has them")
    found = scoring.score(pairs, alone)
    disagreements = list(scoring.disagreements(pairs)) if errors else None
    if output is Report.json:
        typer.echo(json.dumps(scoring.as_json(found, disagreements), indent=2))
        return
    for line in [*scoring.table(found), *([""] if disagreements else []), *map(str, disagreements or [])]:
        typer.echo(line)
