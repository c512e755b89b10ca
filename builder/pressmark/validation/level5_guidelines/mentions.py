"""Level 5, guidelines: what mentions and entities are (schema/GUIDELINES.md, section 4)."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from pressmark.record.text import quoted
from pressmark.validation.level5_guidelines.values import VALUE_LABELS
from pressmark.validation.rule import Problem, rule

if TYPE_CHECKING:
    from pressmark.record.model import Article
    from pressmark.validation.facts import Facts, MentionAt
    from pressmark.validation.rule import Problems

ACTORS = frozenset({"PERSON", "ORG", "GPE"})
# The closed list of the manual (4.1) and the persons that it leaves out, which others mark.
_PERSONS = "i me my mine I he him his she her hers it its they them their theirs we us our ours you your yours"
_SELVES = "myself himself herself itself themselves ourselves yourself yourselves"
PRONOUNS = frozenset(f"{_PERSONS} {_SELVES}".split())


@rule(level=5)
def mention_overlap(_: Article, facts: Facts) -> Problems:
    """Mentions of level name or value do not overlap, because IOB2 tags could not represent both.

    Nominal and pronoun mentions may nest. A span is never a mention of two entities.
    """
    yield from _mentioned_twice(facts)
    last = None
    reach = 0
    for start, end, e, m, mention in facts.flat_mentions:
        if last is not None and start < reach:
            message = f"{quoted(mention.text)} overlaps {quoted(last.text)}"
            expected = "names and values that do not overlap; only nominal and pronoun mentions may nest"
            yield Problem(f"/entities/{e}/mentions/{m}", message, mention.range, expected)
        if end > reach:
            last, reach = mention, end


def _mentioned_twice(facts: Facts) -> Problems:
    """Finds nominal and pronoun mentions with the span of a mention of another entity."""
    first: MentionAt | None = None  # at this place
    for found in facts.mentions:
        start, end, e, m, mention = found
        if first is None or first[0] != start or first[1] != end:
            first = found
        elif not (mention.flat and first[4].flat):  # and so of another entity: see span_unique
            message = (
                f"{quoted(mention.text)} is a mention of two entities, here and at /entities/{first[2]}/mentions/{first[3]}"
            )
            yield Problem(f"/entities/{e}/mentions/{m}", message, mention.range, "a mention of one entity")


@rule(level=5)
def mention_token(_: Article, facts: Facts) -> Problems:
    """A mention begins and ends at token boundaries.

    A token is a run of letters, marks and digits, an English clitic (’s), or any other character that is not white space.
    """
    starts, ends = facts.late_starts, facts.early_ends
    for start, end, e, m, mention in facts.mentions if starts or ends else ():
        if start in starts or end in ends:
            whole = f"whole words, such as {facts.whole_words(mention)}"
            yield Problem(f"/entities/{e}/mentions/{m}", f"{quoted(mention.text)} splits a word", mention.range, whole)


@rule(level=5)
def mention_sentence(_: Article, facts: Facts) -> Problems:
    """A mention of level name or value is inside one sentence or outside all sentences."""
    edges = facts.sentence_edges
    last = edges[-1] if edges else 0
    for start, end, e, m, mention in facts.flat_mentions:
        if start < last and edges[bisect_right(edges, start)] < end:
            message = f"{quoted(mention.text)} crosses a sentence boundary"
            yield Problem(f"/entities/{e}/mentions/{m}", message, mention.range, "a mention inside one sentence")


@rule(level=5)
def mention_level(article: Article, _: Facts) -> Problems:
    """Dates, times, numbers and amounts have mentions of level value. No other entity has them."""
    for e, entity in enumerate(article.entities):
        for m, mention in enumerate(entity.mentions):
            if mention.level == "value" and entity.label not in VALUE_LABELS:
                yield Problem(
                    f"/entities/{e}/mentions/{m}/level",
                    f"{quoted(mention.text)} has level value, but {entity.id} has label {entity.label}",
                    mention.range,
                    "name, nominal or pronoun",
                )
            elif mention.level != "value" and entity.label in VALUE_LABELS:
                yield Problem(
                    f"/entities/{e}/mentions/{m}/level",
                    f"{quoted(mention.text)} has level {mention.level}, but {entity.id} has label {entity.label}",
                    mention.range,
                    "value, or another label",
                )


@rule(level=5, severity="warning")
def mention_pronoun(article: Article, _: Facts) -> Problems:
    """In English, a mention has level pronoun if and only if it is a personal, possessive or reflexive pronoun."""
    if article.language.partition("-")[0].lower() != "en":
        return
    for e, entity in enumerate(article.entities):
        for m, mention in enumerate(entity.mentions):
            is_word = mention.level == "pronoun" and mention.text not in {"US", "IT"}  # these are names, as "It" is
            said = mention.text.lower() if is_word else mention.text
            if (mention.level == "pronoun") != (said in PRONOUNS):
                is_one = "a pronoun" if said in PRONOUNS else "not a pronoun"
                yield Problem(
                    f"/entities/{e}/mentions/{m}/level",
                    f"{quoted(mention.text)} is {is_one}, but its level is {mention.level}",
                    mention.range,
                    "pronoun" if said in PRONOUNS else "name, nominal or value",
                )


@rule(level=5, severity="warning")
def nominal_label(article: Article, _: Facts) -> Problems:
    """Only a PERSON, ORG or GPE has nominal and pronoun mentions (schema/GUIDELINES.md, section 4.1)."""
    for e, entity in enumerate(article.entities):
        if entity.label not in ACTORS and entity.label not in VALUE_LABELS:
            for m, mention in enumerate(entity.mentions):
                if not mention.flat:
                    message = f"{quoted(mention.text)} has level {mention.level}, but {entity.id} has label {entity.label}"
                    place = mention.range
                    yield Problem(
                        f"/entities/{e}/mentions/{m}", message, place, "no mention here, or a mention of another entity"
                    )


@rule(level=5, severity="warning")
def entity_pronoun(article: Article, _: Facts) -> Problems:
    """A PERSON has at least one mention that is not a pronoun. Otherwise nothing says who it is."""
    for e, entity in enumerate(article.entities):
        group = " and " in entity.name  # known by its members (schema/GUIDELINES.md, section 4.6)
        if entity.label == "PERSON" and not group and all(mention.level == "pronoun" for mention in entity.mentions):
            first = entity.mentions[0]
            yield Problem(
                f"/entities/{e}/mentions",
                f"{entity.id} is a PERSON whose only mentions are pronouns ({quoted(first.text)})",
                first.range,
                "a name or nominal mention, or these pronouns as mentions of the right person",
            )


@rule(level=5, severity="warning")
def entity_unique(article: Article, _: Facts) -> Problems:
    """One thing is one entity with all its mentions: no two entities have the same ``kb_id``."""
    seen: dict[str, str] = {}
    for e, entity in enumerate(article.entities):
        if entity.kb_id is not None and (first := seen.setdefault(entity.kb_id, entity.id)) != entity.id:
            message = f"{quoted(entity.kb_id)} is also the kb_id of {first}"
            yield Problem(f"/entities/{e}/kb_id", message, expected="one entity with the mentions of both, or another kb_id")


@rule(level=5, severity="warning", needs_text=False)
def member_label(article: Article, facts: Facts) -> Problems:
    """The members of a group have the group's label."""
    for e, entity in enumerate(article.entities):
        for m, member in enumerate(entity.members):
            other = facts.entities[member]
            if other.label != entity.label:
                message = f"{member} has the label {other.label}, and the group {entity.id} has {entity.label}"
                yield Problem(f"/entities/{e}/members/{m}", message, expected="a member with the same label")
