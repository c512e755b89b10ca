"""Level 2: the forms that the schema gives to strings, and its lists that name each thing once.

`msgspec` can check patterns too, but takes as long for them as for all else: it looks at every string, and most recur.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.record import contract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pressmark.record.contract import Kind, Node

_MOST = 10_000  # strings of a form that are remembered


class _Place(NamedTuple):
    """Where values stand in a record: for each step, what finds them in the value before, and whether they are a list."""

    steps: tuple[tuple[Callable[[Any], Any], bool], ...]
    node: Node

    def values(self, record: object) -> Iterable[Any]:
        found: Iterable[Any] = (record,)
        for step, is_list in self.steps:
            found = chain.from_iterable(map(step, found)) if is_list else map(step, found)
        return found


class _Form:
    """A pattern of the schema, and the strings that are known to match it."""

    def __init__(self, pattern: str) -> None:
        self._search = re.compile(pattern).search
        self._known: set[str | None] = {None}

    def fits(self, found: set[str | None]) -> bool:
        """Whether all of the strings match."""
        new = found - self._known
        if not all(self._search(said) for said in new if said is not None):
            return False
        if len(self._known) > _MOST:
            self._known = {None}
        self._known |= new
        return True


def fits(kind: Kind, record: object) -> bool:
    """Whether a record whose types are right has the forms that the schema gives."""
    patterned, unique = _places(kind)
    return all(form.fits(set(place.values(record))) for place, form in patterned) and all(
        len(set(found)) == len(found) for place in unique for found in place.values(record)
    )


@cache
def _places(kind: Kind) -> tuple[list[tuple[_Place, _Form]], list[_Place]]:
    """The places of strings with a pattern, and of lists that name each thing once."""
    places = list(_all_places(contract.record(kind), ()))
    patterned = [(place, _form(_pattern(place.node))) for place in places if place.node.keys() & {"pattern", "not"}]
    return patterned, [place for place in places if place.node.get("uniqueItems")]


def _all_places(node: Node, steps: tuple[Any, ...]) -> Iterator[_Place]:
    yield _Place(steps, node)
    if "items" in node:
        *before, (step, _) = steps
        yield from _all_places(node["items"], (*before, (step, True)))
    for key, child in node.get("properties", {}).items():
        if key in node["required"]:
            yield from _all_places(child, (*steps, (attrgetter(key), False)))


@cache
def _form(pattern: str) -> _Form:
    return _Form(pattern)


def _pattern(node: Node) -> str:
    """One pattern for the schema's two: what a string is like, and what it must not have.

    That is a line end, before which ``$`` would match, or control characters.
    """
    forbidden = rf"(?s)\A(?!.*{node['not']['pattern']})" if "not" in node else ""
    return rf"{forbidden}(?:{node.get('pattern', '')})"
