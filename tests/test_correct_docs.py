"""docs/correct.md: its commands are ten, and those of pressmark do what the page says."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/correct.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
STORY = "Old bridge to close\n\nSurveyor Mia Wong warned that the steel was weak. “Nobody told us,” said Sam Hill.\n"


def test_there_are_ten_commands() -> None:
    assert 10 == len(COMMANDS)


def test_the_commands_lead_to_a_corrected_corpus(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/bridge.txt").write_text(STORY, "utf-8", newline="")
    for command in COMMANDS:
        if command.startswith("mkdir"):
            subprocess.run(["bash", "-ec", command], cwd=tmp_path, check=True)
        elif command.startswith("pressmark import"):
            _correct(tmp_path)
        if command.startswith("pressmark"):
            arguments = [sys.executable, "-m", *shlex.split(command)]
            done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
            assert 0 == done.returncode, done.stderr

    found = json.loads((tmp_path / "news/annotations/bridge.json").read_text("utf-8"))

    assert ["Ann-Adams"] == [entity["annotator"] for entity in found["entities"] if entity["name"] == "Mia Wong"]


def _correct(folder: Path) -> None:
    """Do what a person does in Label Studio, and what its export looks like (tests/live/label_studio.sh uses the real one)."""
    (task,) = json.loads((folder / "tasks/tasks.json").read_text("utf-8"))
    result = task["predictions"][0]["result"]
    (wrong,) = (one["id"] for one in result if one["value"].get("text") == "Surveyor Mia Wong" and one["from_name"] == "entity")
    for one in (one for one in result if one["id"] == wrong):
        one["value"]["start"] += len("Surveyor ")
        if one["from_name"] == "name":
            one["value"]["text"] = ["Mia Wong"]
    done = task | {"predictions": [1], "annotations": [{"completed_by": 1, "result": result, "was_cancelled": False}]}
    (folder / "corrected.json").write_text(json.dumps([done]), "utf-8")
