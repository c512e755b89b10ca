"""Finds the subjects of verbs: the noun phrase that ends right before one, or the subject of its sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.quotes.broken_asides import named_before, relative_before
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.noun_phrases import ABOUT, BY_WHOM, CALLED, WIDE, nickname_behind, phrase
from pressmark.annotators.quotes.phrase_words import belongs
from pressmark.annotators.quotes.tails import tail
from pressmark.segment.quotations import is_title

if TYPE_CHECKING:
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

_RELATIVES = {"who", "which", "that", "whom"}
_OBJECT = re.compile("(?:[ot]|[NnP]c|wx?a?[vV])P\\Z")  # one of them said, a source close to him said, Lee and he said
_ACCUSATIVE = {"me", "him", "her", "us", "them"}  # never a subject
_ARTICLES = (["a"], ["an"], ["the"])
_NOT_SUBJECT = {"there", "however", "meanwhile", "still", "instead", "then", "now", "also", "so", "but", "and", "or"}
_ASIDE = re.compile(r",(?:w|[gV](?![nN])|v(?![nN]))")  # it does not say who it is: “Ann Lee, who left, said”
_QUOTING = re.compile(r"(?<=[NnB]),w(?:[DNn]{1,4}|P)?[xa]*[vV][^,;:.Q-]*Q\Z")
# “Ann Lee, the mayor, and | her son”: a name, then phrases without a verb
_LISTED = re.compile(r"(?:(?<=[,^cpTa])|^)(?:[Dn]{0,3}N+|D[na]*n)(?:[op]D?[Nn]+)?(?:,(?:D[na]*|N)?[Nn]+(?:[op]D?[Nn]+)*)*,c\Z")
# What is no part of a noun phrase but a verb or an adjective before it: “to keep | an eye”, “was absent | from”
_VERB_AND_OBJECT = re.compile(r"[nvg][nvga]*(?=D[^xvVPw]*\Z)")
_JOINED = re.compile("(,[cb]|;)(?=(?:P|[DNn#as]{0,4}[Nn])a?[xvV])")
_WHEN = re.compile(r"pD?[T#]*T(?=n+[pot])")
_BELOW = frozenset("whuQ:;")
_ADVERTS = {"loading", "advertisement", "advertisements", "sponsored", "promoted"}


def subject(w: Words, end: int) -> Range | None:
    """The noun phrase that ends right before the verb group which begins at ``end``."""
    if end not in w.subjects:
        w.subjects[end] = _subject(w, end)
    return w.subjects[end]


def _subject(w: Words, end: int) -> Range | None:
    last = w.tags[end - 1] if end > 0 else ""
    if last == "P" and w.lower[end - 1] in sets()["reflexives"] and end > 1:
        found = subject(w, end - 1)  # Ann Lee herself said
        return (found[0], end) if found and found[1] == end - 1 else None
    is_object = last == "P" and (w.lower[end - 1] in _ACCUSATIVE or _OBJECT.search(w.tags, max(0, end - 5), end))
    if (last == "P" and not is_object) or (last and last in "wh" and w.lower[end - 1] in _RELATIVES):
        return end - 1, end
    if last in {"c", "b"}:
        return None
    if last in {",", "-"}:
        return _before_comma(w, end) if last == "," else _before_dash(w, end)
    if last == "Q" and (before := _before_quotation(w, end)):
        return before
    start = phrase_start(w, end) if last else end
    is_alone = is_object and start == end - 1  # those who have seen it said
    start = _listed_before(w, start) if start < end and not is_alone else end
    return _whole(w, start, tail(w, start, end)) if start < end else None


def _before_quotation(w: Words, end: int) -> Range | None:
    """The noun phrase that a quotation ends: a title, a nickname, the last words of a clause."""
    is_closed = w.last_character(end - 1) == ","
    if is_closed and is_title(w.text, w.quotations[end - 1]):
        found = _before_comma(w, end)  # Ann Lee, the host of “The Rain,” said
        return (found[0], end) if found else None
    if is_closed and (clause := _QUOTING.search(w.tags, max(0, end - WIDE), end)):
        start = phrase_start(w, clause.start())  # Ann Lee, who calls it a “lie,” said
        return (start, clause.start()) if start < clause.start() else None
    named = _before_nickname(w, end - 1)
    return (named, end) if named < end else None


def _whole(w: Words, start: int, end: int) -> Range | None:
    """The phrase, or whom it belongs to as a clause or an apposition that no second comma closes; None: to nobody."""
    if which := relative_before(w, start, end):
        comma = which - (w.tags[which - 1] == ",")
        head = phrase_start(w, comma)
        return _whole(w, head, comma if comma < which else end) if head < comma else None
    if start > 1 and w.tags[start - 1] == ",":
        head = phrase_start(w, start - 1)
        if head < start - 1 and named_before(w, head, (start, end)):
            return head, end
    return None if _VERB_AND_OBJECT.match(w.tags, start, end) else (start, end)


def _listed_before(w: Words, start: int) -> int:
    """Where the list begins whose last part follows ", and": “Ann Lee, the mayor, and | her son”; else ``start``."""
    if start < 4 or w.tags[start - 2 : start] != ",c":
        return start
    low = 1 + max(w.tags.rfind(mark, 0, start) for mark in "Q;:.-bu")
    match = _LISTED.search(w.tags, low, start)
    return match.start() if match else start


def _before_nickname(w: Words, q: int) -> int:
    """Where a phrase begins that ends in a nickname: “a diver known as “Ace””; behind it where none does."""
    k = next((i for i in range(q - 1, max(0, q - BY_WHOM), -1) if w.lower[i] in CALLED), 0)
    start = phrase_start(w, k) if k and nickname_behind(w, k) == q + 1 else k
    return start if start < k else q + 1


def _before_comma(w: Words, end: int) -> Range | None:
    """“Ann Lee, a lawyer who advises them, said”: the phrase from its head to the last comma."""
    tags = w.tags
    if tags[end - 2 : end - 1] == "w":
        return None  # who, | asked
    low = max(0, end - WIDE)
    low = max(low, 1 + max(tags.rfind(mark, low, end - 1) for mark in "Q;:.-"))
    start = low = max(low, tags.rfind(",b", low, end - 1) + 2 if ",b" in tags[low : end - 1] else low)
    commas = [i for i in range(low, end - 1) if tags[i] == ","]
    for comma in commas:
        head = phrase_start(w, comma)
        if head < comma and head >= start and _nominal(w, head, comma) and not _adverbial(w, start, head):
            stop = len(tags[: end - 1].rstrip("a"))
            stop = stop - 1 if tags[stop - 1] == "," else end - 1  # “Ann Lee, however, said”
            is_place = w.tags[head - 1 : head] in {"p", "o"}  # In Kiel, in the north, Lee said
            whose = next((i - 1 for i in range(comma + 1, stop) if tags[i - 1] == "," and _is_aside(w, i)), stop)
            whose = stop if is_place and w.lower[whose + 1] in sets()["beside"] else whose
            clause = _ASIDE.search(tags, comma, whose)
            return head, clause.start() if clause else whose
        start = comma + 1
    return None


def _is_aside(w: Words, i: int) -> bool:
    """Whether words between commas tell no more than how it was said: “whose boat sank”, “in a letter”, “her voice shaking”."""
    if w.lower[i] in sets()["beside"]:
        return True
    is_own = w.lower[i] in {"his", "her", "their"} and re.match("D[an]{1,2}g,", w.tags[i : i + 5]) is not None
    return w.lower[i] == "whose" or is_own


def _before_dash(w: Words, end: int) -> Range | None:
    """“Ann Lee — a lawyer in town — said”: the phrase from its head to the last dash."""
    dash = w.tags.rfind("-", max(0, end - WIDE), end - 1)
    if dash <= 0:
        return None
    start = phrase_start(w, dash)
    return (start, end - 1) if start < dash else None


def _adverbial(w: Words, start: int, head: int) -> bool:
    """Whether verbs stand before the head, so that it is no subject but the end of a clause."""
    return any(tag in "xVv" for tag in w.tags[start:head]) and w.tags[head - 1] not in "hbcu,"


def _nominal(w: Words, start: int, end: int) -> bool:
    tags = w.tags[start:end]
    return tags[-1] in "NnP#TB" and tags[0] not in "po" and not ("T" in tags and "N" not in tags and "n" not in tags)


def phrase_start(w: Words, end: int) -> int:
    """Where the noun phrase begins that ends at ``end``; ``end`` itself where there is none."""
    i, low = end, max(0, end - WIDE)
    while i > low and belongs(w, i - 1, end, low):
        i -= 1
    return _trimmed(w, i, end)


def _trimmed(w: Words, start: int, end: int) -> int:
    """Without what only leads to the phrase: “But on Monday Lee” → “Lee”."""
    tags = w.tags
    if w.lower[end - 1] == "worth":
        return end
    while start + 1 < end and w.lower[start] in _ADVERTS:
        start += 1
    while start < end and tags[start] in "abcTsu-," and not _is_day_of_name(w, start, end):
        start += 1
    start = _past_verb(w, start, end)
    is_quantity = start < end and w.lower[start] in ABOUT and tags[start + 1 : start + 2] in {"D", "#"}
    if start < end and tags[start] in "pogt" and not is_quantity:
        return _past_preposition(tags, start, end)
    is_nobody = end - start == 1 and w.lower[start] in _NOT_SUBJECT
    return start if re.search("[NnP#DsBTV]", tags[start:end]) and not is_nobody else end


def _past_verb(w: Words, start: int, end: int) -> int:
    """Without the verb whose object the phrase is, or the adjective that it completes: “he kept | an eye on it”.

    With the phrase whose infinitive that verb is, if the phrase is a subject: “aides asked to keep an eye on it said”.
    """
    before = w.tags[start - 1 : start]
    is_infinitive = before == "t" and w.lower[start - 2 : start - 1] != ["according"] and w.tags[start] != "p"
    if is_infinitive and _is_finite(w, end):
        head = phrase_start(w, start - 1)
        return head if head < start - 1 else end
    if before != "w" and (match := _VERB_AND_OBJECT.match(w.tags, start, end)):
        return match.end()
    is_one = (
        w.tags[start : start + 2] == "np" and not w.lower[start].endswith("s") and "there" not in w.lower[start - 2 : start]
    )
    is_adjective = is_one and before == "x" and w.is_be(start - 1)
    return start + 2 if is_adjective else start


def _is_finite(w: Words, at: int) -> bool:
    """Whether a finite verb group begins there."""
    while w.tags[at : at + 1] == "a":
        at += 1
    return w.tags[at : at + 1] == "x" or (w.tags[at : at + 1] == "V" and bool(w.cues[at].forms & {"past", "third", "base"}))


def _is_day_of_name(w: Words, start: int, end: int) -> bool:
    """Whether a day or month belongs to the phrase: “the Sunday Times”, “Sunday’s”, but not “last night Ann Lee”."""
    is_period = w.lower[start] in sets()["periods"] and w.tags[start - 1 : start] == "T"
    return w.tags[start] == "T" and w.tags[start + 1 : end][:1] in {*"Nns"} and not is_period


def _past_preposition(tags: str, start: int, end: int) -> int:
    """Where the noun phrase begins that stands behind a prepositional one: “In the north | Ann Lee”; ``end``: nowhere."""
    starts = [match.start() for match in re.finditer("(?<=[nNT#])(?=[DNP])(?<!N(?=N))", tags[start:end])]
    if starts:
        return start + starts[-1]
    if when := _WHEN.match(tags, start, end):
        return when.end()  # In May | voters in the state
    tail = re.search(r"(?:D[a#nNvgs]*|N[Ns#BocnD]*|n|#n+|P)\Z", tags[start:end])
    is_first = not start and tags[end : end + 1] in {*"axV"}
    is_below = is_first and tail and tags[tail.start() - 1] in "pot"  # In court lawyers for | the firm said: who?
    return start + tail.start() if tail and tail.start() > 1 and not is_below else end


def subject_of_sentence(w: Words, before: int) -> Range | None:
    """The subject of the first verb before a word, in the last clause that "and" begins, rather of a main than a lower one."""
    if w.tags[0] in "uVvp" and (comma := w.tags.find(",", 0, before)) > 0:
        found = _main_subject(w, comma, before)
        if found or (w.tags[0] != "p" and w.lower[0] != "as"):  # else “As Ann Lee, a vet, put it: “…””
            return found
    below: Range | None = None
    for i in range(_clause_start(w, before), before):
        if w.tags[i] not in "xvV" or (
            "-" in w.lower[i] and w.tags[i + 1 : i + 2] in {"n", "N"}
        ):  # a second and third-ranked bank
            continue
        start = i
        while start and w.tags[start - 1] == "a":
            start -= 1
        found = subject(w, start) if w.lower[start - 1 : start] not in _ARTICLES else None
        if found and (not found[0] or w.tags[found[0] - 1] != "u"):
            return None if _is_expletive(w, found, i) else found
        below = below or found
    return below


def _main_subject(w: Words, comma: int, before: int) -> Range | None:
    """The noun phrase behind a comma that a verb follows."""
    while 0 <= comma < before:
        found = phrase(w, comma + 1)
        if found and found[1] <= before and w.tags[found[1] : found[1] + 1] in {*"axvV"}:
            return found
        comma = w.tags.find(",", comma + 1, before)
    return None


def _clause_start(w: Words, before: int) -> int:
    """Where the last clause begins that has a subject of its own, and none below it: “I left, and | Lee came and (said)”."""
    starts = [match.end(1) for match in _JOINED.finditer(w.tags, 0, before) if _BELOW.isdisjoint(w.tags[match.end(1) : before])]
    return starts[-1] if starts else 0


def _is_expletive(w: Words, found: Range, verb: int) -> bool:
    """Whether nobody is meant: “there is an art to snapping”, “it is worth noting”."""
    word, complement = w.lower[found[0]], w.tags[verb + 1 : verb + 3].removeprefix("a")[:1]
    is_be = w.is_be(verb) or w.lower[verb] in {"’s", "'s"}
    return word == "there" or (word == "it" and is_be and complement in {"n", "D"})
