"""A build replaces only what pressmark wrote and nobody changed. Anything else is refused by name, and nothing is lost."""

from __future__ import annotations

import shutil
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from conftest import annotate, example, project_of, tree, write_json
from pressmark.publish import swap
from pressmark.publish.build import build
from pressmark.publish.card import split
from pressmark.publish.check import check
from pressmark.publish.edition import build_edition
from pressmark.publish.verify import verify
from pressmark.record import contract
from pressmark.record.issue import InvalidError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran
    from pressmark.record.issue import Issue

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
    "an edited description": (lambda p: append(p / "data/croissant.json"), "data/croissant.json:1:1: user-change: "),
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


CARDS = [
    "---\n# licence agreed on Monday\nlicense: other  # see there\n'pretty_name': >\n  Our\n  rain\n---\n# Rain\n",
    "---\r\nlicense: other\r\n---\r\n# Rain\r\n",
    "---\nconfigs: [\n{config_name: mine}\n]\nlicense: other\n---\n# Rain\n",
    "---\nconfigs:\n- config_name: mine\n\n  data_files: x\n# of the licence\nlicense: other\nsha256sums: 1\n---\n",
    "---\n{license: other}\n---\n# Rain\n",
    "---\n---\n# Rain\n",
    "# Rain\n\n---\n\nstill\n",
    "",
]


@pytest.mark.parametrize("old", CARDS)
def test_the_front_matter_of_a_card_keeps_what_a_user_wrote_and_a_second_build_changes_nothing(small: Path, old: str) -> None:
    (small / "data/README.md").write_bytes(old.encode())
    wanted = {key: value for key, value in split(old)[0].items() if key not in {"configs", "sha256sums"}}

    build(small)
    once = tree(small)
    build(small)

    text = (small / "data/README.md").read_bytes().decode()
    assert once == tree(small)
    assert wanted == split(text)[0]
    assert split(old)[1] == split(text)[1]
    for words in ("# licence agreed on Monday", "# see there", "# of the licence"):
        assert (words in old) == (words in text)


