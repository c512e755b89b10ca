"""pressmark annotate: proposes entities, quotes and claims."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import ENVIRONMENT, USAGE, app, fail, need, talk


@app.command()
def annotate(  # noqa: PLR0913 - a command's options
    files: Annotated[
        list[Path], typer.Argument(help="Texts (.txt), records (JSON, JSON Lines, Parquet), or the folder of a project.")
    ],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write records to this .jsonl or .parquet file.")
    ] = None,
    entities: Annotated[str, typer.Option(help="What proposes entities: rules, spacy:PIPELINE, hf:MODEL or none.")] = "rules",
    quotes: Annotated[str, typer.Option(help="What proposes quotes: rules or none.")] = "rules",
    claims: Annotated[str, typer.Option(help="What proposes claims: rules or none.")] = "rules",
    llm: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="Let a chat model (OPENAI_BASE_URL, OPENAI_API_KEY) propose all three."),
    ] = None,
    thought: Annotated[bool, typer.Option("--thought", help="Also propose quotes of thought: believe, plan, agree.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=256, help="Number of processes. It does not change the result.")] = 1,
    explain: Annotated[bool, typer.Option("--explain", help="Print to standard error which rule fired where.")] = False,
) -> None:
    """Propose entities, quotes and claims for you to correct.

    Records go to standard output, or to --output. For a project, the proposals go into its annotations/.
    """
    from pressmark.annotators import run
    from pressmark.annotators.errors import UnavailableError, UnknownError
    from pressmark.annotators.pipeline import Plan
    from pressmark.publish.record_file import record_file

    if output is not None and output.suffix not in {".jsonl", ".parquet"}:
        fail(f"{output}: records can only be written to a .jsonl or a .parquet file", USAGE)
    need(*files)
    try:
        plan = Plan(entities, quotes, claims, llm, thought)
        with nullcontext(_write) if output is None else record_file(output) as write:
            run.annotate(files, plan, write, talk, to_project=output is None, jobs=jobs, is_explained=explain)
    except UnknownError as error:
        fail(str(error), USAGE)
    except UnavailableError as error:
        fail(str(error), ENVIRONMENT)


def _write(data: bytes) -> None:
    typer.echo(data, nl=False)
