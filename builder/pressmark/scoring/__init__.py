"""Two annotations of the same texts → precision, recall, F1 and agreement. The definitions: ``docs/scoring.md``.

>>> pairs, left_out = paired(articles_in(Path("gold")), articles_in(Path("predicted")))
>>> score(pairs).sections["quotes"]["attribution"].values["f1"]

Matching is one to one and free of order: neither the order of entities, quotes and claims nor their ids change a figure.
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
