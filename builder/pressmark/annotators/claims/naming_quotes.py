"""Makes a sentence of a quote that calls something something: "called it a lie", "described her as a friend".

Convention: schema/GUIDELINES.md, section 6.4, "X cited, seen, regarded, described as Y; X accused of doing Y; X blamed for Y".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.claims.claim_words import third, words
from pressmark.annotators.claims.finite_verbs import PREPOSITION, RELATIVE, is_verb
from pressmark.annotators.claims.past_tense import in_past

if TYPE_CHECKING:
    from pressmark.record.model import Quote

    Range = tuple[int, int]

CALL = {"call", "calls", "called", "calling"}
_MARKERS = {"as", "of", "for"}
_AS_SUBJECT = {"him": "he", "her": "she", "them": "they", "us": "we"}
_MANY = {"they", "these", "those", "both", "we"}
_PLURALS = {"people", "men", "women", "children", "police"}
_DETERMINER = re.compile(r"[ \xa0](?:an?|the|his|her|its|their|my|our)[ \xa0]\Z")
_PLURAL = re.compile(r"[a-rt-z]s\Z")
_IT = re.compile(
    r"(?:(?:him|it|them|us|me)[ \xa0](?!quits\b)|(?:her|this|that|these|those)[ \xa0](?=(?:an?|the)[ \xa0]))", re.IGNORECASE
)
_TIME = "(?:few|couple|day|week|month|year|hour|minute|night|morning|moment|second|next|last|same|previous|following|other)"
_SECOND = re.compile(rf"[\w’'][ \xa0](?=(?:an?|the|his|her|its|their|my|our)[ \xa0](?!{_TIME}\b))")
_ADJECTIVE = ("ous", "ful", "less", "ble", "ing", "ed", "ic")
_FIRST = {"the", "a", "an", "his", "her", "its", "their", "my", "our"}
_JOINING = PREPOSITION | {"and", "or", "than", "as", "like", "after", "before"}
_IT_IS = {"it’s", "it's", "that’s", "that's", "there’s", "there's"}
_TO = re.compile(r"to (\w+)")
_EXPECTED = re.compile(r"\b(?:expected|predicted|projected|forecast|due|set|likely|certain)\Z")
_ING = re.compile(r"(?:(?:not|never)[ \xa0])?\w+ing\b")


def is_call(quote: Quote) -> bool:
    """Whether it calls something something, even if nobody can tell what from what: "called it quits"."""
    is_called = bool(quote.cue) and quote.cue[-1].text.lower().rpartition(" ")[2] in CALL
    return is_called and len(quote.content) == 1 and quote.type != "direct"


def halves(quote: Quote) -> tuple[Range, Range] | None:
    """Return the ranges of the thing and of what it is called; None if the quote is of another kind or that is unclear."""
    first, *others = quote.content
    if others:
        cue = quote.cue[-1].text.lower() if quote.cue else ""
        is_judgement = len(others) == 1 and ((len(quote.cue) == 2 and cue in _MARKERS) or others[0].text.startswith("to "))
        thing_words = first.text.lower().split()
        has_verb = any(map(is_verb, thing_words)) or thing_words[0] in _IT_IS  # it is his job to tell
        is_unclear = _ING.match(others[0].text) is not None and in_past(others[0].text) is None
        return (first.range, others[0].range) if is_judgement and not (has_verb or is_unclear) else None
    if not is_call(quote):
        return None
    place = quote.verbatim[0].start - 1 - first.start if quote.verbatim else after_thing(first.text)
    if quote.verbatim and (determiner := _DETERMINER.search(first.text, 0, place)):
        place = determiner.start() + 1  # the plan a “lie”
    thing = first.text[:place].rstrip()
    if quote.verbatim and not _is_thing(thing.lower().split()):
        return None
    return ((first.start, first.start + len(thing)), (first.start + place, first.end)) if thing else None


def after_thing(said: str) -> int:
    """Where it is said what the thing is: 9 for "the mine a grave", 4 for "him a liar"; 0 if that is unclear."""
    if it := _IT.match(said):
        return it.end()
    last = said.rpartition(" ")[2]
    for determiner in _SECOND.finditer(said):
        thing = said[: determiner.end() - 1].lower().split()
        if thing[-1] not in _JOINING:
            return determiner.end() if _is_thing(thing) else 0
    thing = said[: -len(last)].split()
    is_name = all(word[0].isupper() for word in thing)
    is_judged = (last in words().judgement or last.startswith("un")) and last.endswith(_ADJECTIVE)
    is_short = is_name or (len(thing) == 2 and thing[0].lower() in _FIRST) or (len(thing) == 1 and thing[0].lower() == "her")
    return len(said) - len(last) if thing and is_judged and is_short else 0


def _is_thing(thing: list[str]) -> bool:
    """Whether the words are one noun phrase: not "the mine, a grave", "the man who stole" or "the plan to close"."""
    is_plain = not any(word in RELATIVE | {"to"} or word[-1] == "," or is_verb(word) for word in thing)
    return is_plain and not (len(thing) > 2 and thing[-1].endswith("ing"))


def _told(verb: str, cue: str, *, is_many: bool) -> str:
    """The verb of "is said to owe": "owes", of "is expected to pass": "will pass"."""
    if _EXPECTED.search(cue):
        return f"will {verb}"
    if verb in {"be", "have"}:
        return {"be": "are", "have": "have"}[verb] if is_many else {"be": "is", "have": "has"}[verb]
    return verb if is_many else third(verb)


def _is_many(thing: str) -> bool:
    """Whether it is several: "the leaks in the north", but not "the end of the talks"."""
    words = thing.split()
    head = next((words[k] for k, word in enumerate(words[1:]) if word in PREPOSITION or word.endswith("ing")), words[-1])
    return thing in _MANY or head in _PLURALS or _PLURAL.search(head) is not None


def judgement(cue: str, thing: str, said: str, *, is_name: bool) -> str:
    """Return the sentence, without a full stop. ``cue`` is the last word of the quote's cue; ``is_name``: of one thing."""
    thing = _AS_SUBJECT.get(thing.lower(), thing)
    be = "are" if not is_name and _is_many(thing.lower()) else "is"
    if to_do := _TO.match(said):
        return f"{thing} {_told(to_do[1], cue, is_many=be == 'are')}{said[to_do.end() :]}"
    if cue == "for":
        return f"{thing} {be} to blame for {said}"
    if cue == "of" and _ING.match(said):
        done = in_past(said) or ""
        return f"{thing} {'were ' if be == 'are' else 'was '}{done[4:]}" if done.startswith("was ") else f"{thing} {done}"
    if cue == "of":
        return f"{thing} {be} guilty of {said}"
    return f"{thing} {be} {said}"
