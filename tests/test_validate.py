"""The conformance suite of tests/cases/ and the laws behind it."""

from __future__ import annotations

import copy
import json
import re
from array import array
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance import CASES, INVALID, VALID, check_places, codes_of, found_in
from pressmark import validation
from pressmark.record import contract
from pressmark.record.issue import Issue, json_path, json_pointer
from pressmark.record.relation import Relation
from pressmark.validation import (
    Corpus,
    Where,
    convert,
    dataset_issues,
    documents,
    file_issues,
    issues,
    meanings,
    parse,
)
from pressmark.validation.level1_file.documents import LINE_LIMIT, Document
from pressmark.validation.level6_dataset.corpus import Card


def record() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CASES / "valid" / "article.json").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.name)
def test_a_valid_case_has_no_issue(path: Path) -> None:
    assert [] == found_in(path)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.name)
def test_an_invalid_case_has_its_own_code_and_no_other(path: Path) -> None:
    assert codes_of(path) == {issue.code for issue in found_in(path)}


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.name)
def test_an_issue_says_where_and_is_as_severe_as_its_rule(path: Path) -> None:
    check_places(path)


def test_every_code_has_a_case() -> None:
    written = {path.name.split(".")[0] for path in INVALID}

    assert meanings().keys() - written == {"file-size"}  # a case of over 64 MiB is made below
    assert all(meaning.text for meaning in meanings().values())
    assert len(VALID) > 20
    assert len(INVALID) > 100


def test_a_code_that_is_written_is_a_code_with_a_meaning() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(validation.__file__).parent.rglob("*.py"))

    assert set(re.findall(r'"(file-[a-z-]+)"', source)) <= meanings().keys()


def test_the_schema_cases_cover_every_keyword_of_the_contract() -> None:
    keywords = {"schema-required", "schema-additional-properties", "schema-kind"}
    for kind in contract.KINDS:
        for key in re.findall(
            r'"(type|enum|const|pattern|minimum|maximum|minLength|minItems|uniqueItems)":', json.dumps(contract.record(kind))
        ):
            keywords.add("schema-" + re.sub("[A-Z]", lambda match: "-" + match[0].lower(), key))

    assert keywords == {path.name.split(".")[0] for path in INVALID if path.name.startswith("schema-")}


def test_a_shifted_span_is_named_with_both_texts() -> None:
    shifted = record()
    shifted["quotes"][0]["cue"][0] |= {"start": 39, "end": 43}

    (issue,) = issues(shifted)

    assert ("span-text", "/quotes/0/cue/0", "case") == (issue.code, issue.pointer, issue.article)
    assert "says 'said', but 39:43 is 'aid.'" in issue.message
    assert str(issue).startswith("case: $.quotes[0].cue[0] (q1): span-text: says 'said'")


@given(st.data())
def test_moving_any_span_is_found(data: st.DataObject) -> None:
    moved = record()
    places = [place for place in _places(moved) if "end" in place]
    place = data.draw(st.sampled_from(places))
    shift = data.draw(st.integers(-5, 5).filter(bool))
    if moved["text"][max(0, place["start"] + shift) : place["end"] + shift] == place["text"]:
        return
    place["start"] += shift
    place["end"] += shift

    assert [*issues(moved)] != []


@given(st.data())
def test_leaving_out_any_key_is_found_where_it_is_missing(data: st.DataObject) -> None:
    cut = record()
    place = data.draw(st.sampled_from([place for place in _places(cut) if place]))
    key = data.draw(st.sampled_from(sorted(place)))
    del place[key]

    assert key in " ".join(issue.message for issue in issues(cut) if issue.code == "schema-required")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "id", "a", "entities", "$schema", "é"]), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(JSON)
def test_no_parsed_value_makes_a_traceback(value: Any) -> None:
    assert [*issues(value)] != []


@given(st.data(), JSON)
def test_no_value_in_any_place_makes_a_traceback(data: st.DataObject, value: Any) -> None:
    changed = record()
    place = data.draw(st.sampled_from([place for place in _places(changed) if place]))
    place[data.draw(st.sampled_from(sorted(place)))] = value

    for issue in issues(changed):
        str(issue).encode("utf-8")


@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_no_bytes_make_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    for suffix in (".json", ".jsonl", ".parquet"):
        path = tmp_path_factory.getbasetemp() / f"any{suffix}"
        path.write_bytes(data)

        assert all(isinstance(issue, Issue) for issue in file_issues(path))


@given(st.binary(max_size=60))
def test_a_damaged_parquet_file_makes_issues_not_tracebacks(tmp_path_factory: pytest.TempPathFactory, noise: bytes) -> None:
    whole = (Path(__file__).parents[1] / "data/articles/train-00000-of-00001.parquet").read_bytes()
    path = tmp_path_factory.getbasetemp() / "damaged.parquet"
    place = int.from_bytes(noise[:3], "little") % len(whole)
    path.write_bytes(whole[:place] + noise + whole[place + len(noise) :])

    for issue in file_issues(path):
        str(issue)


