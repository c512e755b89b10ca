"""Rules without a verb of reporting: as quoted by, a colon, a quotation with any verb."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.quotes.according import SIGNALS as ACCORDING
from pressmark.annotators.quotes.according import last
from pressmark.annotators.quotes.by_layout import is_from_desk, speaker_before_colon
from pressmark.annotators.quotes.content_extents import clause_end
from pressmark.annotators.quotes.frames import Frame
from pressmark.annotators.quotes.governors import is_negation
from pressmark.annotators.quotes.noun_phrases import phrase
from pressmark.annotators.quotes.subjects import subject_of_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

_PASSED_ON = {"quoted", "reported", "cited", "told", "relayed", "published"}
_RECORDINGS = {"footage", "video", "clip", "clips", "audio", "recording", "recordings", "tape"}
SIGNALS = {*ACCORDING, *_PASSED_ON, "desk"}
_SPEAKER_AND_VERB = re.compile(r"Q(?:(?P<s>[DNn#asBo]*[nNP])a?(?P<v>[vV])|(?P<v2>[vV])(?P<s2>[DNn#as]*[NnP]))(?=[.,paTuow]|\Z)")


def as_quoted_by(w: Words, found: list[Frame]) -> list[Frame]:
    """The bridge is safe, as reported by the agency. / “It is safe,” Ann Lee said, as quoted by the agency."""
    for k in range(len(w.tags) - 3):
        if w.lower[k] != "as" or w.lower[k + 1] not in _PASSED_ON or w.lower[k + 2] not in {"by", "to"}:
            continue
        source, cue = phrase(w, k + 3), (k, k + 3)
        before = [frame for frame in found if frame.cue[-1][1] <= k]
        if source and before:
            stop = k - (w.tags[k - 1] == ",")
            before[-1].content = [(start, min(end, stop)) for start, end in before[-1].content if start < stop]
            before[-1].cue.append(cue)
            before[-1].intermediary = source
        elif source and not w.tags[:k].strip("cba,") and w.tags[source[1] : source[1] + 1] == ",":
            start = source[1] + 1  # As reported by the agency, the bridge is safe
            return [Frame("as-quoted-by", [(start, clause_end(w, start))], [cue], source, "speech")] if not found else []
        elif source and not found and (content := last(w, k, source)[0]):
            return [Frame("as-quoted-by", content[:1], [cue], source, "speech")]
    return []


def quote_behind_colon(w: Words) -> Iterator[Frame]:
    """Ann Lee was clear: “It will rain.” / Lee: ‘It Will Rain’"""  # noqa: D415
    q = len(w.tags.rstrip(".")) - 1
    if q <= 0 or w.tags[q] != "Q" or w.tags[q - 1] not in ",:":
        return
    is_colon = w.tags[q - 1] == ":"
    source = subject_of_sentence(w, q) or (_named_first(w, q - 1) if is_colon else None)
    source = _recorded(w, q - 1) or source
    if source and (is_colon or _is_sentence(w, q)):
        verb = _first_verb(w, source[1], q - 1)
        is_denied = verb and any(map(is_negation, w.lower[slice(*verb)]))  # Lee was not amused: “…”
        yield Frame("quote-behind-colon", [(q, q + 1)], [(q - 1, q) if is_denied or not verb else verb], source, "speech")


def line_before_quote(w: Words) -> Iterator[Frame]:
    """And from Ann Lee:  (the next paragraph is all quotation)"""  # noqa: D415
    end = len(w.tags) - 1
    is_colon = w.tags[end] == ":"
    is_line = end > 0 and "Q" not in w.tags and (is_colon or is_from_desk(w))
    if is_line and (source := speaker_before_colon(w, end)):
        yield Frame("line-before-quote", [], [(end, end + 1)] if is_colon else [], source, "speech", awaits=True)


def quote_with_any_verb(w: Words) -> Iterator[Frame]:
    """“It will rain!” Ann Lee thundered."""
    match = _SPEAKER_AND_VERB.match(w.tags)
    if match and w.last_character(0) in ",?!":
        subject = match.span("s") if match["s"] else phrase(w, match.start("s2")) or match.span("s2")
        verb = match.span("v") if match["v"] else match.span("v2")
        yield Frame("quote-with-any-verb", [(0, 1)], [verb], subject, "speech")


VERBLESS = (quote_behind_colon, line_before_quote, quote_with_any_verb)


def _named_first(w: Words, colon: int) -> Range | None:
    """The noun phrase at the start, without what it speaks of: “Mayor | on dam: “…””."""
    found = speaker_before_colon(w, colon) or phrase(w, 0)
    topic = next((i for i in range(found[0] + 1, found[1]) if w.lower[i] in {"on", "about"}), 0) if found else 0
    return (found[0], topic) if found and topic else found


def _recorded(w: Words, colon: int) -> Range | None:
    """Who is heard: “The ad then cuts to footage of | Ann Lee: “…””."""
    i = next((i for i in range(colon) if w.lower[i] in _RECORDINGS and w.lower[i + 1] == "of"), None)
    source = phrase(w, i + 2) if i is not None else None
    return source if source and source[1] == colon else None


def _is_sentence(w: Words, q: int) -> bool:
    quotation = w.quotations[q]
    is_long = quotation.inner_end - quotation.inner_start > 12
    return is_long and w.last_character(q) in ".?!" and w.text[quotation.inner_start].isupper()


def _first_verb(w: Words, start: int, end: int) -> Range | None:
    match = re.compile("[xvV][xvVa]*").search(w.tags, start, end)
    return match.span() if match else None
