"""A build replaces only what pressmark wrote and nobody changed. Anything else is refused by name, and nothing is lost."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from conftest import project_of, tree
from pressmark.publish.build import build
from pressmark.publish.edition import build_edition

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

QUOTES = "data/quotes/train-00000-of-00001.parquet"


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n# mine\n")


# What a user does in a built project, and the file that a build must name.
WORK: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file of the user's": (lambda p: (p / "data/notes.txt").write_text("mine"), "data/notes.txt: user-file: "),
    "a hidden one": (lambda p: (p / "data/ner/.notes").write_text("mine"), "data/ner/.notes: user-file: "),
    "a folder": (lambda p: project_of(p / "data/mine", {"a.txt": b"x"}), "data/mine/seeds/a.txt: user-file: "),
    "a link": (lambda p: (p / "data/link").symlink_to("../seeds"), "data/link: user-file: "),
    "a file beside the Hub's": (lambda p: project_of(p / "data/.cache", {"a": b""}), "data/.cache/seeds/a: user-file: "),
    "edited records": (lambda p: append(p / "data/articles.jsonl"), "data/articles.jsonl: user-change: "),
    "an edited table": (lambda p: append(p / QUOTES), f"{QUOTES}: user-change: "),
    "an edited description": (lambda p: append(p / "data/croissant.json"), "data/croissant.json: user-change: "),
    "no checksums": (lambda p: (p / "data/SHA256SUMS").unlink(), "data/articles.jsonl: user-file: "),
    "edited checksums": (lambda p: append(p / "data/SHA256SUMS"), "data/SHA256SUMS:15: sums: "),
    "an edited file beside": (lambda p: append(p / ".huggingface.yaml"), ".huggingface.yaml: user-file: "),
    "a file beside of the user's": (lambda p: (p / ".huggingface.yaml").write_text("mine: 1\n"), ".huggingface.yaml: "),
}


@pytest.mark.parametrize(("how", "said"), WORK.values(), ids=WORK)
def test_a_build_refuses_what_is_not_its_own_by_name(
    small: Path, pressmark: Callable[..., Ran], how: Callable[[Path], object], said: str
) -> None:
    how(small)
    before = tree(small)

    code, out, err = pressmark("build", small)

    assert (1, "") == (code, out)
    assert f"{small}/{said}" in err
    assert "; move " in err or "remove" in err
    assert before == tree(small)


def test_a_project_that_has_a_data_folder_of_the_users_keeps_it(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    project = project_of(tmp_path, {"a.txt": b"It rains."})
    (project / "data").mkdir()
    for number in range(30):
        (project / f"data/{number}.csv").write_text("1,2")
    before = tree(project)

    code, out, err = pressmark("build", project)

    assert (1, "", 21) == (code, out, err.count("\n"))
    assert "and 10 more files" in err
    assert before == tree(project)


def test_a_card_that_was_written_before_the_first_build_is_carried_over(tmp_path: Path) -> None:
    project = project_of(tmp_path, {"a.txt": b"It rains."})
    (project / "data").mkdir()
    (project / "data/README.md").write_text("# Our rain\n")

    build(project)

    assert (project / "data/README.md").read_text().endswith("# Our rain\n")


def test_what_git_and_the_hub_add_stays_where_it_is(small: Path) -> None:
    kept = {".git/HEAD": "ref", ".gitattributes": "*.parquet filter=lfs", ".cache/huggingface/download/x.lock": "x"}
    for name, said in kept.items():
        (small / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (small / "data" / name).write_text(said)
    (small / "seeds/plain.txt").write_text("Rome is near.\n")

    build(small)
    build(small)

    assert kept == {name: (small / "data" / name).read_text() for name in kept}
    assert "Rome is near." in (small / "data/articles.jsonl").read_text()


def test_what_the_system_drops_into_a_folder_stops_no_build(small: Path) -> None:
    for name in (".DS_Store", "ner/.DS_Store", "Thumbs.db"):
        (small / "data" / name).write_bytes(b"\0")

    build(small)

    assert not (small / "data/.DS_Store").exists()


def test_line_ends_that_git_changed_are_nobodys_work(small: Path) -> None:
    before = tree(small)
    for name in ("articles.jsonl", "README.md", "SHA256SUMS", "croissant.json", "../.huggingface.yaml"):
        path = small / "data" / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    build(small)

    changed = {name for name, what in tree(small).items() if before[name] != what}
    assert changed <= {"data/README.md", "data/SHA256SUMS"}  # the card keeps its line ends


def test_a_file_that_was_removed_is_made_again(small: Path) -> None:
    before = tree(small)
    (small / QUOTES).unlink()
    (small / ".huggingface.yaml").unlink()

    build(small)

    assert before == tree(small)


def test_an_edition_with_other_files_is_kept(small: Path, pressmark: Callable[..., Ran]) -> None:
    build_edition(small)
    build_edition(small)
    append(small / "edition/README.md")
    (small / "edition/notes.txt").write_text("mine")
    before = tree(small)

    code, out, err = pressmark("build", "--without-text", small)

    assert (1, "") == (code, out)
    assert f"{small}/edition/README.md: user-change: " in err
    assert f"{small}/edition/notes.txt: user-file: " in err
    assert before == tree(small)


@pytest.mark.parametrize(
    ("edition", "seeds", "output"),
    [
        ("edition", "seeds", "edition"),
        ("edition", "seeds", "seeds"),
        ("edition", "seeds", "."),
        ("edition", "seeds", "seeds/data"),
        ("edition", "seeds", "edition/../edition/data"),
        ("data/../edition", "seeds", "link"),
    ],
)
def test_hydrate_writes_neither_into_nor_over_what_it_reads(
    small: Path, pressmark: Callable[..., Ran], edition: str, seeds: str, output: str
) -> None:
    build_edition(small)
    (small / "link").symlink_to("edition")
    before = tree(small)

    code, out, err = pressmark("hydrate", small / edition, "--seeds", small / seeds, "--output", small / output)

    assert (2, "", 1) == (code, out, err.count("\n"))
    assert "overlaps" in err
    assert before == tree(small)


@pytest.mark.parametrize("name", ["notes.txt", "README.md", "articles.jsonl"])
def test_hydrate_keeps_a_folder_of_the_users(small: Path, tmp_path: Path, pressmark: Callable[..., Ran], name: str) -> None:
    build_edition(small)
    output = tmp_path / "mine"
    output.mkdir()
    (output / name).write_text("mine")
    before = tree(tmp_path)

    code, out, err = pressmark("hydrate", small / "edition", "--seeds", small / "seeds", "--output", output)

    assert (1, "") == (code, out)
    assert f"{output / name}: user-file: " in err
    assert before == tree(tmp_path)


def test_hydrate_replaces_its_own_dataset_and_an_empty_folder(
    small: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    build_edition(small)
    (tmp_path / "new").mkdir()

    for _ in range(2):
        arguments = ("hydrate", small / "edition", "--seeds", small / "seeds", "--output", tmp_path / "new")
        assert 0 == pressmark(*arguments).code
        assert tree(small / "data") == tree(tmp_path / "new")

    shutil.copy(small / "seeds/plain.txt", tmp_path / "new")
    assert 1 == pressmark(*arguments).code


def test_hydrate_into_the_current_folder_is_refused(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pressmark: Callable[..., Ran]
) -> None:
    build_edition(small)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    code, out, err = pressmark("hydrate", small / "edition", "--seeds", small / "seeds", "--output", ".")

    assert (2, "", 1) == (code, out, err.count("\n"))
    assert "name a folder that is not there yet" in err
