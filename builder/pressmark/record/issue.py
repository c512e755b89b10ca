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

    ``pointer`` is a JSON Pointer (RFC 6901) into the record, "" for the record as a whole; ``line`` counts from 1 (in a
    Parquet file: the row). ``code`` names the rule; warnings do not affect the exit code. ``expected`` is the right
    value and ``hint`` the way to it, if they are certain; ``excerpt`` is the text around.
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

    def within(self, file: str, line: int | None = None, article: str | None = None) -> Issue:
        """Return the issue with the place of its record added."""
        return replace(self, file=self.file or file, line=self.line or line, article=self.article or article)

    def __str__(self) -> str:
        """One line: ``path:line: article: $.quotes[3].cue[0]: span-text: …``; control characters are escaped."""
        place = (self.file or "") + (f":{self.line}" if self.line else "")
        parts = [place, self.article, json_path(self.pointer) if self.pointer else None, self.code, self.message]
        return ": ".join(visible(part) for part in parts if part)


class InvalidError(Exception):
    """The data are invalid; ``issues`` says where and why."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("\n".join(map(str, self.issues)))


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
