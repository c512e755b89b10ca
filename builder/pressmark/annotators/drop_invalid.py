"""Makes proposals valid by leaving out every item that breaks a rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pressmark.record.issue import InvalidError
from pressmark.validation import article_issues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.record.issue import Issue
    from pressmark.record.model import Article


def drop_invalid(
    article: Article, report: Callable[[str], None], found: Callable[[Article], Iterator[Issue]] = article_issues
) -> Article:
    """Leave out every entity, mention, quote and claim in which ``found`` finds an error, and tell ``report`` about each.

    An item that refers to one left out is left out in a later round. Each round drops at least one item, so the loop ends.

    Raises:
        InvalidError: an error is elsewhere than in entities, quotes and claims.
    """
    while issues := [issue for issue in found(article) if issue.severity == "error"]:
        places = {tuple(issue.pointer.split("/")[1:]): issue for issue in issues}
        lists = {place: issue for place, issue in places.items() if place and place[0] in {"entities", "quotes", "claims"}}
        if not lists:
            raise InvalidError(issues)  # what was there before is wrong
        for issue in lists.values():
            report(f"dropped: {issue}")
        article = _without(article, lists)
    return article


def _without(article: Article, places: dict[tuple[str, ...], Issue]) -> Article:
    """Leave out what the pointers name: a mention alone, any other item as a whole."""
    changes: dict[str, Any] = {}
    for kind in {place[0] for place in places}:
        items = list(getattr(article, kind))
        mentions: dict[int, set[int]] = {}
        dropped = set()
        for place in places:
            if place[0] == kind and place[2:3] == ("mentions",):
                mentions.setdefault(int(place[1]), set()).add(int(place[3]))
            elif place[0] == kind:
                dropped.add(int(place[1]))
        for i, gone in mentions.items():
            kept = tuple(mention for m, mention in enumerate(items[i].mentions) if m not in gone)
            items[i] = replace(items[i], mentions=kept)
            dropped |= {i} if not kept else set()
        changes[kind] = tuple(item for i, item in enumerate(items) if i not in dropped)
    return replace(article, **changes)
