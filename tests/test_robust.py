"""No input makes a traceback, a hang or a blow-up: what is large, deep, damaged, or made to hurt."""

from __future__ import annotations

import io
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from pressmark.validation import file_issues, issues, row_issues
from pressmark.validation.level1_file.strict_json import DEPTH, VALUES, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

ROOT = Path(__file__).parents[1]
MANY = 100_000


def base() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "tests/cases/valid/article.json").read_text(encoding="utf-8"))
    return found


def wide(count: int) -> dict[str, Any]:
    """A record of so many words, each a span."""
    text = "ab " * count
    words = [{"start": 3 * i, "end": 3 * i + 2, "text": "ab"} for i in range(count)]
    body = text.rstrip()
    whole = {"start": 0, "end": len(body), "text": body}
    record = base() | {"text": text, "text_sha256": sha256(text.encode()).hexdigest(), "zones": [whole | {"type": "body"}]}
    return record | {"sentences": words, "entities": [], "quotes": [], "claims": []}


def entity(i: int, mentions: list[dict[str, Any]]) -> dict[str, Any]:
    kept = {"label": "PERSON", "name": f"Ab {i}", "kb_id": None, "value": None, "annotator": "a", "confidence": None}
    return {"id": f"e{i}", "mentions": mentions} | kept


def quote(i: int, content: list[dict[str, Any]], parent: str | None = None) -> dict[str, Any]:
    kept = {"type": "indirect", "medium": "speech", "verbatim": [], "cue": [], "sources": [], "annotator": "a"}
    return {"id": f"q{i}", "content": content, "parent": parent, "confidence": None} | kept


def claim(i: int, content: list[dict[str, Any]], carrier: str | None) -> dict[str, Any]:
    kept = {"types": ["causal"], "checkworthiness": "check_worthy", "factuality": "CT+", "about": [], "annotator": "a"}
    return {"id": f"c{i}", "content": content, "proposition": f"Ab {i}.", "quote": carrier, "confidence": None} | kept


def many_mentions(record: dict[str, Any]) -> None:
    record["entities"] = [entity(i + 1, [span | {"level": "name"}]) for i, span in enumerate(record["sentences"])]


def one_entity(record: dict[str, Any]) -> None:
    record["entities"] = [entity(1, [span | {"level": "name"} for span in record["sentences"]])]


def parts_in_parts(record: dict[str, Any]) -> None:
    record["quotes"] = [quote(1, record["sentences"]), quote(2, record["sentences"], "q1")]
    record["claims"] = [claim(1, record["sentences"], "q2")]


def many_quotes(record: dict[str, Any]) -> None:
    record["quotes"] = [quote(i + 1, [span], "q1" if i else None) for i, span in enumerate(record["sentences"])]
    record["claims"] = [claim(i + 1, [span], None) for i, span in enumerate(record["sentences"])]


def a_chain_into_a_circle(record: dict[str, Any]) -> None:
    many_quotes(record)
    for i, one in enumerate(record["quotes"]):
        one["parent"] = f"q{max(1, i)}" if i > 1 else f"q{2 - i}"


def many_values(record: dict[str, Any]) -> None:
    many_mentions(record)
    for i, one in enumerate(record["entities"]):
        one |= {"label": "DATE", "value": f"{1000 + i % 9000}-{i // 9000 + 1:02}"}
        one["mentions"][0]["level"] = "value"


def many_groups(record: dict[str, Any]) -> None:
    many_mentions(record)
    for one in record["entities"]:
        one["name"] = "Ann Lee and Bob Ray"
        one["mentions"][0]["level"] = "pronoun"


def all_shifted(record: dict[str, Any]) -> None:
    one_entity(record)
    for mention in record["entities"][0]["mentions"]:
        mention["start"] += 1
        mention["end"] += 1


def all_the_whole_text(record: dict[str, Any]) -> None:
    one_entity(record)
    for mention in record["entities"][0]["mentions"]:
        mention |= {"start": 0, "end": len(record["text"])}


FILLS = [
    many_mentions,
    one_entity,
    parts_in_parts,
    many_quotes,
    many_values,
    many_groups,
    a_chain_into_a_circle,
    all_shifted,
    all_the_whole_text,
]


def calls(fill: Callable[[dict[str, Any]], None], count: int) -> int:
    """How many functions are called, built-in ones too, to validate a record of so many words."""
    record = wide(count)
    fill(record)
    called = [0]

    def profile(_: object, event: str, __: object) -> None:
        called[0] += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        assert all(issue.message for issue in issues(record))
    finally:
        sys.setprofile(before)
    return called[0]


# The last one has a problem per mention, and each looks for its text everywhere; only the number of problems is limited.
@pytest.mark.parametrize("fill", FILLS[:-1])
def test_twice_the_record_is_at_most_little_more_than_twice_the_calls(fill: Callable[[dict[str, Any]], None]) -> None:
    calls(fill, 10)  # loads and compiles what is kept

    assert calls(fill, 2000) < 2.2 * calls(fill, 1000)


