"""`pressmark score` of many articles: the same bytes for any number of processes, and memory that does not grow with them."""

from __future__ import annotations

import gc
import io
import json
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import cycle, islice
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CHECKOUT
from pressmark.record.encode import json_line
from pressmark.record.jobs import workers
from pressmark.record.model import Article
from pressmark.scoring import Pair, opened, score_files
from pressmark.scoring.disagreements import Disagreement
from pressmark.scoring.tally import ENOUGH, PRF, RESAMPLES, SEED, Tally, figures
from pressmark.validation import convert

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

CASE = convert(json.loads((CHECKOUT / "tests/cases/valid/article.json").read_text(encoding="utf-8")), Article)
PREDICTIONS = (  # right, without a quote, with a wrong label, without claims
    CASE,
    replace(CASE, quotes=CASE.quotes[:1], claims=()),
    replace(CASE, entities=(replace(CASE.entities[0], label="ORG"), *CASE.entities[1:])),
    replace(CASE, claims=(), layers=replace(CASE.layers, claims="none")),
)


def named(articles: list[Article]) -> list[Article]:
    return [replace(article, id=f"a{number:04}") for number, article in enumerate(articles)]


def many(folder: Path, count: int) -> tuple[Path, Path]:
    """Two files of so many articles, the second in another order."""
    sides = named([CASE] * count), named(list(islice(cycle(PREDICTIONS), count)))[::-1]
    paths = folder / "gold.jsonl", folder / "pred.jsonl"
    for path, articles in zip(paths, sides, strict=True):
        path.write_bytes(b"".join(map(json_line, articles)))
    return paths


# Processes


@pytest.mark.parametrize("options", [[], ["--format", "json"], ["--errors"], ["--errors", "--format", "json"]])
def test_the_output_is_the_same_for_any_number_of_processes(
    options: list[str], tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    sides = many(tmp_path, 3 * ENOUGH)

    one = pressmark("score", *sides, *options)

    assert (0, "") == (one.code, one.err)
    assert one == pressmark("score", *sides, *options, "--jobs", 2)
    assert one == pressmark("score", *sides, *options, "-j", 3)


def broken_lines(gold: Path, pred: Path) -> None:
    for path in (gold, pred):
        lines = path.read_bytes().splitlines(keepends=True)
        lines[11] = lines[11].replace(b'"start":', b'"begin":', 1)
        lines[20] = b"{\n"
        path.write_bytes(b"".join(lines))


def wrong_span(_: Path, pred: Path) -> None:
    pred.write_bytes(pred.read_bytes().replace(b'"start":30', b'"start":31'))


def one_sided(gold: Path, _: Path) -> None:
    gold.write_bytes(b"".join(gold.read_bytes().splitlines(keepends=True)[:20]))


def twice(gold: Path, _: Path) -> None:
    gold.write_bytes(gold.read_bytes() + gold.read_bytes()[: gold.read_bytes().index(b"\n") + 1])


def two_texts(_: Path, pred: Path) -> None:
    lines = pred.read_bytes().splitlines(keepends=True)
    other = replace(CASE, id="a0004", text="Rain.", zones=(), sentences=(), entities=(), quotes=(), claims=())
    pred.write_bytes(b"".join([*lines[:-5], json_line(other), *lines[-4:]]))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (broken_lines, "gold.jsonl:12:"),
        (wrong_span, "pred.jsonl:1:"),
        (one_sided, "a0020: score-article: is in the prediction, but not in the gold"),
        (twice, "a0000: score-twice: occurs twice in the gold"),
        (two_texts, "a0004: $.text: score-text: the two annotate different texts"),
    ],
)
def test_what_is_wrong_is_the_same_for_any_number_of_processes(
    spoil: Callable[[Path, Path], None], said: str, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    sides = many(tmp_path, 25)
    spoil(*sides)

    one = pressmark("score", *sides)

    assert (1, "") == (one.code, one.out)
    assert said in one.err
    assert one == pressmark("score", *sides, "--jobs", 2)
    assert one == pressmark("score", *sides, "--jobs", 3)


def test_only_the_first_wrong_record_of_a_file_is_explained(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    gold, pred = many(tmp_path, 25)
    broken_lines(gold, pred)

    assert {f"{gold}:12"} == {":".join(line.split(":")[:2]) for line in pressmark("score", gold, pred).err.splitlines()}


def test_the_processes_of_a_command_are_one_pool(tmp_path: Path, pressmark: Callable[..., Ran], pools: list[int]) -> None:
    assert 0 == pressmark("score", *many(tmp_path, ENOUGH), "--jobs", 2).code
    assert [1] == pools


def running(folder: Path, *options: str, count: int = 2000) -> subprocess.Popen[str]:
    """A score by two processes, one of which has begun. Its temporary files go into a folder of their own."""
    (folder / "tmp").mkdir()
    command = [sys.executable, "-m", "pressmark", "score", *many(folder, count), "--jobs", "2", *options]
    started = subprocess.Popen(
        command,  # type: ignore[arg-type]
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(folder / "tmp")},
        start_new_session=True,
    )
    while started.poll() is None and not children(started.pid):
        os.sched_yield()
    return started


def children(process: int) -> list[int]:
    """Its processes that work: multiprocessing also has one that looks after resources."""
    found = map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())
    return [child for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_killed_process_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    started = running(tmp_path)
    os.kill(children(started.pid)[0], signal.SIGKILL)

    out, err = started.communicate()

    assert (3, "") == (started.returncode, out)
    assert "pressmark: a process ended abruptly, perhaps for lack of memory; use fewer --jobs\n" == err
    assert [] == list((tmp_path / "tmp").iterdir())


def test_a_process_that_is_killed_while_another_starts_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    start = ProcessPoolExecutor._spawn_process  # type: ignore[attr-defined]

    def late(pool: ProcessPoolExecutor) -> None:
        for other in pool._processes.values():
            other.kill()
            other.join()
        start(pool)

    monkeypatch.setattr(ProcessPoolExecutor, "_spawn_process", late)

    with pytest.raises(ChildProcessError, match="a process ended abruptly"), workers(2) as each:
        list(each(len, iter("abc" * 10)))


def half_a_result(ending: str) -> None:
    """From now on this process is killed while it writes a result, first the others too if ``ending`` is "all"."""

    def cut(connection: Connection, result: bytes) -> None:
        os.write(connection.fileno(), struct.pack("!i", len(result)) + result[:1])
        ends = children(os.getppid()) if ending == "all" else []
        for process in [*(one for one in ends if one != os.getpid()), os.getpid()]:
            os.kill(process, signal.SIGKILL)

    Connection._send_bytes = cut  # type: ignore[attr-defined]


def wait_for_half_a_result(ending: str) -> None:
    with pytest.raises(ChildProcessError, match="a process ended abruptly"), workers(2) as each:
        list(each(half_a_result, iter([ending]), batch=1))


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.parametrize("ending", ["one", "all"])
def test_a_process_that_is_killed_while_it_writes_a_result_is_an_error(ending: str) -> None:
    command = f"import test_score_files as tests; tests.wait_for_half_a_result({ending!r})"

    subprocess.run([sys.executable, "-c", command], cwd=CHECKOUT / "tests", check=True, timeout=60)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_an_interrupt_is_exit_130_without_a_traceback_and_leaves_nothing(tmp_path: Path) -> None:
    started = running(tmp_path)
    os.killpg(started.pid, signal.SIGINT)

    out, err = started.communicate()

    assert (130, "") == (started.returncode, out)
    assert "Traceback" not in err
    assert [] == list((tmp_path / "tmp").iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    started = running(tmp_path, "--errors", count=200)
    assert started.stdout
    assert started.stderr
    started.stdout.close()

    assert "Traceback" not in started.stderr.read()
    started.stderr.close()
    assert 1 == started.wait()
    assert [] == list((tmp_path / "tmp").iterdir())


# Memory


@pytest.fixture
def alive() -> Callable[[], int]:
    """Counts the articles, pairs, tallies and disagreements that are in memory, beyond those that were there before."""

    def count() -> int:
        gc.collect()
        return sum(isinstance(one, Article | Pair | Tally | Disagreement) for one in gc.get_objects())

    before = count()
    return lambda: count() - before


@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".parquet"])
def test_what_is_in_memory_does_not_grow_with_the_articles(suffix: str, tmp_path: Path, alive: Callable[[], int]) -> None:
    from pressmark import dump

    gold, pred = many(tmp_path, 60)
    if suffix == ".json":
        for path in (gold, pred):
            records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            path.with_suffix(suffix).write_text(json.dumps(records), encoding="utf-8")
    elif suffix == ".parquet":
        dump(named([CASE] * 60), gold.with_suffix(suffix))
        dump(named([CASE] * 60), pred.with_suffix(suffix))
    seen: list[int] = []
    told: list[str] = []

    with opened(gold.with_suffix(suffix), pred.with_suffix(suffix)) as sides:
        found = score_files(sides, seen=lambda: seen.append(alive()), tell=lambda one: told.append(str(one)))

    assert 60 == len(seen) == len(found.score.articles)
    assert 0 < max(seen[12:]) <= max(seen[:12])


