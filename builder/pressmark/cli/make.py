"""The commands that write: build, hydrate, anchor, annotate."""

from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.app import DATA, ENVIRONMENT, USAGE, Format, Project, app, fail, need_folder, print_issues, talk
from pressmark.text import visible


@app.command()
def build(
    project: Project = Path(),
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say what differs from what is there.")] = False,
    without_text: Annotated[
        bool, typer.Option("--without-text", help="Make edition/ instead: annotations and hashes, but not the articles' words.")
    ] = False,
) -> None:
    """Build the dataset of a project: seeds/ and annotations/ become data/."""
    from pressmark.build import build as build_project
    from pressmark.check import check as check_project

    need_folder(project)
    if check and without_text:
        fail("--check and --without-text do not go together", USAGE)
    if check:
        if print_issues(check_project(project), Format.text):
            raise typer.Exit(DATA)
        talk(f"{project / 'data'} is what seeds/ and annotations/ make")
        return
    if without_text:
        from pressmark.edition import EDITION, build_edition

        counts = build_edition(project)
        typer.echo(
            f"{visible(str(project / EDITION))}: {counts['articles']} articles, {counts['relations']} relations, no text"
        )
        return
    built = build_project(project)
    for path in built.passed_over:
        talk(f"{visible(path)}: passed over; seeds are .txt files")
    typer.echo(f"{'view':<12}{'rows':>8}  file")
    for view, count in built.rows.items():
        typer.echo(f"{view:<12}{count:>8}  {visible(str(project / 'data'))}/{view}/train-00000-of-00001.parquet")
    typer.echo(f"build {built.digest[:16]}; load it with load_dataset({str((project / 'data').resolve())!r})")


@app.command()
def hydrate(
    edition: Annotated[Path, typer.Argument(help="An edition without text, as `build --without-text` makes it.")],
    *,
    seeds: Annotated[Path, typer.Option(help="Your own copies of the articles, as <id>.txt.")],
    output: Annotated[Path, typer.Option(help="The dataset folder to write; an old one is replaced.")] = Path("data"),
) -> None:
    """Put the words back into an edition without text, from your own copies of the articles."""
    from pressmark.edition import hydrate as hydrate_edition

    for folder in (edition, seeds):
        if not folder.is_dir():
            fail(f"{folder}: no such folder", USAGE)
    written = hydrate_edition(edition, seeds, output)
    typer.echo(f"{visible(str(output))}: {written.rows['articles']} articles, build {written.digest[:16]}")


@app.command()
def anchor(
    drafts: Annotated[list[Path], typer.Argument(help="Drafts: annotations in which a span is its text, not its offsets.")],
    *,
    project: Annotated[Path, typer.Option(help="The folder with seeds/; the annotation goes into its annotations/.")] = Path(),
) -> None:
    """Turn drafts, which quote the text, into annotations, which count it. Ambiguous or absent text is an error."""
    from pressmark.project import anchor_draft

    need_folder(project)
    for draft in drafts:
        if not draft.is_file():
            fail(f"{draft}: no such file", USAGE)
    for draft in drafts:
        typer.echo(visible(str(anchor_draft(draft, project))))


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
    from pressmark.annotate.layers import Plan, UnknownError
    from pressmark.annotate.seam import UnavailableError
    from pressmark.propose import annotate as annotate_files

    if output is not None and output.suffix not in {".jsonl", ".parquet"}:
        fail(f"{output}: the records go into a .jsonl or a .parquet file", USAGE)
    for file in files:
        if not file.exists():
            fail(f"{file}: no such file or folder", USAGE)
    try:
        plan = Plan(entities, quotes, claims, llm, thought)
        annotate_files(files, plan, _write, talk, output=output, jobs=jobs, is_explained=explain)
    except UnknownError as error:
        fail(str(error), USAGE)
    except UnavailableError as error:
        fail(str(error), ENVIRONMENT)


def _write(data: bytes) -> None:
    typer.echo(data, nl=False)
