"""Level 6, dataset: what is wrong with relations, beside the articles and beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.record.text import quoted
from pressmark.validation.level6_dataset.algebra import contradictions
from pressmark.validation.level6_dataset.statements import same_claimer
from pressmark.validation.rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.relation import Relation
    from pressmark.validation.level6_dataset.corpus import Corpus, Found, Where
    from pressmark.validation.level6_dataset.statements import Statement


@rule(level=6)
def reference(corpus: Corpus) -> Found:
    """The articles, claims and annotators that a relation refers to exist.

    This is checked only if the articles or annotations of a dataset are validated together with its relations.
    """
    if not corpus.claims:
        return
    claims = {name: frozenset(ids.split()) for name, ids in corpus.claims.items()} if corpus.relations else {}
    for relation, where in corpus.relations:
        for side, claim in (("a", relation.a), ("b", relation.b)):
            if claim.article not in claims:
                message = f"there is no article {quoted(claim.article)} in this dataset"
                yield where, None, Problem(f"/{side}/article", message, expected="the id of an article")
            elif claim.claim not in claims[claim.article]:
                message = f"article {quoted(claim.article)} has no claim {claim.claim!r}"
                yield where, None, Problem(f"/{side}/claim", message, expected="the id of a claim of this article")
        known = corpus.annotators.get(relation.a.article)
        if known is not None and relation.annotator not in known.split():
            message = f"article {quoted(relation.a.article)} has no annotator {relation.annotator!r}"
            yield where, None, Problem("/annotator", message, expected=f"one of {', '.join(known.split())}")


@rule(level=6)
def relation_self(corpus: Corpus) -> Found:
    """A relation connects two different claims."""
    for relation, where in corpus.relations:
        if relation.a == relation.b:
            message = f"{relation.id} relates a claim to itself"
            yield where, None, Problem("/b", message, expected="another claim")


@rule(level=6, about="relations")
def relation_unique(corpus: Corpus) -> Found:
    """Relations have unique ids, and no two relations connect the same claims in the same way."""
    ids: dict[str, Where] = {}
    joined: dict[tuple[object, ...], str] = {}
    for relation, where in corpus.relations:
        first = ids.setdefault(relation.id, where)
        if first is not where:
            message = f"{relation.id!r} is already the id of an earlier relation"
            yield where, None, Problem("/id", message, expected="an unused id")
        pair = (relation.a, relation.b)
        if relation.type != "supporting":  # the others are symmetric
            pair = min(pair, pair[::-1], key=str)
        other = joined.setdefault((relation.type, *pair), relation.id)
        if other != relation.id:
            yield where, None, Problem("", f"{other} already says that these two claims are {relation.type}")


@rule(level=6, about="relations")
def relation_algebra(corpus: Corpus) -> Found:
    """Relations do not contradict each other.

    Identical claims form a class. Claims of one class have no other relation to each other. Relations between two classes
    are not both supporting and refuting.
    """
    relations = [relation for relation, _ in corpus.relations]
    for i, message in contradictions(relations):
        yield corpus.relations[i][1], None, Problem("/type", message)


@rule(level=6, about="relations")
def relation_sign(corpus: Corpus) -> Found:
    """Two claims with the same proposition refute each other if their signs are opposite, and do not if they are equal.

    The sign is that of the factuality. Claims with opposite signs are neither identical nor supporting, and claims with equal
    signs are not refuting. Propositions are compared without regard to case and white space. The rule runs if articles are
    validated together with a file of relations, which has "relation" in its name or its folder's name.
    """
    for relation, where, a, b in _compared(corpus):
        if a.proposition != b.proposition or b"u" in {a.sign, b.sign}:
            continue
        if a.sign == b.sign and relation.type == "refuting":
            message, expected = "says refuting, but both claims hold one proposition with equal signs", "another type"
        elif a.sign != b.sign and relation.type in {"identical", "supporting"}:
            message = f"says {relation.type}, but the claims hold one proposition with opposite signs"
            expected = "refuting"
        else:
            continue
        yield where, None, Problem("/type", message, expected=expected)


@rule(level=6, severity="warning", about="relations")
def relation_attribution(corpus: Corpus) -> Found:
    """``differs_in`` contains attribution if and only if the two claims have different claimers.

    Two articles of different or unknown publishers are two claimers. So are an article and the source of a quote. Sources in
    one article are compared by their entities, and sources in two articles by ``kb_id``. A group may include another source,
    so it is compared only with itself. Nothing is reported where the claimers are not certain. The rule runs if articles are
    validated together with a file of relations, which has "relation" in its name or its folder's name.
    """
    for relation, where, a, b in _compared(corpus):
        same = same_claimer(a, b, same_article=relation.a.article == relation.b.article)
        if same is None or same != ("attribution" in relation.differs_in):
            continue
        message = "the two claims have one claimer" if same else "the two claims have different claimers"
        expected = f"differs_in with{'out' if same else ''} 'attribution'"
        yield where, None, Problem("/differs_in", message, expected=expected)


def _compared(corpus: Corpus) -> Iterator[tuple[Relation, Where, Statement, Statement]]:
    """The relations with their two claims, where these were taken note of."""
    for relation, where in corpus.relations:
        a, b = corpus.statement(relation.a), corpus.statement(relation.b)
        if a and b:
            yield relation, where, a, b


ASTRAY = frozenset({reference.code, relation_self.code})  # with them, the rules about relations make no sense
