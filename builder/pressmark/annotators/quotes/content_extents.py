"""Finds where the content of an attribution ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.quotes.governors import is_negation
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.noun_phrases import TOLD
from pressmark.annotators.quotes.subjects import subject
from pressmark.annotators.quotes.tails import tail

if TYPE_CHECKING:
    from pressmark.annotators.quotes.tagged_words import Words

_CONTRAST = {"compared", "although", "though", "while", "whereas", "however"}
_OTHERS = {"another", "others"}
_OWN_REPORT = re.compile(r":Q(?:[DNn]*[NnP]V|V[DNn]*[NnP])")  # he said it fell: | “It is gone,” he wrote
_QUANTITY = re.compile(r"[cb][Da]*p?#p?#?[DNnop]*\Z")  # and more than 4 in 10 said
_RELATIVE = {"who", "which", "whose", "where", "when"}
_MAIN = re.compile(r"[,-](?:(?:[DNn#asoB]{0,6}[NnP]|P)a?[xvV]|P)")
# The subject of the next clause and what tells of it: “, and its chairman, Ana Cruz, | said”, not “, and Cho, she said, | left”
_TOLD = re.compile(rf",([cb]?)(?:p[DNnT#]{{1,3}})?(?:P|[DNn#aso]{{0,5}}[DNn#]){TOLD}a?[xvV]")
_VERB = re.compile(r"[xvVQ]")
_MAIN_WHO = re.compile(r",[DNn#asoB]{0,5}(?:[DNn#asoB]w|N,w)[xvV]")  # after it fell, | the mayor who built it left
_BUT_CLAUSE = re.compile(r",b(?:P|[DNn#aso]{1,6})a?[xvV]")  # with a subject of its own, so not "but also"
_BY_WHOM = frozenset({"lawyer", "lawyers", "attorney", "spokesman", "spokeswoman", "spokesperson", "interpreter"})
_INFINITIVE = frozenset({"be", "have", "do", "been", "being", "having"})
_AUXILIARY = re.compile("[cb]a?x")
_PREDICATE = re.compile(r",c?a?[xvV]")
_GROUP = 7  # words of “but has repeatedly declined to say”
_BEHIND_QUOTE = re.compile(r"b(?:P|[DNn#as]{1,4})a?[xvV]")  # said it “was fine” but they left
_APPOSED = re.compile(",[Dan]*nh[xvV]")  # it fell, remarks that were read in Kiel
_OWN_SUBJECT = re.compile(r",c(?:p[DNnT#]{1,3})?(?:P|[DNn#as]{1,4})a?[xvV]")
_WITHIN = re.compile(r",.[^,]{1,4},a?[xvV]")  # that the plan, while old, is good
_WHOLE = re.compile(r"h?(?:P|[DNn#as]{1,6})a?[xvV]")
_BEGUN = re.compile(r"hu[^xvV]*\Z")  # that as mayor, | Lee would stay
_ASIDE = re.compile(r",[gvw][^,]*\Z")  # the dam, built in May
_REPORTED = frozenset("hQ:,DPNnwTp#tuag")  # what may follow a verb that reports
_JUDGES = frozenset({"accused-of", "blamed-for", "as", "for", "name"})  # said it fell and accused them of …


class Bounds(NamedTuple):
    """What a report says of the end of its content.

    ``subordinate``: a comma ends it, for the main clause follows ("After Lee said …, they left"). ``relative``: a comma ends
    it, for the predicate follows ("Lee, who said …, left"). ``phrase``: it has no verb of its own, so "and" before a verb in
    the past ends it ("praised the dam and left"). ``participle``: so does "and" before an -ing form ("urging … and adding …").
    ``coordinated``: clauses joined by "and" are all in it ("According to Lee, it rained, and the dam broke"). ``embedded``: a
    second verb is that of the clause around it ("The idea that Lee said it was safe | is wrong").
    """

    subordinate: bool = False
    relative: bool = False
    phrase: bool = False
    participle: bool = False
    coordinated: bool = False
    embedded: bool = False


_FREE = Bounds()
_EMBEDDED = re.compile(r"(h?(?:P|[DNn#as]{1,5}?)(?:a?xa?[nvVa]{1,3}?|(?<=P)a?[vV]a?))x")


def clause_end(w: Words, start: int, bounds: Bounds = _FREE) -> int:
    """Where the content that starts at ``start`` ends: at the sentence, or before the next report or a contrast."""
    end = len(w.tags)
    while end > start and w.tags[end - 1] in ".,:;-":
        end -= 1
    if utterance := _whole_utterance(w, start, end):
        return utterance
    if bounds.embedded and (match := _EMBEDDED.match(w.tags, start, end)):
        return match.end(1)
    if w.tags[start : start + 3] in {"w,b", "w,c"}:
        return start + 1  # did not say why, but left
    for k in range(start + 1, end):
        if w.tags[k] in ",-;:cbVpQ" and (stop := _stop(w, (start, k, end), bounds)):
            return stop
    return end


def clause_start(w: Words, end: int) -> int:
    """Where the clause begins that ends at ``end``: behind a semicolon, or the colon of “One thing is new: | it fell”."""
    start = w.tags.rfind(";", 0, end) + 1
    colon = w.tags.rfind(":", start, end)
    is_clause = colon > 0 and w.tags[colon + 1] != "Q" and re.search("[xvV]", w.tags[colon:end])
    return colon + 1 if is_clause else start


def _whole_utterance(w: Words, start: int, end: int) -> int:
    """The end of a quotation that ends as a sentence does; 0 where the content goes on behind it."""
    if w.tags[start : start + 1] != "Q" or start + 1 >= end or w.tags[start + 1] in "QnN":
        return 0
    last = w.last_character(start)
    if w.tags[start + 1] == "-":
        return start + 1 if "Q" not in w.tags[start + 1 : end] else 0
    if last == "," and w.tags[start + 1] in "cb" and w.tags[start + 2 : start + 3] == "Q":
        return start + 3
    is_when = w.tags[start + 1] in "pT" and "Q" not in w.tags[start + 1 : end] and tail(w, start, end) == start + 1
    return start + 1 if last in ".?!" or is_when or last == "," else 0


def _stop(w: Words, place: tuple[int, int, int], bounds: Bounds) -> int:
    """Where the content ends because of the word ``k`` of ``start, k, end``; 0: it goes on."""
    start, k, end = place
    tag, is_inside = w.tags[k], start + 1 - (w.tags[start] in "Dn" or bounds.subordinate) < k < end - 1
    stop = 0
    if tag == "V":
        stop = _main_report(w, k) if bounds.relative and bounds.phrase else 0
        stop = stop or _next_report(w, start, k)
    elif tag == "p":
        is_manner = bounds.phrase and k > start and _is_manner(w, k)
        is_formula = w.lower[k] == "according" and w.tags[k + 1 : k + 2] == "t"
        stop = k - (w.tags[k - 1] == ",") if is_formula or is_manner else 0
    elif tag == "Q":
        stop = k + 1 if w.last_character(k) == "," and _is_last(w, k + 1, bounds) else 0
    elif (
        tag == ";"
        or (tag == ":" and k > start and _OWN_REPORT.match(w.tags, k))
        or (tag == "," and is_inside and _breaks(w, start, k, end, bounds))
        or (tag == "-" and is_inside and _breaks_off(w, start, k, end))
        or (tag == "b" and w.tags[k - 1] == "Q" and _BEHIND_QUOTE.match(w.tags, k))
        or (tag in "cb" and (_denies(w, k) or _is_next_deed(w, k) or _is_nor(w, k)))
        or (tag in "cb" and bounds.phrase and _goes_on(w, k, participle=bounds.participle))
        or (tag in "cb" and bounds.phrase and not bounds.participle and _has_auxiliary(w, start, k))
    ):
        stop = _before_conjunction(w, k)
    return stop


def _is_last(w: Words, after: int, bounds: Bounds) -> bool:
    """Whether the main clause begins behind the comma of a quotation, or what the writer adds: “a joke,” | a dig at them."""
    tag = w.tags[after : after + 1]
    is_main = bounds.subordinate and _MAIN.match("," + w.tags[after : after + 9]) is not None
    is_predicate = bounds.relative and tag in {*"xvV"}  # whom Lee calls a “liar,” | said
    return is_main or is_predicate or (bounds.phrase and tag in {"D", "n"})


def _is_manner(w: Words, k: int) -> bool:
    """Whether how it was said begins there: “denied it | in a statement”, “at a hearing”, “on condition of anonymity”."""
    noun = k + 1 + (w.tags[k + 1 : k + 2] == "D")
    word = w.lower[noun] if noun < len(w.tags) else ""
    if w.lower[k] == "on":
        return word == "condition"
    if w.lower[k] == "at":
        return not sets()["occasions"].isdisjoint(w.lower[noun : noun + 2])
    means = _BY_WHOM if w.lower[k] in {"through", "via"} else lexicon().documents | {"interview"}
    return w.lower[k] in {"in", "through", "via"} and word in means


def _breaks(w: Words, start: int, comma: int, end: int, bounds: Bounds) -> bool:
    """Whether the content ends at this comma: what follows is a contrast, another clause, or an addition of the writer's."""
    tags, word, said = w.tags, w.lower[comma + 1], w.tags[start:comma]
    # else this comma closes an apposition: “that Lee, now the mayor, | would leave”
    last = _ASIDE.sub("", said[said.rfind("h") + 1 :])  # “Lee” of “he hopes that Lee”
    has_verb = _VERB.search(last) is not None or (bounds.phrase and "," not in said)
    is_short = bounds.phrase or has_verb or "," not in said
    may_be_clause = "," not in said and (said[:1] == "h" or (len(said) > 2 and w.lower[comma - 1].endswith("s")))
    told = _told(w, comma, is_clause=has_verb) if has_verb or may_be_clause else None
    is_even = (
        w.lower[comma + 1 : comma + 3] in (["even", "as"], ["even", "though"], ["just", "as"])
        and "," not in tags[comma + 1 : end]
    )
    if (
        is_even
        or (word in _CONTRAST and not _WITHIN.match(tags, comma))
        or (word not in {"so", "yet"} and (told == "b" or _BUT_CLAUSE.match(tags, comma)))
        or (not bounds.coordinated and (told == "c" or _has_own_subject(tags, comma, is_short=is_short)))
    ):
        return True
    is_whole = is_short and not _BEGUN.match(said)
    is_main = (bounds.subordinate or bounds.relative) and _MAIN.match(tags, comma)
    if is_whole and (is_main or (bounds.subordinate and (told == "" or _MAIN_WHO.match(tags, comma)))):
        return True
    if is_whole and bounds.relative and _PREDICATE.match(tags, comma):
        return True
    return _is_addition(w, comma, end, is_main=tags[start] != "u")


