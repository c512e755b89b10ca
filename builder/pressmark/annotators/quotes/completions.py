"""Finds what completes a verb to its right (that, to, a quotation …), and where the completion begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.quotes.governors import is_negation
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.noun_phrases import ABOUT, addressee, is_person
from pressmark.segment.quotations import is_title

if TYPE_CHECKING:
    from pressmark.annotators.quotes.frames import Report
    from pressmark.annotators.quotes.tagged_words import Words

_THAT = frozenset({"clause", "that", "whom"})
_ASIDE = re.compile(r",(?:[au]|pDn|pn|p[DnT]*),(?=[hwQ])")  # said, however, that
_THAT_DAY = re.compile(r"DT+(?=[.,h]|\Z)")  # the following month
_DAY_IS = re.compile(r"T[T#]*n?(?:cT+)?a?[xv]")  # (said) Monday and Tuesday were
_RELATIVE = re.compile(r"D[na#]*n(?:D[nas]*n|N+|P)\Z")  # the words Lee (said)
_DAY = re.compile(r"p[DT]?T+(?=a?t)")  # vowed on Monday to mend it
# told the whole council of Kiel, Norland, on Monday that; told cheering supporters that
_TOLD = re.compile(r"[DNngV](?:[DNnPasgovB#Tpc]|(?<=N),(?=N)|(?<=N),(?=[pT])){1,20}?h(?=[DNnP#Q])")
_TOLD_WHO = re.compile(r"[DNnas#]{1,6}w[^,:;.Qhx]{1,10}[,:](?=Q)")  # told the men who met in the town, “…”
_TOLD_WHO_THAT = re.compile(r"[DNnas#]{1,6}w[^,:;.Qhx]{1,10}h(?=[DNnP#Q])")
_ADJUNCT = re.compile(
    r"[^h:;.,QVw]{1,22}?(?:,(?=Q)|(?=h(?:[^Vvx.,]|Vx))|(?<=T)(?=h[^xv.,])|(?=Q)|:)|[^h:;.Q]{1,40}?(?:,(?=Q)|:)"
)
_BEFORE_PRONOUN = re.compile(r"p[^hpQVwxvPcbu.,:;]{1,6}(?=P[axvV])")  # "said in a statement it would"
_WHEN_WHERE = re.compile("(?:T|p[DNnT#]{1,4})+(?=p)")
_LATE = re.compile(r"(?:T|pD?[TnN#]{1,4}(?:[op]D?[nN]{1,3})?){1,3}(?=[uwp])")
_ASKED = {"whether", "if", "what", "why", "how", "about"}
_CLAUSE = re.compile(r"(?:P|[D#]?[nN]{1,4})a?[xvV]")
_ON_TO = re.compile(r"([DNnPas#ocpBT]{1,12}?)a?t")
_MAIN_CLAUSE = re.compile(r",(?:P|there|[D#]?[nNas]{1,4}|[DnNas]{1,4}[po]D?[nN]{1,3})a?[xvV]")
_CONTRAST = {"despite", "unlike", "without", "like"}  # it is said too, where “in Kiel” tells where it was said
_LEADING = 16  # words of a clause that comes first
_PROMISES = {"promise", "pledge"}  # also a thing, in the manual
_STORIES = {"story", "stories", "tale", "tales"}  # who tells the story of a man
_NOT = {"not", "never"}
_SHORT = 24  # characters that a quotation has at most when it is a word, not an utterance


class Completion(NamedTuple):
    """How a verb is completed (that, zero, wh, quote, colon, to, whom-to, about), and the word where the content begins."""

    kind: str
    start: int


def completion(r: Report) -> Completion | None:
    """How the verb is completed, past adverbs, times, asides and the addressee, however long that is."""
    if not r.completions:
        r.completions.append(_completed(r))
    return r.completions[0]


def _completed(r: Report) -> Completion | None:
    found = _completion(r)
    if "whom" in r.sense.takes and not r.passive and (found is None or found.kind in {"about", "zero"}):
        told = _TOLD.match(r.words.tags, r.end)
        return Completion("that", told.end() - 1) if told else found
    if "whom" in r.sense.takes and found and found.kind == "wh" and found.start > r.end:
        return _told_who(r, found)
    is_bare = found is not None and not r.start and r.words.tags[found.start : found.start + 2] == "w,"
    return None if is_bare else found  # “Asked why, she said”: what she was asked stands before


def _told_who(r: Report, found: Completion) -> Completion | None:
    """What is told behind “who”, which may say who is told: “told the men who met: “…””, “told the man who met her that …”.

    None where it may be either: “told the man who paid for it”.
    """
    w = r.words
    if who := _TOLD_WHO.match(w.tags, r.end):
        return Completion("quote", who.end())
    if who := _TOLD_WHO_THAT.match(w.tags, r.end):
        return Completion("that", who.end() - 1)
    is_asked = r.sense.acts[""] == "question"
    is_one = (
        not is_asked
        and w.tags[r.end] == "D"
        and is_person(w, (r.end, found.start))
        and not w.lower[found.start - 1].endswith("s")
    )
    return None if is_one and w.lower[found.start] == "who" else found


def _completion(r: Report) -> Completion | None:
    w, takes = r.words, r.sense.takes
    tags, n, k = w.tags, len(w.tags), r.end
    if k < n and tags[k] in "po" and w.lower[k] in takes:
        return _behind_preposition(w, k, takes)
    if takes & {"whom", "whom-to"} and not r.passive:
        k = addressee(w, k)
        if r.end < k < n and (found := _past_addressee(w, r, k)):
            return found
    k += w.lower[k : k + 1] != [] and w.lower[k] in sets()["reflexives"] and (k > r.end or tags[k + 1 : k + 2] in {"P", "h"})
    k = k if _is_day(r, k) else _past_asides(w, k)
    if k >= n:
        return None
    if found := marked(w, k, takes) or _when(r, k) or _late_topic(r, k):
        return found
    is_late = "clause" in takes and _clause_behind(w, k)
    if not (is_late or _is_amount(w, k)) and (tags[k] in "ptou" or (tags[k] == "w" and k > r.end)):
        is_verb = not r.participle or r.before == ","  # not: to list promising farms
        is_object = is_verb and r.sense.lemma in _PROMISES and k > r.end and tags[r.end] in "DNn"  # promised a land of plenty
        return _past_adjunct(w, k, takes) or (Completion("zero", r.end) if is_object else None)
    is_bare = is_late or (_bare(w, k) and _may_be_bare(takes, addressed=k > r.end))
    return Completion("zero", k + (is_late and tags[k] == ",")) if is_bare else None


def _behind_preposition(w: Words, k: int, takes: frozenset[str]) -> Completion | None:
    """“called for a sale”, “called on them to sell”, but not “called on Lee at home”."""
    if w.lower[k] == "on" and "for" in takes:
        asked = _ON_TO.match(w.tags, k + 1)
        return Completion("whom-to", asked.end(1)) if asked else None
    return Completion("about", k + 1) if w.tags[k + 1 : k + 2] not in {"", *",.;:-pu"} else None


def _past_addressee(w: Words, r: Report, k: int) -> Completion | None:
    """“asked them to leave”; “promised her program would …”, where the phrase is no addressee but the subject."""
    to = k + (w.tags[k : k + 2] == "TT") * 2 + (w.tags[k : k + 2] == "Tt")
    if is_infinitive(w, to) and "whom-to" in r.sense.takes:
        return Completion("whom-to", r.end if r.sense.medium == "thought" else to)  # one does not tell them what one expects
    if w.tags[k] in "po" and w.lower[k] in r.sense.takes and w.lower[k - 1] not in _STORIES:  # reminded them of the flood
        return Completion("about", k + 1)
    if w.tags[k] in "xV":
        return Completion("zero", r.end)
    return None


def _past_asides(w: Words, first: int) -> int:
    """Where the adverbs, times and asides in commas end that stand before the completion."""
    tags, n, k = w.tags, len(w.tags), first
    while k < n:
        if w.lower[k] in _NOT:
            break  # it belongs to what is said: “promised not to leave”
        starts_object = tags[k] == "#" or (tags[k] == "a" and (tags[k + 1 : k + 2] in {*"nN#"} or _is_amount(w, k + 1)))
        if aside := _ASIDE.match(tags, k) or _THAT_DAY.match(tags, k) or _DAY.match(tags, k):
            k = aside.end()
        elif tags[k] in "aT#" and tags[k : k + 2] != "Ts" and not (k == first and starts_object):
            k += 1
        else:
            break
    return k


def _is_day(r: Report, k: int) -> bool:
    """Whether a day is what something is said of, and not when: “said Monday was wet”, not “the plan announced Monday was”."""
    w = r.words
    if not _DAY_IS.match(w.tags, k) or ("object" in r.sense.takes and r.sense.lemma != "say"):
        return False
    source = r.subject()
    return source is not None and not (_RELATIVE.search(w.tags, *source) or w.tags[max(0, source[0] - 1)] in "wh")


def _bare(w: Words, k: int) -> bool:
    if w.lower[k] in _NOT:
        return w.tags[k + 1 : k + 2] in {"g", "D"}  # proposed not building it, said not a stone fell
    return (
        w.tags[k] in "DNPng#V"
        or w.tags[k : k + 2] in {"a#", "vn", "vN", "Ts"}
        or _is_amount(w, k)
        or w.lower[k] in {"having", "being"}
        or _DAY_IS.match(w.tags, k) is not None
    )


def _is_amount(w: Words, k: int) -> bool:
    """Whether a rough number begins there: “said about 400 people left”."""
    k += w.tags[k : k + 2] == "ap"  # just under
    return w.tags[k : k + 2] == "p#" and w.lower[k] in ABOUT


def _may_be_bare(takes: frozenset[str], *, addressed: bool) -> bool:
    """Whether a clause without a conjunction or an object can come next."""
    return bool(takes & {"clause", "object"}) or ("whom" in takes and addressed)


def marked(w: Words, k: int, takes: frozenset[str]) -> Completion | None:
    """A completion that a word or a mark announces: that, whether, to, a colon, a quotation."""
    tag, after = w.tags[k], w.tags[k + 1 : k + 2]
    found = None
    is_related = after in {"x", "v", "V"} and w.tags[k - 1] in "nN"  # wrote a book that sold
    if tag == "h" and takes & _THAT and not is_related:
        found = Completion("that", k)
    elif tag == "Q" and takes & {"quote", "clause", "object"} and not is_title(w.text, w.quotations[k]):
        found = Completion("quote", k)
    elif tag in ",:-" and after == "Q" and "quote" in takes:
        found = Completion("quote", k + 1)
    elif tag == ":" and "quote" in takes:
        found = Completion("colon", k + 1)
    elif (tag == "w" or w.lower[k] in {"whether", "if"}) and takes & {"clause", "whom"} and _asks(w, k):
        found = Completion("wh", k)
    elif is_infinitive(w, k) and "to" in takes and w.tags[w.tags.index("t", k) + 1] in "nvVxagQ":
        found = Completion("to", k)
    return found


def _late_topic(r: Report, k: int) -> Completion | None:
    """“asked last month about the dam”, “asked in Kiel whether it fell”."""
    w = r.words
    if r.sense.acts[""] == "question" and (asked := late_question(w, k)) and w.tags[asked] != "p":
        return Completion("wh", asked)
    late = _WHEN_WHERE.match(w.tags, r.end)
    k = late.end() if late else k
    is_late = r.end < k and w.lower[k : k + 1] == ["about"] and "about" in r.sense.takes
    return _behind_preposition(w, k, r.sense.takes) if is_late else None


def late_question(w: Words, k: int) -> int:
    """Where what is asked begins, behind when and where: “asked in Kiel on Monday | whether”; 0: nowhere."""
    late = _LATE.match(w.tags, k)
    return late.end() if late and w.lower[late.end()] in _ASKED and w.tags[late.end() + 1 : late.end() + 2] != "," else 0


def _asks(w: Words, k: int) -> bool:
    """Whether no relative clause begins there, “asked which road was closed”, and no bare word: “Asked why, Lee left”."""
    if w.tags[k + 1 : k + 2] == "," and w.lower[k - 1] == "asked" and (k < 2 or w.tags[k - 2] in "u,"):
        return False
    return w.lower[k] != "which" or (w.lower[k - 1] == "asked" and w.tags[k + 1 : k + 2] in {"n", "N"})


def _when(r: Report, k: int) -> Completion | None:
    """“did not say when it would open”: what is left open, where “said when it opened” tells the time."""
    w = r.words
    is_open = any(map(is_negation, w.lower[r.start : r.at])) or bool({"not_made", "expected"} & set(r.mood.split()))
    is_clause = w.lower[k] == "when" and k == r.end and _CLAUSE.match(w.tags, k + 1)
    return Completion("wh", k) if is_open and is_clause and "clause" in r.sense.takes else None


def _clause_behind(w: Words, k: int) -> bool:
    """Whether a clause or a phrase with a comma comes first: “said when it rains, the dam leaks”, “says, if asked, he will”."""
    start = k + (w.tags[k : k + 2] == ",u")
    if w.tags[start] not in "up" or w.lower[start] == "as" or (w.tags[start] == "p" and w.lower[start] not in _CONTRAST):
        return False
    comma = w.tags.find(",", start)
    before = w.tags[start:comma]
    is_clause = w.tags[start] == "p" or re.search("[xvV]", before) is not None
    return 0 < comma - start < _LEADING and is_clause and "Q" not in before and _MAIN_CLAUSE.match(w.tags, comma) is not None


def is_infinitive(w: Words, k: int) -> bool:
    """Whether an infinitive with something behind its "to" begins there, also “not to leave”."""
    to = k
    if not _NOT.isdisjoint(w.lower[k : k + 1]):
        to = k + 1 + (w.lower[k + 1 : k + 2] in (["again"], ["ever"]))  # never again to leave
    return w.tags[to : to + 1] == "t" and to + 1 < len(w.tags)


def _past_adjunct(w: Words, k: int, takes: frozenset[str]) -> Completion | None:
    """“said in an interview on Monday that …”, “said at the hearing: “…””."""
    if takes & _THAT and (match := _BEFORE_PRONOUN.match(w.tags, k)):
        return Completion("zero", match.end())
    match = _ADJUNCT.match(w.tags, k)
    if not match:
        return None
    at = match.end()
    mark = w.tags[at : at + 1]
    last = w.cues.get(at - 2)
    if last and last.reports_clauses and w.tags[at - 1] in ",:" and last.forms & {"past", "third"}:
        return None  # “Lee, speaking in Kiel, said: “…””: another verb reports it
    if mark == "h":
        return Completion("that", at) if takes & _THAT else None
    if "quote" not in takes or (mark == "Q" and not is_utterance(w, at)) or (not mark and w.tags[-1] != ":"):
        return None
    return Completion("quote" if mark == "Q" else "colon", at)


def is_utterance(w: Words, q: int) -> bool:
    """Whether a quotation is something said rather than a word, a name or a title."""
    quotation = w.quotations[q]
    is_long = quotation.inner_end - quotation.inner_start > _SHORT
    return w.tags[q - 1 : q] in {",", ":"} or (is_long and not is_title(w.text, quotation))
