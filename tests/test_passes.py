"""The agreement of passes, as the datasheet quotes it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pressmark.publish.agreement_table import agreement
from pressmark.record.issue import InvalidError

ROOT = Path(__file__).parents[1]


def a_pass(folder: Path) -> Path:
    """A pass that agrees with the published annotation."""
    folder.mkdir(parents=True)
    for path in (ROOT / "annotations").glob("0*.json"):
        shutil.copy(path, folder)
    return folder


def test_a_project_without_passes_has_no_agreement(tmp_path: Path) -> None:
    assert agreement(tmp_path) is None

    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    a_pass(tmp_path / "annotations/passes/a")
    (tmp_path / "annotations/passes/empty").mkdir()

    assert agreement(tmp_path) is None


def test_passes_that_differ_agree_less(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    for name in ("one", "two"):
        a_pass(tmp_path / "annotations/passes" / name)
    path = tmp_path / "annotations/passes/two/004_a77e34100e659021.json"
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    record["claims"] = []
    path.write_text(json.dumps(record), encoding="utf-8")

    table = agreement(tmp_path)

    assert table is not None
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    assert ["figure", "`seeds`: one, two"] == head
    figures = dict(rows)
    assert "1.000" == figures["quotes: every part shares a token, F1"]
    assert 0 < float(figures["claims, F1"]) < 1


def test_a_pass_on_another_text_is_an_error(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    for name in ("one", "two"):
        a_pass(tmp_path / "annotations/passes" / name)
    seed = tmp_path / "seeds/004_a77e34100e659021.txt"
    seed.write_bytes(seed.read_bytes() + b" More.")

    with pytest.raises(InvalidError):
        agreement(tmp_path)