def _told(w: Words, comma: int, *, is_clause: bool) -> str | None:
    """The tag of the conjunction, "" for none, before a subject with words that tell of it; None where none stands there.

    Behind words that may be no clause, only a report tells it from a list: “that the dam leaks, but the mayor, Lee, said”.
    """
    match = _TOLD.match(w.tags, comma)
    if not match or w.lower[match.end() - 1].endswith("ing") or not (is_clause or w.tags[match.end() - 1] == "V"):
        return None
    return match[1]


def _has_own_subject(tags: str, comma: int, *, is_short: bool) -> bool:
    """Whether "and" begins a clause there and no last part of a list: “the dam, the road, and the bridge fell”."""
    match = _OWN_SUBJECT.match(tags, comma)
    return match is not None and (is_short or tags[comma + 2] == "P")


def _is_addition(w: Words, comma: int, end: int, *, is_main: bool) -> bool:
    """Whether the writer adds something behind the last comma: a relative clause, an apposition, a participle."""
    word, rest = w.lower[comma + 1], re.sub("^w,[^,]*,", "w", w.tags[comma + 1 : end])  # which, however, is old
    is_relative = word in _RELATIVE or not {"which", "whom"}.isdisjoint(w.lower[comma + 2 : comma + 5])  # both of which
    is_his = "Q" in rest and not re.search("[PNn][ax]*V[^Q]*Q", rest)  # the marks are the speaker's, and nobody else's
    is_apposition = is_main and (word in {"a", "an"} or _APPOSED.match(w.tags, comma))  # else “when it rained, a boy | fell”
    is_participle = word.endswith("ing") and rest[0] in "gV"
    return "," not in rest and bool((is_relative and not is_his) or is_apposition or is_participle)


