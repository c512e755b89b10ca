"""The words that lead to a verb of saying and say of it that it was not, will be or was done: “declined to say”."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.lexicon import lexicon

if TYPE_CHECKING:
    from pressmark.annotators.quotes.tagged_words import Words

NEGATIONS = frozenset({"not", "never", "cannot", "neither", "nor", "hardly", "barely"})
_MOST = 3  # governors before one verb: “is expected to decline to say”
# The tags right before a verb behind which there may be a governor, and an auxiliary, "no longer" or "neither".
LEADING = frozenset("tcopvVu")
AUXILIARY = frozenset("xanD")
_IN_CUE = frozenset({"not_made", "expected", "formula", "possible", "habit"})
_THESE = frozenset({"this", "that", "it", "what", "these", "those"})
_NEITHER = 4  # words between neither and nor
_WOULD = frozenset({"would", "’d", "'d"})
_SECOND = {"of": {"short", "instead"}, "than": {"rather"}, "from": {"far", "refrained", "refrain", "stopped", "away"}}
_BOTH = {"both", "all", "each"}  # Lee and Cho have both said
_STOPPED = {"stopped", "stops", "stop", "fell", "shy", "shied"}


class Group(NamedTuple):
    """Where the words that belong to a verb begin, and what its nearest governor says of it: a key of ``governors`` or ""."""

    start: int
    mood: str


def is_negation(word: str) -> bool:
    """Whether the word denies: not, never, didn’t."""
    return word in NEGATIONS or word.endswith(("n’t", "n't"))


def auxiliaries(w: Words, at: int) -> int:
    """Where the auxiliaries and adverbs begin that stand right before ``at``, with “no longer”, “so far” and “neither”."""
    start, tags, lower = at, w.tags, w.lower
    while start:
        if tags[start - 1] in "xa":
            start -= 1
        elif lower[max(0, start - 2) : start] in (["no", "longer"], ["so", "far"]):
            start -= 2
        elif (lower[start - 1] == "neither" and start > 1) or (
            lower[start - 1] in _BOTH and tags[start - 2 : start - 1] in {*"xNnP"}
        ):
            start -= 1
        else:
            break
    return start


def governed(w: Words, at: int, start: int) -> Group:
    """The group of the verb ``at``, whose auxiliaries begin at ``start``, with the governors that belong to its cue."""
    moods = []
    for _ in range(_MOST):
        found = _governor(w, at, start)
        if not found.mood:
            break
        moods.append(found.mood)
        if found.mood not in _IN_CUE:
            break
        at = found.start
        start = auxiliaries(w, at)
    return Group(start, " ".join(moods))


def _governor(w: Words, at: int, start: int) -> Group:
    before = w.tags[start - 1] if start else ""
    is_ing = w.lower[at].endswith("ing") or "having" in w.lower[start:at]  # denied having said
    if before == "t" and not is_ing:
        return _before_infinitive(w, start - 1, at)
    if before == "c" and w.lower[start - 1] == "nor" and "neither" in w.lower[max(0, start - _NEITHER) : start]:
        return Group(w.lower.index("neither", max(0, start - _NEITHER)), "not_made")
    if before == "c" and w.lower[start - 1] in {"or", "nor"} and start == at and (first := _negated_before(w, start - 1)) >= 0:
        return Group(first, "not_made")
    if before and before in "opvVu" and is_ing and ("x" not in w.tags[start:at] or "having" in w.lower[start:at]):
        return _before_participle(w, start)
    return Group(start, "")


def _negated_before(w: Words, conjunction: int) -> int:
    """Where “did not” begins in “did not confirm or deny”, which holds for both verbs; -1: nowhere."""
    if w.tags[conjunction - 1] not in "vVn":
        return -1
    first = auxiliaries(w, conjunction - 1)
    return first if any(is_negation(word) for word in w.lower[first : conjunction - 1]) else -1


def _before_infinitive(w: Words, to: int, at: int) -> Group:
    known, g = lexicon().governors.to, to - 1
    while g > 0 and w.tags[g] == "a" and w.lower[g] not in known:
        g -= 1
    if g <= 0:
        return Group(to, "")
    word, before = w.lower[g], w.lower[g - 1]
    mood = known.get(word, "")
    if w.is_be(g):
        mood = "" if before in sets()["equated"] or before in _THESE else "expected"
    elif mood == "formula":
        mood = mood if _WOULD & set(w.lower[auxiliaries(w, g) : g]) else ""
    elif mood == "expected":
        mood = mood if w.tags[g - 1] in "xa" else ""
    elif mood == "made" and at in w.cues and w.cues[at].reports_clauses:
        g -= word == "on"  # went on to say
        is_negated = any(map(is_negation, w.lower[auxiliaries(w, g) : to]))  # never managed to say
        mood = "habit" if is_negated or _is_habit(w, g) else mood
    return Group(g if mood else to, mood)


def _is_habit(w: Words, used: int) -> bool:
    """Whether it is “used to”, which tells what was done again and again, and not “was used to”, “got used to”."""
    before = w.lower[used - 1]
    return w.lower[used] == "used" and not w.is_be(used - 1) and before not in {"get", "got", "getting", "gets", "become"}


def _before_participle(w: Words, start: int) -> Group:
    word, k = w.lower[start - 1], start - 1
    mood = lexicon().governors.ing.get(word, "")
    if word not in _SECOND:
        return Group(k, mood)
    if (w.lower[k - 1 : k] or [""])[0] not in _SECOND[word]:
        return Group(start, "")
    return Group(k - 1 - (k > 1 and w.lower[k - 2] in _STOPPED), mood)
