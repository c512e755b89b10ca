"""An article in which nothing is marked yet."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pressmark.record import contract
from pressmark.record.model import Article, Layers, Metadata

if TYPE_CHECKING:
    from collections.abc import Mapping

UNDETERMINED = "und"  # BCP 47


def bare_article(name: str, text: str, language: str | None = None, metadata: Mapping[str, Any] | None = None) -> Article:
    """Makes an article with the id ``name`` and nothing marked; metadata that are not given are null or empty."""
    known = metadata or {}
    fields: dict[str, Any] = {
        field: _filled(known.get(field), is_list=node["type"] == "array")
        for field, node in contract.at("article", "metadata")["properties"].items()
    }
    return Article(
        schema_version=contract.at("article", "schema_version")["const"],
        offset_unit=contract.at("article", "offset_unit")["const"],
        id=name,
        text=text,
        text_sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        language=UNDETERMINED if language is None else language,
        metadata=Metadata(**fields),
        zones=(),
        sentences=(),
        entities=(),
        quotes=(),
        claims=(),
        annotators=(),
        layers=Layers(zones="none", entities="none", quotes="none", claims="none"),
    )


def _filled(value: Any, *, is_list: bool) -> Any:
    """A list as a tuple, and nothing as an empty one; a value of another type stays, for the schema to refuse."""
    if is_list and (value is None or isinstance(value, list | tuple)):
        return tuple(value or ())
    return value
