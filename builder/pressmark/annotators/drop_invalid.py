"""Makes proposals valid by leaving out every item that breaks a rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pressmark.project.proposals import LAYERS
from pressmark.record.issue import InvalidError
from pressmark.segment import segment
from pressmark.validation import article_issues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.project.proposals import Ids
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


def drop_beside(article: Article, report: Callable[[str], None], new: Ids) -> Article:
    """Leave out new items until nothing is wrong but what was wrong before. ``new`` has their ids, by layer.

    An item that is not new always stays, and ``report`` is told what is wrong with it. If a new item makes it wrong, the new
    items that share a character with it are left out.
    """
    old = _only_old(article, new)
    before = {_named(old, issue): issue for issue in _errors(old)}
    for issue in before.values():
        report(f"kept, but not valid: {issue}")
    while wrong := [issue for issue in _errors(article) if _named(article, issue) not in before]:
        found = {place: issue for issue in wrong if (place := _place(issue)) and _id(article, place) in new[place[0]]}
        if not found:
            found = {place: issue for issue in wrong for place in _beside(article, issue, new)}
        if not found:
            raise InvalidError(wrong)
        for issue in dict.fromkeys(found.values()):
            report(f"dropped: {issue}")
        article = segment(_without(article, found))
    return article


def _errors(article: Article) -> list[Issue]:
    return [issue for issue in article_issues(article) if issue.severity == "error"]


def _place(issue: Issue) -> tuple[str, ...]:
    """The keys of an issue's pointer if it leads to an item, else nothing."""
    place = tuple(issue.pointer.split("/")[1:])
    return place if place and place[0] in LAYERS else ()


def _id(article: Article, place: tuple[str, ...]) -> str:
    found: str = getattr(article, place[0])[int(place[1])].id
    return found


def _named(article: Article, issue: Issue) -> tuple[str, ...]:
    """What an issue is about, whatever the numbers of the items: its code, the layer and the id."""
    place = _place(issue)
    return (issue.code, place[0], _id(article, place)) if place else (issue.code, issue.pointer)


def _only_old(article: Article, new: Ids) -> Article:
    changes: dict[str, Any] = {
        layer: tuple(item for item in getattr(article, layer) if item.id not in new[layer]) for layer in LAYERS
    }
    return segment(replace(article, **changes))


def _beside(article: Article, issue: Issue, new: Ids) -> list[tuple[str, ...]]:
    """The new items that share a character with the item that an issue is about; if there are none, all new items."""
    everything: list[tuple[str, ...]] = [
        (layer, str(i)) for layer in LAYERS for i, item in enumerate(getattr(article, layer)) if item.id in new[layer]
    ]
    if not (place := _place(issue)):
        return everything
    about = f"/{place[0]}/{place[1]}/"
    spans = [(tuple(pointer.split("/")[1:3]), pointer.startswith(about), span) for pointer, span in article.spans()]
    inside = [span for _, is_there, span in spans if is_there]
    near = {name for name, _, span in spans if any(span.overlaps(one) for one in inside)}
    return [one for one in everything if one in near] or everything


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
