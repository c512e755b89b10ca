"""Writes W3C Web Annotations (JSON-LD): one page an article, one annotation a region.

The format: Web Annotation Data Model, W3C Recommendation of 2017. Each target has a position in code points (4.2.5) and a quote
whose prefix and suffix make it unique in the text (4.2.4). There is no way back.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from pressmark.formats.fields import LAYERS, SHAPES, fields
from pressmark.formats.regions import Region, regions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.record.model import Article

KEEPS = fields(*LAYERS) | frozenset({*SHAPES, "metadata"})
SUFFIXES = (".jsonld",)
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # code points on each side of a quote; more only where they do not make it unique


def write(articles: Iterable[Article]) -> Iterator[tuple[str, bytes]]:
    """Returns one page of annotations for each article."""
    for article in articles:
        yield f"{article.id}.jsonld", (json.dumps(_page(article), ensure_ascii=False, indent=1) + "\n").encode()


def _page(article: Article) -> dict[str, Any]:
    name = f"urn:pressmark:{article.id}"
    known = {key: value for key, value in msgspec.to_builtins(article.metadata).items() if value}
    annotations = [_annotation(name, article, region) for region, _ in regions_of(article)]
    return {"@context": CONTEXT, "id": name, "type": "AnnotationPage", "metadata": known, "items": annotations}


def _annotation(name: str, article: Article, region: Region) -> dict[str, Any]:
    bodies: list[dict[str, str]] = [{"type": "TextualBody", "purpose": "classifying", "value": region.label}]
    for key, values in region.attributes.items():
        if key == "kb_id":
            bodies.append({"type": "SpecificResource", "purpose": "identifying", "source": values[0]})
        else:
            bodies += [{"type": "TextualBody", "purpose": "tagging", "value": f"{key}: {value}"} for value in values]
    start, end = region.start, region.end
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    quote = {"type": "TextQuoteSelector"} | quoted(article.text, start, end)
    source = f"urn:sha256:{article.text_sha256}"
    target = {"type": "SpecificResource", "source": source, "selector": [position, quote]}
    return {"id": f"{name}:{region.name}", "type": "Annotation", "motivation": "tagging", "body": bodies, "target": target}


def quoted(text: str, start: int, end: int) -> dict[str, str]:
    """Returns ``text[start:end]`` with as much of the text around it as makes it unique."""
    width = _AROUND
    while True:
        begin, stop = max(0, start - width), end + width
        place = text.find(text[begin:stop])
        is_unique = place == begin and text.find(text[begin:stop], begin + 1) < 0
        if is_unique or (begin == 0 and stop >= len(text)):
            return {"exact": text[start:end], "prefix": text[begin:start], "suffix": text[end:stop]}
        width *= 2
