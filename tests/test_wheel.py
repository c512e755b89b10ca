"""What is installed is whole: the wheel works outside the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer

import pressmark.cli  # noqa: F401 - adds the commands to the application
from pressmark.cli.console import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Ran

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and with the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    made = subprocess.run(build, capture_output=True, text=True, check=False)
    assert 0 == made.returncode, made.stderr
    return folder


@pytest.mark.slow
def test_the_sdist_has_no_text_of_others(dist: Path) -> None:
    (path,) = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]

    assert {"builder", "schema"} == {name.partition("/")[0] for name in names if "/" in name}
    assert {"CHANGELOG.md", "LICENSE", "README.md", "pyproject.toml"} <= set(names)
    words = (ROOT / "seeds/004_a77e34100e659021.txt").read_bytes()[200:260]
    with tarfile.open(path) as archive:
        files = [archive.extractfile(member) for member in archive.getmembers() if member.isfile()]
        assert not [file for file in files if file and words in file.read()]


@pytest.mark.slow
def test_the_wheel_validates_outside_the_checkout(dist: Path, tmp_path: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "site")  # noqa: S202 - it was built above

    contract = {path.name for path in (ROOT / "schema").iterdir()} - {"decisions.md"}  # which quotes the articles
    assert contract == {name.rpartition("/")[2] for name in names if name.startswith("pressmark/schema/")}
    assert {"pressmark/py.typed", "pressmark/look/page.css", "pressmark/look/page.js"} <= set(names)
    templates = {path.name for path in (ROOT / "builder/pressmark/project/template").iterdir()}
    assert templates == {name.rpartition("/")[2] for name in names if name.startswith("pressmark/project/template/")}
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


def helps() -> Iterator[str]:
    """The help text of every command and option."""
    top = typer.main.get_command(app)
    yield from (app.info.help or "", app.info.epilog or "")
    for command in top.commands.values():  # type: ignore[attr-defined]
        yield command.help or ""
        for parameter in command.params:
            yield getattr(parameter, "help", None) or ""


def test_help_names_no_file_that_the_wheel_lacks() -> None:
    texts = list(helps())
    assert len(texts) > 30
    for text in texts:
        for name in re.findall(r"(?<![\w/.:-])(?:docs|schema|tests|benchmarks|builder)/[\w./-]*", text):
            pytest.fail(f"{name} is not in the wheel, but this says so: {text}")


def test_output_has_a_short_name_everywhere() -> None:
    top = typer.main.get_command(app)
    named = [parameter.opts for command in top.commands.values() for parameter in command.params]  # type: ignore[attr-defined]
    outputs = [names for names in named if "--output" in names]

    assert outputs
    assert all("-o" in names for names in outputs)


def test_the_version_is_printed(pressmark: Callable[..., Ran]) -> None:
    assert (0, f"pressmark {version('pressmark')}\n", "") == pressmark("--version")
