"""Leaves *he* and *she* open where a speaker without a marked name may be meant, as in "Cole came. An inmate said he left".

Nobody is *he* in words of his own: “He told me to go,” Cole said.
Convention: schema/GUIDELINES.md, section 4.6. The entity rules link pronouns before the quotes are found; this looks at both.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.entities.pronouns import FEMALE, GENDERS, MALE
from pressmark.annotators.quotes.one_person import head, may_be_of, may_be_one_person
from pressmark.record.marks import OPENING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.entities.pronouns import Gender
    from pressmark.record.model import Article, Entity, Quote, Source, Span

    Range = tuple[int, int]

_FIRST = {"i", "me"}


def opened(article: Article) -> Article:
    """Take each *he* and *she* from its person where somebody without a marked name spoke since that person was named.

    In the words of such a speaker a pronoun stays only if they name its person before: "An inmate said that Cole lost his hat."
    """
    by_id = {entity.id: entity for entity in article.entities}
    ends = {m.end for e in article.entities if e.label == "PERSON" for m in e.mentions if m.level == "name"}
    spoke = ((quote, source) for quote in article.quotes for source in quote.sources if source.end not in ends)
    rivals = [(quote, source) for quote, source in spoke if _is_unmarked(source, by_id)]
    free = set(_own(article))
    for gender in GENDERS:
        if others := [one for one in rivals if may_be_of(gender, one[1].text)]:
            free |= set(_open(article, gender, others))
    return _without(article, free)


def _is_unmarked(source: Source, by_id: dict[str, Entity]) -> bool:
    """Whether the source may be one person who is no entity yet, or who was taken for a place or a firm."""
    if entity := by_id.get(source.entity or ""):
        is_place = entity.label in {"GPE", "ORG"} and head(source.text)[:1].isupper()
        is_name = bool({source.text, source.text.title()} & gazetteer().names.keys())
        return is_place and not source.text.lower().startswith("the ") and not is_name
    return may_be_one_person(source.text)


def _own(article: Article) -> Iterator[Range]:
    """The pronouns in whole quotations that were linked to who speaks there."""
    places = sorted(_places(article, MALE | FEMALE))
    for quote in article.quotes if places else ():
        speakers = {source.entity for source in quote.sources}
        whole = (part for part in quote.content if part.text[0] in OPENING and part.text[1:2].isupper())
        for part in whole:
            yield from (place for place, name in _inside(places, part) if name in speakers)


def _open(article: Article, gender: Gender, rivals: list[tuple[Quote, Source]]) -> Iterator[Range]:
    """The pronouns of a gender that one of these speakers may be meant by."""
    forms = MALE if gender == "male" else FEMALE
    places = sorted(_places(article, forms))
    people = (entity for entity in article.entities if entity.label == "PERSON")
    named = {entity.id: [m.start for m in entity.mentions if m.level != "pronoun"] for entity in people}
    spoke = sorted(source.end for _, source in rivals)
    last = {(place, name): _before(named[name], place[0]) for place, name in places}
    for place, name in places:
        if bisect_left(spoke, last[place, name]) < bisect_left(spoke, place[0] + 1):
            yield place
    for quote, _ in rivals:
        for part in quote.content:
            first = quote.content[0].start
            yield from (place for place, name in _inside(places, part) if last[place, name] < first)


def _inside(places: list[tuple[Range, str]], part: Span) -> list[tuple[Range, str]]:
    """Those of the places that begin in a span."""
    return places[bisect_left(places, ((part.start, 0), "")) : bisect_left(places, ((part.end, 0), ""))]


def _before(starts: list[int], place: int) -> int:
    """The last of the starts before a place; -1 if there is none."""
    i = bisect_left(starts, place)
    return starts[i - 1] if i else -1


def _places(article: Article, forms: set[str]) -> Iterator[tuple[Range, str]]:
    """Where such a pronoun stands for a person, as a mention or as a source, and that person's entity."""
    people = {entity.id for entity in article.entities if entity.label == "PERSON"}
    for entity in article.entities:
        if entity.id in people:
            yield from ((m.range, entity.id) for m in entity.mentions if m.level == "pronoun" and m.text.lower() in forms)
    for quote in article.quotes:
        yield from ((s.range, s.entity) for s in quote.sources if s.entity in people and s.text.lower() in forms)


def _without(article: Article, free: set[Range]) -> Article:
    """The article with these pronouns open, and with "I" where the speaker is one. No source is a mention of another person."""
    meant = {source.range: source.entity or "" for quote in article.quotes for source in quote.sources}
    persons = [entity for entity in article.entities if entity.label == "PERSON"]
    said = ((entity.id, m.range) for entity in persons for m in entity.mentions if m.level == "pronoun")
    gone = {place for name, place in said if place in free or meant.get(place, name) != name}
    if not gone | free:
        return article
    entities = tuple(
        replace(entity, mentions=tuple(m for m in entity.mentions if m.range not in gone))
        if entity.label == "PERSON"
        else entity
        for entity in article.entities
    )
    quotes: dict[str, Quote] = {}
    for quote in article.quotes:
        parent = quotes.get(quote.parent or "")
        is_open = parent is not None and any(source.entity is None for source in parent.sources)
        sources = tuple(
            replace(one, entity=None) if one.range in free or (is_open and one.text.lower() in _FIRST) else one
            for one in quote.sources
        )
        addressees = tuple(replace(one, entity=None) if one.range in free else one for one in quote.addressees)
        is_changed = (sources, addressees) != (quote.sources, quote.addressees)
        quotes[quote.id] = replace(quote, sources=sources, addressees=addressees) if is_changed else quote
    return replace(article, entities=entities, quotes=tuple(quotes.values()))
