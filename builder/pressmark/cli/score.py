"""pressmark score: compares two annotations of the same texts."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressmark.cli.console import USAGE, app, fail, need, need_folder, talk
from pressmark.cli.progress import progress

if TYPE_CHECKING:
    from pressmark.record.model import Article

_STREAM = Path("-")


class Report(StrEnum):
    """The output formats of scores."""

    table = "table"
    json = "json"


@app.command()
def score(  # noqa: PLR0913 - a command's options
    gold: Annotated[
        Path,
        typer.Argument(
            help="An annotation, records (JSON, JSON Lines, Parquet), plain spans, CoNLL with IOB2 tags, a folder, or -."
        ),
    ],
    pred: Annotated[Path, typer.Argument(help="The same articles, annotated by somebody else or by a system.")],
    *,
    project: Annotated[
        Path | None, typer.Option(help="The folder with the seeds/ of the annotations. Default: the nearest one above them.")
    ] = None,
    relations: Annotated[
        tuple[Path, Path] | None,
        typer.Option(metavar="GOLD PRED", help="Files of relations. Default: the relations.json of two folders."),
    ] = None,
    renamed: Annotated[
        list[str] | None, typer.Option("--map", metavar="PER=PERSON", help="Rename an entity label of PRED. Repeatable.")
    ] = None,
    common: Annotated[
        bool, typer.Option("--common", help="Score only the articles that both sides have, and say how many were left out.")
    ] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List every disagreement, one per line.")] = False,
    output: Annotated[Report, typer.Option("--format", help="Output format.")] = Report.table,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress bar.")] = False,
) -> None:
    """Compare two annotations of the same texts.

    Prints precision, recall, F1 and agreement. Whatever is wrong in PRED counts as wrong: only the keys, the types and the
    offsets have to be right. https://github.com/pressmark/pressmark/blob/main/docs/scoring.md defines the figures.
    """
    import json

    from pressmark import scoring

    need(*(path for path in (gold, pred, *(relations or ())) if path != _STREAM))
    if gold == pred == _STREAM:
        fail("only one side can be standard input (-)", USAGE)
    if project is not None:
        need_folder(project)
    labels = _labels(renamed or [])
    sides = scoring.read(gold, pred, project, relations)
    with progress(sides.records, len(sides.records), "check the gold", quiet) as watched:
        _warn_of_gold(watched)
    _warn_of_labels(sides.gold, sides.pred, labels)
    preds = [scoring.relabelled(article, labels) for article in sides.pred]
    pairs, alone = scoring.paired(sides.gold, preds, common=common, is_bare=sides.is_bare)
    if alone:
        talk(f"left out {len(alone)} of {len(alone) + len(pairs)} articles, because only one side has them")
    with progress(pairs, len(pairs), "score", quiet) as scored:
        found = scoring.score(scored, alone, sides.related, sides.lacking)
    disagreements = list(scoring.disagreements(pairs)) if errors else None
    if output is Report.json:
        typer.echo(json.dumps(scoring.as_json(found, disagreements), indent=2))
        return
    for line in [*scoring.table(found), *([""] if disagreements else []), *map(str, disagreements or [])]:
        typer.echo(line)


def _labels(renamed: Iterable[str]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for rule in renamed:
        old, _, new = rule.partition("=")
        if not old or not new:
            fail(f"--map {rule}: write OLD=NEW, such as PER=PERSON", USAGE)
        if labels.setdefault(old, new) != new:
            fail(f"--map {rule}: {old} already becomes {labels[old]}", USAGE)
    return labels


def _warn_of_gold(records: Iterable["Article"]) -> None:
    from pressmark.validation import errors

    wrong = [issue for article in records for issue in errors(article)]
    if wrong:
        places = f"{len(wrong):,} places" if len(wrong) > 1 else "one place"
        talk(f"warning: the gold breaks rules in {places}; `pressmark validate` lists them; the first: {wrong[0]}")


def _warn_of_labels(gold: "Sequence[Article]", pred: "Sequence[Article]", labels: Mapping[str, str]) -> None:
    """Say which labels only the predictions have, because each of their mentions counts as wrong."""
    from typing import get_args

    from pressmark import scoring
    from pressmark.record.model import EntityLabel
    from pressmark.record.text import quoted

    counts = scoring.label_counts(pred)
    for label in labels.keys() - counts.keys():
        talk(f"warning: --map {quoted(label)}: the predictions have no such label")
    known = {*get_args(EntityLabel), *scoring.label_counts(gold)}
    for label in sorted({labels.get(label, label) for label in counts} - known):
        often = sum(count for old, count in counts.items() if labels.get(old, old) == label)
        talk(
            f"warning: {quoted(label)} is no label of the schema or the gold, so its {often:,} mentions count as wrong; "
            "--map OLD=NEW renames a label"
        )
