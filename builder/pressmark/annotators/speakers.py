"""Adds what only the quotes show to the entities: sources without a name, and the pronouns of speakers.

Convention: schema/GUIDELINES.md, sections 4.1 (N1, the pronouns of the first person) and 5.4.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.groups import Group, Groups
from pressmark.annotators.open_pronouns import opened
from pressmark.project.signature import sign
from pressmark.record.model import Entity, Mention
from pressmark.record.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Annotator, Article, EntityLabel, Quote, Source

_HEAD = re.compile(r"([A-Za-z][\w-]*)(?=\Z|,|[ \xa0](?:of|in|at|from|for|with|who|that|on|to|and|familiar|close|involved)\b)")
_DETERMINER = re.compile(r"\A(?:the|a|an|some|many|several|most|both|two|three)[ \xa0]+", re.IGNORECASE)
_THINGS = {"it", "they", "them"}
_PRONOUNS = {"i", "he", "she", "him", "her", *_THINGS}
# It begins with a letter and then looks back, since that is what `re` looks for fast.
_FIRST_PERSON = re.compile(r"[IMm](?<![\w’'].)(?:(?<=I)|(?<=[Mm])(?:e|y|ine|yself))(?![\w.])")


def sources(article: Article, annotator: Annotator) -> Article:
    """Add an entity for every source without one that is people or an organisation, and add the speakers' pronouns.

    ``annotator`` signs the new entities.
    """
    article, signature = sign(opened(article), annotator)
    names: dict[Source, str] = {}
    added = []
    for number, (group, found) in enumerate(_unnamed(article).items(), start=_next(article)):
        made = Entity(f"e{number}", group.label, group.name, None, None, group.members, _mentions(found), signature, 0.6)
        added.append(made)
        names |= dict.fromkeys(found, made.id)
    quotes = tuple(_linked(quote, names) for quote in article.quotes)
    entities = _with_pronouns(article.text, (*article.entities, *added), quotes)
    return replace(article, entities=tuple(entities), quotes=quotes)


def _next(article: Article) -> int:
    return max((int(entity.id[1:]) for entity in article.entities), default=0) + 1


def _unnamed(article: Article) -> dict[Group, list[Source]]:
    """The sources that are people or bodies without a name, or several who speak as one."""
    found: dict[Group, list[Source]] = defaultdict(list)
    known: dict[tuple[EntityLabel, str], Group] = {}  # by the label, and the name in lower case
    groups = Groups(article)
    last: tuple[Source, Group] | None = None  # several who spoke before, without a name
    unnamed = (source for quote in article.quotes for source in quote.sources if source.entity is None)
    for source in sorted(unnamed, key=lambda source: source.range):
        group = groups.of(source) or _described(source)
        if group is None and last and source.text.lower() == "they" and groups.is_next(last[0], source):
            group = last[1]
        if group is None and source.text.lower() == "they" and (subject := groups.subject_before(source)):
            group = _described(subject)
            if group:
                found[known.setdefault((group.label, group.name.lower()), group)].append(subject)
        if group:
            group = known.setdefault((group.label, group.name.lower()), group)
            found[group].append(source)
            last = (source, group) if groups.may_be_they(source) or source.text.lower() == "they" else last
    taken = {source.range for quote in article.quotes for source in quote.sources}
    spoke = ((one.range, one, group) for group, ones in found.items() if group.members for one in ones)
    several = sorted(spoke, key=lambda row: row[0])
    for place, group in groups.together(several):
        if place.range not in taken:
            found[known.setdefault((group.label, group.name.lower()), group)].append(place)
    return found


def _described(source: Source) -> Group | None:
    """What a source's noun phrase describes, by its head; None where it is neither people nor a body."""
    for head in _HEAD.finditer(source.text):
        word = head[1].lower()
        if word in gazetteer().people:
            return Group("PERSON", _without_determiner(source.text), ())
        if word in gazetteer().bodies:
            return Group("ORG", _without_determiner(source.text), ())
        if not source.text.startswith(" and ", head.end()):  # "The US and Japanese officials"
            return None
    return None


def _without_determiner(words: str) -> str:
    return one_line(_DETERMINER.sub("", words, count=1) or words)


def _mentions(found: list[Source]) -> tuple[Mention, ...]:
    places = sorted({(*source.range, source.text) for source in found})
    return tuple(Mention(*place, "pronoun" if place[2].lower() in _PRONOUNS else "nominal") for place in places)


def _linked(quote: Quote, names: dict[Source, str]) -> Quote:
    if not any(source in names for source in quote.sources):
        return quote
    return replace(quote, sources=tuple(replace(source, entity=names.get(source, source.entity)) for source in quote.sources))


def _with_pronouns(text: str, entities: tuple[Entity, ...], quotes: tuple[Quote, ...]) -> Iterator[Entity]:
    """The entities with the pronouns that are sources, and with "I" and "my" in what they alone are quoted as saying."""
    spoken: dict[str, set[tuple[int, int]]] = defaultdict(set)
    holders = {quote.parent for quote in quotes}  # "I" may be the inner speaker's
    for quote in quotes:
        for source in quote.sources:
            if source.entity and source.text.lower() in _PRONOUNS:
                spoken[source.entity].add(source.range)
        speakers = {source.entity for source in quote.sources if source.role == "originator"}
        if len(speakers) == 1 and quote.id not in holders and quote.parent is None and (name := speakers.pop()):
            for span in quote.verbatim:
                spoken[name] |= {match.span() for match in _FIRST_PERSON.finditer(text, *span.range)}
    taken = {mention.range for entity in entities for mention in entity.mentions} if any(spoken.values()) else set()
    for entity in entities:
        said = spoken[entity.id] - taken if entity.id in spoken else set()
        if entity.label != "PERSON":
            said = {place for place in said if text[slice(*place)].lower() in _THINGS}
        taken |= said
        new = (Mention(start, end, text[start:end], "pronoun") for start, end in said)
        yield replace(entity, mentions=tuple(sorted((*entity.mentions, *new)))) if said else entity
