"""Measures `pressmark score`: ``python benchmarks/score.py FOLDER [--texts N] [--pairs N …] [--jobs N …] [--at PATH]``.

The gold is what ``pressmark annotate`` makes of the ``.txt`` files in FOLDER. The prediction is a disturbed copy: every tenth
entity, quote and claim is missing, and every tenth entity has another label. Both are repeated under new ids until there are
so many pairs. For each number of pairs and of jobs it prints the seconds, the CPU seconds, the peak memory of the largest
process, and a hash of the output. ``--at`` measures another checkout.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PRESSMARK = (sys.executable, "-m", "pressmark")
# A small process between, since a child's peak starts with the size of its parent.
PEAK = """
import hashlib, json, resource, subprocess, sys, time
start = time.perf_counter()
ran = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
digest = hashlib.sha256(ran.stdout).hexdigest()
print(json.dumps([ran.returncode, time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, digest]))
"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure `pressmark score`.")
    parser.add_argument("folder", type=Path, help="a folder of .txt files, which are annotated first")
    parser.add_argument("--texts", type=int, help="take so many of them; all by default")
    parser.add_argument("--pairs", type=int, nargs="+", default=[100, 1000, 3000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--at", type=Path, help="a folder with another version of pressmark")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        work = Path(folder)
        texts = sorted(arguments.folder.glob("*.txt"))[: arguments.texts]
        command: list[str | Path] = [*PRESSMARK, "annotate", *texts, "--output", work / "made.jsonl"]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)  # noqa: S603
        golds = (work / "made.jsonl").read_bytes().splitlines(keepends=True)
        preds = [_disturbed(line) for line in golds]
        print(f"{len(golds)} records of {sum(map(len, golds)) / len(golds) / 1000:.0f} kB; {os.cpu_count()} cores, Python")
        size = sum(map(len, golds)) / len(golds) / 1000
        print(f"{len(golds)} records of {size:.0f} kB; {os.cpu_count()} cores, Python {platform.python_version()}\n")
        print("| pairs | jobs | seconds | CPU seconds | MB | output |\n| ---: | ---: | ---: | ---: | ---: | --- |")
        for count in arguments.pairs:
            _repeat(golds, count, work / "gold.jsonl")
            _repeat(preds, count, work / "pred.jsonl")
            _print_rows(work, count, arguments.jobs, arguments.at)


def _disturbed(line: bytes) -> bytes:
    """The record without every tenth entity, quote and claim, and with another label for every tenth entity."""
    record: dict[str, Any] = json.loads(line)
    for layer in ("entities", "quotes", "claims"):
        record[layer] = [item for i, item in enumerate(record[layer]) if i % 10 != 3]
    for entity in record["entities"][5::10]:
        entity["label"] = "ORG" if entity["label"] == "PERSON" else "PERSON"
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _repeat(records: list[bytes], count: int, made: Path) -> None:
    with made.open("wb") as file:
        for number, line in enumerate(itertools.islice(itertools.cycle(records), count)):
            before, _, after = line.partition(b'"id":"')  # the record's own id comes first
            file.write(b'%b"id":"article-%d"%b' % (before, number, after.partition(b'"')[2]))


def _print_rows(work: Path, count: int, jobs: list[int], at: Path | None) -> None:
    first = None
    environment = os.environ | ({"PYTHONPATH": str(at / "builder")} if at else {})
    for number in jobs:
        more = [] if number == 1 else ["--jobs", str(number)]
        command: list[str | Path] = [*PRESSMARK, "score", work / "gold.jsonl", work / "pred.jsonl", *more]
        ran = subprocess.run(  # noqa: S603
            [sys.executable, "-c", PEAK, *command], env=environment, capture_output=True, text=True, check=True
        )
        code, seconds, used, peak, digest = json.loads(ran.stdout)
        if code:
            sys.exit(f"pressmark score exits with {code}")
        first = first or digest
        said = f"{digest[:8]}" + ("" if digest == first else ", which differs")
        print(f"| {count:,} | {number} | {seconds:.1f} | {used:.1f} | {peak:.0f} | {said} |", flush=True)


if __name__ == "__main__":
    main()
