"""Rules for words that somebody else passes on: the agency quoted Lee as saying, Cho recalled Lee saying, Cho said Lee said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.quotes.content_extents import Bounds, clause_end
from pressmark.annotators.quotes.frames import MODALS, Frame
from pressmark.annotators.quotes.governors import auxiliaries, is_negation
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.noun_phrases import addressee, phrase
from pressmark.annotators.quotes.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.quotes.lexicon import Cue
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

_QUOTES = {"quoted", "quotes", "quote", "cited", "cites", "cite", "reported", "reports"}
_WITHOUT_AS = {"quoted", "quotes"}  # was quoted saying
_IF = {"if", "whether", "unless", "ever"}
_CAN = {"can", "could", "would", "’d", "'d"}  # can still hear him saying, would later recall him saying
_FAR = 14  # words between the two verbs
_PLACE = re.compile(r"p[DNn#T]+\Z")  # quoted in the Kiel Post as saying


class _Passing(NamedTuple):
    """Who is quoted and by whom, the cue, where it all begins and ends, and who is told."""

    source: Range
    by: Range | None
    cue: list[Range]
    start: int
    stop: int
    told: Range | None = None


def quoted_as_saying(w: Words) -> Iterator[Frame]:
    """The agency quoted Ann Lee as saying that it rains. / “It rains,” Bob Ray recalled Ann Lee saying."""
    for k in range(2, len(w.tags)):
        form = "participle" if w.lower[k - 1] == "having" else "ing"
        is_saying = k in w.cues and form in w.cues[k].forms and _says(w.cues[k])
        if is_saying and (found := _passing(w, k)) and (content := _content(w, found)):
            yield Frame("quoted-as-saying", content, found.cue, found.source, "speech", found.by, addressee=found.told)


def _says(cue: Cue) -> bool:
    """Whether the verb reports clauses without a second word, as “call out” does with it."""
    return any(sense.kind == "reporting" and sense.takes & {"clause", "whom"} and not sense.particle for sense in cue.senses)


def passer(w: Words, source: Range) -> Range | None:
    """Where words begin by which somebody passes on what the source says: “…,” | Bob Ray said | Ann Lee told him."""
    verb = source[0] - 1
    cue = w.cues.get(verb)
    is_passed = cue and any(sense.is_heard or sense.takes >= {"quote", "clause"} for sense in cue.senses if not sense.particle)
    if not cue or not is_passed or "ing" in cue.forms or any("whom" in sense.takes for sense in cue.senses):
        return None
    start = auxiliaries(w, verb)
    outer = subject(w, start) if not any(map(is_negation, w.lower[start:verb])) else None
    return (outer[0], source[0]) if outer and outer[0] and w.tags[outer[0] - 1] in ",Q-" else None


def _passing(w: Words, saying: int) -> _Passing | None:
    mark = saying - (w.lower[saying - 1] == "having")
    mark -= w.lower[mark - 1] == "as"
    known = _QUOTES if w.lower[mark] == "as" else _WITHOUT_AS | sets()["recalls"]
    verb = next((i for i in range(mark - 1, max(-1, mark - _FAR), -1) if w.lower[i] in known), -1)
    start = verb
    while start > 0 and w.tags[start - 1] in "xa":
        start -= 1
    is_recalled = w.lower[verb] in sets()["recalls"]  # by whom it may have been said to, who then passes on nothing
    is_open = _is_unsure(w, start, verb) if is_recalled else not MODALS.isdisjoint(w.lower[start:verb])
    if verb < 1 or is_open:
        return None
    stop = saying + 1
    told = addressee(w, stop) if w.cues[saying].senses[0].takes & {"whom"} else stop
    outer = subject(w, start)
    if any(w.is_be(i) for i in range(start, verb)):
        return _passive(w, (start, verb + 1), (mark, stop), outer, told)
    inner = (verb + 1, mark) if w.lower[verb + 1 : mark] == ["her"] else phrase(w, verb + 1)
    if not outer or not inner or inner[1] != mark:
        return None
    reader = (stop, told) if stop < told else None
    return _Passing(inner, None if is_recalled else outer, [(start, verb + 1), (mark, stop)], outer[0], told, reader)


def _is_unsure(w: Words, start: int, verb: int) -> bool:
    """Whether it may be that nobody heard it: “does not recall Lee saying”, “if she heard Lee saying”, “may recall”."""
    group = w.lower[start:verb]
    is_asked = not _IF.isdisjoint(w.lower[:verb]) or w.text[w.ends[-1] - 1] == "?"
    return is_asked or any(map(is_negation, group)) or not (MODALS - _CAN).isdisjoint(group)


def _passive(w: Words, verb: Range, saying: Range, quoted: Range | None, told: int) -> _Passing | None:
    if quoted is None:
        return None
    if verb[1] == saying[0]:
        by = phrase(w, told + 1) if w.lower[told : told + 1] == ["by"] else None
        cue = [(verb[0], saying[1]), *([(told, told + 1)] if by else [])]
        return _Passing(quoted, by, cue, quoted[0], by[1] if by else told)
    by = phrase(w, verb[1] + 1) if w.lower[verb[1]] == "by" else None
    if by and by[1] == saying[0]:
        return _Passing(quoted, by, [(verb[0], verb[1] + 1), saying], quoted[0], told)
    is_place = _PLACE.match(w.tags, verb[1], saying[0])
    return _Passing(quoted, None, [verb, saying], quoted[0], told) if is_place else None


def _content(w: Words, found: _Passing) -> list[Range]:
    """What stands behind, where something does, else what stands before all of it."""
    first, stop, tags = found.start, found.stop, w.tags
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
