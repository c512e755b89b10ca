"""Rules for words whose speaker only the layout shows: a signature behind a dash, a line that ends in a colon, a headline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.quotes.frames import Frame
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.noun_phrases import phrase
from pressmark.annotators.quotes.source_types import source_type
from pressmark.segment.quotations import is_title

if TYPE_CHECKING:
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

_SIGNED = re.compile(r"Q+\.?-+(?P<s>[DNnPBasocpg,#]+?)\.*\Z")
_SIGNATURE = re.compile(r"-+(?P<s>[DNnBasocpg,#]+?)\.*\Z")
_GESTURE = re.compile(r"(?P<s>P|[DNn#]+)a?(?P<v>[vV])(?P<o>Dn)?a?\.*\Z")
_NAME = re.compile("N{2,}")
_HEADLINE = re.compile(r"(?P<s>[DNnBaso#]+):(?P<c>[DNnPBas#T][^:;]+?)\.*\Z")
_HEADLINE_SIGNED = re.compile(r"(?P<c>[^:;-]+)(?P<m>[:-])(?P<s>[DNnasog]{1,6})\Z")
DASHES = frozenset("-–—―")
_DESK = ["the", "desk", "of"]
_MOST = 14  # words of a signature


def signed_quotation(w: Words) -> Frame | None:
    """“It will rain.” — Ann Lee, farmer"""  # noqa: D415
    match = _SIGNED.match(w.tags)
    if not match or not _is_said(w, match.start("s")) or not _signs(w, *match.span("s")):
        return None
    return Frame("signed-quotation", [(0, w.tags.rindex("Q") + 1)], [], match.span("s"), "speech")


def signature(w: Words) -> Range | None:
    """The source in a line of its own behind a dash: “— Ann Lee, farmer”."""
    match = _SIGNATURE.match(w.tags)
    return match.span("s") if match and _signs(w, *match.span("s")) else None


def gesture(w: Words) -> Range | None:
    """Who only moves in a sentence, so that a quotation right behind it is theirs ("Ann Lee shook her head")."""
    match = _GESTURE.match(w.tags)
    if not match or not (match["s"][-1] in "PN" or names_speaker(w, match.span("s"))):
        return None
    verb = match.start("v")
    is_head = w.lower[verb] in {"shook", "shakes"} and w.lower[verb + 2 : verb + 3] == ["head"]
    return match.span("s") if is_head or (w.lower[verb] in sets()["gestures"] and not match["o"]) else None


def headline_colon(w: Words) -> Frame | None:
    """Mayor of Kiel: Dam will hold"""  # noqa: D415
    match = _HEADLINE.match(w.tags)
    if not match or w.text[w.ends[-1] - 1] == "?":
        return None
    source, content = match.span("s"), match.span("c")
    is_genre = source[1] == 1 and w.lower[0] in sets()["genres"]
    is_own = w.lower[content[0]] in {"i", "we"} and w.tags[slice(*source)].strip("N") == ""
    if is_genre or phrase(w, 0) != source or content[1] - content[0] < 3 or not (is_own or names_speaker(w, source)):
        return None
    return Frame("headline-colon", [content], [(source[1], source[1] + 1)], source, "speech")


def headline_signed(w: Words) -> Frame | None:
    """Dam will hold — mayor of Kiel / “Dam will hold”: mayor"""  # noqa: D415
    match = _HEADLINE_SIGNED.match(w.tags)
    if not match or phrase(w, match.start("s")) != match.span("s") or not names_speaker(w, match.span("s")):
        return None
    content, mark = match.span("c"), [match.span("m")] if match["m"] == ":" else []
    is_said = "Q" in w.tags[slice(*content)] or re.search("[xvV]", w.tags[slice(*content)]) is not None
    is_titled = content[1] == 1 and is_title(w.text, w.quotations[0]) if w.tags[:1] == "Q" else False
    return Frame("headline-signed", [content], mark, match.span("s"), "speech") if is_said and not is_titled else None


def is_from_desk(w: Words) -> bool:
    """Whether a line begins with “From the desk of”, so that whom it names speaks in the next."""
    return w.lower[:4] == ["from", *_DESK]


def speaker_before_colon(w: Words, colon: int) -> Range | None:
    """Who is named by a line without a verb, “And from engineer Bob Ray:”."""
    start = 0
    while start < colon and w.tags[start] in "cb":
        start += 1
    start += w.lower[start] == "from"
    start += 3 * (w.lower[start : start + 3] == _DESK)
    found = phrase(w, start) if start < colon else None
    return found if found and found[1] == colon and names_speaker(w, found) else None


def names_speaker(w: Words, part: Range) -> bool:
    """Whether a phrase names somebody who can speak: by an office, a trade or a first name, or as a document or medium."""
    known, (start, end) = gazetteer(), part
    if source_type(w.text[w.starts[start] : w.ends[end - 1]]) or not known.people.isdisjoint(w.lower[start:end]):
        return True
    name = _NAME.match(w.tags, start, end)
    first = w.text[w.starts[start] : w.ends[start]]
    return name is not None and name.end() == end and (first in known.female or first in known.male)


def _is_said(w: Words, end: int) -> bool:
    """Whether the last quotation before ``end`` is an utterance and no title."""
    q = w.tags.rindex("Q", 0, end)
    return w.last_character(q) in ".?!…," and not is_title(w.text, w.quotations[q])


def _signs(w: Words, start: int, end: int) -> bool:
    return end - start <= _MOST and (_NAME.match(w.tags, start, end) is not None or names_speaker(w, (start, end)))
