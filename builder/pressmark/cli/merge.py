"""pressmark merge: makes one annotation of those of several annotators."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.compare import Common, Seeds, Sides, annotations, annotators
from pressmark.cli.console import DATA, USAGE, app, fail, need_no_file, talk
from pressmark.cli.import_ import person
from pressmark.record.text import visible


@app.command()
def merge(  # noqa: PLR0913 - a command's options
    sides: Sides,
    *,
    into: Annotated[
        Path, typer.Option(metavar="DIR", help="A project, to write its annotations, or another folder, to write records.")
    ],
    prefer: Annotated[str | None, typer.Option(help="The annotator who is right wherever nobody chose.")] = None,
    annotator: Annotated[str | None, typer.Option(help="The name of whoever filled in the table.")] = None,
    by_model: Annotated[
        bool, typer.Option("--by-model", help="An AI system filled in the table, and is declared as that.")
    ] = False,
    project: Seeds = None,
    common: Common = False,
) -> None:
    """Make one annotation of those of several annotators.

    What all agree on is taken. Each conflict becomes a row of DIR/conflicts.csv: write the name of the annotator who is right
    into the column choose, and run the same command again with --annotator. Until then, what is undecided is left out. The
    log, DIR/merge-log.jsonl, says who decided what. A table is never overwritten.
    """
    from pressmark import scoring
    from pressmark.annotators.drop_invalid import drop_invalid

    names = annotators(sides, project)
    need_no_file(into)
    if prefer is not None and prefer not in names:
        fail(f"--prefer {prefer}: there is no such annotator; use {' or '.join(names)}", USAGE)
    groups, _ = annotations(names, sides, project, common=common)
    wrong: list[str] = []
    judge = None if annotator is None else person(annotator, "adjudicator")
    if judge and by_model:
        judge = replace(judge, kind="model")
    work = scoring.Merge(into, names, prefer, judge, lambda article: drop_invalid(article, wrong.append))
    for result in work.run(groups):
        if isinstance(result, Path):
            typer.echo(visible(str(result)))
        elif result.severity == "error":
            wrong.append(str(result))
        else:
            talk(str(result))
    for line in wrong:
        talk(line)
    if work.undecided:
        table = visible(str(work.table or into / "conflicts.csv"))
        count = f"{len(work.undecided)} conflict{' is' if len(work.undecided) == 1 else 's are'}"
        talk(f"{count} undecided; fill in the column choose of {table}, and run this again")
    if wrong or work.undecided:
        raise typer.Exit(DATA)
