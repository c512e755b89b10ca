"""Reads the lines of an inline draft: blocks, their fields, and the quoted spans and words in a field.

A place in a draft is the offset of a code point in its file, until an issue turns it into line and column.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from pressmark.record import contract
from pressmark.record.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STRING = r'"(?:[^"\\]|\\.)*"(?=\s|$)'
_PART = re.compile(
    rf"\s*(?:(?P<text>{_STRING})(?:\s+#(?P<number>[0-9]{{1,9}})(?=\s|$))?(?:\s+in\s+(?P<context>{_STRING}))?|(?P<word>[^\s\"]+))"
)
_HEAD = re.compile(r"(?P<id>[eqc][1-9][0-9]{0,8}|zone)(?:\s+(?P<words>.*))?")
_FIELD = re.compile(r"\s+(?P<name>[a-z_]+)(?:\s+(?P<value>.*))?")


class WrongError(Exception):
    """Something in an inline draft is not written as `docs/inline.md` says; ``place`` is its offset in the file."""

    def __init__(self, message: str, place: int) -> None:
        self.place = place
        super().__init__(message)


class Part(NamedTuple):
    """A word of a field, or a quoted span with its number or context."""

    place: int
    word: str
    text: str | None = None
    number: int | None = None
    context: str | None = None


class Field(NamedTuple):
    """A line below the head of a block; ``place`` is that of its value, ``name_place`` that of its name."""

    name: str
    value: str
    place: int
    name_place: int


class Block(NamedTuple):
    """An entity, quote, claim or zone: its id (of a zone ``zone``), the rest of its first line, and its fields."""

    id: str
    words: str
    place: int
    fields: list[Field]


def blocks(lines: str, place: int, wrong: list[WrongError]) -> Iterator[Block]:
    """Reads the blocks of a draft. A line that belongs to none is added to ``wrong``."""
    block: Block | None = None
    for match in re.finditer(r"[^\n]+", lines):
        line, here = match[0].rstrip(), place + match.start()
        if head := _HEAD.fullmatch(line):
            if block:
                yield block
            block = Block(head["id"], head["words"] or "", here + max(head.start("words"), 0), [])
        elif block and (field := _FIELD.fullmatch(line)):
            name, value = (here + max(field.start(part), 0) for part in ("name", "value"))
            block.fields.append(Field(field["name"], field["value"] or "", value if field["value"] else name, name))
        elif line:
            known = 'begins no block ("e1", "q1", "c1", "zone") and is no field of one; indent a field by two spaces'
            said = f"{quoted(line)} {known}"
            wrong.append(WrongError(said, here))
    if block:
        yield block


def parts(value: str, place: int) -> list[Part]:
    """Reads the quoted spans and the words of a field.

    Raises:
        WrongError: a quotation is not closed, or is no JSON string.
    """
    found, at, value = [], 0, value.rstrip()
    while at < len(value):
        match = _PART.match(value, at)
        if match is None:
            stop = at + len(value[at:]) - len(value[at:].lstrip())
            raise WrongError(
                r'this quotation is never closed; end it with ", and write \" for such a mark inside', place + stop
            )
        here = place + (match.start("word") if match["word"] else match.start("text"))
        text, context = (match[name] and string(match[name], here) for name in ("text", "context"))
        found.append(Part(here, match["word"] or "", text, int(match["number"]) if match["number"] else None, context))
        at = match.end()
    return found


def string(written: str, place: int) -> str:
    """Reads free text: as it stands, or as a JSON string if it begins with a quotation mark.

    Raises:
        WrongError: it is no JSON string.
    """
    if not written.startswith('"'):
        return written
    try:
        return str(json.loads(written, strict=False))
    except ValueError:
        raise WrongError(rf'{quoted(written)} is no JSON string; write \" for " and \\ for \ inside it', place) from None


def in_string(text: str) -> str:
    """Writes a text as a JSON string."""
    return json.dumps(text, ensure_ascii=False)


def free(text: str) -> str:
    """Writes free text as it stands if `string` then reads the same, and as a JSON string otherwise."""
    return text if text.strip() == text and text.isprintable() and not text.startswith('"') and text else in_string(text)


def key_of(word: str, path: str, keys: Iterable[str], place: int) -> str:
    """Returns which of these keys of the schema has the word among its labels.

    Raises:
        WrongError: none has.
    """
    labels = {key: contract.labels(contract.at("article", f"{path}/{key}")) for key in keys}
    for key, known in labels.items():
        if word in known:
            return key
    listed = "; ".join(f"{key}: {', '.join(known)}" for key, known in labels.items())
    raise WrongError(f"{quoted(word)} is no label here; write one of {listed}", place)
