"""The rule for words that somebody else passes on: Lee was quoted by the agency as saying, the agency quoted Lee as saying."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.quotes.content_extents import Bounds, clause_end
from pressmark.annotators.quotes.frames import MODALS, Frame
from pressmark.annotators.quotes.noun_phrases import addressee, phrase
from pressmark.annotators.quotes.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

_QUOTES = {"quoted", "quotes", "quote", "cited", "cites", "cite", "reported", "reports"}
_WITHOUT_AS = {"quoted", "quotes"}  # was quoted saying
_FAR = 14  # words between the two verbs
_PLACE = re.compile(r"p[DNn#T]+\Z")  # quoted in the Kiel Post as saying


class _Passing(NamedTuple):
    """Who is quoted and by whom, the cue, and where the rest of the sentence begins."""

    source: Range
    by: Range | None
    cue: list[Range]
    stop: int


def quoted_as_saying(w: Words) -> Iterator[Frame]:
    """“It rains,” Ann Lee was quoted as saying. / The agency quoted Ann Lee as saying that it rains."""
    for k in range(2, len(w.tags)):
        form = "participle" if w.lower[k - 1] == "having" else "ing"
        is_saying = k in w.cues and form in w.cues[k].forms and w.cues[k].reports_clauses
        if is_saying and (found := _passing(w, k)) and (content := _content(w, found)):
            yield Frame("quoted-as-saying", content, found.cue, found.source, "speech", found.by)


def _passing(w: Words, saying: int) -> _Passing | None:
    mark = saying - (w.lower[saying - 1] == "having")
    mark -= w.lower[mark - 1] == "as"
    known = _QUOTES if mark < saying else _WITHOUT_AS
    verb = next((i for i in range(mark - 1, max(-1, mark - _FAR), -1) if w.lower[i] in known), -1)
    start = verb
    while start > 0 and w.tags[start - 1] in "xa":
        start -= 1
    if verb < 1 or not MODALS.isdisjoint(w.lower[start:verb]):
        return None
    stop = saying + 1
    told = addressee(w, stop) if w.cues[saying].senses[0].takes & {"whom"} else stop
    outer = subject(w, start)
    if any(w.is_be(i) for i in range(start, verb)):
        return _passive(w, (start, verb + 1), (mark, stop), outer, told)
    inner = (verb + 1, mark) if w.lower[verb + 1 : mark] == ["her"] else phrase(w, verb + 1)
    if not outer or not inner or inner[1] != mark:
        return None
    return _Passing(inner, outer, [(start, verb + 1), (mark, stop)], told)


def _passive(w: Words, verb: Range, saying: Range, quoted: Range | None, told: int) -> _Passing | None:
    if quoted is None:
        return None
    if verb[1] == saying[0]:
        by = phrase(w, told + 1) if w.lower[told : told + 1] == ["by"] else None
        cue = [(verb[0], saying[1]), *([(told, told + 1)] if by else [])]
        return _Passing(quoted, by, cue, by[1] if by else told)
    by = phrase(w, verb[1] + 1) if w.lower[verb[1]] == "by" else None
    if by and by[1] == saying[0]:
        return _Passing(quoted, by, [(verb[0], verb[1] + 1), saying], told)
    is_place = _PLACE.match(w.tags, verb[1], saying[0])
    return _Passing(quoted, None, [verb, saying], told) if is_place else None


def _content(w: Words, found: _Passing) -> list[Range]:
    """What stands behind, where something does, else what stands before all of it."""
    stop, tags = found.stop, w.tags
    first = min(part[0] for part in (found.source, found.by or found.source))
    is_marked = tags[stop : stop + 1] in {"h", "Q"} or tags[stop : stop + 2] in {",Q", ":Q"}
    is_behind = tags[first - 1 : first] in {",", "Q"} and first > 0
    if is_marked and not (is_behind and tags[stop] == ","):
        start = stop + (tags[stop] in ",:")
        return [(start, clause_end(w, start, Bounds(relative=tags[first] == "w")))]
    if not is_behind:
        is_clause = tags[stop : stop + 1] in {*"DPNn#g"}
        return [(stop, clause_end(w, stop, Bounds(relative=tags[first] == "w")))] if is_clause else []
    end = len(tags[:first].rstrip(",-"))
    start = end - 1 if tags[end - 1 : end] == "Q" else len(tags[:end]) - len(tags[:end].lstrip("bc,."))
    content = [(start, end)] if start < end else []
    if is_marked:
        content.append((stop + 1, clause_end(w, stop + 1)))
    return content
