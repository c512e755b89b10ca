"""The published tables. Each view is a function from one article to rows, with the columns that describe a row.

A column is a JSON Schema node, taken from the contract if the value is. `articles` and `relations` are the records
themselves. The other views are flat: a row holds what it refers to.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from pressmark.record import contract
from pressmark.record.text import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pressmark.record.contract import Node
    from pressmark.record.model import Article, Claim, Entity, Mention, Quote, Relation, Span

    Row = dict[str, Any]
    Columns = dict[str, Any]  # str | Node


@dataclass(frozen=True, slots=True)
class View:
    """One table. A column is a node, or a path to a node of the contract, as in `contract.at`."""

    name: str
    about: str
    _columns: Columns

    @property
    def class_labels(self) -> bool:
        """Whether labels are `datasets.ClassLabel` columns. In whole records they are strings."""
        return bool(self._columns)

    @property
    def path(self) -> str:
        """The view's only file, from the dataset folder."""
        return f"{self.name}/train-00000-of-00001.parquet"

    def columns(self) -> dict[str, Node]:
        """Returns the columns as JSON Schema nodes without references."""
        return {name: _node(column) for name, column in self._columns.items()} or contract.columns("article")


def _node(column: str | Node) -> Node:
    if isinstance(column, str):
        kind, _, path = column.rpartition(":")
        return contract.at("relation" if kind else "article", path)
    node = dict(column)
    if "items" in node:
        node["items"] = _node(node["items"])
    if "properties" in node:
        node["properties"] = {name: _node(child) for name, child in node["properties"].items()}
    if node.get("enum") == "tags":
        node["enum"] = [
            "O",
            *(f"{i}-{label}" for label in contract.labels(contract.at("article", "entities/label")) for i in "BI"),
        ]
    return node


def _list(description: str, items: str | Node) -> Node:
    return {"type": "array", "description": description, "items": items}


_SPAN: Columns = {name: f"sentences/{name}" for name in ("start", "end", "text")}
_ENTITY: Columns = {name: f"entities/{name}" for name in ("name", "kb_id")}
_TEXT: Node = {"type": "string", "description": "The spans of the content, joined by a space."}
_CONTEXT: Columns = {
    "context": {"type": "string", "description": "The zones (a paragraph each) that it stands in."},
    "context_start": {"type": "integer", "description": "The first code point of the context in the article."},
}
_SENTENCE: Node = {"type": ["string", "null"], "description": "The sentence around it; null outside the sentences."}
_CLAIMERS: Columns = {"text": "quotes/sources/text", "entity": "quotes/sources/entity"} | _ENTITY
_ABOUT: Columns = {"entity": "entities/id"} | _ENTITY
_SIDES: Columns = {
    side: {
        "type": "object",
        "description": "One of the two claims.",
        "properties": {
            "article": f"relation:{side}/article",
            "claim": f"relation:{side}/claim",
            "proposition": "claims/proposition",
        },
    }
    for side in ("a", "b")
}


def _made(layer: str) -> Columns:
    return {"annotator": f"{layer}/annotator", "confidence": f"{layer}/confidence", "layer": f"layers/{layer}"}


# The first is the default configuration of the dataset.
VIEWS = (
    View("articles", "a row an article: the whole record", {}),
    View(
        "mentions",
        "a row a mention of an entity",
        {"article": "id", "entity": "entities/id", "label": "entities/label"}
        | _ENTITY
        | {"value": "entities/value", "level": "entities/mentions/level"}
        | _SPAN
        | {"sentence": _SENTENCE}
        | _made("entities"),
    ),
    View(
        "ner",
        "a row a sentence: tokens and IOB2 tags",
        {
            "article": "id",
            "sentence": {"type": "integer", "description": "The place of the sentence in the article, from 0."},
        }
        | _SPAN
        | {
            "tokens": _list("Words, clitics and other single characters.", {"type": "string"}),
            "starts": _list("The first code point of each token in the article.", {"type": "integer"}),
            "ends": _list("The code point after the last one of each token.", {"type": "integer"}),
            "tags": _list("The tag of each token, of the mentions of level name and value.", {"enum": "tags"}),
            "layer": "layers/entities",
        },
    ),
    View(
        "quotes",
        "a row a quote, with who is quoted",
        {"article": "id", "id": "quotes/id", "type": "quotes/type", "medium": "quotes/medium", "text": _TEXT}
        | {name: f"quotes/{name}" for name in ("content", "verbatim", "cue")}
        | {
            "sources": _list(
                "Who is quoted, with name and kb_id of the entity.",
                {
                    "type": "object",
                    "properties": _SPAN | {"entity": "quotes/sources/entity", "role": "quotes/sources/role"} | _ENTITY,
                },
            ),
            "parent": "quotes/parent",
        }
        | _CONTEXT
        | _made("quotes"),
    ),
    View(
        "claims",
        "a row a claim, with who claims it",
        {"article": "id", "id": "claims/id", "proposition": "claims/proposition", "text": _TEXT}
        | {name: f"claims/{name}" for name in ("content", "types", "checkworthiness", "factuality", "quote")}
        | {
            "claimers": _list(
                "The originators of its quote; empty where the article itself claims it, or does not say who does.",
                {"type": "object", "properties": _CLAIMERS},
            ),
            "about": _list("The entities that it is about.", {"type": "object", "properties": _ABOUT}),
        }
        | _CONTEXT
        | _made("claims"),
    ),
    View(
        "relations",
        "a row a pair of claims",
        {"id": "relation:id", "type": "relation:type"}
        | _SIDES
        | {name: f"relation:{name}" for name in ("differs_in", "note", "annotator", "confidence")},
    ),
)


