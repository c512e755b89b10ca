"""Ten times the text takes ten times the time, whatever the text: no rule looks back over all that was read."""

from __future__ import annotations

import gc
import time
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from pressmark.annotators.claims import claims
from pressmark.annotators.entities import entities
from pressmark.annotators.pipeline import Plan, propose
from pressmark.annotators.quotes import quotes
from pressmark.record.model import Article, Layers, Metadata
from pressmark.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZE = 6_000  # characters: enough that what an article costs before its first word does not matter
TRIES = 40  # other programs only ever make a run slower, so the fastest of some is compared
ANNOTATORS = {
    "entities": entities,
    "quotes": lambda article: quotes(article, thought=True),
    "claims": claims,
    "all": lambda article: propose(article, Plan(thought=True), print),
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


@pytest.fixture(autouse=True)
def without_search_for_garbage() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("name", ANNOTATORS)
def test_ten_times_the_prose_takes_at_most_twelve_times_the_time(name: str) -> None:
    assert slowdown(ANNOTATORS[name], PROSE) <= 12


@pytest.mark.parametrize("piece", PIECES)
def test_ten_times_any_text_takes_at_most_twelve_times_the_time(piece: str) -> None:
    assert slowdown(ANNOTATORS["all"], piece) <= 12


def test_an_annotated_article_leaves_no_cycles_behind() -> None:
    made = [propose(article(PROSE * 20), Plan(thought=True), print) for _ in range(2)]

    assert made[0] == made[1]
    del made
    assert gc.collect() == 0


def slowdown(annotate: Callable[[Article], object], piece: str) -> float:
    """How many times as long ten times the text takes: in CPU time, the fastest of as many runs as it needs to be sure.

    Ten runs over the short text are one measurement, so that it takes as long as the other, and as much disturbs it.
    """
    one, ten = (article(piece * (size // len(piece))) for size in (SIZE, 10 * SIZE))
    annotate(one)  # loads the lists
    shorter = longer = float("inf")
    for _ in range(TRIES):
        shorter = min(shorter, seconds(annotate, [one] * 10) / 10)
        longer = min(longer, seconds(annotate, [ten]))
        if longer <= 12 * shorter:
            break
    return longer / shorter


def seconds(annotate: Callable[[Article], object], articles: list[Article]) -> float:
    start = time.process_time()
    for one in articles:
        annotate(one)
    return time.process_time() - start


def article(text: str) -> Article:
    digest, nothing = sha256(text.encode()).hexdigest(), Layers("none", "none", "none", "none")
    metadata = Metadata(None, None, None, "2023-01-12", None, None, None, None)
    return segment(Article("1.0.0", "code_point", "a", text, digest, "en", metadata, (), (), (), (), (), (), nothing))