def test_a_broken_line_does_not_hide_the_others(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    bad = record() | {"language": 5}
    path.write_text("\n".join([json.dumps(record()), "{", "", json.dumps(bad)]) + "\n", encoding="utf-8")

    assert [("file-json", 2, None), ("schema-type", 4, "case")] == [(i.code, i.line, i.article) for i in file_issues(path)]


def test_an_issue_in_an_array_points_into_the_file(tmp_path: Path) -> None:
    path = tmp_path / "records.json"
    path.write_text(json.dumps([record(), record() | {"language": 5}]), encoding="utf-8")

    assert ["/1/language"] == [issue.pointer for issue in file_issues(path)]


def test_a_line_over_the_limit_is_one_issue_and_the_next_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_bytes(b" " * (LINE_LIMIT + 2) + b"\n5\n")

    assert [("file-size", 1), ("schema-type", 2)] == [(issue.code, issue.line) for issue in file_issues(path)]


def test_a_deep_chain_of_parents_is_no_cycle_and_no_recursion() -> None:
    deep = record()
    child = deep["quotes"][1]
    deep["quotes"] = deep["quotes"][:1] + [
        child | {"id": f"q{i}", "parent": f"q{i - 1}" if i > 2 else "q1"} for i in range(2, 3000)
    ]

    assert [] == [issue for issue in issues(deep) if issue.code == "parent-cycle"]
    deep["quotes"][1]["parent"] = "q2999"
    assert 2998 == len([issue for issue in issues(deep) if issue.code == "parent-cycle"])


def test_an_offset_that_cannot_index_is_none() -> None:
    floats = record()
    floats["quotes"][0]["cue"][0]["start"] = 38.0

    assert [("38.0 is not of type integer", "write 38")] == [(issue.message, issue.hint) for issue in issues(floats)]


def test_relations_join_what_is_there() -> None:
    (example,) = contract.schema("relation")["examples"]
    good = convert(example, Relation)

    def found(*relations: Relation) -> list[Issue]:
        corpus = Corpus()
        for name, claims, annotators in (("example", "c1", "rules"), ("example-2", "c4", "other")):
            corpus.know(Card(name, None, (), claims, annotators, array("I"), b"", None))
        for i, relation in enumerate(relations):
            corpus.relate(relation, Where("", None, f"/{i}"))
        return dataset_issues(corpus)

    assert [] == found(good)
    changes: list[tuple[dict[str, Any], str]] = [
        ({"a": {"article": "x", "claim": "c1"}}, "/0/a/article"),
        ({"b": {"article": "example-2", "claim": "c9"}}, "/0/b/claim"),
        ({"b": example["a"]}, "/0/b"),
        ({"annotator": "nobody"}, "/0/annotator"),
    ]
    for change, pointer in changes:
        bad = convert(example | change, Relation)
        assert [pointer] == [issue.pointer for issue in found(bad)]
    assert ["relation-unique"] == [issue.code for issue in found(good, good)]


@given(st.lists(st.text(max_size=5) | st.integers(0, 99), max_size=4))
def test_a_pointer_finds_its_way_back(path: list[str | int]) -> None:
    parts = [part.replace("~1", "/").replace("~0", "~") for part in json_pointer(path).split("/")[1:]]

    assert [str(part) for part in path] == parts
    assert json_path(json_pointer(path)).startswith("$")


def test_a_path_reads_as_in_rfc_9535() -> None:
    assert "$.quotes[3].cue['a b']" == json_path("/quotes/3/cue/a b")


@given(JSON)
def test_what_was_written_as_strict_json_is_parsed_as_it_was(value: Any) -> None:
    try:
        data = json.dumps(value, allow_nan=False, ensure_ascii=False).encode("utf-8")
        found = parse(data)
    except ValueError:  # not finite, or a lone surrogate, a NUL, more than 64 bits
        return

    assert copy.deepcopy(value) == found


def test_documents_say_where_they_stand() -> None:
    assert [Document] * 2 == [type(document) for document in documents(CASES / "valid" / "articles.jsonl")]
    assert [1, 2] == [document.line for document in documents(CASES / "valid" / "articles.jsonl")]


def _places(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *(place for child in value.values() for place in _places(child))]
    if isinstance(value, list):
        return [place for child in value for place in _places(child)]
    return []


def test_a_record_of_version_1_is_one_line() -> None:
    old = record() | {"schema_version": "1.0.0"}
    del old["quotes"][0]["act"], old["entities"][0]["members"]
    marked = {key: old[key] for key in contract.columns("annotation") if key in old}
    marked["annotators"] = [{"id": "a", "kind": "model", "name": "A", "version": None}]

    version = contract.at("article", "schema_version")["const"]
    for found in (list(issues(old)), list(issues(marked))):
        assert [f"is a record of version 1; this pressmark reads version {version}"] == [
            one.message.split(",")[0] for one in found
        ]
