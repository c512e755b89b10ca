"""Rules for a report before its content: Lee said that it rains. According to Lee, it rains."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pressmark.annotators.quotes.completions import completion
from pressmark.annotators.quotes.content_extents import Bounds, clause_end
from pressmark.annotators.quotes.governors import is_negation
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.judgements import described_as, named
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.noun_phrases import addressee, is_person, phrase
from pressmark.annotators.quotes.passives import passive, passive_by, past_adverbs
from pressmark.annotators.quotes.speakers import is_withheld
from pressmark.annotators.quotes.surroundings import CLAUSE, bounds_of, source_of
from pressmark.annotators.quotes.tails import before_day

if TYPE_CHECKING:
    from pressmark.annotators.quotes.completions import Completion
    from pressmark.annotators.quotes.frames import Frame, Report
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

_MAIN_SUBJECT = re.compile(r",([DNnP#as]*[NnP])a?[xvV]")
_PREFACE = re.compile(r"[cba,]*(?:[po][DnNT]{1,3},)?")  # but, of course, as Lee said
_LEADS = re.compile(r"(?:[bca]|a,)*[pu]?")  # now, after saying
COMPLETIONS = {
    "that": "Ann Lee said on Monday that the bridge is safe.",
    "zero": "Ann Lee said the bridge is safe.",
    "wh": "Ann Lee explained why the bridge is safe.",
    "quote": "Ann Lee told reporters: “The bridge is safe.”",
    "to": "Ann Lee vowed to mend the bridge.",
    "whom-to": "Ann Lee urged the city to mend the bridge.",
    "about": "Ann Lee called for a new bridge.",
}
_ZERO_RELATIVE = re.compile("D[na#]*n(?=(?:D[nas]*n|N+|P)\\Z)")  # a plan | the mayor
_LITTLE = {"nothing", "little", "anything", "something"}
_PARTIAL = re.compile(r"(?:P|D?[na]?n|N{1,3})Q")
_NO_CLAUSE = re.compile("h(?:D?[T#]+|p[^xvVgQ]*)")  # told them that on Monday, hinted at that in a letter
_CRIMES = {"conspiracy", "plotting", "plans", "attempts"}  # … to do something, which one does and is not refused
_GRANTED = re.compile(r"[DnNa#g]+t[DnNP#av]|(?:P|N+)D?n")  # denied bail to them, denied them bail
_OF_SOMEBODY = frozenset({"mention", "quote", "paraphrase", "say"})
_NOMINATIVE = {"i", "he", "she", "we", "they"}
_IS_THAT = re.compile(
    r"(?:[aTn]|p[DNnT]{1,3}){0,2}(?:,[^,hQxvV]{1,12},)?(?P<be>x)(?:(?=h)|[,:](?=Q))"
)  # next, in Kiel, was that
_TELLS = {None, "assertion"}
_FORETELLS = {"predict", "suggest"}  # of which a day may be a part: “predicted rain on Monday”
_NEEDS_SOURCE = {"zero", "about", "to", "whom-to"}  # without a subject they would be something else


def verb_subject_quote(r: Report, _: list[Frame]) -> Frame | None:
    """Said Ann Lee: “It will rain.”"""  # noqa: D415
    if r.before not in "^," or r.start < r.at or not r.finite or "quote" not in r.sense.takes:
        return None
    named = phrase(r.words, r.end)
    if not named or r.words.tags[named[1] : named[1] + 2] not in {",Q", ":Q"}:
        return None
    q = named[1] + 1
    return r.frame("verb-subject-quote", [(q, clause_end(r.words, q))], named)


def relative(r: Report, _: list[Frame]) -> Frame | None:
    """… a bridge, which Ann Lee said was safe. / … a bridge Ann Lee said was safe."""
    w, tags = r.words, r.words.tags
    source = r.subject() if r.finite and "clause" in r.sense.takes and r.after in {"x", "v"} else None
    if not source or tags[source[0]] in "wh":
        return None
    act = r.sense.acts[""]  # None: say
    is_object = act and ("object" in r.sense.takes or act != "assertion")  # the stuff he promised | is cheap
    match = _ZERO_RELATIVE.search(tags, 0 if tags[source[0]] == "P" else source[0], source[1])
    if match and not is_object:
        which, source = match.span(), (match.end(), source[1])
    elif source[0] and tags[source[0] - 1] in "wh" and not _is_subject_clause(w, source[0] - 1):
        which = source[0] - 1, source[0]
    else:
        return None
    mark = tags[which[0] - 1 : which[0]]
    end = clause_end(w, r.end, Bounds(relative=mark == ","))
    dash = tags.find("-", r.end, end) if mark == "-" else -1
    return r.frame("relative", [which, (r.end, dash if dash > 0 else end)], source)


def _is_subject_clause(w: Words, what: int) -> bool:
    """Whether the clause that begins there is what something is said of: “What she said was false”."""
    return w.lower[what] == "what" and (not what or w.tags[what - 1] in ",cbhu;:-")


def what_was_said(r: Report, _: list[Frame]) -> Frame | None:
    """What Ann Lee said was that the bridge is safe."""
    w, is_told = r.words, r.finite and not r.passive and bool(r.sense.takes & {"clause", "whom"})
    source = r.subject() if is_told and "what" in w.lower else None
    if (
        not source
        or not source[0]
        or not _is_subject_clause(w, source[0] - 1)
        or any(map(is_negation, w.lower[r.start : r.at]))
    ):
        return None
    match = _IS_THAT.match(w.tags, addressee(w, r.end) if "whom" in r.sense.takes else r.end)
    if not match or not w.is_be(match.start("be")):
        return None
    return r.frame("what-was-said", [(match.end(), clause_end(w, match.end()))], source)


def comment_first(r: Report, _: list[Frame]) -> Frame | None:
    """As Ann Lee reported, the bridge is safe."""
    w = r.words
    if not r.finite or "as" not in w.lower or not r.sense.takes & {"clause", "whom"}:
        return None
    k = past_adverbs(r)
    if w.tags[k : k + 1] != ",":
        return None
    source = r.subject()
    if not source or not source[0] or w.lower[source[0] - 1] != "as" or not _PREFACE.fullmatch(w.tags, 0, source[0] - 1):
        return None
    end = clause_end(w, k + 1)
    frame = r.frame("comment-first", [(k + 1, end)] if end > k + 1 else [], source)
    frame.awaits = not frame.content
    return frame


def participle_first(r: Report, _: list[Frame]) -> Frame | None:
    """Noting that it rained, Ann Lee went home. / After saying that it rained, Ann Lee went home."""
    right = completion(r) if r.participle and _LEADS.fullmatch(r.words.tags, 0, r.start) else None
    if not right or right.kind == "colon":
        return None
    end = clause_end(r.words, right.start)
    for comma in range(right.start + 1, end + 1):
        if match := _MAIN_SUBJECT.match(r.words.tags, comma):
            return r.frame("participle-first", [(right.start, comma)], match.span(1))
    return None


def asked(r: Report, found: list[Frame]) -> Frame | None:
    """Asked whether it would rain, Ann Lee laughed. / Asked by Bob Ray whether it would rain, she laughed."""
    if r.passive or r.words.lower[r.at] not in {"asked", "pressed"}:
        return None
    w, by = r.words, _asker(r)
    r = replace(r, end=by[1]) if by else r
    right = completion(r)
    if not right or right.kind in {"quote", "colon", "zero", "to", "whom-to"} or source_of(r, found) is not None:
        return None
    if right.kind == "wh" and w.tags[right.start + 1 : right.start + 2] == ",":
        return None  # asked why, Lee said
    end = clause_end(w, right.start, bounds_of(r, None, right)._replace(subordinate=True))
    colon = w.tags.find(":", right.start, end)  # Lee said when asked about it: “…”
    frame = r.frame("asked", [(right.start, colon if colon > 0 else end)], by)
    frame.cue = [(frame.cue[0][0], by[0])] if by else frame.cue
    if right.kind == "about":
        _add_preposition(frame, right.start)
    answers = phrase(w, end + 1) if not r.start and w.tags[end : end + 1] == "," else None
    if answers and w.tags[answers[1] : answers[1] + 1] in {*"axvV"}:
        frame.addressee = answers
    return frame


def _asker(r: Report) -> Range | None:
    """Who asked: “When asked by a reporter whether …”."""
    return phrase(r.words, r.end + 1) if r.words.lower[r.end : r.end + 1] == ["by"] else None


def subject_verb_colon(r: Report, found: list[Frame]) -> Frame | None:
    """Ann Lee said: the bridge is safe."""
    right = None if r.passive else completion(r)
    if not right or right.kind != "colon" or not (r.sense.takes & {"clause", "whom"} or right.start == r.end + 1):
        return None
    if not r.start or _is_number(r.words, right.start):
        return None  # Revealed: a new plan; at the 15:20 mark
    end = clause_end(r.words, right.start)
    frame = r.frame("subject-verb-colon", [(right.start, end)] if end > right.start else [], source_of(r, found))
    frame.awaits = not frame.content
    return frame


def _is_main(r: Report, start: int) -> bool:
    """Whether whom one tells ends a relative clause: “the aide who told Ann Lee | said it rains”."""
    verb = addressee(r.words, r.end) if r.sense.takes & {"whom", "whom-to"} else start
    cue = r.words.cues.get(verb)
    return cue is not None and cue.reports_clauses and bool(cue.forms & {"past", "third"}) and verb > start


def _is_plan_to(r: Report, right: Completion) -> bool:
    """Whether “plans” is part of the cue: “announced plans | to mend it”."""
    w, k = r.words, right.start
    is_bare = right.kind == "zero" and k == r.end and r.sense.lemma in {"announce", "unveil", "reveal", "outline"}
    return is_bare and w.lower[k] in sets()["intentions"] and w.tags[k + 1 : k + 2] == "t"


def _is_number(w: Words, k: int) -> bool:
    return w.tags[k - 2 : k - 1] == "#" == w.tags[k : k + 1]


def subject_verb_content(r: Report, found: list[Frame]) -> Frame | None:
    """The verb with what completes it, one rule for each kind: see `COMPLETIONS`."""
    right = None if r.passive or (r.participle and not r.start) else completion(r)
    if right and _is_plan_to(r, right):
        r, right = replace(r, end=right.start + 1), right._replace(kind="to", start=right.start + 1)
    if not right or right.kind == "colon" or not _plausible(r, right) or (r.participle and is_withheld(r.words, r.start)):
        return None
    source = source_of(r, found)
    if (source is None and right.kind in _NEEDS_SOURCE) or (source == (0, 1) and r.words.tags[0] == "h"):
        return None  # also: That threatened to stop it
    if source and r.words.tags[source[0]] == "w" and right.kind == "zero" and _is_main(r, right.start):
        return None
    end = clause_end(r.words, right.start, bounds_of(r, source, right))
    if right.kind == "zero" and r.sense.acts[""] in _TELLS and r.sense.verb_class not in _FORETELLS:
        end = before_day(r.words, right.start, end)
    if right.kind == "that" and _NO_CLAUSE.fullmatch(r.words.tags, right.start, end):
        return None
    frame = r.frame(f"subject-verb-{right.kind}", [(right.start, end)], source)
    is_asked = right.kind == "whom-to" and r.sense.lemma in {"call", "appeal"}
    is_called = right.start == r.end + 1 and r.sense.lemma in {"call", "appeal"}
    if is_asked:
        frame.addressee = r.end + 1, right.start
    if is_called or is_asked or right.kind == "about":
        _add_preposition(frame, r.end + 1 if is_asked else right.start)
    return frame if end > right.start else None


BEFORE = (
    passive_by,
    passive,
    verb_subject_quote,
    relative,
    what_was_said,
    comment_first,
    named,
    described_as,
    participle_first,
    asked,
    subject_verb_colon,
    subject_verb_content,
)


def _add_preposition(frame: Frame, start: int) -> None:
    """Take the preposition before the content into the cue: “called for a sale”, “advised them against it”."""
    first, end = frame.cue[0]
    frame.cue = [(first, start)] if end == start - 1 else [(first, end), (start - 1, start)]


def _plausible(r: Report, right: Completion) -> bool:
    """Whether what follows without a conjunction is a clause or, if the verb takes one, an object."""
    if r.infinitive and r.sense.kind != "reporting" and right.kind not in {"that", "wh", "quote"}:
        return False
    if right.kind == "zero" and r.words.lower[right.start] in _LITTLE:
        return r.words.tags[right.start + 1 : right.start + 2] in {"x", "v", "V", "a"}  # said nothing about it: no content
    if right.kind != "zero" or r.sense.verb_class == "rule":
        return right.kind != "zero"  # else “ruled the county”
    end = clause_end(r.words, right.start)
    is_subject = r.words.lower[right.start] in _NOMINATIVE and end > right.start + 2  # suggested she sell it
    is_clause = is_subject or CLAUSE.match(r.words.tags, right.start, end) is not None
    if "object" in r.sense.takes:
        return is_clause or r.sense.kind != "reporting" or not _is_no_topic(r, right.start)
    if (match := _PARTIAL.match(r.words.tags, right.start)) and r.words.starts_small(match.end() - 1):
        return True  # told them he “saw nothing”
    return is_clause


def _is_no_topic(r: Report, start: int) -> bool:
    """Whether the object is somebody, or what is refused: “confirmed Ann Lee”, “denied bail”."""
    w, end = r.words, clause_end(r.words, start)
    if r.sense.lemma == "deny":
        match = _GRANTED.match(w.tags, start, end)
        first = phrase(w, start)
        match = None if match and w.lower[match.start()] in _CRIMES else match
        return match is not None or bool(first and w.lower[first[1] - 1] in lexicon().refused)
    named = phrase(w, start)
    is_object = r.sense.lemma in _OF_SOMEBODY and not (r.sense.lemma == "say" and r.before == "," and _ends(w, named))
    return not is_object and named is not None and is_person(w, named)


def _ends(w: Words, named: Range | None) -> bool:
    """Whether a comma or the sentence ends behind somebody, who may speak: “The mayor, a lawyer, said Ann Lee, was ill”."""
    return named is not None and (w.tags[named[1] :] in {"", "."} or w.tags[named[1]] == ",")