def _breaks_off(w: Words, start: int, dash: int, end: int) -> bool:
    """Whether the content ends at this dash, the last one: a clause of the writer's follows."""
    if "-" in w.tags[dash + 1 : end] or w.tags.startswith("ch", dash + 1):
        return False
    closes = w.tags[dash + 1] == "V" and "-" in w.tags[start:dash]  # “the dam – the old one – leaks”
    return not closes and (w.tags[dash + 1] in "bcugV" or _MAIN.match(w.tags, dash) is not None)


def _is_nor(w: Words, k: int) -> bool:
    """Whether the writer goes on: “did not say that it fell, | nor did she leave”."""
    return w.lower[k] == "nor" and w.tags[k + 1 : k + 2] == "x"


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


def _is_next_deed(w: Words, conjunction: int) -> bool:
    """Whether what the source did next follows: “said that it fell | and later left”."""
    verb = conjunction + 2
    is_past = w.tags[verb : verb + 1] in {"v", "V"} and (w.lower[verb].endswith("ed") or w.lower[verb] in sets()["past"])
    return w.lower[conjunction + 1 : verb] in (["later"], ["then"], ["promptly"], ["quickly"], ["immediately"]) and is_past


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


def _has_auxiliary(w: Words, start: int, conjunction: int) -> bool:
    """Whether the report goes on behind "and": “praised the dam and has left”, but not “said the dam fell and was old”."""
    match = _AUXILIARY.match(w.tags, conjunction)
    is_finite = match is not None and w.lower[match.end() - 1] not in _INFINITIVE
    return is_finite and not re.search("x|(?<!t)v", w.tags[start:conjunction])


