"""The types of a record and nothing else.

They mirror ``schema/*.schema.json`` field by field (a test compares the two). All are frozen, and their lists are tuples,
so a stage can only make a new article, never change one. Nothing here checks anything; `pressmark.validation` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pressmark.record.issue import json_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    Path = tuple[str | int, ...]  # of keys and indices

SchemaVersion = Literal["2.0.0"]
OffsetUnit = Literal["code_point"]
ZoneType = Literal[
    "headline",
    "subheadline",
    "dateline",
    "byline",
    "caption",
    "photo_credit",
    "source_credit",
    "body",
    "related_link",
    "correction",
    "boilerplate",
]
EntityLabel = Literal[
    "PERSON",
    "NORP",
    "FAC",
    "ORG",
    "GPE",
    "LOC",
    "PRODUCT",
    "EVENT",
    "WORK_OF_ART",
    "LAW",
    "LANGUAGE",
    "DATE",
    "TIME",
    "PERCENT",
    "MONEY",
    "QUANTITY",
    "ORDINAL",
    "CARDINAL",
]
MentionLevel = Literal["name", "nominal", "pronoun", "value"]
QuoteType = Literal["direct", "indirect", "mixed"]
Medium = Literal["speech", "writing", "thought"]
Act = Literal["assertion", "question", "directive", "commitment", "expressive"]
Status = Literal["made", "not_made", "expected", "possible"]
SourceRole = Literal["originator", "intermediary"]
SourceType = Literal["official", "expert", "witness", "participant", "document", "media"]
ClaimType = Literal["event_property", "numerical", "causal", "position_statement", "prediction", "rule"]
Checkworthiness = Literal["non_factual", "unimportant_factual", "check_worthy"]
Factuality = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "CTu", "Uu"]
AnnotatorKind = Literal["human", "model", "rules", "import"]
AnnotatorRole = Literal["annotator", "adjudicator", "reviewer"]
Inferable = Literal[
    "title",
    "publisher",
    "author",
    "published",
    "url",
    "license",
    "source_file",
    "translated_from",
    "duplicate_of",
    "language",
]
Layer = Literal["none", "silver", "gold"]
UNORDERED = frozenset({"mentions", "sources", "addressees"})  # lists of spans that may stand in any order, one over another


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range ``[start, end)`` of Unicode code points in ``Article.text``.

    ``text`` repeats ``Article.text[start:end]``, so a shifted offset shows at once.
    """

    start: int
    end: int
    text: str

    @property
    def range(self) -> tuple[int, int]:
        """Its two offsets, as code that needs no text takes them."""
        return self.start, self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether every character of the other is in this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Zone(Span):
    """A stretch of the text with one function on the page (IPTC ninjs, schema.org)."""

    type: ZoneType

    @property
    def prose(self) -> bool:
        """Whether it is written in sentences."""
        return self.type in {"body", "headline", "subheadline", "caption"}


@dataclass(frozen=True, slots=True, order=True)
class Mention(Span):
    """One place where the article refers to an entity (ACE)."""

    level: MentionLevel

    @property
    def flat(self) -> bool:
        """Whether it never overlaps another one like it, and so is a tag of the view `ner`."""
        return self.level in {"name", "value"}


@dataclass(frozen=True, slots=True)
class Source(Span):
    """One place where the article names the source of a quote (PARC 3.0)."""

    entity: str | None
    role: SourceRole
    type: SourceType | None


@dataclass(frozen=True, slots=True)
class Addressee(Span):
    """One place where the article names whom the source of a quote speaks to (FrameNet Communication, Addressee)."""

    entity: str | None


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world, or one value, with all its mentions (ACE, OntoNotes 5)."""

    id: str
    label: EntityLabel
    name: str
    kb_id: str | None
    value: str | None
    members: tuple[str, ...]
    mentions: tuple[Mention, ...]
    annotator: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Quote:
    """An attribution: somebody is reported to say, write or think something (PARC 3.0, PolNeAR).

    ``content``, ``verbatim`` and ``cue`` are sorted, disjoint spans: more than one where the text interrupts them.
    """

    id: str
    type: QuoteType
    medium: Medium
    act: Act
    status: Status
    content: tuple[Span, ...]
    verbatim: tuple[Span, ...]
    cue: tuple[Span, ...]
    sources: tuple[Source, ...]
    addressees: tuple[Addressee, ...]
    parent: str | None
    annotator: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition put forward as true by the sources of its quote or, without a quote, by the article itself."""

    id: str
    content: tuple[Span, ...]
    proposition: str
    types: tuple[ClaimType, ...]
    checkworthiness: Checkworthiness
    factuality: Factuality
    quote: str | None
    about: tuple[str, ...]
    annotator: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Annotator:
    """Somebody or something that worked on the annotation of the article."""

    id: str
    kind: AnnotatorKind
    role: AnnotatorRole
    name: str
    version: str | None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of the article as a publication; ``published`` is an ISO 8601 date, the languages are BCP 47 tags."""

    title: str | None
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    license: str | None
    source_file: str | None
    translated_from: str | None
    duplicate_of: str | None
    inferred: tuple[Inferable, ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """How far each layer was annotated; tells "not annotated" from "there is none"."""

    zones: Layer
    entities: Layer
    quotes: Layer
    claims: Layer


@dataclass(frozen=True, slots=True)
class Annotation:
    """What annotators marked in one article: ``annotations/<id>.json``. Empty zones with layer none: the rules' zones hold."""

    id: str
    text_sha256: str
    zones: tuple[Zone, ...]
    entities: tuple[Entity, ...]
    quotes: tuple[Quote, ...]
    claims: tuple[Claim, ...]
    annotators: tuple[Annotator, ...]
    layers: Layers


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, verbatim, and everything that was marked in it. All offsets count code points of ``text``."""

    schema_version: SchemaVersion
    offset_unit: OffsetUnit
    id: str
    text: str
    text_sha256: str
    language: str
    metadata: Metadata
    zones: tuple[Zone, ...]
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    quotes: tuple[Quote, ...]
    claims: tuple[Claim, ...]
    annotators: tuple[Annotator, ...]
    layers: Layers

    def span_lists(self) -> Iterator[tuple[Path, tuple[Span, ...]]]:
        """Every list of spans with the keys and indices that lead to it; first those whose order matters."""
        yield ("zones",), self.zones
        yield ("sentences",), self.sentences
        for q, quote in enumerate(self.quotes):
            yield ("quotes", q, "content"), quote.content
            yield ("quotes", q, "verbatim"), quote.verbatim
            yield ("quotes", q, "cue"), quote.cue
        for c, claim in enumerate(self.claims):
            yield ("claims", c, "content"), claim.content
        for e, entity in enumerate(self.entities):
            yield ("entities", e, "mentions"), entity.mentions
        for q, quote in enumerate(self.quotes):
            yield ("quotes", q, "sources"), quote.sources
            yield ("quotes", q, "addressees"), quote.addressees

    def fragments(self) -> Iterator[tuple[str, tuple[Span, ...]]]:
        """Every list of spans whose order matters, with its JSON Pointer (RFC 6901)."""
        for path, spans in self.span_lists():
            if path[-1] not in UNORDERED:
                yield json_pointer(path), spans

    def spans(self) -> Iterator[tuple[str, Span]]:
        """Every span of the record with its JSON Pointer (RFC 6901)."""
        for path, spans in self.span_lists():
            for i, span in enumerate(spans):
                yield json_pointer((*path, i)), span
