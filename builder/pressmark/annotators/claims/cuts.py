"""Decides at which word of a sentence another clause begins that is a claim of its own.

A clause is told by its first word (a relative word or a conjunction) and a finite verb soon after it. The sentence is not
divided where a clause alone would say more than the sentence does: under a negation ("never lied or stole", "did not leave
because …"), in a condition, in one of several possibilities ("or"), before what may never happen ("will leave when it stops").
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.claims.antecedents import antecedent
from pressmark.annotators.claims.claim_words import words
from pressmark.annotators.claims.finite_verbs import (
    ADVERBS,
    BE,
    DETERMINER,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SUBJECT,
    is_finite,
    is_past,
    is_predicate,
    is_second_past,
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
_FRONTED = _CONTRAST | _CAUSE | {"while", "after", "before", "when", "as"}
_OPENERS = RELATIVE | JOINING | {";"}
_CLAUSAL = SUBJECT | {"there", "to"}  # what begins so is a clause, whatever its verb is
_NO_CLAUSE = {"if", "unless", "whether", "what", "how", "why"}
_NEGATION = {
    *("not", "never", "no", "nor", "neither", "nobody", "nothing", "none", "hardly", "scarcely", "barely", "rarely", "seldom"),
    *("without", "cannot", "longer", "few", "little", "deny", "denies", "denied", "refuse", "refused", "fail", "failed"),
}
_MODAL = {"will", "would", "can", "could", "may", "might", "shall", "should", "must"}
_POSSIBLE = {"will", "would", "can", "could", "may", "might", "shall", "should", "must", "to", "like", "perhaps", "maybe"}
_HAVE = {"has", "have", "had", "having"}
_SOUGHT = {"need", "needs", "needed", "seek", "seeks", "sought", "seeking", "if"}
_DEFINITE = {"the", "those", "these", "that"}
_COMPARED = {"as", "so", "such", "same"}
_SOON_BEHIND = 10  # words behind a comma in which the verb of the main clause must come
_SHORT = 4  # words; "they came after he had left" is more than that they came
_HARMED = {"hurt", "injured", "killed", "harmed", "wounded"}
_SCOPE = {"only", "just", "simply", "merely", "not", "solely", "partly", "part", "largely", "mainly", "even", "perhaps"}


class Cut(NamedTuple):
    """Where a clause begins: the index of its first word, and for a relative word that of the noun phrase before it."""

    at: int
    is_relative: bool = False
    antecedent: int | None = None


class Speech(NamedTuple):
    """How the words are put forward: in the content of a quote, in indirect speech, as something that is denied."""

    is_content: bool = False
    is_reported: bool = False
    is_denied: bool = False


def cuts(found: list[str], as_written: list[str], speech: Speech) -> Iterator[Cut]:
    """Yield where clauses of their own begin, in order. ``found`` is ``as_written`` in lower case."""
    if _OPENERS.isdisjoint(found):
        return
    front = None if speech.is_denied else _front(found)
    scope: set[str] = set()  # the words of the clause so far
    has_verb = speech.is_content and found[0] in _CLAUSAL
    last, in_relative = len(found) - 1, False
    opener = next(i for i in range(last, -1, -1) if found[i] in _OPENERS)  # behind the last one no clause begins
    for i, word in enumerate(found[: max(opener, front or 0) + 1]):
        if word in _NO_CLAUSE:
            return
        if i == front:
            yield Cut(i)
            has_verb, scope, in_relative = False, set(), False
            continue
        if speech.is_denied and found[i : i + 2] == ["or", "that"] and has_verb and opens(found, i + 2):
            yield Cut(i)  # denied that it fell or that it was old: each of the two
            has_verb, scope, in_relative = False, set(), False
            continue
        is_free = word in _OPENERS and has_verb and 0 < i < last and _is_free(found, i, scope, speech)
        if in_relative and word in COORDINATION and i < last and is_verb(found[i + 1]):
            is_free = False  # of the man who came and left
        if is_free and (cut := _cut(found, as_written, i, scope)):
            yield cut
            has_verb, scope, in_relative = False, set(), cut.is_relative
        scope.add(as_written[i] if as_written[i] == "May" else word)
        # Behind a comma it may be a participle; for a cut further on it does not matter which.
        has_verb = has_verb or (word.endswith("ed") and (not i or as_written[i].islower())) or is_finite(found, i)


def _front(found: list[str]) -> int | None:
    """Where the main clause begins behind one that a conjunction opens: "Because it rained, the dam fell"."""
    if found[0] not in _FRONTED or found[1:2] in (["you"], ["we"], ["i"]) or not opens(found, 1):
        return None
    comma = found.index(",") if "," in found else 0
    if comma < _SHORT - 1 or not _OPENERS.isdisjoint(found[1:comma]):
        return None
    if found[0] in _TIME and not _MODAL.isdisjoint(found):
        return None
    behind = range(comma + 2, min(len(found), comma + _SOON_BEHIND))
    return comma + 1 if any(is_finite(found, k) for k in behind) else None


def _is_free(found: list[str], i: int, scope: set[str], speech: Speech) -> bool:
    """Whether what begins there is said by the same source and in the same way.

    Only in indirect speech can "and that" go on with what is said: "they think it fell and that it was old" is one thought.
    What somebody denied is divided nowhere else: "denied that it fell because it was old" does not deny that it was old.
    """
    if found[i : i + 2] == ["and", "that"] and not is_verb("".join(found[i + 2 : i + 3])):
        return speech.is_reported and "that" not in found[1:i] and scope.isdisjoint(words().attitude)
    return not speech.is_denied


def _cut(found: list[str], as_written: list[str], i: int, scope: set[str]) -> Cut | None:
    word = found[i]
    if word == ";":
        return Cut(i + 1) if opens(found, i + 1) and not is_negative(scope) else None
    if word in COORDINATION:
        return Cut(i) if _goes_on(found, i + 1, scope, is_but=word == "but") else None
    if word in JOINING:
        is_inside = word == "as" and (_compares(found, i) or (found[i - 1] == "," and _is_parenthesis(found, i)))
        return Cut(i) if opens(found, i + 1) and not is_inside and not _is_held(found, i, scope) else None
    is_loose = "," in found[i - 2 : i] if found[i - 1] in PREPOSITION else found[i - 1] == ","
    if (not is_loose and is_negative(scope)) or (is_loose and _is_parenthesis(found, i)):
        return None  # what there is not, or what stands before the verb
    if word == "where":
        is_place = is_loose or antecedent(found, as_written, i) is not None
        is_clear = is_loose or not (set(found[max(0, i - 4) : i]) & _DEFINITE)
        return Cut(i, is_relative=True) if is_place and is_clear and opens(found, i + 1) else None
    return _relative(found, as_written, i, set() if is_loose else scope)


def _compares(found: list[str], i: int) -> bool:
    """Whether it is the second "as" of "as polite as it was"."""
    return not _COMPARED.isdisjoint(found[max(0, i - 5) : i])


def _relative(found: list[str], as_written: list[str], i: int, scope: set[str]) -> Cut | None:
    """A relative word that is the subject of a verb, or "whose", if its noun phrase is known; or ", with which".

    ``scope`` has the words that say of what there may be, or of whom: in "it is Lee who lied" the clause is not about Lee.
    """
    word = found[i]
    if found[i - 2 : i - 1] == [","] and found[i - 1] in PREPOSITION and word in {"which", "whom"}:
        return Cut(i - 1, is_relative=True) if opens(found, i + 1) else None
    if word == "that" and (found[i + 1] not in words().auxiliary or found[i - 1] in {",", "so"} or is_finite(found, i - 1)):
        return None
    has_clause = opens(found, i + 1) if word == "whose" else word != "whom" and is_predicate(found, i + 1)
    is_held = not scope.isdisjoint(_POSSIBLE | _SOUGHT | words().attitude)
    start = antecedent(found, as_written, i) if has_clause and not is_held else None
    if start is None or _is_cleft(found, start, scope) or _is_subject(found, start) or _goes_past(found, i):
        return None
    if found[i - 1] != "," and (found[start] in _DEFINITE or "there" in scope):
        return None  # "those voters" and "there are women" say nothing without what follows
    return Cut(i, is_relative=True, antecedent=start)


def _is_cleft(found: list[str], start: int, scope: set[str]) -> bool:
    return "it" in scope and start > 1 and found[start - 2] == "it" and found[start - 1] in BE


def _is_subject(found: list[str], start: int) -> bool:
    """Whether the main clause begins there: "since it rained, men who left"."""
    if start > 0 and found[start - 1] in {"that", "whether", "because", "since", "although", "while"}:
        return True
    is_led = found[0] in _CAUSE | _TIME | _CONTRAST | PREPOSITION
    return is_led and start > 0 and found[start - 1] == "," and "," not in found[: start - 1]


def _goes_past(found: list[str], i: int) -> bool:
    """Whether the clause before goes on behind the relative one without a comma: "terms for the men who won have ended"."""
    if found[i - 1] == ",":
        return False
    verbs = 0
    for k in range(i + 1, len(found)):
        if found[k] in _OPENERS | _NO_CLAUSE | {","} or (found[k] in PRONOUN | {"or"}):
            return False
        is_new = not (is_finite(found, k - 1) or found[k - 1] in ADVERBS or found[k - 1].endswith("ly"))
        verbs += is_verb(found[k]) and is_new
        if verbs > 1:
            return True
    return False


def _is_parenthesis(found: list[str], i: int) -> bool:
    """Whether the clause before goes on behind the relative one: "Lee, who was late, left"."""
    return any(word == "," and k + 1 < len(found) and is_verb(found[k + 1]) for k, word in enumerate(found[i:], start=i))


def is_negative(scope: set[str]) -> bool:
    """Whether one of the words denies something."""
    return not _NEGATION.isdisjoint(scope) or any(word.endswith(("n’t", "n't")) for word in scope)


def _is_held(found: list[str], i: int, scope: set[str]) -> bool:
    """Whether what a conjunction joins is not put forward as true by itself."""
    if found[i - 1] in {"and", "but", "so", "as"} or (found[i - 1].endswith("er") and found[i] in _TIME):
        return True  # and, as you know, they left; it sounded as though they left; it was rarer when they left
    if found[i] in _CONTRAST:
        return False
    if (found[i] == "as" and found[i + 1] in {"if", "though"}) or not scope.isdisjoint(words().attitude):
        return True
    if found[i - 1] in _HARMED and found[i] in {"when", "after", "as"} and scope & {"was", "were"}:
        return not _POSSIBLE.isdisjoint(scope)  # nobody was hurt when it fell
    if found[i - 1] in _SCOPE or is_negative(scope) or (found[i] in {"before", "until"} and not _is_told(found[i + 1 :])):
        return True
    return found[i] in _TIME and (not _POSSIBLE.isdisjoint(scope) or len(scope) < _SHORT)


def _is_told(after: list[str]) -> bool:
    """Whether a clause is in the past, so that it happened: not "before anyone leaves"."""
    return any(is_past(word) or word in {"was", "were", "had"} or (word.endswith("ed") and len(word) > 4) for word in after)


def _goes_on(found: list[str], i: int, scope: set[str], *, is_but: bool) -> bool:
    """Whether a second verb of the same subject, or a second subject with its verb, follows "and" or "but"."""
    word = found[i]
    if is_verb(word):
        if is_but or word in words().auxiliary:
            return is_but or scope.isdisjoint({"never", "neither", "hardly", "rarely", "seldom", "longer"})
        return is_past(word) and not is_negative(scope) and scope.isdisjoint(BE | _POSSIBLE)
    if is_second_past(found, i) or (is_but and len(word) > 4 and word.endswith("ed")):
        is_own = not is_negative(scope) and scope.isdisjoint(BE | _HAVE | _POSSIBLE)
        return is_own and not any(map(is_verb, takewhile(lambda other: other not in _OPENERS | {","}, found[i + 1 :])))
    is_thought = found[i - 2] != "," and not scope.isdisjoint(words().attitude)  # thinks it fell and it rained
    is_own = word not in _OPENERS | _NO_CLAUSE | ADVERBS and scope.isdisjoint(words().attitude)
    is_apart = found[i - 2] == "," and is_own
    return (word in PRONOUN | DETERMINER or is_apart) and not is_thought and opens(found, i)
