"""Rewrites a claim as one sentence that stands alone (schema/GUIDELINES.md, section 6.4), with names from the entity layer."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from pressmark.annotators.claims.claim_labels import ASKED
from pressmark.annotators.claims.finite_verbs import DETERMINER, is_past
from pressmark.annotators.claims.past_tense import in_past
from pressmark.annotators.claims.third_person import FIRST, Instead, in_third_person
from pressmark.record.marks import DOUBLE_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.record.model import Entity, Mention

    Named = tuple[Mention, Entity]

_POSSESSIVE = {"his", "her", "its", "their", "my", "hers", "theirs", "mine"}
_NEVER = {"himself", "herself", "itself", "themselves", "myself"}
_WOULD = re.compile(  # not of what did not happen: "would have fallen"
    r"\bwould\b(?!-| (?:not |never )?have (?:been|had|done|gone|made|taken|seen|given|fallen|become|come|won|lost|\w{2,}ed)\b)"
)
_IMAGINED = re.compile(
    r"(?:[Ii]f|[Uu]nless|[Uu]ntil|[Oo]nce|[Ww]hen(?:ever)?|[Aa]fter|[Bb]efore|as (?:long|soon) as) (?P<after>[^,;]+)"
)
_PARTICIPLE = {"if", "is", "are", "be", "been", "being", "has", "have", "gets", "get", "not"}
_LETS = re.compile(r"\b[Ll]et(?:s|ting)?[ \xa0]\Z")
_WAS = {"was", "were", "had", "did", "could"}
_MARKS = re.compile(f"[{DOUBLE_MARKS}]|''|``")
_MAY_BE_MARK = re.compile(f"[{DOUBLE_MARKS}'`]")  # found several times as fast
_RELATIVE = re.compile(r"(?:who|which|that)\b ?")
_ING = re.compile(r"(?:(?:not|never) )?[a-z]+ing\b")
_PLACE = re.compile(
    r"(?:where|(?:in|at|on|with|during|under|through|by|for|from|to|of) (?:which|whom)(?: (?:time|point|case|event))?) "
)
_UNRESOLVED = re.compile(
    r"(?:he|she|they|this|that|these|those|his|her|its|their|it(?! (?:is|was|has been|will be) (?:\w+ ){1,3}(?:that|to)\b))\b",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|us|me)\b")
_WORD_BEHIND = re.compile(r"[ \xa0]\w")  # of a date in full, which a comma ends inside a sentence
_ITS_NOUN = re.compile(
    r"[ \xa0](?!\w{4,}ly[.,;]|(?:an?|the|to|in|on|at|for|with|and|but|as|from|by|when|that|because|after|before|of)\b)[a-z]"
)
_NEAR = {"today", "yesterday", "tomorrow"}


def proposition(said: str, subject: str | None, *, is_reported: bool, is_shared: bool) -> str:
    """Make one sentence of ``said``, which comes from `resolved`.

    ``subject`` is the subject if it stands outside ``said``: the noun phrase before a relative word, the one who is "to do it"
    or, with ``is_shared``, the subject of the verb before.
    """
    if subject and said.startswith("whose "):
        said = f"{subject}’s {said[6:]}"
    elif subject and _RELATIVE.match(said):
        said = _RELATIVE.sub(f"{subject} ", said, count=1)
    elif subject and said.startswith("to "):
        said = f"{subject} will {said[3:]}"
    elif subject and not is_shared and _ING.match(said):
        said = f"{subject} {in_past(said) or said}"
    elif subject and is_shared:
        said = f"{subject}, {said}" if subject.count(",") == 1 else f"{subject} {said}"  # Lee, the mayor, left
    if is_reported:
        said = ASKED.sub("", said, count=1)
        said = said if _IMAGINED.search(said) and _is_imagined(said) else _WOULD.sub("will", said)
    said = " ".join(said.split()).strip(" ,;:.")
    if place := _PLACE.match(said):
        said = said[place.end() :]
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _is_imagined(said: str) -> bool:
    """Whether a past tense tells what may be: "would pay unless the court stopped it". It and "would" stay together."""
    after = [["if", *found["after"].lower().split()] for found in _IMAGINED.finditer(said)]
    return any(_is_past_tense(word, before) for some in after for before, word in pairwise(some))


def _is_past_tense(word: str, before: str) -> bool:
    """Whether it is a past tense, and no participle: not "if elected", "when it is finished"."""
    is_regular = len(word) > 4 and word.endswith("ed") and before not in _PARTICIPLE
    return is_past(word) or word in _WAS or is_regular


def is_open(written: str) -> bool:
    """Whether a proposition says somebody or something that only its article can name: "it", "they", "we"."""
    return _UNRESOLVED.match(written) is not None or _SPEAKER.search(written) is not None


def resolved(text: str, start: int, end: int, near: Iterable[Named], *, is_named: bool = False) -> str:
    """Return ``text[start:end]`` with names for pronouns and dates for "today", without quotation marks.

    ``near`` are the mentions in that range, in order. A pronoun behind its name stays. "I" stays unless the speaker
    ``is_named`` and every verb behind an "I" can follow a name.
    """
    words, place = [], start
    inside = [one for one in near if start <= one[0].start and one[0].end <= end]
    is_speaker_named = is_named and all(_instead(text, *one) for one in inside if one[0].text.lower() in FIRST)
    named: set[str] = set()
    for mention, entity in inside:
        is_first = mention.text.lower() in FIRST
        is_kept = (entity.id in named and not is_first) or (is_first and not is_speaker_named)
        named.add(entity.id)
        is_own = mention.level == "nominal" and _is_unnamed(entity)
        if mention.level == "name" or mention.start < place or is_kept or is_own:
            continue
        if instead := _instead(text, mention, entity):
            is_inside = mention.level == "value" and _WORD_BEHIND.match(text, mention.end, end)
            words += [text[place : mention.start], f"{instead.words}," if is_inside else instead.words]
            place = instead.end
    written = "".join(words) + text[place:end]
    return " ".join((_MARKS.sub("", written) if _MAY_BE_MARK.search(written) else written).split())


def with_object(text: str, places: tuple[int, int, int], near: Iterable[Named], thing: str) -> str:
    """A relative clause with its noun: "Lee designed the bridge in May" of "which Lee designed in May".

    ``places``: where the clause begins, where the noun belongs, and where the clause ends.
    """
    near = tuple(near)
    before, after = (resolved(text, *place, near) for place in pairwise(places))
    word, _, before = before.partition(" ")
    thing = (
        f"{thing[:1].lower()}{thing[1:]}" if thing.partition(" ")[0].lower() in DETERMINER | {"both", "all", "many"} else thing
    )
    if word == "whose":
        part, _, before = before.partition(" ")
        thing = f"{thing}’s {part}"
    return f"{before} {thing} {after}"


def _instead(text: str, mention: Mention, entity: Entity) -> Instead | None:
    """What to write for a mention; None to leave it."""
    word = mention.text.lower()
    if mention.level == "value":
        day = _day(text, mention, entity) if entity.label == "DATE" else None
        return Instead(day, mention.end) if day else None
    is_described = entity.name.startswith("United ") or _is_unnamed(entity)
    name = f"the {entity.name}" if is_described else entity.name
    if word in _NEVER:
        return None
    if word in _POSSESSIVE and not (word == "her" and _is_object(text, mention)):
        return Instead(f"{name}’s", mention.end)
    return in_third_person(text, mention.end, word, name)


def _is_unnamed(entity: Entity) -> bool:
    """Whether its name is only what it was called first, without its determiner: "mayor" of "the mayor"."""
    return not entity.members and all(mention.level in {"nominal", "pronoun"} for mention in entity.mentions)


def _is_object(text: str, mention: Mention) -> bool:
    """Whether "her" is "him": nothing that could be its noun follows, or it stands behind "let", as in "let her go"."""
    return not _ITS_NOUN.match(text, mention.end) or _LETS.search(text, max(0, mention.start - 12), mention.start) is not None


def _day(text: str, mention: Mention, entity: Entity) -> str | None:
    """A day that is named without its date, in full: "on Wednesday, 11 January 2023"."""
    if not entity.value or not re.fullmatch(r"\d{4}-\d\d-\d\d", entity.value) or any(c.isdigit() for c in mention.text):
        return None
    day = date.fromisoformat(entity.value)
    full = f"{day:%A}, {day.day} {day:%B} {day.year}"
    if text[mention.end : mention.end + 1] in {"’", "'"} or text[max(0, mention.start - 3) : mention.start].lower() == "on ":
        return full
    return f"on {full}" if mention.text.lower() in _NEAR else full
