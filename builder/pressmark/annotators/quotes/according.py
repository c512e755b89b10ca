"""Rules for formulas: according to Lee, in the words of Lee, reportedly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.quotes.content_extents import Bounds, clause_end, clause_start
from pressmark.annotators.quotes.frames import Frame
from pressmark.annotators.quotes.governors import is_negation
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.noun_phrases import phrase
from pressmark.annotators.quotes.source_types import source_type
from pressmark.annotators.quotes.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

_POSTMODIFIED = re.compile(
    r"(?:\w{3,}ed|who|which|that|seen|written|made|held|given|shown|led|run)\Z"
)  # "a report published by"
_WORDS_OF = ["in", "the", "words", "of"]
_PUT = (["put", "it"], ["puts", "it"])
_HEARSAY = frozenset({"reportedly", "allegedly"})
_SAYS_WHICH = re.compile(r"[^,;:.QxwhcbuP-]{1,9}(?=,a?[xv])")  # the dam, according to a sheet | seen on Monday, is old
_MAIN = re.compile(r",(?:P|[DNn#as]{1,5})a?[xvV]")  # the dam is old – according to Lee, | it leaks
_HEAD = re.compile(r"[D#]?[DnNasB#g]*?(?P<head>[nN]+)(?:[op].*)?\Z")  # of an apposition
FORMULAS = {"according", "words", "put", "puts"}
SIGNALS = FORMULAS | _HEARSAY


def according_to(w: Words) -> Iterator[Frame]:
    """According to Ann Lee, the bridge is safe. / The bridge is safe, according to Ann Lee. / It is, according to her, safe."""
    for k, stop in _formulas(w):
        source = phrase(w, stop)
        if source is None:
            continue
        is_first = not re.split("[:;]", w.tags[:k])[-1].strip("cb") or (
            k and w.tags[k - 1] == "-" and _MAIN.match(w.tags, source[1])
        )
        content, source = _first(w, source) if is_first else last(w, k, source)
        if content and not _says_what(w, content):
            yield Frame("according-to", content, [(k, stop)], source, "speech")

    yield from _put(w)


def _says_what(w: Words, content: list[Range]) -> bool:
    """Whether somebody else says it: “What Ann Lee said, according to a transcript, was that it fell”."""
    (start, end), (be, _) = content[0], content[-1]
    return w.lower[start] == "what" and w.is_be(be) and any(w.cues[i].reports_clauses for i in range(start, end) if i in w.cues)


def _put(w: Words) -> Iterator[Frame]:
    """It is “safe,” as Ann Lee put it. / As she puts it, “it is safe.”"""  # noqa: D415
    for k, word in enumerate(w.lower):
        is_first = not w.tags[:k].strip("cb")
        source = phrase(w, k + 1) if word == "as" and (is_first or w.tags[k - 1] in ",Q-") else None
        end = source[1] if source else 0
        if source and w.lower[end : end + 2] in _PUT:
            is_closed = w.tags[end + 2 : end + 3] in {",", ":"}
            start = end + 2 + is_closed
            content = [] if is_first else last(w, k, source)[0]
            if content and any(content[0][0] < at < content[0][1] for at in w.cues):
                continue  # Lee vows to “end it,” as she put it
            if is_first or (is_closed and w.tags[k - 1] == ","):  # the dam, as Ann Lee put it, is a “trap”
                content += [(start, clause_end(w, start))] if start < len(w.tags) else []
            yield Frame("according-to", content, [(end, end + 2)], source, "speech")


def _formulas(w: Words) -> Iterator[Range]:
    for k, word in enumerate(w.lower):
        if word == "according" and w.tags[k + 1 : k + 2] == "t":
            yield k, k + 2
        elif word == "in" and w.lower[k : k + 4] == _WORDS_OF:
            yield k, k + 4


def hearsay(w: Words) -> Iterator[Frame]:
    """The bridge reportedly fell. / Reportedly, the bridge fell."""
    if _HEARSAY.isdisjoint(w.lower):
        return
    for k, word in enumerate(w.lower):
        if word in _HEARSAY and w.text[w.ends[-1] - 1] != "?" and (content := _heard(w, k)):
            yield Frame("hearsay", content, [(k, k + 1)], None, "speech")


def _heard(w: Words, k: int) -> list[Range]:
    """The clause around the adverb; none where the adverb belongs to an adjective, or the clause hangs on another one."""
    start = k
    while start and w.tags[start - 1] in "xa":
        start -= 1
    after = k + 1 + (w.tags[k + 1 : k + 2] == ",")
    end = clause_end(w, after) if after < len(w.tags) else after
    if not w.tags[:k].strip("cb"):
        return [(after, end)] if re.search("[xVv]", w.tags[after:end]) else []
    is_verb = w.tags[after : after + 1] in {*"xvV"} or (
        w.tags[after : after + 1] == "n" and w.lower[after].endswith("s")
    )  # leaks
    topic = subject(w, start) if start < k or is_verb else None
    if not topic or w.tags[topic[1] - 1] not in "NnP#B" or w.tags[topic[0]] in "wh" or after > k + 1:
        return []
    before = w.tags[topic[0] - 1] if topic[0] else "^"
    if any(map(is_negation, w.lower[start:k])):
        return []  # “has not reportedly left”: two readings
    is_near = not w.tags[topic[1] : start].strip(",") and start < end
    return [(topic[0], k), (after, end)] if before in "^,;:.-cbQ" and is_near else []


def _first(w: Words, source: Range) -> tuple[list[Range], Range]:
    stop = source[1]
    comma = w.tags.find(",", source[0])
    if 0 < comma <= stop:
        stop = _past_apposition(w, source[0], comma)
        source, aside = (source[0], stop), w.tags.find(",", stop + 1)
        stop = aside if w.tags[stop + 1 : stop + 2] == "w" and aside > 0 else stop  # Ann Lee, who saw it,
    elif comma > stop and _POSTMODIFIED.match(w.lower[stop]) and re.search("[xVv]", w.tags[comma:]):
        source, stop = (source[0], comma), comma
    elif comma > stop and w.tags[stop] in "pT":
        stop = comma  # According to Ann Lee in an interview on Monday, …
    stop += w.tags[stop : stop + 1] in {",", ":"}
    end = clause_end(w, stop, Bounds(coordinated=True))
    return [(stop, end)] if end > stop else [], source


def _past_apposition(w: Words, start: int, comma: int) -> int:
    """Where the source ends whose first comma is given: behind what a second comma closes and says who it is, else there.

    “Ann Lee, the mayor, …”, “Ann Lee, 40, …”, “Ann Lee of Kiel, Norland, …”, but not “a survey, 40% rent, …”.
    """
    stop = comma
    while (second := w.tags.find(",", stop + 1)) > 0 and _says_who(w, start, (stop, second)):
        stop = second
    return stop


def _says_who(w: Words, start: int, commas: Range) -> bool:
    first, second = commas
    tags, known = w.tags[first + 1 : second], gazetteer()
    is_name = w.tags[first - 1] in "NB"
    if re.search("[xVvcb]", tags) or not re.search("[xVvn]", w.tags[second:]):
        return False
    if is_name and tags == "#":
        return True
    if set(tags) <= {"N"} and re.search("[po]N+\\Z", w.tags[start:first]):
        return True  # a place and its state
    head = _HEAD.match(tags)
    if not head:
        return False
    last = w.lower[first + head.end("head")]
    text = w.text[w.starts[first + 1] : w.ends[second - 1]]
    if not is_name:
        is_somebody = w.lower[first - 1] not in lexicon().documents  # a report, | Ann Lee, who left, was ill
        return (
            is_somebody and bool(re.fullmatch("N{2,}", tags)) and text.partition(" ")[0] in known.male | known.female
        )  # the mayor, Ann Lee,
    return last in known.people or source_type(text) is not None


def last(w: Words, k: int, source: Range) -> tuple[list[Range], Range]:
    """The content before the formula, and behind it where it stands between commas; and the source."""
    tags, end = w.tags, k
    while end and tags[end - 1] in ",-":
        end -= 1
    start = clause_start(w, end)
    while start < end and tags[start] in "bc,.":
        start += 1
    is_aside = tags[k - 1] in ",u"
    comma = tags.find(",", k + 2, source[1] + 1)
    if tags[k - 1] == "," and 0 < comma < source[1]:
        source = _without_clause(w, source, comma)
    content = [(start, end)] if start < end and tags[k - 1] != "u" else []
    stop = source[1]
    if is_aside and (more := _SAYS_WHICH.match(tags, stop)):
        stop = more.end()
        source = (source[0], stop) if w.lower[source[1] - 1 : source[1] + 1] == ["close", "to"] else source
    if is_aside and tags[stop : stop + 1] == "," and tags[stop + 1 : stop + 2] not in {"", *"cbguw"}:
        content.append((stop + 1, clause_end(w, stop + 1)))
    return [part for part in content if part[0] < part[1]], source


def _without_clause(w: Words, source: Range, comma: int) -> Range:
    """The source without the clause behind its comma; an apposition that a second comma closes stays."""
    second = w.tags.find(",", comma + 1)
    if second > 0 and not re.search("[xVv]", w.tags[comma:second]) and re.search("[xVv]", w.tags[second:]):
        return source[0], second
    return (source[0], comma) if re.search("[xVv]", w.tags[comma:]) else source
