"""The types of the rules: `Report`, a cue in its sentence, goes in; `Frame`, an attribution as ranges of words, comes out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressmark.annotators.quotes.governors import AUXILIARY, LEADING, auxiliaries, governed, is_negation
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.noun_phrases import addressee, is_person, phrase
from pressmark.annotators.quotes.source_types import source_type
from pressmark.annotators.quotes.subjects import subject
from pressmark.annotators.quotes.tails import tail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.quotes.completions import Completion
    from pressmark.annotators.quotes.lexicon import Sense
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words
    from pressmark.record.model import Medium

# The forms before a verb of speaking that make its clause one of circumstances or wishes, not a report of the words beside it.
MODALS = {"will", "would", "shall", "should", "can", "could", "may", "might", "must", "cannot", "’ll", "'ll", "’d", "'d"}
_PARTED = re.compile(r"xa*,[^,xV]*V?[^,xV]*,\Z")  # an auxiliary, and an aside between it and its verb
# be, and participles in a row, up to a word that “or” joins to them
_PASSIVES = re.compile(r"(x)a?[vV][^xvVPwh]*(?:,[vV][^xvVPwh]*)*,?ca?\Z")


@dataclass(slots=True)
class Frame:
    """An attribution in one sentence; ``source`` None: implicit, ``awaits``: its content is the next paragraph.

    ``report`` is what a rule with a verb saw; ``addressee`` is who is told. A model names more sources than one (``beside``),
    and says how sure it is (``score``).
    """

    rule: str
    content: list[Range]
    cue: list[Range]
    source: Range | None
    medium: Medium
    intermediary: Range | None = None
    awaits: bool = field(default=False)
    report: Report | None = None
    addressee: Range | None = None
    beside: tuple[Range, ...] = ()
    score: float | None = None


@dataclass(slots=True, eq=False)
class Report:
    """A cue verb in one of its senses, with its auxiliaries and adverbs: ``words.tags[start:end]``.

    ``participle``: it is an -ing form without an auxiliary, “…, adding that”. ``mood`` is what the words say that lead to it,
    "declined to": keys of ``governors`` in the lexicon. ``completions`` has what completes it as soon as a rule has asked.
    """

    words: Words
    sense: Sense
    at: int
    start: int
    end: int
    passive: bool
    finite: bool
    infinitive: bool
    participle: bool
    mood: str
    completions: list[Completion | None] = field(init=False, default_factory=list)

    @property
    def modal(self) -> bool:
        """Whether a modal verb stands in its group."""
        return any(word in MODALS for word in self.words.lower[self.start : self.at])

    @property
    def before(self) -> str:
        """The tag right before the group, "^" at the start of the sentence."""
        return self.words.tags[self.start - 1] if self.start else "^"

    @property
    def after(self) -> str:
        """The tag right behind the group, "" at the end of the sentence."""
        return self.words.tags[self.end : self.end + 1]

    def subject(self) -> Range | None:
        """The noun phrase right before the group."""
        return subject(self.words, self.start)

    def frame(self, rule: str, content: list[Range], source: Range | None) -> Frame:
        """An attribution with this cue: from the first auxiliary to the verb and its particle, less adverbs at the edges."""
        start = self.start
        while start < self.at and (
            (self.words.tags[start] == "a" and not (self.mood or is_negation(self.words.lower[start])))
            or self.words.lower[start] in {"both", "all", "each"}
        ):
            start += 1
        told = self.addressee()
        told = None if told and source and told[0] < source[1] and source[0] < told[1] else told  # “…,” urged Ann Lee
        return Frame(rule, content, [(start, self.end)], source, self._medium(source), report=self, addressee=told)

    def addressee(self) -> Range | None:
        """Who is told, by the noun phrase behind the verb."""
        if self.passive:
            return None
        if not self.sense.takes & {"whom", "whom-to"}:
            return self._reader()
        stop = addressee(self.words, self.end)
        return (self.end, tail(self.words, self.end, stop)) if stop > self.end else self._reader()

    def _reader(self) -> Range | None:
        """To whom one speaks, or the document goes that the words stand in: “admitted to Lee”, “said in a letter to Lee”."""
        if self.after == "t" and "to" not in self.sense.takes and (told := self._behind_to()):
            return told
        w, documents = self.words, lexicon().documents
        near = (*range(self.end, min(self.end + 5, len(w.tags))), *range(min(5, self.start)))
        to = next(
            (i for i in near if w.tags[i] == "t" and w.lower[i - 1] in documents and "in" in w.lower[max(0, i - 4) : i]), 0
        )
        found = phrase(w, to + 1) if to else None
        return (found[0], tail(w, *found)) if found else None

    def _behind_to(self) -> Range | None:
        """Who stands behind “to”, where nothing but what is said can follow."""
        w, start = self.words, self.end + 1
        found = phrase(w, start) if w.tags[start : start + 1] in {*"DNPn"} and self.sense.verb_class != "add" else None
        cut = tail(w, *found) if found else 0
        is_somebody = cut and (w.tags[start] in "NP" or is_person(w, (start, cut)))
        return (start, cut) if is_somebody and w.tags[cut : cut + 1] in {"", *".,hQ:pT"} else None

    def _medium(self, source: Range | None) -> Medium:
        """Written too where the source is a document or the words stand in one: “said in a statement”."""
        if self.sense.medium != "speech":
            return self.sense.medium
        w, documents = self.words, lexicon().documents
        stop = next((i for i in range(self.end, len(w.tags)) if w.tags[i] in "hQ:;.,wV"), len(w.tags))
        near = [w.lower[i] for i in range(self.end + 1, min(stop, self.end + 10)) if w.tags[self.end] in "pT"]
        if source:
            near.append(w.lower[source[1] - 1])
        return "speech" if documents.isdisjoint(near) else "writing"


def reports(w: Words, at: int, *, thought: bool) -> Iterator[Report]:
    """The cue in each sense that is looked for and whose particle, if it has one, is there."""
    if not thought and w.lower[at] not in lexicon().reporting:
        return
    before = w.tags[at - 1] if at else ""
    first = auxiliaries(w, at) if before in AUXILIARY else at
    has_auxiliary = "x" in w.tags[first:at]
    is_be = has_auxiliary and any(w.is_be(i) for i in range(first, at))
    start, mood = governed(w, at, first) if first and w.tags[first - 1] in LEADING else (first, "")
    cue = w.cues[at]
    if before == "," and cue.forms == {"base"} and _PARTED.search(w.tags, 0, at):
        return  # did not, as papers wrote, say
    infinitive = start > 0 and w.tags[start - 1] == "t" and "ing" not in cue.forms
    if start < first:
        finite = not infinitive and w.tags[start] in "xvV"
    elif "ing" in cue.forms:
        finite = is_be and not infinitive
    else:
        finite = not infinitive and (has_auxiliary or bool(cue.forms & {"past", "third", "base"}))
    participle = "ing" in cue.forms and not finite
    passive = "participle" in cue.forms and (
        is_be or (not has_auxiliary and (cue.forms == {"participle"} or _joins_passive(w, at)))
    )
    after = w.lower[at + 1] if at + 1 < len(w.lower) else ""
    for sense in cue.senses:
        if not cue.forms & sense.forms or sense.particle not in {"", after}:
            continue
        if not thought and sense.kind == "evidence" and finite and not passive and _tells(w, start, sense):
            sense = replace(sense, takes=frozenset({"clause"}))  # noqa: PLW2901
        elif not thought and sense.kind != "reporting":
            continue
        yield Report(w, sense, at, start, at + 1 + bool(sense.particle), passive, finite, infinitive, participle, mood)


def _joins_passive(w: Words, at: int) -> bool:
    """Whether “or” joins the verb to passive ones: “can be fired, evicted or denied a seat”."""
    match = _PASSIVES.search(w.tags, 0, at) if w.lower[at - 1] == "or" else None
    return match is not None and w.is_be(match.end(1) - 1)


def _tells(w: Words, verb: int, sense: Sense) -> bool:
    """Whether the subject reports what it finds: a document or an expert; a medium that finds, somebody who indicates."""
    found = subject(w, verb)
    type_ = source_type(w.text[w.starts[found[0]] : w.ends[found[1] - 1]]) if found else None
    is_finder = type_ in {"document", "expert"} or (type_ == "media" and "object" not in sense.takes)
    return is_finder or (found is not None and sense.lemma == "indicate" and is_person(w, found))
