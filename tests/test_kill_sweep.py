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

from conftest import LOCK, project_of, write_json
from killed import can_trace, sweep
from pressmark.annotators import run
from pressmark.annotators.pipeline import Plan
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


def _annotate(project: Path) -> None:
    outcomes = list(run.annotate([project], Plan()))
    assert not any(outcome.failed for outcome in outcomes)


def _fix(folder: Path) -> None:
    list(repair(folder / "articles.jsonl", write=True))


def _data(folder: Path) -> object:
    return checksums.made(folder / DATA)  # not what Git keeps there, which follows the dataset into its place


def _annotations(project: Path) -> object:
    return {path.name: path.read_bytes() for path in (project / "annotations").glob("*.json")}


def _records(folder: Path) -> object:
    return (folder / "articles.jsonl").read_bytes()


# What is killed, and what must be old or new.
COMMANDS: dict[str, tuple[Change, Callable[[Path], object]]] = {
    "build": (_build, _data),
    "the first build": (_build, _data),
    "build by two renames": (_build_by_renames, _data),
    "hydrate": (_hydrate, _data),
    "fix": (_fix, _records),
    "annotate": (_annotate, _annotations),
}


def prepared(name: str, small: Path) -> Path:
    """The folder that a command changes."""
    if name == "fix":
        bad = (CASES / "invalid/span-text.utf16.json").read_bytes()
        folder = project_of(small.with_name("fix"), {})
        folder.mkdir()
        (folder / "articles.jsonl").write_text(f"{json.dumps(json.loads(bad))}\n" * 2)
        return folder
    if name == "annotate":
        return half_annotated(small.with_name("annotate"))
    (small / "DATASHEET.md").write_text("<!-- figures: written by `pressmark build` -->\n<!-- /figures -->")
    (small / DATA / ".gitattributes").write_text("*.parquet filter=lfs")
    (small / "seeds/plain.txt").write_text("Rome is near.\n")
    if name == "hydrate":
        build_edition(small)
    if name == "the first build":
        shutil.rmtree(small / DATA)
    (small / LOCK).unlink()
    return small


def half_annotated(folder: Path) -> Path:
    """A project in which one article has only proposed entities, one of which a person renamed, and two have nothing."""
    text = b"The war will end, President Joe Biden told Reuters on Monday. She denied that Ann Lee was late.\n"
    project_of(folder, {f"{name}.txt": text for name in "abc"})
    (folder / "seeds/a.txt").rename(folder / "a")
    (folder / "seeds/c.txt").rename(folder / "c")
    list(run.annotate([folder], Plan(quotes="none", claims="none")))
    (folder / "a").rename(folder / "seeds/a.txt")
    (folder / "c").rename(folder / "seeds/c.txt")
    path = folder / "annotations/b.json"
    annotation = json.loads(path.read_text(encoding="utf-8"))
    annotation["entities"][0]["name"] = "Joseph Biden"
    write_json(path, annotation)
    return folder


@pytest.mark.slow
@pytest.mark.skipif(not can_trace(), reason="this machine does not let a process trace its child")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_killed_at_any_system_call_leaves_the_old_files_or_the_new(small: Path, name: str) -> None:
    folder = prepared(name, small)

    ran = subprocess.run([sys.executable, __file__, name, folder], capture_output=True, text=True, check=False)

    assert (0, "") == (ran.returncode, ran.stderr)
    left = json.loads(ran.stdout)
    assert 1 == left.pop("survived")
    assert left.pop("old") >= (5 if name in {"fix", "annotate"} else 50)
    assert (left.pop("between", 0) >= 10) == (name == "annotate")  # each article's annotation is written when it is done
    assert left.pop("new") >= 1
    between = 1 if name == "build by two renames" else 0  # there is no data/ then, until the next build
    assert between == left.pop("mixed", 0)
    assert {} == left


if __name__ == "__main__":
    print(json.dumps(sweep(COMMANDS[sys.argv[1]][0], Path(sys.argv[2]), COMMANDS[sys.argv[1]][1])))  # noqa: T201
