"""Leaves *he* and *she* open where a speaker without a marked name may be meant, as in "Cole came. An inmate said he left".

Nobody is *he* in words of his own: “He told me to go,” Cole said.
Convention: schema/GUIDELINES.md, section 4.6. The entity rules link pronouns before the quotes are found; this looks at both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.entities.pronouns import GENDERS, MALE, SEVERAL, nouns
from pressmark.annotators.quotes.source_types import source_type
from pressmark.record.marks import OPENING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.entities.pronouns import Gender
    from pressmark.record.model import Article, Entity, Quote, Source

    Range = tuple[int, int]

_FEMALE = {"she", "her", "hers", "herself"}
_FIRST = {"i", "me"}
_OTHERS = {"it", "they", "them", "we", "us", "you", "who", "whom", "which", "that", "this", *_FIRST}
_MANY = re.compile(
    r"(?:many|most|some|several|few|all|both|those|others|every\w+|no(?:body|[ \xa0]one)|[\w-]+[ \xa0]per[ \xa0]?cent"
    r"|\d[\d.,]*%)(?!\w)"
)
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_BELOW = re.compile(r",|[ \xa0](?:of|by|in|at|from|for|with|who|whose|that|on|to|familiar|close|involved)\b")


def opened(article: Article) -> Article:
    """Take each *he* and *she* from its person where somebody without a marked name spoke since that person was named.

    In the words of such a speaker a pronoun stays only if they name its person before: "An inmate said that Cole lost his hat."
    """
    by_id = {entity.id: entity for entity in article.entities}
    ends = {m.end for e in article.entities if e.label == "PERSON" for m in e.mentions if m.level == "name"}
    spoke = ((quote, source) for quote in article.quotes for source in quote.sources if source.end not in ends)
    rivals = [(quote, source) for quote, source in spoke if _is_unmarked(source, by_id)]
    free = set(_own(article))
    if rivals:
        for gender in GENDERS:
            free |= set(_open(article, gender, [one for one in rivals if _may_be(gender, one[1])]))
    return _without(article, free) if free else article


def _is_unmarked(source: Source, by_id: dict[str, Entity]) -> bool:
    """Whether the source may be one person who is no entity yet, or who was taken for a place or a firm."""
    words, head, known = source.text.lower(), _head(source.text), gazetteer()
    if words in _OTHERS:
        return False
    if entity := by_id.get(source.entity or ""):
        is_place = entity.label in {"GPE", "ORG"} and head[:1].isupper() and not words.startswith("the ")
        return is_place and not {source.text, source.text.title()} & known.names.keys()
    is_body = head.lower() in known.bodies or head == "media" or source_type(source.text) == "document"
    return not (is_body or _MANY.match(words) or _are_several(head) or " and " in words)


def _are_several(head: str) -> bool:
    """Whether a head is a plural, and no name: "Critics", "men", but not "Jones"."""
    known, word = gazetteer(), head.lower()
    is_word = head.islower() or word in known.people or word.removesuffix("s") in known.words
    return is_word and SEVERAL.fullmatch(word) is not None


def _head(words: str) -> str:
    """The head of a noun phrase as it stands: "inmate" of "An old inmate of the prison"."""
    found = _WORD.findall(_BELOW.split(words, maxsplit=1)[0])
    return found[-1] if found else ""


def _may_be(gender: Gender, source: Source) -> bool:
    """Whether no noun, first name or pronoun shows that the source is of the other gender."""
    known, words = gazetteer(), _WORD.findall(source.text)
    ours, others = (known.male, known.female) if gender == "male" else (known.female, known.male)
    other: Gender = "female" if gender == "male" else "male"
    shown = {"female": _FEMALE, "male": MALE}[other] | nouns(other)
    is_other = _head(source.text).lower() in shown or (bool(words) and words[0] in others and words[0] not in ours)
    return not is_other


def _own(article: Article) -> Iterator[Range]:
    """The pronouns in whole quotations that were linked to who speaks there."""
    places = sorted(_places(article, MALE | _FEMALE))
    for quote in article.quotes:
        speakers = {source.entity for source in quote.sources}
        for part in quote.content if quote.content and quote.content[0].text[0] in OPENING else ():
            for place, name in places[bisect_left(places, ((part.start, 0), "")) : bisect_left(places, ((part.end, 0), ""))]:
                if name in speakers:
                    yield place


def _open(article: Article, gender: Gender, rivals: list[tuple[Quote, Source]]) -> Iterator[Range]:
    """The pronouns of a gender that one of these speakers may be meant by."""
    forms = MALE if gender == "male" else _FEMALE
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
            for place, name in places[bisect_left(places, ((part.start, 0), "")) : bisect_left(places, ((part.end, 0), ""))]:
                if last[place, name] < quote.content[0].start:
                    yield place


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
    """The article with these pronouns open, and with "I" where the speaker is one of them."""
    entities = tuple(
        replace(entity, mentions=tuple(m for m in entity.mentions if m.range not in free))
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
        quotes[quote.id] = replace(quote, sources=sources, addressees=addressees)
    return replace(article, entities=entities, quotes=tuple(quotes.values()))
