"""How sure proposals are, and what `--min-confidence` leaves out."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import project_of, write_json
from news import TEXTS, WORDS, article
from pressmark.annotators.drop_unsure import drop_unsure
from pressmark.annotators.pipeline import Plan, propose
from pressmark.annotators.quotes import quotes
from pressmark.annotators.quotes.confidence import FILE, confidence, features
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.sentence_attributions import RULES
from pressmark.project.proposals import LAYERS
from pressmark.record.encode import json_line
from pressmark.validation import errors, parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran
    from pressmark.record.model import Article

    Pressmark = Callable[..., Ran]

SHE = "“It fell,” she said."
NESTED = "Ann Lee denied that Bob Ray had said the dam fell. Joe Biden said in Rome that it rains.\n"


def proposed(text: str, least: float = 0.0) -> Article:
    return propose(article(text), Plan(min_confidence=least), pytest.fail)


def without(made: Article, layer: str, name: str) -> Article:
    """The article as if this item alone were unsure."""
    items = [replace(one, confidence=0.1 if one.id == name else 0.9) for one in getattr(made, layer)]
    change: dict[str, Any] = {layer: tuple(items)}
    return drop_unsure(replace(made, **change), {one: {item.id for item in getattr(made, one)} for one in LAYERS}, 0.5)


def of_she() -> list[str]:
    made = quotes(article(SHE))
    return features("quote-subject-verb", made.quotes[0], made.text, (0, len(SHE)))


def of_cue(text: str, cue: str, *, thought: bool = False) -> float:
    return next(q.confidence or 0 for q in quotes(article(text), thought=thought).quotes if q.cue[0].text == cue)


@pytest.mark.parametrize(
    ("surer", "less"),
    [
        (("“It fell in May,” Ann Lee said.", "said"), ("Ann Lee said it fell in May.", "said")),
        (("Ann Lee said that it fell.", "said"), ("Ann Lee said it fell.", "said")),
        (("Ann Lee said that it fell.", "said"), ("Ann Lee felt that it fell.", "felt")),
        (("Ann Lee said that it fell.", "said"), ("It was said that it fell.", "was said")),
    ],
)
def test_clear_attributions_are_surer(surer: tuple[str, str], less: tuple[str, str]) -> None:
    assert of_cue(*surer, thought=True) > of_cue(*less, thought=True)


def test_every_coefficient_is_of_something_that_the_rules_know() -> None:
    table = tomllib.loads(files("pressmark.annotators.quotes").joinpath(FILE).read_text(encoding="utf-8"))

    classes = {sense.verb_class for cue in lexicon().cues.values() for sense in cue.senses}
    kinds = {feature.partition("=")[0] for feature in of_she()}
    assert {"intercept", *kinds} == {*table}
    assert {*table["rule"]} <= {*RULES}
    assert {*table["cue"]} <= classes | {"none"}
    assert {"direct", "mixed", "indirect"} == {*table["type"]}
    assert {"none", "pronoun", "common", "name"} == {*table["source"]}


def test_what_it_depends_on_can_be_read() -> None:
    expected = ["rule=quote-subject-verb", "cue=say", "type=direct", "status=made", "source=pronoun", "speaker=other"]
    expected += ["begins=mark", "words=0+", "commas=1+", "sentence=0+", "share=2/5", "rest=0+"]
    assert expected == of_she()


def test_a_rule_without_a_coefficient_has_a_confidence_too() -> None:
    made = quotes(article(SHE))

    assert 0 < confidence("new-rule", made.quotes[0], made.text, (0, len(SHE))) < 1


def test_a_content_of_many_clauses_is_less_sure() -> None:
    assert of_cue("Ann Lee said it fell.", "said") > of_cue("Ann Lee said it fell, it broke, it sank.", "said")


def test_unsure_proposals_are_left_out_in_every_layer() -> None:
    everything, sure = proposed(NESTED), proposed(NESTED, 0.7)

    for layer in LAYERS:
        expected = {item.id for item in getattr(everything, layer) if item.confidence >= 0.7}
        assert {item.id for item in getattr(sure, layer)} <= expected
    assert len(sure.claims) < len(everything.claims)
    assert [] == list(errors(parse(json_line(sure))))


def test_a_claim_goes_with_its_quote_and_becomes_nobody_elses() -> None:
    made = proposed("Joe Biden said in Rome that it rains.\n")
    (claim,) = made.claims

    assert "q1" == claim.quote
    assert () == without(made, "quotes", "q1").claims


def test_a_quote_inside_a_dropped_one_stays_denied() -> None:
    outer, inner = proposed(NESTED).quotes[:2]
    assert (outer.id, "not_made") == (inner.parent, inner.status)

    left = without(proposed(NESTED), "quotes", outer.id)

    assert (inner.id, None, "not_made") == (left.quotes[0].id, left.quotes[0].parent, left.quotes[0].status)
    assert [] == list(errors(parse(json_line(left))))


def test_a_source_without_its_entity_is_open() -> None:
    made = proposed(NESTED)
    name = made.quotes[0].sources[0].entity or ""

    left = without(made, "entities", name)

    assert (made.quotes[0].sources[0].text, None) == (left.quotes[0].sources[0].text, left.quotes[0].sources[0].entity)
    assert [] == list(errors(parse(json_line(left))))


def test_a_group_that_loses_a_member_has_none() -> None:
    made = proposed("Ann Lee met Bob Ray. Ann Lee and Bob Ray said that it fell.\n")
    (group,) = (entity for entity in made.entities if entity.members)

    left = without(made, "entities", group.members[0])

    assert [()] == [entity.members for entity in left.entities if entity.id == group.id]
    assert [] == list(errors(parse(json_line(left))))


@given(st.one_of(TEXTS, WORDS), st.floats(0, 1))
def test_what_is_left_is_a_valid_record(text: str, least: float) -> None:
    if text:
        made = propose(article(text), Plan(thought=True, min_confidence=least), lambda _: None)

        assert [] == list(errors(parse(json_line(made))))
        assert all(item.confidence >= least for layer in LAYERS for item in getattr(made, layer))


def test_what_a_person_touched_stays_however_unsure(pressmark: Pressmark, tmp_path: Path) -> None:
    project = project_of(tmp_path / "p", {"a.txt": NESTED.encode()})
    path = project / "annotations/a.json"
    assert 0 == pressmark("annotate", project).code
    annotation = json.loads(path.read_text(encoding="utf-8"))
    annotation["quotes"][0] |= {"confidence": 0.01}
    write_json(path, annotation)

    assert 0 == pressmark("annotate", project, "--overwrite", "--min-confidence", "1").code

    after = json.loads(path.read_text(encoding="utf-8"))
    source = annotation["quotes"][0]["sources"][0]["entity"]
    assert [annotation["quotes"][0]] == after["quotes"]
    assert [source] == [entity["id"] for entity in after["entities"]]


def test_what_was_left_out_is_not_taken_for_deleted_by_a_person(pressmark: Pressmark, tmp_path: Path) -> None:
    project = project_of(tmp_path / "p", {"a.txt": NESTED.encode()})
    path = project / "annotations/a.json"
    assert 0 == pressmark("annotate", project).code
    everything = path.read_bytes()

    assert 0 == pressmark("annotate", project, "--overwrite", "--min-confidence", "1").code
    assert [] == json.loads(path.read_bytes())["quotes"]
    assert 0 == pressmark("annotate", project, "--overwrite").code

    assert everything == path.read_bytes()


@pytest.mark.parametrize("value", ["-0.1", "1.5", "nan", "much"])
def test_a_confidence_is_a_number_from_0_to_1(pressmark: Pressmark, tmp_path: Path, value: str) -> None:
    (tmp_path / "a.txt").write_text(NESTED)

    run = pressmark("annotate", tmp_path / "a.txt", "--min-confidence", value)

    assert (2, "") == (run.code, run.out)
    assert "--min-confidence" in run.err
