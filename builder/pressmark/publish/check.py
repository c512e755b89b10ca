"""`build --check`: finds where `data/` differs from what the seeds and annotations make."""

from __future__ import annotations

import filecmp
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pressmark.publish.build import DATA, make
from pressmark.publish.checksums import entries
from pressmark.publish.swap import was_stopped
from pressmark.record.issue import Issue, json_pointer
from pressmark.record.text import excerpt, shortened
from pressmark.validation import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Unpack

    from pressmark.publish.build import Options


_SHOWN = 5  # differences of one record that are listed


def check(project: Path, **options: Unpack[Options]) -> list[Issue]:
    """Builds into a temporary folder, from nothing, and compares. Writes nothing into the project.

    Raises:
        InvalidError: the build stops, because an article, an annotation or a relation is wrong.
        OSError: something cannot be read or written.
    """
    with TemporaryDirectory(prefix="pressmark-") as folder:
        new = Path(folder)
        make(project, new, **options)
        made = {Path(name) for name in entries(new)}
        there = {DATA / name for name in entries(project / DATA)}
        issues = list(_stopped(project))
        issues += [
            Issue("check-missing", "is missing; run `pressmark build`", file=str(project / path))
            for path in made - there
            if not (project / path).is_file()
        ]
        issues += [
            Issue("check-extra", "a build does not make this file; remove it", file=str(project / path))
            for path in there - made
        ]
        for path in sorted(made):
            if (project / path).is_file():
                issues += [issue.within(str(project / path)) for issue in _differences(project / path, new / path)]
    return sorted(issues, key=lambda issue: (issue.file or "", issue.line or 0))


def _stopped(project: Path) -> Iterator[Issue]:
    if was_stopped(project):
        yield Issue("check-stopped", "a build was stopped while it replaced files; run `pressmark build`", file=str(project))


def _differences(old: Path, new: Path) -> Iterator[Issue]:
    if filecmp.cmp(old, new, shallow=False):
        return
    if new.suffix == ".jsonl":
        with old.open("rb") as there, new.open("rb") as made:
            yield from _lines(there, made)
    elif new.suffix == ".parquet":
        yield Issue("check-differs", "has other rows or bytes than the build makes; run `pressmark build`")
    else:
        yield from _texts(old.read_bytes().decode(errors="replace"), new.read_bytes().decode())


def _texts(old: str, new: str) -> Iterator[Issue]:
    for number, (there, made) in enumerate(zip_longest(old.splitlines(keepends=True), new.splitlines(keepends=True)), start=1):
        if there != made:
            yield Issue(
                "check-differs",
                f"says {_value(there)}, the build makes {_value(made)}; run `pressmark build`",
                line=number,
            )
            return


def _lines(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Issue]:
    for number, (there, made) in enumerate(zip_longest(old, new), start=1):
        if there is None or made is None:
            yield Issue(
                "check-differs",
                f"{'lacks this record' if there is None else 'has an extra record'}; run `pressmark build`",
                line=number,
            )
            return
        if there != made:
            record = parse(made)
            try:
                found = list(_values(parse(there), record, ()))
            except ValueError:
                found = [("", "is not JSON; run `pressmark build`")]
            found = found or [("", "is written in other bytes; run `pressmark build`")]
            for pointer, message in found[:_SHOWN]:
                yield Issue("check-differs", message, pointer, line=number, article=record["id"])
            if len(found) > _SHOWN:
                yield Issue("check-differs", f"and in {len(found) - _SHOWN} more places", line=number, article=record["id"])


def _values(old: Any, new: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        for key in new:
            yield from _values(old[key], new[key], (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for i, (there, made) in enumerate(zip(old, new, strict=True)):
            yield from _values(there, made, (*path, i))
    elif old != new or type(old) is not type(new):
        yield json_pointer(path), _said(old, new)


def _said(old: Any, new: Any) -> str:
    if isinstance(old, str) and isinstance(new, str) and min(len(old), len(new)) > 60:
        place = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        there, made = excerpt(old, place, place + 1), excerpt(new, place, place + 1)
        return f"code point {place} (line {new.count(chr(10), 0, place) + 1}): data has {there}, the build makes {made}"
    if isinstance(old, list) and isinstance(new, list):
        return f"has {len(old)} items, the build makes {len(new)}"
    return f"has {_value(old)}, the build makes {_value(new)}"


def _value(value: object) -> str:
    return "nothing" if value is None else shortened(repr(value))
