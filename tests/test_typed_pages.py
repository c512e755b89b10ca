"""What the pages in docs/ show is what happens: a new user types their commands one after the other."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer.main

import pressmark.cli  # noqa: F401 - registers the commands
from conftest import CHECKOUT
from loopback_hub import TOKEN, Hub
from pressmark.cli.console import app
from typed_page import blocks, type_page

STORY = "Old bridge to close\n\nSurveyor Mia Wong warned that the steel was weak. “Nobody told us,” said Sam Hill.\n"
# Pages that go on from where docs/start.md ends, and what somebody does by hand.
AFTER_START = ("building", "formats", "inline", "people", "scale", "scoring", "validate", "view")
PAGES = ("start", "correct", "publish", *AFTER_START)
NOT_TYPED = {
    "docs/annotators-entities.md": ["two of these lines need a chat model"],
    "docs/correct.md": ["installs Label Studio, and starts its server", *["needs the server of Label Studio"] * 2],
    "docs/scale.md": ["needs several machines; tests/test_dask.py has them on one"],
    "docs/start.md": ["installs from the network"],
    "docs/train.md": ["installs from the network", *["needs PyTorch; tests/test_train_docs.py runs it"] * 4],
}


def fill(table: str, rows: str, choice: str) -> None:
    """Write a choice into the first column of a table of links, in the rows that have a name."""
    path = Path(table)
    text, number = re.subn(rf"^(?=,[^,]*,[^,]*,{rows},)", choice, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert number
    path.write_text(text, encoding="utf-8")


def fill_two() -> None:
    fill("news/links.csv", "Maria Gomez", "maria-gomez")
    fill("news/links.csv", "Tom Hale", "new")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a new user went through the first page."""
    folder = tmp_path_factory.mktemp("start")
    shutil.copy(CHECKOUT / "docs/start-articles.csv", folder / "articles.csv")
    type_page("docs/start.md", folder, {"choose Ann Lee": lambda: fill("news/links.csv", "Ann Lee", "ann-lee")})
    return folder


@pytest.fixture
def folder(started: Path, tmp_path: Path) -> Path:
    return shutil.copytree(started, tmp_path / "work")


def test_a_new_user_gets_from_a_table_to_a_dataset(started: Path) -> None:
    assert "human" in (started / "news/annotations/water-prices.json").read_text(encoding="utf-8")
    assert (started / "news/data/quotes/train-00000-of-00001.parquet").is_file()


@pytest.mark.parametrize("page", AFTER_START)
def test_a_page_that_goes_on_from_the_start_shows_what_happens(page: str, folder: Path) -> None:
    type_page(f"docs/{page}.md", folder, {"choose Maria Gomez and Tom Hale": fill_two})


def test_publishing_shows_what_happens(folder: Path) -> None:
    with Hub() as hub:
        environment = {
            "HF_ENDPOINT": hub.url,
            "HF_TOKEN": TOKEN,
            "HF_HOME": str(folder / "home"),
            "HF_HUB_DISABLE_XET": "1",  # the server knows Git LFS
            "HF_HUB_OFFLINE": "0",
        }
        type_page("docs/publish.md", folder, environment=environment)

        assert ["v0.1.0"] == list(hub.repositories["ann/news"].tags)
        assert "water-prices" not in hub.repositories["ann/news"].commits[-1].files["articles.jsonl"].decode()


def label_studio() -> None:
    """What a person does in Label Studio, and what its export looks like (tests/live/label_studio.sh uses the real one)."""
    (task,) = json.loads(Path("tasks/tasks.json").read_text("utf-8"))
    result = task["predictions"][0]["result"]
    (wrong,) = (one["id"] for one in result if one["value"].get("text") == "Surveyor Mia Wong" and one["from_name"] == "entity")
    for one in (one for one in result if one["id"] == wrong):
        one["value"]["start"] += len("Surveyor ")
        if one["from_name"] == "name":
            one["value"]["text"] = ["Mia Wong"]
    done = task | {"predictions": [1], "annotations": [{"completed_by": 1, "result": result, "was_cancelled": False}]}
    Path("corrected.json").write_text(json.dumps([done]), "utf-8")


