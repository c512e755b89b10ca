"""pressmark add: brings articles into a project."""

import codecs
import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pressmark.cli.console import DATA, USAGE, app, fail, need, need_folder, talk
from pressmark.cli.progress import progress
from pressmark.record.text import visible

if TYPE_CHECKING:
    from pressmark.project.adding.columns import Choice
    from pressmark.project.adding.into_project import Adding, Result

_SHOWN = 10  # articles that are named for each outcome
_KINDS = {  # of the results, with the heads of their columns
    "added": "added",
    "replaced": "replaced",
    "there": "there before",
    "copy": "same text",
    "conflict": "conflict",
    "open": "to correct",
    "unread": "not read",
}
_WRONG = {"conflict", "open", "unread"}


def _column(field: str) -> Any:
    return typer.Option(f"--{field}", metavar="COLUMN", help=f"The column with the {field}.")


@app.command()
def add(  # noqa: PLR0913 - a command's options
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...",
            help="Texts (.txt), CSV, TSV, JSON, JSON Lines, Parquet, HTML, Word; folders of these; what datasets saved.",
        ),
    ],
    *,
    project: Annotated[Path, typer.Option(help="The folder of the project.")] = Path(),
    text: Annotated[str | None, _column("text")] = None,
    id_: Annotated[str | None, typer.Option("--id", metavar="COLUMN", help="The column that ids are made of.")] = None,
    title: Annotated[str | None, _column("title")] = None,
    published: Annotated[str | None, _column("published")] = None,
    author: Annotated[str | None, _column("author")] = None,
    publisher: Annotated[str | None, _column("publisher")] = None,
    url: Annotated[str | None, _column("url")] = None,
    language: Annotated[str | None, _column("language")] = None,
    license_: Annotated[str | None, _column("license")] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Metadata of all articles that lack it, such as language=en."),
    ] = None,
    split: Annotated[str | None, typer.Option(help="Put the articles into this split: train, validation or test.")] = None,
    date_format: Annotated[
        str | None, typer.Option(metavar="FORMAT", help="How days are written, such as %d/%m/%Y. Unclear ones are left out.")
    ] = None,
    encoding: Annotated[str, typer.Option(help="The encoding of texts and CSV files, such as cp1252.")] = "utf-8",
    replace: Annotated[
        bool, typer.Option("--replace", help="Take another text under a known id for a corrected version; move its annotation.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; say what would be added.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress bar.")] = False,
) -> None:
    """Add articles to a project.

    Each becomes a file in seeds/ with exactly the text of the source, and a line in seeds/metadata.jsonl. The columns of a
    table are found by their usual names, and shown. Nothing is overwritten: an article that is there is skipped.
    """
    from pressmark.annotators.publication_day import with_day
    from pressmark.project.adding import days, into_project
    from pressmark.project.adding.columns import Choice, ColumnError
    from pressmark.project.adding.sources import articles
    from pressmark.project.seeds import METADATA

    need(*sources)
    need_folder(project)
    if not (project / METADATA.parent).is_dir():
        fail(
            f"{project}: has no {METADATA.parent}/, so it is not a project; name one with --project, or run pressmark init",
            USAGE,
        )
    named = {"text": text, "id": id_, "title": title, "published": published, "author": author, "publisher": publisher}
    named |= {"url": url, "language": language, "license": license_}
    choice = Choice({field: column for field, column in named.items() if column is not None}, encoding, date_format)
    values = _values(set_ or [])
    split = _checked(split, encoding)
    if date_format is not None and not days.is_form(date_format):
        fail(
            f"--date-format {date_format}: is not a form of a day; write one such as %d/%m/%Y, with day, month and year", USAGE
        )
    counts: dict[Path, Counter[str]] = {source: Counter() for source in sources}
    told: Counter[str] = Counter()
    try:
        for source in counts:
            _show_columns(source, choice)
        with into_project.opened(project, values, split=split, replace=replace, dry_run=dry_run) as adding:
            found = ((source, with_day(one, values)) for source in counts for one in articles(source, choice))
            with progress(found, None, "add", quiet=quiet) as incoming:
                for source, one in incoming:
                    result = adding.add(one)
                    counts[source][result.kind] += 1
                    _tell(result, told, dry_run=dry_run)
    except ColumnError as error:
        fail(str(error), USAGE)
    for kind, number in told.items():
        if number > _SHOWN:
            talk(f"and {number - _SHOWN} more: {kind}")
    _table(counts)
    _say_what_is_next(adding, project, dry_run=dry_run)
    if any(counts[source][kind] for source in counts for kind in _WRONG):
        raise typer.Exit(DATA)


