"""How soon the command line answers: ``python benchmarks/startup.py [ROUNDS]``.

Whole processes, from start to end, each as often as the others and in turn; medians. Modules are compiled once before, as an
installer does it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
TEXT = Path(tempfile.mkdtemp()) / "news.txt"  # outside the project, which has its annotation already
shutil.copy(ROOT / "seeds/004_a77e34100e659021.txt", TEXT)
TYPER = "import typer; app = typer.Typer(rich_markup_mode=None); [app.command(name)(lambda: None) for name in 'abcdefg']; app()"
COMMANDS: dict[str, list[str | Path]] = {
    "`python -c pass`": [sys.executable, "-c", "pass"],
    "a Typer of seven commands that do nothing, `--help`": [sys.executable, "-c", TYPER, "--help"],
    "`pressmark --help`": [BIN / "pressmark", "--help"],
    "`jsonschema --help`": [BIN / "jsonschema", "--help"],
    "one of those seven commands": [sys.executable, "-c", TYPER, "a"],
    "`pressmark annotate` of one text": [BIN / "pressmark", "annotate", TEXT],
    "`pressmark validate` of one record": [BIN / "pressmark", "validate", ROOT / "tests/cases/valid/article.json"],
}


def seconds(command: list[str | Path]) -> tuple[float, float]:
    """What a process takes: CPU time, and time on the clock."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603 - the commands above
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - start


def main(rounds: int) -> None:
    """Print the table."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for number in range(rounds + 1):
        for name, command in COMMANDS.items():
            found = seconds(command)
            if number:  # the first run compiles
                taken[name].append(found)
    cpu = {name: statistics.median(used for used, _ in runs) for name, runs in taken.items()}
    bare, other = cpu["`python -c pass`"], cpu["`jsonschema --help`"]
    print(f"Medians of {rounds} interleaved runs; Python {sys.version.split()[0]}, Typer {version('typer')}\n")
    print("| | CPU seconds | seconds | beside bare Python | beside `jsonschema` |\n| --- | ---: | ---: | ---: | ---: |")
    for name, runs in taken.items():
        wall = statistics.median(clock for _, clock in runs)
        print(f"| {name} | {cpu[name]:.3f} | {wall:.3f} | {cpu[name] / bare:.1f} | {cpu[name] / other:.2f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
