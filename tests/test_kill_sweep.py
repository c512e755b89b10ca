"""Whatever kills a command, at whatever moment: its files are the old or the new ones, and the next run leaves nothing over.

Run as a program, this file is the process that kills (``python tests/test_kill_sweep.py NAME FOLDER``).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import LOCK, project_of
from killed import can_trace, sweep
from pressmark.project.fix_files import repair
from pressmark.publish import checksums, swap
from pressmark.publish.build import build
from pressmark.publish.edition import build_edition, hydrate

if TYPE_CHECKING:
    from collections.abc import Callable

    from killed import Change

DATA = "data"
CASES = Path(__file__).parent / "cases"


def _build(project: Path) -> None:
    build(project)


def _build_by_renames(project: Path) -> None:
    swap._swapped = lambda *_: False
    build(project)


def _hydrate(folder: Path) -> None:
    hydrate(folder / "edition", folder / "seeds", folder / DATA)


def _fix(folder: Path) -> None:
    list(repair(folder / "articles.jsonl", write=True))


def _data(folder: Path) -> object:
    return checksums.made(folder / DATA)  # not what Git keeps there, which follows the dataset into its place


def _records(folder: Path) -> object:
    return (folder / "articles.jsonl").read_bytes()


# What is killed, and what must be old or new.
COMMANDS: dict[str, tuple[Change, Callable[[Path], object]]] = {
    "build": (_build, _data),
    "the first build": (_build, _data),
    "build by two renames": (_build_by_renames, _data),
    "hydrate": (_hydrate, _data),
    "fix": (_fix, _records),
}


def prepared(name: str, small: Path) -> Path:
    """The folder that a command changes."""
    if name == "fix":
        bad = (CASES / "invalid/span-text.utf16.json").read_bytes()
        folder = project_of(small.with_name("fix"), {})
        folder.mkdir()
        (folder / "articles.jsonl").write_text(f"{json.dumps(json.loads(bad))}\n" * 2)
        return folder
    (small / "DATASHEET.md").write_text("<!-- figures: written by `pressmark build` -->\n<!-- /figures -->")
    (small / DATA / ".gitattributes").write_text("*.parquet filter=lfs")
    (small / "seeds/plain.txt").write_text("Rome is near.\n")
    if name == "hydrate":
        build_edition(small)
    if name == "the first build":
        shutil.rmtree(small / DATA)
    (small / LOCK).unlink()
    return small


@pytest.mark.slow
@pytest.mark.skipif(not can_trace(), reason="this machine does not let a process trace its child")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_killed_at_any_system_call_leaves_the_old_files_or_the_new(small: Path, name: str) -> None:
    folder = prepared(name, small)

    ran = subprocess.run([sys.executable, __file__, name, folder], capture_output=True, text=True, check=False)

    assert (0, "") == (ran.returncode, ran.stderr)
    left = json.loads(ran.stdout)
    assert 1 == left.pop("survived")
    assert left.pop("old") >= (5 if name == "fix" else 50)
    assert left.pop("new") >= 1
    between = 1 if name == "build by two renames" else 0  # there is no data/ then, until the next build
    assert between == left.pop("mixed", 0)
    assert {} == left


if __name__ == "__main__":
    print(json.dumps(sweep(COMMANDS[sys.argv[1]][0], Path(sys.argv[2]), COMMANDS[sys.argv[1]][1])))  # noqa: T201