def _values(given: list[str]) -> dict[str, Any]:
    from pressmark.project.metadata_file import SET
    from pressmark.project.seeds import metadata_issues
    from pressmark.record.bare_article import bare_article

    allowed = [name for name in SET if name not in {"inferred", "duplicate_of"}]
    values: dict[str, Any] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or name not in allowed:
            fail(f"--set {one}: write FIELD=VALUE, where FIELD is one of {', '.join(allowed)}", USAGE)
        values[name] = value
    for issue in metadata_issues(bare_article("a", "a", values.get("language"), values)):
        fail(f"--set: {issue.pointer.split('/')[-1]} {issue.message}", USAGE)
    return values


def _checked(split: str | None, encoding: str) -> str | None:
    from pressmark.validation.level6_dataset.corpus import SPLITS

    if split is not None and split not in SPLITS:
        fail(f"--split {split}: the splits are train, validation and test", USAGE)
    try:
        codecs.lookup(encoding)
    except LookupError:
        fail(f"--encoding {encoding}: there is no such encoding; usual ones are utf-8, cp1252, latin-1 and utf-16", USAGE)
    return SPLITS[split] if split is not None else None


def _show_columns(source: Path, choice: "Choice") -> None:
    from pressmark.project.adding.columns import ColumnError
    from pressmark.project.adding.sources import table

    try:
        found = table(source, choice)
    except ColumnError as error:
        fail(f"{source}: {error}", USAGE)
    if found is None:
        return
    used = ", ".join(f"{field} from {column!r}" for field, column in found.columns.items())
    unused = f"; not used: {', '.join(map(repr, found.others))}" if found.others else ""
    ids = "" if "id" in found.columns else "; ids are made of the file's name and the number of the row"
    talk(visible(f"{source}: {used}{unused}{ids}"))


def _tell(result: "Result", told: "Counter[str]", *, dry_run: bool) -> None:
    """Print the seed that was written; or say why there is none, for the first few."""
    for note in result.notes:
        talk(visible(f"{result.place}: {note}"))
    if result.kind in {"added", "replaced", "open"}:
        typer.echo(visible(f"{result.path}{' (not written)' if dry_run else ''}"))
    if result.why:
        told[_KINDS[result.kind]] += 1
        if told[_KINDS[result.kind]] <= _SHOWN:
            talk(visible(f"{result.place}: {result.why}"))


def _table(counts: dict[Path, "Counter[str]"]) -> None:
    heads = [kind for kind in _KINDS if kind == "added" or any(counted[kind] for counted in counts.values())]
    width = max(len("source"), *(len(visible(str(source))) for source in counts))
    talk("  ".join([f"{'source':<{width}}", f"{'read':>6}", *(_KINDS[kind] for kind in heads)]))
    for source, counted in counts.items():
        numbers = (f"{counted[kind]:>{len(_KINDS[kind])}}" for kind in heads)
        talk("  ".join([f"{visible(str(source)):<{width}}", f"{counted.total():>6}", *numbers]))


def _say_what_is_next(adding: "Adding", project: Path, *, dry_run: bool) -> None:
    if adding.without_language:
        number = adding.without_language
        talk(f"{number} of them have no language; write it into seeds/metadata.jsonl, or add them with --set language=en")
    if dry_run:
        talk("nothing was written (--dry-run)")
    elif adding.lines:
        place = visible(shlex.quote(str(project)))
        talk(f"next: `pressmark annotate {place}` proposes what to mark, `pressmark view {place}` shows it")
