"""Measures `pressmark validate` on real records: ``python benchmarks/validate.py [FOLDER] [--texts N] [--against COMMIT]``.

The records are the gold (``data/articles.jsonl``) and what ``pressmark annotate`` makes of the ``.txt`` files in FOLDER. All
contestants run over the same records, in turn, several rounds; CPU seconds, medians. One table for each corpus.

``FOLDER --gigabyte`` instead validates a file of 1 GB, made of the records of FOLDER under new ids, with one process and with
two, and prints the time and the peak memory of the largest process.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema_rs
import msgspec
import orjson
from jsonschema import Draft202012Validator

from pressmark.record import contract
from pressmark.record.model import Article
from pressmark.validation import Settings, Survey, issues

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "data/articles.jsonl"
FEWEST = 100  # records of a corpus; a smaller one is read several times over
LIBRARIES = ("orjson", "msgspec", "jsonschema", "jsonschema-rs")
PRESSMARK = (sys.executable, "-m", "pressmark")

# Runs in a process of its own, with another version of pressmark; the first pass over the records warms up.
ANOTHER_VERSION = """
import sys, time
from pathlib import Path
from pressmark.validate import Survey
for _ in range(2):
    start = time.process_time()
    for _ in Survey().file(Path(sys.argv[1])):
        pass
    seconds = time.process_time() - start
