"""pressmark annotate: entities, quotes and claims are proposed."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import ENVIRONMENT, USAGE, app, fail, talk


@app.command()
def annotate(  # noqa: PLR0913 - a command's options
    files: Annotated[
        list[Path], typer.Argument(help="Texts (.txt), records (JSON, JSON Lines, Parquet), or a project's folder.")
    ],
    *,
    output: Annotated[Path | None, typer.Option(help="A .jsonl or .parquet file instead of standard output.")] = None,
    entities: Annotated[str, typer.Option(help="Who proposes them: rules, spacy:PIPELINE, hf:MODEL or none.")] = "rules",
    quotes: Annotated[str, typer.Option(help="Who proposes them: rules or none.")] = "rules",
    claims: Annotated[str, typer.Option(help="Who proposes them: rules or none.")] = "rules",
    llm: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="A chat model proposes all three, at OPENAI_BASE_URL with OPENAI_API_KEY."),
    ] = None,
    thought: Annotated[bool, typer.Option("--thought", help="Quotes of thought too: believe, plan, agree.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=256, help="Processes at work; the result is the same.")] = 1,
    explain: Annotated[bool, typer.Option("--explain", help="Say which rule fired where, on standard error.")] = False,
) -> None:
    """Propose entities, quotes and claims, to be corrected: records on standard output, or a project's annotations/."""
    from pressmark.annotators.errors import UnavailableError, UnknownError
    from pressmark.annotators.pipeline import Plan
    from pressmark.annotators.run import annotate as annotate_files
    from pressmark.publish.record_file import record_file

    if output is not None and output.suffix not in {".jsonl", ".parquet"}:
        fail(f"{output}: the records go into a .jsonl or a .parquet file", USAGE)
    for file in files:
        if not file.exists():
            fail(f"{file}: no such file or folder", USAGE)
    try:
        plan = Plan(entities, quotes, claims, llm, thought)
        with nullcontext(_write) if output is None else record_file(output) as write:
            annotate_files(files, plan, write, talk, to_project=output is None, jobs=jobs, is_explained=explain)
    except UnknownError as error:
        fail(str(error), USAGE)
    except UnavailableError as error:
        fail(str(error), ENVIRONMENT)


def _write(data: bytes) -> None:
    typer.echo(data, nl=False)
