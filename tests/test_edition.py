"""An edition without text, and the way back."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pressmark.publish.build import build
from pressmark.publish.checksums import entries
from pressmark.publish.edition import build_edition, hydrate
from pressmark.record.issue import InvalidError

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    project = tmp_path / "whole"
    for folder in ("seeds", "annotations", "data"):
        shutil.copytree(ROOT / folder, project / folder)
    build(project)
    return project


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in entries(folder).items()}


def test_hydrating_an_edition_gives_the_dataset_back_to_the_byte(whole: Path, tmp_path: Path) -> None:
    assert len(list((ROOT / "seeds").rglob("*.txt"))) == build_edition(whole).rows["articles"]

    hydrate(whole / "edition", ROOT / "seeds", tmp_path / "restored")

    assert bytes_of(whole / "data") == bytes_of(tmp_path / "restored")


def test_an_edition_holds_no_text_of_the_articles_but_names_and_propositions(whole: Path) -> None:
    build_edition(whole)
    kept = {"name", "proposition", "note"}  # what annotators wrote; a proposition repeats words where the claim stands alone
    edition = [_without(json.loads(line), kept) for line in _lines(whole / "edition")]
    records = json.dumps(edition, ensure_ascii=False)
    card = (whole / "edition/README.md").read_text(encoding="utf-8")

    assert '"text"' not in records
    assert not _shared(records, 2)
    assert not _shared(card, 7)


def _shared(text: str, size: int) -> list[str]:
    """The runs of so many words of an article that stand in a text."""
    seeds = [re.findall(r"\S+", path.read_text(encoding="utf-8")) for path in (ROOT / "seeds").glob("*.txt")]
    runs = [" ".join(words[i : i + size]) for words in seeds for i in range(len(words) - size + 1)]
    return [run for run in runs if run in text]


def _lines(folder: Path) -> list[str]:
    return [line for path in folder.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]


def _without(value: Any, keys: set[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(child, keys) for key, child in value.items() if key not in keys}
    return [_without(item, keys) for item in value] if isinstance(value, list) else value


def test_building_an_edition_leaves_the_dataset_alone(whole: Path) -> None:
    before = bytes_of(whole / "data")

    build_edition(whole)

    assert before == bytes_of(whole / "data")
    assert {"seeds", "annotations", "data", "edition"} == {path.name for path in whole.iterdir() if path.is_dir()}


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
