"""What several rules need to know of one article, found out once, when the first of them asks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import attrgetter, lt
from typing import TYPE_CHECKING

from pressmark.record.text import quoted, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressmark.record.model import Article, Entity, Mention, Path, Quote, Span

    Range = tuple[int, int]
    MentionAt = tuple[int, int, int, int, Mention]  # start, end, the number of its entity, its number there, and itself

_start = attrgetter("start")


class Facts:
    """Facts about one article; all places are in code points of its text.

    The spans of the article are columns of equal length, in the order of `Article.spans`: ``starts``, ``ends``, ``cuts`` (what
    the text says there). JSON Pointers are made only where a rule finds something.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.text
        self._reaches: dict[str, list[Range]] = {}

    @cached_property
    def utf8(self) -> bytes:
        """The text's bytes."""
        return self.text.encode("utf-8", "surrogatepass")

    @cached_property
    def lists(self) -> list[tuple[Path, Sequence[Span]]]:
        """Every list of spans with its path; see `Article.span_lists`."""
        return list(self.article.span_lists())

    @cached_property
    def longer_lists(self) -> list[tuple[Path, Sequence[Span]]]:
        """Those lists of spans that have several."""
        return [(path, spans) for path, spans in self.lists if len(spans) > 1]

    @cached_property
    def spans(self) -> list[Span]:
        """Every span."""
        return [span for _, spans in self.lists for span in spans]

    @cached_property
    def starts(self) -> list[int]:
        """Where each span starts."""
        return [span.start for span in self.spans]

    @cached_property
    def ends(self) -> list[int]:
        """Where each span ends."""
        return [span.end for span in self.spans]

    @cached_property
    def cuts(self) -> list[str]:
        """What the text says at each span."""
        text = self.text
        return [text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]

    @cached_property
    def pointers(self) -> list[str]:
        """The JSON Pointer of each span: costly, so asked for only where something is wrong."""
        return [pointer for pointer, _ in self.article.spans()]

    @cached_property
    def outside(self) -> set[int]:
        """The numbers of the spans that are empty, run backwards or end behind the text."""
        starts, ends, size = self.starts, self.ends, len(self.text)
        if all(map(lt, starts, ends)) and max(ends, default=0) <= size:
            return set()
        return {i for i, (start, end) in enumerate(zip(starts, ends, strict=True)) if not start < end <= size}

    @cached_property
    def misfits(self) -> set[int]:
        """The numbers of the other spans that say something else than the text does there, or start before it."""
        said = [span.text for span in self.spans]
        if said == self.cuts and min(self.starts, default=0) >= 0:
            return set()
        columns = zip(self.starts, said, self.cuts, strict=True)
        return {i for i, (start, one, other) in enumerate(columns) if start < 0 or one != other} - self.outside

    @cached_property
    def fitting(self) -> Sequence[int]:
        """The numbers of the spans that fit the text."""
        wrong = self.outside | self.misfits
        every = range(len(self.spans))
        return [i for i in every if i not in wrong] if wrong else every

    # Tokens. Most spans stand between spaces, so hardly a text needs to be cut into tokens.

    @cached_property
    def tokens(self) -> list[Range]:
        """All tokens of the text."""
        return list(tokens(self.text))

    @cached_property
    def _token_starts(self) -> frozenset[int]:
        return frozenset(start for start, _ in self.tokens)

    @cached_property
    def late_starts(self) -> set[int]:
        """The starts of spans that are inside a token; level 3 must have found no error."""
        text = self.text
        return {at for at in set(self.starts) if at and not text[at - 1].isspace() and not self._is_between(at)}

    @cached_property
    def early_ends(self) -> set[int]:
        """The ends of spans that are inside a token; level 3 must have found no error."""
        text, size = self.text, len(self.text)
        return {at for at in set(self.ends) if at < size and not text[at].isspace() and not self._is_between(at)}

    def _is_between(self, at: int) -> bool:
        """Whether one token ends and another begins at a place without white space on either side."""
        known = _are_apart(self.text[at - 1 : at + 1])
        if known is None and self.text[at - 1] in "'’":  # which begins a token in any case
            return next(tokens(self.text, at - 1))[1] == at
        return at in self._token_starts if known is None else known

    def whole_words(self, span: Span) -> str:
        """The tokens that a span cuts or contains, quoted."""
        places = self.tokens
        first = max(0, bisect_right(places, (span.start, len(self.text))) - 1)
        last = min(len(places) - 1, bisect_left(places, span.end, key=lambda place: place[1]))
        return quoted(self.text[min(places[first][0], span.start) : max(places[last][1], span.end)])

    # Mentions, sentences, quotes

    @cached_property
    def mentions(self) -> list[MentionAt]:
        """Every mention, by place."""
        return sorted(
            (mention.start, mention.end, e, m, mention)
            for e, entity in enumerate(self.article.entities)
            for m, mention in enumerate(entity.mentions)
        )

    @cached_property
    def flat_mentions(self) -> list[MentionAt]:
        """Those of the mentions, by place, that never overlap each other."""
        return [found for found in self.mentions if found[4].flat]

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The entities by their ids."""
        return {entity.id: entity for entity in self.article.entities}

    def reaches(self, entity: str) -> list[Range]:
        """Where each mention of an entity starts, in order, and how far it and those before it reach."""
        if entity not in self._reaches:
            places = sorted(mention.range for mention in self.entities[entity].mentions)
            ends = accumulate((end for _, end in places), max)
            self._reaches[entity] = [(start, end) for (start, _), end in zip(places, ends, strict=True)]
        return self._reaches[entity]

    @cached_property
    def sentence_edges(self) -> list[int]:
        """Where sentences start and end, in order."""
        return sorted(edge for sentence in self.article.sentences for edge in sentence.range)

    @cached_property
    def quotes(self) -> dict[str, Quote]:
        """The quotes by their ids."""
        return {quote.id: quote for quote in self.article.quotes}

    @cached_property
    def contents(self) -> dict[str, Sequence[Span]]:
        """The content of each quote by the quote's id."""
        return {quote.id: quote.content for quote in self.article.quotes}

    @cached_property
    def children(self) -> dict[str, list[Range]]:
        """The stretches of text that the children of a quote hold together, in order and disjoint, by the quote's id."""
        held: dict[str, list[Range]] = {}
        for quote in self.article.quotes:
            if quote.parent is not None:
                held.setdefault(quote.parent, []).extend(span.range for span in quote.content)
        return {parent: _joined(sorted(places)) for parent, places in held.items()}


def _joined(places: list[Range]) -> list[Range]:
    """The stretches that sorted places cover; those that overlap are one."""
    found: list[Range] = []
    for start, end in places:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


@lru_cache(maxsize=2**14)
def _are_apart(pair: str) -> bool | None:
    """Whether two characters beside each other belong to different tokens, or None where that depends on those around."""
    first = pair[0]
    answers = {
        len(before + first) in {start for start, _ in tokens(before + pair + after)}
        for before in ("", "a", "!")
        for after in ("", "e", "l", "!")
    }
    return answers.pop() if len(answers) == 1 else None


def holds(spans: Sequence[Span], other: Span) -> bool:
    """Whether one of the spans, which are sorted and disjoint, contains the other."""
    i = bisect_right(spans, other.start, key=_start) - 1
    return i >= 0 and other.end <= spans[i].end


def touches(spans: Sequence[Span], other: Span) -> bool:
    """Whether one of the spans, which are sorted and disjoint, shares a character with the other."""
    i = bisect_right(spans, other.end - 1, key=_start) - 1
    return i >= 0 and spans[i].end > other.start
