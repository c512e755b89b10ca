"""pressmark annotate: proposes entities, quotes and claims."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressmark.cli.console import DATA, ENVIRONMENT, USAGE, Executor, Jobs, app, fail, need, talk, work_force
from pressmark.cli.progress import progress
from pressmark.record.text import visible

if TYPE_CHECKING:
    from pressmark.annotators.chat.answers import Price
    from pressmark.annotators.run import Outcome
    from pressmark.record.model import Article

    Known = Callable[[Article], Article | bytes | None]

_C1 = re.compile(rb"\xc2[\x80-\x9f]|\x7f")  # controls that JSON does not escape, in UTF-8


@app.command()
def annotate(  # noqa: PLR0913 - a command's options
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Texts (.txt), records (JSON, JSON Lines, Parquet), the folder of a project, or - for standard input."
        ),
    ],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write records to this .jsonl or .parquet file.")
    ] = None,
    entities: Annotated[
        str | None,
        typer.Option(help="What proposes entities: rules, spacy:PIPELINE, hf:MODEL, llm:MODEL or none.", show_default="rules"),
    ] = None,
    quotes: Annotated[
        str | None, typer.Option(help="What proposes quotes: rules, llm:MODEL or none.", show_default="rules")
    ] = None,
    claims: Annotated[
        str | None, typer.Option(help="What proposes claims: rules, llm:MODEL or none.", show_default="rules")
    ] = None,
    llm: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL",
            help="Let a chat model (OPENAI_BASE_URL, OPENAI_API_KEY) propose every layer that no other option names.",
        ),
    ] = None,
    thought: Annotated[bool, typer.Option("--thought", help="Also propose quotes of thought: believe, plan, agree.")] = False,
    min_confidence: Annotated[
        float,
        typer.Option(
            metavar="X", min=0, max=1, help="Drop proposals whose confidence is below X, and claims of dropped quotes."
        ),
    ] = 0,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Propose existing layers anew. What a person touched stays.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Continue a run with --output that was stopped.")] = False,
    jobs: Jobs = 1,
    executor: Executor = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="Stop after N articles, to try something out.")] = None,
    price: Annotated[
        str | None,
        typer.Option(metavar="IN,OUT", help="Tell what the chat model cost, at this price of a million tokens: 0.15,0.60."),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Print to standard error which rule fired where.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress bar.")] = False,
) -> None:
    """Propose entities, quotes and claims for you to correct.

    Records go to standard output, or to --output. For a project, the proposals go into its annotations/. Layers that exist are
    kept. If an article fails, the others are annotated all the same, and the exit code is 1.
    """
    from pressmark.annotators import inputs, run
    from pressmark.annotators.chat.answers import FOLDER
    from pressmark.annotators.errors import UnavailableError, UnknownError
    from pressmark.annotators.pipeline import Plan, chat_models

    need(*(file for file in files if file != Path("-")))
    _check_output(output, files, overwrite=overwrite, resume=resume)
    usual = "rules" if llm is None else f"llm:{llm}"
    plan = Plan(entities or usual, quotes or usual, claims or usual, thought, overwrite, min_confidence)
    paid = None if price is None else _price(price, len(chat_models(plan)))
    try:
        with _opened(output) as (write, known), ExitStack() as closed:
            force = closed.enter_context(work_force(jobs, executor))
            found = run.annotate(
                files,
                plan,
                to_project=output is None,
                **force,
                limit=limit,
                is_explained=explain,
                answers=output.parent / FOLDER if output else None,
                known=known,
            )
            closed.enter_context(closing(found))
            # Records that pass over the screen show how far it is, and a bar would stand between them.
            is_shown = output is None and sys.stdout.isatty() and not all(file.is_dir() for file in files)
            with progress(found, inputs.total(files, limit), "annotate", quiet=quiet or is_shown) as outcomes:
                failed = _told(outcomes, write, paid)
    except UnknownError as error:
        fail(str(error), USAGE)
    except UnavailableError as error:
        fail(str(error), ENVIRONMENT)
    if failed:
        raise typer.Exit(DATA)


def _check_output(output: Path | None, files: list[Path], *, overwrite: bool, resume: bool) -> None:
    from pressmark.publish.record_file import partial

    if output is None:
        if resume and not all(file.is_dir() for file in files):
            fail("--resume continues a run with --output; a project needs no --resume", USAGE)
        return
    if output.suffix not in {".jsonl", ".parquet"}:
        fail(f"{output}: records can only be written to a .jsonl or a .parquet file", USAGE)
    if output.resolve() in {file.resolve() for file in files}:
        fail(f"{output}: is an input too; name another file", USAGE)
    if overwrite and output.exists():
        fail(f"{output}: exists, and nothing says what a person changed in it; name another file or remove it", USAGE)
    if partial(output).exists() and not resume:
        fail(f"{partial(output)}: is of a run that was stopped; continue it with --resume, or remove this file", USAGE)


@contextmanager
def _opened(output: Path | None) -> Iterator[tuple[Callable[[bytes], None], "Known"]]:
    """What writes a record, and what knows the records of an earlier run."""
    if output is None:
        yield _write, lambda _: None
        return
    from pressmark.publish.record_file import partial, record_file

    with record_file(output) as file:
        try:
            yield file.write, file.known
        except BaseException:
            if file.kept:
                talk(f"{visible(str(partial(output)))} has the records so far ({file.kept}); --resume goes on with them")
            raise


def _price(text: str, models: int) -> "Price":
    from pressmark.annotators.chat.answers import Price

    if models != 1:
        fail(f"--price is the price of one chat model, and {models or 'none'} are asked", USAGE)
    try:
        return Price.read(text)
    except ValueError as error:
        fail(f"--price: {error}", USAGE)


def _told(outcomes: "Iterator[Outcome]", write: Callable[[bytes], None], price: "Price | None") -> bool:
    """Write the records, say what happened, and list the articles that failed. Return whether any did."""
    from pressmark.annotators.chat.answers import Tokens

    failed: list[str] = []
    tokens = Tokens()
    count = 0
    try:
        for count, one in enumerate(outcomes, start=1):  # noqa: B007 - the number of all is needed after the loop
            for note in one.notes:
                talk(visible(note))
            tokens += one.tokens
            if one.failed:
                failed.append(one.name)
            elif one.path:
                typer.echo(visible(str(one.path)))
            elif not one.is_of_project:
                write(one.record)
    finally:
        if any(tokens):
            talk(f"pressmark: {tokens.told(price)}")
    if failed and count > 1:
        talk(f"pressmark: {len(failed)} of {count} articles failed:")
        for name in failed:
            talk(f"  {visible(name)}")
    return bool(failed)


def _write(record: bytes) -> None:
    """Write a record to standard output at once. A terminal would act on some controls, so they are escaped."""
    typer.echo(_C1.sub(lambda found: b"\\u%04x" % ord(found[0].decode()), record), nl=False)
