"""What the README shows is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def test_the_loading_example_prints_what_it_says(tmp_path: Path) -> None:
    (code,) = (text for kind, text in BLOCKS if kind == "python")
    (output,) = (text for kind, text in BLOCKS if kind == "text")
    assert "/path/to/this/checkout" in code
    program = code.replace('"/path/to/this/checkout"', repr(str(ROOT)))

    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    assert output == run.stdout


def test_the_validating_example_prints_what_it_says() -> None:
    (session,) = (text for kind, text in BLOCKS if kind == "console")
    command, output = session.split("\n", 1)
    arguments = command.removeprefix("$ pressmark ").split()

    run = subprocess.run(
        [sys.executable, "-m", "pressmark", *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )

    assert (1, output) == (run.returncode, run.stdout)


def test_there_are_two_one_line_commands_and_ci_runs_just_those() -> None:
    commands = [text.strip() for kind, text in BLOCKS if kind == "sh"]

    assert 2 == len(commands)
    assert all(command.startswith("python3 -m venv") and "\n" not in command for command in commands)
    assert "grep '^python3 -m venv' README.md" in (ROOT / ".ci/run").read_text(encoding="utf-8")
