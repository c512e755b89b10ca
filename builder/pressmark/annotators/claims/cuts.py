"""Decides at which word of a sentence another clause begins that is a claim of its own.

A clause is told by its first word (a relative word or a conjunction) and a finite verb soon after it. The sentence is not divided
where a clause would say more alone than the sentence does: under a negation ("never lied or stole", "did not leave because …"),
in a condition, in one of several possibilities ("or"), or before what may never happen ("will leave when it stops").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.claims.antecedents import antecedent
from pressmark.annotators.claims.claim_words import words
from pressmark.annotators.claims.finite_verbs import (
    BE,
    DETERMINER,
    PRONOUN,
    RELATIVE,
    is_finite,
    is_past,
    is_predicate,
    is_verb,
    opens,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTRAST = {"although", "though", "whereas"}
_CAUSE = {"because", "since"}
_TIME = {"while", "after", "before", "until", "as", "when", "where"}
COORDINATION = {"and", "but"}
JOINING = _CONTRAST | _CAUSE | _TIME - {"where"} | COORDINATION
_OPENERS = RELATIVE | JOINING | {";"}
_NO_CLAUSE = {"if", "unless", "whether", "what", "how", "why"}
_NEGATION = {
    *("not", "never", "no", "nor", "neither", "nobody", "nothing", "none", "hardly", "scarcely", "barely", "rarely", "seldom"),
    *("without", "cannot", "longer", "few", "little", "deny", "denies", "denied", "refuse", "refused", "fail", "failed"),
}
_POSSIBLE = {"will", "would", "can", "could", "may", "might", "shall", "should", "must", "to", "like", "perhaps", "maybe"}
_SCOPE = {"only", "just", "simply", "merely", "not", "solely", "partly", "largely", "mainly", "even", "perhaps"}


class Cut(NamedTuple):
    """Where a clause begins: the index of its first word, and for a relative word that of the noun phrase before it."""

    at: int
    is_relative: bool = False
    antecedent: int | None = None


def cuts(found: list[str], as_written: list[str], *, has_verb: bool) -> Iterator[Cut]:
    """Yield where clauses of their own begin, in order. ``found`` is ``as_written`` in lower case."""
    if _OPENERS.isdisjoint(found):
        return
    scope: set[str] = set()  # the words of the clause so far
    for i, word in enumerate(found):
        if word in _NO_CLAUSE:
            return
        if has_verb and i and word in _OPENERS and (cut := _cut(found, as_written, i, scope)):
            yield cut
            has_verb, scope = False, set()
        scope.add(word)
        # Behind a comma it may be a participle; for a cut further on it does not matter which.
        is_name = as_written[i][0].isupper() and i
        has_verb = has_verb or (word.endswith("ed") and not is_name) or is_finite(found, i)


def _cut(found: list[str], as_written: list[str], i: int, scope: set[str]) -> Cut | None:
    word, after = found[i], found[i + 1 : i + 2]
    is_negated = is_negative(scope)
    if not after:
        return None
    if word == ";":
        return Cut(i + 1) if opens(found, i + 1) and not is_negated else None
    if word in COORDINATION:
        return Cut(i) if _goes_on(found, i + 1, scope, is_but=word == "but") else None
    if word in JOINING:
        return Cut(i) if opens(found, i + 1) and not _is_held(found, i, scope) else None
    is_loose = found[i - 1] == ","
    if not is_loose and (is_negated or not _POSSIBLE.isdisjoint(scope)):
        return None  # what there is not, or may be
    if word == "where":
        return Cut(i, is_relative=True) if opens(found, i + 1) else None
    return _relative(found, as_written, i)


def _relative(found: list[str], as_written: list[str], i: int) -> Cut | None:
    """A relative word that is the subject of a verb, or "whose", if its noun phrase is known."""
    word = found[i]
    if word == "that" and (found[i + 1] not in words().auxiliary or found[i - 1] in {",", "so"} or is_finite(found, i - 1)):
        return None
    if not (opens(found, i + 1) if word == "whose" else is_predicate(found, i + 1)) or word == "whom":
        return None
    start = antecedent(found, as_written, i)
    return Cut(i, is_relative=True, antecedent=start) if start is not None else None


def is_negative(scope: set[str]) -> bool:
    """Whether one of the words denies something."""
    return not _NEGATION.isdisjoint(scope) or any(word.endswith(("n’t", "n't")) for word in scope)


def _is_held(found: list[str], i: int, scope: set[str]) -> bool:
    """Whether what a conjunction joins is not put forward as true by itself."""
    if found[i] in _CONTRAST:
        return False
    if found[i - 1] in _SCOPE or is_negative(scope):
        return True
    return found[i] in _TIME and not _POSSIBLE.isdisjoint(scope)


def _goes_on(found: list[str], i: int, scope: set[str], *, is_but: bool) -> bool:
    """Whether a second verb of the same subject, or a second subject with its verb, follows "and" or "but"."""
    word = found[i]
    if is_verb(word):
        if is_but or word in words().auxiliary:
            return is_but or scope.isdisjoint({"never", "neither", "hardly", "rarely", "seldom", "longer"})
        return is_past(word) and not is_negative(scope) and scope.isdisjoint(BE | _POSSIBLE)
    return word in PRONOUN | DETERMINER and opens(found, i)
