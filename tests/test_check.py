from __future__ import annotations

import json
import shutil
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from pyarrow import parquet as pq

from conftest import CHECKOUT, LOCK, annotate, example, project_of, tree
from pressmark.publish.build import build
from pressmark.publish.check import check

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

FIGURES = "<!-- figures: written by `pressmark build` -->\n<!-- /figures -->"
QUOTES = "data/quotes/train-00000-of-00001.parquet"


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first place where the old text stands; it must be there."""
    before = path.read_bytes()
    assert old.encode() in before
    path.write_bytes(before.replace(old.encode(), new.encode(), 1))


def change(path: Path, how: Callable[[Any], object]) -> None:
    record = json.loads(path.read_text())
    how(record)
    path.write_text(json.dumps(record))


def sum_up(project: Path) -> None:
    """Make the checksums right again, as somebody would who means to mislead."""
    data = project / "data"
    there = sorted(path for path in data.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(data).as_posix()}\n" for path in there]
    (data / "SHA256SUMS").write_text("".join(lines))


def test_the_checkout_is_what_its_build_makes(pressmark: Callable[..., Ran]) -> None:
    code, out, _ = pressmark("build", "--check", CHECKOUT)

    assert (0, "") == (code, out)


def test_what_was_just_built_is_clean_and_checking_writes_nothing(project: Path, pressmark: Callable[..., Ran]) -> None:
    (project / "DATASHEET.md").write_text(FIGURES)
    build(project)
    (project / LOCK).unlink()
    before = tree(project)

    assert (0, "") == pressmark("build", "--check", project)[:2]
    assert before == tree(project)
    assert not (project / LOCK).exists()


def test_a_changed_character_of_a_seed_is_named(small: Path, pressmark: Callable[..., Ran]) -> None:
    edit(small / "seeds/example.txt", "Ann", "Amy")
    before = tree(small)

    code, _, err = pressmark("build", "--check", small)

    assert 1 == code
    assert f"{small}/annotations/example.json:3:17: example: $.text_sha256: text-hash: " in err
    assert "seeds/example.txt" in err
    assert "Ann Lee" in err
    assert "Amy Lee" in err
    assert before == tree(small)


def test_a_changed_character_that_breaks_no_span_is_placed(small: Path, pressmark: Callable[..., Ran]) -> None:
    edit(small / "seeds/plain.txt", "far", "fat")

    code, out, _ = pressmark("build", "--check", small)

    assert 1 == code
    assert f"{small}/data/articles.jsonl:2: plain: $.text: check-differs: " in out
    assert "Rome is far" in out
    assert "Rome is fat" in out


def test_a_character_changed_in_a_long_text_is_placed(small: Path) -> None:
    (small / "seeds/plain.txt").write_text("It rains.\n" * 20)
    build(small)
    (small / "seeds/plain.txt").write_text("It rains.\n" * 10 + "It rained.\n" + "It rains.\n" * 9)

    (issue,) = [issue for issue in check(small) if issue.pointer == "/text"]

    assert "code point 107 (line 11): " in issue.message


def test_a_changed_offset_is_named_with_both_texts(small: Path, pressmark: Callable[..., Ran]) -> None:
    change(small / "annotations/example.json", lambda record: record["quotes"][0]["cue"][0].update(start=23, end=27))

    code, _, err = pressmark("build", "--check", small)

    assert 1 == code
    assert f"{small}/annotations/example.json:1:659: example: $.quotes[0].cue[0] (q1): span-text: " in err
    assert " sai" in err


def test_a_valid_change_of_an_annotation_is_named(small: Path, pressmark: Callable[..., Ran]) -> None:
    change(small / "annotations/example.json", lambda record: record["entities"][0].update(label="ORG", name="Ann"))

    code, out, _ = pressmark("build", "--check", small)

    assert 1 == code
    assert f"{small}/data/articles.jsonl:1: example: $.entities[0].label: check-differs: " in out
    assert f"{small}/data/articles.jsonl:1: example: $.entities[0].name: check-differs: " in out
    for view in ("articles", "mentions", "ner"):
        assert f"{small}/data/{view}/train-00000-of-00001.parquet: check-differs: " in out


def test_every_way_in_which_records_can_differ_is_named(small: Path) -> None:
    project_of(small, {"new.txt": b"New."})
    annotate(small, "example", claims=[], quotes=[], layers=example()["layers"] | {"zones": "none"})

    found = {(issue.file, issue.line, issue.pointer) for issue in check(small) if issue.file and "jsonl" in issue.file}

    file = f"{small}/data/articles.jsonl"
    assert {(file, 1, "/quotes"), (file, 1, "/claims"), (file, 3, "")} <= found


def test_many_differences_of_one_record_are_summed_up(small: Path) -> None:
    changed = {key: value for key, value in example()["entities"][0].items() if key != "mentions"}
    changed |= {"label": "ORG", "name": "A", "kb_id": None, "confidence": None, "value": "v"}
    quote = example()["quotes"][0] | {"medium": "writing", "confidence": 1}
    annotate(small, "example", entities=[example()["entities"][0] | changed], quotes=[quote])

    messages = [issue.message for issue in check(small) if issue.file == f"{small}/data/articles.jsonl"]

    assert 6 == len(messages)
    assert "and in 2 more places" == messages[-1]


# What is done to a fresh dataset, then what the output must say.
STALE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a config of the card": (
        lambda p: edit(p / "data/README.md", "path: ner/", "path: nur/"),
        "data/README.md:23: check-differs: ",
    ),
    "a config of the checkout": (
        lambda p: edit(p / ".huggingface.yaml", "ner", "nur"),
        ".huggingface.yaml:20: check-differs: ",
    ),
    "a figure of the card": (lambda p: edit(p / "data/README.md", "| articles | 2", "| articles | 3"), "data/README.md:"),
    "a figure of the datasheet": (lambda p: edit(p / "DATASHEET.md", "| articles | 2", "| articles | 3"), "DATASHEET.md:5: "),
    "no Parquet": (lambda p: (p / QUOTES).unlink(), f"{QUOTES}: check-missing: "),
    "no checksums": (lambda p: (p / "data/SHA256SUMS").unlink(), "data/SHA256SUMS: check-missing: "),
    "no data": (lambda p: shutil.rmtree(p / "data"), "data/articles.jsonl: check-missing: "),
    "nothing for the checkout": (lambda p: (p / ".huggingface.yaml").unlink(), ".huggingface.yaml: check-missing: "),
    "one file more": (lambda p: (p / "data/notes.txt").write_text(""), "data/notes.txt: check-extra: "),
    "a hidden file more": (lambda p: (p / "data/quotes/.x").write_text(""), "data/quotes/.x: check-extra: "),
    "a truncated Parquet": (
        lambda p: (p / QUOTES).write_bytes((p / QUOTES).read_bytes()[:-9]),
        f"{QUOTES}: check-differs: ",
    ),
    "an empty Parquet": (lambda p: (p / QUOTES).write_bytes(b""), f"{QUOTES}: check-differs: "),
    "another table": (
        lambda p: shutil.copy(p / "data/claims/train-00000-of-00001.parquet", p / QUOTES),
        f"{QUOTES}: check-differs: ",
    ),
    "the table in other bytes": (
        lambda p: pq.write_table(pq.ParquetFile(p / QUOTES).read(), p / QUOTES),
        f"{QUOTES}: check-differs: ",
    ),
    "a record that is no JSON": (
        lambda p: edit(p / "data/articles.jsonl", "{", "["),
        "data/articles.jsonl:1: example: check-differs: is not JSON",
    ),
    "a record less": (lambda p: (p / "data/articles.jsonl").write_bytes(b""), "data/articles.jsonl:1: check-differs: "),
    "a record in other bytes": (
        lambda p: edit(p / "data/articles.jsonl", '"id":"example"', '"id": "example"'),
        "data/articles.jsonl:1: ",
    ),
    "a number of another type": (
        lambda p: edit(p / "data/articles.jsonl", '"start":0,', '"start":0.0,'),
        "data/articles.jsonl:1: ",
    ),
    "a checksum": (
        lambda p: (p / "data/SHA256SUMS").write_text("0" * 64 + "  README.md\n"),
        "data/SHA256SUMS:",
    ),
    "a checksum too many": (
        lambda p: (p / "data/SHA256SUMS").write_text("0" * 64 + "  gone.txt\n"),
        "data/SHA256SUMS:",
    ),
    "checksums that are no text": (lambda p: (p / "data/SHA256SUMS").write_bytes(b"\xff"), "data/SHA256SUMS:"),
}


@pytest.mark.parametrize(("how", "said"), STALE.values(), ids=STALE)
@pytest.mark.parametrize("summed", [False, True], ids=["", "checksums made anew"])
def test_what_does_not_follow_from_the_seeds_is_named(
    small: Path,
    pressmark: Callable[..., Ran],
    how: Callable[[Path], object],
    said: str,
    summed: bool,  # noqa: FBT001
) -> None:
    (small / "DATASHEET.md").write_text(FIGURES)
    build(small)
    how(small)
    if summed and (small / "data").is_dir() and "SHA256SUMS" not in said:
        sum_up(small)
    before = tree(small)

    code, out, err = pressmark("build", "--check", small)

    assert (1, "") == (code, err)
    assert f"{small}/{said}" in out
    assert "Traceback" not in out
    assert before == tree(small)


def test_a_table_that_another_version_of_pyarrow_wrote_is_equal(small: Path, pressmark: Callable[..., Ran]) -> None:
    path = small / QUOTES
    by = pq.ParquetFile(path).metadata.created_by.encode()
    pq.write_table(pq.ParquetFile(path).read(), path, compression="none", store_schema=True)
    data = path.read_bytes()
    assert 1 == data.count(by)
    path.write_bytes(data.replace(by, b"x" * len(by)))
    sum_up(small)
    theirs = path.read_bytes()

    build(small)

    assert theirs == path.read_bytes()
    assert (0, "") == pressmark("build", "--check", small)[:2]


def test_check_names_all_issues_of_a_project_that_does_not_build(small: Path, pressmark: Callable[..., Ran]) -> None:
    project_of(small, {"a.txt": b"\xff", "b.txt": b""})

    code, out, err = pressmark("build", "--check", small)

    assert (1, "") == (code, out)
    assert ["a.txt", "b.txt"] == [line.split("/seeds/")[1].split(":")[0] for line in err.splitlines()[:-1]]
