"""Level 5, guidelines: what mentions, entities and zones mean."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from pressmark.record.text import quoted, tokens
from pressmark.validation.level5_guidelines.boundaries import whole_words
from pressmark.validation.level5_guidelines.values import VALUE_LABELS
from pressmark.validation.rule import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Article, Mention, Span

PAGE = frozenset({"boilerplate", "related_link"})
ASIDE = PAGE | {"dateline", "byline", "photo_credit", "source_credit"}
ACTORS = frozenset({"PERSON", "ORG", "GPE"})
# The closed list of the manual (4.1) and the persons that it leaves out, which others mark.
_PERSONS = "i me my mine I he him his she her hers it its they them their theirs we us our ours you your yours"
_SELVES = "myself himself herself itself themselves ourselves yourself yourselves"
PRONOUNS = frozenset(f"{_PERSONS} {_SELVES}".split())
_PLACEHOLDER = re.compile(
    r"[\[<({]*(?:(?ai:todo|tbd|fixme|xxx+|placeholder|change[ _-]?me|insert[ _-].{0,30}here|lorem ipsum.*|"
    r"new (?:entity|claim|quote|annotator)|n/a|null|none|undefined|unnamed|untitled))[\])}>]*[\s.:!]*"
    r"|(?:TODO|FIXME|TBD|(?ai:todo|fixme|tbd):).*|\?+[\s.!]*|\[[A-Z][A-Z _-]*\]|\.{2,}|…|-+|_+|<[^<>]*>|\{\{.*\}\}"
)
_LONGEST_PLACEHOLDER = 200


def mention_overlap(article: Article) -> Problems:
    """No two mentions of level name or value share a character: IOB2 tags could not tell both.

    Nominal and pronoun mentions may nest, but no span is a mention of two entities.
    """
    yield from _mentioned_twice(article)
    last = None
    for pointer, mention in _mentions(article, flat=True):
        if last is not None and mention.overlaps(last):
            yield Problem(
                pointer,
                f"{quoted(mention.text)} shares characters with {quoted(last.text)}",
                (mention.start, mention.end),
                "names and values side by side; only nominal and pronoun nest",
            )
        last = mention if last is None or mention.end > last.end else last


def _mentioned_twice(article: Article) -> Problems:
    """The nominal and pronoun mentions at the place of a mention of another entity."""
    seen: dict[tuple[int, int], str] = {}
    for pointer, mention in _mentions(article):
        other = seen.setdefault((mention.start, mention.end), pointer)
        if other.split("/")[2] != pointer.split("/")[2] and not (mention.flat and _at(article, other).flat):
            message = f"{quoted(mention.text)} is a mention of two entities, here and at {other}"
            yield Problem(pointer, message, (mention.start, mention.end), "a mention of one entity")


def _at(article: Article, pointer: str) -> Mention:
    _, _, entity, _, mention = pointer.split("/")
    return article.entities[int(entity)].mentions[int(mention)]


def mention_token(article: Article) -> Problems:
    """A mention begins and ends where a token does.

    A token is a run of letters, marks and digits, an English clitic (’s), or any other character that is not white space.
    """
    places = list(tokens(article.text))
    starts, ends = {start for start, _ in places}, {end for _, end in places}
    for pointer, mention in _mentions(article):
        if mention.start not in starts or mention.end not in ends:
            whole = whole_words(article.text, places, mention)
            place = (mention.start, mention.end)
            yield Problem(pointer, f"{quoted(mention.text)} splits a word", place, f"whole words, such as {whole}")


def mention_sentence(article: Article) -> Problems:
    """A mention of level name or value lies in one sentence or outside them all."""
    starts = [sentence.start for sentence in article.sentences]
    for pointer, mention in _mentions(article, flat=True):
        for i in (bisect_right(starts, mention.start) - 1, bisect_right(starts, mention.end - 1) - 1):
            if i >= 0 and article.sentences[i].overlaps(mention) and not article.sentences[i].holds(mention):
                yield Problem(
                    pointer,
                    f"{quoted(mention.text)} runs over the edge of a sentence",
                    (mention.start, mention.end),
                    "a mention inside one sentence",
                )
                break


def _mentions(article: Article, *, flat: bool = False) -> list[tuple[str, Mention]]:
    found = (
        (f"/entities/{e}/mentions/{m}", mention)
        for e, entity in enumerate(article.entities)
        for m, mention in enumerate(entity.mentions)
    )
    kept = (item for item in found if not flat or item[1].level in {"name", "value"})
    return sorted(kept, key=lambda item: (item[1].start, item[1].end))


def mention_level(article: Article) -> Problems:
    """The level value is for dates, times, numbers and amounts, and for them alone; people, places and things have names."""
    for e, entity in enumerate(article.entities):
        for m, mention in enumerate(entity.mentions):
            if mention.level == "value" and entity.label not in VALUE_LABELS:
                yield Problem(
                    f"/entities/{e}/mentions/{m}/level",
                    f"{quoted(mention.text)} is a value, but {entity.id} is a {entity.label}",
                    (mention.start, mention.end),
                    "name, nominal or pronoun",
                )
            elif mention.level != "value" and entity.label in VALUE_LABELS:
                yield Problem(
                    f"/entities/{e}/mentions/{m}/level",
                    f"{quoted(mention.text)} is a {mention.level}, but {entity.id} is a {entity.label}",
                    (mention.start, mention.end),
                    "value, or another label",
                )


def mention_pronoun(article: Article) -> Problems:
    """In English, a mention of level pronoun is a personal, possessive or reflexive pronoun, and no other mention is."""
    if article.language.partition("-")[0].lower() != "en":
        return
    for e, entity in enumerate(article.entities):
        for m, mention in enumerate(entity.mentions):
            is_word = mention.level == "pronoun" and mention.text not in {"US", "IT"}  # these are names, as "It" is
            said = mention.text.lower() if is_word else mention.text
            if (mention.level == "pronoun") != (said in PRONOUNS):
                is_one = "a pronoun" if said in PRONOUNS else "no pronoun"
                yield Problem(
                    f"/entities/{e}/mentions/{m}/level",
                    f"{quoted(mention.text)} is {is_one}, but its level is {mention.level}",
                    (mention.start, mention.end),
                    "pronoun" if said in PRONOUNS else "name, nominal or value",
                )


def nominal_label(article: Article) -> Problems:
    """Nominal and pronoun mentions stand for a PERSON, ORG or GPE (schema/GUIDELINES.md, section 4.1)."""
    for e, entity in enumerate(article.entities):
        if entity.label not in ACTORS and entity.label not in VALUE_LABELS:
            for m, mention in enumerate(entity.mentions):
                if not mention.flat:
                    message = f"{quoted(mention.text)} is a {mention.level}, but {entity.id} is a {entity.label}"
                    place = (mention.start, mention.end)
                    yield Problem(f"/entities/{e}/mentions/{m}", message, place, "no mention, or one of another entity")


def entity_unique(article: Article) -> Problems:
    """A thing is one entity with all its mentions: no two have one ``kb_id``."""
    seen: dict[str, str] = {}
    for e, entity in enumerate(article.entities):
        if entity.kb_id is not None and (first := seen.setdefault(entity.kb_id, entity.id)) != entity.id:
            message = f"{quoted(entity.kb_id)} is the kb_id of {first}, too"
            yield Problem(f"/entities/{e}/kb_id", message, expected=f"its mentions among those of {first}, or another kb_id")


def entity_pronoun(article: Article) -> Problems:
    """A PERSON has a mention that is more than a pronoun; else who it is remains open, or another entity is meant."""
    for e, entity in enumerate(article.entities):
        group = " and " in entity.name  # known by its members (schema/GUIDELINES.md, section 4.6)
        if entity.label == "PERSON" and not group and all(mention.level == "pronoun" for mention in entity.mentions):
            first = entity.mentions[0]
            yield Problem(
                f"/entities/{e}/mentions",
                f"{entity.id} is a PERSON whose only mentions are pronouns ({quoted(first.text)})",
                (first.start, first.end),
                "a name or nominal mention, or the pronouns among the mentions of the person meant",
            )


def zone_page(article: Article) -> Problems:
    """What is marked belongs to the article, not to the page around it: zones of type boilerplate and related_link.

    Quotes and claims do not stand in datelines, bylines and credits either.
    """
    zones = [zone for zone in article.zones if zone.type in ASIDE]
    starts = [zone.start for zone in zones]
    for pointer, span in _marked(article):
        i = bisect_right(starts, span.end - 1) - 1
        named = pointer.startswith("/entities") and i >= 0 and zones[i].type not in PAGE
        if i >= 0 and zones[i].end > span.start and not named:
            message = f"{quoted(span.text)} stands in a zone of type {zones[i].type}"
            yield Problem(pointer, message, (span.start, span.end), "marks in the article itself alone")


def _marked(article: Article) -> Iterator[tuple[str, Span]]:
    for pointer, span in article.spans():
        if not pointer.startswith(("/zones", "/sentences")):
            yield pointer, span


def placeholder(article: Article) -> Problems:
    """No placeholder was left where a name, proposition or value belongs: TODO, ???, <name>.

    A name that the article itself mentions is none: people are called None and Null.
    """
    for pointer, text in _names(article):
        if text is not None and is_placeholder(text):
            yield Problem(pointer, f"{quoted(text)} is a placeholder", expected="what belongs there")


def is_placeholder(text: str) -> bool:
    """Whether the text stands for another that is still to come."""
    return len(text) <= _LONGEST_PLACEHOLDER and _PLACEHOLDER.fullmatch(text.strip()) is not None


def _names(article: Article) -> Iterator[tuple[str, str | None]]:
    for e, entity in enumerate(article.entities):
        yield f"/entities/{e}/value", entity.value
        if entity.name not in {mention.text for mention in entity.mentions}:
            yield f"/entities/{e}/name", entity.name
            yield f"/entities/{e}/kb_id", entity.kb_id and entity.kb_id.rpartition(":")[2].replace("-", " ")
    for c, claim in enumerate(article.claims):
        yield f"/claims/{c}/proposition", claim.proposition
    for a, annotator in enumerate(article.annotators):
        yield f"/annotators/{a}/name", annotator.name
    for key in ("title", "publisher", "author", "url", "license"):
        yield f"/metadata/{key}", getattr(article.metadata, key)
