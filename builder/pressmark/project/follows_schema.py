"""Fast schema check: whether a record follows its JSON Schema, in a fraction of the time that `jsonschema` takes.

It says yes or no. Only `jsonschema` says what is wrong, so it runs on a record that this check refuses.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from pressmark.record import contract
from pressmark.validation import decoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.record.contract import Kind, Node

    Path = tuple[str, ...]

_ITEMS = "[]"  # the step of a path from a list to its items


def follows_schema(kind: Kind, record: object) -> bool:
    """Whether a record follows the schema of its kind. True is sure; False means that `jsonschema` has to look.

    Takes parsed JSON or a type of the model.
    """
    try:
        found = msgspec.convert(record, decoder.decoder(kind).type, from_attributes=True)
    except (msgspec.MsgspecError, RecursionError):
        return False
    return all(holds(value) for path, holds in _constraints(kind) for value in _values(found, path) if value is not None)


@cache
def _constraints(kind: Kind) -> list[tuple[Path, Callable[[Any], object]]]:
    """What the decoder's types cannot express: patterns, and lists whose items all differ."""
    return list(_constraints_of(contract.record(kind), ()))


def _constraints_of(node: Node, path: Path) -> Iterator[tuple[Path, Callable[[Any], object]]]:
    if "pattern" in node:
        yield path, re.compile(node["pattern"].removeprefix("^").removesuffix("$")).fullmatch
    if node.get("uniqueItems"):
        yield path, lambda items: len(set(items)) == len(items)
    if "items" in node:
        yield from _constraints_of(node["items"], (*path, _ITEMS))
    for name, child in node.get("properties", {}).items():
        yield from _constraints_of(child, (*path, name))


def _values(record: Any, path: Path) -> list[Any]:
    values = [record]
    for name in path:
        values = list(chain.from_iterable(values)) if name == _ITEMS else [getattr(value, name) for value in values]
    return values
