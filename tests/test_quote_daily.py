"""Sentences of the daily news: words that are passed on, rough numbers, when and where something was said."""

from __future__ import annotations

import pytest

from news import an_article
from pressmark.annotators.quotes import quotes
from test_quote_structures import read


@pytest.mark.parametrize(
    ("report", "source"),
    [
        ("Ruth Lind remembers the producer telling her", "the producer"),
        ("Ruth Lind recalled her boss shouting", "her boss"),
        ("the nurse recalls Kwame Mensah saying on Monday", "Kwame Mensah"),
        ("Ruth Lind said Tom Ray told her", "Tom Ray"),
        ("the mayor said Tom Ray had told her on Monday", "Tom Ray"),
        ("prosecutors allege the driver said", "the driver"),
        ("police said he told them", "he"),
        ("the court heard Tom Ray had said", "Tom Ray"),
        ("he was heard telling a friend", "he"),
        ("Ruth Lind recalled, telling the council of the flood", "Ruth Lind"),
        ("Ruth Lind said when Tom Ray told her", "Ruth Lind"),
        ("Ruth Lind told Tom Ray", "Ruth Lind"),
    ],
)
def test_words_are_of_whom_somebody_remembers_or_says_to_have_said_them(report: str, source: str) -> None:
    assert [(source, "“You saw nothing,”")] == read(f"“You saw nothing,” {report}.")[:1]


def test_who_is_remembered_told_whom() -> None:
    (quote,) = quotes(an_article("“You saw nothing,” Ruth Lind remembers the producer telling her.")).quotes

    assert ["her"] == [told.text for told in quote.addressees]
    assert ["remembers", "telling"] == [cue.text for cue in quote.cue]


def test_what_nobody_remembers_said_is_no_quote() -> None:
    assert [] == read("Ruth Lind does not remember her boss saying that it fell.")
