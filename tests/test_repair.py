"""--fix repairs what cannot lose anything, shows it, and leaves the rest."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pressmark.project.fix_files import repair
from pressmark.validation import file_issues, issues

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

CASES = Path(__file__).parent / "cases"
MENDED = [
    "span-text.json", "span-text.utf16.json", "span-text.utf8.json", "span-text.one-based.json", "span-text.inclusive.json",
    "span-text.one-based-inclusive.json", "span-text.shift.json", "span-text.crlf.json", "span-text.nfc.json",
    "span-trimmed.json", "span-sorted.json", "span-text.crlf-at-line-ends.json", "span-text.nfd.json",
    "span-text.nfd-copies.json", "text-hash.line-ends.json",
]  # fmt: skip
LEFT = [path.name for path in sorted((CASES / "invalid").glob("*.json*")) if path.name not in MENDED]


@pytest.mark.parametrize("name", MENDED)
def test_a_sure_repair_is_made_shown_and_made_once(tmp_path: Path, name: str) -> None:
    path = Path(shutil.copy(CASES / "invalid" / name, tmp_path))
    before = path.read_bytes()

    assert [*repair(path, write=False)] != []
    assert before == path.read_bytes()
    shown = "\n".join(repair(path, write=True))
    assert "\n  - " in shown
    assert "\n  + " in shown
    assert [] == list(file_issues(path))
    assert [] == list(repair(path, write=True))
    assert [name] == [left.name for left in tmp_path.iterdir()]


@pytest.mark.parametrize("name", LEFT)
def test_what_is_not_sure_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    path = Path(shutil.copy(CASES / "invalid" / name, tmp_path))
    before = path.read_bytes()
    said = [*repair(path, write=True)]
    once = path.read_bytes()

    assert (said == []) == (once == before) or "cannot be corrected" in said[0]
    [*repair(path, write=True)]
    assert once == path.read_bytes()


def test_a_line_that_cannot_be_read_stays(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    bad = (CASES / "invalid/span-text.utf16.json").read_text(encoding="utf-8")
    line = json.dumps(json.loads(bad), ensure_ascii=False)
    path.write_text(f"{{\n\n{line}\n", encoding="utf-8")

    said = [*repair(path, write=True)]

    assert said[0].startswith(f"{path}:3: case: $.entities[0].mentions[0]")
    lines = path.read_text(encoding="utf-8").split("\n")
    assert ["{", ""] == lines[:2]
    assert 4 == len(lines)
    assert ["file-json"] == [issue.code for issue in file_issues(path)]


def test_a_hash_in_capitals_is_that_of_the_text(tmp_path: Path) -> None:
    record: dict[str, Any] = json.loads((CASES / "valid/article.json").read_text(encoding="utf-8"))
    path = tmp_path / "a.json"
    path.write_text(json.dumps(record | {"text_sha256": record["text_sha256"].upper()}, indent=4), encoding="utf-8")

    assert 3 == len([*repair(path, write=True)])
    assert json.dumps(record, indent=4) == path.read_text(encoding="utf-8")


def test_an_annotation_is_mended_on_its_seed(project: Path) -> None:
    path = project / "annotations/004_a77e34100e659021.json"
    before = path.read_bytes()
    record = json.loads(before)
    for quote in record["quotes"]:
        for cue in quote["cue"]:
            cue["start"], cue["end"] = cue["start"] + 1, cue["end"] + 1
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    shown = [*repair(path, write=True)]

    assert shown != []
    assert len(before) == len(path.read_bytes())


def test_fix_says_what_it_left(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    path = Path(shutil.copy(CASES / "invalid/span-text.json", tmp_path))
    assert pressmark("validate", "--diff", path).code == 1

    code, out, err = pressmark("validate", "--fix", path)

    assert 0 == code
    assert '+ {"start": 38, "end": 42, "text": "said"}' in out
    assert "no issues" in err


@pytest.mark.parametrize("output", ["jsonl", "sarif"])
def test_repairs_are_shown_aside_from_what_another_program_reads(
    output: str, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    path = Path(shutil.copy(CASES / "invalid/span-text.json", tmp_path))

    _, out, err = pressmark("validate", "--diff", "--format", output, path)

    assert "span-text" in out
    assert json.loads(out)
    assert '+ {"start": 38, "end": 42, "text": "said"}' in err


def test_problems_of_one_rule_are_listed_up_to_a_number() -> None:
    record: dict[str, Any] = json.loads((CASES / "valid/article.json").read_text(encoding="utf-8"))
    record["claims"][0]["about"] = [f"e{number}" for number in range(10, 20_010)]

    found = [issue for issue in issues(record) if issue.code == "reference"]

    assert 10_001 == len(found)
    assert "more" in found[-1].message
