"""Rules for a passive verb: the plan was confirmed by the ministry, it was announced that she left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.quotes.completions import is_infinitive, late_question
from pressmark.annotators.quotes.content_extents import Bounds, clause_end
from pressmark.annotators.quotes.governors import is_negation
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.noun_phrases import is_person, phrase
from pressmark.annotators.quotes.subjects import subject_of_sentence

if TYPE_CHECKING:
    from pressmark.annotators.quotes.frames import Frame, Report
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

_LATE_THAT = re.compile(r"[apuT][^h:;.,QVw]{1,12}(?=h[DNPn#])")
_NO_RAISING = frozenset({"add", "repeat", "conclude", "recall", "volunteer"})  # salt is added to give it taste
_NOBODY = frozenset({"nobody", "none", "no", "neither", "nothing", "not", "few"})  # “nobody was told”: not sure what was
_DAY = re.compile("p[DT]?T+(?=[htwQ])")  # was announced on Monday that
_STATIVE = frozenset({"be", "have"})


def passive_by(r: Report, _: list[Frame]) -> Frame | None:
    """The plan was confirmed by the ministry. / She was told by Ann Lee that it rains."""
    if not r.passive or "by" not in r.words.lower:
        return None
    k = past_adverbs(r)
    if r.words.lower[k : k + 1] != ["by"]:
        return None
    agent, topic = phrase(r.words, k + 1), r.subject()
    if not topic and r.words.lower[r.start] == "being":
        topic = subject_of_sentence(r.words, r.start)  # he left, after being told by Ann Lee that it rains
    if not agent or not topic:
        return None
    content, told = _completed(r, agent[1], topic)
    is_thing = r.sense.kind != "reporting" or not is_person(r.words, topic)
    if not content and is_thing and "object" in r.sense.takes and r.words.lower[slice(*topic)] != ["it"]:
        content = [topic]
    if not content:
        return None
    frame = r.frame("passive-by", content, agent)
    frame.cue, frame.addressee = [(frame.cue[0][0], k + 1)], told
    return frame


def passive(r: Report, _: list[Frame]) -> Frame | None:
    """It was announced that she left. / She is said to have left. / She was asked, “Why?”"""  # noqa: D415
    topic = r.subject() if r.passive else None
    if not topic:
        return None
    content, told = _completed(r, past_adverbs(r), topic)
    if not content:
        return None
    frame = r.frame("passive", content, None)
    frame.addressee = told
    return frame


def described_by(r: Report, mark: str) -> Frame | None:
    """The plan was described by Ann Lee as a lie."""
    w, topic = r.words, r.subject()
    if w.lower[r.end : r.end + 1] == [mark] and "by" in w.lower[r.end :] and topic:
        return _described_behind(r, topic)
    agent = phrase(w, r.end + 1) if w.lower[r.end : r.end + 1] == ["by"] else None
    k = w.lower.index(mark, r.end) if mark in w.lower[r.end :] else 0
    if not topic or not agent or not agent[0] < k <= agent[1] or k + 1 == len(w.tags.rstrip(".")):
        return None
    agent = agent[0], k
    frame = r.frame("described-as", [topic, (k + 1, clause_end(w, k + 1, Bounds(phrase=True)))], agent)
    frame.cue = [(frame.cue[0][0], r.end + 1), (k, k + 1)]
    return frame


def _described_behind(r: Report, topic: Range) -> Frame | None:
    """The plan was described as a lie by Ann Lee."""
    w, by = r.words, r.words.lower.index("by", r.end)
    agent = phrase(w, by + 1)
    if not agent or by <= r.end + 1 or w.tags[agent[1] : agent[1] + 1] not in {"", ".", ","}:
        return None
    frame = r.frame("described-as", [topic, (r.end + 1, by)], agent)
    frame.cue = [(frame.cue[0][0], r.end + 1), (by, by + 1)]
    return frame


def _completed(r: Report, k: int, topic: Range) -> tuple[list[Range], Range | None]:
    """What stands behind a passive verb, at ``k``, with its subject where that is part of it, and who is told."""
    w, tags, takes = r.words, r.words.tags, r.sense.takes
    mark, content = tags[k : k + 1], []
    if w.lower[topic[0]] in _NOBODY:
        return [], None
    told = topic if "whom" in takes and w.lower[slice(*topic)] != ["it"] else None
    if told and (late := _late(r, k)):
        k, mark = late, tags[late]
    bounds = Bounds(subordinate=topic[0] > 0 and tags[topic[0] - 1] == "u")
    if mark == "h" and takes & {"clause", "whom"}:
        content = [(k, clause_end(w, k, bounds))]
    elif mark and is_infinitive(w, k) and _is_verb(w, k, sure=not _orders(r)):
        if _orders(r) and w.lower[tags.index("t", k) + 1] != "have":
            return [(k, clause_end(w, k, bounds))], topic
        if takes & {"clause", "whom-to"} and r.sense.lemma not in _NO_RAISING:
            return [topic, (k, clause_end(w, k, bounds))], None
    elif told and r.sense.lemma == "ask" and w.lower[k : k + 1] == ["about"]:
        content = [(k + 1, clause_end(w, k + 1, bounds._replace(phrase=True)))]
    elif told and tags[k : k + 2] in {",Q", ":Q"}:
        content = [(k + 1, clause_end(w, k + 1))]
    elif told and (mark == "Q" or w.lower[k : k + 1] in (["whether"], ["if"]) or mark == "w"):
        content = [(k, clause_end(w, k, bounds))]
    return content, told


def _late(r: Report, k: int) -> int:
    """Where it begins behind when and where: “was told on Monday | that”, “was asked in Kiel | whether”; 0: nowhere."""
    that = _LATE_THAT.match(r.words.tags, k)
    if that is None:
        return late_question(r.words, k) if r.sense.lemma == "ask" else 0
    return that.end()


def _orders(r: Report) -> bool:
    """Whether the subject of the passive is who shall do it: “was told to leave”."""
    return "whom-to" in r.sense.takes and r.sense.acts["whom-to"] == "directive"


def _is_verb(w: Words, k: int, *, sure: bool) -> bool:
    """Whether an infinitive follows: “is said to be safe”, not “is added to soup”; if not ``sure``, what may be one counts."""
    verb = w.tags.index("t", k) + 1
    while w.tags[verb : verb + 1] == "a":
        verb += 1
    tag, word = w.tags[verb : verb + 1], w.lower[verb] if verb < len(w.tags) else ""
    if not sure:
        return tag in {*"nvVx"}
    known = word in _STATIVE | lexicon().spoken.orders | lexicon().spoken.unwilled
    return known or (tag == "n" and w.tags[verb + 1 : verb + 2] in {*"DP#"})


def past_adverbs(r: Report) -> int:
    """The word behind the verb and its adverbs and times; a negation is none of them."""
    k = r.end
    while r.words.tags[k : k + 1] in {"a", "T"} and not is_negation(r.words.lower[k]):
        k += 1
    day = _DAY.match(r.words.tags, k)
    return day.end() if day else k
