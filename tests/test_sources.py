"""The second pass: sources without a name become entities, and "I" is who speaks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from news import TEXTS, quoting
from pressmark.annotators.entities import ANNOTATOR
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
