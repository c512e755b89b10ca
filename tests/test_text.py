"""Tokens, occurrences, and text made safe for a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressmark.record.text import excerpt, occurrences, quoted, tokens, visible

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


@given(ANY_TEXT)
def test_tokens_cover_all_but_white_space_and_never_overlap(text: str) -> None:
    last, covered = 0, 0
    for start, end in tokens(text):
        assert last <= start < end
        assert text[last:start].strip() == ""
        assert not any(char.isspace() for char in text[start:end])
        last, covered = end, covered + end - start

    assert text[last:].strip() == ""
    assert covered == sum(not char.isspace() for char in text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US-Japan’s", "US - Japan ’s"),
        ("Japan's allies' ships", "Japan 's allies ' ships"),
        ("we’re, couldn’t", "we ’re , couldn ’t"),
        ("’Tis rock’n’roll", "’ Tis rock ’ n ’ roll"),
        ("(11/1/2023).", "( 11 / 1 / 2023 ) ."),
        ("3.5% of $1bn", "3 . 5 % of $ 1bn"),
        ("caf\u0065\u0301 Ana\u0308is", "caf\u0065\u0301 Ana\u0308is"),
        ("日本とUS", "日 本 と US"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_tokens_of_the_odd_case(text: str, expected: str) -> None:
    assert expected.split() == [text[start:end] for start, end in tokens(text)]


@given(ANY_TEXT, st.text(max_size=3))
def test_occurrences_are_places_of_whole_tokens(text: str, quoted_text: str) -> None:
    places = list(tokens(text))
    starts, ends = {start for start, _ in places}, {end for _, end in places}

    for place in occurrences(text, quoted_text):
        assert text[place : place + len(quoted_text)] == quoted_text
        assert place in starts
        assert place + len(quoted_text) in ends


@given(st.lists(st.sampled_from(["Japan", "Japanese", "US", "’s", " ", "-", "“", "."]), max_size=30).map("".join))
def test_every_token_is_an_occurrence_of_itself(text: str) -> None:
    for start, end in tokens(text):
        assert start in occurrences(text, text[start:end])


def test_a_name_is_not_found_inside_a_longer_word() -> None:
    assert [9, 18] == occurrences("Japanese Japan US-Japan", "Japan")


@given(ANY_TEXT)
def test_visible_text_is_printable_and_injective_enough(text: str) -> None:
    assert visible(text).isprintable()
    assert visible(text) == text or not text.isprintable()
    visible(text).encode("utf-8")  # no lone surrogate is left


def test_nothing_that_a_terminal_acts_on_stays() -> None:
    assert r"\x1b]0;title\x07\x9b31m\u202e\u2028\u200b" == visible("\x1b]0;title\x07\x9b31m\u202e\u2028\u200b")
    assert all(unicodedata.category(char)[0] != "C" for char in visible("".join(map(chr, range(0x250)))))


def test_a_message_quotes_the_ends_of_a_long_text() -> None:
    assert f"'{'a' * 30}…{'b' * 30}'" == quoted("a" * 100 + "b" * 100)
    assert r"'two\nlines'" == quoted("two\nlines")


def test_an_excerpt_marks_the_span() -> None:
    assert "…Ann Lee [said]. “It …" == str(excerpt("Ann Lee said. “It is.”", 8, 12, 8))[0:21] + "…"
