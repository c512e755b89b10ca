"""Adds an annotator to an article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressmark.record.model import Annotator, Article


def sign(article: Article, annotator: Annotator) -> tuple[Article, str]:
    """Add an annotator to the article's list; return the article and the id that the annotator got.

    If another annotator of the article has that id, a number is appended: ``rules-2``.
    """
    taken = {other.id: other for other in article.annotators}
    name, number = annotator.id, 1
    while taken.get(name, annotator) not in {annotator, replace(annotator, id=name)}:
        number += 1
        name = f"{annotator.id}-{number}"
    if name in taken:
        return article, name
    return replace(article, annotators=(*article.annotators, replace(annotator, id=name))), name
