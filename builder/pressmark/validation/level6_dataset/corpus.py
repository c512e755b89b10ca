"""Level 6, dataset: what its rules need of each record. All files of one command line, or of one build, are one dataset.

The same records in another format (JSON Lines and Parquet) are the same dataset again, and so no duplicates.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from pathlib import PurePath
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from pressmark.validation.level6_dataset.near_texts import CELL, sketch
from pressmark.validation.level6_dataset.statements import Statement, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Annotation, Article
    from pressmark.record.relation import ClaimReference, Relation
    from pressmark.validation.level6_dataset.near_texts import Sketch
    from pressmark.validation.rule import Problem

    Found = Iterator[tuple["Where", str | None, Problem]]  # the record, the id of its article, what is wrong with it

SPLITS = {"train": "train", "validation": "validation", "valid": "validation", "dev": "validation", "test": "test"}


class Where(NamedTuple):
    """Where a record is: the file, its line, and the JSON Pointer inside the line or file; and its split, if that is known."""

    file: str
    line: int | None
    pointer: str = ""
    known_split: str | None = None

    @property
    def split(self) -> str | None:
        """The split of the record: the one that is known, or the one that the file's name stands for."""
        return self.known_split or split_of(self.file)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file + self.pointer


class Card(NamedTuple):
    """What the dataset's rules need to know about one article."""

    id: str
    text_sha256: bytes | None
    labels: tuple[tuple[str, str, int, str], ...]  # kb_id, label, number and id of the entity
    claims: str
    annotators: str
    sketch: Sketch
    statements: bytes
    duplicate_of: str | None


def card(article: Article | Annotation, *, sketched: bool = False, related: bool = False, with_metadata: bool = True) -> Card:
    """Makes the card of an article or annotation.

    ``sketched``: texts will be compared. ``related``: claims will be. ``with_metadata``: the article's metadata were read.
    """
    text = getattr(article, "text", "") or None  # the decoder reads an annotation as an article without text
    return Card(
        article.id,
        bytes.fromhex(article.text_sha256) if text is not None else None,
        tuple(
            (entity.kb_id, entity.label, e, intern(entity.id))
            for e, entity in enumerate(article.entities)
            if entity.kb_id is not None
        ),
        " ".join(claim.id for claim in article.claims),
        " ".join(annotator.id for annotator in article.annotators),
        sketch(text) if sketched and text is not None else array(CELL),
        pack(article, with_metadata=with_metadata) if related else b"",
        article.metadata.duplicate_of if hasattr(article, "metadata") else None,
    )


def split_of(file: str) -> str | None:
    """The split that a file's name stands for, read as the Hugging Face Hub does: ``test-00000-of-00001.parquet``."""
    path = PurePath(file)
    for name in (path.stem, path.parent.name):
        for word in name.replace("_", "-").replace(".", "-").split("-"):
            if word.lower() in SPLITS:
                return SPLITS[word.lower()]
    return None


@dataclass
class Corpus:
    """All records of one format, as far as the rules of a dataset need them."""

    articles: dict[str, Where] = field(default_factory=dict)
    texts: dict[bytes, tuple[str, Where]] = field(default_factory=dict)
    labels: dict[str, tuple[str, Where, str, str]] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    annotators: dict[str, str] = field(default_factory=dict)
    statements: dict[str, bytes] = field(default_factory=dict)
    duplicates: dict[str, tuple[str, Where]] = field(default_factory=dict)
    relations: list[tuple[Relation, Where]] = field(default_factory=list)
    sketches: list[tuple[Sketch, str, Where]] = field(default_factory=list)
    twice: list[tuple[str, Where, Where]] = field(default_factory=list)
    texts_twice: list[tuple[str, Where, str, Where]] = field(default_factory=list)
    relabelled: list[tuple[str, str, Where, str, int, str]] = field(default_factory=list)

    def add(self, found: Card, where: Where) -> None:
        """Take note of an article that has no error of its own."""
        if (first := self.articles.setdefault(found.id, where)) is not where:
            self.twice.append((found.id, where, first))
        if found.text_sha256 is not None:
            name, place = self.texts.setdefault(found.text_sha256, (found.id, where))
            if place is not where:
                self.texts_twice.append((found.id, where, name, place))
            elif found.sketch:
                self.sketches.append((found.sketch, found.id, where))
        for kb_id, label, number, entity in found.labels:
            if self.labels.setdefault(kb_id, (label, where, found.id, entity))[0] != label:
                self.relabelled.append((kb_id, label, where, found.id, number, entity))
        if found.duplicate_of is not None:
            self.duplicates.setdefault(found.id, (found.duplicate_of, where))
        self.know(found)

    def know(self, found: Card) -> None:
        """Take note of what relations may refer to."""
        self.claims.setdefault(found.id, intern(found.claims))  # the same in most articles, as are annotators
        self.annotators.setdefault(found.id, intern(found.annotators))
        if found.statements:
            self.statements.setdefault(found.id, found.statements)

    def statement(self, claim: ClaimReference) -> Statement | None:
        """What is known of a claim; None where claims were not taken note of."""
        packed = self.statements.get(claim.article)
        return None if packed is None else unpack(packed, self.claims[claim.article].split().index(claim.claim))

    def relate(self, relation: Relation, where: Where) -> None:
        """Take note of a relation."""
        self.relations.append((relation, where))
