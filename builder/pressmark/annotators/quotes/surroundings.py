"""Says who the source of a report is that stands before its content, and what ends that content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.quotes.content_extents import Bounds
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.noun_phrases import is_person
from pressmark.annotators.quotes.speakers import author
from pressmark.annotators.quotes.subjects import phrase_start, subject_of_sentence

if TYPE_CHECKING:
    from pressmark.annotators.quotes.completions import Completion
    from pressmark.annotators.quotes.frames import Frame, Report
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

CLAUSE = re.compile(r"(?:v(?=[nN]))?(?:P|[DNn#asgBTQpo]|,[DNn#asgBTQpovV]+,|,(?!a?[xvV])|c(?=[DNn#PgT]))+?a?[xvV]|[gpu]")
_DEED = re.compile(r"(N+|P|D[na#]*n)[xa]*v(?=D)")  # Lee left the hall
_SHOWN = frozenset({"account", "video", "videos", "clip", "clips", "footage", "recording", "recordings", "tape", "tapes"})
_NEAR = 12  # words in which a clause shows its verb


def source_of(r: Report, found: list[Frame]) -> Range | None:
    """The subject of the verb; of a participle or a verb behind "and", that of the report or the clause before."""
    w = r.words
    if r.infinitive or (r.participle and w.lower[r.start] == "without"):
        return subject_of_sentence(w, r.start)
    if r.participle and r.before in "nNP#" and w.lower[r.start - 1].removesuffix("s") not in sets()["spent"]:
        own = author(w, r.start) or r.subject() or _beside(w, r.start)
        if own:
            deed = _DEED.match(w.tags, *own)
            return _doer(w, own, deed.span(1)) if deed else own
    if r.participle and r.before == "," and not re.search("[xvV]", w.tags[: r.start]):
        start = phrase_start(w, r.start - 1)
        return (start, r.start - 1) if start < r.start - 1 else None  # Ann Lee, saying
    is_deed = r.participle and r.before == "," and r.start == r.at and not found  # "falsely suggesting" says that it is said
    if is_deed and r.sense.lemma in sets()["implies"]:
        return None  # he left, suggesting that it was late
    if r.participle or r.before in "cb":
        told = [
            frame for frame in found if r.participle or (frame.report and not frame.report.passive)
        ]  # whose source is a subject
        last = [frame.source for frame in told if frame.source and frame.cue[-1][1] <= r.start]
        return last[-1] if last else subject_of_sentence(w, r.start)
    source = r.subject()
    return source or (subject_of_sentence(w, r.start) if r.before == "," else None)


def _doer(w: Words, own: Range, name: Range) -> Range | None:
    """Who did what the words tell, “Lee left the hall | saying”; None: or it is of what was read or met, “a clip from Cho”."""
    of = w.tags.find("o", *own)
    if of > 0 and w.lower[of - 1] in _SHOWN:
        return of + 1, own[1]  # had a video of | Cho saying
    verb, last = next(i for i in range(name[1], own[1]) if w.tags[i] == "v"), own[1] - 1
    behind, is_sent = {*w.lower[verb + 1 : own[1]]}, w.lower[verb] in sets()["sends"]
    is_read = w.lower[verb] in sets()["reads"] or not (is_sent or behind.isdisjoint(lexicon().documents))
    is_met = w.tags[last] in "NP" or is_person(w, (verb + 1, own[1])) or not behind.isdisjoint({"from", "by"})
    return None if is_read or is_met else name


def _beside(w: Words, end: int) -> Range | None:
    """Who does something beside the main clause: “with | Ann Lee saying that”."""
    start = end
    while start and w.tags[start - 1] in "DNnas#":
        start -= 1
    return (start, end) if start and w.lower[start - 1] == "with" else None


def bounds_of(r: Report, source: Range | None, right: Completion | None) -> Bounds:
    """Whether the report stands in a clause before or in the main one, and whether its content has a verb of its own.

    ``right`` None: it has none.
    """
    w = r.words
    is_wish = source is not None and w.tags[source[0]] == "w" and r.sense.acts[""] == "directive"  # who requested anonymity
    is_phrase = (
        not right
        or right.kind in {"to", "whom-to", "about"}
        or (right.kind == "zero" and (is_wish or not CLAUSE.match(w.tags, right.start, right.start + _NEAR)))
    )
    is_aside = r.participle and re.search(",w[^,]*\\Z", w.tags[: r.start]) is not None  # Lee, who left saying that …, left
    if source is None:
        is_first = w.tags[: r.start] in {"", "u", "a"}
        return Bounds(is_first, relative=r.before == ",", phrase=is_phrase, participle=r.participle)
    before = w.tags[source[0] - 1] if source[0] else "^"
    is_subordinate = before == "u" or w.lower[source[0] - 1] in {"as", "once"} or (source[0] == 1 and before == "w")
    is_inserted = is_subordinate and re.search(",a*u\\Z", w.tags[: source[0]])  # the dam, although Lee says it is old, is safe
    is_relative = (
        is_aside
        or bool(is_inserted)
        or w.tags[: source[0]].endswith((",w", ",pw", ",tw"))  # to whom Lee said it fell
        or w.tags[source[0]] in "wh"
        or w.lower[source[0]] == "whose"
        or (r.participle and r.before == ",")
    )
    is_embedded = before in "wh" or (w.tags[source[0]] == "w" and before != ",")
    return Bounds(is_subordinate, relative=is_relative, phrase=is_phrase, participle=r.participle, embedded=is_embedded)
