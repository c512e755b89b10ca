"""Where a content ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotate.quotes.sources import subject

if TYPE_CHECKING:
    from pressmark.annotate.quotes.words import Words

_CONTRAST = {"although", "though", "while", "whereas", "despite", "however"}
_RELATIVE = {"who", "which", "whose", "where", "when"}
_NOT_ONLY = {"also", "not", "rather"}  # but also: the same clause goes on
_MAIN = re.compile(r",(?:[DNn#asoB]{0,6}[NnP]|P)a?[xvV]|,P")
_OWN_SUBJECT = re.compile(r",c(?:P|[DNn#as]{1,4})[xvV]")
_REPORTED = frozenset("hQ:,DPNnwTp#tuag")  # what may follow a verb that reports


def clause_end(w: Words, start: int, *, within: bool = False) -> int:
    """Where the content that starts at ``start`` ends: at the sentence, or before the next report or a contrast.

    ``within``: the report stands in a clause that a comma ends ("After Lee said …, they left").
    """
    end = _trimmed(w, start)
    if utterance := _whole_utterance(w, start, end):
        return utterance
    for k in range(start + 1, end):
        tag = w.tags[k]
        if tag == "," and start + 2 < k < end - 1 and _breaks(w, k, end, within=within):
            return k
        if tag == ";":
            return k
        if tag == "V" and (stop := _next_report(w, start, k)):
            return stop
        if w.lower[k] == "according" and w.tags[k + 1 : k + 2] == "t":
            return k - (w.tags[k - 1] == ",")
    return end


def _trimmed(w: Words, start: int) -> int:
    end = len(w.tags)
    while end > start and w.tags[end - 1] in ".,:;-":
        end -= 1
    return end


def _whole_utterance(w: Words, start: int, end: int) -> int:
    """The end of a quotation that ends as a sentence does; 0 where the content goes on behind it."""
    if w.tags[start : start + 1] != "Q" or start + 1 >= end or w.tags[start + 1] in "QnN-":
        return 0
    last = w.last_character(start)
    return start + 1 if last in ".?!" or (last == "," and w.tags[start + 1] != "w") else 0


def _breaks(w: Words, comma: int, end: int, *, within: bool) -> bool:
    """Whether the content ends at this comma: what follows is a contrast or an addition of the writer's."""
    tags, word = w.tags, w.lower[comma + 1]
    is_but = tags[comma + 1] == "b" and word != "so" and tags[comma + 2] not in "ht" and w.lower[comma + 2] not in _NOT_ONLY
    if is_but or word in _CONTRAST or _OWN_SUBJECT.match(tags, comma) or (within and _MAIN.match(tags, comma)):
        return True
    rest = tags[comma + 1 : end]
    is_addition = word in _RELATIVE or word in {"a", "an"} or (word.endswith("ing") and rest[0] in "gV")
    return is_addition and "," not in rest


def _next_report(w: Words, start: int, k: int) -> int:
    """Where the content ends because the cue ``k`` reports something else, by the same source or another; 0: it does not."""
    cue, tags = w.cues[k], w.tags
    if not cue.reports_clauses or tags[k + 1 : k + 2] not in _REPORTED:
        return 0
    j = k
    while j > start and tags[j - 1] in "ax":
        j -= 1
    before = tags[j - 1]
    if "ing" in cue.forms:
        if before == "Q" and w.last_character(j - 1) == ",":
            return j
        return j - 1 if before == "," else 0
    if before in "cb" and cue.forms & {"past", "third"}:
        return _before_conjunction(w, j - 1)
    return _own_clause(w, start, j, k) if before in "PNn" else 0


def _own_clause(w: Words, start: int, j: int, k: int) -> int:
    """“…, and others said that …”: where the clause with a subject of its own begins; 0: it is none."""
    found = subject(w, j) if w.tags[k + 1] in "hDPN:,Q" else None
    if found and found[0] > start + 2 and w.tags[found[0] - 1] in "cb":
        return _before_conjunction(w, found[0] - 1)
    return 0


def _before_conjunction(w: Words, conjunction: int) -> int:
    return conjunction - (w.tags[conjunction - 1] == ",")
