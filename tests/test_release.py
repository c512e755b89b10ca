"""What a release promises: versions that agree, a workflow that runs `.ci/run`, an action that runs the real command."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement

from pressmark.publish.data_version import version, version_issues

ROOT = Path(__file__).parents[1]


def test_the_versions_of_the_data_agree() -> None:
    stated = version(ROOT)

    assert stated
    assert not list(version_issues(ROOT, f"v{stated}"))
    assert json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))["version"] == stated
    assert f"\n## {stated}" in (ROOT / "DATA_CHANGELOG.md").read_text(encoding="utf-8")
    croissant = json.loads((ROOT / "data/croissant.json").read_text(encoding="utf-8"))
    assert croissant["version"].partition("+")[0] == stated


def test_ci_runs_what_developers_run() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))

    assert ".ci/run" in [step.get("run") for step in workflow["jobs"]["run"]["steps"]]
    assert workflow["permissions"] == {"contents": "read"}


def test_the_constraints_cover_every_package_of_the_core_and_of_builds() -> None:
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    for line in (*project["dependencies"], *project["optional-dependencies"]["build"]):
        wanted = Requirement(line)
        assert pinned[wanted.name] in wanted.specifier, line


def test_the_action_validates_with_issues_at_their_lines(tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    (step,) = action["runs"]["steps"]
    _, command = step["run"].strip().splitlines()  # the first one installs

    ran = subprocess.run(
        ["bash", "-c", command.replace("python3", sys.executable)],
        env={"FILES": str(ROOT / "tests/cases/invalid/span-text.json"), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert ran.returncode == 1
    assert re.search(r"::error file=.*span-text\.json,line=\d+", ran.stdout), ran.stderr
