"""The decoder reads a record if and only if the strict reader and the JSON Schema allow it."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutants import mutant, reshaped
from pressmark.record import contract
from pressmark.record.model import Article
from pressmark.validation import article_issues, convert, decoder, documents, kind_of
from pressmark.validation.level1_file.strict_json import parse
from pressmark.validation.level2_schema import is_foreign
from pressmark.validation.run.record import Settings, checked_text

ROOT = Path(__file__).parents[1]
CASES = sorted(path for path in (ROOT / "tests/cases").rglob("*.json*") if path.is_file())


def _records(kind: str) -> list[dict[str, Any]]:
    found = [record for path in sorted((ROOT / "tests/cases/valid").glob("*.json")) for record in _parsed(path.read_bytes())]
    return [record for record in found if kind_of(record) == kind]


def _parsed(data: bytes) -> list[Any]:
    value = json.loads(data)
    return value if isinstance(value, list) else [value]


ARTICLES = _records("article")
OTHERS = [*_records("annotation"), *_records("relation")]


def codes(data: bytes) -> set[str]:
    return {issue.code for found in checked_text(data, None, Settings()) for issue in found.issues}


def agree(data: bytes) -> bool:
    """Whether a JSON text is a record of the contract; what the decoder says must be what the strict reader and schema say."""
    try:
        record = parse(data)
    except ValueError:
        assert decoder.decoded(data) is None
        return False
    kind = kind_of(record)
    is_allowed: bool = contract.validator(kind).is_valid(record)
    read = decoder.converted(kind, record)
    assert is_allowed == (read is not None), (list(contract.validator(kind).iter_errors(record))[:1], data)
    directly = decoder.decoded(data)
    if directly is not None:
        assert directly == read  # type and all
    if not is_allowed and kind == "article" and isinstance(record, dict) and not is_foreign(kind, record):
        code = decoder.rejected(data)
        assert code is None or code in codes(data)
    return is_allowed


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_the_decoder_and_the_schema_agree_on_every_case(path: Path) -> None:
    for line in path.read_bytes().splitlines() if path.suffix == ".jsonl" else [path.read_bytes()]:
        agree(line)


@pytest.mark.parametrize("seed", range(20))
def test_the_decoder_and_the_schema_agree_on_mutants(seed: int) -> None:
    chance = random.Random(seed)
    of_articles = sum(agree(mutant(chance.choice(ARTICLES), chance)) for _ in range(200))
    of_others = sum(agree(reshaped(chance.choice(OTHERS), chance)) for _ in range(100))

    assert 20 < of_articles < 180  # some mutants are valid, some are not
    assert 5 < of_others < 95


@given(st.randoms(use_true_random=False), st.sampled_from(ARTICLES))
def test_no_mutation_tells_the_decoder_from_the_schema(chance: random.Random, record: dict[str, Any]) -> None:
    agree(mutant(record, chance))


@pytest.mark.parametrize("path", ["text", "metadata/title", "entities/name", "annotators/version"])
@pytest.mark.parametrize("value", [None, "", "a", 1, 1.0, True, [], {}])
def test_the_decoder_and_the_schema_agree_on_the_type_of_a_value(path: str, value: object) -> None:
    record = json.loads((ROOT / "tests/cases/valid/article.json").read_text(encoding="utf-8"))
    *keys, last = path.split("/")
    place = record
    for key in keys:
        place = place[key][0] if isinstance(place[key], list) else place[key]
    place[last] = value

    agree(json.dumps(record).encode())


@pytest.mark.parametrize("line_end", ["\n", "\r", "\u2028"])
def test_every_pattern_of_the_contract_ends_with_the_string(line_end: str) -> None:
    record = ARTICLES[0]
    for change in (
        {"id": record["id"] + line_end},
        {"text_sha256": record["text_sha256"] + line_end},
        {"language": "en" + line_end},
        {"metadata": record["metadata"] | {"published": "2023-01-11" + line_end}},
        {"metadata": record["metadata"] | {"translated_from": "id" + line_end}},
    ):
        assert not agree(json.dumps(record | change).encode())


@pytest.mark.parametrize("value", ["", "x", "en_US"])
def test_a_language_that_is_no_tag_is_refused(value: str) -> None:
    record = ARTICLES[0]

    assert not agree(json.dumps(record | {"metadata": record["metadata"] | {"translated_from": value}}).encode())


@pytest.mark.parametrize("record", [*ARTICLES, *OTHERS], ids=range(len(ARTICLES + OTHERS)))
def test_a_text_as_pressmark_writes_it_is_read_at_once_whatever_its_white_space(record: dict[str, Any]) -> None:
    written = msgspec.to_builtins(decoder.converted(kind_of(record), record))
    for data in (
        json.dumps(written, ensure_ascii=False, separators=(",", ":")),
        json.dumps(written, ensure_ascii=False),
        json.dumps(written, ensure_ascii=False, indent=2) + "\n",
    ):
        assert decoder.decoded(data.encode()) is not None


def test_the_records_of_the_dataset_are_read_at_once() -> None:
    for line in (ROOT / "data/articles.jsonl").read_bytes().splitlines():
        assert decoder.decoded(line) is not None


def test_what_was_read_has_the_issues_of_the_model() -> None:
    for document in documents(ROOT / "data/articles.jsonl"):
        record = document.record  # type: ignore[union-attr]
        record["entities"][0]["mentions"] += record["entities"][1]["mentions"]
        record["quotes"][0] |= {"annotator": "nobody", "parent": "q99"}
        found = list(article_issues(decoder.converted("article", record)))

        assert found == list(article_issues(convert(record, Article)))
        assert found


@pytest.mark.parametrize("first", ['"title": "a"', '"t\u0069tle": null', '"title": "\u003a"'])
def test_a_key_that_stands_twice_is_found_however_it_is_spelt(first: str) -> None:
    record = json.loads(json.dumps(ARTICLES[0])) | {"metadata": ARTICLES[0]["metadata"] | {"title": "x: y"}}
    for data in (json.dumps(record, ensure_ascii=False), json.dumps(record)):
        written = data.replace('"title": "', first + ', "title": "')

        assert written != data
        assert not agree(written.encode())
        assert {"file-duplicate-key"} == codes(written.encode())


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "r0"},
        {"id": "r1\n"},
        {"type": "same"},
        {"a": {"article": "a b", "claim": "c1"}},
        {"b": {"article": "a", "claim": "q1"}},
        {"b": {"article": "a"}},
        {"differs_in": ["time", "time"]},
        {"note": ""},
        {"note": "\u0000"},
        {"annotator": "a b"},
        {"confidence": 2},
        {"extra": 1},
    ],
)
def test_no_relation_is_read_that_the_schema_refuses(changes: dict[str, Any]) -> None:
    (example,) = contract.schema("relation")["examples"]

    assert agree(json.dumps(example).encode())
    assert not agree(json.dumps(example | changes).encode())
