"""Level 4 for relations: the claims that they join are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.issue import Issue

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from pressmark.model import Relation


def relation_issues(
    relations: Sequence[Relation], claims: Mapping[str, Container[str]], annotators: Mapping[str, Container[str]]
) -> Iterator[Issue]:
    """What is wrong with the relations of a dataset, given the ids of the claims and annotators of each of its articles.

    Pointers are into the list of relations.
    """
    seen: set[str] = set()
    for i, relation in enumerate(relations):
        if relation.id in seen:
            yield Issue("id-unique", f"{relation.id!r} is taken by an earlier relation; give it a free id", f"/{i}/id")
        seen.add(relation.id)
        for side, claim in (("a", relation.a), ("b", relation.b)):
            if claim.article not in claims:
                yield Issue("reference", f"there is no article {claim.article!r} in this dataset", f"/{i}/{side}/article")
            elif claim.claim not in claims[claim.article]:
                yield Issue("reference", f"article {claim.article!r} has no claim {claim.claim!r}", f"/{i}/{side}/claim")
        if relation.a == relation.b:
            yield Issue("relation-self", f"{relation.id} relates a claim to itself", f"/{i}/b")
        if relation.annotator not in annotators.get(relation.a.article, {relation.annotator}):
            yield Issue(
                "reference",
                f"article {relation.a.article!r} has no annotator {relation.annotator!r}",
                f"/{i}/annotator",
            )