@pytest.mark.parametrize("name", ["data/README.md", "DATASHEET.md", "data/notes.txt"])
def test_work_that_is_done_while_a_build_runs_is_not_lost(small: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (small / "DATASHEET.md").write_text("# Why\n")
    build(small)
    sync = swap._sync

    def saved(path: Path) -> None:
        (small / name).write_text("mine")
        sync(path)

    monkeypatch.setattr(swap, "_sync", saved)
    with pytest.raises(InvalidError) as invalid:
        build(small)

    assert [str(small / name)] == [issue.file for issue in invalid.value.issues]
    assert "mine" == (small / name).read_text()


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
    assert [] == check(small)


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


def relation(number: int, a: str, b: str) -> dict[str, object]:
    sides = {"a": {"article": a, "claim": "c1"}, "b": {"article": b, "claim": "c1"}}
    return dict(contract.schema("relation")["examples"][0]) | sides | {"id": f"r{number}"}


@pytest.fixture
def wrong(small: Path) -> Path:
    """A project in which one thing of each kind is wrong, and four articles and a relation are right."""
    text = (small / "seeds/example.txt").read_bytes()
    more = {
        "copy.txt": text,
        "far.txt": b"So she said. " + text,
        "test/twin.txt": b"Rome is far. It rains.\n",
        "bad.txt": b"\xff",
    }
    project_of(small, more | {"ids (1).txt": b"Text.", "meta.txt": b"It rained.\n", "odd.txt": b"It snowed.\n"})
    annotate(small, "copy")
    annotate(small, "far")
    annotate(small, "ghost")
    lines = [
        '{"file_name": "meta.txt", "colour": "red"}',
        '{"file_name": "odd.txt", "language": []}',
        '{"file_name": "gone.txt"}',
    ]
    (small / "seeds/metadata.jsonl").write_text("\n".join(lines))
    relations = [relation(1, "example", "far"), relation(2, "example", "copy"), {"id": "r3"}, relation(4, "copy", "copy")]
    write_json(small / "annotations/relations.json", relations)
    return small


def test_skip_invalid_builds_the_rest_and_lists_what_it_left_out(wrong: Path, pressmark: Callable[..., Ran]) -> None:
    code, out, err = pressmark("build", "--skip-invalid", wrong)

    assert 1 == code
    assert "articles           4  " in out
    assert "relations          1  " in out
    left_out = [line.removeprefix("left out: ") for line in err.splitlines() if line.startswith("left out: ")]
    assert [
        "seeds/bad.txt",
        "seeds/far.txt",
        "seeds/meta.txt",
        "seeds/odd.txt",
        "seeds/test/twin.txt",
        "seeds/metadata.jsonl",
        "annotations/ghost.json",
        "annotations/relations.json: $[2]",
        "annotations/relations.json: $[0]",
        "annotations/relations.json: $[3]",
    ] == left_out
    assert f"{wrong}/seeds/metadata.jsonl:1:1: meta: metadata-key: " in err
    assert f"{wrong}/seeds/metadata.jsonl:2:38: odd: $.language: schema-type: " in err
    assert [] == list(verify(wrong / "data"))
    assert (1, "") == pressmark("build", "--skip-invalid", "--check", wrong)[:2]


def test_without_the_option_all_errors_are_said_once_and_nothing_is_written(wrong: Path, pressmark: Callable[..., Ran]) -> None:
    before = tree(wrong)

    code, out, err = pressmark("build", wrong)

    assert (1, "") == (code, out)
    assert len(err.splitlines()) == len(set(err.splitlines()))
    assert all(name in err for name in ("bad.txt", "far.json", "meta", "odd", "twin", "gone.txt", "ghost.json"))
    assert err.endswith("pressmark: nothing was built; correct these, or leave them out with --skip-invalid\n")
    assert before == tree(wrong)


def test_an_error_is_said_when_it_is_found(small: Path) -> None:
    project_of(small, {"a.txt": b"\xff", "b.txt": b""})
    said: list[tuple[str, bool]] = []

    def tell(issue: Issue) -> None:
        said.append((issue.code, (small / ".pressmark-build/data").exists()))

    build(small, skip_invalid=True, tell=tell)

    assert [("seed-encoding", False), ("seed-empty", False)] == said


def test_wire_copy_within_a_split_is_a_warning(small: Path, pressmark: Callable[..., Ran]) -> None:
    project_of(small, {"twin.txt": b"Rome is far. It rains.\n"})

    code, out, err = pressmark("build", small)

    assert (0, 1) == (code, err.count("\n"))
    assert "seeds/twin.txt: twin: $.text: text-unique: warning: its text is also the text of 'plain'" in err
    assert "articles           3  " in out


def test_articles_that_are_wrong_only_beside_others_are_left_out(small: Path, pressmark: Callable[..., Ran]) -> None:
    entity = example()["entities"][0] | {"kb_id": "wikidata:Q1"}
    text = (small / "seeds/example.txt").read_bytes()
    annotate(small, "example", entities=[entity])
    for name, label in (("other", "ORG"), ("third", "PERSON"), ("zone", "ORG")):
        seed = text + name.encode()
        project_of(small, {f"{name}.txt": seed})
        changed = [entity | {"label": label}]
        annotate(small, name, entities=changed, text_sha256=sha256(seed).hexdigest(), quotes=[], claims=[])

    code, out, err = pressmark("build", "--skip-invalid", small)

    assert (1, 2) == (code, err.count("kb-label: "))
    assert err.endswith("left out: seeds/other.txt\nleft out: seeds/zone.txt\n")
    assert "articles           3  " in out


def test_a_line_of_metadata_about_nobody_knows_what_stops_the_build(small: Path, pressmark: Callable[..., Ran]) -> None:
    (small / "seeds/metadata.jsonl").write_text("{\n")

    code, out, err = pressmark("build", "--skip-invalid", small)

    assert (1, "") == (code, out)
    assert "seeds/metadata.jsonl:1:1: file-json: " in err
    assert 1 == err.count("\n")


def test_a_wrong_line_of_metadata_leaves_out_the_article_of_its_file(small: Path, pressmark: Callable[..., Ran]) -> None:
    project_of(small, {"Head line (1).txt": b"It rained.\n"})
    (small / "seeds/metadata.jsonl").write_text('{"file_name": "Head line (1).txt", "colour": "red"}\n')

    code, out, err = pressmark("build", "--skip-invalid", small)

    assert 1 == code
    assert "articles           2  " in out
    assert "left out: seeds/Head line (1).txt\n" in err


def test_if_all_is_invalid_nothing_is_written(small: Path, pressmark: Callable[..., Ran]) -> None:
    for name in ("example", "plain"):
        (small / f"seeds/{name}.txt").write_bytes(b"\xff")
    before = tree(small)

    assert (1, "") == pressmark("build", "--skip-invalid", small)[:2]
    assert before == tree(small)


def test_an_edition_leaves_out_the_same(wrong: Path, pressmark: Callable[..., Ran]) -> None:
    code, out, err = pressmark("build", "--without-text", "--skip-invalid", wrong)

    assert (1, f"{wrong}/edition: 4 articles, 1 relations, no text\n") == (code, out)
    assert "left out: seeds/bad.txt\n" in err


@pytest.mark.parametrize("value", ["[]", "0", '""', "{}", "false", '"english language"'])
def test_a_language_that_is_none_is_named_with_its_line(small: Path, pressmark: Callable[..., Ran], value: str) -> None:
    line = f'{{"file_name": "plain.txt", "language": {value}}}'
    (small / "seeds/metadata.jsonl").write_text(f'{{"file_name": "example.txt"}}\n{line}\n')

    code, _, err = pressmark("build", small)

    assert (1, 2) == (code, err.count("\n"))
    assert f"{small}/seeds/metadata.jsonl:2:40: plain: $.language: schema-" in err


def test_a_project_without_relations_has_no_file_of_them(small: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    """JSON Lines without a line is what `validate` reports as an empty file."""
    (small / "annotations/relations.json").unlink()
    build(small)
    build_edition(small)

    hydrated = pressmark("hydrate", small / "edition", "--seeds", small / "seeds", "--output", tmp_path / "hydrated")

    assert 0 == hydrated.code
    assert not list(small.rglob("relations.jsonl"))
    assert tree(small / "data") == tree(tmp_path / "hydrated")
    assert 0 == pressmark("validate", *(small / "annotations").glob("*.json"), *(small / "data").glob("*.jsonl")).code


@pytest.mark.parametrize("name", ["crlf", "lf"])
def test_line_ends_that_explain_another_hash_are_named(small: Path, pressmark: Callable[..., Ran], name: str) -> None:
    text = b"Rome is far.\nIt rains.\n" if name == "crlf" else b"Rome is far.\r\nIt rains.\r\n"
    annotation = annotate(small, "plain", text_sha256=sha256(text).hexdigest(), entities=[], quotes=[], claims=[])
    other = text.replace(b"\n", b"\r\n") if name == "crlf" else text.replace(b"\r\n", b"\n")
    (small / "seeds/plain.txt").write_bytes(other)

    code, _, err = pressmark("build", small)

    assert 1 == code
    assert f"{annotation}:3:17: plain: $.text_sha256: text-hash: " in err
    assert ("line ends are CRLF and were LF" if name == "crlf" else "line ends are LF and were CRLF") in err
    assert "core.autocrlf" in err
