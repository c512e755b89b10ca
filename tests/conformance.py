"""Checks every case of tests/cases/: ``python tests/conformance.py``; exit 1 at the first that is judged wrong."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pressmark.validation import Survey, meanings

if TYPE_CHECKING:
    from pressmark.record.issue import Issue

CASES = Path(__file__).parent / "cases"
VALID = sorted((CASES / "valid").iterdir())
INVALID = sorted((CASES / "invalid").iterdir())


@cache
def found_in(case: Path) -> list[Issue]:
    """The issues of a case: a file, or a folder whose files are one dataset."""
    files = sorted(case.iterdir()) if case.is_dir() else [case]
    survey = Survey(files=files)
    return [*(issue for file in files for issue in survey.file(file)), *survey.dataset()]


def codes_of(case: Path) -> set[str]:
    """The one code that an invalid case is named after; none of a valid one."""
    return set() if case.parent.name == "valid" else {case.name.split(".")[0]}


def check_places(case: Path) -> None:
    """Assert that each issue says where it is, once, and is as severe as its rule."""
    found = found_in(case)
    assert len(found) == len({(issue.code, issue.file, issue.line, issue.pointer) for issue in found})
    for issue in found:
        assert issue.severity == meanings()[issue.code].severity
        assert issue.file
        assert issue.message
        if case.suffix == ".json" and not issue.code.startswith("file-"):
            at(json.loads(case.read_text(encoding="utf-8")), issue.pointer)


def at(value: Any, pointer: str) -> Any:
    """What a JSON Pointer points to."""
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, list) else value[part.replace("~1", "/").replace("~0", "~")]
    return value


if __name__ == "__main__":
    for path in sorted([*VALID, *INVALID], key=Path.is_dir):  # folders take longest
        if codes_of(path) != {issue.code for issue in found_in(path)}:
            sys.exit(f"{path} has {found_in(path)}")
        check_places(path)
