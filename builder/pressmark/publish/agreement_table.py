"""Computes how well independent annotations of the same seeds agree, for the datasheet.

A *pass* is a folder ``annotations/passes/<name>/`` with the annotations that one annotator made alone. A folder in
``annotations/`` with its own ``seeds/`` is a study on other texts and is included.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from pressmark.project.annotation_files import FOLDER, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pressmark.scoring import Score

# The columns: what `pressmark score` calls each figure (docs/scoring.md).
_FIGURES = (
    ("mentions, F1", "entities", "mentions/strict", "f1"),
    ("alpha", "agreement/entities", "alpha", "value"),
    ("quotes, F1", "quotes", "attribution", "f1"),
    ("complete, F1", "quotes", "attribution_complete", "f1"),
    ("alpha", "agreement/quotes", "alpha", "value"),
    ("claims, F1", "claims", "claim", "f1"),
    ("alpha", "agreement/claims", "alpha", "value"),
)


def agreement(project: Path) -> str | None:
    """Returns a Markdown table with one row for each pair of annotations of the same seeds, or None if there is no pair.

    Raises:
        InvalidError: an annotation of a pass cannot be used.
        OSError: a file cannot be read.
    """
    rows = list(_rows(project))
    if not rows:
        return None
    head = ["seeds", "sides", *(title for title, *_ in _FIGURES)]
    return "\n".join([_row(head), _row(["---"] * 2 + ["---:"] * len(_FIGURES)), *rows])


def _rows(project: Path) -> Iterator[str]:
    studies = sorted(path for path in (project / FOLDER).glob("*") if (path / "seeds").is_dir())
    for study in [project, *studies]:
        sides = [study / FOLDER, *sorted((study / FOLDER / "passes").glob("*"))]
        for one, other in combinations(filter(_annotated, sides), 2):
            names = (side.name if side.parent.name == "passes" else "published" for side in (one, other))
            seeds = (study / "seeds").relative_to(project).as_posix()
            yield _row([f"`{seeds}`", ", ".join(names), *_values(_score(one, other))])


def _annotated(folder: Path) -> bool:
    return any(path.name != RELATIONS.name for path in folder.glob("*.json"))


def _score(first: Path, second: Path) -> Score:
    from pressmark.scoring import articles_in, paired, score

    pairs, left_out = paired(articles_in(first), articles_in(second), common=True)
    return score(pairs, left_out)


def _values(score: Score) -> Iterator[str]:
    for _, section, path, key in _FIGURES:
        figures = score.sections[section]
        value = figures[path].values[key] if figures else None
        yield "" if value is None else f"{value:.3f}"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
