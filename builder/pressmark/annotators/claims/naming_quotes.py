"""Makes a sentence of a quote that calls something something: "called it a lie", "described her as a friend".

Convention: schema/GUIDELINES.md, section 6.4, "X cited, seen, regarded, described as Y; X accused of doing Y; X blamed for Y".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.claims.claim_words import past_of, third

if TYPE_CHECKING:
    from pressmark.record.model import Quote

    Range = tuple[int, int]

_CALL = {"call", "calls", "called", "calling"}
_MARKERS = {"as", "of", "for"}
_AS_SUBJECT = {"him": "he", "her": "she", "them": "they", "us": "we"}
_MANY = {"they", "these", "those", "both", "we"}
_DETERMINER = re.compile(r"[ \xa0](?:an?|the|his|her|its|their|my|our)[ \xa0]\Z")
_PLURAL = re.compile(r"[a-rt-z]s\Z")
_TO = re.compile(r"to (\w+)")
_EXPECTED = re.compile(r"\b(?:expected|predicted|projected|forecast|due|set|likely|certain)\Z")
_ING = re.compile(r"\w+ing\b")


def halves(quote: Quote) -> tuple[Range, Range] | None:
    """Return the ranges of the thing and of what it is called; None if the quote is of another kind or that is unclear."""
    cue = quote.cue[-1].text.lower() if quote.cue else ""
    first, *others = quote.content
    if others:
        is_judgement = len(others) == 1 and ((len(quote.cue) == 2 and cue in _MARKERS) or others[0].text.startswith("to "))
        return (first.range, others[0].range) if is_judgement else None
    if cue.rpartition(" ")[2] not in _CALL:
        return None
    place = quote.verbatim[0].start - 1 - first.start if quote.verbatim else first.text.find(" ") + 1  # "him a liar"
    if quote.verbatim and (determiner := _DETERMINER.search(first.text, 0, place)):
        place = determiner.start() + 1  # the plan a “lie”
    thing = first.text[:place].rstrip()
    return ((first.start, first.start + len(thing)), (first.start + place, first.end)) if thing else None


def _told(verb: str, cue: str, *, is_many: bool) -> str:
    """The verb of "is said to owe": "owes", of "is expected to pass": "will pass"."""
    if _EXPECTED.search(cue):
        return f"will {verb}"
    if verb in {"be", "have"}:
        return {"be": "are", "have": "have"}[verb] if is_many else {"be": "is", "have": "has"}[verb]
    return verb if is_many else third(verb)


def judgement(cue: str, thing: str, said: str) -> str:
    """Return the sentence, without a full stop. ``cue`` is the last word of the quote's cue."""
    thing = _AS_SUBJECT.get(thing.lower(), thing)
    be = "are" if thing.lower() in _MANY or _PLURAL.search(thing) else "is"
    if to_do := _TO.match(said):
        return f"{thing} {_told(to_do[1], cue, is_many=be == 'are')}{said[to_do.end() :]}"
    if cue == "for":
        return f"{thing} {be} to blame for {said}"
    if cue == "of" and (ing := _ING.match(said)):
        past = past_of(ing[0].lower())
        return f"{thing} {'were' if past == 'was' and be == 'are' else past}{said[ing.end() :]}"
    if cue == "of":
        return f"{thing} {be} guilty of {said}"
    return f"{thing} {be} {said}"
