"""The relations of one project against its articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.validation.level6_dataset.articles import Card, Corpus, Where, dataset_issues

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pressmark.record.issue import Issue
    from pressmark.record.model import Relation


def relation_issues(
    relations: Sequence[Relation], claims: Mapping[str, Iterable[str]], annotators: Mapping[str, Iterable[str]]
) -> list[Issue]:
    """What is wrong with the relations of a dataset, given the ids of the claims and annotators of each of its articles.

    Pointers are into the list of relations.
    """
    corpus = Corpus()
    for name, ids in claims.items():
        corpus.add(Card(name, None, (), " ".join(ids), " ".join(annotators.get(name, ())), frozenset()), Where("", None))
    for i, relation in enumerate(relations):
        corpus.relate(relation, Where("", None, f"/{i}"))
    return dataset_issues(corpus)
