"""Computes how far two or more annotators agree: Krippendorff's alpha over all of them, and F1 for each two."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING, Any, get_args

from pressmark.record.model import EntityLabel
from pressmark.record.text import visible
from pressmark.scoring import agreement, claims, quotes
from pressmark.scoring.conflicts import conflicts
from pressmark.scoring.pair import Pair
from pressmark.scoring.score import score
from pressmark.scoring.side_by_side import side_by_side
from pressmark.scoring.table_and_json import DIGITS
from pressmark.scoring.tally import Tally, figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pressmark.record.model import Article
    from pressmark.scoring.conflicts import Conflict
    from pressmark.scoring.pair import Scored
    from pressmark.scoring.side_by_side import Group

    Labels = Callable[[Pair, Article], list[str]]
    Values = Mapping[str, float | None]

_TOKENS: dict[Scored, tuple[Labels, tuple[str, ...]]] = {
    "entities": (agreement.entity_labels, get_args(EntityLabel)),
    "quotes": (agreement.quote_labels, ("source", "cue", "content")),
    "claims": (agreement.claim_labels, ()),
}
_ITEMS: dict[Scored, tuple[str, ...]] = {"entities": (), "quotes": quotes.LABELS, "claims": claims.LABELS}
# What F1 is shown of: the section, and the figure's path, of `pressmark score`.
_F1 = {
    "entities": ("entities", "mentions/strict"),
    **{f"entities/{label}": ("entities", f"labels/{label}") for label in get_args(EntityLabel)},
    "quotes": ("quotes", "attribution"),
    **{f"quotes/{role}": ("quotes", f"{role}/exact") for role in quotes.ROLES},
    "claims": ("claims", "claim"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The agreement of several annotators. Figures go by layer, or by layer and label (``entities/PERSON``).

    ``f1`` is by pair of annotators; ``each`` is the mean of an annotator's F1 with the others. A figure without items is None.
    """

    articles: tuple[str, ...]
    left_out: tuple[str, ...]
    annotators: tuple[str, ...]
    alpha: Values
    f1: Mapping[tuple[str, str], Values]
    each: Mapping[str, Values]
    conflicts: tuple[Conflict, ...]


def compare(names: Sequence[str], groups: Sequence[Sequence[Article]], left_out: Sequence[str] = ()) -> Comparison:
    """Compare the annotations of these annotators. Each group has one text, annotated by each of them."""
    found = [side_by_side(names, articles) for articles in groups]
    counted = figures([dict(_alphas(group)) for group in found])
    f1 = {(names[i], names[j]): _f1([Pair(one[i], one[j]) for one in groups]) for i, j in combinations(range(len(names)), 2)}
    each = {who: {row: _mean([f1[pair][row] for pair in f1 if who in pair]) for row in _F1} for who in names}
    return Comparison(
        articles=tuple(group.first.id for group in found),
        left_out=tuple(left_out),
        annotators=tuple(names),
        alpha={row: figure.main for row, figure in counted.items()},
        f1=f1,
        each=each,
        conflicts=tuple(one for group in found for one in conflicts(group)),
    )


def _alphas(group: Group) -> Iterator[tuple[str, Tally]]:
    """Alpha over the tokens of each layer, over each label against all others, and over each label of the items."""
    tokens = Pair(group.first, group.first)
    for layer, (labels_of, labels) in _TOKENS.items():
        people = group.annotators(layer)
        if len(people) < 2:
            continue
        given = [labels_of(tokens, group.articles[who]) for who in people]
        yield layer, agreement.alpha(*given)
        for label in labels:
            yield f"{layer}/{label}", agreement.alpha(*([one if one == label else "" for one in side] for side in given))
        for field in _ITEMS[layer]:
            sides = ([getattr(item[who], field) if who in item else None for item in group.items[layer]] for who in people)
            yield f"{layer}/{field}", agreement.alpha(*sides)


def _f1(pairs: Sequence[Pair]) -> Values:
    sections = score(pairs).sections
    return {row: found[path].values["f1"] if (found := sections[section]) else None for row, (section, path) in _F1.items()}


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def comparison_json(found: Comparison) -> dict[str, Any]:
    """The comparison as JSON. Undefined figures are null."""
    return {
        "articles": found.articles,
        "left_out": found.left_out,
        "annotators": found.annotators,
        "alpha": _rounded(found.alpha),
        "f1": [{"annotators": pair, **_rounded(values)} for pair, values in found.f1.items()],
        "each": {who: _rounded(values) for who, values in found.each.items()},
        "conflicts": [{"id": one.id} | asdict(one) for one in found.conflicts],
    }


def _rounded(values: Values) -> Values:
    return {row: None if value is None else round(value, DIGITS) for row, value in values.items()}


def comparison_table(found: Comparison) -> Iterator[str]:
    """The lines to print: alpha, F1 of each two, F1 of each with the others, and the conflicts."""
    people = ", ".join(map(visible, found.annotators))
    yield f"{len(found.articles)} article{'s' if len(found.articles) > 1 else ''}, {len(found.annotators)} annotators: {people}"
    yield from _columns("Krippendorff's alpha", {"all": found.alpha})
    yield from _columns("F1 of two annotators", {" – ".join(pair): values for pair, values in found.f1.items()})
    if len(found.annotators) > 2:
        yield from _columns("mean F1 of an annotator with the others", found.each)
    yield ""
    yield f"{len(found.conflicts)} conflict{'' if len(found.conflicts) == 1 else 's'}"
    yield from map(str, found.conflicts)


def _columns(title: str, columns: Mapping[str, Values]) -> Iterator[str]:
    """A table with a row for each figure that some column has."""
    heads = [visible(head) for head in columns]
    yield ""
    yield _row(title, heads, heads)
    for row in next(iter(columns.values())):
        values = [column[row] for column in columns.values()]
        layer, _, label = row.partition("/")
        if any(value is not None for value in values):
            yield _row(f"  {label}" if label else layer, ["–" if value is None else f"{value:.3f}" for value in values], heads)


def _row(name: str, cells: Sequence[str], heads: Sequence[str]) -> str:
    return f"{name:<40}" + "".join(f"  {cell:>{max(9, len(head))}}" for cell, head in zip(cells, heads, strict=True))
