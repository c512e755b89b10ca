"""Prints how long the manual is, and the longest run of words that it shares with each text that agreement is measured on.

    python benchmarks/manual.py

The texts are the seeds and, where they exist, those below ``annotations/transfer``. A word is a run of letters and digits,
without regard to case.
"""

from __future__ import annotations

from pathlib import Path

from pressmark.publish.shared_words import longest_shared_run

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "schema/GUIDELINES.md"


def measured_texts() -> list[Path]:
    """Returns the texts that agreement is measured on."""
    return sorted([*ROOT.glob("seeds/*.txt"), *ROOT.glob("annotations/transfer/**/*.txt")])


if __name__ == "__main__":
    manual = MANUAL.read_text(encoding="utf-8")
    print(f"{len(manual.splitlines())} lines, {len(manual.split())} words")
    for path in measured_texts():
        run = longest_shared_run(manual, path.read_text(encoding="utf-8"))
        print(f"{path.relative_to(ROOT)}: {len(run)} words in a row: {' '.join(run)}")