def witness() -> None:
    path = Path("bea/annotations/bridge.json")
    record: dict[str, Any] = json.loads(path.read_text("utf-8"))
    (hill,) = (quote for quote in record["quotes"] if quote["sources"][0]["text"] == "Sam Hill")
    hill["sources"][0]["type"] = "witness"
    path.write_text(json.dumps(record), "utf-8")


def bea_is_right() -> None:
    path = Path("both/conflicts.csv")
    path.write_text(re.sub(r",$", ",bea", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")


def test_ten_commands_lead_to_a_corrected_corpus(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/bridge.txt").write_text(STORY, "utf-8", newline="")

    type_page(
        "docs/correct.md",
        tmp_path,
        {"correct in Label Studio": label_studio, "Bea corrects": witness, "Bea is right": bea_is_right},
    )

    found = json.loads((tmp_path / "news/annotations/bridge.json").read_text("utf-8"))
    assert ["Ann-Adams"] == [entity["annotator"] for entity in found["entities"] if entity["name"] == "Mia Wong"]
    merged = json.loads((tmp_path / "both/annotations/bridge.json").read_text("utf-8"))
    assert ["Zoe-Adams"] == [quote["annotator"] for quote in merged["quotes"] if quote["sources"][0]["type"] == "witness"]
    first = (CHECKOUT / "docs/correct.md").read_text("utf-8").partition("## Several")[0]
    assert 10 == sum(len(block.splitlines()) for block in re.findall(r"```sh\n(.*?)```", first, re.DOTALL))


def test_a_block_is_not_typed_only_for_a_reason_that_is_known() -> None:
    pages = [f"docs/{path.name}" for path in (CHECKOUT / "docs").glob("*.md")]
    marks = {page: [block.mark for block in blocks(page) if block.mark.startswith("not typed")] for page in pages}

    assert NOT_TYPED == {page: [mark.partition(": ")[2] for mark in found] for page, found in marks.items() if found}


def test_every_page_with_commands_is_typed() -> None:
    assert {*PAGES} == {path.stem for path in (CHECKOUT / "docs").glob("*.md") if typed(f"docs/{path.name}")}


def typed(page: str) -> set[str]:
    """The commands that the test types on a page."""
    lines = [line for block in blocks(page) if not block.mark.startswith("not typed") for line, _ in block.commands]
    return {words[1] for line in lines if (words := line.split())[0] == "pressmark"}


def test_every_command_has_an_example_that_is_typed() -> None:
    text = (CHECKOUT / "docs/README.md").read_text("utf-8")
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| \[.*?\]\((\w+\.md)[^)]*\) \|$", text, re.MULTILINE)
    found = {name: page for names, page in rows for name in re.findall(r"\w+", names)}

    assert typer.main.get_command(app).commands.keys() == found.keys()  # type: ignore[attr-defined]
    assert not [name for name, page in found.items() if name not in typed(f"docs/{page}")]


def test_the_readme_says_what_every_command_does() -> None:
    text = (CHECKOUT / "README.md").read_text("utf-8")

    found = re.findall(r"`pressmark (\w+)\b[^`\n]*`(?=[^\n]*\|$)", text, re.MULTILINE)

    assert typer.main.get_command(app).commands.keys() == {*found}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "page",
    [
        "```console\n$ echo one\ntwo\n```\n",
        "```console\n$ echo one\n```\n",
        "```console\n$ printf 'one\\ntwo\\n'\none\n```\n",
        "```sh\necho one\n```\n\n```text\none\ntwo\n```\n",
        "```sh\nfalse\n```\n",
        "<!-- exits with 1 -->\n```sh\ntrue\n```\n",
        "```sh\npressmark validate nothing\n```\n",
        "```python\nprint(1)\n```\n",
        "```python\nprint(1)\n```\n\n```text\n2\n```\n",
    ],
)
def test_a_page_that_says_something_else_fails(tmp_path: Path, page: str) -> None:
    (tmp_path / "page.md").write_text(page, "utf-8")

    with pytest.raises((AssertionError, pytest.fail.Exception)):
        type_page(str(tmp_path / "page.md"), tmp_path)


def test_what_a_page_leaves_out_may_be_anything(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("```console\n$ printf 'a 1\\nb\\nc\\nd\\n'\na ...\n...\nd\n```\n", "utf-8")

    type_page(str(tmp_path / "page.md"), tmp_path)
