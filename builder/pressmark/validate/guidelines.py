"""Level 5, guidelines: what mentions, entities, claims and zones mean."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING

from pressmark.text import quoted, tokens
from pressmark.validate.problem import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.model import Article, Mention, Span

ADDED_TYPES = frozenset({"numerical", "causal"})  # claim types that stand beside a main one
VALUE_LABELS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
_YEAR = r"(?:[0-9X]{4}|[0-9]{2,3}|BC[0-9]{4})"
_ZONE = r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_CLOCK = rf"T(?:[0-2X][0-9X](?::?[0-5X][0-9X](?::?[0-6X][0-9X](?:[.,][0-9]+)?)?)?{_ZONE}|MO|MI|AF|EV|NI|DT|PM)"
_WEEK = r"W[0-5X][0-9X](?:-(?:[1-7X]|WE))?"
_DAY = rf"{_YEAR}(?:-(?:[01X][0-9X](?:-[0-3X][0-9X])?|{_WEEK}|Q[1-4X]|H[12X]|SP|SU|FA|AU|WI|[0-3][0-9]{{2}}))?"
_AMOUNT = r"[0-9X]+(?:[.,][0-9]+)?"
_LENGTH = rf"P(?=.)(?:{_AMOUNT}(?:[YMWD]|DE|CE|Q))*(?:T(?:{_AMOUNT}[HMS])+)?"
_POINT = rf"(?:{_DAY}(?:{_CLOCK})?|{_CLOCK})"
_DATE = re.compile(rf"(?:{_POINT}|{_LENGTH}|(?:{_POINT}|{_LENGTH})?/(?:{_POINT}|{_LENGTH})?|(?:PRESENT|PAST|FUTURE)_REF)")
_FULL = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_MONTH = re.compile(r"^[0-9X]{4}-(?:00|1[3-9])(?:-|$)")
_PLACEHOLDER = re.compile(
    r"[\[<({]*(?:(?ai:todo|tbd|fixme|xxx+|placeholder|change[ _-]?me|insert[ _-].{0,30}here|lorem ipsum.*|"
    r"new (?:entity|claim|quote|annotator)|n/a|null|none|undefined|unnamed|untitled))[\])}>]*[\s.:!]*"
    r"|(?:TODO|FIXME|TBD|(?ai:todo|fixme|tbd):).*|\?+[\s.!]*|\[[A-Z][A-Z _-]*\]|\.{2,}|…|-+|_+|<[^<>]*>|\{\{.*\}\}"
)
_LONGEST_PLACEHOLDER = 200


def mention_overlap(article: Article) -> Problems:
    """No two mentions of level name or value share a character: IOB2 tags could not tell both.

    Nominal and pronoun mentions may nest.
    """
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


def mention_token(article: Article) -> Problems:
    """A mention begins and ends where a token does.

    A token is a run of letters, marks and digits, an English clitic (’s), or any other character that is not white space.
    """
    places = list(tokens(article.text))
    starts, ends = {start for start, _ in places}, {end for _, end in places}
    for pointer, mention in _mentions(article):
        if mention.start not in starts or mention.end not in ends:
            yield Problem(pointer, f"{quoted(mention.text)} splits a word", (mention.start, mention.end), "whole words")


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
    """The level value is for dates, times, numbers and amounts; people, places and things have names."""
    for e, entity in enumerate(article.entities):
        for m, mention in enumerate(entity.mentions):
            if mention.level == "value" and entity.label not in VALUE_LABELS:
                yield Problem(
                    f"/entities/{e}/mentions/{m}/level",
                    f"{quoted(mention.text)} is a value, but {entity.id} is a {entity.label}",
                    (mention.start, mention.end),
                    "name, nominal or pronoun",
                )


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


def value_date(article: Article) -> Problems:
    """The value of a DATE or TIME is written as ISO 8601 or, where that has no words for it, TIMEX3.

    2023, 2023-01, 2023-01-11, 2023-W02, 2023-Q1, 199 (the 1990s), T15:30, P70Y, 2023-01-11/2023-01-13, XXXX-12-25.
    """
    for e, entity in enumerate(article.entities):
        if entity.label in {"DATE", "TIME"} and entity.value is not None and not _is_date(entity.value):
            first = entity.mentions[0]
            yield Problem(
                f"/entities/{e}/value",
                f"{quoted(entity.value)} is no ISO 8601 date, time or duration",
                (first.start, first.end),
                "such as 2023-01-11, 2023-01, 2023-W02, T15:30, P70Y",
            )


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value) or _MONTH.match(value):
        return False
    return all(_exists(*map(int, found)) for found in _FULL.findall(value))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def value_label(article: Article) -> Problems:
    """Only dates, times, numbers and amounts have a value."""
    for e, entity in enumerate(article.entities):
        if entity.value is not None and entity.label not in VALUE_LABELS:
            message = f"{entity.id} is a {entity.label}, and yet has the value {quoted(entity.value)}"
            yield Problem(f"/entities/{e}/value", message, expected="null")


def published_date(article: Article) -> Problems:
    """The day of publication is in the calendar."""
    found = article.metadata.published
    if found is not None and not _exists(*map(int, found.split("-"))):
        yield Problem("/metadata/published", f"there is no {found}", expected="a day of the calendar, YYYY-MM-DD")


def claim_quote(article: Article) -> Problems:
    """A claim inside the content of a quote names the quote: its sources are the claimers, not the article."""
    places = sorted((span.start, span.end, quote.id) for quote in article.quotes for span in quote.content)
    furthest: list[tuple[int, str]] = []
    for _, end, name in places:
        furthest.append(max((end, name), furthest[-1]) if furthest else (end, name))
    for c, claim in enumerate(article.claims):
        if claim.quote is None:
            span = claim.content[0]
            i = bisect_right(places, span.start, key=lambda place: place[0]) - 1
            if i >= 0 and furthest[i][0] >= claim.content[-1].end:
                yield Problem(
                    f"/claims/{c}/quote",
                    f"{quoted(span.text)} stands inside the content of {furthest[i][1]}, but quote is null",
                    (span.start, span.end),
                    "the innermost quote that holds the claim",
                )


def claim_types(article: Article) -> Problems:
    """A claim has exactly one main type; numerical and causal are added to it (schema/GUIDELINES.md, section 6.5)."""
    for c, claim in enumerate(article.claims):
        main = [kind for kind in claim.types if kind not in ADDED_TYPES]
        if len(main) != 1:
            span = claim.content[0]
            yield Problem(
                f"/claims/{c}/types",
                f"has {len(main)} main types: {', '.join(main)}" if main else "has no main type",
                (span.start, span.end),
                "one of event_property, position_statement, prediction and rule",
            )


def claim_factuality(article: Article) -> Problems:
    """One claimer does not put one proposition forward with two factualities."""
    seen: dict[tuple[str | None, str], tuple[str, str]] = {}
    for c, claim in enumerate(article.claims):
        first, factuality = seen.setdefault((claim.quote, claim.proposition), (claim.id, claim.factuality))
        if factuality != claim.factuality:
            span = claim.content[0]
            yield Problem(
                f"/claims/{c}/factuality",
                f"says {claim.factuality}, but {first} says {factuality} of the same proposition in the same quote",
                (span.start, span.end),
                "one factuality for one proposition of one claimer",
            )


def zone_page(article: Article) -> Problems:
    """What is marked belongs to the article, not to the page around it: zones of type boilerplate and related_link."""
    zones = [zone for zone in article.zones if zone.type in {"boilerplate", "related_link"}]
    starts = [zone.start for zone in zones]
    for pointer, span in _marked(article):
        i = bisect_right(starts, span.end - 1) - 1
        if i >= 0 and zones[i].end > span.start:
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
        if text is not None and len(text) <= _LONGEST_PLACEHOLDER and _PLACEHOLDER.fullmatch(text.strip()):
            yield Problem(pointer, f"{quoted(text)} is a placeholder", expected="what belongs there")


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
