"""A downloaded dataset is checked by itself: each fault is named in one line, and a whole dataset has none."""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet as pq

from conftest import CHECKOUT, tree
from pressmark.publish import checksums
from pressmark.publish.edition import build_edition
from pressmark.publish.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

QUOTES = "quotes/train-00000-of-00001.parquet"
MENTIONS = "mentions/train-00000-of-00001.parquet"


@pytest.fixture
def data(small: Path, tmp_path: Path) -> Path:
    """A dataset alone, as somebody downloads it."""
    return shutil.copytree(small / "data", tmp_path / "downloaded")


def edit(path: Path, old: str, new: str) -> None:
    before = path.read_bytes()
    assert old.encode() in before
    path.write_bytes(before.replace(old.encode(), new.encode(), 1))


def sum_up(data: Path, *, card: bool = False) -> None:
    """Makes the checksums right again, and the digest of the card, as somebody would who means to mislead."""
    sums = checksums.made(data)
    if card:
        old = (data / "README.md").read_text()
        digest = checksums.digest({name: sums[name] for name in sums if name != "README.md"})
        line = next(line for line in old.splitlines() if line.startswith("sha256sums: "))
        edit(data / "README.md", line, f"sha256sums: {digest}")
        sums = checksums.made(data)
    (data / "SHA256SUMS").write_text(checksums.lines(sums))


def retable(path: Path, column: str) -> None:
    """Writes a table anew with the last row's value of a column also in the first row."""
    with pq.ParquetFile(path) as file:
        table = file.read()
    rows = table.to_pylist()
    assert rows[0][column] != rows[-1][column]
    rows[0][column] = rows[-1][column]
    pq.write_table(type(table).from_pylist(rows, schema=table.schema), path)


def test_the_dataset_of_this_checkout_is_whole(pressmark: Callable[..., Ran]) -> None:
    assert (0, "", f"pressmark: {CHECKOUT / 'data'}: no faults\n") == pressmark("verify", CHECKOUT / "data")


def test_what_git_and_the_hub_add_is_no_fault_and_nothing_is_written(data: Path, pressmark: Callable[..., Ran]) -> None:
    for name in (".git/config", ".gitattributes", ".cache/huggingface/.gitignore"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text("")
    before = tree(data)

    assert (0, "") == pressmark("verify", data)[:2]
    assert before == tree(data)


def test_the_snapshot_of_the_hubs_cache_holds_links_and_is_whole(data: Path, tmp_path: Path) -> None:
    snapshot = tmp_path / "snapshots/1"
    for name, path in checksums.entries(data).items():
        (snapshot / name).parent.mkdir(parents=True, exist_ok=True)
        (snapshot / name).symlink_to(path)

    assert [] == list(verify(snapshot))


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


# What is done to a dataset, and the one line that must name it.
FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file less": (lambda d: (d / QUOTES).unlink(), f"{QUOTES}: verify-missing: "),
    "a card less": (lambda d: (d / "README.md").unlink(), "README.md: verify-missing: "),
    "a folder for a file": (lambda d: make_folder(d / QUOTES), f"{QUOTES}: verify-missing: "),
    "a file more": (lambda d: (d / "ner/notes.txt").write_text(""), "ner/notes.txt: verify-extra: "),
    "relations more": (lambda d: shutil.copy(d / "articles.jsonl", d / "relations.jsonl"), "relations.jsonl: verify-extra: "),
    "a file of macOS": (lambda d: (d / ".DS_Store").write_text(""), ".DS_Store: verify-extra: "),
    "a link more": (lambda d: (d / "link").symlink_to("nowhere"), "link: verify-extra: "),
    "a changed record": (lambda d: edit(d / "articles.jsonl", "far", "fat"), "articles.jsonl: verify-changed: "),
    "a changed card": (lambda d: edit(d / "README.md", "news", "News"), "README.md: verify-changed: "),
    "a truncated table": (lambda d: (d / QUOTES).write_bytes((d / QUOTES).read_bytes()[:-9]), f"{QUOTES}: verify-changed: "),
    "an empty table": (lambda d: (d / QUOTES).write_bytes(b""), f"{QUOTES}: verify-changed: "),
    "other line ends": (
        lambda d: (d / "articles.jsonl").write_bytes((d / "articles.jsonl").read_bytes().replace(b"\n", b"\r\n")),
        "its line ends are CRLF and were LF; ",
    ),
    "a pointer": (
        lambda d: (d / QUOTES).write_text("version https://git-lfs.github.com/spec/v1\noid sha256:1\n"),
        "it is a pointer of Git LFS; run `git lfs pull`",
    ),
    "no checksums": (lambda d: (d / "SHA256SUMS").unlink(), "downloaded: verify-sums: "),
    "checksums that are none": (lambda d: (d / "SHA256SUMS").write_bytes(b"\xff"), "SHA256SUMS:1: sums: "),
    "checksums of a file elsewhere": (lambda d: edit(d / "SHA256SUMS", "README.md", "../a"), "SHA256SUMS:1: sums: "),
}