@pytest.mark.slow
@pytest.mark.parametrize("fill", FILLS)
def test_no_rule_is_quadratic(fill: Callable[[dict[str, Any]], None]) -> None:
    """The rules take seconds; a quadratic one, even inside a built-in function, takes hours."""
    record = wide(MANY // 2)
    fill(record)

    for issue in issues(record):
        assert issue.message


@pytest.mark.parametrize("char", ["x", "\u0301", "🇩", "👩\u200d", "ᄀ"])
def test_long_graphemes_cost_no_time(char: str) -> None:
    text = "a" + char * MANY + "."
    whole = {"start": 0, "end": len(text), "text": text}
    record = wide(1) | {"text": text, "text_sha256": sha256(text.encode()).hexdigest(), "zones": [whole | {"type": "body"}]}

    assert [] == list(issues(record | {"sentences": [whole]}))


@pytest.mark.parametrize("data", [b"[" * 10**6, b'{"a":' * 10**5, b"[" * (DEPTH + 1) + b"]" * (DEPTH + 1)])
def test_depth_is_measured_before_anything_is_parsed(data: bytes) -> None:
    with pytest.raises(ValueError, match="nested too deep"):
        parse(data)


def test_brackets_in_strings_are_no_depth() -> None:
    assert {"a": "[" * 1000} == parse(b'{"a": "' + b"[" * 1000 + b'"}')


def test_a_text_of_endless_values_is_refused_unparsed() -> None:
    for item in (b"[]", b"{}", b"1", b'""'):
        with pytest.raises(ValueError, match="values in one JSON text"):
            parse(b"[" + (item + b",") * VALUES + item + b"]")


def test_a_long_string_of_escapes_costs_no_memory_to_measure() -> None:
    assert 10**6 == len(parse(b'"' + b"\\n" * 10**6 + b'"'))


def table(path: Path, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), path, compression="zstd", row_group_size=10**6)
    return path


@pytest.mark.parametrize(
    "columns",
    [
        {"id": pa.nulls(10**6, pa.string())},
        {"text": ["\0" * (200 * 2**20)]},
        {"text": pa.array(["x" * 2**21]).take(pa.array([0] * 64)), "id": [sha256(bytes([i])).hexdigest() for i in range(64)]},
        {"text": [["y" * 2**20] * 200]},
    ],
    ids=["rows of nothing", "one endless text", "one long text many times", "one long text many times in a row"],
)
def test_a_parquet_bomb_is_refused_in_little_memory(tmp_path: Path, columns: dict[str, Any]) -> None:
    path = table(tmp_path / "bomb.parquet", **columns)
    del columns
    before = pa.total_allocated_bytes()

    assert ["file-bomb"] == [issue.code for issue in file_issues(path)]
    assert pa.total_allocated_bytes() - before < 2**20


def test_a_table_of_something_else_is_said_to_be_one(tmp_path: Path) -> None:
    path = table(tmp_path / "other.parquet", sentence=["It rains."], words=[[1, 2]], time=[None], raw=[b"\xff"])

    assert ["schema-kind"] == [issue.code for issue in file_issues(path)]


@pytest.mark.parametrize("name", ["articles", "mentions", "ner", "quotes", "claims", "relations"])
def test_every_view_of_the_dataset_can_be_handed_in(name: str) -> None:
    found = {issue.code for issue in file_issues(ROOT / f"data/{name}/train-00000-of-00001.parquet")}

    assert {code for code in found if not code.startswith(("schema-", "entity-"))} == set()


def test_rows_and_batches_of_a_dataset_are_judged_like_records() -> None:
    rows = [base(), base() | {"id": "other"}, base() | {"language": 5}]
    batch = {key: [row[key] for row in rows] for key in rows[0]}

    for given in (rows, [batch], [rows[0], {key: values[1:] for key, values in batch.items()}]):
        assert [("schema-type", 3), ("text-unique", 2)] == [(issue.code, issue.line) for issue in row_issues(given)]


@pytest.mark.parametrize("indent", [None, 2])
def test_standard_input_is_lines_or_one_text(
    pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, indent: int | None
) -> None:
    def stdin(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    stdin(json.dumps(base(), indent=indent).encode())
    assert (0, "") == pressmark("validate", "-")[:2]
    stdin(json.dumps([base(), base() | {"language": 5}], indent=indent).encode())
    assert ": case: $[1].language: schema-type" in pressmark("validate", "-").out
    stdin(b"")
    assert "-: file-empty" in pressmark("validate", "-").out
    if indent is None:
        stdin(b"\n".join([json.dumps(base()).encode(), b"{", json.dumps(base() | {"language": 5}).encode()]))
        assert ["-:2", "-:3"] == [line[:3] for line in pressmark("validate", "-").out.splitlines() if line.startswith("-")]
