"""Shows that ten times the text takes about ten times the time, whatever the text: ``python benchmarks/linear.py [RUNS]``.

No annotator looks back over all that was read, so the factor stays near 10 also for text made to provoke that. CPU seconds, the
fastest of RUNS interleaved runs: other programs only ever make a run slower.
"""

from __future__ import annotations

import gc
import platform
import sys
import time
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pressmark.annotators.claims import claims
from pressmark.annotators.entities import entities
from pressmark.annotators.inputs import articles_in
from pressmark.annotators.pipeline import Plan, propose
from pressmark.annotators.quotes import quotes
from pressmark.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressmark.record.model import Article

SIZE = 6_000  # characters: enough that what an article costs before its first word does not matter
ANNOTATORS: dict[str, Callable[[Article], object]] = {
    "entities": entities,
    "quotes": lambda article: quotes(article, thought=True),
    "claims": claims,
    "all": lambda article: propose(article, Plan(thought=True), lambda _: None),
}
PROSE = "Joe Biden met two men in Japan on 5 May. “It will rain,” said Ann Lee, a farmer. She added that nobody was ready.\n"
PIECES = [
    *("“", "”“", '"', "'", "’", "'s ", "“‘„«(", "“a” ", "‘a ", "\n\n“", "“It rains\n", "“A,” he said. ", "“’ "),
    *(
        "said said said ",
        "and she said ",
        "said that ",
        "according to ",
        "as quoted by Lee ",
        "who was ",
        "to be to ",
        ", and ",
    ),
    *(
        "Joe Biden, ",
        "Ann de Lee of the Bank of ",
        "Bank of ",
        "Act and Act of ",
        "Jordan and ",
        "Mr ",
        "President ",
        "A. ",
        "A-",
    ),
    *("Lee, ", "US ", "A", "A B ", "Ann Lee. ", "island of Lee ", "he ", "He said. ", "President Ann Lee said the president "),
    *("two ", "1,", "$", "9", "7 ", "5/", "$7 million ", "1,000 ", "Jan. ", "twenty "),
    *("[(", "(", "\n", "- ", "— ", "…", "a.b.", "x"),
]


def main(runs: int) -> None:
    """Print the table."""
    print(f"Fastest of {runs} runs, CPU seconds; Python {platform.python_version()}\n")
    print(f"| text, repeated | annotators | {SIZE:,} characters | {10 * SIZE:,} characters | × time |")
    print("| --- | --- | ---: | ---: | ---: |")
    gc.disable()
    for name in ANNOTATORS:
        _print_row(PROSE, name, runs, "prose")
    for piece in PIECES:
        _print_row(piece, "all", runs, f"`{piece!r}`")


def _print_row(piece: str, name: str, runs: int, shown: str) -> None:
    annotate = ANNOTATORS[name]
    one, ten = (piece * (size // len(piece)) for size in (SIZE, 10 * SIZE))
    annotate(_article(one))  # loads the lists
    shorter = longer = float("inf")
    for run in range(runs):
        # Ten short texts are one measurement, so that it takes as long as the other. No text comes twice, for some of what is
        # found in the last one is remembered.
        short = [_article(f"{one}{' ' * (10 * run + i + 1)}") for i in range(10)]
        shorter = min(shorter, _seconds(annotate, short) / 10)
        longer = min(longer, _seconds(annotate, [_article(f"{ten}{' ' * (run + 1)}")]))
    print(f"| {shown} | {name} | {shorter:.4f} | {longer:.4f} | {longer / shorter:.1f} |")


def _seconds(annotate: Callable[[Article], object], articles: list[Article]) -> float:
    start = time.process_time()
    for article in articles:
        annotate(article)
    return time.process_time() - start


def _article(text: str) -> Article:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text("A text.")  # a file of white space alone is refused
        (read,) = articles_in(path)
    return segment(replace(read, text=text, text_sha256=sha256(text.encode()).hexdigest()))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
