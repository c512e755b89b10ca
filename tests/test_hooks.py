"""The hooks for pre-commit do what they are for, run by pre-commit itself where it is installed."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_picks_annotations_and_records_and_nothing_else(hook: dict[str, Any]) -> None:
    for path in ("annotations/a.json", "corpus/annotations/relations.json", "data/articles.jsonl"):
        assert re.search(hook["files"], path)
    for path in ("annotations/drafts/a.json", "schema/article.schema.json", "package.json", "data/README.md", "seeds/a.txt"):
        assert not re.search(hook["files"], path)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_passes_what_is_right_and_stops_what_is_wrong(hook: dict[str, Any], tmp_path: Path) -> None:
    program, *options = shlex.split(hook["entry"])
    assert "pressmark" == program
    for name, code in (("valid/article.json", 0), ("invalid/quote-type.json", 1)):
        path = shutil.copy(ROOT / "tests/cases" / name, tmp_path)
        command = [sys.executable, "-m", "pressmark", *options, path]
        assert code == subprocess.run(command, capture_output=True, check=False).returncode


def test_pre_commit_takes_the_manifest() -> None:
    pytest.importorskip("pre_commit")
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]

    assert 0 == subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode


@pytest.mark.slow
def test_pre_commit_installs_the_hooks_and_runs_them(tmp_path: Path) -> None:
    pytest.importorskip("pre_commit")
    (tmp_path / "records").mkdir()
    for name in ("valid/article.json", "invalid/quote-type.json"):
        shutil.copy(ROOT / "tests/cases" / name, tmp_path / "records" / Path(name).name)
    for command in (["init", "--quiet"], ["add", "records"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    # Without an index: what pressmark needs, to be built too, is taken from here. To pip, 0 means no isolation.
    alone = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_IGNORE_INSTALLED": "1", "PIP_NO_BUILD_ISOLATION": "0"}
    run = subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "--all-files", "--verbose"],
        cwd=tmp_path,
        env=os.environ | alone | {"PYTHONPATH": sysconfig.get_path("purelib")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert 1 == run.returncode
    for hook in HOOKS:
        assert re.search(rf"^{hook['name']}\.+Failed\n- hook id: {hook['id']}$", run.stdout, re.MULTILINE), run.stdout
    assert len(HOOKS) == len(re.findall(r"records/quote-type\.json:\d+:\d+: case: ", run.stdout))
    assert len(HOOKS) == run.stdout.count("pressmark: 2 files, 2 records: 1 error\n")
