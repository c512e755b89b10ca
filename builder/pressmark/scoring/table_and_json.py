"""Formats scores as a table for people and as one JSON object for programs. ``docs/scoring.md`` explains the keys."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pressmark.scoring.score import NEVER_COMPARED
from pressmark.scoring.tally import ENOUGH, LEVEL, RESAMPLES, SEED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressmark.scoring.disagreements import Disagreement
    from pressmark.scoring.score import Score
    from pressmark.scoring.tally import Figure

DIGITS = 6  # in JSON: fewer than processors may differ in


def as_json(score: Score, errors: Sequence[Disagreement] | None = None) -> dict[str, Any]:
    """The scores as JSON. The keys are always the same; undefined figures and skipped sections are null."""
    found: dict[str, Any] = {
        "articles": list(score.articles),
        "left_out": list(score.left_out),
        "skipped": {layer: list(names) for layer, names in score.skipped.items()},
        "not_compared": [*score.not_compared, *NEVER_COMPARED],
        "bootstrap": {"resamples": RESAMPLES, "level": LEVEL, "seed": SEED, "articles_needed": ENOUGH},
    }
    for name, figures in score.sections.items():
        _put(found, name, None if figures is None else {})
        for path, figure in (figures or {}).items():
            _put(found, f"{name}/{path}", _figure(figure))
    if errors is not None:
        found["errors"] = [asdict(error) for error in errors]
    return found


def _put(tree: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split("/")
    for name in parents:
        tree = tree.setdefault(name, {})
    tree[last] = value


def _figure(figure: Figure) -> dict[str, Any]:
    values = {name: None if value is None else round(value, DIGITS) for name, value in figure.values.items()}
    interval = [round(value, DIGITS) for value in figure.interval] if figure.interval else None
    return values | {"interval": interval} | figure.counts


def table(score: Score) -> Iterator[str]:
    """The lines to print."""
    often = len(score.articles)
    yield f"{often} article{'s' if often > 1 else ''}"
    if often - max(map(len, score.skipped.values())) < ENOUGH:
        yield f"no confidence interval where fewer than {ENOUGH} articles count"
    for layer, names in score.skipped.items():
        if names and layer not in score.not_compared:
            yield f"{layer} skipped in {len(names)} of them, where a side has not annotated them"
    if score.not_compared:
        yield f"not compared, because a side has none: {', '.join(score.not_compared).replace('_', ' ')}"
    yield f"never compared: {', '.join(NEVER_COMPARED)}"
    for name, figures in score.sections.items():
        if figures is not None:
            yield ""
            yield _row(
                name.replace("/", " of ").replace("_", " "), ["precision", "recall", "F1"], f"{LEVEL:.0%} interval", "counted"
            )
            yield from (_figure_row(path, figure) for path, figure in figures.items() if _says_something(path, figure))


def _says_something(path: str, figure: Figure) -> bool:
    """Whether a figure is shown. That of a label that neither side used is not."""
    return figure.main is not None or not path.startswith("labels/")


def _figure_row(path: str, figure: Figure) -> str:
    values = ["–" if value is None else f"{value:.3f}" for value in figure.values.values()]
    interval = f"{figure.interval[0]:.3f}–{figure.interval[1]:.3f}" if figure.interval else ""
    counted = [f"{name} {figure.counts[name]}" for name in ("gold", "pred", "right", "of") if name in figure.counts]
    return _row("  " + path.replace("/", " "), values, interval, ", ".join(counted))


def _row(name: str, values: list[str], interval: str, counted: str) -> str:
    columns = "".join(f"{value:>10}" for value in [""] * (3 - len(values)) + values)
    return f"{name:<30}{columns}  {interval:<14}{counted}".rstrip()