def _next_report(w: Words, start: int, k: int) -> int:
    """Where the content ends because the cue ``k`` reports something else, by the same source or another; 0: it does not."""
    cue, tags = w.cues[k], w.tags
    is_that = tags[k + 1 : k + 2] == "h" and any("that" in sense.takes for sense in cue.senses)
    judges = tags[k - 1] in "cb" and any(sense.kind == "reporting" and sense.takes & _JUDGES for sense in cue.senses)
    judges = judges or tags[k - 1 : k + 2] == "bVh"  # but implied that
    if not (cue.reports_clauses or is_that or judges) or tags[k + 1 : k + 2] not in _REPORTED:
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
    return _own_clause(w, start, j, k) if before in "PNnD#,-B" else 0


def _main_report(w: Words, k: int) -> int:
    """“who asked not to be named | said”: where the main verb begins, if the cue is one; 0: it is not."""
    is_main = w.cues[k].reports_clauses and w.cues[k].forms & {"past", "third"} and w.tags[k + 1 : k + 2] in _REPORTED
    return k if is_main and w.tags[k - 1] in "vVgnNT" else 0


def _own_clause(w: Words, start: int, j: int, k: int) -> int:
    """“…, and others said that …”: where the clause with a subject of its own begins; 0: it is none."""
    if w.tags[k + 1] not in "hDPN:,Q":
        return 0
    if w.lower[j - 1] in _OTHERS and w.tags[j - 2] == "," and re.search("[xvV]", w.tags[start:j]):
        return j - 2  # it fell, another says it stands
    several = _QUANTITY.search(w.tags, start, j)
    if several and re.search("[xvV]", w.tags[start : several.start()]):
        return _before_conjunction(w, several.start())
    found = subject(w, j)
    is_quoting = w.tags[k + 1 : k + 3] in {":Q", ",Q"}  # on seeing it, Lee said: “…”
    if found and found[0] > start and is_quoting and w.tags[found[0] - 1] == ",":
        return found[0] - 1
    conjunction = found[0] - 1 - (w.tags[found[0] - 2 : found[0]] in {"c,", "b,"}) if found else 0  # and, Lee said, it fell
    if found and found[0] > start + 2 - (w.tags[start] == "Q") and w.tags[conjunction] in "cb":
        return _before_conjunction(w, conjunction)
    is_next = found and w.tags[found[0] - 1] == "," and w.tags[k + 1] in "hDPN" and _is_whole(w.tags[start : found[0] - 1])
    return found[0] - 1 if found and is_next else 0


def _is_whole(said: str) -> bool:
    """Whether a clause is over, so that the next is no part of it: “it fell, | Lee said it stood”, not “in May, Lee said”."""
    return _WHOLE.match(said) is not None and said[said.rfind(",") + 1] not in "upwg"


def _before_conjunction(w: Words, conjunction: int) -> int:
    return conjunction - (w.tags[conjunction - 1] in ",-")
