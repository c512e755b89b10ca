"""Which quotes claims come from: what was asserted, and for a promise or an order the act itself.

Convention: schema/GUIDELINES.md, section 6: no claim comes from a clause that asks, orders, promises or wishes, nor from what
stands inside a quote that is no made assertion. That Brook promised to leave is a claim of whoever says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pressmark.record.model import Article, Quote

_RECIPROCAL = re.compile(r"(?:each other|one another)\b", re.IGNORECASE)
_RELATIVE = re.compile(r",?\s+(who|which|that)\b")
_BINDING = {"commitment", "directive"}


class Act(NamedTuple):
    """Where the text tells of an act: source, cue and content in the cue's sentence, as one range of code points.

    ``claimer`` is the quote around it, None for the article. ``is_bare``: its source stands further off, outside.
    """

    start: int
    end: int
    claimer: Quote | None
    quote: Quote
    is_bare: bool


def asserted(article: Article) -> frozenset[str]:
    """The ids of the quotes that are made assertions and stand in no quote that is not."""
    known = {quote.id: quote for quote in article.quotes}
    return frozenset(name for name, quote in known.items() if _is_free(quote, known))


def _is_free(quote: Quote, known: dict[str, Quote]) -> bool:
    for _ in known:  # parents that go round in a circle end, too
        if not (quote.act == "assertion" and quote.status == "made"):
            return False
        around = known.get(quote.parent or "")
        if around is None:
            return True
        quote = around
    return False


def is_reciprocal(quote: Quote) -> bool:
    """Whether several say something of each other, so that nobody knows what who said: “accused each other”."""
    return _RECIPROCAL.match(quote.content[0].text) is not None


def acts(article: Article, claiming: frozenset[str]) -> list[Act]:
    """The commitments and directives that were made, whose claimer is the article or one of the quotes ``claiming``."""
    known = {quote.id: quote for quote in article.quotes}
    marks = sorted(part.start for quote in article.quotes for part in (*quote.cue, *quote.content))
    ends = [sentence.end for sentence in article.sentences]
    found = []
    for quote in article.quotes:
        claimer = known.get(quote.parent or "")
        is_told = quote.act in _BINDING and quote.status == "made" and bool(quote.cue)
        if is_told and (claimer is None or claimer.id in claiming):
            i = bisect_right(ends, quote.cue[0].start)
            if i < len(ends):
                found.append(_act(quote, claimer, article.sentences[i].range, marks, article.text))
    return found


def _act(quote: Quote, claimer: Quote | None, sentence: tuple[int, int], marks: list[int], text: str) -> Act:
    told = (*quote.cue, *quote.content, *quote.addressees)
    parts = [part for part in told if part.start < sentence[1] and sentence[0] < part.end]
    start, end = min(part.start for part in parts), min(sentence[1], max(part.end for part in parts))
    near = [source for source in quote.sources if sentence[0] <= source.start and source.end <= sentence[1]]
    first = min((_subject(source.start, source.end, start, text) for source in near), default=start)
    is_bare = not near or bisect_left(marks, first) < bisect_left(marks, start)  # something else is said in between
    if not is_bare:
        start, end = min(start, first), max(end, *(source.end for source in near))
    return Act(start, end, claimer, quote, is_bare)


def _subject(start: int, end: int, act: int, text: str) -> int:
    """Where the clause of a speaker begins: at a relative word behind him, if there is one."""
    relative = _RELATIVE.match(text, end, max(end, act))
    return relative.start(1) if relative else start
