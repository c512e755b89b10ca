"""Tells finite verbs by closed lists and by the words beside them. There is no parser."""

from __future__ import annotations

from pressmark.annotators.claims.claim_words import words
from pressmark.record.marks import DOUBLE_MARKS

RELATIVE = {"who", "whom", "whose", "which", "where", "that"}
PREPOSITION = {
    "in",
    "with",
    "for",
    "of",
    "to",
    "from",
    "by",
    "at",
    "on",
    "under",
    "through",
    "into",
    "about",
    "over",
    "against",
}
SUBJECT = {"i", "you", "he", "she", "it", "we", "they"}
PRONOUN = SUBJECT | {"there", "who", "which", "that", "this", "these", "those"}
DETERMINER = {
    *("the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those", "some", "any"),
}
BE = {"am", "is", "are", "was", "were", "be", "been", "being"}
ADVERBS = {"not", "also", "never", "still", "now", "once", "then", "just", "always", "already"}
_BEHIND = PREPOSITION | {"again", "here", "there", "today", "now", "well", "fast", "early", "late", "alone", "away", "every"}
_BEHIND |= {
    "up",
    "down",
    "out",
    "off",
    "often",
    "when",
    "whenever",
    "after",
    "before",
    "as",
    "because",
    "if",
    "until",
    "during",
}
_ALSO_BASE = {"set", "put", "cut", "hit", "let", "read", "hurt", "shut", "quit", "bet", "spread", "come", "became"}
_CONTRACTED = tuple(mark + verb for mark in "’'" for verb in ("re", "ve", "ll", "d", "m"))
_MOST = 2**16  # words that are remembered
_SOON = 7  # words in which a clause's verb must come
_SEVERAL = 5  # words in which "and" makes a subject of several: "Lee and Cho run it"
_NO_FRONT = PREPOSITION | {
    "when",
    "while",
    "as",
    "after",
    "before",
    "since",
    "because",
    "although",
    "though",
    "if",
    "once",
    "and",
    "but",
}
_TIME = {
    "next",
    "same",
    "following",
    "last",
    "previous",
    "other",
    "day",
    "week",
    "month",
    "year",
    "days",
    "weeks",
    "months",
    "years",
}
_OBJECT = {"them", "it", "him", "us", "me"}
_NO_SUBJECT = RELATIVE - {"that"} | {"to", "of"}


def is_verb(word: str) -> bool:
    """Whether the word is a finite verb wherever it stands."""
    return word in words().auxiliary or is_past(word)


def is_past(word: str) -> bool:
    """Whether the word is the past tense of a verb, and not its base form or participle as well."""
    return word in words().past and word not in _ALSO_BASE


class _Kinds(dict[str, bool | None]):
    """Whether a word is a finite verb, as far as it alone tells; None: it may be one. Begun anew when there are too many."""

    def __missing__(self, word: str) -> bool | None:
        if len(self) >= _MOST:
            self.clear()
        self[word] = kind = _kind(word)
        return kind


_KINDS = _Kinds()


def _kind(word: str) -> bool | None:
    known = words()
    if word in known.auxiliary or word.endswith(_CONTRACTED) or (word.endswith(("’s", "'s")) and word[:-2] in PRONOUN):
        return True
    return None if word in known.present or word in known.past or word.endswith("ed") else False


def is_finite(found: list[str], i: int) -> bool:
    """Whether the word is a finite verb, as far as it and its neighbours tell. All words are in lower case."""
    word = found[i]
    if (alone := _KINDS[word]) is not None:
        return alone
    known = words()
    is_present = word in known.present
    before, after = found[i - 1] if i else "", found[i + 1] if i + 1 < len(found) else ""
    if before in DETERMINER or before in PREPOSITION or not before:
        return False
    is_many = before[-1] == "s" and not before.endswith(("’s", "'s"))
    is_many = is_many or "and" in found[max(0, i - _SEVERAL) : i - 1]
    if word in known.past or (is_present and (word[-1] == "s" or before in PRONOUN or is_many)):
        return True
    is_past_form = len(word) > 4 and word.endswith("ed") and after != "by"
    return is_past_form and (before not in {",", "(", "and"} or _is_behind_apposition(found, i))


def finite_verbs(found: list[str]) -> list[int]:
    """Where the finite verbs stand, as far as they and their neighbours tell."""
    return [i for i, word in enumerate(found) if _KINDS[word] is not False and is_finite(found, i)]


def _is_behind_apposition(found: list[str], i: int) -> bool:
    """Whether the word stands behind a subject and its apposition: "Lee, the mayor, resigned"."""
    commas = [k for k in range(i) if found[k] == ","]
    is_pair = found[i - 1] == "," and len(commas) == 2 and 0 < commas[0] <= _SOON and commas[1] > commas[0] + 1
    if not is_pair or found[0] in _NO_FRONT:
        return False
    return not any(is_finite(found, k) for k in range(1, i - 1))


def is_second_past(found: list[str], i: int) -> bool:
    """Whether a regular past tense, or a third person, with its object stands there: "closed the port", "sells it"."""
    word, after, noun = (*found[i : i + 3], "", "", "")[:3]
    if word in words().present and word[-1] == "s" and word[-2:] != "ss":
        return after in DETERMINER | _OBJECT
    return len(word) > 4 and word.endswith("ed") and (after in DETERMINER | _OBJECT or after.isdigit()) and noun not in _TIME


def opens(found: list[str], i: int) -> bool:
    """Whether a subject and a finite verb follow, with no comma or relative word between."""
    known = words()
    for j in range(i, min(i + _SOON, len(found))):
        word, before = found[j], found[j - 1]
        if word in DOUBLE_MARKS:
            continue
        if not word[0].isalnum() or word in _NO_SUBJECT or (j > i and word == "that"):
            return False
        if before in {"and", "or", "but"} and j > i and is_verb(word):
            return False  # of the clause before: left after the rain and was late
        if j > i and (word in known.auxiliary or (before in PRONOUN and is_finite(found, j))):
            return True
        if j > i and word in known.past and before not in DETERMINER:
            return True
        if j > i and before not in DETERMINER and (is_second_past(found, j) or _ends_with_past(found, j)):
            return True
    return False


def _ends_with_past(found: list[str], j: int) -> bool:
    """Whether a clause ends with the past tense of a regular verb: "his deputy stayed"."""
    is_last = j + 1 == len(found) or found[j + 1] in {",", ";"}
    return is_last and len(found[j]) > 4 and found[j].endswith("ed")


def is_predicate(found: list[str], i: int) -> bool:
    """Whether a finite verb stands there, perhaps behind an adverb: what a relative word is the subject of."""
    for j in range(i, min(i + 3, len(found))):
        if is_finite(found, j):
            return True
        if not found[j].endswith("ly") and found[j] not in ADVERBS:
            return False
    return False


def ends_clause(found: list[str], i: int) -> bool:
    """Whether the word is a present tense behind its subject and before no object: "the roof leaks", "it rains daily"."""
    if found[i] not in words().ending or not i:
        return False
    behind = found[i + 1] if i + 1 < len(found) else ","
    if behind[0].isalpha() and behind not in _BEHIND and not behind.endswith("ly"):
        return False
    if found[i - 1] in {"it", "he", "she"}:
        return True
    first = next((k for k in (i - 2, i - 3) if k >= 0 and found[k] in DETERMINER | {"every", "each"}), None)
    is_noun = found[i - 1].isalpha() and found[i - 1] not in DETERMINER | PREPOSITION and found[i - 1][-1] != "s"
    return first is not None and is_noun and (not first or found[first - 1] not in _NO_FRONT)
