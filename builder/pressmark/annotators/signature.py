"""Whose annotation it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressmark.record.model import Annotator, Article


def sign(article: Article, annotator: Annotator) -> tuple[Article, str]:
    """The article with the annotator among its own, and the id that it goes by there: another one's id is never taken."""
    taken = {other.id: other for other in article.annotators}
    name, number = annotator.id, 1
    while taken.get(name, annotator) not in {annotator, replace(annotator, id=name)}:
        number += 1
        name = f"{annotator.id}-{number}"
    if name in taken:
        return article, name
    return replace(article, annotators=(*article.annotators, replace(annotator, id=name))), name
