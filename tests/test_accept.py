"""The fast path may only say "accept": what it accepts, the judge accepts."""

from __future__ import annotations

import json
import random
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutants import mutant
from pressmark.record.model import Article, Relation
from pressmark.validation import article_issues, convert, decoder, documents, glance, schema_issues
from pressmark.validation.level1_file.strict_json import parse

ROOT = Path(__file__).parents[1]
RECORDS: list[dict[str, Any]] = [
    json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "tests/cases/valid").glob("*.json"))
    if path.stem.split(".")[0] not in {"annotation", "relations"}
]


def judged(data: bytes) -> set[str]:
    """The codes that the judge finds, without the fast path."""
    try:
        record = parse(data)
    except ValueError as error:
        return {error.issue.code}  # type: ignore[attr-defined]
    found = {issue.code for issue in schema_issues("article", record)}
    return found or {issue.code for issue in article_issues(convert(record, Article))}


def accepted(data: bytes) -> bool:
    """Whether the fast path accepts, and that it agrees with the judge as far as it went."""
    article = decoder.decoded(data)
    if article is None:
        code = decoder.rejected(data)
        found = judged(data)
        assert code in {None, *found} or any(other.startswith("file-") or other == "schema-kind" for other in found)
        return False
    if decoder.forms(article):
        assert not {code for code in judged(data) if code.startswith(("file-", "schema-"))}
        assert {issue.code for issue in article_issues(article)} == judged(data)
    return glance.clean(article)


def check(data: bytes) -> bool:
    found = accepted(data)
    assert not (found and judged(data)), (judged(data), data)
    return found


@pytest.mark.parametrize("record", RECORDS, ids=range(len(RECORDS)))
def test_a_valid_record_is_accepted_at_once(record: dict[str, Any]) -> None:
    for text in (json.dumps(record), json.dumps(record, ensure_ascii=False, indent=2)):
        assert check(text.encode())


