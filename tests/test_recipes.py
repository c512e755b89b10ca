"""The recipes of CONTRIBUTING.md work: a copy of the tree in which one was followed passes its tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import CHECKOUT

pytestmark = pytest.mark.slow
_ADDED = re.compile(rb'^ *"section": null,\n|"section": ?null, ?', re.MULTILINE)
_VERSION = re.compile(rb'("schema_version": ?")([^"]*)')


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The files of the checkout that git tracks, or would."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (CHECKOUT / name).is_file():
            (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, tmp_path / "copy" / name)
    return tmp_path / "copy"


def run(copy: Path, *command: str) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "PYTHONPATH": str(copy / "builder"), "PYTEST_ADDOPTS": ""}
    ran = subprocess.run(
        command, cwd=copy, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )

    assert 0 == ran.returncode, ran.stdout


def test_a_field_can_be_added(copy: Path) -> None:
    run(copy, "bash", "tests/recipes/add_field.sh")

    run(copy, sys.executable, "-m", "pytest", "-q", "-x")


def test_a_rule_can_be_added(copy: Path) -> None:
    run(copy, "bash", "tests/recipes/add_rule.sh")

    affected = ["tests/test_validate.py", "tests/test_contract.py", "tests/test_report.py", "tests/test_cli.py"]
    run(copy, sys.executable, "-m", "pytest", "-q", "-x", *affected)


def test_only_the_named_field_is_added_and_everything_else_keeps_its_bytes(copy: Path) -> None:
    before = {path: path.read_bytes() for path in (copy / "tests/cases").rglob("*") if path.is_file()}

    run(copy, "bash", "tests/recipes/add_field.sh")

    for path, old in before.items():
        new = _ADDED.sub(b"", path.read_bytes())
        assert old == _VERSION.sub(rb"\g<1>" + _version(old), new), path


def _version(data: bytes) -> bytes:
    found = _VERSION.search(data)
    return found[2] if found else b""
