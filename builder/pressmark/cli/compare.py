"""pressmark compare: says how far several annotators of the same texts agree, and lists where they do not."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressmark.cli.console import USAGE, app, fail, need, need_folder, talk

if TYPE_CHECKING:
    from pressmark.record.model import Article

Sides = Annotated[
    list[Path],
    typer.Argument(help="One for each annotator: a folder of annotations, a project, or a file of records."),
]
Seeds = Annotated[
    Path | None,
    typer.Option("--project", help="The folder with the seeds/. Default: the nearest one above the annotations."),
]
Common = Annotated[bool, typer.Option("--common", help="Take only the articles that all have, and say how many were left out.")]


@app.command()
def compare(
    sides: Sides,
    *,
    project: Seeds = None,
    common: Common = False,
    format_: Annotated[str, typer.Option("--format", help="Output format: text or json.")] = "text",
) -> None:
    """Compare two or more annotators of the same texts.

    Prints Krippendorff's alpha over all of them and F1 for each two, by layer and label. Then it prints a line for each
    conflict: the place, and who reads what. pressmark merge makes one annotation of them; pressmark score compares with a gold.
    """
    import json

    from pressmark import scoring

    if format_ not in {"text", "json"}:
        fail(f"--format {format_}: use text or json", USAGE)
    names = annotators(sides, project)
    groups, alone = annotations(names, sides, project, common=common)
    found = scoring.compare(names, groups, alone)
    if format_ == "json":
        typer.echo(json.dumps(scoring.comparison_json(found), indent=2))
        return
    for line in scoring.comparison_table(found):
        typer.echo(line)


def annotations(
    names: Sequence[str], sides: Sequence[Path], project: Path | None, *, common: bool
) -> "tuple[list[tuple[Article, ...]], list[str]]":
    """Return the articles of all sides, grouped by id, and the ids of those that not all have."""
    from pressmark import scoring

    found = {name: scoring.articles_in(side, project) for name, side in zip(names, sides, strict=True)}
    if bare := [name for name in names if not found[name]]:
        fail(f"{', '.join(bare)}: has no records or annotations; pressmark score compares plain spans and CoNLL", USAGE)
    groups, alone = scoring.grouped(found, common=common)
    if alone:
        talk(f"left out {len(alone)} of {len(alone) + len(groups)} articles, because not all annotators have them")
    return groups, alone


def annotators(sides: Sequence[Path], project: Path | None) -> list[str]:
    """Return the name of each side's folder or file, or whole paths if two are alike or one is the name of a column."""
    from pressmark.scoring.conflict_table import COLUMNS

    need(*sides)
    if project is not None:
        need_folder(project)
    if len({side.resolve() for side in sides}) < max(2, len(sides)):
        fail("name two or more annotators, each once", USAGE)
    names = [_name(side) for side in sides]
    is_clear = len({name.casefold() for name in names}) == len(names) and not {*names} & {*COLUMNS}
    return names if is_clear else [str(side.resolve()) for side in sides]


def _name(side: Path) -> str:
    whole = side.resolve()
    return whole.stem if whole.is_file() else whole.parent.name if whole.name in {"annotations", "data"} else whole.name