@pytest.mark.parametrize("seed", range(20))
def test_what_is_accepted_is_right(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same every time
    count = sum(check(mutant(chance.choice(RECORDS), chance)) for _ in range(300))

    assert 0 < count < 200  # some mutants are valid, most are not


@given(st.randoms(use_true_random=False), st.sampled_from(RECORDS))
def test_no_mutation_is_accepted_that_the_judge_rejects(chance: random.Random, record: dict[str, Any]) -> None:
    check(mutant(record, chance))


@pytest.mark.parametrize("path", sorted((ROOT / "tests/cases/invalid").glob("*.json")), ids=lambda path: path.name)
def test_no_invalid_case_is_accepted(path: Path) -> None:
    assert not accepted(path.read_bytes())


def test_the_records_of_the_dataset_keep_off_the_judge() -> None:
    for document in documents(ROOT / "data/articles.jsonl"):
        assert decoder.decoded(json.dumps(document.record).encode()) is not None  # type: ignore[union-attr]


def _closing(shift: int) -> dict[str, Any]:
    """A record whose last quote, its claim, source and cue end with the text, or so many characters behind it."""
    record: dict[str, Any] = json.loads((ROOT / "tests/cases/valid/article.bare.json").read_text(encoding="utf-8"))
    text = "“Yes,” says Ann"
    marked: dict[str, Any] = {"annotator": "model", "confidence": None}

    def span(start: int, end: int, more: int = 0) -> dict[str, Any]:
        return {"start": start, "end": end + more, "text": text[start:end]}

    quote: dict[str, Any] = {
        "id": "q1",
        "type": "direct",
        "medium": "speech",
        "content": [span(0, 6)],
        "verbatim": [span(1, 5)],
    }
    quote |= {"cue": [span(7, 11)], "sources": [span(12, 15, shift) | {"entity": None, "role": "originator"}], "parent": None}
    claim: dict[str, Any] = {
        "id": "c1",
        "content": [span(7, 15, shift)],
        "proposition": "Ann says yes.",
        "types": ["event_property"],
    }
    claim |= {"checkworthiness": "check_worthy", "factuality": "CT+", "quote": None, "about": []}
    return record | {
        "text": text,
        "text_sha256": sha256(text.encode()).hexdigest(),
        "zones": [span(0, 15) | {"type": "body"}],
        "sentences": [span(0, 15)],
        "entities": [],
        "quotes": [quote | marked],
        "claims": [claim | marked],
        "annotators": [{"id": "model", "kind": "model", "name": "A model", "version": None}],
        "layers": dict.fromkeys(("zones", "entities", "quotes", "claims"), "gold"),
    }


def test_spans_behind_the_end_of_the_text_are_not_accepted() -> None:
    assert check(json.dumps(_closing(0)).encode())
    assert not check(json.dumps(_closing(1)).encode())


def test_quotation_marks_behind_the_end_of_the_text_are_not_accepted() -> None:
    record = _closing(0)
    record["text"] = "“Yes,”"
    record["text_sha256"] = sha256(record["text"].encode()).hexdigest()
    record["zones"] = [{"start": 0, "end": 6, "text": "“Yes,”", "type": "body"}]
    record["sentences"], record["claims"] = [{"start": 0, "end": 6, "text": "“Yes,”"}], []
    quote = record["quotes"][0] | {"cue": [], "sources": []}
    late = {"content": [{"start": 0, "end": 7, "text": "“Yes,”"}], "verbatim": [{"start": 1, "end": 6, "text": "Yes,"}]}

    assert check(json.dumps(record | {"quotes": [quote]}).encode())
    assert not check(json.dumps(record | {"quotes": [quote | late]}).encode())


def test_a_name_like_a_placeholder_hides_no_impossible_day() -> None:
    record = json.loads((ROOT / "tests/cases/valid/article.json").read_text(encoding="utf-8"))
    record["metadata"] |= {"title": "Newark votes", "published": "2023-02-28"}
    assert check(json.dumps(record).encode())
    record["metadata"]["published"] = "2023-02-30"
    assert not check(json.dumps(record).encode())


def test_an_escaped_colon_hides_no_second_key() -> None:
    record = _closing(0)
    record["metadata"]["title"] = "Ann: yes"
    text = json.dumps(record)
    twice = text.replace('"title": "Ann: yes"', '"title": "Ann\\u003a yes", "url": null')

    assert check(text.encode())
    assert not check(twice.encode())


@pytest.mark.parametrize("key", ["about", "types"])
def test_an_odd_claim_hides_no_list_that_names_one_twice(key: str) -> None:
    record = _closing(0)
    mention = {"start": 12, "end": 15, "text": "Ann", "level": "name"}
    entity = {"id": "e1", "label": "PERSON", "name": "Ann", "kb_id": None, "value": None, "mentions": [mention]}
    record["entities"] = [entity | {"annotator": "model", "confidence": None}]
    claim = record["claims"][0] | {"about": ["e1"]}
    parts = [{"start": 7, "end": 11, "text": "says"}, {"start": 12, "end": 15, "text": "Ann"}]
    whole = claim | {"id": "c2", "proposition": "Ann says so."}

    record["claims"] = [claim | {"content": parts}, whole]
    assert check(json.dumps(record).encode())
    record["claims"] = [claim | {"content": parts}, whole | {key: claim[key] * 2}]
    assert not check(json.dumps(record).encode())


def _relation(**changes: Any) -> bytes:
    reference = {"article": "a", "claim": "c1"}
    record = {"id": "r1", "type": "related", "a": reference, "b": {**reference, "claim": "c2"}, "differs_in": ["time"]}
    return json.dumps(record | {"note": "Why: so.", "annotator": "model", "confidence": None} | changes).encode()


def test_a_relation_is_accepted_at_once() -> None:
    found = decoder.related(_relation())

    assert convert(parse(_relation()), Relation) == found
    assert decoder.related(_relation(**{"$schema": "https://w3id.org/pressmark"})) is not None


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
def test_no_relation_is_accepted_that_the_judge_rejects(changes: dict[str, Any]) -> None:
    assert decoder.related(_relation(**changes)) is None


@pytest.mark.parametrize("twice", [b'"note": null, "note": "', b'"note": "\\u003a", "note": "'])
def test_a_relation_with_a_key_twice_is_not_accepted(twice: bytes) -> None:
    assert decoder.related(_relation().replace(b'"note": "', twice)) is None
