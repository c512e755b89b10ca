"""Compares two annotations of the same texts: precision, recall, F1 and agreement. ``docs/scoring.md`` defines the figures.

>>> pairs, left_out = paired(articles_in(Path("annotations/passes/a")), articles_in(Path("annotations/passes/b")))
>>> score(pairs).sections["quotes"]["attribution"].values["f1"]

Matching is one to one. The order and the ids of entities, quotes and claims do not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pressmark.scoring import agreement, claims, coreference, mentions, quotes
from pressmark.scoring.errors import Disagreement, disagreements
from pressmark.scoring.pair import LAYERS, Pair, Scored
from pressmark.scoring.report import as_json, table
from pressmark.scoring.sides import articles_in, paired
from pressmark.scoring.tally import Figure, Tally, figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = [
    "Disagreement",
    "Figure",
    "Pair",
    "Score",
    "articles_in",
    "as_json",
    "disagreements",
    "paired",
    "score",
    "table",
]


class _Section(NamedTuple):
    layer: Scored
    tallies: Callable[[Pair], dict[str, Tally]]


_SECTIONS = {
    "entities": _Section("entities", mentions.tallies),
    "coreference": _Section("entities", coreference.tallies),
    "quotes": _Section("quotes", quotes.tallies),
    "claims": _Section("claims", claims.tallies),
    "agreement/entities": _Section("entities", agreement.of_entities),
    "agreement/quotes": _Section("quotes", agreement.of_quotes),
    "agreement/claims": _Section("claims", agreement.of_claims),
}


@dataclass(frozen=True, slots=True)
class Score:
    """The figures by section and path, such as ``sections["entities"]["mentions/strict"]``; None for a skipped section.

    ``skipped`` lists for each layer the articles that do not count there, because one side has not annotated the layer.
    """

    articles: tuple[str, ...]
    left_out: tuple[str, ...]
    skipped: Mapping[Scored, tuple[str, ...]]
    sections: Mapping[str, Mapping[str, Figure] | None]


def score(pairs: Iterable[Pair], left_out: Iterable[str] = ()) -> Score:
    """Compare the two sides of each pair. Figures are micro-averaged, with confidence intervals from ten articles on."""
    pairs = list(pairs)
    sections = {}
    for name, section in _SECTIONS.items():
        tallies = [section.tallies(pair) for pair in pairs if pair.annotated(section.layer)]
        sections[name] = figures(tallies) if tallies else None
    return Score(
        articles=tuple(pair.gold.id for pair in pairs),
        left_out=tuple(left_out),
        skipped={layer: tuple(pair.gold.id for pair in pairs if not pair.annotated(layer)) for layer in LAYERS},
        sections=sections,
    )
