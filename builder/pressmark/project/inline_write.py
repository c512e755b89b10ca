"""Writes an annotation as an inline draft, which `pressmark.project.inline` reads back as the same annotation."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pressmark.project.inline_lines import free, in_string
from pressmark.project.inline_spans import Finder
from pressmark.project.inline_text import Mark, marked, usual_level, usual_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.project.inline_spans import Near, Range
    from pressmark.record.model import Addressee, Annotation, Article, Claim, Entity, Mention, Quote, Source, Span

_SIGNED = ("entities", "quotes", "claims")


def write(annotation: Annotation, article: Article) -> str:
    """Writes the annotation of an article as an inline draft."""
    return _Writer(annotation, article).draft()


class _Writer:
    def __init__(self, annotation: Annotation, article: Article) -> None:
        self._annotation = annotation
        self._text = article.text
        self._finder = Finder(article)
        self._contents: dict[str, list[Range]] = {}
        self._by = {layer: _signer(annotation, layer) for layer in _SIGNED}

    def draft(self) -> str:
        """Returns the whole draft."""
        marks, unmarked = _marks(self._annotation.entities)
        lines = [*self._head(), "", marked(self._text, marks), "---", *self._zones(), *self._entities(unmarked)]
        for quote in self._annotation.quotes:
            lines += self._quote(quote)
        for claim in self._annotation.claims:
            lines += self._claim(claim)
        return "\n".join(lines) + "\n"

    def _head(self) -> Iterator[str]:
        yield f"id: {self._annotation.id}"
        for one in self._annotation.annotators:
            version = "" if one.version is None else " " + in_string(one.version)
            yield f"annotator: {one.id} {one.kind} {one.role} {in_string(one.name)}{version}"
        signers = {layer: name for layer, name in self._by.items() if name}
        if len(self._annotation.annotators) > 1 and signers:
            same = len(set(signers.values())) == 1
            yield "by: " + (next(iter(signers.values())) if same else _listed(signers))
        layers = self._annotation.layers
        yield "layers: " + _listed({layer: getattr(layers, layer) for layer in ("zones", *_SIGNED)})

    def _zones(self) -> Iterator[str]:
        for zone in self._annotation.zones:
            yield f"zone {zone.type} {self._span(zone)}"

    def _entities(self, unmarked: set[str]) -> Iterator[str]:
        entities = self._annotation.entities
        every = [entity.id for entity in entities] != sorted((entity.id for entity in entities), key=lambda name: int(name[1:]))
        for entity in entities:
            lines = [*self._entity(entity, is_marked=entity.id not in unmarked)]
            name = (
                "" if entity.name == usual_name((one.text, one.level) for one in entity.mentions) else f" {free(entity.name)}"
            )
            if every or name or lines:
                yield f"{entity.id}{name}"
                yield from lines

    def _entity(self, entity: Entity, *, is_marked: bool) -> Iterator[str]:
        if not is_marked:
            yield f"  label {entity.label}"
            for mention in entity.mentions:
                yield f"  mention {self._span(mention)}{_level(entity, mention)}"
        for name in ("kb_id", "value"):
            if (found := getattr(entity, name)) is not None:
                yield f"  {name} {free(found)}"
        if entity.members:
            yield f"  members {' '.join(entity.members)}"
        yield from self._signed(entity, "entities")

    def _quote(self, quote: Quote) -> Iterator[str]:
        content = [span.range for span in quote.content]
        kind, inside = self._finder.verbatim(content)
        words = ("" if quote.type == kind else f"{quote.type} ") + f"{quote.medium} {quote.act} {quote.status}"
        yield f"{quote.id} {words}"
        if quote.parent:
            yield f"  parent {quote.parent}"
        yield from self._spans("content", quote.content, (self._contents.get(quote.parent or "", []),))
        self._contents[quote.id] = content
        near = self._finder.around(content)
        if [span.range for span in quote.verbatim] != inside:
            yield from self._spans("verbatim", quote.verbatim, near) if quote.verbatim else ["  verbatim"]
        yield from self._spans("cue", quote.cue, near)
        for source in quote.sources:
            yield f"  source {self._speaker(source, near)}{_said_of(source)}"
        for addressee in quote.addressees:
            yield f"  addressee {self._speaker(addressee, near)}"
        yield from self._signed(quote, "quotes")

    def _claim(self, claim: Claim) -> Iterator[str]:
        yield f"{claim.id} {' '.join((*claim.types, claim.checkworthiness, claim.factuality))}"
        if claim.quote:
            yield f"  quote {claim.quote}"
        yield from self._spans("content", claim.content, (self._contents.get(claim.quote or "", []),))
        yield f"  proposition {free(claim.proposition)}"
        if claim.about:
            yield f"  about {' '.join(claim.about)}"
        yield from self._signed(claim, "claims")

    def _span(self, span: Span, near: Near = ()) -> str:
        return self._finder.written(span.start, span.text, near)

    def _spans(self, name: str, spans: Iterable[Span], near: Near) -> Iterator[str]:
        if found := [self._span(span, near) for span in spans]:
            yield f"  {name} {' '.join(found)}"

    def _speaker(self, span: Source | Addressee, near: Near) -> str:
        return self._span(span, near) + (f" {span.entity}" if span.entity else "")

    def _signed(self, item: Entity | Quote | Claim, layer: str) -> Iterator[str]:
        if item.annotator != self._by[layer]:
            yield f"  annotator {item.annotator}"
        if item.confidence is not None:
            yield f"  confidence {item.confidence!r}"


def _signer(annotation: Annotation, layer: str) -> str | None:
    count = Counter(item.annotator for item in getattr(annotation, layer))
    return count.most_common(1)[0][0] if count else None


def _listed(values: dict[str, str]) -> str:
    return ", ".join(f"{layer} {value}" for layer, value in values.items())


def _said_of(source: Source) -> str:
    role = "" if source.role == "originator" else f" {source.role}"
    return role + (f" {source.type}" if source.type else "")


def _level(entity: Entity, mention: Mention) -> str:
    return "" if mention.level == usual_level(entity.label) else f" {mention.level}"


def _marks(entities: Iterable[Entity]) -> tuple[list[Mark], set[str]]:
    """The marks of all mentions, and the entities that marks cannot hold: theirs cross others, or are in another order."""
    chosen = {entity.id: entity for entity in entities if _is_in_order(entity)}
    while True:
        marks = sorted(
            (mark for entity in chosen.values() for mark in _of_entity(entity)), key=lambda mark: (mark.start, -mark.end)
        )
        crossing = _crossing(marks)
        if crossing is None:
            return marks, {entity.id for entity in entities} - chosen.keys()
        del chosen[crossing.words.split()[0]]


def _is_in_order(entity: Entity) -> bool:
    ranges = [(mention.start, -mention.end) for mention in entity.mentions]
    return bool(ranges) and ranges == sorted(ranges)


def _of_entity(entity: Entity) -> Iterator[Mark]:
    for number, mention in enumerate(entity.mentions):
        label = "" if number else f" {entity.label}"
        yield Mark(mention.start, mention.end, f"{entity.id}{label}{_level(entity, mention)}", 0)


def _crossing(marks: Iterable[Mark]) -> Mark | None:
    opened: list[Mark] = []
    for mark in marks:
        while opened and opened[-1].end <= mark.start:
            opened.pop()
        if opened and opened[-1].end < mark.end:
            return mark
        opened.append(mark)
    return None