@pytest.mark.parametrize(("how", "said"), FILES.values(), ids=FILES)
def test_a_fault_of_a_file_is_one_line(
    data: Path, pressmark: Callable[..., Ran], how: Callable[[Path], object], said: str
) -> None:
    how(data)

    code, out, err = pressmark("verify", data)

    assert (1, 1) == (code, out.count("\n")), out
    assert said in out
    assert err.endswith(": 1 fault\n")


def mislabel(data: Path) -> None:
    lines = (data / "articles.jsonl").read_text().splitlines(keepends=True)
    record = json.loads(lines[0])
    record["entities"][0]["mentions"][0]["text"] = "Amy Lee"
    lines[0] = json.dumps(record) + "\n"
    (data / "articles.jsonl").write_text("".join(lines))


# What is done to a dataset by somebody who makes the checksums anew, the card's digest too, and the line that names it.
CONTENT: dict[str, tuple[Callable[[Path], object], str]] = {
    "another row": (
        lambda d: retable(d / MENTIONS, "start"),
        f"{MENTIONS}: verify-rows: is not the table that the records make",
    ),
    "another table": (lambda d: shutil.copy(d / MENTIONS, d / QUOTES), f"{QUOTES}: verify-rows: "),
    "no table": (lambda d: (d / QUOTES).write_bytes(b"PAR1PAR1"), f"{QUOTES}: verify-rows: "),
    "a table less": (lambda d: shutil.rmtree(d / "quotes"), f"{QUOTES}: verify-missing: SHA256SUMS does not list this file"),
    "a file more": (lambda d: (d / "notes.txt").write_text(""), "notes.txt: verify-extra: "),
    "another record": (lambda d: edit(d / "articles.jsonl", "Rome is far", "Rome is fat"), "articles.jsonl:2: plain: "),
    "a span that cuts other words": (mislabel, "articles.jsonl:1: example: $.entities[0].mentions[0] (e1): span-text: "),
    "other bytes": (
        lambda d: edit(d / "articles.jsonl", '"id":"example"', '"id": "example"'),
        "articles.jsonl:1: verify-bytes: ",
    ),
    "no JSON": (lambda d: edit(d / "articles.jsonl", "{", "["), "articles.jsonl:1:18: file-json: "),
    "another config": (lambda d: edit(d / "README.md", "path: ner/", "path: nur/"), "README.md: verify-card: "),
    "another figure": (lambda d: edit(d / "README.md", "| articles | 2", "| articles | 3"), "README.md: verify-card: "),
    "no YAML": (lambda d: edit(d / "README.md", "configs:", "configs: ["), "README.md: card-yaml: "),
    "another description": (lambda d: edit(d / "croissant.json", "ner/", "nur/"), "croissant.json: verify-croissant: "),
    "relations that are articles": (
        lambda d: shutil.copy(d / "articles.jsonl", d / "relations.jsonl"),
        "relations.jsonl:1: record-kind: ",
    ),
}


@pytest.mark.parametrize(("how", "said"), CONTENT.values(), ids=CONTENT)
def test_new_checksums_hide_no_fault(
    data: Path, pressmark: Callable[..., Ran], how: Callable[[Path], object], said: str
) -> None:
    how(data)
    sum_up(data, card=said.startswith("README") is False)

    code, out, _ = pressmark("verify", data)

    assert 1 == code
    assert said in out
    assert "Traceback" not in out


def test_checksums_made_anew_are_not_those_of_the_card(data: Path) -> None:
    retable(data / MENTIONS, "start")
    sum_up(data)

    said = [str(fault) for fault in verify(data) if fault.code == "verify-card"]

    assert ["its sha256sums is"] == [" ".join(line.split(": verify-card: ")[1].split()[:3]) for line in said]


def test_a_table_in_other_bytes_is_the_same_table(data: Path) -> None:
    with pq.ParquetFile(data / QUOTES) as file:
        table = file.read()
    old = checksums.of_file(data / QUOTES)
    pq.write_table(table, data / QUOTES, compression="none")
    edit(data / "croissant.json", old, checksums.of_file(data / QUOTES))
    sum_up(data, card=True)

    assert [] == list(verify(data))


def test_an_edition_is_told_from_a_dataset(small: Path) -> None:
    build_edition(small)

    (fault,) = verify(small / "edition")

    assert "pressmark hydrate" in fault.message


def test_a_folder_that_is_not_there(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    assert 2 == pressmark("verify", tmp_path / "nowhere").code
    assert 1 == pressmark("verify", tmp_path).code


def flipped(path: Path, chance: random.Random) -> bytes:
    """Flips one bit of a file, and returns what the file was."""
    before = path.read_bytes()
    after = bytearray(before)
    after[chance.randrange(len(after))] ^= 1 << chance.randrange(8)
    path.write_bytes(after)
    return before


@pytest.mark.parametrize("count", [2, pytest.param(94, marks=pytest.mark.slow)])
def test_every_flipped_bit_of_every_table_is_found(data: Path, count: int) -> None:
    """94 places in each of the eleven tables are over 1,024 damages."""
    chance = random.Random(12)
    tables = sorted(data.rglob("*.parquet"))

    assert 11 == len(tables)
    for path in tables:
        for _ in range(count):
            before = flipped(path, chance)
            assert [("verify-changed", str(path))] == [(fault.code, fault.file) for fault in verify(data)]
            path.write_bytes(before)
    assert [] == list(verify(data))
