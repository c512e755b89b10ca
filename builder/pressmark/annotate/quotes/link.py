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
_GROUPS = ("ORG", "NORP", "GPE", "PERSON")
_ANTECEDENTS = {
    **dict.fromkeys(("he", "she", "him", "her"), ("PERSON",)),
    **dict.fromkeys(("it", "its"), ("ORG", "GPE")),
    **dict.fromkeys(("they", "them"), _GROUPS),
    **dict.fromkeys(("who", "whom"), _SPEAKERS),
    **dict.fromkeys(("which", "that"), ("ORG", "GPE", "NORP")),
}
_SELF = {"i", "we", "me", "us"}
_REACH = 40  # mentions to look back over


class Links:
    """The mentions of those who can speak, in the order of the text."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        found = [
            (mention, entity)
            for entity in article.entities
            for mention in entity.mentions
            if entity.label in _SPEAKERS and mention.level in {"name", "nominal"}
        ]
        self._mentions: list[tuple[Mention, Entity]] = sorted(found, key=lambda pair: (pair[0].start, pair[0].end))
        self._starts = [mention.start for mention, _ in self._mentions]
        self._exact = {(mention.start, mention.end): entity.id for entity in article.entities for mention in entity.mentions}

    def sources(self, attribution: Attribution) -> tuple[Source, ...]:
        """The sources of an attribution; none where it is implicit."""
        return tuple(
            Source(start, end, self._text[start:end], self._entity((start, end), attribution), role)
            for (start, end), role in attribution.sources
        )

    def _entity(self, source: Range, attribution: Attribution) -> str | None:
        """The entity whose mention the source is, whose name it holds, or that its pronoun stands for."""
        word = self._text[slice(*source)].lower()
        if source in self._exact:
            return self._exact[source]
        if word in _SELF:
            parent = attribution.parent
            return self._entity(parent.sources[0][0], parent) if parent and parent.sources else None
        if word in _ANTECEDENTS:
            return self._before(source[0], _ANTECEDENTS[word])
        first, last = bisect_left(self._starts, source[0]), bisect_left(self._starts, source[1])
        inside = [entity for mention, entity in self._mentions[first:last] if mention.end <= source[1]]
        inside.sort(key=lambda entity: _SPEAKERS.index(entity.label))
        return inside[0].id if inside else None

    def _before(self, place: int, labels: tuple[str, ...]) -> str | None:
        """The nearest mention before a pronoun that fits it."""
        stop = bisect_right(self._starts, place)
        for mention, entity in reversed(self._mentions[max(0, stop - _REACH) : stop]):
            if entity.label in labels and mention.end <= place:
                return entity.id
        return None
