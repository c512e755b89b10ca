"""A Dask cluster on loopback does the work of one process, byte for byte, also while its workers die."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pressmark
from conftest import CACHE, annotate, example, project_of, tree
from pressmark.publish.build import build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow
TEXT = example()["text"]
_WAIT = 60  # seconds that a loaded machine may take


def many(folder: Path, count: int) -> Path:
    """A project of so many articles, a third of them annotated."""
    project = project_of(folder, {f"a{i:03}.txt": f"{TEXT}\n\nNumber {i}.".encode() for i in range(count)})
    for seed in sorted(project.glob("seeds/*.txt"))[::3]:
        annotate(project, seed.stem, text_sha256=sha256(seed.read_bytes()).hexdigest())
    return project


@contextmanager
def cluster(folder: Path, workers: int, package: Path | None = None) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Yields the address of a scheduler on loopback, and its workers; they import pressmark from ``package``, if named."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
    environment = os.environ | ({"PYTHONPATH": str(package)} if package else {})
    logs = (folder / "dask.log").open("wb")
    begun = [subprocess.Popen([*dask, "--no-dashboard"], cwd=folder, stdout=logs, stderr=logs)]
    try:
        for number in range(workers):
            place = ["--no-dashboard", "--local-directory", str(folder / f"worker{number}")]
            begun.append(subprocess.Popen([*worker, *place], cwd=folder, env=environment, stdout=logs, stderr=logs))
        yield address, begun[1:]
    finally:
        for process in begun:
            process.kill()
            process.wait()
        logs.close()


def command(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pressmark", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + _WAIT
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_build_of_500_articles_survives_two_of_three_workers(tmp_path: Path) -> None:
    alone, shared = many(tmp_path / "alone", 500), many(tmp_path / "shared", 500)
    build(alone)
    with cluster(tmp_path, 3) as (address, workers):
        run = command("build", shared, "--executor", f"dask:{address}")
        for number, kept in enumerate((40, 160)):
            until(lambda: len(list((shared / CACHE).glob("??/*"))) >= kept)  # noqa: B023
            workers[number].send_signal(signal.SIGKILL)
        still_at_work = run.poll() is None
        _, err = run.communicate(timeout=_WAIT)

    assert still_at_work
    assert 0 == run.returncode, err
    assert tree(alone) == tree(shared)


def test_annotate_gives_the_same_proposals(tmp_path: Path) -> None:
    texts = project_of(tmp_path / "texts", {f"{i}.txt": f"{TEXT}\n\nNumber {i}.".encode() for i in range(30)})
    with cluster(tmp_path, 2) as (address, _):
        shared = command("annotate", *sorted(texts.glob("seeds/*")), "--executor", f"dask:{address}")
        alone = command("annotate", *sorted(texts.glob("seeds/*")))
        results = [run.communicate(timeout=_WAIT) for run in (shared, alone)]

    assert [0, 0] == [shared.returncode, alone.returncode]
    assert results[0] == results[1]
    assert 30 == results[0][0].count("\n")


def test_a_worker_with_another_pressmark_is_refused(tmp_path: Path) -> None:
    project = many(tmp_path / "project", 3)
    other = tmp_path / "other"
    checkout = Path(pressmark.__file__).parents[2]
    shutil.copytree(checkout / "builder", other / "builder", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(checkout / "schema", other / "schema")
    with (other / "builder/pressmark/segment/sentences.py").open("a") as code:
        code.write("# another version\n")
    with cluster(tmp_path, 1, other / "builder") as (address, _):
        run = command("build", project, "--executor", f"dask:{address}")
        _, err = run.communicate(timeout=_WAIT)

    assert 3 == run.returncode
    assert err.endswith("the worker runs another pressmark; install the same version there\n")
    assert 1 == err.count("\n")
    assert not (project / "data").exists()


@pytest.mark.parametrize(
    ("executor", "code", "said"),
    [
        ("dask:tcp://127.0.0.1:9", 3, "no Dask scheduler answers"),
        ("tcp://127.0.0.1:9", 2, "write dask: and the address of a scheduler"),
        ("dask:", 2, "write dask: and the address of a scheduler"),
    ],
)
def test_a_cluster_that_is_not_there_is_one_line(tmp_path: Path, executor: str, code: int, said: str) -> None:
    run = command("build", many(tmp_path, 1), "--executor", executor)
    out, err = run.communicate(timeout=_WAIT)

    assert (code, "", 1) == (run.returncode, out, err.count("\n"))
    assert said in err
