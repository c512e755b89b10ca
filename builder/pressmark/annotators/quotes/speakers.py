"""Finds who stands behind a source that only points to somebody: a relative word, a statement, a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.quotes.broken_asides import is_named
from pressmark.annotators.quotes.frames import MODALS
from pressmark.annotators.quotes.governors import is_negation
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.noun_phrases import is_person, phrase
from pressmark.annotators.quotes.subjects import phrase_start, subject

if TYPE_CHECKING:
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

_WHOSE = frozenset({"to", "from", "by"})
_TOPICS = frozenset({"on", "about", "into", "over"})  # a report by the ministry on the dam


def author(w: Words, end: int) -> Range | None:
    """Whose words a document is that stands right before ``end``: “Lee issued a statement | saying”; None: there is none.

    It is who made or sends it, where the sentence says so, else the document.
    """
    end, stop = _document_end(w, end), end
    if not end:
        return None
    verb, start = _sending(w, end)
    return agent(w, (start, stop)) or (subject(w, verb) if verb < start else None) or (start, stop)


def _document_end(w: Words, end: int) -> int:
    """Where the noun for a document ends that stands there, or before who gets or made it: “a letter | to Lee”; 0: none."""
    known = lexicon().documents
    if end and w.lower[end - 1] in known:
        return end
    return next((i for i in range(end - 2, max(0, end - 7), -1) if w.lower[i] in _WHOSE and w.lower[i - 1] in known), 0)


def is_withheld(w: Words, end: int) -> bool:
    """Whether the document right before ``end`` was not sent, or is not yet: “did not issue a statement | saying”."""
    if not end or w.lower[end - 1] not in lexicon().documents:
        return False
    verb, start = _sending(w, end)
    return any(is_negation(word) or word in MODALS for word in w.lower[verb:start])


def _sending(w: Words, end: int) -> Range:
    """Where the verb of sending begins that a document stands behind, with its auxiliaries, and where the document does."""
    start = end - 1
    while start and w.tags[start - 1] in "nNa#s":
        start -= 1
    start -= start > 0 and w.tags[start - 1] == "D"
    verb, given = start, start
    while given and w.tags[given - 1] in "DNnP" and w.lower[given - 1] not in sets()["sends"]:
        given -= 1  # sent parents | an email
    if given and w.lower[given - 1] in sets()["sends"]:
        verb = given - 1
        while verb and w.tags[verb - 1] in "xa":
            verb -= 1
    return verb, start


def agent(w: Words, source: Range) -> Range | None:
    """Who made the document that the source is: the ministry of “a report by the ministry”, “a statement from the ministry”."""
    start, end = source
    head = start
    while head < end and w.tags[head] in "D#nNsagT":
        head += 1
    if head == start or w.lower[head - 1] not in lexicon().documents:
        return None
    by = next((i for i in range(head, end) if w.lower[i] == "by" or (i == head and w.lower[i] == "from")), end)
    if w.lower[by - 1] in sets()["reads"]:
        return None  # a letter seen by the agency
    found = phrase(w, by + 1) if by < end and "," not in w.tags[head:by] and "w" not in w.tags[head:by] else None
    if not found:
        return None
    stop = next((i for i in range(found[0], min(found[1], end)) if w.lower[i] in _TOPICS), min(found[1], end))
    return (found[0], stop) if stop > found[0] else None


def antecedent(w: Words, relative: int) -> Range | None:
    """Whom a relative word stands for: “Ann Lee, a diver, who said”; None where that is nobody, or may be one of two."""
    end = relative - (w.tags[relative - 1 : relative] == ",")
    if end < relative and (comma := w.tags.rfind(",", 0, end)) > 0 and w.lower[comma + 1] == "not":
        return antecedent(w, comma)  # the captain, not the pilot, who said
    if w.tags[end - 1 : end] == "o" or _is_told(w, relative):
        return None  # two sons, both of whom said; two sources told Reuters, who asked
    if w.lower[end - 1 : end] == ["those"]:
        return end - 1, end
    found = subject(w, relative) if end < relative else None
    start = found[0] if found else phrase_start(w, end)
    to = w.tags.rfind("t", max(0, start - 1), end)
    if to > start and not gazetteer().people.isdisjoint(w.lower[start:to]):
        return None  # the first woman to beat Lee, who said
    verb = max([_infinitive(w, to), *(w.tags.rfind(tag, start, end) for tag in "xvV")])
    while start <= verb or (start < end and w.tags[start] in "poatcbu,"):
        start += 1  # met a diver who
    start = _name_before(w, start, end)
    return (_office_before(w, start, end), end) if start < end and not _are_two(w, start, end) else None


def _office_before(w: Words, start: int, end: int) -> int:
    """Where it begins who somebody is, before the name and a comma: “asked | the mayor of Kiel, Ann Lee, who said”."""
    comma = office = start - 1
    if comma < 1 or w.tags[comma] != "," or w.tags[start:end].strip("N"):
        return start
    while office and w.tags[office - 1] in "nNos":
        office -= 1
    office -= w.tags[office - 1 : office] == "D"
    is_object = any(tag in "xvV" for tag in w.tags[:office])  # not: In a letter to the mayor, | Ann Lee, who wept, said
    return office if w.tags[office] == "D" and is_object and is_person(w, (office, comma)) else start


def _infinitive(w: Words, to: int) -> int:
    """The verb behind “to”: “funny to watch Lee, who said”, but not “spoke to people who said”; -1: none."""
    if to < 0:
        return -1
    is_base = w.tags[to + 1] == "n" and w.tags[to + 2 : to + 3] in {*"NDP"} and w.lower[to + 1] not in gazetteer().people
    return to + 1 if is_base or w.tags[to + 1] in "vV" else -1


def _is_told(w: Words, relative: int) -> bool:
    """Whether the clause stands behind whom a report tells, and so may be of who reports: “two sources told Reuters, who”."""
    comma = relative - 1
    tells = max(w.tags.rfind("V", 0, comma), 0)
    is_tell = tells in w.cues and any("whom" in sense.takes for sense in w.cues[tells].senses)
    return is_tell and w.tags[comma] == "," and w.tags[tells + 1 : comma].strip("DNnas#c") == ""


def _name_before(w: Words, start: int, end: int) -> int:
    """Where the name begins that an apposition says who it is: “listened to Ann Lee, | the mayor, who said”; else ``start``."""
    comma = head = start - 1
    while head > 0 and w.tags[head - 1] == "N":
        head -= 1
    return head if 0 <= head < comma and w.tags[comma] == "," and is_named(w, head, (start, end)) else start


def _are_two(w: Words, start: int, end: int) -> bool:
    """Whether somebody else stands in the phrase: “the son of the mayor, who said”."""
    known = gazetteer()
    below = next((i for i in range(start, end) if w.tags[i] in "po"), end)
    if known.people.isdisjoint(w.lower[start:below]) or w.lower[below:end][:1] in (["in"], ["at"], ["near"]):
        return False
    names = {w.text[w.starts[i] : w.ends[i]] for i in range(below, end) if w.tags[i] == "N"}
    is_named = any(name in known.male or name in known.female for name in names)
    return is_named or not known.people.isdisjoint(w.lower[below:end])