print(seconds)
"""
# A small process between, since a child's peak starts with the size of its parent.
PEAK = """
import resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_maxrss * 1024, used.ru_utime + used.ru_stime, time.perf_counter() - start)
"""

Contestant = Callable[[Path], float]


def main() -> None:
    """Print the tables, or the peak memory."""
    arguments = _arguments()
    with TemporaryDirectory() as folder:
        work = Path(folder)
        annotated = work / "annotated.jsonl"
        if arguments.folder:
            _annotate(arguments.folder, arguments.texts, annotated)
        if arguments.gigabyte:
            _print_peak(_repeated(annotated, work / "gigabyte.jsonl", size=10**9))
            return
        contestants = dict(CONTESTANTS)
        if arguments.against:
            contestants[f"pressmark at {arguments.against}, all rules"] = _version(arguments.against, work)
        print(_machine(), end="\n\n")
        _print_table("gold", GOLD, contestants, arguments.rounds, work)
        if arguments.folder:
            _print_table(f"`pressmark annotate` of {arguments.folder.name}", annotated, contestants, arguments.rounds, work)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure `pressmark validate` on real records.")
    parser.add_argument("folder", type=Path, nargs="?", help="a folder of .txt files, which are annotated first")
    parser.add_argument("--texts", type=int, help="take so many of them; all by default")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--against", metavar="COMMIT", help="also measure that version of pressmark, such as e8b8810")
    parser.add_argument("--gigabyte", action="store_true", help="validate a file of 1 GB instead, and print the peak memory")
    arguments = parser.parse_args()
    if arguments.gigabyte and not arguments.folder:
        parser.error("--gigabyte needs a folder of texts")
    return arguments


def _annotate(folder: Path, count: int | None, made: Path) -> None:
    """Writes the records that ``pressmark annotate`` makes of the texts in a folder."""
    texts = sorted(folder.glob("*.txt"))[:count]
    if not texts:
        sys.exit(f"{folder} holds no .txt files: there is nothing to measure")
    command: list[str | Path] = [*PRESSMARK, "annotate", *texts, "--output", made]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)  # noqa: S603


def ours(path: Path, settings: Settings | None = None) -> float:
    """`pressmark validate`: parsing, schema, all rules of levels 3 to 5, and the notes for level 6."""
    start = time.process_time()
    errors = [issue for issue in Survey(settings).file(path) if issue.severity == "error"]
    seconds = time.process_time() - start
    if errors:
        sys.exit(f"the records are not valid, so not all rules would run: {errors[0]}")
    return seconds


def level_3(path: Path) -> float:
    """`pressmark validate --level 3`."""
    return ours(path, Settings(top=3))


def _by_line(check: Callable[[bytes], object]) -> Contestant:
    """A contestant that is a function of one line."""

    def run(path: Path) -> float:
        start = time.process_time()
        with path.open("rb") as file:
            for line in file:
                check(line)
        return time.process_time() - start

    return run


def _schema_and_rules() -> Contestant:
    validator = Draft202012Validator(contract.schema("article"), registry=contract.registry())

    def check(line: bytes) -> bool:
        record = orjson.loads(line)
        return validator.is_valid(record) and next(issues(record), None) is None

    return _by_line(check)


def _schema_and_offsets() -> Contestant:
    is_valid = jsonschema_rs.Draft202012Validator(contract.record("article")).is_valid

    def check(line: bytes) -> bool:
        record = orjson.loads(line)
        return is_valid(record) and all(_fits(record["text"], span) for span in _spans(record))

    return _by_line(check)


def _spans(record: dict[str, Any]) -> list[dict[str, Any]]:
    lists = [record["zones"], record["sentences"], *(entity["mentions"] for entity in record["entities"])]
    for quote in record["quotes"]:
        lists += quote["content"], quote["verbatim"], quote["cue"], quote["sources"]
    lists += [claim["content"] for claim in record["claims"]]
    return list(itertools.chain.from_iterable(lists))


def _fits(text: str, span: dict[str, Any]) -> bool:
    start, end, said = span["start"], span["end"], span["text"]
    return bool(start < end and text[start:end] == said)


def _version(commit: str, work: Path) -> Contestant:
    """Another version of pressmark, unpacked from git."""
    tree = work / "other"
    tree.mkdir()
    archive = subprocess.run(["git", "-C", ROOT, "archive", commit, "builder", "schema"], check=True, capture_output=True)  # noqa: S603, S607
    subprocess.run(["tar", "-x", "-C", tree], input=archive.stdout, check=True)  # noqa: S603, S607

    def run(path: Path) -> float:
        command: list[str | Path] = [sys.executable, "-c", ANOTHER_VERSION, path]
        environment = os.environ | {"PYTHONPATH": str(tree / "builder")}
        ran = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
        return float(ran.stdout)

    return run


CONTESTANTS: dict[str, Contestant] = {
    "`pressmark validate`, all rules": ours,
    "`pressmark validate --level 3`": level_3,
    "`jsonschema`, then the same rules": _schema_and_rules(),
    "`orjson`, `jsonschema-rs`, then offsets compared in Python": _schema_and_offsets(),
    "`msgspec`, decoding into types alone": _by_line(msgspec.json.Decoder(Article).decode),
    "`orjson.loads` alone": _by_line(orjson.loads),
}


def _print_table(name: str, records: Path, contestants: dict[str, Contestant], rounds: int, work: Path) -> None:
    found = records.read_bytes().splitlines(keepends=True)
    times = -(-FEWEST // len(found))
    corpus = work / "corpus.jsonl"
    corpus.write_bytes(b"".join(found * times))
    seconds: dict[str, list[float]] = {contestant: [] for contestant in contestants}
    for _ in range(rounds):
        for contestant, run in contestants.items():
            seconds[contestant].append(run(corpus))
    medians = {contestant: statistics.median(taken) / (len(found) * times) for contestant, taken in seconds.items()}
    kilobytes = sum(map(len, found)) / len(found) / 1000
    repeated = f", read {times} times over" if times > 1 else ""
    print(f"{name}: {len(found)} records of {kilobytes:.0f} kB{repeated}; medians of {rounds} rounds\n")
    print("| | records per CPU second | × `orjson.loads` |\n| --- | ---: | ---: |")
    for contestant, one in medians.items():
        print(f"| {contestant} | {1 / one:,.0f} | {medians['`orjson.loads` alone'] / one:.3f} |")
    print()


def _repeated(records: Path, made: Path, size: int) -> Path:
    """A file of that many bytes: the records again and again, each time under new ids."""
    found = records.read_bytes().splitlines(keepends=True)
    with made.open("wb") as file:
        for number, line in enumerate(itertools.cycle(found)):
            if file.tell() >= size:
                break
            before, _, after = line.partition(b'"id":"')  # the record's own id comes first
            file.write(b'%b"id":"article-%d"%b' % (before, number, after.partition(b'"')[2]))
    return made


def _print_peak(path: Path) -> None:
    print(_machine(), end="\n\n")
    print(f"`pressmark validate --ignore text-unique` of {path.stat().st_size / 10**9:.2f} GB:\n")
    print("| `--jobs` | seconds | CPU seconds | MB at the peak | exit code | |\n| ---: | ---: | ---: | ---: | ---: | --- |")
    for jobs in ("1", "2"):
        # Each text is there many times.
        command: list[str | Path] = [*PRESSMARK, "validate", "--ignore", "text-unique", "--jobs", jobs, path]
        ran = subprocess.run([sys.executable, "-c", PEAK, *command], capture_output=True, text=True, check=True)  # noqa: S603
        code, peak, used, seconds = ran.stdout.splitlines()[-1].split()
        said = ran.stderr.strip().removeprefix("pressmark: ")
        print(f"| {jobs} | {float(seconds):.0f} | {float(used):.0f} | {int(peak) / 10**6:.0f} | {code} | {said} |")


def _machine() -> str:
    """The machine and what runs on it, in one line."""
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    model = models[0].partition(": ")[2] if models else platform.processor()
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"{os.cpu_count()} cores, {model}; Python {platform.python_version()}, {versions}"


if __name__ == "__main__":
    main()
