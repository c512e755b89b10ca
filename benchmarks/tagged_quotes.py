"""Measures how well tags become quotes: the tags of the gold quotes of PolNeAR are turned back into quotes.

No model is involved, so every difference comes from `pressmark.annotators.quote_tagger`. Contents, cues and sources are
compared span by span: ``python benchmarks/tagged_quotes.py FOLDER``.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from annotate import articles

from pressmark.annotators import quote_tagger
from pressmark.annotators.models import Model, Span
from pressmark.publish.views.quotes import attribution_rows
from pressmark.publish.views.token_rows import token_rows
from pressmark.record.model import Annotator
from pressmark.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.record.model import Article, Quote

ARTICLES = 120  # the first ones of those that are not held out


def main() -> None:
    """Print what came back of the quotes of a folder."""
    found: Counter[str] = Counter()
    for article in articles(Path(sys.argv[1]), "developing")[:ARTICLES]:
        gold = segment(article)
        tags = list(_tags(gold))
        bare = replace(gold, quotes=(), layers=replace(gold.layers, quotes="none"))
        model = Model("gold", Annotator("gold", "model", "annotator", "gold", None), frozenset(), partial(_again, tags))
        made = {_content(quote): quote for quote in quote_tagger.quotes(bare, model).quotes}
        for quote in gold.quotes:
            found.update(_same(quote, made.get(_content(quote))))
    for name, number in found.items():
        print(f"{name:24} {number:6,}")


def _again(tags: list[list[Span]], _: list[str]) -> list[list[Span]]:
    return tags


def _tags(article: Article) -> Iterator[list[Span]]:
    rows = {row["start"]: row for row in attribution_rows(article, token_rows(article))}
    for sentence in article.sentences:
        row = rows[sentence.start]
        words = zip(row["starts"], row["ends"], row["tags"], strict=True)
        yield list(_joined((start - sentence.start, end - sentence.start, tag) for start, end, tag in words))


def _joined(words: Iterable[tuple[int, int, str]]) -> Iterator[Span]:
    """The spans of IOB2 tags."""
    last: Span | None = None
    for start, end, tag in words:
        if last and tag == f"I-{last.label}":
            last = last._replace(end=end)
            continue
        if last:
            yield last
        last = None if tag == "O" else Span(start, end, tag[2:], 1.0)
    if last:
        yield last


def _content(quote: Quote) -> tuple[tuple[int, int], ...]:
    return tuple(span.range for span in quote.content)


def _same(gold: Quote, found: Quote | None) -> Iterator[str]:
    yield "quotes"
    if not found:
        return
    yield "content as in the gold"
    if [span.range for span in gold.cue] == [span.range for span in found.cue]:
        yield "cue as in the gold"
    if sorted(span.range for span in gold.sources) == sorted(span.range for span in found.sources):
        yield "sources as in the gold"
    elif not found.sources:
        yield "source left open"
    elif not any(one.overlaps(other) for one in gold.sources for other in found.sources):
        yield "source somebody else"


main()