def test_what_can_be_read_once_is_gone_afterwards(
    tmp_path: Path, pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    gold, pred = many(tmp_path, ENOUGH)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(pred.read_bytes())))

    streamed = pressmark("score", gold, "-", "--errors", "--jobs", 2)

    assert streamed == pressmark("score", gold, pred, "--errors")
    assert [] == list((tmp_path / "tmp").iterdir())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_side_may_be_a_pipe(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    gold, pred = many(tmp_path, ENOUGH)
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(pred.read_bytes(),))
    writer.start()

    piped = pressmark("score", gold, tmp_path / "pipe")
    writer.join()

    assert piped == pressmark("score", gold, pred)


# Intervals


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=ENOUGH, max_size=12))
@settings(max_examples=10)
def test_an_interval_is_that_of_resampled_articles(hits: list[tuple[int, int]]) -> None:
    found = figures([{"f": Tally(PRF, (hit, 3, hit, 3))} if hit else {} for hit, _ in hits] + [{"f": Tally(PRF, (0, 1, 0, 1))}])

    rows = [(hit, 3, hit, 3) if hit else (0, 0, 0, 0) for hit, _ in hits] + [(0, 1, 0, 1)]
    chance = random.Random(SEED)
    values = []
    for _ in range(RESAMPLES):
        drawn = Counter(chance.choices(range(len(rows)), k=len(rows)))
        sums = [sum(times * rows[i][k] for i, times in drawn.items()) for k in range(4)]
        if sums[1]:
            values.append(sums[0] / sums[1])
    cuts = quantiles(values, n=40, method="inclusive")
    assert found["f"].interval == pytest.approx((cuts[0], cuts[-1]))
