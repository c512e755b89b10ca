"""Proposes quotes with a model that marks who speaks (source), the words that say so (cue), what is said, and to whom.

A Hugging Face token classifier with IOB2 tags, as the view `attribution` publishes them, or a spaCy pipeline that fills span
groups. How the marked spans become quotes, sentence by sentence:

1. Each content belongs to the nearest cue, so that a quote may be interrupted; of two that are equally near, to the first.
2. Each source and addressee belongs to the nearest cue. A cue in the active voice without a source has the one of the cue
   before, if only a comma or "and" stands before it.
3. A cue without a content belongs to the next one ("was quoted … as saying"), and "as" or "of" to the one before ("cited X
   as Y"). If the sentence of a cue ends with a colon, the quotation in the next sentence is its content.
4. Without a cue, a content is a quote if it is in quotation marks or there is a source. Quotations in the next sentences that
   have no cue go on with it.
5. Our rules read the words around the cue, and say what the model cannot: act, status, medium, type, and which entity a source
   is. Where they are not sure that it was said ("may have said"), there is no quote.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.errors import UnavailableError
from pressmark.annotators.models import span_pipeline, token_classifier
from pressmark.annotators.quotes import with_quotes
from pressmark.annotators.quotes.completions import completion
from pressmark.annotators.quotes.frames import MODALS, Frame, reports
from pressmark.annotators.quotes.governors import LEADING, auxiliaries, governed, is_negation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.annotators.models import Model
    from pressmark.annotators.quotes.frames import Report
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words
    from pressmark.record.model import Article

ROLES = ("source", "cue", "addressee", "content")
_LONGEST = 10_000  # characters that a model is given at once: a longer sentence is none
_UNKNOWN = 0.5  # the confidence where the model tells none


class Marked(NamedTuple):
    """What a model marked: offsets into the article (code points), the role, and a score from 0 to 1."""

    start: int
    end: int
    role: str
    score: float


class Part(NamedTuple):
    """A marked span in words of its sentence."""

    place: Range
    score: float


def quotes(article: Article, model: Model) -> Article:
    """Add the quotes that a model finds; nothing in them stands inside another one."""
    return with_quotes(article, Tagged(marked(article, model)), model.annotator)


@cache
def load(annotator: str) -> Model:
    """Load the model ``hf:MODEL`` or ``spacy:PIPELINE``.

    Raises:
        UnavailableError: a package or the model is missing, or it marks no contents.
    """
    kind, _, name = annotator.partition(":")
    model = span_pipeline(name) if kind == "spacy" else token_classifier(name)
    if not any(role_of(label) == "content" for label in model.labels):
        found = ", ".join(sorted(model.labels)[:6]) or "none"
        raise UnavailableError(f"{annotator}: its labels ({found}) lack CONTENT; it may have SOURCE, CUE, ADDRESSEE too")
    return model


def role_of(label: str) -> str | None:
    """The role that a label stands for: ``B-CONTENT``, ``content``; None if it is another label."""
    name = label.rpartition("-")[2].lower()
    return name if name in ROLES else None


def marked(article: Article, model: Model) -> list[Marked]:
    """What a model marks in the sentences of an article, in order."""
    places = [(span.start, min(span.end, span.start + _LONGEST)) for span in article.sentences]
    found = []
    for (start, end), spans in zip(places, model.tag([article.text[slice(*place)] for place in places]), strict=True):
        for span in spans:
            role = role_of(span.label)
            if role and 0 <= span.start < span.end <= end - start:
                score = _UNKNOWN if span.score is None else round(min(max(span.score, 0.0), 1.0), 3)
                found.append(Marked(start + span.start, start + span.end, role, score))
    return sorted(_outermost(found))


def _outermost(found: list[Marked]) -> Iterator[Marked]:
    """What stands in no content: a pipeline may mark a quote inside another one, which the rules cannot tell apart."""
    reached = -1
    for one in sorted(found, key=lambda one: (one.start, -one.end, ROLES.index(one.role))):
        if one.end > reached:
            yield one
            reached = one.end if one.role == "content" else reached


class Tagged:
    """Finds the attributions that a model marked."""

    def __init__(self, spans: list[Marked]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def _between(self, start: int, end: int) -> list[Marked]:
        return self._spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def may_report(self, _: str, start: int, end: int) -> bool:
        """Whether something is marked there."""
        return bool(self._between(start, end))

    def signature(self, _: Words) -> None:
        """A model marks sources by itself."""

    def gesture(self, _: Words) -> None:
        """A model marks sources by itself."""

    def frames(self, w: Words, *, is_headline: bool) -> list[Frame]:  # noqa: ARG002 - of `Finder`
        """The attributions of a sentence."""
        parts: dict[str, list[Part]] = {role: [] for role in ROLES}
        for span in self._between(w.starts[0], w.ends[-1]) if w.starts else ():
            if place := _trimmed(w, bisect_right(w.ends, span.start), bisect_left(w.starts, span.end)):
                parts[span.role].append(Part(place, span.score))
        if not parts["cue"]:
            return list(_without_cue(w, parts))
        lone = [part for part in parts["cue"][1:] if w.lower[slice(*part.place)] in (["as"], ["of"])]
        parts["cue"] = [part for part in parts["cue"] if part not in lone]
        return [frame for group in _groups(parts, lone) if (frame := _frame(w, group))]


class _Group(NamedTuple):
    cue: Part
    beside: list[Part]  # more of the cue: what has no content and leads to it, and the preposition behind it
    parts: dict[str, list[Part]]
    last: list[Part]  # the sources of the group before


def _trimmed(w: Words, start: int, end: int) -> Range | None:
    """The words without punctuation at their ends; None if none is left."""
    while start < end and w.tags[start] in ".,;:-":
        start += 1
    while start < end and w.tags[end - 1] in ".,;:-":
        end -= 1
    return (start, end) if start < end else None


def _without_cue(w: Words, parts: dict[str, list[Part]]) -> Iterator[Frame]:
    contents = [part.place for part in parts["content"]]
    sources = [part.place for part in parts["source"]]
    if contents and (sources or all(w.tags[slice(*place)] == "Q" for place in contents)):
        score = min(part.score for role in parts.values() for part in role)
        yield Frame("tagger", contents, [], next(iter(sources), None), "speech", beside=tuple(sources[1:]), score=score)


def _groups(parts: dict[str, list[Part]], lone: list[Part]) -> Iterator[_Group]:
    """The cues with what belongs to each; ``lone`` are those that are only a preposition."""
    cues = parts["cue"]
    owned: list[dict[str, list[Part]]] = [{role: [] for role in ROLES} for _ in cues]
    for role in ("content", "source", "addressee"):
        for part in parts[role]:
            nearest = min(range(len(cues)), key=lambda i: (_distance(cues[i].place, part.place), i))
            owned[nearest][role].append(part)
    before: list[Part] = []
    leading: list[Part] = []
    last: list[Part] = []
    for i, (cue, mine) in enumerate(zip(cues, owned, strict=True)):
        mine["source"] = leading + mine["source"]
        if not mine["content"] and i < len(cues) - 1:
            before, leading = [*before, cue], mine["source"]
            continue
        stop = cues[i + 1].place[0] if i < len(cues) - 1 else None
        after = [part for part in lone if cue.place[1] <= part.place[0] and (stop is None or part.place[0] < stop)]
        yield _Group(cue, [*before, *after], mine, last)
        before, leading, last = [], [], mine["source"] or last


def _distance(one: Range, other: Range) -> int:
    """The words between two places."""
    return max(other[0] - one[1], one[0] - other[1], 0)


def _frame(w: Words, group: _Group) -> Frame | None:
    """A cue with what belongs to it, as our rules see it; None where they are not sure that it was said."""
    contents = [part.place for part in group.parts["content"]]
    awaits = not contents and w.tags[-1:] == ":"
    if not contents and not awaits:
        return None
    report = _report(w, group.cue.place)
    sources = list(dict.fromkeys(part.place for part in group.parts["source"]))
    if not sources and _shares(w, report, group.cue.place[0]):
        sources = [part.place for part in group.last]
    source = next(iter(sources), None)
    if report:
        frame = report.frame(_rule(report, contents), contents, source)
        start, end = frame.cue[0]
        frame.cue = [(min(start, group.cue.place[0]), max(end, group.cue.place[1]))]
    elif place := _with_negation(w, *group.cue.place):
        frame = Frame("tagger", contents, [place], source, "speech")
    else:
        return None
    start, end = frame.cue[0]
    frame.cue += [part.place for part in group.beside if part.place[1] <= start or end <= part.place[0]]
    frame.cue.sort()
    told = [part.place for part in group.parts["addressee"]]
    frame.addressee = next(iter(told), None) or _beside(frame.addressee, [*contents, *sources])
    frame.beside = tuple(sources[1:])
    frame.awaits = awaits
    frame.score = min(part.score for part in (group.cue, *(part for role in group.parts.values() for part in role)))
    return frame


def _shares(w: Words, report: Report | None, start: int) -> bool:
    """Whether a verb stands beside another one of the same subject: “…, adding that”, “and said that”, but not “was told”."""
    first = min(start, report.start) if report else auxiliaries(w, start)
    is_passive = report.passive if report else any(w.is_be(i) for i in range(first, start + 1))
    return not is_passive and w.tags[max(0, first - 1)] in ",c"


def _report(w: Words, cue: Range) -> Report | None:
    """The cue's last verb of reporting, if our lexicon has it."""
    verbs = [at for at in w.cues if cue[0] <= at < cue[1]]
    return next(reports(w, verbs[-1], thought=True), None) if verbs else None


def _rule(report: Report, contents: list[Range]) -> str:
    """The rule that would have found the content behind the verb; the act depends on it."""
    right = completion(report)
    is_behind = right and contents and right.start in range(contents[0][0] - 1, contents[0][1])
    return f"subject-verb-{right.kind.replace('colon', 'quote')}" if right and is_behind else "tagger"


def _with_negation(w: Words, start: int, end: int) -> Range | None:
    """A cue that our lexicon does not have, with the words that deny it; None if a modal verb or a governor stands before."""
    if w.tags[start] not in "vVgx":
        return start, end
    first = auxiliaries(w, start)
    has_governor = first > 0 and w.tags[first - 1] in LEADING and bool(governed(w, end - 1, first).mood)
    if has_governor or any(word in MODALS for word in w.lower[first:end]):
        return None
    while first < start and w.tags[first] == "a" and not is_negation(w.lower[first]):
        first += 1
    return first, end


def _beside(place: Range | None, others: Iterable[Range]) -> Range | None:
    """An addressee that our rules see, unless the model marked its words as something else."""
    return place if place and all(place[1] <= start or end <= place[0] for start, end in others) else None
