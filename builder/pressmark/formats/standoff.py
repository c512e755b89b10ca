"""Reads brat's standoff files: a text, and beside it a file ``.ann`` of spans, events, attributes, relations and notes.

The format: Stenetorp et al. 2012; brat manual, "standoff". brat counts Unicode code points, as we do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_BOUND = re.compile(r"(T[0-9]+)\t([^\t ]+) ([0-9]+ [0-9]+(?:;[0-9]+ [0-9]+)*)(?:\t|\Z)")
_EVENT = re.compile(r"(E[0-9]+)\t([^\s:]+):(\S+)((?: \S+:\S+)*)\s*\Z")
_ATTRIBUTE = re.compile(r"[AM][0-9]+\t(\S+) (\S+)(?: (\S+))?\s*\Z")
_RELATION = re.compile(r"R[0-9]+\t(\S+) Arg1:(\S+) Arg2:(\S+)\s*\Z")
_REFERENCE = re.compile(r"N[0-9]+\tReference (\S+) (\S+)")
_NOTE = re.compile(r"#[0-9]+\t\S+ (\S+)\t(.*?)\s*\Z")

Range = tuple[int, int]


class Bound(NamedTuple):
    """A text-bound annotation: its label, and the parts of the text that it marks (code points)."""

    label: str
    parts: tuple[Range, ...]


class Event(NamedTuple):
    """An event: its id, its type, and its arguments in order as role (without number) and id."""

    id: str
    type: str
    arguments: tuple[tuple[str, str], ...]

    def of(self, role: str) -> list[str]:
        """Returns the ids of the arguments in a role."""
        return [target for name, target in self.arguments if name == role]


@dataclass
class Standoff:
    """The lines of one file, by what they say."""

    bounds: dict[str, Bound] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    attributes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def read(path: Path) -> tuple[str, Standoff]:
    """Reads ``NAME.ann``, and the text ``NAME.txt`` beside it.

    A span's copy of its text may run over several lines; it is not read. Lines of other kinds are passed over.

    Raises:
        InvalidError: a line is not standoff, or an event refers to something that does not exist.
        OSError: a file cannot be read.
    """
    text = _decoded(path.with_suffix(".txt"))
    lines = _decoded(path).split("\n")
    found = Standoff()
    for number, line in enumerate(lines, 1):
        if match := _BOUND.match(line):
            found.bounds[match[1]] = Bound(match[2], _parts(path, number, match[3], len(text)))
        elif re.match(r"T[0-9]+\t", line):
            raise _wrong(path, number, f'{quoted(line)} is not a span; brat writes "T1<tab>Label start end<tab>text"')
    for number, line in enumerate(lines, 1):
        _add(found, path, number, line)
    return text, found


def _add(found: Standoff, path: Path, number: int, line: str) -> None:
    if match := _EVENT.match(line):
        arguments = []
        for argument in match[4].split():
            role, _, target = argument.partition(":")
            if target not in found.bounds:
                raise _wrong(path, number, f"{match[1]} refers to {quoted(target)}, but no line defines it")
            arguments.append((role.rstrip("0123456789"), target))
        found.events.append(Event(match[1], match[2], tuple(arguments)))
    elif match := _ATTRIBUTE.match(line):
        found.attributes[match[2]][match[1]] = match[3] or ""
    elif match := _RELATION.match(line):
        found.relations.append((match[1], match[2], match[3]))
    elif match := _REFERENCE.match(line):
        found.references[match[1]] = match[2]
    elif match := _NOTE.match(line):
        found.notes[match[1]] = match[2]


def _parts(path: Path, number: int, written: str, size: int) -> tuple[Range, ...]:
    parts = tuple((int(start), int(end)) for start, end in (pair.split() for pair in written.split(";")))
    for start, end in parts:
        if end <= start:
            raise _wrong(path, number, f'span {start} {end} ends before it starts; brat writes "start end"')
        if end > size:
            raise _wrong(path, number, f"span {start} {end} runs past the text, which has {size} code points")
    return parts


def joined(text: str, parts: Iterable[Range], *, over_lines: bool) -> list[Range]:
    """Returns the parts in order; those that only white space separates are one, also over line ends if so wanted."""
    found: list[Range] = []
    for start, end in sorted(parts):
        gap = text[found[-1][1] : start] if found else "-"
        if not gap.strip() and (over_lines or "\n" not in gap):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidError([Issue("brat", f"byte {error.start} is not UTF-8; save it as UTF-8", file=str(path))]) from None


def _wrong(path: Path, line: int, message: str) -> InvalidError:
    return InvalidError([Issue("brat", message, file=str(path), line=line)])