def rows(article: Article) -> dict[str, Iterable[Row]]:
    """Returns the rows of one article in each view except `relations`. Labels are strings."""
    return {
        "articles": [msgspec.to_builtins(article)],
        "mentions": _mentions(article),
        "ner": _ner(article),
        "quotes": _quotes(article),
        "claims": _claims(article),
    }


def relation_rows(relations: Iterable[Relation], propositions: Mapping[str, Mapping[str, str]]) -> Iterator[Row]:
    """Yields the rows of the relations, given the propositions of each article by the ids of its claims."""
    for relation in relations:
        row = msgspec.to_builtins(relation)
        for side in ("a", "b"):
            row[side]["proposition"] = propositions[row[side]["article"]][row[side]["claim"]]
        yield row


def _mentions(article: Article) -> Iterator[Row]:
    around = _finder(article.sentences)
    pairs = [(mention, entity) for entity in article.entities for mention in entity.mentions]
    for mention, entity in sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end, pair[1].id)):
        sentence = around(mention)
        yield {
            "article": article.id,
            "entity": entity.id,
            "label": entity.label,
            "name": entity.name,
            "kb_id": entity.kb_id,
            "value": entity.value,
            "level": mention.level,
            "start": mention.start,
            "end": mention.end,
            "text": mention.text,
            "sentence": sentence and sentence.text,
            "annotator": entity.annotator,
            "confidence": entity.confidence,
            "layer": article.layers.entities,
        }


def _ner(article: Article) -> Iterator[Row]:
    if article.layers.entities == "none":
        return  # rows of nothing but O would say that there are no entities
    tag_at = {start: tag for entity in article.entities for start, tag in _mention_tags(article, entity)}
    for i, sentence in enumerate(article.sentences):
        places = list(tokens(article.text, sentence.start, sentence.end))
        yield {
            "article": article.id,
            "sentence": i,
            "start": sentence.start,
            "end": sentence.end,
            "text": sentence.text,
            "tokens": [article.text[start:end] for start, end in places],
            "starts": [start for start, _ in places],
            "ends": [end for _, end in places],
            "tags": [tag_at.get(start, "O") for start, _ in places],
            "layer": article.layers.entities,
        }


def _mention_tags(article: Article, entity: Entity) -> Iterator[tuple[int, str]]:
    for mention in entity.mentions:
        if mention.flat:
            for i, (start, _) in enumerate(tokens(article.text, mention.start, mention.end)):
                yield start, f"{'I' if i else 'B'}-{entity.label}"


def _quotes(article: Article) -> Iterator[Row]:
    entities = {entity.id: entity for entity in article.entities}
    for quote in article.quotes:
        row = msgspec.to_builtins(quote)
        row["sources"] = [source | _name(entities.get(source["entity"])) for source in row["sources"]]
        yield {
            "article": article.id,
            "text": _joined(quote),
            **row,
            **_context(article, quote),
            "layer": article.layers.quotes,
        }


def _claims(article: Article) -> Iterator[Row]:
    entities = {entity.id: entity for entity in article.entities}
    quotes = {quote.id: quote for quote in article.quotes}
    for claim in article.claims:
        quote = quotes.get(claim.quote or "")
        claimers = [source for source in quote.sources if source.role == "originator"] if quote else []
        yield {
            "article": article.id,
            "text": _joined(claim),
            **msgspec.to_builtins(claim),
            "claimers": [
                {"text": source.text, "entity": source.entity, **_name(entities.get(source.entity or ""))}
                for source in claimers
            ],
            "about": [{"entity": entity, **_name(entities.get(entity))} for entity in claim.about],
            **_context(article, claim),
            "layer": article.layers.claims,
        }


def _name(entity: Entity | None) -> Row:
    return {"name": entity and entity.name, "kb_id": entity and entity.kb_id}


def _joined(marked: Quote | Claim) -> str:
    return " ".join(span.text for span in marked.content)


def _context(article: Article, marked: Quote | Claim) -> Row:
    first, last = marked.content[0], marked.content[-1]
    touched = [zone for zone in article.zones if zone.start < last.end and first.start < zone.end]
    start, end = min(touched[0].start, first.start), max(touched[-1].end, last.end)
    return {"context": article.text[start:end], "context_start": start}


def _finder(sentences: Iterable[Span]) -> Callable[[Mention], Span | None]:
    ordered = list(sentences)
    starts = [sentence.start for sentence in ordered]

    def find(mention: Mention) -> Span | None:
        place = bisect_right(starts, mention.start) - 1
        return ordered[place] if place >= 0 and ordered[place].holds(mention) else None

    return find
