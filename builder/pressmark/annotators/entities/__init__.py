"""Proposes entities by rules and word lists: names, values, and which mentions are of one entity. It needs no model.

The rules propose only what they are sure of: it takes an annotator longer to delete a wrong proposal than to add a missing one.
English only. Convention: schema/GUIDELINES.md, section 4.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pressmark.annotators.entities.capitalised_words import Found
from pressmark.annotators.entities.coreference import Persons, acronyms, datelines, islands, nominals, short_names
from pressmark.annotators.entities.date_line import calendar
from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.entities.names import Names
from pressmark.annotators.entities.pronouns import Pronouns
from pressmark.annotators.entities.values import Value, values
from pressmark.project.signature import sign
from pressmark.record.marks import DOUBLE_MARKS
from pressmark.record.model import Annotator, Entity, Mention
from pressmark.record.text import one_line, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressmark.annotators.entities.capitalised_words import Word
    from pressmark.record.model import Article, MentionLevel

ANNOTATOR = Annotator("pressmark-entities", "rules", "annotator", "pressmark entity rules", "1")
SKIPPED = {"related_link", "boilerplate"}
_PIECE = 4000  # characters that are read at most at a time; a longer sentence is no prose, and the time must stay linear
_WHOLE = 200  # characters that are read at most of a zone without sentences: a byline, a credit
_LEVELS: dict[str, MentionLevel] = {"pronoun": "pronoun", "title-alone": "nominal"}
_PLAIN = {"", *" \n\t([,;:/–—-.!?)]‘", *DOUBLE_MARKS}  # beside one of these every word is whole
_LONGEST = 500  # characters without a space on one side of a mention: what stands in more is no prose
_OF_BODIES = {
    "magazine",
    "newspaper",
    "group",
    "company",
    "corporation",
    "staff",
    "shares",
    "stock",
    "employees",
    "executives",
    "products",
    "customers",
    "subsidiary",
    "plant",
    "brand",
}
_ALONE = {"last-name", "speaker"}  # the rules for a last name alone
_STAFF = re.compile(rf"[ \xa0](?:{'|'.join(sorted(_OF_BODIES))})\b")
_SHARES = re.compile(r"[Ss]hares[ \xa0](?:of|in)[ \xa0]([A-Z][\w’'-]+(?:[ \xa0][A-Z][\w’'-]+)+)")
# A body of which the next sentence goes on to tell: "sued Xyz Abc on Monday. The firm says".
_BODY = re.compile(r"[^.,?!’'\n]{0,60}[.?!][”\"]?[ \xa0](?:The|That|This)[ \xa0]([a-z]+)\b")
_WORD = re.compile(r"[A-Z][\w’'-]*\Z")
_LONG_WORD = 40  # characters; a longer word is no name
_IN = re.compile(r"\b(?:in|at|from|near|to)[ \xa0]\Z")
_INITIALS = re.compile(r"[(\[]([a-z]{2,4})[)\]]\Z")


def entities(article: Article) -> Article:
    """Add the entity layer, or replace it. The article must have zones and sentences."""
    return marked(article, _groups(article), ANNOTATOR)


def marked(article: Article, groups: Iterable[Sequence[Found | Value]], annotator: Annotator) -> Article:
    """Add one entity for each group of mentions, in the order of the groups, signed by the annotator."""
    article, signature = sign(article, annotator)
    made = tuple(_entity(article.text, i, group, signature) for i, group in enumerate(groups, start=1))
    return replace(article, entities=made, layers=replace(article.layers, entities="silver"))


def explain(article: Article) -> Iterator[tuple[int, int, str]]:
    """List what the rules found: start, end (code points), and label and rule as in "PERSON title-name"."""
    for group in _groups(article):
        for one in group:
            yield one.start, one.end, f"{one.label} {one.rule}"


def units(article: Article) -> list[tuple[int, int]]:
    """List the ranges that are read one by one, in order: the sentences, and the zones that have none."""
    others = [zone for zone in article.zones if not zone.prose and zone.type not in SKIPPED]
    stretches = [(start, min(start + _PIECE, span.end)) for span in article.sentences for start in range(*span.range, _PIECE)]
    return sorted(stretches + [(zone.start, min(zone.end, zone.start + _WHOLE)) for zone in others])


def _groups(article: Article) -> list[list[Found | Value]]:
    """The mentions of each entity, both in the order of the text."""
    text, stretches = article.text, units(article)
    named = [one for one in _named(article, stretches) if whole(text, one.start, one.end)]
    day = calendar(article)
    counted = [one for place in stretches for one in values(text, *place, day) if whole(text, one.start, one.end)]
    flat = _disjoint(named, counted)
    persons = Persons(named, text, gazetteer())
    nested = [*nominals(text, stretches, named, persons), *Pronouns(article, stretches, named, persons)]
    return grouped([*flat, *nested])


def grouped(found: Iterable[Found | Value]) -> list[list[Found | Value]]:
    """The mentions of each entity, in the order of the first ones."""
    groups: dict[tuple[str, str], list[Found | Value]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (one.start, one.end)):
        groups[_key(one)].append(one)
    return list(groups.values())


def _named(article: Article, stretches: list[tuple[int, int]]) -> list[Found]:
    """The names, each with the name in full of what it names, in order and disjoint."""
    found: list[Found] = []
    left: list[Word] = []
    headings = {zone.start for zone in article.zones if zone.type in {"headline", "subheadline"}}
    for start, end in stretches:
        names = Names(article.text, start, end, gazetteer(), is_heading=start in headings)
        found += names
        left += names.left
    full = {one.name.rpartition(" ")[2] for one in found if one.label == "PERSON" and " " in one.name}
    found = _without_firms(_without_bodies(found, article.text), article.text, full)
    persons = Persons(found, article.text, gazetteer())
    found = [one for one in found if one.rule != "unlisted" or not persons.bears(one.name.split()[0])]  # Trump Turnberry
    organisations = acronyms(found)
    often = Counter(one.name for one in found if one.rule == "acronym")
    found = [one for one in found if one.rule != "acronym" or _is_organisation(one, article.text, often, persons)]
    found = [_renamed(one, article.text, persons, organisations) for one in found]
    found += short_names(article.text, left, persons)
    found += islands(article.text, stretches, left)
    found += datelines(article.zones, found, left)
    found += (
        Found(zone.start + 1, zone.end - 1, "PERSON", zone.text[1:-1], "initials", 0.7)
        for zone in article.zones
        if zone.type == "byline" and _INITIALS.match(zone.text)
    )
    return _first_of_each(found)


def _is_organisation(one: Found, text: str, often: Counter[str], persons: Persons) -> bool:
    """Whether capitals are an organisation's: they recur, or stand in brackets or behind "the"; no shouted name or label."""
    before, after = text[max(0, one.start - 4) : one.start], text[one.end : one.end + 1]
    if after == ":" or persons.bears(one.name.title()):
        return False
    return often[one.name] > 1 or before[-1:] == "(" or before.lower() == "the "


