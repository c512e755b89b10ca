"""Issues: what is wrong with the data, where, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pressmark.record.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.record.text import Excerpt

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong.

    ``pointer`` is a JSON Pointer (RFC 6901) into the record, "" for the record as a whole; ``item`` is the id of the entity,
    quote, claim or relation there. ``line`` and ``column`` of the value count from 1, columns in code points (in a Parquet
    file, ``line`` is the row). ``code`` names the rule; warnings do not affect the exit code. ``expected`` is the right value
    and ``hint`` the way to it, if they are certain; ``excerpt`` is the text around.
    """

    code: str
    message: str
    pointer: str = ""
    file: str | None = None
    line: int | None = None
    article: str | None = None
    severity: Severity = "error"
    expected: str | None = None
    hint: str | None = None
    excerpt: Excerpt | None = None
    column: int | None = None
    item: str | None = None

    def within(self, file: str, line: int | None = None, article: str | None = None) -> Issue:
        """Return the issue with the place of its record added."""
        return replace(self, file=self.file or file, line=self.line or line, article=self.article or article)

    def __str__(self) -> str:
        """One line: ``path:line:column: article: $.quotes[7].cue[0] (q8): span-text: …``; control characters are escaped."""
        place = ":".join(str(part) for part in (self.file, self.line, self.line and self.column) if part)
        value = json_path(self.pointer) if self.pointer else ""
        if self.item:
            value = f"{value} ({self.item})" if value else self.item
        parts = [place, self.article, value, self.code, self.message]
        return ": ".join(visible(part) for part in parts if part)


class InvalidError(Exception):
    """The data are invalid; ``issues`` says where and why."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("\n".join(map(str, self.issues)))


def item_at(record: object, pointer: str) -> str | None:
    """The id of the innermost part of a record, parsed or typed, that a JSON Pointer leads into; None if no part has one."""
    found = None
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(record, list | tuple):
            record = record[int(name)] if name.isdecimal() and int(name) < len(record) else None
        else:
            record = record.get(name) if isinstance(record, dict) else getattr(record, name, None)
        inner = record.get("id") if isinstance(record, dict) else getattr(record, "id", None)
        found = inner if isinstance(inner, str) else found
    return found


def json_path(pointer: str) -> str:
    """Convert a JSON Pointer to a JSONPath, which is easier to read: ``/quotes/3/cue`` is ``$.quotes[3].cue`` (RFC 9535)."""
    path = "$"
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if name.isascii() and name.isdigit():
            path += f"[{name}]"
        else:
            path += f".{name}" if re.fullmatch(r"[A-Za-z_$][\w$]*", name) else f"[{name!r}]"
    return path


def json_pointer(path: Iterable[str | int]) -> str:
    """The JSON Pointer (RFC 6901) of a path of keys and indices."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
