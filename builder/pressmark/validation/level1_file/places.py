"""Level 1, file: finds the line and column of an issue. A text is read for this only once something in it is wrong.

Lines and columns count from 1. A column counts code points, as offsets do.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pressmark.record.text import Lines
from pressmark.validation.level1_file.documents import LINE_LIMIT, LINES, is_parquet, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressmark.record.issue import Issue

    Wanted = dict[str, Any]  # the parts of JSON Pointers as a tree

_SPACE = " \t\r\n"
_value_at = json.JSONDecoder().raw_decode


def placed(issues: Sequence[Issue], data: bytes, line: int | None = None) -> list[Issue]:
    """Add to the issues of a JSON text the line and column of the value that each is about.

    ``line`` is the line of a file that the text is; without it, the text is the whole file. An issue whose value is missing
    gets the place of the object where it belongs.
    """
    text = data.decode("utf-8", "replace")
    wanted: Wanted = {}
    for issue in issues:
        node = wanted
        for part in issue.pointer.split("/")[1:]:
            node = node.setdefault(part.replace("~1", "/").replace("~0", "~"), {})
    try:
        offsets = dict(_offsets(text, _after_space(text, 0), wanted, ""))
    except (ValueError, IndexError, RecursionError):  # no JSON text any more
        return list(issues)
    lines = Lines(text)
    return [issue if issue.column else _at(issue, lines, _nearest(offsets, issue.pointer), line) for issue in issues]


def located(issues: Iterable[Issue]) -> Iterator[Issue]:
    """Add lines and columns to issues of JSON files that lack them; reads each of the files again.

    Issues of one file should come together. A file that cannot be read leaves its issues as they are.
    """
    for file, group in groupby(issues, key=lambda issue: issue.file):
        found = list(group)
        if file is None or all(issue.column for issue in found) or not Path(file).is_file():
            yield from found
        else:
            yield from _in_file(Path(file), found)


def _in_file(path: Path, issues: list[Issue]) -> list[Issue]:
    try:
        if is_parquet(path) or path.suffix not in {".json", *LINES}:
            return issues
        if path.suffix in LINES:
            return _in_lines(path, issues)
        return placed(issues, path.read_bytes()) if path.stat().st_size <= LINE_LIMIT else issues
    except OSError:
        return issues


def _in_lines(path: Path, issues: list[Issue]) -> list[Issue]:
    found = list(issues)
    by_line: dict[int | None, list[int]] = {}
    for i, issue in enumerate(issues):
        by_line.setdefault(issue.line, []).append(i)
    with path.open("rb") as file:
        for line, data in texts(file, lines=True):
            if isinstance(data, bytes) and line in by_line:
                numbers = by_line[line]
                for i, issue in zip(numbers, placed([issues[i] for i in numbers], data, line), strict=True):
                    found[i] = issue
    return found


def _at(issue: Issue, lines: Lines, offset: int, line: int | None) -> Issue:
    row, column = lines.place(offset)
    return replace(issue, line=line or row, column=column)


def _nearest(offsets: dict[str, int], pointer: str) -> int:
    while pointer not in offsets:
        pointer = pointer.rpartition("/")[0]
    return offsets[pointer]


def _offsets(text: str, place: int, wanted: Wanted, pointer: str) -> Iterator[tuple[str, int]]:
    """The offset of each wanted value, given the one around them. The parser of `json` steps over all other values."""
    yield pointer, place
    if not wanted or text[place] not in "{[":
        return
    is_object = text[place] == "{"
    place, index, left = _after_space(text, place + 1), 0, set(wanted)
    while left and text[place] not in "}]":
        key = str(index)
        if is_object:
            key, place = _value_at(text, place)
            place = _after_space(text, _after_space(text, place) + 1)
        if key in left:
            left.discard(key)
            inside = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            yield from _offsets(text, place, wanted[key], inside)
        place = _after_space(text, _value_at(text, place)[1])
        place, index = _after_space(text, place + (text[place] == ",")), index + 1


def _after_space(text: str, place: int) -> int:
    while text[place] in _SPACE:
        place += 1
    return place
