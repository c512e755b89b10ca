"""Computes every figure of `pressmark score` from pairs of annotated articles, section by section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pressmark.scoring import agreement, claims, coreference_metrics, entities, quotes
from pressmark.scoring.pair import LAYERS, Pair, Scored
from pressmark.scoring.tally import Figure, Tally, figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class _Section(NamedTuple):
    layer: Scored
    tallies: Callable[[Pair], dict[str, Tally]]


_SECTIONS = {
    "entities": _Section("entities", entities.tallies),
    "coreference": _Section("entities", coreference_metrics.tallies),
    "quotes": _Section("quotes", quotes.tallies),
    "claims": _Section("claims", claims.tallies),
    "agreement/entities": _Section("entities", agreement.of_entities),
    "agreement/quotes": _Section("quotes", agreement.of_quotes),
    "agreement/claims": _Section("claims", agreement.of_claims),
}


@dataclass(frozen=True, slots=True)
class Score:
    """The figures by section and path (``sections["entities"]["mentions/strict"]``); None for a section that nobody annotated.

    ``skipped`` names for each layer the articles in which a side has not annotated it: they do not count there.
    """

    articles: tuple[str, ...]
    left_out: tuple[str, ...]
    skipped: Mapping[Scored, tuple[str, ...]]
    sections: Mapping[str, Mapping[str, Figure] | None]


def score(pairs: Iterable[Pair], left_out: Iterable[str] = ()) -> Score:
    """Compare the two sides of each pair; micro-averaged, with confidence intervals where there are ten articles."""
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
