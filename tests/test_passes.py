"""The agreement of passes, as the datasheet quotes it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pressmark.publish.agreement_table import agreement
from pressmark.record.issue import InvalidError
from pressmark.scoring import articles_in, paired, score

ROOT = Path(__file__).parents[1]
PASSES = ROOT / "annotations/passes"


def test_the_datasheet_quotes_what_score_says() -> None:
    datasheet = (ROOT / "DATASHEET.md").read_text(encoding="utf-8")
    found = score(paired(articles_in(PASSES / "a"), articles_in(PASSES / "b"))[0])

    wanted = (("entities", "mentions/strict", "f1"), ("agreement/entities", "alpha", "value"), ("quotes", "attribution", "f1"))
    figures = [(found.sections[section] or {})[path].values[key] for section, path, key in wanted]
    assert f"| `seeds` | a, b | {figures[0]:.3f} | {figures[1]:.3f} | {figures[2]:.3f} |" in datasheet


def test_a_project_without_passes_has_no_agreement(tmp_path: Path) -> None:
    assert agreement(tmp_path) is None

    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(PASSES / "a", tmp_path / "annotations/passes/a")
    (tmp_path / "annotations/passes/empty").mkdir()

    assert agreement(tmp_path) is None


def test_passes_that_differ_agree_less(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    for name in ("one", "two"):
        shutil.copytree(PASSES / "a", tmp_path / "annotations/passes" / name)
    path = tmp_path / "annotations/passes/two/004_a77e34100e659021.json"
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    record["claims"] = []
    path.write_text(json.dumps(record), encoding="utf-8")

    table = agreement(tmp_path)

    assert table is not None
    (row,) = table.splitlines()[2:]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert ["`seeds`", "one, two", "1.000"] == cells[:3]
    assert 0 < float(cells[7]) < 1


def test_a_pass_on_another_text_is_an_error(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    for name in ("one", "two"):
        shutil.copytree(PASSES / "a", tmp_path / "annotations/passes" / name)
    seed = tmp_path / "seeds/004_a77e34100e659021.txt"
    seed.write_bytes(seed.read_bytes() + b" More.")

    with pytest.raises(InvalidError):
        agreement(tmp_path)
