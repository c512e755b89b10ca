"""The views of pairs of claims: relations, claim_pairs."""

from __future__ import annotations

from hashlib import sha256
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pressmark.publish.views.claims import SIGNED
from pressmark.publish.views.columns import View, struct, target
from pressmark.record import contract
from pressmark.record.model import Factuality  # noqa: TC001 - msgspec reads the types of `Proposed`
from pressmark.record.proposition import signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pressmark.publish.views.columns import Columns, Row
    from pressmark.record.model import Article
    from pressmark.record.relation import Relation

SAMPLE = 10_000  # pairs without a relation that an event gives at most


class Proposed(NamedTuple):
    """What a claim proposes, and how certain its claimer is."""

    proposition: str
    factuality: Factuality


Propositions = dict[str, dict[str, Proposed]]  # by the ids of article and claim


def _sides() -> Columns:
    side: Columns = {"proposition": "claims/proposition", "factuality": "claims/factuality", "signed": SIGNED}
    return {
        name: struct(
            "One of the two claims.", {"article": f"relation:{name}/article", "claim": f"relation:{name}/claim", **side}
        )
        for name in ("a", "b")
    }


RELATIONS = View(
    "relations",
    "one row per related pair of claims",
    {
        "id": "relation:id",
        "type": "relation:type",
        **_sides(),
        **{name: f"relation:{name}" for name in ("differs_in", "note", "annotator", "confidence")},
    },
)
CLAIM_PAIRS = View(
    "claim_pairs",
    "one row per pair of claims of articles about one event, also without a relation",
    {
        **_sides(),
        **target(
            "label",
            "What a is to b; none where no relation is marked.",
            ("none", *contract.labels(contract.at("relation", "type"))),
        ),
    },
)


def propositions(article: Article) -> dict[str, Proposed]:
    """What the claims of an article propose, by their ids."""
    return {claim.id: Proposed(claim.proposition, claim.factuality) for claim in article.claims}


def relation_rows(relations: Iterable[Relation], known: Propositions) -> Iterator[Row]:
    """The rows of `relations`."""
    for relation in relations:
        row = msgspec.to_builtins(relation)
        yield row | {name: _side(row[name]["article"], row[name]["claim"], known) for name in ("a", "b")}


def claim_pair_rows(relations: tuple[Relation, ...], known: Propositions) -> Iterator[Row]:
    """The rows of `claim_pairs`: every related pair, then the others of the same event.

    An event is a set of articles that relations join. Of its pairs without a relation all are there, or `SAMPLE` of them:
    those whose ids have the smallest SHA-256.
    """
    related = set()
    for relation in relations:
        a, b = (relation.a.article, relation.a.claim), (relation.b.article, relation.b.claim)
        related.add(frozenset((a, b)))
        yield _pair(a, b, relation.type, known)
    for event in _events(relations):
        claims = [(article, claim) for article in event for claim in known[article]]
        others = [pair for pair in combinations(claims, 2) if frozenset(pair) not in related]
        if len(others) > SAMPLE:
            others = sorted(sorted(others, key=_digest)[:SAMPLE])
        yield from (_pair(a, b, "none", known) for a, b in others)


def _events(relations: Iterable[Relation]) -> list[list[str]]:
    """The sets of articles that relations join, each in the order of their ids."""
    sets: list[set[str]] = []
    for relation in relations:
        joined = {relation.a.article, relation.b.article}
        apart = [one for one in sets if one.isdisjoint(joined)]
        sets = [*apart, joined.union(*(one for one in sets if not one.isdisjoint(joined)))]
    return sorted(map(sorted, sets))


def _digest(pair: tuple[tuple[str, str], tuple[str, str]]) -> bytes:
    return sha256(repr(pair).encode()).digest()


def _pair(a: tuple[str, str], b: tuple[str, str], label: str, known: Propositions) -> Row:
    return {"a": _side(*a, known), "b": _side(*b, known), "label": label, "label_name": label}


def _side(article: str, claim: str, known: Mapping[str, Mapping[str, Proposed]]) -> Row:
    proposed = known[article][claim]
    return {"article": article, "claim": claim, **proposed._asdict(), "signed": signed(*proposed)}
