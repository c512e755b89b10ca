"""An article in the terminal."""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pressmark.look.terminal import show
from pressmark.record.model import Article, Zone
from pressmark.validation import convert

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from conftest import Ran

ARTICLE = convert(json.loads((Path(__file__).parent / "cases/valid/article.json").read_text(encoding="utf-8")), Article)


def test_entities_quotes_and_claims_are_marked_without_colour() -> None:
    lines = "\n".join(show(ARTICLE))

    assert "“[We]e1 are ready,” [Ann Lee]e1 said." in lines
    assert re.search(r"^body +q1 c1 │ Will it rain\?", lines, re.MULTILINE)
    assert "q2 └ direct speech in q1, assertion | Bob Ray =e2 Bob Ray | put it | ‘dry’" in lines
    assert "c1 └ q1 | position_statement | non_factual | CT+ | Ann Lee is ready." in lines
    assert "e1 PERSON Ann Lee  local:ann-lee  2 mentions" in lines
    assert "\x1b" not in lines


def test_what_was_done_and_whether_it_was_is_shown() -> None:
    acts = json.loads((Path(__file__).parent / "cases/valid/acts.json").read_text(encoding="utf-8"))
    acts["claims"][2] |= {"proposition": "The dam is wet.", "factuality": "CT-"}
    lines = "\n".join(show(convert(acts, Article), width=200))

    assert (
        "q1 └ indirect speech, directive | The council =e5 the council [official] to the mayor =e6 the mayor | urged" in lines
    )
    assert "q3 └ indirect speech, assertion | she =e1 Ann Lee to Reuters =e4 Reuters | told" in lines
    assert "q5 └ indirect speech in q4, assertion, only possible | Bob Ray" in lines
    assert "q6 └ indirect speech, assertion, not made | Ann Lee and Bob Ray" in lines
    assert "c3 └ q3 | event_property | check_worthy | CT- | denies: The dam is wet." in lines
    assert "e3 PERSON Ann Lee and Bob Ray  2 mentions  members e1 e2" in lines


def test_colour_says_what_brackets_say_without() -> None:
    coloured = "\n".join(show(ARTICLE, colour=True))

    assert "\x1b[33msaid\x1b[0m." in coloured  # the cue
    assert "[We]" not in coloured


@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=300), st.integers(1, 200))
def test_every_letter_is_shown_and_none_that_a_terminal_acts_on(text: str, width: int) -> None:
    bare = replace(ARTICLE, text=text, zones=(Zone(0, len(text), text, "body"),), entities=(), quotes=(), claims=())

    lines = list(show(bare, width=width))

    assert all(line.isprintable() for line in lines)
    shown = "".join(line.partition("│ ")[2] for line in lines)
    for word in text.split():
        if word.isprintable():
            assert word in shown


def test_lines_fit_and_escape_sequences_of_the_text_do_not_pass() -> None:
    text = "word \x1b[31mred\x1b[0m " * 40
    evil = replace(ARTICLE, text=text, zones=(Zone(0, len(text) - 1, text[:-1], "body"),), entities=(), quotes=(), claims=())

    lines = list(show(evil, width=80))

    assert r"\x1b[31mred" in "".join(lines)
    assert max(map(len, lines)) <= 80


def test_standard_input_may_be_a_text(pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"[AP] It rains.")))

    ran = pressmark("show", "-")

    assert (0, "") == (ran.code, ran.err)
    assert "[AP] It rains." in ran.out
