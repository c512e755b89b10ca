"""Rules for a report before its content: Lee said that it rains. According to Lee, it rains."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.quotes.completions import completion
from pressmark.annotators.quotes.content_extents import Bounds, clause_end
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.noun_phrases import addressee, is_person, phrase, phrase_start, subject_of_sentence
from pressmark.annotators.quotes.passives import described_by, passive, passive_by, past_adverbs
from pressmark.annotators.quotes.speakers import author, is_withheld

if TYPE_CHECKING:
    from pressmark.annotators.quotes.completions import Completion
    from pressmark.annotators.quotes.frames import Frame, Report
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

CLAUSE = re.compile(r"(?:P|[DNn#asgBTQpo,]|c(?=[DNn#Pg]))+?a?[xvV]|[gpu]")
_MAIN_SUBJECT = re.compile(r",([DNnP#as]*[NnP])a?[xvV]")
COMPLETIONS = {
    "that": "Ann Lee said on Monday that the bridge is safe.",
    "zero": "Ann Lee said the bridge is safe.",
    "wh": "Ann Lee explained why the bridge is safe.",
    "quote": "Ann Lee told reporters: “The bridge is safe.”",
    "to": "Ann Lee vowed to mend the bridge.",
    "whom-to": "Ann Lee urged the city to mend the bridge.",
    "about": "Ann Lee called for a new bridge.",
}
_NAMED = re.compile(
    r"(?:P[Dnag#]{0,3}|h|[DsNnB#aopc](?:[DsNnB#aopc]|[gv](?=n)){0,9}?)Q|P(?:D[nag#]*[nN]|n)"
)  # whom or what, and the name
_LITTLE = {"nothing", "little", "anything", "something"}
_PARTIAL = re.compile(r"(?:P|D?[na]?n|N{1,3})Q")
_OBJECT = re.compile(r"[^xVvQ;:.,hbw]{1,12}")
_WHEN = re.compile("hp?D?[T#]+")
_GRANTED = re.compile(r"[DnNa#]+t[DnNP#]|(?:P|N+)D?n")  # denied bail to them, denied them bail
_OF_SOMEBODY = frozenset({"mention", "quote", "paraphrase", "say"})
_NEAR = 12  # words in which a clause shows its verb
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
    """… a bridge, which Ann Lee said was safe."""
    w, tags = r.words, r.words.tags
    source = r.subject() if r.finite and "clause" in r.sense.takes and r.after in {"x", "v"} else None
    if not source or not source[0] or tags[source[0] - 1] not in "wh" or tags[source[0]] in "wh":
        return None
    which = source[0] - 1
    return r.frame("relative", [(which, which + 1), (r.end, clause_end(w, r.end))], source)


def comment_first(r: Report, _: list[Frame]) -> Frame | None:
    """As Ann Lee reported, the bridge is safe."""
    w, k = r.words, past_adverbs(r)
    if not r.finite or w.tags[k : k + 1] != "," or not r.sense.takes & {"clause", "whom"}:
        return None
    source = r.subject()
    if not source or not source[0] or w.lower[source[0] - 1] != "as" or w.tags[: source[0] - 1].strip("cba,"):
        return None
    end = clause_end(w, k + 1)
    frame = r.frame("comment-first", [(k + 1, end)] if end > k + 1 else [], source)
    frame.awaits = not frame.content
    return frame


def named(r: Report, found: list[Frame]) -> Frame | None:
    """Ann Lee called the plan “a lie.” / Ann Lee called him a liar. / … a plan that Ann Lee called “a lie.”"""  # noqa: D415
    w = r.words
    source = source_of(r, found) if "name" in r.sense.takes and not r.passive else None
    if source is None or w.tags[source[0]] == "w":
        return None
    content = [(r.end, clause_end(w, r.end, Bounds(phrase=True, participle=r.participle)))]
    before = w.lower[source[0] - 1] if source[0] else ""
    if r.after == "Q":
        if before not in {"which", "that"}:  # "what he called" is no judgement of his, but a name
            return None
        content.insert(0, (source[0] - 1, source[0]))
    elif before == "what" or not _NAMED.match(w.tags, r.end):
        return None
    return r.frame("named", content, source)


def described_as(r: Report, found: list[Frame]) -> Frame | None:
    """Ann Lee described the plan as a lie. / Ann Lee accused the city of lying."""
    w = r.words
    mark = next((word for word in ("as", "accused-of", "blamed-for") if word in r.sense.takes), "").rpartition("-")[2]
    if mark and r.passive:
        return described_by(r, mark)
    match = _OBJECT.match(w.tags, r.end) if mark else None
    near = w.lower[r.end : match.end()] if match else []
    mark = "on" if mark == "for" and mark not in near else mark  # blamed it on
    k = r.end + near.index(mark) if mark in near else 0
    source = source_of(r, found) if k > r.end and w.tags[k + 1 : k + 2] not in {"", "."} else None
    if source is None:
        return None
    end = clause_end(w, k + 1, Bounds(phrase=True, participle=r.participle))
    frame = r.frame("described-as", [(r.end, k), (k + 1, end)], source)
    frame.cue.append((k, k + 1))
    return frame


def participle_first(r: Report, _: list[Frame]) -> Frame | None:
    """Noting that it rained, Ann Lee went home."""
    right = completion(r) if not r.start and r.participle else None
    if not right or right.kind == "colon":
        return None
    end = clause_end(r.words, right.start)
    for comma in range(right.start + 1, end):
        if match := _MAIN_SUBJECT.match(r.words.tags, comma):
            return r.frame("participle-first", [(right.start, comma)], match.span(1))
    return None


def asked(r: Report, found: list[Frame]) -> Frame | None:
    """Asked whether it would rain, Ann Lee laughed. / Asked by Bob Ray whether it would rain, she laughed."""
    if not r.start and r.after == "p" and r.words.lower[r.end] == "by" and (by := phrase(r.words, r.end + 1)):
        frame = asked(r._replace(end=by[1]), [])
        if frame:
            frame.source, frame.cue = by, [(r.start, r.end + 1)]
        return frame
    right = completion(r) if r.words.lower[r.at] in {"asked", "pressed"} and not r.passive else None
    if not right or right.kind in {"quote", "colon", "zero", "to", "whom-to"} or source_of(r, found) is not None:
        return None
    end = clause_end(r.words, right.start, _bounds(r, None, right))
    frame = r.frame("asked", [(right.start, end)], None)
    if right.kind == "about":
        _add_preposition(frame, right.start)
    answers = phrase(r.words, end + 1) if not r.start and r.words.tags[end : end + 1] == "," else None
    if answers and r.words.tags[answers[1] : answers[1] + 1] in {*"axvV"}:
        frame.addressee = answers
    return frame


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
        r, right = r._replace(end=right.start + 1), right._replace(kind="to", start=right.start + 1)
    if not right or right.kind == "colon" or not _plausible(r, right) or (r.participle and is_withheld(r.words, r.start)):
        return None
    source = source_of(r, found)
    if source is None and right.kind in _NEEDS_SOURCE:
        return None
    if source and r.words.tags[source[0]] == "w" and right.kind == "zero" and _is_main(r, right.start):
        return None
    end = clause_end(r.words, right.start, _bounds(r, source, right))
    if right.kind == "that" and _WHEN.fullmatch(r.words.tags, right.start, end):
        return None  # "I told them that on Monday"
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
    comment_first,
    named,
    described_as,
    participle_first,
    asked,
    subject_verb_colon,
    subject_verb_content,
)


def source_of(r: Report, found: list[Frame]) -> Range | None:
    """The subject of the verb; of a participle or a verb behind "and", that of the report or the clause before."""
    w = r.words
    if r.infinitive:
        return subject_of_sentence(w, r.start)
    if r.participle and r.before in "nNP#" and (own := author(w, r.start) or r.subject() or _behind_with(r)):
        return own
    if r.participle and r.before == "," and not re.search("[xvV]", w.tags[: r.start]):
        start = phrase_start(w, r.start - 1)
        return (start, r.start - 1) if start < r.start - 1 else None  # Ann Lee, saying
    if r.participle or r.before in "cb":
        last = [frame.source for frame in found if frame.source and frame.cue[-1][1] <= r.start]
        return last[-1] if last else subject_of_sentence(w, r.start)
    source = r.subject()
    return source or (subject_of_sentence(w, r.start) if r.before == "," else None)


def _behind_with(r: Report) -> Range | None:
    """Who does what a participle says: “…, with Ann Lee | saying that it fell”."""
    w = r.words
    k = next((i for i in range(r.start - 1, max(0, r.start - 8), -1) if w.lower[i] == "with"), 0)
    found = phrase(w, k + 1) if k else None
    return found if found and found[1] == r.start else None


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
    is_clause = CLAUSE.match(r.words.tags, right.start, clause_end(r.words, right.start)) is not None
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
        return match is not None or bool(first and w.lower[first[1] - 1] in lexicon().refused)
    named = phrase(w, start)
    return r.sense.lemma not in _OF_SOMEBODY and named is not None and is_person(w, named)


def _bounds(r: Report, source: Range | None, right: Completion) -> Bounds:
    """Whether the report stands in a clause before or in the main one, and whether its content has a verb of its own."""
    w = r.words
    is_wish = source is not None and w.tags[source[0]] == "w" and r.sense.acts[""] == "directive"  # who requested anonymity
    is_phrase = right.kind in {"to", "whom-to", "about"} or (
        right.kind == "zero" and (is_wish or not CLAUSE.match(w.tags, right.start, right.start + _NEAR))
    )
    if source is None:
        is_first = w.tags[: r.start] in {"", "u", "a"}
        return Bounds(is_first, relative=r.before == ",", phrase=is_phrase, participle=r.participle)
    before = w.tags[source[0] - 1] if source[0] else "^"
    is_subordinate = before == "u" or w.lower[source[0] - 1] == "as" or (source[0] == 1 and before == "w")
    is_relative = w.tags[source[0]] == "w" or (r.participle and r.before == ",")
    return Bounds(is_subordinate, relative=is_relative, phrase=is_phrase, participle=r.participle)
