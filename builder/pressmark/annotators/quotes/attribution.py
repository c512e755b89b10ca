"""What was found: an attribution in characters, made of a frame in words and of what the text says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressmark.annotators.quotes.speakers import agent, antecedent
from pressmark.annotators.quotes.stance import Stance, stance

if TYPE_CHECKING:
    from pressmark.annotators.quotes.frames import Frame
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words
    from pressmark.record.model import Act, Medium, SourceRole, Status

    Sourced = tuple[Range, SourceRole]

_NO_COMMENT = re.compile(r"\W*no comment\W*", re.IGNORECASE)  # by the guidelines no quote


@dataclass(slots=True, eq=False)
class Attribution:
    """Who is reported to say what, as offsets into the text (code points), and the rule that found it.

    ``sources`` is empty if the text names none; ``parent`` is the attribution whose content holds this one.
    ``act`` is what the source does with the content, ``status`` whether the text reports that it did, ``addressees`` whom it
    tells. ``presents`` is the status of what stands inside the content; None: as it stands there.
    """

    rule: str
    content: list[Range]
    cue: list[Range]
    sources: list[Sourced]
    medium: Medium
    parent: Attribution | None = None
    awaits: bool = False
    act: Act = "assertion"
    status: Status = "made"
    addressees: list[Range] = field(default_factory=list)
    presents: Status | None = None
    by_words: bool = False  # the quoted words decide which act it is, as soon as all of them are read
    score: float | None = None  # how sure a model is; None: our rules found it


def attribution_of(w: Words, frame: Frame, *, nested: bool = False) -> Attribution | None:
    """The frame in characters, with what the text says of it; None where it is not sure that it was said."""
    found = stance(w, frame, nested=nested) if frame.cue else Stance(None, "made", [], frame.source, None)
    if found is None:
        return None
    source = found.source
    if source and w.lower[slice(*source)] == ["there"]:
        if any(w.tags[slice(*part)].strip("Q") for part in frame.content):
            return None
        source = None  # there are some who say “…”
    content = [characters(w, part) for part in frame.content]
    if len(content) == 1 and _NO_COMMENT.fullmatch(w.text, *content[0]):
        return None
    sources, medium = _sources(w, frame, source)
    by_cue = frame.report.sense.acts[""] if frame.report else None
    return Attribution(
        frame.rule,
        content,
        [characters(w, part) for part in found.cue],
        sources,
        medium,
        awaits=frame.awaits,
        act=found.act or by_cue or "assertion",
        status=found.status,
        addressees=[characters(w, frame.addressee)] if frame.addressee else [],
        presents=found.presents,
        by_words=found.act is None,
        score=frame.score,
    )


def _sources(w: Words, frame: Frame, source: Range | None) -> tuple[list[Sourced], Medium]:
    """Everybody whose words they are or who passes them on, and the medium: writing if the source is a document."""
    sources: list[Sourced] = []
    medium = frame.medium
    if source and w.tags[slice(*source)] in {"w", "h"}:
        source = antecedent(w, source[0])
    if source and (made_by := agent(w, source)):
        source, medium = made_by, "writing" if medium == "speech" else medium
    if source and any(map(str.isalpha, "".join(w.lower[slice(*source)]))):  # no mark and no bare number
        is_shared = frame.report is not None and frame.report.sense.lemma == "retweet"
        sources.append((characters(w, source), "intermediary" if is_shared else "originator"))
    sources += [(characters(w, other), "originator") for other in frame.beside]
    if frame.intermediary:
        sources.append((characters(w, frame.intermediary), "intermediary"))
    return sources, medium


def signed(content: list[Range], source: Range) -> Attribution:
    """Quotations whose source stands below them behind a dash."""
    return Attribution("signed-quotation", list(content), [], [(source, "originator")], "speech", by_words=True)


def characters(w: Words, part: Range) -> Range:
    """Some words as offsets into the text."""
    return w.starts[part[0]], w.ends[part[1] - 1]
