"""The second pass: sources without a name become entities, and "I" is who speaks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from news import TEXTS, article, quoting
from pressmark.annotators.entities import ANNOTATOR
from pressmark.annotators.pipeline import Plan, propose
from pressmark.annotators.speakers import sources
from pressmark.record.encode import json_line
from pressmark.record.text import tokens
from pressmark.validation import article_issues, errors, parse

if TYPE_CHECKING:
    from pressmark.record.model import Article


def _without_link(article: Article) -> Article:
    """As the quote rules leave a source that no name stands for."""
    quote = article.quotes[0]
    return replace(article, quotes=(replace(quote, sources=(replace(quote.sources[0], entity=None),)),))


@pytest.mark.parametrize(
    ("source", "label", "name"),
    [
        ("experts", "PERSON", "experts"),
        ("The two officials", "PERSON", "two officials"),
        ("a senior official in Rome", "PERSON", "senior official in Rome"),
        ("Japan’s defense ministry", "ORG", "Japan’s defense ministry"),
        ("the British government", "ORG", "British government"),
        ("officials from America (US)", "PERSON", "officials from America (US)"),
    ],
)
def test_a_source_that_is_people_or_a_body_is_an_entity(source: str, label: str, name: str) -> None:
    text = f"So {source} said that it rained."
    quoted = quoting(text, "that it rained", "said", source)

    made = sources(_without_link(quoted), ANNOTATOR)

    last = made.entities[-1]
    assert (label, name, [source]) == (last.label, last.name, [mention.text for mention in last.mentions])
    assert last.id == made.quotes[0].sources[0].entity
    assert [] == list(errors(parse(json_line(made))))


@pytest.mark.parametrize("source", ["he", "the report", "a statement", "It", "documents"])
def test_a_source_that_is_a_thing_or_a_pronoun_is_none(source: str) -> None:
    quoted = quoting(f"So {source} said that it rained.", "that it rained", "said", source)

    assert quoted.entities == sources(_without_link(quoted), ANNOTATOR).entities


def test_several_who_speak_as_one_are_a_group() -> None:
    source = "President Joe Biden and Fumio Kishida of Japan"
    quoted = quoting(f"So {source} said that it rained.", "that it rained", "said", source)

    made = sources(_without_link(quoted), ANNOTATOR)

    group = made.entities[-1]
    assert ("PERSON", "Fumio Kishida and Joe Biden", [source]) == (group.label, group.name, [m.text for m in group.mentions])
    assert group.id == made.quotes[0].sources[0].entity
    assert [] == list(errors(parse(json_line(made))))


def _group(text: str) -> tuple[str | None, list[str]]:
    """The name of the entity that the last source of the text is, and the names of its members."""
    made = propose(article(text), Plan(), pytest.fail)
    names = {entity.id: entity for entity in made.entities}
    found = names.get(made.quotes[-1].sources[0].entity or "")
    assert {"member-self", "member-label"}.isdisjoint(issue.code for issue in article_issues(made))
    return (found.name, [names[member].name for member in found.members]) if found else (None, [])


@pytest.mark.parametrize(
    ("text", "name", "members"),
    [
        ("Ann Lee and Joe Biden said it fell.", "Ann Lee and Joe Biden", ["Ann Lee", "Joe Biden"]),
        ("Joe Biden, Bob Ray and Ann Lee said it.", "Ann Lee, Bob Ray and Joe Biden", ["Joe Biden", "Bob Ray", "Ann Lee"]),
        ("Ann Lee of Ohio and Bob Ray of Texas said it fell.", "Ann Lee and Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("Japan and the United States said it fell.", "Japan and United States", ["Japan", "United States"]),
        ("Ann Lee left when meeting Bob Ray. Both leaders said it fell.", "Ann Lee and Bob Ray", ["Ann Lee", "Bob Ray"]),
        (
            "Ann Lee, Secretary of State Bob Ray and Joe Biden said it.",
            "Ann Lee, Bob Ray and Joe Biden",
            ["Ann Lee", "Bob Ray", "Joe Biden"],
        ),
        ("Ann Lee met Bob Ray. The two leaders said it fell.", "Ann Lee and Bob Ray", ["Ann Lee", "Bob Ray"]),
        (
            "Ann Lee and President Bob Ray met. It rained. Both leaders said it fell.",
            "Ann Lee and Bob Ray",
            ["Ann Lee", "Bob Ray"],
        ),
        ("Japan and the United States met. Both nations said it fell.", "Japan and United States", ["Japan", "United States"]),
        ("The US-Japan pact is old. The two countries said it fell.", "Japan and United States", ["United States", "Japan"]),
        ("In talks of Ann Lee and Bob Ray they said that it fell.", "Ann Lee and Bob Ray", ["Ann Lee", "Bob Ray"]),
    ],
)
def test_a_group_has_the_members_that_the_text_names(text: str, name: str, members: list[str]) -> None:
    assert (name, members) == _group(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee and her lawyer said it fell.", "Ann Lee and her lawyer"),
        ("The mayor and Ann Lee said it fell.", "mayor and Ann Lee"),
        ("Ann Lee or Bob Ray said it fell.", None),
        ("Ann Lee and Toyota Corp said it fell.", "Ann Lee and Toyota Corp"),  # no label that both have
        ("The two leaders said it fell.", "two leaders"),
        ("Ann Lee told Bob Ray to go. The two leaders said it fell.", "two leaders"),  # not named together
        ("Ann Lee, Joe Biden and Bob Ray met. The two leaders said it fell.", "two leaders"),
        ("Ann Lee and Bob Ray met. Joe Biden left. The two leaders said it fell.", "two leaders"),
        ("Ann Lee and Bob Ray met. The two countries said it fell.", None),
        ("Ann Lee and Bob Ray met the voters. They said it fell.", None),  # the voters, perhaps
        ("Ann Lee and Bob Ray met. Two leaders said it fell.", "leaders"),
    ],
)
def test_where_the_text_leaves_the_members_open_there_are_none(text: str, name: str | None) -> None:
    assert (name, []) == _group(text)


def test_all_who_stand_for_one_group_are_its_mentions() -> None:
    made = propose(article("Ann Lee and Bob Ray said it fell. The two leaders said it rose."), Plan(), pytest.fail)

    assert ["Ann Lee and Bob Ray", "The two leaders"] == [mention.text for mention in made.entities[-1].mentions]


def test_i_is_who_speaks() -> None:
    made = sources(quoting("“I like my town,” Joe Biden said.", "“I like my town,”", "said", "Joe Biden", "direct"), ANNOTATOR)

    assert ["I", "my", "Joe Biden"] == [mention.text for mention in made.entities[0].mentions]


def test_a_pronoun_that_is_a_source_is_a_mention() -> None:
    quoted = quoting("Joe Biden left. So she said that it rained.", "that it rained", "said", "she")
    named = replace(quoted.quotes[0], sources=(replace(quoted.quotes[0].sources[0], entity="e1"),))

    made = sources(replace(quoted, quotes=(named,)), ANNOTATOR)

    assert ["Joe Biden", "she"] == [mention.text for mention in made.entities[0].mentions]
    assert [] == list(article_issues(made))


def test_i_outside_the_quotation_is_left() -> None:
    made = sources(quoting("I say “I like it,” Joe Biden said.", "“I like it,”", "said", "Joe Biden", "direct"), ANNOTATOR)

    assert ["I", "Joe Biden"] == [mention.text for mention in made.entities[0].mentions]
    assert 7 == made.entities[0].mentions[0].start


@settings(max_examples=100, suppress_health_check=[HealthCheck.filter_too_much])
@given(TEXTS, st.data())
def test_any_source_gives_a_valid_record(text: str, data: st.DataObject) -> None:
    if words := text.split():
        content, cue, source = (data.draw(st.sampled_from(words)) for _ in range(3))
        quoted = quoting(text, content, cue, source)
        assume(not list(errors(parse(json_line(quoted)))))
        start, edges = text.index(source), {edge for token in tokens(text) for edge in token}
        assume({start, start + len(source)} <= edges)  # no half of a word
        made = sources(quoted, ANNOTATOR)
        assert [] == list(map(str, errors(parse(json_line(made)))))
