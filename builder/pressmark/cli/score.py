"""pressmark score: compares two annotations of the same texts."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Annotated, Self

import typer

from pressmark.cli.console import USAGE, Jobs, app, fail, need, need_folder, talk
from pressmark.cli.progress import counter

if TYPE_CHECKING:
    from pressmark.scoring import Disagreement, FilesScore, Score

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
    jobs: Jobs = 1,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress bar.")] = False,
) -> None:
    """Compare two annotations of the same texts.

    Prints precision, recall, F1 and agreement. Whatever is wrong in PRED counts as wrong: only the keys, the types and the
    offsets have to be right. https://github.com/pressmark/pressmark/blob/main/docs/scoring.md defines the figures.
    """
    from pressmark import scoring
    from pressmark.record.jobs import workers

    need(*(path for path in (gold, pred, *(relations or ())) if path != _STREAM))
    if gold == pred == _STREAM:
        fail("only one side can be standard input (-)", USAGE)
    if project is not None:
        need_folder(project)
    labels = _labels(renamed or [])
    with ExitStack() as opened:
        sides = opened.enter_context(scoring.opened(gold, pred, project, relations, common=common))
        each = opened.enter_context(workers(jobs))
        kept = opened.enter_context(_Listed(output)) if errors else None
        with counter(len(sides.pairs), "score", quiet) as count:
            found = scoring.score_files(sides, labels, each, seen=count, tell=kept.add if kept else None)
        _warn(found, labels)
        if sides.alone:
            often = len(sides.alone) + len(found.score.articles)
            talk(f"left out {len(sides.alone)} of {often} articles, because only one side has them")
        _print(found.score, output, kept)


class _Listed:
    """Disagreements in a temporary file, since the figures are printed before them."""

    def __init__(self, output: Report) -> None:
        self.is_json = output is Report.json
        self.lines = 0
        self._file = TemporaryFile("w+", encoding="utf-8", errors="surrogatepass", newline="")  # noqa: SIM115 - `__exit__` closes it

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, one: "Disagreement") -> None:
        """Keep one."""
        import json
        from dataclasses import asdict
        from textwrap import indent

        shown = indent(json.dumps(asdict(one), indent=2), "    ") if self.is_json else str(one)
        self._file.write((("," if self.is_json else "") + "\n" if self.lines else "") + shown)
        self.lines += 1

    def parts(self) -> Iterator[str]:
        """All of them, in parts."""
        self._file.seek(0)
        while part := self._file.read(2**16):
            yield part


def _print(score: "Score", output: Report, kept: _Listed | None) -> None:
    import json

    from pressmark import scoring

    if output is Report.table:
        for line in [*scoring.table(score), *([""] if kept and kept.lines else [])]:
            typer.echo(line)
    elif kept is None or not kept.lines:
        typer.echo(json.dumps(scoring.as_json(score, None if kept is None else []), indent=2))
        return
    else:
        typer.echo(json.dumps(scoring.as_json(score), indent=2).removesuffix("\n}") + ',\n  "errors": [')
    for part in kept.parts() if kept else ():
        typer.echo(part, nl=False)
    if kept and kept.lines:
        typer.echo("\n  ]\n}" if output is Report.json else "")


def _labels(renamed: Iterable[str]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for rule in renamed:
        old, _, new = rule.partition("=")
        if not old or not new:
            fail(f"--map {rule}: write OLD=NEW, such as PER=PERSON", USAGE)
        if labels.setdefault(old, new) != new:
            fail(f"--map {rule}: {old} already becomes {labels[old]}", USAGE)
    return labels


def _warn(found: "FilesScore", labels: Mapping[str, str]) -> None:
    """Say that the gold breaks rules, and which labels only the predictions have, because their mentions count as wrong."""
    from typing import get_args

    from pressmark.record.model import EntityLabel
    from pressmark.record.text import quoted

    if found.broken:
        places = f"{found.broken:,} places" if found.broken > 1 else "one place"
        talk(f"warning: the gold breaks rules in {places}; `pressmark validate` lists them; the first: {found.first}")
    golds, preds = found.labels
    for label in labels.keys() - preds.keys():
        talk(f"warning: --map {quoted(label)}: the predictions have no such label")
    known = {*get_args(EntityLabel), *golds}
    for label in sorted({labels.get(label, label) for label in preds} - known):
        often = sum(count for old, count in preds.items() if labels.get(old, old) == label)
        talk(
            f"warning: {quoted(label)} is no label of the schema or the gold, so its {often:,} mentions count as wrong; "
            "--map OLD=NEW renames a label"
        )
