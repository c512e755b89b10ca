"""What is installed is whole: the wheel works outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_wheel_validates_outside_the_checkout(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    made = subprocess.run(build, capture_output=True, text=True, check=False)
    assert 0 == made.returncode, made.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "site")

    contract = {path.name for path in (ROOT / "schema").iterdir()} - {"decisions.md"}  # which quotes the articles
    assert contract == {name.rpartition("/")[2] for name in names if name.startswith("pressmark/schema/")}
    assert not [name for name in names if not name.startswith("pressmark")]
    program = (
        "import sys, pressmark.record.contract as contract\n"
        "assert str(contract.folder()).startswith(sys.argv.pop(1)), contract.folder()\n"
        "from pressmark.cli import main\n"
        "main()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), "validate", str(ROOT / "tests/cases/invalid/span-text.json")],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert 1 == run.returncode, run.stderr
    assert "span-text" in run.stdout
