"""A build is all or nothing. `test_kill_sweep.py` kills it at every system call."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import annotate, example, tree
from pressmark.publish import build as flow
from pressmark.publish import swap
from pressmark.publish.build import build
from pressmark.publish.check import check
from pressmark.record.issue import InvalidError

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

# Builds a project, and is killed when it is about to make its second swap.
KILLED = """
import os, signal, sys
from pathlib import Path
from pressmark.publish import build, swap

def counted(*paths, exchange=swap._exchange, done=[]):
    done.append(paths)
    if len(done) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    exchange(*paths)

swap._exchange = counted
build.build(Path(sys.argv[1]))
"""


@pytest.fixture
def stopped(small: Path) -> Path:
    """A project whose build was killed between its swaps: data/ is new, and what stands beside it is old."""
    (small / "DATASHEET.md").write_text("<!-- figures: written by `pressmark build` -->\n<!-- /figures -->")
    (small / "seeds/plain.txt").write_text("Rome is near.\n")
    (small / "data/.gitattributes").write_text("kept")
    before = tree(small)
    run = subprocess.run([sys.executable, "-c", KILLED, small], capture_output=True, check=False)
    assert -signal.SIGKILL == run.returncode, run.stderr
    assert before[".huggingface.yaml"] == tree(small)[".huggingface.yaml"]
    assert before["data/articles.jsonl"] != tree(small)["data/articles.jsonl"]
    return small


def test_a_build_killed_between_its_swaps_is_noticed(stopped: Path, pressmark: Callable[..., Ran]) -> None:
    code, out, _ = pressmark("build", "--check", stopped)

    assert 1 == code
    assert "check-stopped: a build was stopped while it replaced files; run `pressmark build`" in out


def test_it_is_finished_by_the_next_build_even_if_that_fails(stopped: Path) -> None:
    (stopped / "seeds/bad.txt").write_bytes(b"\xff")

    with pytest.raises(InvalidError):
        build(stopped)

    (stopped / "seeds/bad.txt").unlink()
    assert [] == check(stopped)
    assert not (stopped / swap.STAGING).exists()
    assert "kept" == (stopped / "data/.gitattributes").read_text()


def test_what_a_user_wrote_after_a_kill_is_not_overwritten(stopped: Path) -> None:
    (stopped / "DATASHEET.md").write_text("mine")
    (stopped / "seeds/bad.txt").write_bytes(b"\xff")

    with pytest.raises(InvalidError):
        build(stopped)

    assert "mine" == (stopped / "DATASHEET.md").read_text()


def test_a_build_that_was_stopped_between_two_renames_is_mended_even_if_the_next_one_fails(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tree(small / "data")
    staging = small / swap.STAGING
    (staging / "old").mkdir(parents=True)
    (small / "data").rename(staging / "old/data")
    (small / "seeds/bad.txt").write_bytes(b"\xff")
    monkeypatch.setattr(swap, "_swapped", lambda *_: False)

    with pytest.raises(InvalidError):
        build(small)

    assert old == tree(small / "data")
    assert not staging.exists()


@pytest.mark.parametrize("error", [OSError(errno.EACCES, "Permission denied"), KeyboardInterrupt()], ids=["error", "Ctrl-C"])
def test_a_rename_that_fails_between_two_leaves_the_old_dataset(
    small: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    (small / "seeds/plain.txt").write_text("Rome is near.\n")
    old = tree(small / "data")
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self == small / swap.STAGING / "data":
            raise error
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(swap, "_swapped", lambda *_: False)
        patch.setattr(Path, "rename", refused)
        with pytest.raises(type(error)):
            build(small)
    with swap.staging(small):  # as the next build begins
        assert old == tree(small / "data")


def test_the_fallback_switches_too(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small / "seeds/plain.txt").write_text("Rome is near.\n")
    monkeypatch.setattr(swap, "_swapped", lambda *_: False)

    build(small)

    assert [] == check(small)
    assert not (small / swap.STAGING).exists()


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.EXDEV, errno.EPERM])
def test_a_file_system_that_cannot_swap_is_told_from_one_that_may_not(
    small: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    class Libc:
        def __init__(self, *_: object, **__: object) -> None:
            pass

        def renameat2(self, *_: object) -> int:
            return -1

    monkeypatch.setattr("ctypes.CDLL", Libc)
    monkeypatch.setattr("ctypes.get_errno", lambda: code)
    (small / "seeds/plain.txt").write_text("Rome is near.\n")
    old = tree(small)

    if code == errno.EPERM:
        with pytest.raises(PermissionError):
            build(small)
        assert old == tree(small)
    else:
        build(small)
        assert [] == check(small)


@pytest.mark.parametrize(("platform", "libc"), [("darwin", None), ("linux", object())], ids=["not Linux", "an old libc"])
def test_where_there_is_no_renameat2_two_renames_do(
    small: Path, monkeypatch: pytest.MonkeyPatch, platform: str, libc: object
) -> None:
    (small / "seeds/plain.txt").write_text("Rome is near.\n")
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", platform)
        patch.setattr("ctypes.CDLL", lambda *_, **__: libc)
        build(small)

    assert [] == check(small)


def test_two_builds_at_once(small: Path, pressmark: Callable[..., Ran]) -> None:
    before = tree(small)
    # A second process waits in the middle of its build, until this one has tried.
    script = "import sys; from pathlib import Path; from pressmark.publish.swap import staging\n"
    script += "with staging(Path(sys.argv[1])): print('ready', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", script, small], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert "ready\n" == other.stdout.readline()
        code, out, err = pressmark("build", small)
        assert (small / swap.STAGING).is_dir()
        other.communicate("")

    assert (3, "", 1) == (code, out, err.count("\n"))
    assert "another build is running" in err
    assert before == tree(small)
    assert 0 == pressmark("build", small).code


@pytest.mark.parametrize("size", [0, 100, 3000, 9000])
def test_a_full_disk_leaves_the_old_dataset(small: Path, size: int) -> None:
    annotate(small, "example", annotators=[example()["annotators"][0] | {"name": "x" * 20_000}])
    (small / "seeds/plain.txt").write_text("Rome is near.\n" * 500)
    before = tree(small)

    ran = subprocess.run(  # its writes fail from that size on
        [sys.executable, "-m", "pressmark", "build", small],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )

    assert (3, "", 1) == (ran.returncode, ran.stdout, ran.stderr.count("\n")), ran.stderr
    assert "File too large" in ran.stderr
    assert before == tree(small)


@pytest.mark.parametrize("call", ["fsync", "mkdir", "open"])
def test_an_error_of_the_disk_leaves_the_old_dataset(
    small: Path, monkeypatch: pytest.MonkeyPatch, pressmark: Callable[..., Ran], call: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (small / "seeds/plain.txt").write_text("Rome is near.\n")
    before = tree(small)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        code, out, err = pressmark("build", small)

    assert (3, "", "pressmark: No space left on device\n") == (code, out, err)
    assert before == tree(small)


def test_a_build_that_cannot_replace_the_last_of_its_files_leaves_the_old_dataset(
    small: Path, pressmark: Callable[..., Ran]
) -> None:
    (small / "seeds/plain.txt").write_text("Rome is near.\n")
    (small / ".huggingface.yaml").unlink()
    (small / ".huggingface.yaml").mkdir()
    before = tree(small)

    code, out, err = pressmark("build", small)

    assert (3, "", 1) == (code, out, err.count("\n"))
    assert before == tree(small)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(small: Path, pressmark: Callable[..., Ran]) -> None:
    before = tree(small)
    small.chmod(0o555)
    code, out, err = pressmark("build", small)
    small.chmod(0o755)

    assert (3, "", 1) == (code, out, err.count("\n"))
    assert before == tree(small)


def test_interrupted(small: Path, monkeypatch: pytest.MonkeyPatch, pressmark: Callable[..., Ran]) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    before = tree(small)
    monkeypatch.setattr(flow, "make", interrupted)

    code, out, err = pressmark("build", small)

    assert (130, "") == (code, out)
    assert "Traceback" not in err
    assert before == tree(small)


@pytest.mark.parametrize("there", [True, False], ids=["a folder", "nothing"])
def test_a_link_in_the_place_of_the_dataset_is_refused(small: Path, pressmark: Callable[..., Ran], there: bool) -> None:  # noqa: FBT001
    (small / "data").rename(small / "elsewhere") if there else shutil.rmtree(small / "data")
    (small / "data").symlink_to("elsewhere")
    before = tree(small)

    code, out, err = pressmark("build", small)

    assert (3, "", 1) == (code, out, err.count("\n"))
    assert f"{small}/data: is a symbolic link" in err
    assert before == tree(small)


def test_a_file_in_the_place_of_the_dataset_is_kept(small: Path, pressmark: Callable[..., Ran]) -> None:
    shutil.rmtree(small / "data")
    (small / "data").write_text("mine")
    before = tree(small)

    code, out, err = pressmark("build", small)

    assert (3, "", 1) == (code, out, err.count("\n"))
    assert before == tree(small)
