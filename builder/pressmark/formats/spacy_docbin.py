"""Writes and reads spaCy's DocBin, the format that ``spacy train`` takes.

``doc.ents`` has the names and values, which never overlap; ``doc.spans["sc"]`` all mentions; ``doc.spans["quotes"]`` sources,
cues, contents and addressees; ``doc.spans["claims"]`` the claims. Knowledge base ids stand in ``kb_id_``. The other attributes
stand in ``doc.user_data["pressmark"]``, by the span's ``id_``. An import reads the groups, and those of ``doc.ents`` that
stand where ``doc.spans["sc"]`` has no span: they are names or values.
"""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
import spacy
from spacy.tokens import Doc, DocBin, SpanGroup
from spacy.util import filter_spans

from pressmark.formats.fields import LAYERS, SHAPES, fields
from pressmark.formats.reconcile import Foreign
from pressmark.formats.regions import Region, items, regions_of
from pressmark.formats.words import words
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted
from pressmark.validation.level5_guidelines.values import VALUE_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.record.model import Article

KEEPS = fields(*LAYERS) | frozenset({*SHAPES, "metadata"})
SUFFIXES = (".spacy",)
GROUPS = {"entity": "sc", "role": "quotes", "claim": "claims"}  # "sc" is what spaCy's spancat learns by default


def write(articles: Iterable[Article]) -> Iterator[tuple[str, bytes]]:
    """Returns one file of documents. Their tokens are spaCy's for the language, cut where a span begins or ends inside one."""
    found = DocBin(store_user_data=True)
    for article in articles:
        found.add(document(article))
    yield "articles.spacy", found.to_bytes()


@cache
def _pipeline(language: str) -> Any:
    try:
        return spacy.blank(language.partition("-")[0].lower())
    except ImportError:  # spaCy has no such language, or lacks its tokenizer
        return spacy.blank("xx")


def document(article: Article, nlp: Any = None) -> Any:
    """Returns an article as a ``Doc`` of the pipeline ``nlp``, or of a blank one of the article's language."""
    text, pipeline = article.text, nlp or _pipeline(article.language)
    regions = [region for region, _ in regions_of(article)]
    tokens = ((token.idx, token.idx + len(token)) for token in pipeline.tokenizer(text))
    found = list(words(text, tokens, (edge for region in regions for edge in (region.start, region.end))))
    doc = Doc(pipeline.vocab, [text[word.start : word.end] for word in found], [word.is_spaced for word in found])
    linked = {entity.id: entity.kb_id or "" for entity in article.entities}
    made = {
        region.name: doc.char_span(
            region.start,
            region.end,
            label=region.label,
            kb_id=linked.get(region.one("entity_id") or "", ""),
            span_id=region.name,
        )
        for region in regions
    }
    for kind, group in GROUPS.items():
        own = [made[region.name] for region in regions if region.kind == kind]
        doc.spans[group] = SpanGroup(doc, name=group, spans=own)
    doc.set_ents(filter_spans([made[region.name] for region in regions if region.one("level") in {"name", "value"}]))
    doc.user_data["pressmark"] = {
        "id": article.id,
        "text_sha256": article.text_sha256,
        "metadata": msgspec.to_builtins(article.metadata),
        "attributes": {region.name: region.attributes for region in regions},
    }
    return doc


def read(path: Path) -> Iterator[Foreign]:
    """Reads the documents of a file. Documents without ``user_data`` belong to no article.

    Raises:
        InvalidError: the file is not a DocBin.
        OSError: the file cannot be read.
    """
    try:
        docs = list(DocBin().from_bytes(path.read_bytes()).get_docs(spacy.blank("xx").vocab))
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise InvalidError([Issue("spacy", f"is not a DocBin of spaCy: {error}", file=str(path))]) from None
    for number, doc in enumerate(docs, 1):
        yield _foreign(path, number, doc)


def _foreign(path: Path, number: int, doc: Any) -> Foreign:
    known = doc.user_data.get("pressmark", {})
    name = str(known.get("id", f"of document {number}, which has no user_data"))
    wrong: list[Issue] = []

    def report(region: str, message: str) -> None:
        wrong.append(Issue("spacy", f"span {quoted(region)} {message}", file=str(path), article=name))

    found = items(_regions(doc, known.get("attributes", {})), doc.text, report)
    return Foreign(name, known.get("text_sha256"), doc.text, found, tuple(wrong))


def _regions(doc: Any, attributes: dict[str, dict[str, list[str]]]) -> Iterator[Region]:
    for kind, group in GROUPS.items():
        for i, span in enumerate(doc.spans.get(group, ()), 1):
            yield _region(span, span.id_ or f"{group}{i}", kind, attributes)
    known = {(span.start, span.end) for span in doc.spans.get(GROUPS["entity"], ())}
    for i, span in enumerate(doc.ents, 1):
        if (span.start, span.end) not in known:
            level = {} if span.label_ in VALUE_LABELS else {"level": ["name"]}
            yield _region(span, f"ents{i}", "entity", {f"ents{i}": level})


def _region(span: Any, name: str, kind: str, attributes: dict[str, dict[str, list[str]]]) -> Region:
    own = {key: value for key, value in attributes.get(name, {}).items() if key != "kb_id"}
    linked = {"kb_id": [span.kb_id_]} if span.kb_id_ else {}
    return Region(name, kind, span.label_, span.start_char, span.end_char, own | linked)
