"""Finds where the content of an attribution ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.quotes.governors import is_negation
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.noun_phrases import subject

if TYPE_CHECKING:
    from pressmark.annotators.quotes.tagged_words import Words

_CONTRAST = {"compared", "although", "though", "while", "whereas", "however"}
_RELATIVE = {"who", "which", "whose", "where", "when"}
_MAIN = re.compile(r"[,-](?:(?:[DNn#asoB]{0,6}[NnP]|P)a?[xvV]|P)")
_BUT_CLAUSE = re.compile(r",b(?:P|[DNn#aso]{1,6})a?[xvV]")  # with a subject of its own, so not "but also"
_BY_WHOM = frozenset({"lawyer", "lawyers", "attorney", "spokesman", "spokeswoman", "spokesperson", "interpreter"})
_GROUP = 7  # words of “but has repeatedly declined to say”
_BEHIND_QUOTE = re.compile(r"b(?:P|[DNn#as]{1,4})a?[xvV]")  # said it “was fine” but they left
_PREDICATE = re.compile(r",a?[xvV]")
_OWN_SUBJECT = re.compile(r",c(?:P|[DNn#as]{1,4})[xvV]")
_ASIDE = re.compile(r",[gv][^,]*\Z")  # the dam, built in May
_REPORTED = frozenset("hQ:,DPNnwTp#tuag")  # what may follow a verb that reports


_JUDGES = frozenset({"accused-of", "blamed-for", "as", "for", "name"})  # said it fell and accused them of …


class Bounds(NamedTuple):
    """What a report says of the end of its content.

    ``subordinate``: a comma ends it, for the main clause follows ("After Lee said …, they left"). ``relative``: a comma ends
    it, for the predicate follows ("Lee, who said …, left"). ``phrase``: it has no verb of its own, so "and" before a verb in
    the past ends it ("praised the dam and left"). ``participle``: so does "and" before an -ing form ("urging … and adding …").
    ``coordinated``: clauses joined by "and" are all in it ("According to Lee, it rained, and the dam broke").
    """

    subordinate: bool = False
    relative: bool = False
    phrase: bool = False
    participle: bool = False
    coordinated: bool = False


_FREE = Bounds()


def clause_end(w: Words, start: int, bounds: Bounds = _FREE) -> int:
    """Where the content that starts at ``start`` ends: at the sentence, or before the next report or a contrast."""
    end = len(w.tags)
    while end > start and w.tags[end - 1] in ".,:;-":
        end -= 1
    if utterance := _whole_utterance(w, start, end):
        return utterance
    if w.tags[start : start + 3] in {"w,b", "w,c"}:
        return start + 1  # did not say why, but left
    for k in range(start + 1, end):
        if w.tags[k] in ",-;cbVpQ" and (stop := _stop(w, (start, k, end), bounds)):
            return stop
    return end


def _whole_utterance(w: Words, start: int, end: int) -> int:
    """The end of a quotation that ends as a sentence does; 0 where the content goes on behind it."""
    if w.tags[start : start + 1] != "Q" or start + 1 >= end or w.tags[start + 1] in "QnN-":
        return 0
    last = w.last_character(start)
    return start + 1 if last in ".?!" or (last == "," and w.tags[start + 1] != "w") else 0


def _stop(w: Words, place: tuple[int, int, int], bounds: Bounds) -> int:
    """Where the content ends because of the word ``k`` of ``start, k, end``; 0: it goes on."""
    start, k, end = place
    tag, is_inside = w.tags[k], start + 1 < k < end - 1
    stop = 0
    if tag == "V":
        stop = _main_report(w, k) if bounds.relative and bounds.phrase else 0
        stop = stop or _next_report(w, start, k)
    elif tag == "p":
        is_manner = bounds.phrase and k > start + 1 and _is_manner(w, k)
        is_formula = w.lower[k] == "according" and w.tags[k + 1 : k + 2] == "t"
        stop = k - (w.tags[k - 1] == ",") if is_formula or is_manner else 0
    elif tag == "Q":
        is_main = bounds.subordinate and w.last_character(k) == "," and _MAIN.match("," + w.tags[k + 1 : k + 10])
        is_judged = bounds.phrase and w.last_character(k) == "," and w.tags[k + 1 : k + 2] in {"D", "n"}  # “a joke,” a dig
        stop = k + 1 if is_main or is_judged else 0
    elif (
        tag == ";"
        or (tag == "," and is_inside and _breaks(w, start, k, end, bounds))
        or (tag == "-" and is_inside and _breaks_off(w, k, end))
        or (tag == "b" and w.tags[k - 1] == "Q" and _BEHIND_QUOTE.match(w.tags, k))
        or (tag in "cb" and _denies(w, k))
        or (tag in "cb" and bounds.phrase and _goes_on(w, k, participle=bounds.participle))
    ):
        stop = _before_conjunction(w, k)
    return stop


def _is_manner(w: Words, k: int) -> bool:
    """Whether how it was said begins there: “denied it | in a statement”, “through a lawyer”, “on condition of anonymity”."""
    noun = k + 1 + (w.tags[k + 1 : k + 2] == "D")
    word = w.lower[noun] if noun < len(w.tags) else ""
    if w.lower[k] == "on":
        return word == "condition"
    means = _BY_WHOM if w.lower[k] in {"through", "via"} else lexicon().documents | {"interview"}
    return w.lower[k] in {"in", "through", "via"} and word in means


def _breaks(w: Words, start: int, comma: int, end: int, bounds: Bounds) -> bool:
    """Whether the content ends at this comma: what follows is a contrast, another clause, or an addition of the writer's."""
    tags, word = w.tags, w.lower[comma + 1]
    is_but = word not in {"so", "yet"} and _BUT_CLAUSE.match(tags, comma)
    is_even = w.lower[comma + 1 : comma + 3] in (["even", "as"], ["even", "though"]) and "," not in tags[comma + 1 : end]
    if is_but or is_even or word in _CONTRAST or (not bounds.coordinated and _OWN_SUBJECT.match(tags, comma)):
        return True
    said = tags[start:comma]
    # else this comma closes an apposition: “that Lee, now the mayor, | would leave”
    is_whole = bounds.phrase or "," not in said or re.search("[xvV]", _ASIDE.sub("", said))
    if is_whole and (bounds.subordinate or bounds.relative) and _MAIN.match(tags, comma):
        return True
    if is_whole and bounds.relative and _PREDICATE.match(tags, comma):
        return True
    rest = tags[comma + 1 : end]
    is_apposition = word in {"a", "an"} and tags[start] != "u"  # else “when it rained, a boy | fell”
    is_addition = word in _RELATIVE or is_apposition or (word.endswith("ing") and rest[0] in "gV")
    return is_addition and "," not in rest


