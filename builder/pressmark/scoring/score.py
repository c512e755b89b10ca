"""Computes every figure of `pressmark score` from pairs of annotated articles, section by section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pressmark.scoring import agreement, claim_relations, claims, coreference_metrics, entities, entity_fields, quotes
from pressmark.scoring.pair import LAYERS, Pair, Scored
from pressmark.scoring.tally import Figure, Sums, Tally, figures, figures_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pressmark.record.jobs import Each
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


class Counted(NamedTuple):
    """What one pair counts: the tallies by section, the layers that both sides annotated, and its `claim_relations.matched`."""

    article: str
    sections: dict[str, dict[str, Tally]]
    annotated: tuple[Scored, ...]
    claims: dict[str, str] | None


def counted(pair: Pair, *, with_claims: bool = False) -> Counted:
    """Compare the two sides of a pair. ``with_claims`` also says which claims are the same, for relations."""
    annotated = tuple(layer for layer in LAYERS if pair.annotated(layer))
    sections = {
        name: section.tallies(pair)
        for name, section in _SECTIONS.items()
        if section.layer in annotated and (section.of_spans or not pair.is_bare)
    }
    return Counted(pair.gold.id, sections, annotated, claim_relations.matched(pair) if with_claims else None)


def score(
    pairs: Iterable[Pair], left_out: Iterable[str] = (), related: Related | None = None, lacking: Iterable[str] = ()
) -> Score:
    """Compare the two sides of each pair; micro-averaged, with confidence intervals where there are ten articles.

    Relations go across articles, so their figures have no intervals. ``lacking`` names more that a side does not have.
    """
    return total((counted(pair, with_claims=related is not None) for pair in pairs), left_out, related, lacking)


def total(
    found: Iterable[Counted],
    left_out: Iterable[str] = (),
    related: Related | None = None,
    lacking: Iterable[str] = (),
    each: Each | None = None,
) -> Score:
    """Compute the figures from what the pairs count, in several processes with ``each``. Of a pair, only numbers are kept."""
    sums = {name: Sums() for name in _SECTIONS}
    skipped: dict[Scored, list[str]] = {layer: [] for layer in LAYERS}
    articles = []
    same: dict[str, dict[str, str]] = {}
    wanted = related.claims if related else set()
    for one in found:
        articles.append(one.article)
        for name, tallies in one.sections.items():
            sums[name].add(tallies)
        for layer in LAYERS:
            skipped[layer] += [one.article] if layer not in one.annotated else []
        if one.claims is not None:
            same[one.article] = {pred: gold for pred, gold in one.claims.items() if (one.article, pred) in wanted}
    computed = figures_of(sums, each)
    sections = {name: computed[name] if sums[name].articles else None for name in _SECTIONS}
    sections["relations"] = figures([claim_relations.tallies(same, related)]) if related else None
    missing = [name for name in (*_SECTIONS, "relations") if sections[name] is None and "/" not in name]
    return Score(
        articles=tuple(articles),
        left_out=tuple(left_out),
        skipped={layer: tuple(names) for layer, names in skipped.items()},
        not_compared=(*missing, *lacking),
        sections=sections,
    )
