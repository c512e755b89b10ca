"""`pressmark validate --jobs`: the same bytes for any number of processes, which are one pool."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from conftest import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

CASES = CHECKOUT / "tests/cases"
VALID = json.dumps(json.loads((CASES / "valid/article.json").read_text(encoding="utf-8")))
UNKNOWN_KEY = VALID.replace('"act":', '"acts":', 1)
FAULTS = (VALID, "", VALID.replace("Will", "Shall"), "{", UNKNOWN_KEY, VALID.replace("gold", "GOLD"))


@pytest.mark.parametrize(
    "options",
    [
        ("--max-explained", "5"),
        ("--max-explained", "0", "--format", "jsonl"),
        ("--max-explained", "3", "--ignore", "file-json"),
        ("--max-explained", "3", "--ignore", "schema-required", "--format", "jsonl"),
        ("--max-explained", "5", "--level", "1"),
        ("--max-explained", "450", "--format", "github"),
        ("--level", "3", "--max-explained", "7"),
    ],
)
def test_processes_find_the_same(
    options: tuple[str, ...], pressmark: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join([*FAULTS] * 400), encoding="utf-8")

    alone = pressmark("validate", *options, path)
    assert 1 == alone.code
    for jobs in (2, 3):
        assert alone == pressmark("validate", *options, "--jobs", jobs, path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    streamed = pressmark("validate", *options, "-j", "2", "-")
    if "--format" not in options:
        assert alone.out.replace(str(path), "-") == streamed.out


def test_the_records_that_are_not_explained_are_counted(pressmark: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join([*FAULTS] * 400), encoding="utf-8")

    assert "file-json: in 398 more records" in pressmark("validate", "--max-explained", "5", path).out


def test_a_code_that_is_ignored_explains_no_record_less(pressmark: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("{\n" * 9 + UNKNOWN_KEY, encoding="utf-8")

    assert "acts" in pressmark("validate", "--max-explained", "5", "--ignore", "file-json", path).out


def test_the_processes_of_a_command_are_one_pool(pressmark: Callable[..., Ran], tmp_path: Path, pools: list[int]) -> None:
    for name in "abc":
        (tmp_path / f"{name}.jsonl").write_text(VALID, encoding="utf-8")

    pressmark("validate", tmp_path, "--jobs", 2)

    assert [1] == pools
