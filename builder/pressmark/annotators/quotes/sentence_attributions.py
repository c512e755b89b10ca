"""Finds the attributions of one sentence: tries every rule, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.annotators.quotes.according import FORMULAS, according_to, hearsay
from pressmark.annotators.quotes.by_layout import headline_colon, headline_signed, is_from_desk, signed_quotation
from pressmark.annotators.quotes.completions import completion
from pressmark.annotators.quotes.frames import reports
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.noun_phrases import is_thing
from pressmark.annotators.quotes.passed_on import quoted_as_saying
from pressmark.annotators.quotes.postposed import BEHIND, may_follow
from pressmark.annotators.quotes.preposed import BEFORE, COMPLETIONS, subject_verb_content
from pressmark.annotators.quotes.surroundings import CLAUSE
from pressmark.annotators.quotes.verbless import VERBLESS, as_quoted_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pressmark.annotators.quotes.frames import Frame, Report
    from pressmark.annotators.quotes.tagged_words import Words

_NOBODY = {"there", "this", "that", "it", "you"}
# Every rule with an example of its own words.
RULES = {
    rule.__name__.replace("_", "-"): rule.__doc__ or ""
    for rule in (
        *(*BEHIND, according_to, hearsay, as_quoted_by, quoted_as_saying),
        *(*BEFORE, *VERBLESS, signed_quotation, headline_colon, headline_signed),
    )
    if rule is not subject_verb_content
} | {f"subject-verb-{kind}": example for kind, example in COMPLETIONS.items()}


def frames(w: Words, *, thought: bool) -> list[Frame]:
    """The attributions of one sentence that stand in no other one, in the order of their cues.

    What is reported behind its content is looked for first and from the end: it may hold everything before it.
    """
    senses = {at: list(reports(w, at, thought=thought)) for at in w.cues}
    if any(here and here[0].mood for here in senses.values()):
        for at in _leading(senses):
            senses.pop(at, None)
    found = _behind(senses)
    if not FORMULAS.isdisjoint(w.lower):
        for frame in according_to(w):
            if not _holds(found, frame.cue[0][0]):
                found = [other for other in found if not _holds([frame], other.cue[0][0])]
                found.append(frame)
    if "as" in w.lower or "quoted" in w.lower or not sets()["recalls"].isdisjoint(w.lower):
        for frame in quoted_as_saying(w):
            start, stop = frame.cue[0]
            found = [other for other in found if not start <= other.cue[0][0] < stop and not _holds([frame], other.cue[0][0])]
            found.append(frame)
    _before(senses, found)
    found += [frame for frame in hearsay(w) if not _meets(frame, found)]
    found = [frame for frame in found if not any(_comes_between(other, frame) for other in found)]
    return sorted(_verbless(w, found), key=lambda frame: frame.cue)


def _comes_between(one: Frame, other: Frame) -> bool:
    """Whether the same words are nearer to a cue with a source than to one without: When asked by Cho, Lee said “No.”."""
    is_same = one is not other and one.content == other.content and one.source is not None and bool(one.cue and other.cue)
    return is_same and other.cue[0][0] < one.cue[0][0] < one.content[0][0]


def _verbless(w: Words, found: list[Frame]) -> list[Frame]:
    """What was found, or else what has no verb; with who passes it on."""
    if not found and ("Q" in w.tags or w.tags[-1:] == ":" or is_from_desk(w)):
        found = [frame for rule in VERBLESS for frame in rule(w) if _can_speak(w, frame)][:1]
    if "by" in w.lower:
        found += as_quoted_by(w, found)
    signed = signed_quotation(w) if not found and "Q" in w.tags else None
    return [signed] if signed else found


def _leading(senses: dict[int, list[Report]]) -> list[int]:
    """The cues that only lead to another one: "declined" in “declined to say that”."""
    led = [here[0] for here in senses.values() if here and here[0].mood and any(completion(r) for r in here)]
    return [at for r in led for at in range(r.start, r.at)]


def is_sure(w: Words, frame: Frame) -> bool:
    """Whether an attribution is sure enough to be marked inside another one, where a wrong one is worth less than none.

    It has a source that is somebody, or stands right at the start ("to say that …"), and its content is a clause.
    """
    if not frame.cue:
        return False
    start = frame.cue[0][0]
    is_led = frame.source is None and start == 1 and w.tags[0] == "t"
    if not frame.content or (not is_led and (frame.source is None or w.lower[frame.source[0]] in _NOBODY)):
        return False
    if w.tags[start - 1 : start] == "t" and not is_led:
        return False
    kind = frame.rule.removeprefix("subject-verb-")
    if kind == "zero":
        return CLAUSE.match(w.tags, *frame.content[0]) is not None and w.tags[frame.content[0][0]] in "DNPn#T"
    return kind not in {"about", "colon", "whom-to"} and (kind != "wh" or is_led or frame.medium == "thought")


def _behind(senses: dict[int, list[Report]]) -> list[Frame]:
    found: list[Frame] = []
    for at, here in reversed(senses.items()):
        if at not in _taken(found) and not _holds(found, at):
            found += _first([report for report in here if may_follow(report)], BEHIND)
    return found


def _heard(frame: Frame) -> bool:
    """Whether it was said to who hears it, “the court heard that”, who then is told; true of what is no hearing."""
    r, hearer = frame.report, frame.source
    if not r or not r.sense.is_heard:
        return True
    frame.source, frame.addressee = None, hearer
    return hearer is not None and not sets()["audiences"].isdisjoint(r.words.lower[slice(*hearer)])


def _can_speak(w: Words, frame: Frame) -> bool:
    """Whether the source is no thing: “The clock said it was noon” reports nothing."""
    return frame.source is None or not is_thing(w, frame.source)


def _before(senses: dict[int, list[Report]], found: list[Frame]) -> None:
    taken = _taken(found)
    for at, here in senses.items():
        if at not in taken and not _holds(found, at):
            found += _first(here, BEFORE, found)


def _taken(found: list[Frame]) -> set[int]:
    return {word for frame in found for start, end in frame.cue for word in range(start, end)}


def _first(reports: list[Report], rules: Iterable[Callable[..., Frame | None]], *others: list[Frame]) -> list[Frame]:
    """What the first rule sees that sees something."""
    for report in reports:
        for rule in rules:
            if (frame := rule(report, *others)) and _heard(frame) and _can_speak(report.words, frame):
                return [frame]
    return []


def _meets(frame: Frame, found: list[Frame]) -> bool:
    """Whether it stands in another attribution or around one."""
    return any(_holds([other], frame.cue[0][0]) or _holds([frame], other.cue[0][0]) for other in found)


def _holds(found: list[Frame], word: int) -> bool:
    return bool(found) and any(start <= word < end for frame in found for start, end in frame.content)
