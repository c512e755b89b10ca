"""Scores relations between claims, across articles. A claim of PRED is the claim of GOLD with which it is matched."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.scoring import claims
from pressmark.scoring.matching import counts
from pressmark.scoring.tally import Tally, accuracy, prf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressmark.record.relation import ClaimReference, Relation
    from pressmark.scoring.pair import Pair

DIRECTED = "supporting"  # the other types are symmetric


class Related(NamedTuple):
    """The relations of both sides."""

    gold: Sequence[Relation]
    pred: Sequence[Relation]

    @property
    def claims(self) -> set[tuple[str, str]]:
        """The articles and ids of the claims that relations of PRED are about."""
        return {_place(end) for one in self.pred for end in (one.a, one.b)}


def matched(pair: Pair) -> dict[str, str] | None:
    """The claims of PRED that are claims of GOLD, by their ids; None if a side has not annotated claims."""
    if not pair.annotated("claims"):
        return None
    return {p.claim.id: g.claim.id for g, p in claims.matches(pair) if counts((g, p))}


def tallies(found: Mapping[str, Mapping[str, str]], related: Related) -> dict[str, Tally]:
    """The figures of the relations between claims of articles whose claims are compared; ``found`` is what `matched` says."""
    known = {(article, pred): (article, gold) for article, ids in found.items() for pred, gold in ids.items()}
    sides = [[one for one in side if {one.a.article, one.b.article} <= found.keys()] for side in related]
    golds = Counter(_typed(one, _place(one.a), _place(one.b)) for one in sides[0])
    preds = Counter(_typed(one, _in_gold(one.a, known), _in_gold(one.b, known)) for one in sides[1])
    count = len(sides[0]), len(sides[1])
    untyped = (_untyped(golds) & _untyped(preds)).total()
    return {
        "pair": prf(untyped, *count),
        "relation": prf((golds & preds).total(), *count),
        "differs_in": _differences(sides[0], sides[1], known),
    }


def _place(reference: ClaimReference) -> tuple[str, str]:
    return reference.article, reference.claim


def _in_gold(reference: ClaimReference, known: Mapping[Any, Any]) -> tuple[str, str]:
    """The claim of the gold; one without a counterpart has an id that no claim has."""
    found: tuple[str, str] = known.get(_place(reference), (reference.article, f"\0{reference.claim}"))
    return found


def _typed(relation: Relation, a: Any, b: Any) -> tuple[Any, ...]:
    return relation.type, *((a, b) if relation.type == DIRECTED else sorted((a, b)))


def _untyped(found: Counter[tuple[Any, ...]]) -> Counter[tuple[Any, ...]]:
    joined: Counter[tuple[Any, ...]] = Counter()
    for (_, a, b), count in found.items():
        joined[tuple(sorted((a, b)))] += count
    return joined


def _differences(gold: Sequence[Relation], pred: Sequence[Relation], known: Mapping[Any, Any]) -> Tally:
    """Whether ``differs_in`` is the same set, of the relations that both sides have."""
    own: defaultdict[Any, Counter[frozenset[str]]] = defaultdict(Counter)  # a relation may be there twice
    theirs: defaultdict[Any, Counter[frozenset[str]]] = defaultdict(Counter)
    for one in gold:
        own[_typed(one, _place(one.a), _place(one.b))][frozenset(one.differs_in)] += 1
    for one in pred:
        theirs[_typed(one, _in_gold(one.a, known), _in_gold(one.b, known))][frozenset(one.differs_in)] += 1
    return accuracy([own[key] == theirs[key] for key in own.keys() & theirs.keys()])
