"""What an annotated build costs: ``python benchmarks/build.py FOLDER [--texts 200]``, a folder of ``.txt`` articles.

The articles are annotated by rules in a temporary project, once. Then the project is built several times in this process.
Printed: the CPU seconds of the fastest build, the milliseconds an article, and the share of each stage. A stage's share comes
from looking, every millisecond of CPU time, which of its functions is running. The last line is the whole command
`pressmark build`, with starting Python and importing pyarrow.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, deque
from itertools import islice
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pressmark.annotators.pipeline import Plan
from pressmark.annotators.run import annotate
from pressmark.publish.build import build

if TYPE_CHECKING:
    from types import FrameType

RUNS = 3
STAGES = {  # the function that is a stage, by the file and the name
    ("seeds", "read"): "read",
    ("annotation_files", "annotation"): "annotations",
    ("annotation_files", "curate"): "annotations",
    ("__init__", "segment"): "segment",
    ("__init__", "errors"): "validate",
    ("registry", "article_issues"): "validate",
    ("articles", "_errors"): "validate",
    ("articles", "card"): "validate",
    ("articles", "dataset_issues"): "validate",
    ("card", "add"): "card",
    ("views", "rows"): "views",
    ("parquet", "add"): "views, Parquet",
    ("parquet", "__exit__"): "Parquet",
    ("encode", "json_line"): "JSON Lines",
    ("swap", "switch"): "swap",
}


def main() -> None:
    """Annotate the articles once, build, and print what it cost."""
    parser = argparse.ArgumentParser(description="Measure an annotated build.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=int, default=200)
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="pressmark-") as folder:
        project = Path(folder)
        (project / "seeds").mkdir()
        for path in islice(sorted(arguments.folder.glob("*.txt")), arguments.texts):
            shutil.copy(path, project / "seeds")
        deque(annotate([project], Plan()), maxlen=0)
        seconds = min(_cpu(project) for _ in range(RUNS))
        count, stages = _sampled(project)
        command = _command(project)
    print(f"{count} articles, {seconds:.2f} CPU seconds, {1000 * seconds / count:.1f} ms an article\n")
    print("| stage | share | ms an article |\n| --- | ---: | ---: |")
    for stage, taken in stages.most_common():
        share = taken / stages.total()
        print(f"| {stage} | {share:.0%} | {1000 * share * seconds / count:.1f} |")
    print(f"\nthe command: {command:.2f} CPU seconds, {1000 * command / count:.1f} ms an article")


def _cpu(project: Path) -> float:
    start = time.process_time()
    build(project)
    return time.process_time() - start


def _sampled(project: Path) -> tuple[int, Counter[str]]:
    """The number of articles, and the CPU seconds of each stage."""
    stages: Counter[str] = Counter()
    last = time.process_time()

    def look(_: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.process_time()
        stages[_stage(frame)] += now - last  # type: ignore[assignment] # a Counter of seconds
        last = now

    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
    built = build(project)
    signal.setitimer(signal.ITIMER_PROF, 0)
    return built.rows["articles"], stages


def _stage(frame: FrameType | None) -> str:
    """The outermost stage that is running."""
    found = "the rest"
    while frame:
        code = frame.f_code
        found = STAGES.get((Path(code.co_filename).stem, code.co_name), found)
        frame = frame.f_back
    return found


def _command(project: Path) -> float:
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "pressmark", "build", str(project)], check=True, capture_output=True)  # noqa: S603
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
