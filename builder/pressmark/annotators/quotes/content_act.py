"""What a source does with the content: the act by the cue, by what completes it, and by the words that are said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.quotes.grammar import closed, sets
from pressmark.annotators.quotes.lexicon import lexicon

if TYPE_CHECKING:
    from pressmark.annotators.quotes.frames import Frame
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words
    from pressmark.record.model import Act

_NAMING = frozenset({"named", "described-as"})  # their quotation is a name, not what was uttered
_BY_COMPLETION = frozenset({"to", "whom-to", "about"})
_PLAN = re.compile(r"(?:D[#an]{0,2})?[nV]t")
_CLAUSE = re.compile(r"(?:P|D?[nN]{1,3})a?[xvV]")
_VERB = re.compile("[xvV]")
_NOMINAL = re.compile("[DNnPsa#oVv]{2,9}")
_CLAUSE_END = re.compile("[,;:hwcu]")
_MANY = {"they", "we", "you", "i", "people", "police", "men", "women", "children", "media"}
_START = 80  # characters in which a sentence shows its act
_SENTENCE = re.compile(r"[^.?!…]+[.?!…]*")
_NEW_SENTENCE = re.compile(r",(?=[”\"’'»]+\s+[“\"‘'«]*[A-Z])")  # “Stop,” she said. “It is late.”
_WORD = re.compile(r"\w+(?:[’'-]\w+)*|[,?!]")
_AUXILIARY = re.compile(r"(?:[’'](?:ll|re|m|ve|d|s)|n[’']t)\Z")
_INTENDS = frozenset({"plans", "plan", "planned", "intends", "intend", "intended"})
_SELF = frozenset({"i", "we"})
_OWN_WILL = re.compile(r"(?:i|we)(?:[’']ll| will| shall| won[’']t|(?: am| are|[’'](?:m|re))(?: not)? going to) ")
_OBJECT_TAGS = frozenset("DPNntpa#h")
_FOR_SURE = {"let’s", "let's"}
_SENSES = {"look", "listen"}
_SENSED = (["at"], ["to"], ["for"])


def act(w: Words, frame: Frame) -> Act | None:
    """The act of an attribution; None where all of it is quoted, and so its words decide (`spoken`)."""
    kind = frame.rule.removeprefix("subject-verb-")
    if frame.rule not in _NAMING and kind not in _BY_COMPLETION and _is_quoted(w, frame):
        return None
    r = frame.report
    if r is None:
        return "assertion"
    acts = r.sense.acts
    if kind in {"passive", "passive-by"} and (order := _is_order_to(w, frame)) is not None:
        return acts["whom-to"] if order else acts[""] or "assertion"
    if kind in {"that", "zero"} and "subjunctive" in acts and _is_subjunctive(w, *frame.content[0]):
        kind = "subjunctive"
    found = acts.get(w.lower[frame.content[0][0] - 1] if kind == "about" else kind, acts[""])
    if found == "commitment" and kind in {"that", "zero"} and _is_present(w, frame):
        return "assertion"
    if found:
        return found
    is_plan = kind == "zero" and _is_plan(w, *frame.content[0])
    return "commitment" if is_plan or _is_own_future(w, frame) else "assertion"


def _is_order_to(w: Words, frame: Frame) -> bool | None:
    """Whether a passive tells somebody to act: “was told to leave”, not “is said to have left”; None: it has no infinitive."""
    start = frame.content[-1][0]
    if frame.addressee and w.tags[start] != "h":
        return w.tags[start] in "at"
    if len(frame.content) < 2 or not frame.report:
        return None
    return "whom-to" in frame.report.sense.takes and w.lower[start : start + 2] != ["to", "have"]


def _is_quoted(w: Words, frame: Frame) -> bool:
    return not any(w.tags[slice(*part)].strip("Q") for part in frame.content)


def _is_plan(w: Words, start: int, end: int) -> bool:
    """Whether what is announced is a plan: “plans to sell”, “its new plan to sell”, but not “Lee’s plan would work”."""
    match = _PLAN.match(w.tags, start, end)
    return match is not None and w.lower[match.end() - 2] in sets()["intentions"]


def _is_present(w: Words, frame: Frame) -> bool:
    """Whether a clause says what is or was: “swore that it was true”."""
    start, end = frame.content[0]
    words = w.lower[start:end]
    return (w.tags[start] == "h" or _CLAUSE.match(w.tags, start, end) is not None) and sets()["future"].isdisjoint(words)


def _is_subjunctive(w: Words, start: int, end: int) -> bool:
    """Whether a clause says what shall be: “that the town be sold”, “that Lee resign”, but not “that Lee resigns”."""
    start += w.tags[start] == "h"
    verb = _VERB.search(w.tags, start, end)
    if verb and w.lower[verb.start()] == "be":
        return True
    match = _NOMINAL.match(w.tags, start, end)
    for k in range(start + 1, match.end() if match else start):
        before = k - 1
        while before > start and w.tags[before] == "a":
            before -= 1
        if _is_base(w, k) and w.tags[before] in "NnP" and not _is_many(w.lower[start : before + 1]):
            rest = _CLAUSE_END.search(w.tags, k + 1, end)
            return not _VERB.search(w.tags, k + 1, rest.start() if rest else end)
    return False


def _is_base(w: Words, k: int) -> bool:
    cue, word = lexicon().cues.get(w.lower[k]), w.lower[k]
    return word in lexicon().spoken.orders or bool(cue and "base" in cue.forms and "past" not in cue.forms)


def _is_many(words: list[str]) -> bool:
    return words[-1].endswith("s") or words[-1] in _MANY or "and" in words


def _is_own_future(w: Words, frame: Frame) -> bool:
    """Whether the source says what it will do itself: “she said she would resign”."""
    start, end = frame.content[0]
    start += w.lower[start] == "that"
    k = start + 1
    if frame.source is None or k >= end or not _is_same(w, frame.source, w.lower[start]):
        return False
    if w.lower[k] in _INTENDS:
        return w.tags[k + 1 : k + 2] == "t"
    if w.lower[k] not in sets()["future"]:
        return False
    k += 1
    while k < end and w.tags[k] == "a":
        k += 1
    return k < end and w.lower[k] not in lexicon().spoken.unwilled and w.tags[k] not in "DPN,"


def _is_same(w: Words, source: Range, pronoun: str) -> bool:
    """Whether a pronoun at the start of what is said can only be the source."""
    words = w.lower[slice(*source)]
    if w.tags[source[0]] == "P":
        return words == [pronoun]
    head = next((i for i in range(source[0] + 1, source[1]) if w.tags[i] in "powxvV,"), source[1]) - 1
    is_many = "and" in words or (w.tags[head] == "n" and (w.lower[head].endswith("s") or w.lower[head] in sets()["plural"]))
    if pronoun in {"he", "she"}:
        return not is_many
    if pronoun == "they":
        return is_many
    return (
        pronoun == "it"
        and w.tags[source[0]] == "D"
        and "N" not in w.tags[source[1] - 1]
        and gazetteer().people.isdisjoint(words)
    )


def spoken(text: str, by_cue: Act | None) -> Act:
    """The act of quoted words: an assertion if one of their sentences asserts, else that of the first.

    ``by_cue`` is the act of the verb beside them, which counts where the words tell nothing ("“The bridge,” she asked").
    """
    start = _SENTENCE.match(text)
    if start and _sentence(start[0], by_cue) == "assertion":
        return "assertion"
    first: Act | None = None
    for match in _SENTENCE.finditer(_NEW_SENTENCE.sub(".", text)):
        found = _sentence(match[0], by_cue)
        if found == "assertion":
            return found
        first = first or found
    return first or "assertion"


def _sentence(text: str, by_cue: Act | None) -> Act | None:
    known = lexicon().spoken
    words = [word.lower() for word in _WORD.findall(text[:_START])]
    if words and text.rstrip("”\"'’»« ").endswith("?"):
        return "question"
    while words and (words[0] in known.leading or not words[0][0].isalnum()):
        if words[0] == "please" or (words[0] in _SENSES and words[1:2] in _SENSED):  # "Look at this", not "Look, it is late"
            return "directive"
        words = words[1:]
    if not words or words[0] in known.expressive:
        return "expressive" if words else None
    if words[0] in _SELF or words[0].partition("’")[0].partition("'")[0] in _SELF:
        return _own(words)
    if _is_order(words):
        return "directive"
    is_bare = by_cue and by_cue != "assertion" and not any(_is_auxiliary(word) for word in words)
    return by_cue if is_bare else "assertion"


def _own(words: list[str]) -> Act:
    """The act of a sentence with "I" or "we" as its subject."""
    line = " ".join(word for word in words if word[0].isalnum())
    if match := _OWN_WILL.match(line):
        verb = next((word for word in line[match.end() :].split() if closed().get(word) != "a"), "")
        return "assertion" if verb in lexicon().spoken.unwilled else "commitment"
    if words[0] not in _SELF:
        return "expressive" if words[1:2] == ["sorry"] else "assertion"
    rest = [word for word in words[1:4] if closed().get(word) != "a" and not word.endswith("ly")]
    cue = lexicon().cues.get(rest[0]) if rest else None
    if not cue or "base" not in cue.forms:
        return "expressive" if rest[1:2] == ["sorry"] or rest[:1] == ["apologize"] else "assertion"
    kind = "to" if rest[1:2] == ["to"] else ""
    acts = {sense.acts[kind] for sense in cue.senses if not kind or kind in sense.takes}
    return acts.pop() or "assertion" if len(acts) == 1 else "assertion"


def _is_order(words: list[str]) -> bool:
    known, second = lexicon().spoken.orders, words[1] if len(words) > 1 else ""
    if words[0] in _FOR_SURE:
        return True
    if words[:2] == ["let", "me"] or _is_auxiliary(second):
        return False
    tag = closed().get(second, "n") if second and second[0].isalnum() else ""
    return words[0] in known and (not tag or tag in _OBJECT_TAGS)


def _is_auxiliary(word: str) -> bool:
    return closed().get(word) == "x" or _AUXILIARY.search(word) is not None
