"""Computes every figure of `pressmark score` from pairs of annotated articles, section by section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pressmark.scoring import agreement, claim_relations, claims, coreference_metrics, entities, entity_fields, quotes
from pressmark.scoring.pair import LAYERS, Pair, Scored
from pressmark.scoring.tally import Figure, Tally, figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pressmark.scoring.claim_relations import Related

NEVER_COMPARED = ("zones", "sentences", "metadata", "annotators", "confidence")


class _Section(NamedTuple):
    layer: Scored
    tallies: Callable[[Pair], dict[str, Tally]]
    of_spans: bool = True  # whether spans and labels are enough


_SECTIONS = {
    "entities": _Section("entities", entities.tallies),
    "entity_fields": _Section("entities", entity_fields.tallies, of_spans=False),
    "coreference": _Section("entities", coreference_metrics.tallies, of_spans=False),
    "agreement/entities": _Section("entities", agreement.of_entities),
    "quotes": _Section("quotes", quotes.tallies),
    "agreement/quotes": _Section("quotes", agreement.of_quotes),
    "claims": _Section("claims", claims.tallies),
    "agreement/claims": _Section("claims", agreement.of_claims),
}


@dataclass(frozen=True, slots=True)
class Score:
    """The figures by section and path (``sections["entities"]["mentions/strict"]``); None for a section that nobody annotated.

    ``skipped`` names for each layer the articles in which a side has not annotated it: they do not count there.
    ``not_compared`` names what a side lacks, besides `NEVER_COMPARED`.
    """

    articles: tuple[str, ...]
    left_out: tuple[str, ...]
    skipped: Mapping[Scored, tuple[str, ...]]
    not_compared: tuple[str, ...]
    sections: Mapping[str, Mapping[str, Figure] | None]


def score(
    pairs: Iterable[Pair], left_out: Iterable[str] = (), related: Related | None = None, lacking: Iterable[str] = ()
) -> Score:
    """Compare the two sides of each pair; micro-averaged, with confidence intervals where there are ten articles.

    Relations go across articles, so their figures have no intervals. ``lacking`` names more that a side does not have.
    """
    scored: list[Pair] = []
    found: dict[str, list[dict[str, Tally]]] = {name: [] for name in _SECTIONS}
    for pair in pairs:
        scored.append(pair)
        for name, section in _SECTIONS.items():
            if pair.annotated(section.layer) and (section.of_spans or not pair.is_bare):
                found[name].append(section.tallies(pair))
    sections = {name: figures(tallies) if tallies else None for name, tallies in found.items()}
    sections["relations"] = figures([claim_relations.tallies(scored, related)]) if related else None
    missing = [name for name in (*_SECTIONS, "relations") if sections[name] is None and "/" not in name]
    return Score(
        articles=tuple(pair.gold.id for pair in scored),
        left_out=tuple(left_out),
        skipped={layer: tuple(pair.gold.id for pair in scored if not pair.annotated(layer)) for layer in LAYERS},
        not_compared=(*missing, *lacking),
        sections=sections,
    )
