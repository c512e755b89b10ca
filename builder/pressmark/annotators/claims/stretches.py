"""Says where claims can be made: in sentences that attribute nothing, and in what quotes put forward as true.

An interrupted quote is one text: in “The mud,” Lee said, “is everywhere.” the words between are blanked out, so that every
offset stays as it is.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.claims.inserted import INSERTED, inserted
from pressmark.record.marks import CLOSING, OPENING
from pressmark.segment.quotations import quotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.annotators.claims.inserted import Inserted
    from pressmark.record.model import Article, Quote, Span

    Range = tuple[int, int]

_EDGE = 5  # characters: marks, "that "
_BLANK = " \t\n\r\xa0"
# A comma between the parts that stays: behind a condition, and before what can stand alone.
_CONDITION = re.compile(
    r"\W*(?:if|unless|when|while|because|although|though|since|after|before|until|as|no|yes)\b", re.IGNORECASE
)
_ALONE = re.compile(r"\W*(?:and|but|or|so|because|which|who|I|you|he|she|it|we|they|there|this|that)\b", re.IGNORECASE)


# What an article adds behind who said it: "It is safe, Lee said, but divers found a crack".
_REST = re.compile(r",[ \xa0](?:but|while|whereas|although|though)[ \xa0]([^“”\"]{12,})")


class Stretch(NamedTuple):
    """A part of one sentence with one claimer: the source of ``quote``, or the article itself if there is none."""

    start: int
    end: int
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Text:
    """An article's text, and ``words``, the same with spaces for what interrupts a quote or a clause.

    ``gaps``: their places in order. ``inserted``: the relative clauses among them.
    """

    original: str
    words: str
    gaps: tuple[Range, ...]
    inserted: tuple[Inserted, ...] = ()

    def pieces(self, start: int, end: int) -> list[Range]:
        """What ``[start, end)`` consists of without the gaps, and without white space at the edges."""
        inside = [gap for gap in self._near(start, end) if gap[0] < end and gap[1] > start] if self.gaps else []
        if not inside:
            return [(start, end)]
        edges = [start, *(edge for gap in inside for edge in gap), end]
        found = []
        for begin, stop in zip(edges[::2], edges[1::2], strict=True):
            said = self.words[begin:stop]
            if said.strip():
                found.append((begin + len(said) - len(said.lstrip()), stop - len(said) + len(said.rstrip())))
        return found

    def _near(self, start: int, end: int) -> tuple[Range, ...]:
        first = bisect_left(self.gaps, (start, start))
        return self.gaps[max(0, first - 1) : bisect_left(self.gaps, (end, end))]


def joined(article: Article) -> Text:
    """Blank out what interrupts the quotes of an article."""
    contents = sorted(span.start for quote in article.quotes for span in quote.content)
    ends = [sentence.end for sentence in article.sentences]
    found = {gap for quote in article.quotes for gap in _gaps(article.text, quote, ends, contents)}
    relative = tuple(_inserted(article))
    found |= {one.gap for one in relative}
    gaps: list[Range] = []
    words, last = [], 0
    for start, end in sorted(found):
        if start >= last:
            gaps.append((start, end))
            words += [article.text[last:start], " " * (end - start)]
            last = end
    return Text(article.text, "".join(words) + article.text[last:], tuple(gaps), relative)


def _inserted(article: Article) -> Iterator[Inserted]:
    """The relative clauses inserted in sentences that attribute nothing, and ask nothing."""
    starts = sorted(part.start for quote in article.quotes for part in _parts(quote))
    ends = sorted(part.end for quote in article.quotes for part in _parts(quote))
    for sentence in article.sentences:
        if INSERTED not in sentence.text:
            continue
        is_free = bisect_left(starts, sentence.end) == bisect_left(ends, sentence.start + 1)
        if is_free and not sentence.text.rstrip(CLOSING).endswith("?"):
            yield from inserted(article.text, *sentence.range)


def _gaps(text: str, quote: Quote, ends: list[int], contents: list[int]) -> Iterator[Range]:
    """Where a quote is interrupted inside a sentence, with the marks and the comma at both sides."""
    if quote.act != "assertion" or len(quote.content) < 2:
        return
    for one, other in pairwise(quote.content):
        i = bisect_left(ends, one.end)
        is_one_sentence = i < len(ends) and other.start < ends[i]
        if is_one_sentence and bisect_left(contents, one.end) == bisect_left(contents, other.start):
            yield _widened(text, one, other)


def _widened(text: str, one: Span, other: Span) -> Range:
    start, end = one.end, other.start
    is_comma_kept = _CONDITION.match(one.text) or _ALONE.match(other.text) or other.text.lstrip(OPENING)[:1].isupper()
    edge = CLOSING + _BLANK if is_comma_kept else f"{CLOSING}{_BLANK},"
    while start > one.start + 1 and text[start - 1] in edge:
        start -= 1
    while end < other.end - 1 and text[end] in OPENING:
        end += 1
    return start, end


def stretches(article: Article, text: Text) -> Iterator[Stretch]:
    """Each sentence, or, where it attributes something, what it attributes; none inside marks that no quote accounts for."""
    inner = _Inner(article)
    spans = ((span, quote) for quote in article.quotes for span in _whole(quote, text))
    leaves = deque(sorted(spans, key=lambda pair: pair[0]))
    spoken = {part.end for quote in article.quotes for part in (*quote.cue, *quote.sources)}
    marked = deque(sorted(part.range for quote in article.quotes for part in _parts(quote)))
    begun: list[tuple[Range, Quote]] = []
    in_marks = _Marks(article)
    reached = 0  # how far a mark of an attribution goes that began before
    for sentence in article.sentences:
        while marked and marked[0][0] < sentence.end:
            reached = max(reached, marked.popleft()[1])
        while leaves and leaves[0][0][0] < sentence.end:
            begun.append(leaves.popleft())
        begun = [(span, quote) for span, quote in begun if span[1] > sentence.start]
        if reached <= sentence.start:
            if not in_marks.holds(*sentence.range):
                yield Stretch(*sentence.range, None)
        elif reached in spoken and (rest := _REST.match(article.text, reached, sentence.end)):
            yield Stretch(rest.start(1), sentence.end, None)
        for span, quote in begun:
            start, end = max(span[0], sentence.start), min(span[1], sentence.end)
            if not inner.attributes(quote, start, end):
                yield Stretch(start, end, quote)


def _whole(quote: Quote, text: Text) -> list[Range]:
    """The spans of a content, with those as one between which nothing is left."""
    found: list[Range] = []
    for span in quote.content:
        if found and not text.words[found[-1][1] : span.start].strip():
            found[-1] = (found[-1][0], span.end)
        else:
            found.append(span.range)
    return found


def _parts(quote: Quote) -> Iterable[Span]:
    return (*quote.content, *quote.cue, *quote.sources)


def _is_all(quote: Quote, parent: Quote) -> bool:
    """Whether all that somebody says is that something was not said: "nobody had warned her". That is what they claim."""
    parts = sorted(part.range for part in _parts(quote))
    start, end = parent.content[0].start, parent.content[-1].end
    return quote.status == "not_made" and parts[0][0] - start <= _EDGE and end - max(stop for _, stop in parts) <= _EDGE


class _Marks:
    """The outermost quotations of an article. Whole sentences inside are somebody's words, even if nobody knows whose."""

    def __init__(self, article: Article) -> None:
        found = quotations(article.text, (zone.range for zone in article.zones))
        self._ends = [(one.start, one.end) for one in found if one.depth == 0]

    def holds(self, start: int, end: int) -> bool:
        """Whether a sentence stands in one, but for its full stop."""
        before = bisect_right(self._ends, (start, math.inf))
        return before > 0 and end <= self._ends[before - 1][1] + 1


class _Inner:
    """The attributions inside each quote. What a sentence of it says there is theirs, not the quote's."""

    def __init__(self, article: Article) -> None:
        marks: dict[str, list[Range]] = {}
        known = {quote.id: quote for quote in article.quotes}
        for quote in article.quotes:
            if quote.parent and not (quote.parent in known and _is_all(quote, known[quote.parent])):
                marks.setdefault(quote.parent, []).extend(part.range for part in _parts(quote))
        self._starts = {name: sorted(found) for name, found in marks.items()}
        self._reached = {name: list(accumulate((end for _, end in found), max)) for name, found in self._starts.items()}

    def attributes(self, quote: Quote, start: int, end: int) -> bool:
        """Whether an attribution stands in that part of the quote."""
        if quote.id not in self._starts:
            return False
        before = bisect_left(self._starts[quote.id], (end, end))
        return before > 0 and self._reached[quote.id][before - 1] > start
