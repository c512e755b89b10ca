"""Whom *he* and *she* stand for where somebody else may be meant: nobody, rather than the wrong person."""

from __future__ import annotations

import pytest

from news import article
from pressmark.annotators.pipeline import Plan, propose


def pronouns(text: str) -> dict[str, list[str]]:
    """The persons who are named, each with its pronouns."""
    made = propose(article(text), Plan(), pytest.fail)
    return {
        entity.name: [mention.text for mention in entity.mentions if mention.level == "pronoun"]
        for entity in made.entities
        if entity.label == "PERSON" and any(mention.level == "name" for mention in entity.mentions)
    }


def claims(text: str) -> list[str]:
    return [claim.proposition for claim in propose(article(text), Plan(), pytest.fail).claims]


@pytest.mark.parametrize(
    "speaker",
    [
        "An inmate said that",
        "The goalkeeper said",
        "One former cellmate told reporters that",
        "Long Wei admitted that",
        "Critics said little. A guard said that",
        "His lawyer said",
        "According to an inmate,",
    ],
)
def test_he_is_nobody_named_before_in_the_words_of_a_speaker_without_a_marked_name(speaker: str) -> None:
    said = claims(f"Minister Tom Cole visited the prison. {speaker} he had broken a rule.")

    assert "He had broken a rule." == said[-1]


@pytest.mark.parametrize("text", ["Tom Cole said: “He went.”", "Tom Cole left. “He left,” Cole said."])
def test_nobody_is_he_in_words_of_his_own(text: str) -> None:
    assert {"Tom Cole": []} == pronouns(text)


def test_he_is_nobody_named_before_who_spoke_without_a_marked_name() -> None:
    text = "Minister Tom Cole visited the prison. An inmate said that he was ill. He left. He slept."

    assert {"Tom Cole": []} == pronouns(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tom Cole left. The inmates said that he was ill.", ["he"]),
        ("Tom Cole left. Critics said he was ill.", ["he"]),
        ("Tom Cole left. The union said he was ill.", ["he"]),
        ("Tom Cole left. The report says he was ill.", ["he"]),
        ("Tom Cole left. A waitress said that he was ill.", ["he"]),
        ("Tom Cole left. An inmate said that Cole was ill when he left.", ["he"]),
        ("Tom Cole left. An inmate said that it rained. Cole waited until he was ill.", ["he"]),
    ],
)
def test_he_is_who_was_named_where_the_speaker_cannot_be_meant(text: str, found: list[str]) -> None:
    assert {"Tom Cole": found} == pronouns(text)


@pytest.mark.parametrize(
    "text",
    [
        "Coach Lars Holt praised the goalkeeper. Wibisono broke the rule. He left the club.",
        "Coach Lars Holt left the club, but Wibisono stayed. He slept.",
        "Lars Holt praised Wibisono. He left the club.",
        "Lars Holt left. Qwertman, the keeper, stayed. He slept.",
        "Lars Holt left. Long Wei stayed. He slept.",
        "Erik Sand robbed Lars Holt on Friday. He said he was sorry.",
        "Erik Storm robbed Lars Holt on Friday. He left.",
        "Lars Holt praised Erik Sand in a bar in Gavle. He said the money was gone.",
    ],
)
def test_he_is_nobody_where_a_name_that_no_rule_knows_stands_near(text: str) -> None:
    assert [] == pronouns(text)["Lars Holt"]


@pytest.mark.parametrize(
    "text",
    [
        "Lars Holt moved to Tromsvik. He slept.",
        "Lars Holt left the club. The Qwertman was late. He slept.",
        "Lars Holt left the club. Wood was scarce. He slept.",
        "Lars Holt left for Tromsvik, Calif., on Monday. He slept.",
        "Lars Holt said “Wibisono left.” He slept.",
    ],
)
def test_a_place_a_thing_or_a_name_in_a_quotation_leaves_he_as_it_is(text: str) -> None:
    assert ["He"] == pronouns(text)["Lars Holt"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tom Cole came. “Bob Ray lied,” Cole said.\n\n“It was late,” he said.", {"Tom Cole": ["he"], "Bob Ray": []}),
        ("Tom Cole said Bob Ray was ill. He added that it was late.", {"Tom Cole": ["He"], "Bob Ray": []}),
        ("Ann Lee said Bob Ray was ill. He added that it was late.", {"Ann Lee": [], "Bob Ray": ["He"]}),
        ("Tom Cole came. He said Bob Ray lied. He left.", {"Tom Cole": ["He"], "Bob Ray": []}),
        ("Tom Cole came. Aides said Cole was ill. He said that it was late.", {"Tom Cole": ["He"]}),
    ],
)
def test_he_is_who_speaks_and_not_who_is_only_spoken_of(text: str, expected: dict[str, list[str]]) -> None:
    assert expected == pronouns(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tom Cole came. Cole told him that it was late. He said no.", {"Tom Cole": []}),
        ("Ann Lind met Rosa Pell. Lind accused her of theft. She denied it.", {"Ann Lind": [], "Rosa Pell": ["her"]}),
        ("Ann Lind told her son that it was late. She left.", {"Ann Lind": ["her", "She"]}),
        ("Tom Cole told a guard that it was late. He said no.", {"Tom Cole": []}),
        ("Tom Cole told a news conference that it was late. He said no.", {"Tom Cole": ["He"]}),
        ("Tom Cole was ill. A cart hit him. He left.", {"Tom Cole": ["him", "He"]}),
    ],
)
def test_who_does_something_to_him_is_not_him(text: str, expected: dict[str, list[str]]) -> None:
    assert expected == pronouns(text)


def test_mr_and_mrs_are_two_persons() -> None:
    assert {"Mr. Cole": ["He"], "Mrs. Cole": ["she"]} == pronouns("Mr. Cole left. He slept. Mrs. Cole said she was ill.")
