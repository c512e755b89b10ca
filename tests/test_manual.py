"""The manual is short, and holds none of the texts that agreement is measured on."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pressmark.annotators.quotes.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Ran

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


SENSES = [sense for cue in lexicon().cues.values() for sense in cue.senses]
ACTS = {"by the content": None, "assertion, in thought": "assertion"}


def inventory() -> Iterator[tuple[str, str]]:
    """The verbs of the manual's table of cues, each with the act of its row."""
    table = MANUAL[MANUAL.index("| act | commonest cues") :].split("\n\n")[0]
    for row in table.splitlines()[2:]:
        act, cues, _ = (cell.strip() for cell in row.strip("|").split("|"))
        for cue in re.split(r"[,;] ", re.sub(r"\*\*.*?\*\*|\(.*?\)", "", cues)):
            verb = cue.split()[0]
            if cue.strip() not in ("according to", "be glad that"):  # a formula; an adjective
                yield act, verb


@pytest.mark.parametrize(("act", "verb"), list(inventory()))
def test_the_cues_of_the_manual_are_in_the_lexicon_with_the_same_act(act: str, verb: str) -> None:
    acts = {found for sense in SENSES if sense.lemma.split()[0] == verb for found in sense.acts.values()}

    assert ACTS.get(act, act) in acts


@pytest.mark.parametrize(
    "verb", re.findall(r"\w+", MANUAL.split("T is the list `thought` of the lexicon: *")[1].split(" …")[0])
)
def test_the_verbs_of_thought_in_the_manual_are_verbs_of_thought_in_the_lexicon(verb: str) -> None:
    assert "thought" in {sense.medium for sense in SENSES if sense.lemma == verb}


def test_the_inventory_of_the_manual_names_every_act() -> None:
    assert {"by the content", "question", "directive", "commitment", "assertion", "expressive"} <= {
        act for act, _ in inventory()
    }


def test_the_inline_example_of_the_manual_anchors_without_an_issue(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    draft = MANUAL.split("```text\n")[1].split("```")[0]
    text = re.sub(r"\[(.*?)\]\{.*?\}", r"\1", draft.split("\n\n")[1].split("---")[0])
    for name, words in (("seeds/bridge.txt", text), ("bridge.inline", draft)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words, encoding="utf-8", newline="")

    assert pressmark("anchor", tmp_path / "bridge.inline", "--project", tmp_path).code == 0
    assert pressmark("validate", tmp_path / "annotations/bridge.json").code == 0
