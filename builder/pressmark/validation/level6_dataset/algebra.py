"""Finds relations that contradict each other: identical is an equivalence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressmark.record.relation import ClaimReference, Relation


def contradictions(relations: Sequence[Relation]) -> Iterator[tuple[int, str]]:
    """The relations, by number, that contradict others, and how."""
    class_of = _classes(relations)
    stances: dict[frozenset[ClaimReference], tuple[str, str]] = {}
    for i, relation in enumerate(relations):
        a, b = class_of(relation.a), class_of(relation.b)
        if relation.type == "identical" or relation.a == relation.b:
            continue
        if a == b:
            yield i, f"says {relation.type}, but other relations make the two claims identical"
        elif relation.type in {"supporting", "refuting"}:
            stance, other = stances.setdefault(frozenset((a, b)), (relation.type, relation.id))
            if stance != relation.type:
                yield i, f"says {relation.type}, but {other} says {stance} about the same or identical claims"


def _classes(relations: Sequence[Relation]) -> Classes:
    classes = Classes()
    for relation in relations:
        if relation.type == "identical":
            classes.join(relation.a, relation.b)
    return classes


class Classes:
    """Disjoint sets of claims (union-find); calling it finds the claim that stands for a claim's class."""

    def __init__(self) -> None:
        self._parents: dict[ClaimReference, ClaimReference] = {}

    def __call__(self, claim: ClaimReference) -> ClaimReference:
        """The claim that stands for the class of this one."""
        while (parent := self._parents.get(claim, claim)) != claim:
            self._parents[claim] = self._parents.get(parent, parent)  # halves the path
            claim = parent
        return claim

    def join(self, one: ClaimReference, other: ClaimReference) -> None:
        """Make one class of two."""
        self._parents[self(one)] = self(other)