def _without_firms(found: list[Found], text: str, full: set[str]) -> list[Found]:
    """The names without last names alone that are a body's elsewhere in the text and no person's in full."""
    alone = {one.name for one in found if one.rule in _ALONE} - full
    staffed = alone & _staffed(text) if alone else alone
    return [one for one in found if one.rule not in _ALONE or one.name not in staffed]


def _without_bodies(found: list[Found], text: str) -> list[Found]:
    """The names without those of persons that are a body's: it has shares, or, unlisted, is "the firm" of the next sentence."""
    bodies = {" ".join(match[1].split()) for match in _SHARES.finditer(text)} if "hares " in text else set()
    starts = [one.start for one in found]
    for one in found:
        behind = _BODY.match(text, one.end) if one.rule == "unlisted" else None
        is_alone = behind is not None and bisect_left(starts, one.end) == bisect_left(starts, behind.end())
        if behind and behind[1] in gazetteer().bodies and is_alone:
            bodies.add(one.name)
    return [one for one in found if one.label != "PERSON" or one.title or one.name not in bodies] if bodies else found


def _staffed(text: str) -> set[str]:
    """The words that are a body's somewhere in the text: "Forbes magazine", "the Forbes staff"."""
    words = set()
    for match in _STAFF.finditer(text):
        end = match.start() - (2 if text.endswith(("’s", "'s"), 0, match.start()) else 0)
        if word := _WORD.search(text, max(0, end - _LONG_WORD), end):
            words.add(word[0])
    return words


def _renamed(one: Found, text: str, persons: Persons, full: dict[str, str]) -> Found:
    """The name with its name in full; a city's that is a last name of somebody in the article is a person's."""
    if one.label == "PERSON":
        return one._replace(name=persons.name(one.name, one.start, one.title) or one.name)
    surface = text[one.start : one.end]
    if one.label == "GPE" and persons.bears(surface) and not _IN.search(text, max(0, one.start - 8), one.start):
        return one._replace(label="PERSON", name=persons.name(surface, one.start) or surface, rule="short-name", confidence=0.8)
    return one._replace(name=full.get(one.name, one.name)) if one.rule == "acronym" else one


def _first_of_each(found: list[Found]) -> list[Found]:
    """The names in order without those that share a character with an earlier one."""
    kept: list[Found] = []
    for one in sorted(found):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _disjoint(named: list[Found], counted: list[Value]) -> list[Found | Value]:
    """The names, and the values that share no character with one."""
    starts = [one.start for one in named]
    free = []
    for value in counted:
        i = bisect_left(starts, value.end)
        if not i or named[i - 1].end <= value.start:
            free.append(value)
    return [*named, *free]


def _key(one: Found | Value) -> tuple[str, str]:
    """What the mentions of one entity have in common: the name, or the day; every other value is an entity of its own."""
    if isinstance(one, Found):
        return one.label, one.name
    is_day = one.label in {"DATE", "TIME"} and one.value and "X" not in one.value
    return one.label, one.value if is_day and one.value else f"at {one.start}"


def _entity(text: str, number: int, group: Sequence[Found | Value], signature: str) -> Entity:
    first = group[0]
    name = first.name if isinstance(first, Found) else one_line(text[first.start : first.end])
    return Entity(
        id=f"e{number}",
        label=first.label,
        name=name,
        kb_id=None,
        value=first.value if isinstance(first, Value) else None,
        members=(),
        mentions=tuple(Mention(one.start, one.end, text[one.start : one.end], _level(one)) for one in group),
        annotator=signature,
        confidence=max(one.confidence for one in group),
    )


def _level(one: Found | Value) -> MentionLevel:
    return "value" if isinstance(one, Value) else _LEVELS.get(one.rule, "name")


def whole(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` begins and ends where a token does."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in _PLAIN and after in _PLAIN:
        return True
    begin, stop = start, end
    while begin > 0 and not text[begin - 1].isspace() and start - begin < _LONGEST:
        begin -= 1
    while stop < len(text) and not text[stop].isspace() and stop - end < _LONGEST:
        stop += 1
    if _LONGEST in {start - begin, stop - end}:
        return False
    starts, ends = zip(*tokens(text, begin, stop), strict=True)
    return start in starts and end in ends
