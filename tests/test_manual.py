"""The manual is short, and holds none of the texts that agreement is measured on."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MANUAL = (ROOT / "schema/GUIDELINES.md").read_text(encoding="utf-8")
benchmark = runpy.run_path(str(ROOT / "benchmarks/manual.py"))


def test_the_manual_can_be_learnt_in_an_hour() -> None:
    assert len(MANUAL.splitlines()) <= 500
    assert len(MANUAL.split()) <= 9000


@pytest.mark.parametrize("path", benchmark["measured_texts"](), ids=lambda path: path.stem)
def test_the_manual_quotes_no_text_that_agreement_is_measured_on(path: Path) -> None:
    assert len(benchmark["longest_shared_run"](MANUAL, path.read_text(encoding="utf-8"))) < 5


def test_a_shared_run_is_found_across_line_ends_and_marks() -> None:
    found = benchmark["longest_shared_run"]("See: “The bridge,\nwill cost”", "he said the BRIDGE will fall")

    assert ["the", "bridge", "will"] == found
