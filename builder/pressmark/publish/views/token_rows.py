"""The stretches of an article that become rows of tokens: its sentences, and the zones that have none."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressmark.record.text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.publish.views.columns import Row
    from pressmark.record.model import Article, Span


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A stretch of the text with the offsets of its tokens, in code points of the article."""

    article: Article
    span: Span
    is_sentence: bool
    starts: list[int]
    ends: list[int]

    def range_of(self, span: Span) -> tuple[int, int] | None:
        """The half-open range of the tokens that a span covers wholly or in part, or None."""
        first, end = bisect_left(self.ends, span.start + 1), bisect_left(self.starts, span.end)
        return (first, end) if first < end else None

    def columns(self, number: int) -> Row:
        """The columns `TOKENS`."""
        text = self.article.text
        return {
            "id": f"{self.article.id}:{number}",
            "article": self.article.id,
            "start": self.span.start,
            "end": self.span.end,
            "text": self.span.text,
            "tokens": [text[start:end] for start, end in zip(self.starts, self.ends, strict=True)],
            "starts": self.starts,
            "ends": self.ends,
        }


def token_rows(article: Article) -> list[TokenRow]:
    """The sentences and the zones without sentences, in the order of the text."""
    return [_row(article, span, is_sentence=is_sentence) for span, is_sentence in sorted(_stretches(article), key=_start)]


def _start(stretch: tuple[Span, bool]) -> int:
    return stretch[0].start


def _stretches(article: Article) -> Iterator[tuple[Span, bool]]:
    yield from ((sentence, True) for sentence in article.sentences)
    yield from ((zone, False) for zone in article.zones if not zone.prose)


def _row(article: Article, span: Span, *, is_sentence: bool) -> TokenRow:
    places = list(tokens(article.text, span.start, span.end))
    return TokenRow(article, span, is_sentence, [start for start, _ in places], [end for _, end in places])


def tagged(row: TokenRow, marked: Iterable[tuple[str, Span]]) -> list[str]:
    """The IOB2 tag of each token; a token keeps the first tag that it gets."""
    tags = ["O"] * len(row.starts)
    for role, span in marked:
        before = None  # the last token that got a tag of this span
        for i in range(*(row.range_of(span) or (0, 0))):
            if tags[i] == "O":
                tags[i] = f"{'B' if before is None or before < i - 1 else 'I'}-{role}"
                before = i
    return tags
