"""Divides a long article into pieces that a chat model can answer whole, and joins what it found in them.

A model reads more than a piece: some of the text before and after it, so that it sees who speaks. What begins in a piece is
taken from the answer about that piece alone, so it is there once.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pressmark.project.references import linked, references
from pressmark.record.model import Span
from pressmark.record.text import quoted
from pressmark.validation.level5_guidelines.values import VALUE_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.annotators.chat.answer import Report
    from pressmark.project.references import Renamed
    from pressmark.record.model import Article, Claim, Entity

    Made = dict[str, list[Any]]  # by layer

S = TypeVar("S", bound=Span)

LONGEST = 6000  # code points of a piece; an answer is some eight times as long, and many models write no more at once
_AROUND = 800  # code points that are read before and after a piece, up to the end of a paragraph
_ENDS = ("\n", " ")
_SPANS = ("mentions", "content", "verbatim", "cue", "sources", "addressees")


class Piece(NamedTuple):
    """The code points ``[start, end)`` of an article, and ``[first, last)``, which the model reads for them."""

    start: int
    end: int
    first: int
    last: int

    def owns(self, span: Span) -> bool:
        """Whether a span begins in it."""
        return self.start <= span.start < self.end


def pieces(text: str) -> list[Piece]:
    """Divide a text at the ends of paragraphs, or of words where a paragraph is too long."""
    cuts = [0]
    while len(text) - cuts[-1] > LONGEST:
        cuts.append(_last_end(text, cuts[-1] + LONGEST // 2, cuts[-1] + LONGEST))
    cuts.append(len(text))
    return [Piece(start, end, _before(text, start), _after(text, end)) for start, end in pairwise(cuts)]


def _before(text: str, start: int) -> int:
    """Where the first paragraph, else the first word, begins that is read before a piece."""
    least = start - _AROUND
    if least <= 0:
        return 0
    return next((found + 1 for mark in _ENDS if (found := text.find(mark, least, start - 1)) >= 0), least)


def _after(text: str, end: int) -> int:
    return len(text) if end + _AROUND >= len(text) else _last_end(text, end, end + _AROUND)


def _last_end(text: str, least: int, most: int) -> int:
    """The last end of a paragraph, else of a word, in ``text[least:most]``, else ``most``."""
    return next((found + 1 for mark in _ENDS if (found := text.rfind(mark, least, most)) >= 0), most)


def cut(article: Article, piece: Piece) -> Article:
    """The article as the model reads it for a piece: text, zones and sentences. A short article stays as it is."""
    if (piece.first, piece.last) == (0, len(article.text)):
        return article
    text = article.text[piece.first : piece.last]
    return replace(
        article, text=text, zones=tuple(_within(article.zones, piece)), sentences=tuple(_within(article.sentences, piece))
    )


def _within(spans: tuple[S, ...], piece: Piece) -> Iterator[S]:
    for span in spans:
        start, end = max(span.start, piece.first), min(span.end, piece.last)
        if start < end:
            text = span.text[start - span.start : end - span.start]
            yield replace(span, start=start - piece.first, end=end - piece.first, text=text)


def joined(parts: list[tuple[Piece, Made]], report: Report) -> Made:
    """Join what was found in the pieces of an article, in its offsets. Entities that several pieces have become one."""
    if len(parts) == 1:
        return parts[0][1]
    joining = _Joining(report)
    for piece, made in parts:
        joining.add(piece, {layer: [_moved(item, piece.first) for item in items] for layer, items in made.items()})
    return joining.made()


class _Joining:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._entities: list[tuple[Entity, Renamed]] = []
        self._mentioned: dict[tuple[int, int], int] = {}  # in any piece: the index of the entity
        self._named: dict[tuple[str, str], int] = {}
        self._items: dict[str, list[tuple[Any, Renamed]]] = {"quotes": [], "claims": []}
        self._places: dict[tuple[tuple[int, int], ...], str] = {}  # of contents: the id of the quote

    def add(self, piece: Piece, made: Made) -> None:
        renamed: Renamed = {"entities": {}, "quotes": {}}
        for entity in made["entities"]:
            renamed["entities"].setdefault(entity.id, f"e{self._entity(entity, piece, renamed) + 1}")
        for quote in made["quotes"]:
            place = tuple(span.range for span in quote.content)
            if piece.owns(quote.content[0]):
                self._places.setdefault(place, f"q{len(self._items['quotes']) + 1}")
                self._items["quotes"].append((quote, renamed))
            renamed["quotes"].setdefault(quote.id, self._places.get(place))
        self._items["claims"] += [(claim, renamed) for claim in made["claims"] if piece.owns(claim.content[0])]

    def _entity(self, entity: Entity, piece: Piece, names: Renamed) -> int:
        """The index of an entity: of one that is named at the same place or has the same name, or of a new one.

        Two values may have the same name ("two" of this and "two" of that), so only their places count.
        """
        flat = [mention.range for mention in entity.mentions if mention.flat]
        name = entity.label, entity.name.casefold()
        same = None if entity.label in VALUE_LABELS else self._named.get(name)
        i = next((self._mentioned[place] for place in flat if place in self._mentioned), same)
        if i is None:
            i = len(self._entities)
            self._entities.append((replace(entity, mentions=()), names))
        self._named.setdefault(name, i)
        for place in flat:
            self._mentioned.setdefault(place, i)
        own = tuple(mention for mention in entity.mentions if piece.owns(mention))
        first, its_names = self._entities[i]
        self._entities[i] = replace(first, mentions=first.mentions + own), its_names
        return i

    def made(self) -> Made:
        """The joined items. Their ids count from 1; entities that only overlaps mention are left out."""
        entities = [(replace(one, id=f"e{i}"), names) for i, (one, names) in enumerate(self._entities, 1)]
        gone: Renamed = {"quotes": {}, "entities": {one.id: None for one, _ in entities if not one.mentions}}
        found = [self._linked(one, names, gone) for one, names in entities if one.mentions]
        quotes = [self._linked(one, names, gone) for one, names in self._items["quotes"]]
        return {"entities": found, "quotes": _numbered("q", quotes), "claims": _numbered("c", self._claims(gone))}

    def _claims(self, gone: Renamed) -> Iterator[Claim]:
        for claim, names in self._items["claims"]:
            if found := self._linked(claim, names, gone):
                yield found
            else:
                self._report(f"dropped: a claim of a quote that no piece has: {quoted(claim.proposition)}")

    def _linked(self, item: Any, names: Renamed, gone: Renamed) -> Any:
        """The item with new ids in its references. What no piece has is left open, so that no new id means it."""
        unknown: Renamed = {"entities": {}, "quotes": {}}
        for layer, name in references(item):
            unknown[layer][name] = None
        found = linked(item, {layer: unknown[layer] | names[layer] for layer in unknown})
        return found and linked(found, gone)


def _numbered(letter: str, items: Iterable[Any]) -> list[Any]:
    return [replace(item, id=f"{letter}{number}") for number, item in enumerate(items, 1)]


def _moved(item: Any, by: int) -> Any:
    """An item with all its spans so many code points further on."""
    spans: dict[str, Any] = {
        name: tuple(replace(span, start=span.start + by, end=span.end + by) for span in getattr(item, name))
        for name in _SPANS
        if hasattr(item, name)
    }
    return replace(item, **spans)
