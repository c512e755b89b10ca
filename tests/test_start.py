"""What docs/start.md shows is what happens: a new user types its commands one after the other."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (CHECKOUT / "docs/start.md").read_text(encoding="utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command that has to succeed."""
    home = {"HF_HOME": str(folder / "home"), "HF_HUB_OFFLINE": "1", "PYTHONUTF8": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}
    ran = subprocess.run(
        command, cwd=folder, env=os.environ | home, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert 0 == ran.returncode, f"{command}: {ran.stderr}"
    return ran


def pressmark(line: str, folder: Path) -> str:
    program, *arguments = shlex.split(line)
    assert "pressmark" == program
    return run([sys.executable, "-m", "pressmark", *arguments], folder).stderr


def edit(diff: str, file: Path) -> None:
    """Changes lines of a file as a diff says: a removed line becomes the lines added after it; other lines go before theirs."""
    text = file.read_text(encoding="utf-8")
    for removed, added, context in re.findall(r"(?:^-(.*\n))?((?:^\+.*\n)+)(?:^ (.*\n))?", diff, re.MULTILINE):
        old = removed or context
        assert 1 == text.count(old), old
        text = text.replace(old, re.sub(r"^\+", "", added, flags=re.MULTILINE) + ("" if removed else context))
    file.write_text(text, encoding="utf-8", newline="")


def choose(table: Path) -> None:
    """Says in a table of links, if it is there, that every Ann Lee is the same one."""
    if table.is_file():
        text = table.read_text(encoding="utf-8")
        table.write_text(re.sub(r"^(?=,.*?,.*?,Ann Lee,)", "ann-lee", text, flags=re.MULTILINE), encoding="utf-8")


def test_a_new_user_gets_from_a_table_to_a_dataset(tmp_path: Path) -> None:
    shutil.copy(CHECKOUT / "docs/start-articles.csv", tmp_path / "articles.csv")
    said = ""
    program: list[str] = []
    for kind, block in BLOCKS:
        if kind == "sh":
            choose(tmp_path / "news/links.csv")
            said = "".join(pressmark(line, tmp_path) for line in block.splitlines())
        elif kind == "csv":
            with (tmp_path / "news/people.csv").open("a", encoding="utf-8") as file:
                file.write(block)
        elif kind == "diff":
            edit(block, tmp_path / "drafts/water-prices.inline")
        elif kind == "python":
            program.append(block)
            said = run([sys.executable, "-c", "".join(program)], tmp_path).stdout
        elif kind == "text":
            assert block.strip()
            assert said.endswith(block)

    assert 2 == len(program)
    assert "human" in (tmp_path / "news/annotations/water-prices.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["sh", "diff", "csv", "python", "text"])
def test_the_page_has_blocks_of_each_kind_that_the_test_runs(kind: str) -> None:
    assert any(kind == one for one, _ in BLOCKS)
    assert {"console"} == {one for one, _ in BLOCKS} - {"sh", "diff", "csv", "python", "text"}
