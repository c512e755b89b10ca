"""Finds the noun phrase that a relative word stands for: "a treaty" before "that will allow it"."""

from __future__ import annotations

from pressmark.annotators.claims.claim_words import words
from pressmark.annotators.claims.finite_verbs import DETERMINER, PREPOSITION, PRONOUN, is_finite

_LONGEST = 9  # words
_QUANTITY = {"many", "several", "most", "both", "few", "all", "two", "three", "four", "five", "six", "other"}
_STOP = PREPOSITION | PRONOUN | {"and", "or", "but", "not", "as", "than", "like", "including", "such"}
_OPEN = {
    "point",
    "extent",
    "degree",
    "kind",
    "sort",
    "type",
    "kinds",
    "sorts",
    "types",
    "any",
    "every",
    "each",
    "no",
    "anyone",
    "someone",
    "anything",
}
_ONE = {"one", "part", "half", "none", "each"}
_PART = {"some", "most", "many", "several", "all", "both", "few"}
_PLACE = {"in", "at", "from", "near", "across"}  # a man in Rome, who
_MANY = {"people", "men", "women", "children", "police", "others"}


def antecedent(found: list[str], as_written: list[str], i: int) -> int | None:
    """Return the index of the first word of the noun phrase that the relative word ``found[i]`` stands for.

    The phrase ends at the relative word, or at the comma before it. None if it is unclear, does not agree with the verb, or is
    of nothing in particular ("any bank that", "the kind of man who"). ``found`` is in lower case.
    """
    last = i - 1
    if last >= 0 and found[last] == ",":
        last -= 1
    first = _first(found, as_written, last)
    if first is None or not _OPEN.isdisjoint(found[first : last + 1]) or (first and found[first - 1] in {"as", "like", "than"}):
        return None
    is_name = as_written[first][0].isupper() and first > 0
    part = found[first - 2] if first > 1 and found[first - 1] == "of" else ""
    if part in _ONE or (part and found[i] in {"who", "whose"} and is_name):
        return None  # one of many that, the editors of The Post, who
    start = first - 2 if part in _PART else first  # some of the issues that
    if found[i] in {"who", "whose"} and "of" in found[first:last] and as_written[last][0].isupper():
        return None  # the mayor of Rome, or the actions of Kim
    if (found[i] == "who" and first and found[first - 1] in _PLACE) or (found[i] == "that" and is_name):
        return None  # of a part of the phrase: an advance into Asia that is slow
    return start if _agrees(found[first : last + 1], as_written[last], found[i + 1] if i + 1 < len(found) else "") else None


def _first(found: list[str], as_written: list[str], last: int) -> int | None:
    if last < 0 or not found[last][0].isalpha() or found[last] in DETERMINER | _STOP:
        return None
    first = last + 1
    while first and last - first < _LONGEST:
        word, is_name = found[first - 1], as_written[first - 1][0].isupper()
        if word in DETERMINER or word in _QUANTITY or word.isdigit():
            return first - 1
        if word.endswith(("’s", "'s")) and first <= last:
            return _names(as_written, first - 1)
        is_stop = not word[0].isalnum() or (word in _STOP and word != "of") or (not is_name and is_finite(found, first - 1))
        if is_stop:
            break
        first -= 1
    if as_written[last][0].isupper():
        return _names(as_written, last)
    is_plural = last - first < 2 and (_is_many(found[last]))
    return first if is_plural and first <= last and found[first] != "of" and as_written[first].islower() else None


def _names(as_written: list[str], first: int) -> int:
    """The first of the capitalised words that end there."""
    while first and as_written[first - 1][0].isupper():
        first -= 1
    return first


def _is_many(noun: str) -> bool:
    return noun in _MANY or (noun.endswith("s") and not noun.endswith(("ss", "us", "is")))


def _agrees(phrase: list[str], last_as_written: str, verb: str) -> bool:
    head = phrase[phrase.index("of") - 1] if "of" in phrase[1:] else phrase[-1]
    if verb in {"are", "were", "have"}:
        return _is_many(head) or "and" in phrase
    if verb in {"is", "was", "has"} or (verb in words().present and verb.endswith("s")):
        return last_as_written[0].isupper() or not _is_many(head)
    return True
