"""What the text says of an attribution: what the source does with the content, and whether it did it.

Definitions: schema/GUIDELINES.md, "act" and "status". Where it is not sure that it was done, there is no `Stance`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.quotes.content_act import act
from pressmark.annotators.quotes.context import in_context, inverted, is_conditional
from pressmark.annotators.quotes.governors import is_negation
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.noun_phrases import TOLD

if TYPE_CHECKING:
    from pressmark.annotators.quotes.frames import Frame, Report
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words
    from pressmark.record.model import Act, Status

_WILL = frozenset({"will", "shall", "’ll", "'ll"})
_WOULD = frozenset({"would", "’d", "'d"})
_MAY = frozenset({"may", "might", "could", "should", "must", "ought"})
_HEDGES = frozenset({"would", "’d", "'d", "must", "can", "could", "should"})  # “I would say”, “we must admit”
_OTHER_CLAUSE = re.compile(rf"b(?:[DNnP#aso]{{1,6}}(?:{TOLD}a?)?[xvV]|a?V)")  # with a subject of its own
_NARRATIVE = frozenset({"only", "later", "subsequently", "eventually"})  # “would later say”, who did
_PERFORMED = frozenset({"confirm", "reveal", "report", "disclose"})  # “can reveal that”, and so it does
_MERELY = frozenset({"only", "just", "merely", "simply"})
_NOBODY = frozenset({"nobody", "none", "no", "neither"})  # who begins so did not speak
_FEW = frozenset({"nothing", "few", "not"})  # nor surely these
_BARELY = frozenset({"not", "hardly", "scarcely", "barely"})  # before a source: “hardly anyone said”
_RARELY = frozenset({"rarely", "seldom", "scarcely"})
_DECISIONS = frozenset({"decide", "resolve", "opt"})  # not to have decided is no attitude
PRESENTED: dict[Act | None, Status] = {"question": "possible", "directive": "possible", "commitment": "expected"}


class Stance(NamedTuple):
    """``act`` None: the quoted words decide. ``cue`` and ``source`` as the frame's, but a negation of both is in the cue.

    ``presents`` is the status that it gives to what is attributed inside its content; None: as it stands there.
    """

    act: Act | None
    status: Status
    cue: list[Range]
    source: Range | None
    presents: Status | None


def stance(w: Words, frame: Frame, *, nested: bool = False) -> Stance | None:
    """What the text says of the attribution; None where that is not sure enough to mark it."""
    status = _own_status(w, frame, nested=nested)
    cue, source = list(frame.cue), frame.source
    if source and w.lower[max(0, source[0] - 1)] == "not" and w.lower[source[0]] in {"one", "a"}:
        source = source[0] - 1, source[1]
    if source and _is_nobody(w, source):
        is_open = status is None and not _negations(w, frame) and not _WOULD.isdisjoint(_group(w, frame))
        status = "not_made" if status in {"made", "expected"} or is_open else None
        cue, source = _negated(w, source, cue)
    elif source and (w.lower[source[0]] in _FEW or w.lower[max(0, source[0] - 1)] in _BARELY):
        return None
    if status and (turned := inverted(w, frame)):
        status = turned.status if status == "made" else None
        cue = [*([turned.words] if turned.words else []), *cue]
    if is_conditional(w, frame):
        status = "possible"
    elif status:
        status = in_context(w, frame, status)
    if status is None:
        return None
    found = act(w, frame)
    sense = frame.report.sense if frame.report else None
    presents = sense.presents if sense and sense.presents else PRESENTED.get(found)
    if not presents and sense and sense.medium == "thought" and _negations(w, frame):
        presents = "possible"
    return Stance(found, status, cue, source, presents)


def under(parent: Status, presents: Status | None, own: Status) -> Status | None:
    """The status of an attribution inside another one, which is judged as that one presents it; None: not sure."""
    if parent != "made" or not presents:
        return own if parent == "made" else parent
    return None if own == "not_made" and presents != "possible" else presents


def _is_nobody(w: Words, source: Range) -> bool:
    """Whether nobody is the source: “no official”, “none of them”, “neither Lee nor Cho”; but not “No. 10”, “No Labels”."""
    start, end = source
    first, second = w.lower[start], w.lower[start + 1 : end][:1]
    if first == "not" and second in (["one"], ["a"]):
        return "one" in second or "single" in w.lower[start:end]
    return first in _NOBODY and not (first == "no" and w.tags[start + 1 : end][:1] in {"#", "N", ""})


def _negated(w: Words, source: Range, cue: list[Range]) -> tuple[list[Range], Range | None]:
    """The cue with what denies the source, “nobody said”, and what is left of that: “Lee nor Cho”."""
    start, end = source
    if w.lower[start] == "neither" and "nor" in w.lower[start:end]:
        return sorted([(start, start + 1), *cue]), (start + 1, end)
    if end == cue[0][0]:
        return [(start, cue[0][1]), *cue[1:]], None
    return sorted([source, *cue]), None


def _group(w: Words, frame: Frame) -> list[str]:
    """The words of the cue before its verb."""
    start, end = frame.cue[0]
    return w.lower[start : frame.report.at if frame.report else end - 1]


def _negations(w: Words, frame: Frame) -> int:
    """How often the cue denies."""
    group = _group(w, frame)
    if not {"nor", "or"}.isdisjoint(group):
        return 1  # neither confirmed nor denied, did not confirm or deny
    own = sum(is_negation(word) and second not in _MERELY for word, second in pairwise([*group, ""]))
    moods = frame.report.mood.split() if frame.report else []
    return own + ("longer" in group) + moods.count("not_made")


def _own_status(w: Words, frame: Frame, *, nested: bool) -> Status | None:
    """The status by the words of the cue alone."""
    r = frame.report
    if r and not _RARELY.isdisjoint(w.lower[r.start : r.at]):
        return None
    if r and not r.mood and frame.cue[0][0] == r.at:
        return "made"
    negations = _negations(w, frame)
    if negations > 1:
        is_done = r and r.mood == "not_made" and not sets()["implicative"].isdisjoint(w.lower[r.start : r.at])
        return _by_modal(w, frame, nested=nested) if is_done else None  # did not hesitate to say
    is_attitude = bool(r and r.sense.medium == "thought")
    if negations and r and is_attitude:
        is_held = r.sense.kind == "stance" and r.sense.lemma not in _DECISIONS
        return None if not is_held else "possible" if {"may", "might"} & set(_group(w, frame)) else "made"
    if negations:
        is_partly = r and (
            "until" in w.lower[r.end : r.end + 4] or (not r.mood and _is_corrected(w, r.end))
        )  # did not say until Monday that …
        return None if is_partly else "not_made"
    return _by_mood(r) or _by_modal(w, frame, nested=nested) if r else "made"


def _is_corrected(w: Words, start: int) -> bool:
    """Whether “but” says what was said instead: “did not say it fell but …”, not “…, but they left”."""
    return any(w.lower[i] == "but" and not _OTHER_CLAUSE.match(w.tags, i) for i in range(start, len(w.tags)))


def _by_mood(r: Report) -> Status | None:
    moods = r.mood.split()
    if "formula" in moods:
        return "made"
    return "possible" if "possible" in moods else "expected" if "expected" in moods else None


def _by_modal(w: Words, frame: Frame, *, nested: bool) -> Status | None:
    group = set(_group(w, frame))
    r = frame.report
    is_attitude = bool(r and r.sense.medium == "thought")
    if frame.source and w.lower[slice(*frame.source)] in (["i"], ["we"]) and group & (_HEDGES | _WILL):
        told = w.lower[slice(*frame.addressee)] if frame.addressee else []
        return "made" if group & _HEDGES or told == ["you"] else None
    if group & _WILL:
        return "expected"
    if group & _WOULD:
        return "made" if is_attitude or group & _NARRATIVE else "expected" if nested else None
    if "could" in group and "only" in group:
        return "made"
    if "can" in group:
        return "made" if r and r.sense.lemma in _PERFORMED else None
    return "possible" if group & _MAY else "made"
