"""Quotation marks as they are typed, and words whose speaker the layout or a gesture shows."""

from __future__ import annotations

import pytest

from news import an_article
from pressmark.annotators.quotes import quotes
from pressmark.annotators.quotes.content_act import spoken


def said(text: str) -> list[tuple[list[str], list[str]]]:
    """The contents and sources of the quotes, each before those inside it."""
    return [([part.text for part in one.content], [who.text for who in one.sources]) for one in quotes(an_article(text)).quotes]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('""It fell,"" said Ann Lee.', '"It fell,"'),
        ('""It fell," said Ann Lee.', '"It fell,"'),
        ("““It fell,”” Ann Lee said.", "“It fell,”"),
        ("««It fell,»» Ann Lee said.", "«It fell,»"),
        ("“ It fell, ” said Ann Lee.", "“ It fell, ”"),
        ("« It fell, » said Ann Lee.", "« It fell, »"),
        ("(“It fell,”) said Ann Lee.", "“It fell,”"),
        ("[“It fell,”] Ann Lee said.", "“It fell,”"),
    ],
)
def test_marks_that_are_doubled_spaced_or_in_brackets_are_paired(text: str, content: str) -> None:
    assert [([content], ["Ann Lee"])] == said(text)


@pytest.mark.parametrize(("opening", "closing"), ["“”", "«»", "„“"])
def test_a_second_quotation_may_open_right_behind_a_comma(opening: str, closing: str) -> None:
    text = f"{opening}It fell{closing} , said Ann Lee,{opening} and it burns.{closing}"

    assert [([f"{opening}It fell{closing}", f"{opening} and it burns.{closing}"], ["Ann Lee"])] == said(text)


@pytest.mark.parametrize("said_by", ["“{}” said Ann Lee.", "Ann Lee said: “{}”"])
def test_a_quotation_holds_one_that_holds_one(said_by: str) -> None:
    text = said_by.format("Bob told me, ‘Moss said, “Run,” and we ran,’")

    assert [
        (["“Bob told me, ‘Moss said, “Run,” and we ran,’”"], ["Ann Lee"]),
        (["‘Moss said, “Run,” and we ran,’"], ["Bob"]),
        (["“Run,”"], ["Moss"]),
    ] == said(text)


def test_a_quotation_that_is_never_closed_ends_where_the_next_one_begins() -> None:
    assert [(["“Run,”"], ["Moss"])] == said("It was “late, and ‘Tis cold. “Run,” said Moss.")


@pytest.mark.parametrize("office", ["housing director", "acting mayor", "managing director, Nordlift", "the fishing minister"])
def test_an_office_behind_a_name_is_part_of_a_signature(office: str) -> None:
    assert [(["“It fell.”"], [f"Ann Lee, {office}"])] == said(f"“It fell.” - Ann Lee, {office}\n\nIt rains.")


@pytest.mark.parametrize(
    "text", ["“It fell.” - Ann Lee, smiling at the crowd\n\nIt rains.", "“It fell.” - Ann Lee, who left\n\nIt rains."]
)
def test_what_somebody_does_is_no_signature(text: str) -> None:
    assert [] == said(text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Moss nodded. “Yes. It fell.”", "Moss"),
        ("Ann Lee shook her head slowly. “It fell.”", "Ann Lee"),
        ("The minister smiled. “It fell.” He left.", "The minister"),
        ("Ann Lee was there. She sighed. “It fell.”", "She"),
    ],
)
def test_words_behind_a_gesture_are_of_who_made_it(text: str, source: str) -> None:
    ((_, sources),) = said(text)

    assert [source] == sources


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee nodded.\n\n“It fell.”",  # a new paragraph is often somebody else's
        "Ann Lee frowned on “The Voice.”",
        "The talks paused. “It fell.”",
        "Ann Lee closed the door. “It fell.”",
    ],
)
def test_nobody_is_quoted_who_makes_no_gesture(text: str) -> None:
    assert [] == said(text)


@pytest.mark.parametrize(
    "text", ["Look at the river,", "Read more.", "Wash your hands and stay home,", "Help them.", "Listen to us."]
)
def test_a_verb_at_the_beginning_is_an_order(text: str) -> None:
    assert "directive" == spoken(text, None)


@pytest.mark.parametrize("text", ["Look, it is late.", "Listen, we won.", "Help is near.", "Sleep was rare."])
def test_a_noun_or_a_call_at_the_beginning_is_no_order(text: str) -> None:
    assert "assertion" == spoken(text, None)


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("“Yes,” said “Big” Bob Ray.", "“Yes,”", "“Big” Bob Ray"),
        ("“Yes,” said coach ‘Mad’ Bob Ray.", "“Yes,”", "coach ‘Mad’ Bob Ray"),
        ('"Yes," said "Magic" Ray.', '"Yes,"', '"Magic" Ray'),
        ("“Big” Bob Ray said it fell.", "it fell", "“Big” Bob Ray"),
        ("“Never” Bob Ray said.", "“Never”", "Bob Ray"),
    ],
)
def test_a_nickname_before_a_name_is_part_of_it(text: str, content: str, source: str) -> None:
    assert [([content], [source])] == said(text)