def _breaks_off(w: Words, dash: int, end: int) -> bool:
    """Whether the content ends at this dash, the last one: a clause of the writer's follows."""
    return "-" not in w.tags[dash + 1 : end] and (w.tags[dash + 1] in "bcugV" or _MAIN.match(w.tags, dash) is not None)


def _denies(w: Words, conjunction: int) -> bool:
    """Whether what was not said follows, by the same source: “said it fell | but did not say why”, “and declined to say”."""
    known, first = lexicon().governors.to, conjunction + 1
    near = range(first, min(conjunction + _GROUP, len(w.tags)))
    verb = next((i for i in near if i in w.cues and w.lower[i] not in known), first)
    between = w.lower[first:verb]
    if not between or not w.cues[verb].reports_clauses or w.tags[first:verb].strip("xatvVnb"):
        return False
    if between[-1] == "to":
        return any(known.get(word) == "not_made" for word in between)
    return w.tags[conjunction] == "b" and any(map(is_negation, between))


def _goes_on(w: Words, conjunction: int, *, participle: bool) -> bool:
    """Whether the verb behind "and" has the same subject as the report: “praised the dam and left”."""
    k = conjunction + 1
    while w.tags[k : k + 1] == "a":
        k += 1
    if w.tags[k : k + 1] not in {"v", "V"}:
        return False
    if participle:
        return w.lower[k].endswith("ing")
    is_adjective = w.tags[k] == "v" and w.tags[k + 1 : k + 2] in {"n", "N", "s", ".", ""}
    return not is_adjective and (w.lower[k].endswith("ed") or w.lower[k] in sets()["past"])


def _next_report(w: Words, start: int, k: int) -> int:
    """Where the content ends because the cue ``k`` reports something else, by the same source or another; 0: it does not."""
    cue, tags = w.cues[k], w.tags
    judges = tags[k - 1] in "cb" and any(sense.kind == "reporting" and sense.takes & _JUDGES for sense in cue.senses)
    judges = judges or tags[k - 1 : k + 2] == "bVh"  # but implied that
    if not (cue.reports_clauses or judges) or tags[k + 1 : k + 2] not in _REPORTED:
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


def _main_report(w: Words, k: int) -> int:
    """“who asked not to be named | said”: where the main verb begins, if the cue is one; 0: it is not."""
    is_main = w.cues[k].reports_clauses and w.cues[k].forms & {"past", "third"} and w.tags[k + 1 : k + 2] in _REPORTED
    return k if is_main and w.tags[k - 1] in "vVgnNT" else 0


def _own_clause(w: Words, start: int, j: int, k: int) -> int:
    """“…, and others said that …”: where the clause with a subject of its own begins; 0: it is none."""
    found = subject(w, j) if w.tags[k + 1] in "hDPN:,Q" else None
    if found and found[0] > start + 2 and w.tags[found[0] - 1] in "cb":
        return _before_conjunction(w, found[0] - 1)
    return 0


def _before_conjunction(w: Words, conjunction: int) -> int:
    return conjunction - (w.tags[conjunction - 1] == ",")
