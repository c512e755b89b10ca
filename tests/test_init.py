"""`pressmark init`: a new project has what the other commands need, and nothing that was there changes."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from conftest import annotate, example, project_of, tree
from pressmark.publish import card
from pressmark.record import contract

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

FILES = {
    ".gitattributes",
    ".github/workflows/pressmark.yml",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".vscode/settings.json",
    "DATASHEET.md",
    "data/README.md",
    "people.csv",
    "schema/annotation.schema.json",
    "schema/article.schema.json",
    "schema/relation.schema.json",
    "seeds/metadata.jsonl",
}


@pytest.fixture
def new(tmp_path: Path, pressmark: Callable[..., Ran]) -> Path:
    folder = tmp_path / "my news"
    assert 0 == pressmark("init", folder).code
    return folder


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_writes_what_a_project_needs_and_says_what_comes_next(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    ran = pressmark("init", tmp_path / "my news")

    assert FILES == files(tmp_path / "my news")
    assert {str(tmp_path / "my news" / name) for name in FILES} == set(ran.out.splitlines())
    assert f"next: bring your articles with `pressmark add SOURCE --project '{tmp_path / 'my news'}'`" in ran.err


def test_a_second_run_changes_nothing(new: Path, pressmark: Callable[..., Ran]) -> None:
    before = tree(new)

    code, out, err = pressmark("init", new)

    assert (0, "") == (code, out)
    assert len(FILES) == err.count("is there already; left as it is")
    assert before == tree(new)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_is_there_stays(tmp_path: Path, pressmark: Callable[..., Ran], name: str) -> None:
    project_of(tmp_path, {f"../{name}": b"mine"})

    assert 0 == pressmark("init", tmp_path).code
    assert b"mine" == (tmp_path / name).read_bytes()


def test_a_link_that_leads_nowhere_stays(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    (tmp_path / "people.csv").symlink_to("elsewhere.csv")

    assert 0 == pressmark("init", tmp_path).code
    assert (tmp_path / "people.csv").is_symlink()
    assert not (tmp_path / "elsewhere.csv").exists()


def test_a_file_is_no_place_for_a_project(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    (tmp_path / "news").write_text("")

    assert (2, "", f"pressmark: {tmp_path / 'news'}: is a file; name a folder\n") == pressmark("init", tmp_path / "news")


@pytest.mark.parametrize("command", ["build", "annotate", "view"])
def test_a_project_without_articles_is_told_to_add_some(new: Path, pressmark: Callable[..., Ran], command: str) -> None:
    ran = pressmark(command, new)

    assert 1 == ran.code
    assert f"{new / 'seeds'}: seed-none: there are no seeds yet; add articles with `pressmark add`" in ran.err


def test_the_example_of_metadata_needs_no_seed_and_has_known_keys(new: Path, pressmark: Callable[..., Ran]) -> None:
    line = json.loads((new / "seeds/metadata.jsonl").read_text(encoding="utf-8"))
    keys = contract.at("article", "metadata")["properties"].keys() - {"source_file"} | {"file_name", "language"}
    project_of(new, {"a.txt": b"It rained.\n"})

    assert {"title", "published", "publisher", "url", "license", "duplicate_of"} <= line.keys() <= keys
    assert 0 == pressmark("build", new).code


def test_the_templates_get_their_figures_and_keep_their_prose(new: Path, pressmark: Callable[..., Ran]) -> None:
    project_of(new, {"a.txt": b"It rained.\n"})
    before = [(new / name).read_text(encoding="utf-8") for name in ("data/README.md", "DATASHEET.md")]

    assert 0 == pressmark("build", new).code

    after = [(new / name).read_text(encoding="utf-8") for name in ("data/README.md", "DATASHEET.md")]
    assert list(map(card.carried, before)) == list(map(card.carried, after))
    assert all("| articles | 1 |" in text for text in after)
    assert "<summary><code>quotes</code>" in after[0]
    assert "my news" == yaml.safe_load(after[0].split("---\n")[1])["pretty_name"]
    assert 0 == pressmark("build", "--check", new).code


@pytest.mark.parametrize("name", ["a: b", 'say "no"', "{version}", "#1", "Ü"])
def test_any_name_of_a_folder_is_the_name_of_its_card(tmp_path: Path, pressmark: Callable[..., Ran], name: str) -> None:
    pressmark("init", tmp_path / name)

    front, _ = card.split((tmp_path / name / "data/README.md").read_text(encoding="utf-8"))
    assert name == front["pretty_name"]


def test_the_schema_is_found_by_the_key_for_editors(new: Path) -> None:
    project_of(new, {"example.txt": example()["text"].encode()})
    path = annotate(new, "example")
    key = "../schema/annotation.schema.json"

    found = json.loads((path.parent / key).resolve().read_text(encoding="utf-8"))

    assert contract.schema("annotation") == found
    (setting,) = json.loads((new / ".vscode/settings.json").read_text(encoding="utf-8"))["json.schemas"]
    assert found == json.loads((new / setting["url"]).read_text(encoding="utf-8"))
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (new / "schema").iterdir()}
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
        for reference in re.findall(r'"\$ref": "([\w.]+)#', json.dumps(schema)):
            assert reference in schemas


def test_people_have_a_head_and_nobody_yet(new: Path) -> None:
    assert b"id,names,description,wikidata,wikipedia\n" == (new / "people.csv").read_bytes()


def workflow(new: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load((new / ".github/workflows/pressmark.yml").read_text(encoding="utf-8"))
    return found


def test_the_workflow_validates_pull_requests_and_publishes_tags(
    new: Path, pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = workflow(new)["jobs"]
    commands = [step["run"] for step in jobs["validate"]["steps"] if "run" in step]

    assert workflow(new)[True].keys() == {"pull_request", "push"}  # to YAML 1.1, "on" is a truth value
    assert f"pip install 'pressmark[build]=={version('pressmark')}'" == commands[0]
    project_of(new, {"a.txt": b"It rained.\n"})
    pressmark("annotate", new)
    pressmark("build", new)
    monkeypatch.chdir(new)
    assert ["pressmark validate .", "pressmark build --check"] == commands[1:]
    for command in commands[1:]:
        assert 0 == pressmark(*command.split()[1:]).code
    assert "startsWith(github.ref, 'refs/tags/v')" == jobs["publish"]["if"]
    assert 'pressmark publish "$HF_REPO" --tag "$GITHUB_REF_NAME"' == jobs["publish"]["steps"][-1]["run"]


def test_the_hook_is_one_that_pressmark_has(new: Path) -> None:
    (repository,) = yaml.safe_load((new / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]

    assert f"v{version('pressmark')}" == repository["rev"]
    assert ["pressmark-validate"] == [hook["id"] for hook in repository["hooks"]]
