"""The views of the entity layer: entities, mentions, ner, coref."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec

from pressmark.publish.views.columns import ENTITY, SPAN, TOKENS, View, bio, listed, made, number, struct, target
from pressmark.publish.views.token_rows import tagged
from pressmark.record import contract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.publish.views.columns import Row
    from pressmark.publish.views.token_rows import TokenRow
    from pressmark.record.model import Article, Entity, Mention, Span

_LABELS = contract.labels(contract.at("article", "entities/label"))

ENTITIES = View(
    "entities",
    "one row per entity, with its mentions and, of a group, its members",
    {
        "article": "id",
        "id": "entities/id",
        "label": "entities/label",
        **ENTITY,
        "value": "entities/value",
        "members": listed(
            "Of a group, the entities in it that the text names.", struct("A member.", {"entity": "entities/id", **ENTITY})
        ),
        "mentions": "entities/mentions",
        **made("entities"),
    },
)
MENTIONS = View(
    "mentions",
    "one row per mention of an entity",
    {
        "article": "id",
        "entity": "entities/id",
        "label": "entities/label",
        **ENTITY,
        "value": "entities/value",
        "level": "entities/mentions/level",
        **SPAN,
        "sentence": {"type": ["string", "null"], "description": "The sentence around it; null outside the sentences."},
        "sentence_start": {"type": ["integer", "null"], "description": "The first code point of the sentence in the article."},
        **made("entities"),
    },
)
NER = View(
    "ner",
    "one row per sentence, or per zone without sentences that has mentions: tokens and IOB2 tags",
    {
        **TOKENS,
        **target("ner_tags", "The tag of each token, of the mentions of level name and value.", bio(_LABELS), is_list=True),
        "layer": "layers/entities",
    },
)
COREF = View(
    "coref",
    "one row per article: its tokens, and the mentions of each entity as ranges of tokens",
    {
        "id": "id",
        "tokens": TOKENS["tokens"],
        "starts": TOKENS["starts"],
        "ends": TOKENS["ends"],
        "sentence_starts": listed("The first token of each sentence, and of each zone without sentences.", number("A token.")),
        "clusters": listed(
            "The entities with two or more mentions.",
            struct(
                "One entity.",
                {
                    "entity": "entities/id",
                    "label": "entities/label",
                    "mentions": listed(
                        "Its mentions, as half-open ranges of tokens.",
                        struct("A mention.", {"first": number("Its first token."), "end": number("The token after its last.")}),
                    ),
                },
            ),
        ),
        "layer": "layers/entities",
    },
)


def entity_rows(article: Article) -> Iterator[Row]:
    """The rows of `entities`."""
    entities = {entity.id: entity for entity in article.entities}
    for entity in article.entities:
        members = [{"entity": member, **name_of(entities.get(member))} for member in entity.members]
        row = msgspec.to_builtins(entity)
        yield row | {"article": article.id, "members": members, "layer": article.layers.entities}


def mention_rows(article: Article) -> Iterator[Row]:
    """The rows of `mentions`, in the order of the text."""
    around = _finder(article.sentences)
    pairs = [(mention, entity) for entity in article.entities for mention in entity.mentions]
    for mention, entity in sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end, pair[1].id)):
        sentence = around(mention)
        yield {
            "article": article.id,
            "entity": entity.id,
            "label": entity.label,
            **name_of(entity),
            "value": entity.value,
            "level": mention.level,
            "start": mention.start,
            "end": mention.end,
            "text": mention.text,
            "sentence": sentence and sentence.text,
            "sentence_start": sentence and sentence.start,
            "annotator": entity.annotator,
            "confidence": entity.confidence,
            "layer": article.layers.entities,
        }


def ner_rows(article: Article, rows: list[TokenRow]) -> Iterator[Row]:
    """The rows of `ner`: every sentence, since those without mentions are negatives, and every zone that has mentions."""
    if article.layers.entities == "none":
        return
    flat = sorted((m, entity.label) for entity in article.entities for m in entity.mentions if m.flat)
    starts = [mention.start for mention, _ in flat]
    for number_, row in enumerate(rows):
        first, end = bisect_right(starts, row.span.start - 1), bisect_right(starts, row.span.end - 1)
        marked = [(label, mention) for mention, label in flat[first:end]]
        if row.is_sentence or marked:
            tags = tagged(row, marked)
            yield row.columns(number_) | {"ner_tags": tags, "ner_tags_names": tags, "layer": article.layers.entities}


def coref_rows(article: Article, rows: list[TokenRow]) -> Iterator[Row]:
    """The row of `coref`."""
    if article.layers.entities == "none":
        return
    starts = [start for row in rows for start in row.starts]
    ends = [end for row in rows for end in row.ends]
    firsts, count = [], 0
    for row in rows:
        firsts.append(count)
        count += len(row.starts)
    yield {
        "id": article.id,
        "tokens": [article.text[start:end] for start, end in zip(starts, ends, strict=True)],
        "starts": starts,
        "ends": ends,
        "sentence_starts": firsts,
        "clusters": [_cluster(entity, starts, ends) for entity in article.entities if len(entity.mentions) > 1],
        "layer": article.layers.entities,
    }


def _cluster(entity: Entity, starts: list[int], ends: list[int]) -> Row:
    ranges = [(bisect_right(ends, m.start), bisect_right(starts, m.end - 1)) for m in sorted(entity.mentions)]
    mentions = [{"first": first, "end": end} for first, end in ranges]
    return {"entity": entity.id, "label": entity.label, "mentions": mentions}


def name_of(entity: Entity | None) -> Row:
    """The columns `ENTITY` of an entity, or of none."""
    return {"name": entity and entity.name, "kb_id": entity and entity.kb_id}


def _finder(sentences: tuple[Span, ...]) -> Callable[[Mention], Span | None]:
    starts = [sentence.start for sentence in sentences]

    def find(mention: Mention) -> Span | None:
        place = bisect_right(starts, mention.start) - 1
        return sentences[place] if place >= 0 and sentences[place].holds(mention) else None

    return find
