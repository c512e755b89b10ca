"""Writes articles as inline drafts, for people to edit in any editor. `pressmark anchor` reads them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.formats.fields import LAYERS, SHAPES, fields
from pressmark.project import annotation_files, inline_write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.record.model import Article

KEEPS = fields(*LAYERS) | frozenset(SHAPES)


def write(articles: Iterable[Article]) -> Iterator[tuple[str, bytes]]:
    """Writes each article as ``ID.inline``."""
    for article in articles:
        yield f"{article.id}.inline", inline_write.write(annotation_files.annotation_of(article), article).encode()
