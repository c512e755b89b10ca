"""An edition without text, and the way back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pressmark.publish.build import build
from pressmark.publish.checksums import entries
from pressmark.publish.edition import build_edition, hydrate
from pressmark.publish.shared_words import Quotations, longest_shared_run, restored
from pressmark.record.issue import InvalidError
from pressmark.validation import file_issues, issues

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    project = tmp_path / "whole"
    for folder in ("seeds", "annotations", "data"):
        shutil.copytree(ROOT / folder, project / folder)
    for path in ROOT.glob("LICENSE-*"):
        shutil.copy(path, project)
    build(project)
    return project


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in entries(folder).items()}


def test_hydrating_an_edition_gives_the_dataset_back_to_the_byte(whole: Path, tmp_path: Path) -> None:
    assert len(list((ROOT / "seeds").rglob("*.txt"))) == build_edition(whole).rows["articles"]

    hydrate(whole / "edition", ROOT / "seeds", tmp_path / "restored")

    assert bytes_of(whole / "data") == bytes_of(tmp_path / "restored")


def test_no_file_of_an_edition_holds_more_than_four_words_of_an_article_in_a_row(whole: Path) -> None:
    build_edition(whole)
    seeds = [path.read_text(encoding="utf-8") for path in (ROOT / "seeds").glob("*.txt")]
    files = entries(whole / "edition")

    assert {
        "README.md",
        "articles.jsonl",
        "relations.jsonl",
        "SHA256SUMS",
        "DATASET_SHA256SUMS",
        "LICENSE-texts",
    } <= files.keys()
    for name, path in files.items():
        runs = [longest_shared_run(path.read_bytes().decode(errors="replace"), seed) for seed in seeds]
        assert len(max(runs, key=len)) <= 4, (name, runs)


TEXT = "The old Bridge over the river WILL close; all of it on Monday."


@pytest.mark.parametrize(
    "string",
    [
        "The old Bridge over the river WILL close",
        "They say the old bridge over the river will close on Monday.",
        "local:the-old-bridge-over-the-river-and-all-of-it-on-monday",
        "THE OLD BRIDGE OVER THE RIVER",
        "The old Bridge over, the river. The old Bridge over, the river",
    ],
)
def test_a_string_that_quotes_becomes_places_and_comes_back(string: str) -> None:
    quotations = Quotations([string])
    quotations.read("a", TEXT)

    bare = quotations.without(string)

    assert isinstance(bare, dict)
    assert string == restored(bare["pieces"], {"a": TEXT}.__getitem__)
    assert len(longest_shared_run(json.dumps(bare), TEXT)) <= 4


def test_a_string_that_quotes_four_words_stays() -> None:
    quotations = Quotations(["The old bridge over a lake"])
    quotations.read("a", TEXT)

    assert "The old bridge over a lake" == quotations.without("The old bridge over a lake")


def test_a_card_that_quotes_an_article_is_refused_by_name(whole: Path) -> None:
    words = (ROOT / "seeds/004_a77e34100e659021.txt").read_text(encoding="utf-8").split()[20:30]
    with (whole / "data/README.md").open("a", encoding="utf-8") as card:
        card.write(" ".join(words))

    with pytest.raises(InvalidError) as caught:
        build_edition(whole)

    (issue,) = caught.value.issues
    assert ("edition-quote", str(whole / "data/README.md")) == (issue.code, issue.file)
    assert not (whole / "edition").exists()


def test_building_an_edition_leaves_the_dataset_alone(whole: Path) -> None:
    before = bytes_of(whole / "data")

    build_edition(whole)

    assert before == bytes_of(whole / "data")
    assert {"seeds", "annotations", "data", "edition", ".pressmark"} == {path.name for path in whole.iterdir() if path.is_dir()}


def _change(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"2023", b"2024", 1))


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda place: _change(place / "seeds/004_a77e34100e659021.txt"), "hydrate-hash"),
        (lambda place: (place / "seeds/004_a77e34100e659021.txt").unlink(), "hydrate-seed"),
        (lambda place: _edit(place / "edition/articles.jsonl", '"label":"GPE"', '"label":"LOC"'), "hydrate-sum"),
        (lambda place: _edit(place / "edition/articles.jsonl", '"start":0', '"start":1'), "zone-cover"),
        (lambda place: _edit(place / "edition/articles.jsonl", '"start":0', '"begin":0'), "edition"),
        (lambda place: _edit(place / "edition/articles.jsonl", '"text_sha256"', '"hash"'), "hydrate-hash"),
        (lambda place: _edit(place / "edition/articles.jsonl", "{", "["), "file-json"),
        (lambda place: (place / "edition/articles.jsonl").write_text("5\n"), "edition"),
        (lambda place: _edit(place / "edition/relations.jsonl", '"id":"r1"', '"id":"x1"'), "schema-pattern"),
        (lambda place: (place / "edition/DATASET_SHA256SUMS").unlink(), "edition"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    whole: Path, tmp_path: Path, harm: Callable[[Path], object], code: str
) -> None:
    build_edition(whole)
    harm(whole)

    with pytest.raises(InvalidError) as caught:
        hydrate(whole / "edition", whole / "seeds", tmp_path / "restored")

    assert code in {issue.code for issue in caught.value.issues}
    assert not (tmp_path / "restored").exists()


def test_a_title_that_is_not_in_the_text_stays(whole: Path, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in (whole / "seeds/metadata.jsonl").read_text(encoding="utf-8").splitlines()]
    lines[1]["title"] = "A title from elsewhere"
    (whole / "seeds/metadata.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    build(whole)
    build_edition(whole)

    hydrate(whole / "edition", whole / "seeds", tmp_path / "restored")

    assert bytes_of(whole / "data") == bytes_of(tmp_path / "restored")


def test_the_records_of_an_edition_are_valid_and_wrong_ones_are_not(whole: Path) -> None:
    build_edition(whole)
    article, relation = whole / "edition/articles.jsonl", whole / "edition/relations.jsonl"

    assert [] == [issue for path in (article, relation) for issue in file_issues(path) if issue.severity == "error"]

    _edit(article, '"label":"GPE"', '"label":"GPX"')
    _edit(article, '"pieces"', '"parts"')
    assert {"schema-enum", "schema-type"} == {issue.code for issue in file_issues(article)}


def test_a_record_that_only_lost_its_text_is_wrong(whole: Path) -> None:
    record = json.loads((whole / "data/articles.jsonl").read_text(encoding="utf-8").splitlines()[0])
    del record["text"]

    assert {"schema-required"} == {issue.code for issue in issues(record)}
