"""Finds where the spans of a model's draft stand, although it counts nothing: in reading order, in any spelling.

Models leave out which "she" they mean, write straight marks for curly ones, a capital at the beginning, other white space. What
is nowhere in the article stays as it was, so that anchoring reports it.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from pressmark.project.drafts import start_of
from pressmark.project.near_miss import alike

if TYPE_CHECKING:
    from pressmark.record.model import Article

    Place = tuple[int, int]

_SKIPPED = {"related_link", "boilerplate"}  # zones in which nothing is annotated
_PARTS = ("cue", "sources", "addressees")


def aligned(draft: dict[str, Any], article: Article) -> dict[str, Any]:
    """The draft with a ``start`` in every span that has a place in the article, and the article's own spelling."""
    return _Aligning(article).draft(draft)


class _Aligning:
    def __init__(self, article: Article) -> None:
        self._article, self._text = article, article.text
        self._skipped = [(zone.start, zone.end) for zone in article.zones if zone.type in _SKIPPED]
        self._ends = [sentence.end for sentence in article.sentences]
        self._known: dict[str, list[Place]] = {}

    def draft(self, draft: dict[str, Any]) -> dict[str, Any]:
        made = dict(draft)
        if isinstance(draft.get("entities"), list):
            made["entities"] = self._entities(draft["entities"])
        quotes = {}
        if isinstance(draft.get("quotes"), list):
            made["quotes"] = self._in_order(draft["quotes"], {})
            made["quotes"] = [self._quote(quote) for quote in made["quotes"]]
            quotes = {quote.get("id"): quote for quote in made["quotes"] if isinstance(quote, dict)}
        if isinstance(draft.get("claims"), list):
            made["claims"] = self._in_order(draft["claims"], quotes)
        return made

    def _places(self, span: Any) -> list[Place]:
        """Where a span may stand: just there if it says so, else where its words are, in their spelling or another one."""
        if isinstance(span, str):
            words = span
        elif isinstance(span, dict) and isinstance(span.get("text"), str):
            words = span["text"]
            if {"occurrence", "context", "start"} & span.keys() and (start := start_of(self._article, span)) is not None:
                return [(start, start + len(words))]
        else:
            return []
        if words not in self._known:
            found = alike(self._text, words)
            self._known[words] = [one for one in found if not any(a <= one[0] < b for a, b in self._skipped)] or found
        return self._known[words]

    def _at(self, span: Any, place: Place) -> dict[str, Any]:
        rest = (
            {key: value for key, value in span.items() if key not in {"occurrence", "context"}}
            if isinstance(span, dict)
            else {}
        )
        return rest | {"text": self._text[place[0] : place[1]], "start": place[0]}

    def _entities(self, entities: list[Any]) -> list[Any]:
        """Reads the article once. At each place, the entity that waits for these words takes it, the nearest one first."""
        waiting = {
            i: [(mention, places) for mention in entity["mentions"] if (places := self._places(mention))]
            for i, entity in enumerate(entities)
            if isinstance(entity, dict) and isinstance(entity.get("mentions"), list)
        }
        made: dict[int, list[Any]] = {i: [] for i in waiting}
        last = dict.fromkeys(waiting, (-1, -1))
        for place in sorted({place for several in waiting.values() for _, places in several for place in places}, key=_longest):
            takers = [i for i, several in waiting.items() if several and place in several[0][1] and not _inside(place, last[i])]
            if takers:
                i = max(takers, key=lambda one: last[one])
                mention, _ = waiting[i].pop(0)
                made[i].append(self._at(mention, place))
                last[i] = place
        for i, several in waiting.items():
            made[i] += [mention for mention, _ in several]
        lost = {i: [one for one in entities[i]["mentions"] if not self._places(one)] for i in waiting}
        return [entity | {"mentions": made[i] + lost[i]} if i in made else entity for i, entity in enumerate(entities)]

    def _in_order(self, items: list[Any], quotes: dict[Any, Any]) -> list[Any]:
        """Quotes or claims whose contents follow each other; a claim is looked for inside its quote first."""
        made, reached = [], 0
        for item in items:
            if not isinstance(item, dict) or not isinstance(item.get("content"), list):
                made.append(item)
                continue
            quote = quotes.get(item.get("quote"))
            inside = [place for span in quote.get("content", ()) if (place := _range(span))] if quote else []
            content, here = [], reached
            for span in item["content"]:
                places = self._places(span)
                within = [place for place in places if any(a <= place[0] and place[1] <= b for a, b in inside)] or places
                place = next((one for one in within if one[0] >= here), within[-1] if within else None)
                content.append(span if place is None else self._at(span, place))
                here = place[1] if place else here
            first = next((span["start"] for span in content if _range(span)), reached)
            reached = max(reached, first)
            made.append(item | {"content": content})
        return made

    def _quote(self, quote: Any) -> Any:
        """The other parts of a quote: verbatim inside its content, the others as near to it as they stand."""
        content = [place for span in quote.get("content") or () if (place := _range(span))] if isinstance(quote, dict) else []
        if not content:
            return quote
        made = dict(quote)
        for part in (*_PARTS, "verbatim"):
            if isinstance(quote.get(part), list):
                made[part] = [self._near(span, content, part) for span in quote[part]]
        return made

    def _near(self, span: Any, content: list[Place], part: str) -> Any:
        places = self._places(span)
        if part == "verbatim":
            places = [place for place in places if any(_inside(place, one) for one in content)]
        else:
            places = [place for place in places if not any(_inside(place, one) for one in content)] or places
        if not places:
            return span
        return self._at(span, min(places, key=lambda place: self._distance(place, content)))

    def _distance(self, place: Place, content: list[Place]) -> tuple[int, int]:
        """How many sentences, then how many code points, a place is away from a content."""
        ends = content[0][0], content[-1][1]
        sentences = min(abs(self._sentence(place[0]) - self._sentence(edge)) for edge in (ends[0], ends[1] - 1))
        return sentences, min(max(one[0] - place[1], place[0] - one[1], 0) for one in content)

    def _sentence(self, offset: int) -> int:
        return bisect_right(self._ends, offset)


def _longest(place: Place) -> tuple[int, int]:
    return place[0], -place[1]


def _inside(place: Place, other: Place) -> bool:
    return other[0] <= place[0] and place[1] <= other[1]


def _range(span: Any) -> Place | None:
    if isinstance(span, dict) and isinstance(span.get("start"), int) and isinstance(span.get("text"), str):
        return span["start"], span["start"] + len(span["text"])
    return None
