"""Formats issues for people, programs, GitHub and code-scanning tools."""

from __future__ import annotations

import json
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pressmark.record.issue import json_path
from pressmark.record.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressmark.record.issue import Issue
    from pressmark.validation.rule import Rule

_BOLD, _RED, _YELLOW, _DIM, _PLAIN = "\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[0m"


def text(issue: Issue, *, colour: bool = False) -> Iterator[str]:
    """The lines for people: the issue, an excerpt with the span underlined, what was expected, and a hint."""
    tint = _YELLOW if issue.severity == "warning" else _RED
    line = str(issue) if issue.severity == "error" else str(issue).replace(f"{issue.code}: ", f"{issue.code}: warning: ", 1)
    yield f"{_BOLD}{line}{_PLAIN}" if colour else line
    if issue.excerpt is not None:
        before, marked, after = f"…{issue.excerpt.before}", issue.excerpt.marked, f"{issue.excerpt.after}…"
        under = " " * _columns(before) + "^" * max(1, _columns(marked))
        yield f"    {before}{tint}{marked}{_PLAIN}{after}" if colour else f"    {before}{marked}{after}"
        yield f"    {tint}{under}{_PLAIN}" if colour else f"    {under}"
    for label, said in (("expected", issue.expected), ("hint", issue.hint)):
        if said is not None:
            yield f"    {_DIM}{label}:{_PLAIN} {visible(said)}" if colour else f"    {label}: {visible(said)}"


def _columns(shown: str) -> int:
    """The number of terminal columns that a text takes."""
    wide = sum(unicodedata.east_asian_width(char) in {"W", "F"} for char in shown)
    return len(shown) + wide - sum(unicodedata.combining(char) != 0 for char in shown)


def jsonl(issue: Issue) -> str:
    """One issue as a JSON object. Later versions may add keys after these."""
    keys = ("file", "line", "article", "pointer", "code", "message", "severity", "expected", "hint", "column", "item")
    return json.dumps({key: getattr(issue, key) for key in keys})


def github(issue: Issue) -> str:
    """A workflow command. GitHub Actions shows it at the line of the file."""
    message = " · ".join(filter(None, (issue.message, issue.expected and f"expected: {issue.expected}", issue.hint)))
    column = str(issue.column) if issue.column else None
    place = {"file": issue.file, "line": str(issue.line or 1), "col": column, "title": f"{issue.code} {_path(issue)}"}
    properties = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in place.items() if value)
    return f"::{issue.severity} {properties}::{_escaped(message)}"


def _path(issue: Issue) -> str:
    return f"{json_path(issue.pointer)} ({issue.item})" if issue.item else json_path(issue.pointer)


def _escaped(said: str, also: str = "") -> str:
    """Percent-encodes a text as workflow commands require, and escapes other control characters."""
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + also else visible(c) for c in said)


def sarif(issues: Iterable[Issue], meanings: dict[str, Rule], version: str) -> str:
    """A SARIF 2.1.0 log (OASIS) for code-scanning tools."""
    found = list(issues)
    codes = sorted({issue.code for issue in found})
    rules = [_rule(code, meanings.get(code)) for code in codes]
    results = [_result(issue, codes.index(issue.code)) for issue in found]
    tool = {"driver": {"name": "pressmark", "semanticVersion": version, "rules": rules}}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": tool, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace").decode()


def _rule(code: str, meaning: Rule | None) -> dict[str, Any]:
    short, _, rest = (meaning.text if meaning else code).partition("\n")
    rule: dict[str, Any] = {"id": code, "shortDescription": {"text": short}}
    if rest.strip():
        rule["fullDescription"] = {"text": rest.strip()}
    if meaning:
        rule["defaultConfiguration"] = {"level": meaning.severity}
    return rule


def _result(issue: Issue, number: int) -> dict[str, Any]:
    said = " ".join(filter(None, (issue.message + ".", issue.expected and f"Expected: {issue.expected}.", issue.hint)))
    place: dict[str, Any] = {
        "logicalLocations": [
            {"fullyQualifiedName": visible(f"{issue.article or ''}{json_path(issue.pointer)}"), "kind": "element"}
            | ({"name": visible(issue.item)} if issue.item else {})
        ]
    }
    if issue.file:
        region = {"startLine": issue.line or 1} | ({"startColumn": issue.column} if issue.column else {})
        place["physicalLocation"] = {"artifactLocation": {"uri": _uri(issue.file)}, "region": region}
    return {
        "ruleId": issue.code,
        "ruleIndex": number,
        "level": issue.severity,
        "message": {"text": visible(said)},
        "locations": [place],
    }


def _uri(file: str) -> str:
    from urllib.parse import quote

    path = PurePath(file)
    root = "file://" + ("" if path.as_posix().startswith("/") else "/") if path.is_absolute() else ""
    return root + quote(path.as_posix(), errors="surrogatepass")
