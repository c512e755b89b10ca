"""What stands around an attribution and makes it less than a fact: a condition, a question, a verb or noun that it hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.quotes.governors import auxiliaries, is_negation
from pressmark.annotators.quotes.grammar import sets

if TYPE_CHECKING:
    from pressmark.annotators.quotes.frames import Frame, Report
    from pressmark.annotators.quotes.lexicon import Sense
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words
    from pressmark.record.model import Status

_CONDITIONS = frozenset({"if", "unless", "whether", "until", "lest", "provided", "suppose", "supposing", "assuming", "case"})
_NEAR = 6  # words before "that" among which one of these, or a negation, counts
_HAVE = frozenset({"have", "has", "had", "having"})
_PAST_TO_COME = {"had", "should", "were"}  # “had she said so, …”


class Inverted(NamedTuple):
    """A verb before its subject: the status that it gives, and its words that belong to the cue, “nor did”."""

    status: Status | None
    words: Range | None


def inverted(w: Words, frame: Frame) -> Inverted | None:
    """“Nor did she say that”, “Had she said that”, “Did she say that?”: an auxiliary before the source."""
    source, r = frame.source, frame.report
    if not source or not source[0] or w.tags[source[0] - 1] != "x" or source[1] > frame.cue[0][0]:
        return None
    aux = source[0] - 1
    has_own = not r or "x" in w.tags[r.start : r.at] or not w.cues[r.at].forms & {"base", "participle"}
    if has_own or w.is_be(aux) or w.lower[source[0]] in sets()["quantifiers"]:
        return None  # These are what Lee said. Cho and Lee have both said
    before = w.lower[aux - 1] if aux else ""
    if aux > 2 and w.lower[aux - 2] == "no" and w.tags[aux - 3] == "p":
        return Inverted("not_made", (aux - 3, aux + 1))  # at no point did she say
    if before in {"nor", "neither", "never"} or is_negation(w.lower[aux]):
        return Inverted("not_made", (aux - (before in {"nor", "neither", "never"}), aux + 1))
    if _asks(w, frame) or (w.lower[aux] in _PAST_TO_COME and before in {"", ",", "and", "but"}):
        return Inverted(None if before in sets()["wh"] else "possible", None)
    return Inverted(None, None)


def in_context(w: Words, frame: Frame, own: Status) -> Status | None:
    """The status in its sentence, where ``own`` is what the cue alone tells; None: not sure."""
    if _asks(w, frame):
        return None if w.lower[0] in sets()["wh"] else "possible"
    if frame.source and w.tags[frame.source[0]] == "w" and _is_denied(w, frame.source[0]):
        return "not_made"
    if _is_made_up(w, frame):
        return None
    r = frame.report
    if r and r.infinitive and r.mood != "made":
        return _as_governed(w, own, _governor_of_infinitive(r))
    if r and r.participle and not r.mood and r.before in "opvVux" and w.tags[r.start - 1] != ",":
        return None
    return _in_clause(w, _first(frame), own)


def _is_made_up(w: Words, frame: Frame) -> bool:
    """Whether something has the source say it, “a post had Lee saying it fell”, or shows or quotes Lee and is a fake."""
    if frame.intermediary and not sets()["faked"].isdisjoint(w.lower[slice(*frame.intermediary)]):
        return True
    r, verb = frame.report, frame.source[0] - 1 if frame.source else -1
    if verb < 1 or not r or not r.participle or not frame.source or frame.source[1] != r.start:
        return False
    if w.lower[verb] in _HAVE:
        return w.tags[frame.source[0]] not in "vV"  # has left voters saying
    return w.tags[verb] in "xvVn" and not sets()["faked"].isdisjoint(w.lower[max(0, verb - _NEAR) : verb])


def _is_denied(w: Words, relative: int) -> bool:
    """Whether the sentence says that somebody is not who said it: “It was not Lee who said”, “Lee is not the one who said”."""
    start = 1 + max(w.tags.rfind(mark, 0, relative) for mark in ",;:.-Q")
    be = next((i for i in range(start, relative) if w.is_be(i)), relative)
    return any(map(is_negation, w.lower[be : min(be + 2, relative)]))


def is_conditional(w: Words, frame: Frame) -> bool:
    """Whether it stands in a clause with if, unless or whether."""
    k = _first(frame) - 1
    while k > 0 and w.tags[k] == "a":
        k -= 1
    return k >= 0 and w.lower[k] in _CONDITIONS


def _first(frame: Frame) -> int:
    """Where the attribution begins: at its source, or at who quotes that; in the passive at its subject."""
    first = (frame.source or frame.cue[0])[0]
    if frame.report and frame.report.passive:
        first = min(part[0] for part in (*frame.cue, *frame.content, *((frame.addressee,) if frame.addressee else ())))
    return min(first, frame.intermediary[0]) if frame.intermediary else first


def _asks(w: Words, frame: Frame) -> bool:
    """Whether the sentence, and not what it reports, is a question."""
    end = len(w.tags)
    if not end or w.tags[-1] != "." or w.text[w.ends[-1] - 1] != "?":
        return False
    is_inside = frame.rule in {"subject-verb-colon", "clause-subject-verb", "clause-verb-subject"}
    return not is_inside and bool(frame.content) and frame.content[0][0] >= frame.cue[0][0]


def _governor_of_infinitive(r: Report) -> int:
    k = r.start - 2
    while k > 0 and r.words.tags[k] == "a":
        k -= 1
    return k


def _as_governed(w: Words, own: Status, k: int) -> Status | None:
    """What the cue ``k`` makes of an infinitive right behind it: “plans to say”."""
    if k < 0:
        return own  # the start of a content: its parent tells
    if k not in w.cues or own != "made":
        return None
    start = auxiliaries(w, k)
    if any(is_negation(word) for word in w.lower[start:k]):
        return None
    passive = any(w.is_be(i) for i in range(start, k))
    acts = {_presents(sense, "whom-to" if passive else "to") for sense in w.cues[k].senses if {"to", "whom-to"} & sense.takes}
    return acts.pop() if len(acts) == 1 else None


def _presents(sense: Sense, kind: str) -> Status:
    if sense.presents:
        return sense.presents
    return "expected" if sense.acts[kind] == "commitment" else "possible"


def _in_clause(w: Words, first: int, own: Status) -> Status | None:
    """The status in a clause that hangs on something outside its attribution: “doubts that she said”, “no proof that …”."""
    k = first - 1
    is_that = k > 0 and w.tags[k] == "h"
    k -= is_that
    if k < 0:
        return own
    if k in w.cues:
        if any(is_negation(word) for word in w.lower[auxiliaries(w, k) : k]):
            return None
        presents = {sense.presents for sense in w.cues[k].senses if sense.takes & {"clause", "that"}}
        found = presents.pop() if len(presents) == 1 else None
        return found if found and own == "made" else None if found else own
    if is_that and w.lower[k] in sets()["alleged"]:
        return None
    near = w.lower[max(0, k - _NEAR + 1) : k + 1] if is_that else []
    is_open = not sets()["open"].isdisjoint(near) or any(is_negation(word) or word == "no" for word in near)
    return None if is_open and "until" not in near else own
