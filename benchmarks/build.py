"""What `pressmark build` costs: ``python benchmarks/build.py FOLDER``, a folder of ``.txt`` articles.

The articles are real ones that `pressmark annotate` annotates. Printed, in CPU seconds of the fastest of some rounds:

- the stages of a build from nothing in one process; a stage's share comes from looking, every millisecond of CPU time, which of
  its functions is running;
- each view alone, and two peers: the same records, read from the same file, as the Parquet of the view `articles`.

``--growth 1000 3000`` builds synthetic projects of so many articles instead (`synthetic`), with the command and from nothing,
then again after one changed article. ``--plot FILE`` draws the growth as SVG.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import datasets
import growth
import jsonschema_rs
import msgspec
import orjson
import pyarrow as pa
from pyarrow import parquet as pq
from synthetic import real

from pressmark.publish.build import build
from pressmark.publish.cuts import Unit
from pressmark.publish.parquet import lines, write_table
from pressmark.publish.views import ARTICLES, OF_ARTICLES, rows
from pressmark.record import contract
from pressmark.record.model import Article
from pressmark.validation import article_issues, parse
from pressmark.validation.decoder import converted, decoded

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


ROUNDS = 3
STAGES = {  # the function that is a stage, by the file and the name
    ("seeds", "read"): "read",
    ("annotation_files", "annotation"): "annotations",
    ("annotation_files", "curate"): "annotations",
    ("__init__", "segment"): "segment",
    ("articles", "_errors"): "validate",
    ("corpus", "card"): "validate",
    ("registry", "dataset_issues"): "validate",
    ("build", "_key"): "keys of the cache",
    ("prepared", "put"): "rows of all views, cache",
    ("shards", "write_shard"): "Parquet and JSON Lines",
    ("swap", "switch"): "swap",
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Measure what a build costs.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=int, help="take so many of them; all by default")
    parser.add_argument("--growth", type=int, nargs="+", metavar="N", help="build synthetic projects of N articles instead")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2], help="with --growth: the processes")
    parser.add_argument("--plot", type=Path, help="with --growth: draw it into this .svg file")
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="pressmark-") as folder:
        project = real(arguments.folder, Path(folder) / "real", arguments.texts)
        if arguments.growth:
            growth.measure(project, Path(folder) / "grown", arguments.growth, arguments.jobs, arguments.plot)
        else:
            _print_stages(project)
            _print_peers(project / "data/articles.jsonl", Path(folder))


def _print_stages(project: Path) -> None:
    found = [_sampled(project) for _ in range(ROUNDS)]
    seconds, count, stages = min(found, key=lambda one: one[0])
    print(f"{count} articles from nothing, {seconds:.2f} CPU seconds, {1000 * seconds / count:.1f} ms an article\n")
    print("| stage | share | ms an article |\n| --- | ---: | ---: |")
    for stage, taken in stages.most_common():
        share = taken / stages.total()
        print(f"| {stage} | {share:.0%} | {1000 * share * seconds / count:.1f} |")


def _sampled(project: Path) -> tuple[float, int, Counter[str]]:
    """The CPU seconds of a build, the number of articles, and the share of each stage."""
    stages: Counter[str] = Counter()
    last = start = time.process_time()

    def look(_: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.process_time()
        stages[_stage(frame)] += now - last  # type: ignore[assignment] # a Counter of seconds
        last = now

    for made in (".pressmark", "data"):
        shutil.rmtree(project / made, ignore_errors=True)
    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
    built = build(project)
    signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - start, built.rows["articles"], stages


def _stage(frame: FrameType | None) -> str:
    """The outermost stage that is running."""
    found = "the rest"
    while frame:
        code = frame.f_code
        found = STAGES.get((Path(code.co_filename).stem, code.co_name), found)
        frame = frame.f_back
    return found


def _print_peers(records: Path, work: Path) -> None:
    """Prints what it costs to make Parquet of the records in a file, with all rules and in the peers' ways."""
    count = records.read_bytes().count(b"\n")
    print(f"\n{count} records of {records.stat().st_size / count / 1000:.0f} kB; CPU of the fastest of {ROUNDS} rounds\n")
    made = work / "made.parquet"
    costs: dict[str, list[float]] = {}
    sizes: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, write in CONTESTANTS.items():
            start = time.process_time()
            write(records, made)
            costs.setdefault(name, []).append(time.process_time() - start)
            sizes[name] = made.stat().st_size
        _time_views(records, made, costs, sizes)
    floor = min(costs[UNVALIDATED])
    print("| | ms an article | × unvalidated | kB an article |\n| --- | ---: | ---: | ---: |")
    for name, taken in costs.items():
        size = f"{sizes[name] / count / 1000:.2f}" if name in sizes else ""
        print(f"| {name} | {1000 * min(taken) / count:.2f} | {min(taken) / floor:.2f} | {size} |")


