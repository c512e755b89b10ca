"""Sources linked to the entities of the article, where that layer is there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from pressmark.model import Source

if TYPE_CHECKING:
    from pressmark.annotate.quotes.layer import Attribution
    from pressmark.annotate.quotes.sources import Range
    from pressmark.model import Article, Entity, Mention

_SPEAKERS = ("PERSON", "ORG", "GPE", "NORP")
_ANTECEDENTS = {
    "he": ("PERSON",),
    "she": ("PERSON",),
    "him": ("PERSON",),
    "her": ("PERSON",),
    "it": ("ORG", "GPE"),
    "they": ("ORG", "NORP", "GPE", "PERSON"),
    "who": _SPEAKERS,
    "which": ("ORG", "GPE", "NORP"),
    "that": ("ORG", "GPE", "NORP"),
}
_REACH = 40  # mentions to look back over


class Links:
    """The mentions of an article's possible speakers, in the order of the text."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        flat = [
            (mention, entity)
            for entity in article.entities
            for mention in entity.mentions
            if entity.label in _SPEAKERS and mention.level in {"name", "nominal"}
        ]
        self._mentions: list[tuple[Mention, Entity]] = sorted(flat, key=lambda pair: (pair[0].start, pair[0].end))
        self._starts = [mention.start for mention, _ in self._mentions]
        self._exact = {
            (mention.start, mention.end): entity.id for entity in article.entities for mention in entity.mentions
        }

    def sources(self, attribution: Attribution) -> tuple[Source, ...]:
        """The source of an attribution; none where it is implicit."""
        if attribution.source is None:
            return ()
        start, end = attribution.source
        entity = self._entity(attribution.source)
        return (Source(start, end, self._text[start:end], entity, "originator"),)

    def _entity(self, source: Range) -> str | None:
        if source in self._exact:
            return self._exact[source]
        word = self._text[source[0] : source[1]].lower()
        if word in _ANTECEDENTS:
            return self._before(source[0], _ANTECEDENTS[word])
        inside = [
            (mention, entity)
            for mention, entity in self._mentions[bisect_left(self._starts, source[0]) : bisect_left(self._starts, source[1])]
            if mention.end <= source[1]
        ]
        for label in _SPEAKERS:
            for _, entity in inside:
                if entity.label == label:
                    return entity.id
        return None

    def _before(self, place: int, labels: tuple[str, ...]) -> str | None:
        """The nearest mention before that fits; of its sentence or the ones before, the subject tends to come first."""
        stop = bisect_right(self._starts, place)
        for mention, entity in reversed(self._mentions[max(0, stop - _REACH) : stop]):
            if entity.label in labels and mention.end <= place:
                return entity.id
        return None
