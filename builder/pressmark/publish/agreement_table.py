"""Computes how well independent annotations of the same seeds agree, for the datasheet.

A *pass* is a folder ``annotations/passes/<name>/`` with the annotations that one annotator made alone. A folder below
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

# The rows: what `pressmark score` calls each figure (docs/scoring.md), with the low ones.
_FIGURES = (
    ("mentions: same span and label, F1", "entities", "mentions/strict", "f1"),
    ("mentions: alpha", "agreement/entities", "alpha", "value"),
    ("level, accuracy", "entity_fields", "level", "value"),
    ("name, accuracy", "entity_fields", "name", "value"),
    ("kb_id, accuracy", "entity_fields", "kb_id", "value"),
    ("value, accuracy", "entity_fields", "value", "value"),
    ("members of groups, F1", "entity_fields", "members", "f1"),
    ("coreference: CoNLL F1", "coreference", "conll", "value"),
    ("quotes: contents share a token, F1", "quotes", "attribution", "f1"),
    ("quotes: every part shares a token, F1", "quotes", "attribution_complete", "f1"),
    ("quotes: same content span, F1", "quotes", "content/exact", "f1"),
    ("quotes: same cue span, F1", "quotes", "cue/exact", "f1"),
    ("quotes: same source span, F1", "quotes", "source/exact", "f1"),
    ("quotes: same addressee span, F1", "quotes", "addressee/exact", "f1"),
    ("quotes: alpha", "agreement/quotes", "alpha", "value"),
    ("speaker, accuracy", "quotes", "speaker", "value"),
    ("type of source, accuracy", "quotes", "source_type", "value"),
    ("type of quote, accuracy", "quotes", "type", "value"),
    ("medium, accuracy", "quotes", "medium", "value"),
    ("act, accuracy", "quotes", "act", "value"),
    ("act: alpha", "agreement/quotes", "alpha_act", "value"),
    ("status, accuracy", "quotes", "status", "value"),
    ("status: alpha", "agreement/quotes", "alpha_status", "value"),
    ("parent, accuracy", "quotes", "parent", "value"),
    ("claims, F1", "claims", "claim", "f1"),
    ("claims: same content span, F1", "claims", "content/exact", "f1"),
    ("claims: alpha", "agreement/claims", "alpha", "value"),
    ("claimer, accuracy", "claims", "claimer", "value"),
    ("same proposition, accuracy", "claims", "proposition/exact", "value"),
    ("propositions: tokens, F1", "claims", "proposition/tokens", "f1"),
    ("about, F1", "claims", "about", "f1"),
    ("types of claim: all the same, accuracy", "claims", "types", "value"),
    ("check-worthiness, accuracy", "claims", "checkworthiness", "value"),
    ("check-worthiness: alpha", "agreement/claims", "alpha_checkworthiness", "value"),
    ("factuality, accuracy", "claims", "factuality", "value"),
    ("factuality: alpha", "agreement/claims", "alpha_factuality", "value"),
    ("relations: same claims, F1", "relations", "pair", "f1"),
    ("relations: same claims and relation, F1", "relations", "relation", "f1"),
)


def agreement(project: Path) -> str | None:
    """Returns a Markdown table with one column for each pair of annotations of the same seeds, or None if there is no pair.

    Raises:
        InvalidError: an annotation of a pass cannot be used.
        OSError: a file cannot be read.
    """
    columns = dict(_columns(project))
    if not columns:
        return None
    titles = [title for title, *_ in _FIGURES]
    rows = [_row(list(row)) for row in zip(titles, *columns.values(), strict=True)]
    return "\n".join([_row(["figure", *columns]), _row(["---"] + ["---:"] * len(columns)), *rows])


def _columns(project: Path) -> Iterator[tuple[str, list[str]]]:
    studies = sorted(path.parent for path in (project / FOLDER).rglob("seeds"))
    for study in [project, *studies]:
        passes = [path for path in sorted((study / FOLDER / "passes").glob("*")) if _annotated(path)]
        sides = passes if len(passes) > 1 else [study / FOLDER, *passes]  # what was made of several passes agrees with them
        for one, other in combinations(filter(_annotated, sides), 2):
            names = (side.name if side.parent.name == "passes" else "published" for side in (one, other))
            seeds = (study / "seeds").relative_to(project).as_posix()
            yield f"`{seeds}`: {', '.join(names)}", list(_values(_score(one, other)))


def _annotated(folder: Path) -> bool:
    return any(path.name != RELATIONS.name for path in folder.glob("*.json"))


def _score(first: Path, second: Path) -> Score:
    from pressmark.scoring import opened, score_files

    with opened(first, second, common=True) as sides:
        return score_files(sides).score


def _values(score: Score) -> Iterator[str]:
    for _, section, path, key in _FIGURES:
        figures = score.sections[section]
        value = figures[path].values[key] if figures else None
        yield "" if value is None else f"{value:.3f}"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
