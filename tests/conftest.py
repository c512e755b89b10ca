"""What the tests share: projects to build, the command line in this process, and no way out to the network."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from pressmark.record import contract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHECKOUT = Path(__file__).parents[1]
PROJECT = ("seeds", "annotations", "data", ".huggingface.yaml", "DATASHEET.md", "LICENSE-annotations", "LICENSE-texts")
LOCK = ".pressmark-build.lock"
CACHE = ".pressmark/cache"
_SHIFTED = (CHECKOUT / "tests/cases/invalid/span-text.json").read_text(encoding="utf-8")
SHIFTED_LINE = _SHIFTED[: _SHIFTED.index('"cue": [')].count("\n") + 2  # of the span whose text is not that of its offsets
VIEWS = (
    "articles",
    "entities",
    "mentions",
    "ner",
    "coref",
    "quotes",
    "attribution",
    "claims",
    "claim_detection",
    "claim_pairs",
    "relations",
)

# The only Hypothesis settings besides numbers of examples: nothing depends on the speed of the machine. CI repeats its runs.
settings.register_profile(
    "pressmark", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("pressmark")

_home = tempfile.TemporaryDirectory(prefix="pressmark-tests-")


def pytest_configure() -> None:
    """Before any test module imports `datasets`: its files go into a folder of their own, and it stays offline."""
    os.environ |= {
        "COLUMNS": "100",  # pytest-xdist sets it to the width of its own terminal
        "HF_HOME": _home.name,
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    }
    os.environ.pop("HF_DATASETS_CACHE", None)


def pytest_unconfigure() -> None:
    _home.cleanup()


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: socket.socket, address: object) -> None:
        pytest.fail(f"a test reaches for {address}")

    monkeypatch.setattr(socket.socket, "connect", refused)


class Ran(NamedTuple):
    """What a run of the command line left: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def pressmark(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """``pressmark("build", project)``: the command line, in this process."""
    from pressmark.cli import main

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["pressmark", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        return Ran(int(left.value.code or 0), *capsys.readouterr())

    return run


@pytest.fixture
def pools(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Gets a 1 for each pool of processes that is begun."""
    begun: list[int] = []
    pool = ProcessPoolExecutor

    def counted(*arguments: Any) -> Any:
        begun.append(1)
        return pool(*arguments)

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", counted)
    return begun


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the dataset project that the checkout is."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in PROJECT:
        if (CHECKOUT / name).is_dir():
            shutil.copytree(CHECKOUT / name, folder / name)
        elif (CHECKOUT / name).exists():
            shutil.copy(CHECKOUT / name, folder / name)
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project of two one-line articles, the contract's example and one that nobody annotated; built once."""
    from pressmark.publish.build import build

    folder = project_of(
        tmp_path / "small", {"example.txt": example()["text"].encode(), "plain.txt": b"Rome is far. It rains.\n"}
    )
    annotate(folder, "example")
    write_json(folder / "annotations/relations.json", [])
    (folder / "seeds/metadata.jsonl").write_text('{"file_name": "plain.txt", "language": "en", "published": "2023-01-11"}\n')
    build(folder)
    return folder


def project_of(folder: Path, seeds: dict[str, bytes]) -> Path:
    """A new dataset project with these seeds and nothing else."""
    for name, data in seeds.items():
        path = folder / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def example() -> dict[str, Any]:
    """The article that the contract shows as its example; a fresh copy."""
    found: dict[str, Any] = json.loads(json.dumps(contract.schema("article")["examples"][0]))
    return found


def annotate(project: Path, stem: str, **changes: object) -> Path:
    """Write the example's annotation for a seed whose text is the example's, with some keys changed."""
    keys = contract.columns("annotation")
    record = {key: value for key, value in example().items() if key in keys} | {"id": stem, "zones": []} | changes
    record["layers"]["zones"] = "none"
    return write_json(project / "annotations" / f"{stem}.json", record)


def write_json(path: Path, value: object) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1))
    return path


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with its hash, every link with its target, every other thing with its kind.

    Less the lock and the cache of a build, which may be deleted at any time.
    """
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.name != LOCK}
    return {name: _what(path) for name, path in found.items() if not name.startswith(CACHE) and name != ".pressmark"}


def _what(path: Path) -> str:
    if path.is_symlink():
        return f"link to {path.readlink()}"
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else f"{path.stat().st_mode >> 12:o}"


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every span anywhere in a row."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from spans(item)
