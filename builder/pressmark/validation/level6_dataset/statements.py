"""What the rules about relations need of each claim, in ten bytes: a corpus of millions of articles has that many claims."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from pressmark.record.model import Annotation, Article, Entity, Quote

_PACKED = Struct("<IccI")
_VOICES = (b"p", b"v")  # of articles themselves
_SINGLE = (b"k", b"n")  # of one person or body each


class Statement(NamedTuple):
    """A claim: checksum of its proposition, sign (``+``, ``-`` or ``u``), kind of its claimer, checksum of the claimer.

    The kinds: ``p`` an article by its publisher, ``v`` an article whose publisher was not looked up, ``k`` an entity by its
    ``kb_id``, ``n`` a named entity of the article, ``l`` another one, or several, ``?`` unknown.
    """

    proposition: int
    sign: bytes
    kind: bytes
    claimer: int


def pack(article: Article | Annotation, *, with_metadata: bool) -> bytes:
    """Packs the claims of an article, in their order. ``with_metadata``: a null publisher is unknown, not only not read."""
    quotes = {quote.id: quote for quote in article.quotes}
    entities = {entity.id: entity for entity in article.entities}
    metadata = getattr(article, "metadata", None) if with_metadata else None
    voice = (b"v", 0) if metadata is None else (b"p", _sum(_folded(metadata.publisher or f"\0{article.id}")))
    found = bytearray()
    for claim in article.claims:
        quote = quotes.get(claim.quote or "")
        claimer = _claimer(quote, entities) if quote else voice
        found += _PACKED.pack(_sum(_folded(claim.proposition)), claim.factuality[-1].encode(), *claimer)
    return bytes(found)


def unpack(packed: bytes, number: int) -> Statement:
    """The claim with this number."""
    return Statement(*_PACKED.unpack_from(packed, number * _PACKED.size))


def same_claimer(one: Statement, other: Statement, *, same_article: bool) -> bool | None:
    """Whether two claims have one claimer; None where that is not sure."""
    kinds = (one.kind, other.kind)
    if b"?" in kinds:
        return None
    if (one.kind in _VOICES) != (other.kind in _VOICES):
        return False
    if same_article and one[2:] == other[2:]:
        return True
    if kinds in {(b"p", b"p"), (b"k", b"k")}:
        return one.claimer == other.claimer
    return False if same_article and one.kind in _SINGLE and other.kind in _SINGLE else None


def _claimer(quote: Quote, entities: dict[str, Entity]) -> tuple[bytes, int]:
    """The kind and checksum of who claims what a quote says. A group may hold another claimer, so only equality is sure."""
    names = sorted({source.entity or "" for source in quote.sources if source.role == "originator"})
    entity = entities.get(names[0]) if names else None
    if entity is None:
        return b"?", 0  # also where an annotation that was not checked names an entity that it does not have
    if len(names) == 1 and not entity.members:
        if entity.kb_id is not None:
            return b"k", _sum(entity.kb_id)
        if any(mention.level == "name" for mention in entity.mentions):
            return b"n", _sum(entity.id)
    return b"l", _sum(" ".join(names))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _sum(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))
