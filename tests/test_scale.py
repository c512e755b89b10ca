"""Builds with several processes, of what changed alone, and in several shards make the files that one plain build makes."""

from __future__ import annotations

import json
import shutil
import warnings
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import datasets
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CACHE, annotate, example, project_of, tree, write_json
from pressmark.project import articles
from pressmark.publish import build as flow
from pressmark.publish import folder, parquet, prepared, shards, views
from pressmark.publish.build import build
from pressmark.publish.check import check
from pressmark.publish.cuts import Unit, groups
from pressmark.publish.edition import build_edition, hydrate
from pressmark.publish.verify import verify
from pressmark.publish.views import OF_ARTICLES
from pressmark.record.issue import InvalidError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

TEXT = example()["text"]


def many(folder: Path, count: int = 12) -> Path:
    """A project of so many articles, the half of them annotated, in two splits."""
    names = [f"{'test/' if i % 5 == 0 else ''}a{i:02}" for i in range(count)]
    project = project_of(folder, {f"{name}.txt": f"{TEXT}\n\nNumber {i}.".encode() for i, name in enumerate(names)})
    for name in names[::2]:
        annotated(project, project / f"seeds/{name}.txt")
    return project


def annotated(project: Path, seed: Path, **changes: object) -> None:
    annotate(project, seed.stem, text_sha256=sha256(seed.read_bytes()).hexdigest(), **changes)


def one_shard_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "SHARD", 1)


@pytest.mark.parametrize("jobs", [0, 2, 3])
def test_the_files_do_not_depend_on_the_number_of_processes(tmp_path: Path, pressmark: Callable[..., Ran], jobs: int) -> None:
    one, other = many(tmp_path / "one"), many(tmp_path / "other")
    for project in (one, other):
        (project / "seeds/a03.txt").write_bytes(b"not UTF-8: \xff")
        write_json(project / "annotations/relations.json", [])

    alone = pressmark("build", one, "--skip-invalid")
    together = pressmark("build", other, "--skip-invalid", "--jobs", jobs)

    assert tree(one) == tree(other)
    assert (1, alone.err) == (together.code, together.err.replace("/other/", "/one/"))
    assert alone.out.replace("/one/", "/other/") == together.out


def test_several_processes_check_a_dataset_too(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    project = many(tmp_path)
    build(project)

    assert 0 == pressmark("build", "--check", project, "-j", 2).code


def test_after_one_change_nothing_is_made_again_but_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = many(tmp_path)
    build(project)
    made: list[str] = []

    def noted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            made.append(function.__name__)
            return function(*arguments)

        return call

    monkeypatch.setattr(flow, "finished", noted(articles.finished))
    monkeypatch.setattr(prepared, "rows", noted(views.rows))

    build(project)
    assert [] == made

    (project / "seeds/a07.txt").write_text(f"{TEXT}\n\nChanged.")
    build(project)
    assert ["finished", "rows"] == made


def test_after_one_change_only_the_shards_of_its_article_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one_shard_an_article(monkeypatch)
    project = many(tmp_path)
    build(project)
    (project / "seeds/a07.txt").write_text(f"{TEXT}\n\nChanged.")
    written: list[str] = []

    def noted(shard: shards.Shard, **where: Any) -> int:
        written.append(shard.path)
        return shards.write_shard(shard, **where)

    monkeypatch.setattr(folder, "write_shard", noted)
    build(project)

    assert {"articles-00007-of-00012.jsonl", *(f"{view.name}/train-00005-of-00009.parquet" for view in OF_ARTICLES)} == set(
        written
    )


def test_with_other_code_every_file_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = many(tmp_path)
    build(project)
    monkeypatch.setattr(parquet, "GROUP", 1)
    for module in (flow, shards):
        monkeypatch.setattr(module, "code_version", lambda: "other")
    build(project)

    assert [] == check(project)


CHANGES = st.lists(
    st.tuples(st.sampled_from(["text", "remove", "annotate", "metadata", "relations", "split"]), st.integers(0, 3)), max_size=4
)


@settings(max_examples=25)
@given(rounds=st.lists(CHANGES, min_size=1, max_size=3), size=st.sampled_from([1, 10**9]))
def test_what_a_build_keeps_never_shows(tmp_path_factory: pytest.TempPathFactory, rounds: list[Any], size: int) -> None:
    root = tmp_path_factory.mktemp("kept")
    project = many(root / "project", 4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "SHARD", size)
        for number, changes in enumerate([[], *rounds]):
            for kind, which in changes:
                change(project, kind, which, number)
            anew = root / f"anew{number}"
            shutil.copytree(project, anew, ignore=shutil.ignore_patterns(".pressmark*"))
            assert built(anew) == built(project)
            assert tree(anew) == tree(project)


def built(project: Path) -> list[str]:
    try:
        build(project)
    except InvalidError as invalid:
        return [issue.code for issue in invalid.issues]
    return []


def change(project: Path, kind: str, which: int, number: int) -> None:
    seeds = sorted(project.glob("seeds/**/*.txt"))
    seed = seeds[which % len(seeds)]
    match kind:
        case "text":
            seed.write_text(f"{TEXT}\n\nRound {number} of {seed.stem}.")
            annotated(project, seed)
        case "remove" if len(seeds) > 1:
            seed.unlink()
            (project / f"annotations/{seed.stem}.json").unlink(missing_ok=True)
        case "annotate":
            annotated(project, seed, claims=[])
        case "metadata":
            name = seed.relative_to(project / "seeds").as_posix()
            line = json.dumps({"file_name": name, "title": f"Title {number}"})
            (project / "seeds/metadata.jsonl").write_text(f"{line}\n")
        case "relations":
            write_json(project / "annotations/relations.json", [])
        case "split":
            (project / "seeds/validation").mkdir(exist_ok=True)
            seed.rename(project / "seeds/validation" / seed.name)
        case _:
            pass


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:40] + b"?" + data[41:], lambda _: b""])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    project = many(tmp_path)
    build(project)
    before = tree(project)
    for path in (project / CACHE).rglob("*"):
        if path.is_file():
            path.write_bytes(damage(path.read_bytes()))

    build(project)

    assert before == tree(project)


