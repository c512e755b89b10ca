"""An annotated article leaves no reference cycles, so `annotate` may search for garbage seldom."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from pressmark.annotators.inputs import articles_in
from pressmark.annotators.pipeline import Plan, propose
from pressmark.segment import segment

if TYPE_CHECKING:
    from pathlib import Path

PROSE = "Joe Biden met two men in Japan on 5 May. “It will rain,” said Ann Lee, a farmer. She added that nobody was ready.\n"


def test_an_annotated_article_leaves_no_cycles_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PROSE * 20, encoding="utf-8")
    (article,) = articles_in(path)
    first = propose(segment(article), Plan(thought=True), print)  # loads the lists
    gc.collect()
    gc.disable()
    try:
        again = propose(segment(article), Plan(thought=True), print)

        assert first == again
        del again
        assert gc.collect() == 0
    finally:
        gc.enable()
