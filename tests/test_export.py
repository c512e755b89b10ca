"""`pressmark export`: what a format cannot hold is counted before anything is written, and --strict then writes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pressmark.formats import label_studio
from test_merge import run

ROOT = Path(__file__).parents[1]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("seeds", "annotations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def poor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Label Studio as if it could not hold these."""
    lost = {"claims[].about", "entities[].kb_id", "discontinuous spans"}
    monkeypatch.setattr(label_studio, "KEEPS", label_studio.KEEPS - lost)


@pytest.mark.usefixtures("poor")
def test_losses_are_listed_and_counted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == run("export", project, "--to", "label-studio", "-o", project / "out")

    claims = [
        claim
        for path in project.glob("annotations/0*.json")
        for claim in json.loads(path.read_text("utf-8"))["claims"]
        if claim["about"]
    ]
    lines = capsys.readouterr().err.splitlines()
    assert f"label-studio cannot hold claims[].about: {len(claims)}" in lines
    assert 3 == len(lines)


@pytest.mark.usefixtures("poor")
def test_strict_refuses_losses(project: Path) -> None:
    assert 1 == run("export", project, "--to", "label-studio", "--strict", "-o", project / "out")

    assert not (project / "out").exists()


@pytest.mark.usefixtures("poor")
def test_losses_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == run("export", project, "--to", "label-studio", "--format", "json", "-o", project / "out")

    found = json.loads(capsys.readouterr().err)
    assert ("label-studio", 2) == (found["format"], found["articles"])
    assert {"claims[].about", "entities[].kb_id", "discontinuous spans"} == found["losses"].keys()


def test_another_output_format_is_wrong_usage(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == run("export", project, "--to", "label-studio", "--format", "xml", "-o", project / "out")
    assert "--format xml: use text or json" in capsys.readouterr().err


def test_an_export_twice_gives_the_same_bytes(project: Path) -> None:
    run("export", project, "--to", "label-studio", "-o", project / "one")
    run("export", project, "--to", "label-studio", "-o", project / "two")

    assert (project / "one/tasks.json").read_bytes() == (project / "two/tasks.json").read_bytes()
