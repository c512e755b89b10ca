"""The fast path may only say "accept": what it accepts, the judge accepts."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutants import mutant
from pressmark.model import Article
from pressmark.validate import accept, article_issues, convert, documents, glance, schema_issues
from pressmark.validate.strict import parse

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
    article = accept.decoded(data)
    if article is None:
        code = accept.rejected(data)
        found = judged(data)
        assert code in {None, *found} or any(other.startswith("file-") or other == "schema-kind" for other in found)
        return False
    if accept.forms(article):
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
        assert accept.decoded(json.dumps(document.record).encode()) is not None  # type: ignore[union-attr]
