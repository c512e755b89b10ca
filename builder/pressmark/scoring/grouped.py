"""Puts the articles of several sides together by their ids, and says what does not fit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted
from pressmark.scoring.pair import Pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pressmark.record.model import Article

_SHOWN = 30  # code points of two texts that a message shows


class _Named(Protocol):
    @property
    def id(self) -> str | None: ...


N = TypeVar("N", bound=_Named)


def relabelled(article: Article, labels: Mapping[str, str]) -> Article:
    """The article with other names for the entity labels in ``labels``."""
    renamed = (replace(entity, label=cast(Any, labels.get(entity.label, entity.label))) for entity in article.entities)
    return replace(article, entities=tuple(renamed))


def paired(
    gold: Iterable[Article], pred: Iterable[Article], *, common: bool = False, is_bare: bool = False
) -> tuple[list[Pair], list[str]]:
    """Pair the articles of both sides, sorted by id. With ``common``, also return the ids that only one side has.

    Raises:
        InvalidError: as for `grouped`.
    """
    groups, alone = grouped({"the gold": gold, "the prediction": pred}, common=common)
    return [Pair(one, other, is_bare=is_bare) for one, other in groups], alone


def grouped(sides: Mapping[str, Iterable[Article]], *, common: bool = False) -> tuple[list[tuple[Article, ...]], list[str]]:
    """Group the articles of several sides, sorted by id. With ``common``, also return the ids that not every side has.

    Raises:
        InvalidError: an id is there twice, not on every side, or with two texts; or no article is left.
    """
    groups, alone, issues = by_id(sides, common=common)
    for group in groups:
        issues += two_texts(group, list(sides))
    if issues:
        raise InvalidError(issues)
    return groups, alone


def by_id(sides: Mapping[str, Iterable[N]], *, common: bool = False) -> tuple[list[tuple[N, ...]], list[str], list[Issue]]:
    """Group what has an id, sorted by it; also return the ids that not every side has, and what is wrong."""
    issues: list[Issue] = []
    found = {name: _by_id(items, name, issues) for name, items in sides.items()}
    shared = set.intersection(*(set(items) for items in found.values()))
    alone = sorted(set().union(*found.values()) - shared)
    if not common:
        issues += _lonely(alone, found)
    if not issues and not shared:
        issues = [Issue("score-nothing", f"the {len(found)} sides have no article in common")]
    return [tuple(items[name] for items in found.values()) for name in sorted(shared)], alone, issues


def _by_id(articles: Iterable[N], side: str, issues: list[Issue]) -> dict[str, N]:
    found: dict[str, N] = {}
    for article in articles:
        if article.id is None:
            continue
        if article.id in found:
            issues.append(Issue("score-twice", f"occurs twice in {side}", article=article.id))
        found[article.id] = article
    return found


def _lonely(names: list[str], sides: Mapping[str, Mapping[str, object]]) -> Iterator[Issue]:
    for name in names:
        has, lacks = (
            " and ".join(side for side, articles in sides.items() if (name in articles) is there) for there in (True, False)
        )
        yield Issue("score-article", f"is in {has}, but not in {lacks}; --common takes only what all have", article=name)


def two_texts(group: Sequence[Article], names: Sequence[str]) -> Iterator[Issue]:
    """What is wrong if the articles of a group do not have one text."""
    one = group[0]
    for other, name in zip(group[1:], names[1:], strict=True):
        if one.text != other.text:
            at = next((i for i, (a, b) in enumerate(zip(one.text, other.text, strict=False)) if a != b), None)
            at = min(len(one.text), len(other.text)) if at is None else at
            there = (quoted(side.text[at : at + _SHOWN]) for side in (one, other))
            message = f"the two annotate different texts: at {at}, {names[0]} has {{}}, and {name} has {{}}".format(*there)
            yield Issue("score-text", message, "/text", article=one.id)
