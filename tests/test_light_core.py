"""What works where only pressmark itself is installed, without its extras."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

EXTRAS = (
    "datasets",
    "pyarrow",
    "pandas",
    "numpy",
    "scipy",
    "spacy",
    "transformers",
    "torch",
    "cassis",
    "distributed",
    "httpx2",
)
WITHOUT = f"import sys; sys.modules.update(dict.fromkeys({EXTRAS})); from pressmark.__main__ import main; main()"


def pressmark(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT, *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    "command",
    [
        "validate .",
        "show 000_3b584eadf7b65c4a",
        "annotate . --overwrite",
        "score annotations annotations",
        "anchor annotations/drafts/000_3b584eadf7b65c4a.json",
        "export . --to label-studio -o out",
        "export . --to inline -o drafts",
        "view . -o page.html",
    ],
)
def test_the_core_does_without_the_extras(command: str, project: Path) -> None:
    ran = pressmark(project, *command.split())

    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("command", "package", "extra"),
    [
        ("build .", "pyarrow", "build"),
        ("verify data", "pyarrow", "build"),
        ("export . --to spacy -o out", "spacy", "spacy"),
        ("annotate new.txt --entities spacy:en_core_web_sm", "spacy", "spacy"),
        ("annotate new.txt --entities hf:tagger", "transformers", "hf"),
        ("annotate new.txt --llm model", "httpx2", "llm"),
    ],
)
def test_a_missing_extra_is_named(command: str, package: str, extra: str, project: Path) -> None:
    (project / "new.txt").write_text("Ann Lee said so.\n", encoding="utf-8")

    ran = pressmark(project, *command.split())

    assert ran.returncode == 3
    assert f"needs the package {package}, which is not installed; run: pip install 'pressmark[{extra}]'" in ran.stderr
    assert "Traceback" not in ran.stderr
