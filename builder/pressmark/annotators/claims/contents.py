"""A place where a claim is made, and the subject that stands outside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.claims.propositions import resolved
from pressmark.validation.level5_guidelines.values import VALUE_LABELS

if TYPE_CHECKING:
    from pressmark.annotators.claims.acts import Act
    from pressmark.record.model import Claim, Entity, Mention, Quote

    Range = tuple[int, int]


class Content(NamedTuple):
    """A place ``text[start:end]`` (code points) where ``quote``, or the article, claims something, and the rule that found it.

    ``words`` are its words in lower case. ``subject``: the offsets of a subject that stands outside it. ``halves``: those of a
    thing and of what it is called. ``act``: the promise or order that it tells of. ``is_inserted``: it is inside another.
    ``object_at``: the offset where its ``subject`` belongs, if that is an object.
    """

    start: int
    end: int
    quote: Quote | None
    rule: str
    words: frozenset[str]
    subject: tuple[int, int] | None = None
    halves: tuple[tuple[int, int], tuple[int, int]] | None = None
    act: Act | None = None
    is_inserted: bool = False
    object_at: int | None = None


def subject_of(text: str, content: Content, before: list[tuple[Mention, Entity]], names: dict[str, str]) -> str | None:
    """What stands outside the content and does what it says.

    A relative word's noun phrase, the subject that a second verb shares, or the source of "to do it".
    """
    if content.subject:
        return _named(text, content.subject, before)
    quote = content.act.quote if content.act else content.quote if content.rule == "quote-content" else None
    if not quote or not quote.sources or (content.act and not content.act.is_bare):
        return None
    source = quote.sources[0]
    name = names.get(source.entity or "", source.text)
    is_whole = source.text.lower().endswith(name.lower()) and "," not in source.text
    name = source.text if is_whole else name  # some members, the members
    is_ongoing = content.act and quote.cue[0].text.lower().endswith("ing")  # with others: "…, planning to leave"
    return f"{name[:1].upper()}{name[1:]}{' is' if is_ongoing else ''}"


def _named(text: str, place: Range, before: list[tuple[Mention, Entity]]) -> str:
    """A noun phrase with the full name if a name is its last word."""
    start, end = place
    for mention, entity in reversed(before):
        if mention.level == "name" and start <= mention.start and mention.end == end:
            determiner = text[start : mention.start]
            return f"{determiner}{entity.name}" if determiner.lower() in {"", "the "} else text[start:end]
    return resolved(text, start, end, before)


def about(claim: Claim, content: Content, subject: str | None, before: list[tuple[Mention, Entity]]) -> Claim:
    """The claim, about those too whom its subject names that stands outside it."""
    if not subject or subject[1:] not in claim.proposition:
        return claim
    start, end = content.subject or (0, 0)
    inside = [entity for mention, entity in before if start <= mention.start and mention.end <= end]
    named = {entity.id for entity in inside if entity.label not in VALUE_LABELS}
    if content.subject is None and content.quote:
        named |= {source.entity for source in content.quote.sources[:1] if source.entity}
    return replace(claim, about=tuple(sorted({*claim.about, *named}, key=number)))


def number(entity_id: str) -> int:
    """The number of "e7", by which ids are sorted."""
    return int(entity_id[1:])
