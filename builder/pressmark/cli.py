"""Arguments in, exit code out: 0 clean, 1 issues in the data, 2 usage, 3 environment, 130 interrupted."""

from __future__ import annotations

import io
import os
import sys
from collections import Counter
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pressmark.issue import InvalidError
from pressmark.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.issue import Issue
    from pressmark.validate import Survey
    from pressmark.validate.rules import Meaning

app = typer.Typer(
    help="Who said what in the news: build, validate and look at annotated articles.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

DATA, USAGE, ENVIRONMENT = 1, 2, 3  # Typer itself exits with 130 when interrupted
Project = Annotated[Path, typer.Argument(help="A folder with seeds/ and, if there are some, annotations/.")]


class Format(StrEnum):
    """How issues are printed."""

    text = "text"
    jsonl = "jsonl"
    github = "github"
    sarif = "sarif"


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

    _folder(project)
    if check and without_text:
        _fail("--check and --without-text do not go together", USAGE)
    if check:
        if _print_issues(check_project(project), Format.text):
            raise typer.Exit(DATA)
        _talk(f"{project / 'data'} is what seeds/ and annotations/ make")
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
        _talk(f"{visible(path)}: passed over; seeds are .txt files")
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
            _fail(f"{folder}: no such folder", USAGE)
    written = hydrate_edition(edition, seeds, output)
    typer.echo(f"{visible(str(output))}: {written.rows['articles']} articles, build {written.digest[:16]}")


def _explain(code: str | None) -> None:
    if code is not None:
        typer.echo(_known([code])[0].page())
        raise typer.Exit


def _known(codes: Iterable[str]) -> list[Meaning]:
    from difflib import get_close_matches

    from pressmark.validate import meanings

    known = meanings()
    for code in codes:
        if code not in known:
            near = get_close_matches(code, known, 3)
            _fail(
                f"there is no code {code!r}; " + (f"did you mean {' or '.join(near)}?" if near else "see docs/rules.md"), USAGE
            )
    return [known[code] for code in codes]


@app.command()
def validate(  # noqa: PLR0913 - each is an option
    files: Annotated[
        list[Path],
        typer.Argument(help="Records: JSON, JSON Lines or Parquet; - for standard input. Annotations of a project too."),
    ],
    *,
    output: Annotated[
        Format | None,
        typer.Option("--format", help="How to print issues.", show_default="text; github under GitHub Actions"),
    ] = None,
    level: Annotated[int, typer.Option(min=1, max=6, help="The highest level to look at: 1 file to 6 dataset.")] = 6,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODE", help="A code to leave out; may be repeated.")] = None,
    warnings_as_errors: Annotated[bool, typer.Option("--warnings-as-errors", help="Let warnings fail, too.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Processes to use.")] = 1,
    max_explained: Annotated[int, typer.Option(min=0, help="Records of a file to explain; the rest is counted.")] = 1000,
    fix: Annotated[bool, typer.Option("--fix", help="Make the repairs that lose nothing, and show them.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would do.")] = False,
    _: Annotated[
        str | None,
        typer.Option("--explain", metavar="CODE", callback=_explain, is_eager=True, help="Say what a code means, and exit."),
    ] = None,
) -> None:
    """Check records; exit 1 if any breaks a rule. A warning fails only with --warnings-as-errors."""
    from pressmark.validate import Settings, Survey

    _known(ignore or [])
    for file in files:
        if file == Path("-"):
            continue
        if not file.exists():
            _fail(f"{file}: no such file", USAGE)
        if file.is_dir():
            _fail(f"{file}: is a folder; name its files, or use `pressmark build --check`", USAGE)
    if fix or diff:
        _repair(files, write=fix)
    survey = Survey(Settings(level, frozenset(ignore or ()), max_explained), files, jobs)
    try:
        found = chain.from_iterable(chain((_issues_in(file, survey) for file in files), [survey.dataset()]))
        count = _print_issues(found, output or _usual_format())
    finally:
        survey.close()
    _talk(f"pressmark: {_number(len(files), 'file')}, {_number(survey.records, 'record')}: {_summary(count)}")
    if count["error"] or (warnings_as_errors and count["warning"]):
        raise typer.Exit(DATA)


def _issues_in(file: Path, survey: Survey) -> Iterator[Issue]:
    if file.absolute().parent.name != "annotations":
        return survey.file(file)
    from pressmark.project import issues_in

    return issues_in(file, survey)


def _usual_format() -> Format:
    return Format.github if os.environ.get("GITHUB_ACTIONS") == "true" else Format.text


def _repair(files: Iterable[Path], *, write: bool) -> None:
    from pressmark.repair import repair

    for file in files:
        for line in repair(file, write=write):
            typer.echo(line)


def _number(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _summary(count: Counter[str]) -> str:
    return ", ".join(_number(count[severity], severity) for severity in ("error", "warning") if count[severity]) or "no issues"


@app.command()
def anchor(
    drafts: Annotated[list[Path], typer.Argument(help="Drafts: annotations in which a span is its text, not its offsets.")],
    *,
    project: Annotated[Path, typer.Option(help="The folder with seeds/; the annotation goes into its annotations/.")] = Path(),
) -> None:
    """Turn drafts, which quote the text, into annotations, which count it. Ambiguous or absent text is an error."""
    from pressmark.project import anchor_draft

    _folder(project)
    for draft in drafts:
        if not draft.is_file():
            _fail(f"{draft}: no such file", USAGE)
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
        _fail(f"{output}: the records go into a .jsonl or a .parquet file", USAGE)
    for file in files:
        if not file.exists():
            _fail(f"{file}: no such file or folder", USAGE)
    try:
        plan = Plan(entities, quotes, claims, llm, thought)
        annotate_files(files, plan, _write, _talk, output=output, jobs=jobs, is_explained=explain)
    except UnknownError as error:
        _fail(str(error), USAGE)
    except UnavailableError as error:
        _fail(str(error), ENVIRONMENT)


@app.command()
def show(
    article: Annotated[str, typer.Argument(help="An article's id, or a file: a seed, an annotation, or records.")],
    *,
    project: Annotated[
        Path, typer.Option(help="The folder with seeds/ and annotations/ in which an id is looked up.")
    ] = Path(),
) -> None:
    """Print an article with its entities, quotes and claims marked; in colour on a terminal."""
    import shutil

    from pressmark.project import find
    from pressmark.show import show as lines_of

    if not Path(article).is_file():
        _folder(project)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ  # no-color.org
    for found in find(project, article):
        for line in lines_of(found, width=shutil.get_terminal_size((100, 24)).columns, colour=colour):
            typer.echo(line)


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

    from pressmark import score as scoring

    _scorable(gold, pred)
    if project is not None:
        _folder(project)
    pairs, alone = scoring.paired(scoring.articles_in(gold, project), scoring.articles_in(pred, project), common=common)
    if alone:
        _talk(f"left out, since only one side has them: {len(alone)} of {len(alone) + len(pairs)} articles")
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
            _fail(f"{path}: no such file or folder", USAGE)


def _folder(project: Path) -> None:
    if not project.is_dir():
        _fail(f"{project}: no such folder; a dataset project is a folder with seeds/", USAGE)


def _print_issues(issues: Iterable[Issue], output: Format) -> Counter[str]:
    """Print the issues, and count them by severity."""
    from pressmark import report

    count: Counter[str] = Counter()
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ  # no-color.org

    def counted() -> Iterator[Issue]:
        for issue in issues:
            count[issue.severity] += 1
            yield issue

    if output is Format.sarif:
        from importlib.metadata import version

        from pressmark.validate import meanings

        typer.echo(report.sarif(counted(), meanings(), version("pressmark")))
        return count
    for issue in counted():
        match output:
            case Format.text:
                typer.echo("\n".join(report.text(issue, colour=colour)))
            case Format.jsonl:
                typer.echo(report.jsonl(issue))
            case Format.github:
                typer.echo(report.github(issue))
    return count


def _write(data: bytes) -> None:
    typer.echo(data, nl=False)


def _talk(text: str) -> None:
    typer.echo(text, err=True)


def _fail(text: str, code: int) -> NoReturn:
    _talk(f"pressmark: {visible(text)}")
    raise typer.Exit(code)


def main() -> None:
    """Run the command line; every way out is a line and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except InvalidError as invalid:
        for issue in invalid.issues:
            _talk(str(issue))
        sys.exit(DATA)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _talk(f"pressmark: {visible(place)}{error.strerror or error}")
        sys.exit(ENVIRONMENT)
