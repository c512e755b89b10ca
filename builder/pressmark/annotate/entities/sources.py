"""The second pass over the entities, when the quotes are known: who speaks without a name, and who says "I".

Convention: schema/GUIDELINES.md, sections 4.1 (N1, the pronouns of the first person) and 5.4.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pressmark.annotate.entities.gazetteer import gazetteer
from pressmark.annotate.sign import sign
from pressmark.model import Entity, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.model import Annotator, Article, EntityLabel, Quote, Source

_HEAD = re.compile(r"([A-Za-z][\w-]*)(?=\Z|,|[ \xa0](?:of|in|at|from|for|with|who|that|on|to|and|familiar|close|involved)\b)")
_DETERMINER = re.compile(r"(?:the|a|an|some|many|several|most|both|two|three)[ \xa0]+", re.IGNORECASE)
# It begins with a letter and then looks back, since that is what `re` looks for fast.
_FIRST_PERSON = re.compile(r"[IMm](?<![\w’'].)(?:(?<=I)|(?<=[Mm])(?:e|y|ine|yself))(?![\w.])")


def sources(article: Article, annotator: Annotator) -> Article:
    """The article with an entity for every source that has none but is people or a body, and with each "I" as its speaker's."""
    article, signature = sign(article, annotator)
    unnamed = _unnamed(article)
    numbers = {name: f"e{number}" for number, name in enumerate(unnamed, start=_next(article))}
    added = tuple(
        Entity(numbers[label, name], label, _without_determiner(found[0].text), None, None, _mentions(found), signature, 0.6)
        for (label, name), found in unnamed.items()
    )
    linked = replace(
        article, entities=article.entities + added, quotes=tuple(_linked(quote, numbers) for quote in article.quotes)
    )
    return replace(linked, entities=tuple(_with_first_person(linked)))


def _next(article: Article) -> int:
    return max((int(entity.id[1:]) for entity in article.entities), default=0) + 1


def _unnamed(article: Article) -> dict[tuple[EntityLabel, str], list[Source]]:
    """The sources that are people or bodies without a name, by label and description."""
    found: dict[tuple[EntityLabel, str], list[Source]] = defaultdict(list)
    for quote in article.quotes:
        for source in quote.sources:
            if source.entity is None and (label := _label(source)):
                found[label, _without_determiner(source.text).lower()].append(source)
    return found


def _label(source: Source) -> EntityLabel | None:
    """What the head of a source's noun phrase is; None where it is neither people nor a body."""
    head = _HEAD.search(source.text)
    word = head[1].lower() if head else ""
    if word in gazetteer().people:
        return "PERSON"
    return "ORG" if word in gazetteer().bodies else None


def _without_determiner(words: str) -> str:
    return _DETERMINER.sub("", words, count=1) or words


def _mentions(found: list[Source]) -> tuple[Mention, ...]:
    places = sorted({(source.start, source.end, source.text) for source in found})
    return tuple(Mention(*place, "nominal") for place in places)


def _linked(quote: Quote, numbers: dict[tuple[EntityLabel, str], str]) -> Quote:
    def link(source: Source) -> Source:
        label = _label(source) if source.entity is None else None
        name = numbers.get((label, _without_determiner(source.text).lower())) if label else None
        return replace(source, entity=name) if name else source

    is_linked = all(source.entity for source in quote.sources)
    return quote if is_linked else replace(quote, sources=tuple(map(link, quote.sources)))


def _with_first_person(article: Article) -> Iterator[Entity]:
    """The entities with "I" and "my" in what they alone are quoted as saying."""
    spoken: dict[str, set[tuple[int, int]]] = defaultdict(set)
    holders = {quote.parent for quote in article.quotes}  # "I" may be the inner speaker's
    for quote in article.quotes:
        speakers = {source.entity for source in quote.sources if source.role == "originator"}
        if len(speakers) == 1 and quote.id not in holders and quote.parent is None and (name := speakers.pop()):
            for span in quote.verbatim:
                spoken[name] |= {match.span() for match in _FIRST_PERSON.finditer(article.text, span.start, span.end)}
    for entity in article.entities:
        said = spoken.get(entity.id, set()) if entity.label == "PERSON" else set()
        new = (Mention(start, end, article.text[start:end], "pronoun") for start, end in said)
        yield replace(entity, mentions=tuple(sorted((*entity.mentions, *new)))) if said else entity
