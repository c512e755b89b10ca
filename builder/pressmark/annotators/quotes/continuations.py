"""Adds to an attribution what goes on behind its report, as in “The harvest,” Lee said, “is lost”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.quotes.content_extents import clause_end
from pressmark.annotators.quotes.frames import reports

if TYPE_CHECKING:
    from pressmark.annotators.quotes.frames import Frame, Report
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

_PAUSE = re.compile(r"-?[cb]?a?Pa?v[^QVhwN,-]{0,5}[,-](?=Q)")
_PRONOUNS = frozenset({"he", "she", "they", "i", "we"})
_REASONS = frozenset({"because", "if", "unless", "so"})  # what “and” adds may be the writer’s own


def add_clause(r: Report, frame: Frame, k: int) -> None:
    """The rest of an interrupted clause, behind the word ``k``: “The harvest, Lee said, is lost”."""
    tags = r.words.tags
    if tags[k : k + 1] != "," or k >= len(tags) - 1:
        return
    stop = clause_end(r.words, k + 1)
    rest = tags[k + 1 : stop]
    is_parted = bool(frame.content) and re.search(r"xa*\Z", tags[: frame.content[-1][1]])  # Lee did not, Ray noted, say it
    is_clause = (is_parted or rest[:1] not in {*"gcubwV"}) and re.search("[xvV]", rest)
    if rest and ("Q" in rest or is_clause or r.words.lower[k + 1] in _REASONS):
        frame.content.append((k + 1, stop))


def add_quotations(r: Report, start: int, frame: Frame) -> None:
    """The quotation that goes on behind the report: “…,” Lee said, “…”."""
    w, tags = r.words, r.words.tags
    q = tags.find("Q", start)
    if q <= 0 or tags[q - 1] not in ",:-bc." or _has_own_verb(w, start, q):
        return
    if tags[q - 1] in "bc" and q - 1 > start and tags[q - 2] not in ",-aT":
        return
    stop = q + 1
    while tags[stop : stop + 1] == "Q":
        stop += 1
    if stop < len(tags) and tags[stop] not in ".,;:-":
        stop = clause_end(w, q)
    frame.content.append((q, stop))
    while (pause := _PAUSE.match(tags, stop)) and _is_paused(w, pause.span()):
        stop = pause.end() + 1
        frame.content.append((stop - 1, stop))


def _is_paused(w: Words, pause: Range) -> bool:
    """Whether the speaker does something between two parts of a sentence: as in “is that,” and here she paused, “we lost”."""
    start, end = pause
    is_open = w.tags[start] == "-" or w.last_character(start - 1) == ","
    is_own = not _PRONOUNS.isdisjoint(w.lower[start:end])
    return w.tags[start - 1] == "Q" and is_open and is_own and w.starts_small(end)


def _has_own_verb(w: Words, start: int, q: int) -> bool:
    """Whether another verb of speaking stands there, finite or right before it, to which the quotation belongs."""
    if re.search("[h;]", w.tags[start:q]):
        return True
    return any(
        "quote" in r.sense.takes and (r.finite or r.end == q - 1)
        for i in range(start, q)
        if i in w.cues
        for r in reports(w, i, thought=False)
    )