def _unvalidated(records: Path, made: Path) -> None:
    """`json`, `datasets.Dataset.from_list`, `to_parquet`, which sets the compression itself."""
    with records.open(encoding="utf-8") as file:
        found = datasets.Dataset.from_list([json.loads(line) for line in file])
    with made.open("wb") as file:
        found.to_parquet(file)


def _schema_alone(records: Path, made: Path) -> None:
    """`orjson`, `jsonschema-rs`, `pyarrow.Table.from_pylist`."""
    with records.open("rb") as file:
        found: list[dict[str, Any]] = [orjson.loads(line) for line in file]
    if not all(map(_is_valid, found)):
        sys.exit("a record does not follow the schema")
    table = pa.Table.from_pylist(found, schema=contract.arrow_schema(ARTICLES.columns()))
    pq.write_table(table, made, compression="zstd")


_is_valid = jsonschema_rs.Draft202012Validator(contract.record("article")).is_valid


def _all_rules(records: Path, made: Path) -> None:
    """pressmark: the decoder, every rule of levels 1 to 5, the rows of the view, the table."""
    with records.open("rb") as file:
        found = [decoded(line) or converted("article", parse(line)) for line in file]  # as `pressmark validate` does
    if any(issue.severity == "error" for article in found for issue in article_issues(article)):
        sys.exit("a record breaks a rule")
    rows_of = ((article.id, [msgspec.to_builtins(article)]) for article in found)
    write_table(made, ARTICLES, (Unit(name, lines(ARTICLES, one)) for name, one in rows_of))


UNVALIDATED = "`json`, `Dataset.from_list`, `to_parquet` (Snappy): no validation"
CONTESTANTS: dict[str, Callable[[Path, Path], None]] = {
    UNVALIDATED: _unvalidated,
    "`orjson`, `jsonschema-rs`, `Table.from_pylist`: the schema": _schema_alone,
    "pressmark, `articles` alone: all rules": _all_rules,
}


def _time_views(records: Path, made: Path, costs: dict[str, list[float]], sizes: dict[str, int]) -> None:
    """Adds what each view costs once the records are read and checked."""
    articles = [msgspec.json.decode(line, type=Article) for line in records.read_bytes().splitlines()]
    start = time.process_time()
    found = [(article.id, rows(article)) for article in articles]  # only the tokens are made already
    _add("tokens, which three views share", start, costs)
    for view in OF_ARTICLES:
        start = time.process_time()
        write_table(made, view, (Unit(name, lines(view, one[view.name])) for name, one in found))
        _add(f"rows and Parquet of `{view.name}`", start, costs)
        sizes[f"rows and Parquet of `{view.name}`"] = made.stat().st_size


def _add(name: str, start: float, costs: dict[str, list[float]]) -> None:
    costs.setdefault(name, []).append(time.process_time() - start)


if __name__ == "__main__":
    datasets.disable_progress_bars()
    main()
