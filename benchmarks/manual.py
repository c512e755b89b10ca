"""Prints how long the manual is, and the longest run of words that it shares with each text that agreement is measured on.

    python benchmarks/manual.py

The texts are the seeds and, where they exist, those below ``annotations/transfer``. A word is a run of letters and digits,
without regard to case.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "schema/GUIDELINES.md"


def measured_texts() -> list[Path]:
    """Returns the texts that agreement is measured on."""
    return sorted([*ROOT.glob("seeds/*.txt"), *ROOT.glob("annotations/transfer/**/*.txt")])


def longest_shared_run(manual: str, text: str) -> list[str]:
    """Returns the longest run of words that stands in both, the first of several."""
    ours, theirs = _words(manual), _words(text)
    longest: list[str] = []
    while found := _shared_run(ours, theirs, len(longest) + 1):
        longest = found
    return longest


def _shared_run(ours: list[str], theirs: list[str], size: int) -> list[str]:
    known = {tuple(ours[i : i + size]) for i in range(len(ours) - size + 1)}
    runs = (theirs[i : i + size] for i in range(len(theirs) - size + 1))
    return next((run for run in runs if tuple(run) in known), [])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


if __name__ == "__main__":
    manual = MANUAL.read_text(encoding="utf-8")
    print(f"{len(manual.splitlines())} lines, {len(manual.split())} words")
    for path in measured_texts():
        run = longest_shared_run(manual, path.read_text(encoding="utf-8"))
        print(f"{path.relative_to(ROOT)}: {len(run)} words in a row: {' '.join(run)}")
