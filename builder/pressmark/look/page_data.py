"""Makes the data that the page's script reads: where each item is, who speaks where, which claims are related."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pressmark.record.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressmark.look.page_people import Speaker
    from pressmark.record.issue import Issue
    from pressmark.record.model import Article
    from pressmark.record.relation import Relation
    from pressmark.scoring import Disagreement

Items = dict[str, dict[str, list[int]]]  # id → role → the starts and ends of its spans, in code points


class Side(NamedTuple):
    """One annotation of an article, with the messages about it by the ids that the page gives them."""

    article: Article
    messages: list[tuple[str, Issue]]

    def items(self, differences: Sequence[tuple[str, Disagreement]] = ()) -> Items:
        """Every item with its spans: ``m`` mentions, ``c`` content, ``s`` source, ``k`` cue, ``d`` addressee, ``w`` a place."""
        found: Items = {}
        for quote in self.article.quotes:
            roles = {"c": quote.content, "s": quote.sources, "k": quote.cue, "d": quote.addressees}
            found[quote.id] = {role: _flat(spans) for role, spans in roles.items() if spans}
        for claim in self.article.claims:
            found[claim.id] = {"c": _flat(claim.content)}
        for entity in self.article.entities:
            found[entity.id] = {"m": _flat(entity.mentions)}
        for name, place in self.places():
            found[name] = {"w": list(place)}
        for name, difference in differences:
            found[name] = {"w": [difference.start, difference.end]}
        return found

    def places(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Where in the text each message belongs, if it is about a part of it."""
        for name, issue in self.messages:
            if (place := _place(self.article, issue.pointer)) is not None:
                yield name, place


def people(speakers: Iterable[Speaker], numbers: dict[str, int]) -> list[object]:
    """Every speaker with the places of the words: the number of the article, the quote, and whose words they are."""
    return [
        [speaker.address, [[numbers[article], quote, how] for (article, quote), how in speaker.words.items()]]
        for speaker in speakers
    ]


def relations(found: Iterable[Relation], numbers: dict[str, int]) -> dict[str, list[int | str]]:
    """Every relation with its two claims, each by the number of its article and its id."""
    return {one.id: [numbers[one.a.article], one.a.claim, numbers[one.b.article], one.b.claim] for one in found}


def _flat(spans: Iterable[Span]) -> list[int]:
    return [offset for span in sorted({span.range for span in spans}) for offset in span]


def _place(article: Article, pointer: str) -> tuple[int, int] | None:
    """The range of the innermost span, or of the first span of the innermost item, that a JSON Pointer leads into."""
    value: object = article
    found = None
    for part in pointer.split("/")[1:]:
        if isinstance(value, tuple):
            value = value[int(part)] if part.isdecimal() and int(part) < len(value) else None
        else:
            value = getattr(value, part, None)
        spans = getattr(value, "content", None) or getattr(value, "mentions", None)
        if isinstance(value, Span):
            found = value.range
        elif spans:
            found = spans[0].range
    return found
