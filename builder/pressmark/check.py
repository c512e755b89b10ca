"""`build --check`: does what lies in `data/` follow from the seeds and annotations? If not, what differs and where."""

from __future__ import annotations

from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pressmark.build import DATA, SUMS, files, make
from pressmark.issue import Issue, json_pointer
from pressmark.text import excerpt, shortened
from pressmark.validate import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = 5  # differences of one record that are named


def check(project: Path) -> list[Issue]:
    """Build into a temporary place and compare, without writing anything into the project.

    Parquet files of different pyarrow versions are compared by what they hold, since the same tables differ in their bytes.

    Raises:
        InvalidError: the build stops, because an article, an annotation or a relation is wrong.
        OSError: something cannot be read or written.
    """
    with TemporaryDirectory(prefix="pressmark-") as folder:
        new = Path(folder)
        make(project, new)
        made = {path.relative_to(new) for path in files(new)}
        there = {path.relative_to(project) for path in files(project / DATA)}
        issues = [
            Issue("check-missing", "is not there; run `pressmark build`", file=str(project / path))
            for path in made - there
            if not (project / path).is_file()
        ]
        issues += [
            Issue("check-extra", "no build makes this file; remove it", file=str(project / path)) for path in there - made
        ]
        for path in sorted(made):
            if (project / path).is_file() and path != SUMS:
                issues += [issue.within(str(project / path)) for issue in _differences(project / path, new / path)]
    return sorted(issues + list(_sums(project)), key=lambda issue: (issue.file or "", issue.line or 0))


def _differences(old: Path, new: Path) -> Iterator[Issue]:
    if old.read_bytes() == new.read_bytes():
        return
    if new.suffix == ".jsonl":
        yield from _lines(old.read_bytes(), new.read_bytes())
    elif new.suffix == ".parquet":
        yield from _tables(old, new)
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


def _lines(old: bytes, new: bytes) -> Iterator[Issue]:
    for number, (there, made) in enumerate(zip_longest(old.splitlines(keepends=True), new.splitlines(keepends=True)), start=1):
        if there is None or made is None:
            yield Issue(
                "check-differs",
                f"{'misses this record' if there is None else 'has a record too many'}; run `pressmark build`",
                line=number,
            )
            return
        if there != made:
            record = parse(made)
            try:
                found = list(_values(parse(there), record, ()))
            except ValueError:
                found = [("", "is no JSON")]
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
    elif old != new:
        yield json_pointer(path), _said(old, new)


def _said(old: Any, new: Any) -> str:
    if isinstance(old, str) and isinstance(new, str) and min(len(old), len(new)) > 60:
        place = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        there, made = excerpt(old, place, place + 1), excerpt(new, place, place + 1)
        return f"code point {place} (line {new.count(chr(10), 0, place) + 1}): data has {there}, the build makes {made}"
    if isinstance(old, list) and isinstance(new, list):
        return f"has {len(old)} of them, the build makes {len(new)}"
    return f"has {_value(old)}, the build makes {_value(new)}"


def _value(value: object) -> str:
    return "nothing" if value is None else shortened(repr(value))


def _tables(old: Path, new: Path) -> Iterator[Issue]:
    import pyarrow as pa
    from pyarrow import parquet as pq

    try:
        with pq.ParquetFile(old) as there, pq.ParquetFile(new) as made:
            by = there.metadata.created_by, made.metadata.created_by
            equal = there.read().equals(made.read(), check_metadata=True)
    except (pa.ArrowException, OSError) as error:
        yield Issue("check-differs", f"is no whole Parquet file ({shortened(str(error))}); run `pressmark build`")
        return
    if not equal:
        yield Issue("check-differs", "holds other rows or columns than the build makes; run `pressmark build`")
    elif by[0] == by[1]:
        yield Issue("check-differs", "holds the same rows in other bytes than the build makes; run `pressmark build`")


def _sums(project: Path) -> Iterator[Issue]:
    """The checksums are those of the files that lie there."""
    path = project / SUMS
    if not path.is_file():
        return
    lines = (line.partition("  ") for line in path.read_text(encoding="utf-8").splitlines())
    listed = {name: digest for digest, _, name in lines}
    for file in files(project / DATA):
        name = file.relative_to(project / DATA).as_posix()
        if file != path and listed.pop(name, None) != sha256(file.read_bytes()).hexdigest():
            yield Issue("check-sum", f"the sum of {name} is another; run `pressmark build`", file=str(path))
    for name in listed:
        yield Issue("check-sum", f"{shortened(name)} is not there; run `pressmark build`", file=str(path))