def test_the_cache_holds_what_the_last_build_used_and_git_ignores_it(tmp_path: Path) -> None:
    project = many(tmp_path)
    build(project)
    (project / "seeds/a07.txt").write_text(f"{TEXT}\n\nChanged.")
    build(project)

    cache = project / CACHE
    assert 12 == len(list(cache.glob("??/*")))
    assert "*\n" == (cache / ".gitignore").read_text()
    assert (cache / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_a_check_reads_no_cache_and_writes_nothing(tmp_path: Path) -> None:
    project = many(tmp_path)
    build(project)
    shutil.rmtree(project / ".pressmark")

    assert [] == check(project)
    assert not (project / ".pressmark").exists()


def test_a_dataset_in_shards_loads_and_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one_shard_an_article(monkeypatch)
    project = many(tmp_path / "project")
    build(project)
    data = project / "data"

    loaded = datasets.load_dataset(str(data), "articles")

    assert [f"a{i:02}" for i in range(12) if i % 5] == loaded["train"]["id"]
    assert ["a00", "a05", "a10"] == loaded["test"]["id"]
    assert [] == list(verify(data))
    assert [] == check(project)
    assert 12 == len(list(data.glob("articles-*-of-00012.jsonl")))
    assert "quotes/train-00008-of-00009.parquet" in (data / "SHA256SUMS").read_text()


def test_a_dataset_in_shards_is_described_for_croissant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one_shard_an_article(monkeypatch)
    project = many(tmp_path / "project")
    build(project)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of mlcroissant's own dependencies, while they are imported
        import mlcroissant

        dataset = mlcroissant.Dataset(jsonld=str(project / "data/croissant.json"))
        rows = list(dataset.records("entities_train"))

    assert not dataset.metadata.issues.errors
    wanted = datasets.load_dataset(str(project / "data"), "entities")["train"]
    assert sorted(zip(wanted["article"], wanted["id"], strict=True)) == sorted(
        (row["entities_train/article"].decode(), row["entities_train/id"].decode()) for row in rows
    )


def test_an_edition_in_shards_comes_back_byte_for_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one_shard_an_article(monkeypatch)
    project = many(tmp_path / "project")
    build(project)
    build_edition(project)
    texts = tmp_path / "texts"
    texts.mkdir()
    for seed in project.glob("seeds/**/*.txt"):
        shutil.copy(seed, texts)

    hydrate(project / "edition", texts, tmp_path / "whole")

    assert tree(project / "data") == tree(tmp_path / "whole")


@pytest.mark.parametrize("command", ["score", "view", "validate"])
def test_commands_read_a_dataset_in_shards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pressmark: Callable[..., Ran], command: str
) -> None:
    one_shard_an_article(monkeypatch)
    project = many(tmp_path / "project")
    build(project)
    more = {"score": project / "data", "view": f"--output={tmp_path / 'page.html'}", "validate": "--quiet"}

    ran = pressmark(command, project / "data", more[command])

    assert 0 == ran.code, ran.err


@given(st.lists(st.integers(1, 5000), max_size=200), st.integers(0, 200))
def test_a_new_article_leaves_the_groups_before_it(sizes: list[int], place: int) -> None:
    units = [Unit(f"article {i}", b"x" * size) for i, size in enumerate(sizes)]
    before = list(groups(units, 20_000))
    after = list(groups([*units[:place], Unit("new", b"y" * 3000), *units[place:]], 20_000))

    assert units == [unit for group in before for unit in group]
    assert all(10_000 <= sum(unit.size for unit in group) < 45_000 for group in before[:-1])
    earlier = [group for group in before[:-1] if units.index(group[-1]) < place]
    assert earlier == after[: len(earlier)]


def test_a_new_article_changes_few_of_the_groups_after_it() -> None:
    units = [Unit(f"article {i}", b"x" * 1000) for i in range(10_000)]
    before = {tuple(group) for group in groups(units, 20_000)}
    after = {tuple(group) for group in groups([Unit("new", b"y" * 3000), *units], 20_000)}

    assert len(before) > 300
    assert len(after - before) < 10
