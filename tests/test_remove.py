"""`pressmark remove`: an article is gone, and nothing else is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conftest import CACHE
from pressmark.project.remove import _without_relations
from pressmark.publish.build import build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

ID, OTHER = "000_3b584eadf7b65c4a", "004_a77e34100e659021"


def test_nothing_of_the_article_is_left(project: Path, pressmark: Callable[..., Ran]) -> None:
    ran = pressmark("remove", ID, project)

    assert ran.code == 0, ran.err
    assert "super_squash_history" in ran.err
    left = [path for path in project.rglob("*") if path.is_file() and "drafts" not in path.parts]
    assert not [path for path in left if ID in path.name]
    related = project.glob("annotations/**/relations.json")
    for path in (*project.glob("data/*.jsonl"), project / "seeds/metadata.jsonl", *related):
        assert ID.encode() not in path.read_bytes(), path
    assert pressmark("build", project, "--check").code == 0
    assert pressmark("verify", project / "data").code == 0


def test_the_cache_of_the_build_keeps_nothing_of_it(project: Path, pressmark: Callable[..., Ran]) -> None:
    build(project)
    (project / "data").rename(project.parent / "away")  # so that no build follows
    kept = {path.name for path in (project / CACHE).glob("??/*")}

    pressmark("remove", OTHER, project)

    assert kept
    assert not list((project / CACHE).glob("??/*"))


def test_the_other_article_keeps_its_bytes(project: Path, pressmark: Callable[..., Ran]) -> None:
    names = (f"seeds/{OTHER}.txt", f"annotations/{OTHER}.json")
    before = [(project / name).read_bytes() for name in names]
    metadata = (project / "seeds/metadata.jsonl").read_bytes().splitlines(keepends=True)[1]

    pressmark("remove", ID, project)

    assert before == [(project / name).read_bytes() for name in names]
    assert metadata == (project / "seeds/metadata.jsonl").read_bytes()


def test_a_second_run_says_that_it_is_gone(project: Path, pressmark: Callable[..., Ran]) -> None:
    pressmark("remove", ID, project)

    ran = pressmark("remove", ID, project)

    assert (ran.code, "no such article" in ran.err) == (2, True)


def test_files_that_still_name_it_are_listed(project: Path, pressmark: Callable[..., Ran]) -> None:
    path = project / "seeds/metadata.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows[1]["duplicate_of"] = ID
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    ran = pressmark("remove", ID, project)

    assert f"annotations/drafts/{ID}.json: still names the article" in ran.err
    assert "seeds/metadata.jsonl:1: still names the article" in ran.err


@pytest.mark.parametrize("space", ["", "\n  ", " "])
@pytest.mark.parametrize("order", ["AB", "BA", "ABA", "BAB", "A", "B", ""])
def test_other_relations_keep_their_bytes(order: str, space: str) -> None:
    rows = {name: f'{{"a": {{"article": "{name}"}}, "b": {{"article": "{name}"}}}}' for name in "AB"}
    text = "[" + ",".join(space + rows[name] for name in order) + space + "]\n"

    left, count = _without_relations(text, "A")

    assert count == order.count("A")
    assert [{"a": {"article": "B"}, "b": {"article": "B"}}] * order.count("B") == json.loads(left)
    assert left == "[" + ",".join(space + rows["B"] for _ in range(order.count("B"))) + space + "]\n"


@pytest.mark.parametrize("name", ["../mine", "../../mine", "relations", "RELATIONS", "passes/p1"])
def test_only_an_article_is_removed(name: str, project: Path, pressmark: Callable[..., Ran]) -> None:
    for folder in (project, project.parent):
        (folder / "mine.json").write_text("{}", encoding="utf-8")
    before = {path: path.read_bytes() for path in project.parent.rglob("*") if path.is_file()}

    ran = pressmark("remove", name, project)

    assert (ran.code, "no such article" in ran.err) == (2, True)
    assert before == {path: path.read_bytes() for path in project.parent.rglob("*") if path.is_file()}


def test_text_that_is_kept_elsewhere_is_listed(project: Path, pressmark: Callable[..., Ran]) -> None:
    old = project / f".pressmark/replaced/{ID}-0123456789abcdef.txt"
    old.parent.mkdir(parents=True)
    old.write_text("The old text.", encoding="utf-8")
    (project / "links.csv").write_text(f"choose,article,entity,name\n,{ID},e1,Ada Brook\n", encoding="utf-8")

    ran = pressmark("remove", ID, project)

    assert f".pressmark/replaced/{old.name}: still names the article" in ran.err
    assert "links.csv: still names the article" in ran.err


def test_a_dataset_that_cannot_be_built_is_said_to_hold_it_still(project: Path, pressmark: Callable[..., Ran]) -> None:
    (project / f"annotations/{OTHER}.json").write_text("{", encoding="utf-8")

    ran = pressmark("remove", ID, project)

    assert (ran.code, "data may still hold the article" in ran.err) == (1, True)
    assert not (project / f"seeds/{ID}.txt").exists()


def test_a_title_with_a_line_separator_goes_too(project: Path, pressmark: Callable[..., Ran]) -> None:
    path = project / "seeds/metadata.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows[0]["title"] = "Kyiv\u2028visit"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")

    pressmark("remove", ID, project)

    assert json.dumps(rows[1], ensure_ascii=False) + "\n" == path.read_text(encoding="utf-8")


def test_metadata_that_cannot_be_read_stops_it_before_anything_is_gone(project: Path, pressmark: Callable[..., Ran]) -> None:
    path = project / "seeds/metadata.jsonl"
    path.write_bytes(path.read_bytes() + b'{"file_name": "x')
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}

    ran = pressmark("remove", ID, project)

    assert (ran.code, "metadata.jsonl" in ran.err) == (1, True)
    assert before == {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
