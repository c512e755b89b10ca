"""`pressmark publish`, against a small Hub on loopback that answers what the real client asks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from loopback_hub import TOKEN, Hub

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

REPO = "ann/news"
TEXTS = "--with-third-party-text"


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub() as served:
        yield served


class Publisher:
    """Runs commands in a project, as a user with a token would."""

    def __init__(self, hub: Hub, project: Path, home: Path) -> None:
        self.hub, self.project, self.token = hub, project, TOKEN
        self.settings = {
            "HF_ENDPOINT": hub.url,
            "HF_HOME": str(home),
            "HF_HUB_DISABLE_XET": "1",  # the server knows Git LFS
            "HF_HUB_OFFLINE": "0",
        }

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | self.settings | {"HF_TOKEN": self.token, "PYTHONUTF8": "1"}
        return subprocess.run(
            [sys.executable, *command],
            cwd=self.project,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def publish(self, *options: str) -> subprocess.CompletedProcess[str]:
        ran = self.run("-m", "pressmark", "publish", REPO, *options)
        assert TOKEN not in ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr
        return ran

    @property
    def files(self) -> dict[str, bytes]:
        return {name: data for name, data in self.hub.repositories[REPO].commits[-1].files.items() if name != ".gitattributes"}


@pytest.fixture
def publisher(hub: Hub, project: Path, tmp_path: Path) -> Publisher:
    return Publisher(hub, project, tmp_path / "home")


def of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_hub_gets_just_the_files_of_the_dataset(publisher: Publisher, project: Path) -> None:
    ran = publisher.publish(TEXTS)

    assert ran.returncode == 0, ran.stderr
    assert of(project / "data") == publisher.files
    assert "load it with load_dataset('ann/news')" in ran.stdout


def test_a_dry_run_prints_the_plan_and_changes_nothing(publisher: Publisher, hub: Hub) -> None:
    ran = publisher.publish(TEXTS, "--dry-run", "--tag", "v0.1.0")

    assert ran.returncode == 0, ran.stderr
    assert {"create", "upload", "tag"} <= {line.split(" ")[0] for line in ran.stdout.splitlines()}
    assert not hub.repositories


def test_publishing_twice_uploads_nothing(publisher: Publisher, hub: Hub) -> None:
    publisher.publish(TEXTS)
    before = hub.asked.copy()

    ran = publisher.publish(TEXTS)

    assert (ran.returncode, "the Hub has all of it already" in ran.stdout) == (0, True)
    assert [hub.asked[one] - before[one] for one in ("put", "commit", "create", "preupload")] == [0, 0, 0, 0]


def test_only_what_changed_is_uploaded_and_what_is_gone_is_deleted(publisher: Publisher, project: Path, hub: Hub) -> None:
    publisher.publish(TEXTS)
    (project / "annotations/relations.json").unlink()
    publisher.run("-m", "pressmark", "build")

    ran = publisher.publish(TEXTS)

    assert ran.returncode == 0, ran.stderr
    assert "delete    relations.jsonl" in ran.stdout
    assert "upload    ner/" not in ran.stdout
    assert of(project / "data") == publisher.files
    assert len(hub.repositories[REPO].commits) == 3


def test_every_config_loads_from_the_hub_also_streaming(publisher: Publisher, project: Path) -> None:
    publisher.publish(TEXTS)
    program = (
        "from datasets import load_dataset, get_dataset_config_names, disable_progress_bars\n"
        "disable_progress_bars()\n"
        f"for name in get_dataset_config_names({REPO!r}):\n"
        f"    here = load_dataset({str(project / 'data')!r}, name, split='train')\n"
        f"    there = load_dataset({REPO!r}, name, split='train')\n"
        f"    streamed = load_dataset({REPO!r}, name, split='train', streaming=True)\n"
        "    print(name, here.features == there.features, list(here) == list(there) == list(streamed))\n"
    )

    ran = publisher.run("-c", program)

    rows = [line.split() for line in ran.stdout.splitlines()]
    assert [["True", "True"]] * 11 == [row[1:] for row in rows], ran.stderr
    assert {"articles", "quotes", "claims", "relations"} <= {row[0] for row in rows}


def test_without_an_open_licence_only_the_edition_without_text_is_published(publisher: Publisher, project: Path) -> None:
    ran = publisher.publish()

    assert ran.returncode == 0, ran.stderr
    assert "no open licence: 000_3b584eadf7b65c4a, 004_a77e34100e659021, so the edition without text is published" in ran.stderr
    assert "articles/train-00000-of-00001.parquet" not in publisher.files
    text = (project / "seeds/000_3b584eadf7b65c4a.txt").read_text(encoding="utf-8")
    assert text[:60].encode() not in b"".join(publisher.files.values())


def test_texts_with_an_open_licence_are_published(publisher: Publisher, project: Path) -> None:
    metadata = project / "seeds/metadata.jsonl"
    rows = [json.loads(line) | {"license": "CC-BY-4.0"} for line in metadata.read_text(encoding="utf-8").splitlines()]
    metadata.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    publisher.run("-m", "pressmark", "build")

    ran = publisher.publish()

    assert (ran.returncode, ran.stderr) == (0, "")
    assert of(project / "data") == publisher.files


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda project: (project / "data/articles.jsonl").write_bytes(b""), "is not whole"),
        (lambda project: (project / "annotations/relations.json").unlink(), "is not what the project builds"),
    ],
)
def test_a_dataset_that_is_not_what_the_project_builds_is_not_published(
    publisher: Publisher, project: Path, hub: Hub, damage: Callable[[Path], object], said: str
) -> None:
    damage(project)

    ran = publisher.publish(TEXTS)

    assert (ran.returncode, said in ran.stderr) == (1, True)
    assert not hub.repositories


def test_what_others_changed_on_the_hub_is_not_replaced(publisher: Publisher, project: Path, hub: Hub) -> None:
    publisher.publish(TEXTS)
    mended = b"A better card.\n"
    hub.commit(REPO, {"README.md": mended, "figure.png": b"PNG"})
    card = project / "data/README.md"
    card.write_text(card.read_text(encoding="utf-8") + "\nMore prose.\n", encoding="utf-8")
    publisher.run("-m", "pressmark", "build")

    ran = publisher.publish(TEXTS)

    assert ran.returncode == 1
    assert "README.md: pressmark did not write it, or somebody changed it on the Hub" in ran.stderr
    assert publisher.files["README.md"] == mended


def test_files_that_others_added_stay(publisher: Publisher, project: Path, hub: Hub) -> None:
    publisher.publish(TEXTS)
    hub.commit(REPO, {"figure.png": b"PNG"})
    (project / "annotations/relations.json").unlink()
    publisher.run("-m", "pressmark", "build")

    assert publisher.publish(TEXTS).returncode == 0
    assert publisher.files["figure.png"] == b"PNG"


def test_a_tag_is_made_once(publisher: Publisher, hub: Hub) -> None:
    assert publisher.publish(TEXTS, "--tag", "v0.1.0").returncode == 0
    again = publisher.publish(TEXTS, "--tag", "v0.1.0")

    assert (again.returncode, "the tag v0.1.0 is there already" in again.stderr) == (0, True)
    assert {"v0.1.0": hub.repositories[REPO].commits[-1].oid} == hub.repositories[REPO].tags


def test_a_tag_of_other_data_stays_where_it_is(publisher: Publisher, project: Path, hub: Hub) -> None:
    publisher.publish(TEXTS, "--tag", "v0.1.0")
    there = dict(hub.repositories[REPO].tags)
    (project / "annotations/relations.json").unlink()
    publisher.run("-m", "pressmark", "build")

    ran = publisher.publish(TEXTS, "--tag", "v0.1.0")

    assert (ran.returncode, "choose a new version" in ran.stderr) == (3, True)
    assert there == hub.repositories[REPO].tags


@pytest.mark.parametrize(
    ("tag", "changed", "said"),
    [
        ("v9.0.0", {}, "states version 0.1.0, and the tag is v9.0.0"),
        ("v0.1.0", {"CITATION.cff": "version: 0.0.9\n"}, "CITATION.cff: version: states version 0.0.9"),
        ("v0.1.0", {".zenodo.json": '{"version": "0.0.8"}'}, ".zenodo.json: version: states version 0.0.8"),
    ],
)
def test_versions_that_disagree_are_named(
    publisher: Publisher, project: Path, hub: Hub, tag: str, changed: dict[str, str], said: str
) -> None:
    for name, content in changed.items():
        (project / name).write_text(content, encoding="utf-8")

    ran = publisher.publish(TEXTS, "--tag", tag)

    assert (ran.returncode, said in ran.stderr) == (1, True)
    assert not hub.repositories


@pytest.mark.parametrize(
    ("part", "status", "headers", "said"),
    [
        ("/api/datasets", 401, {}, "the Hub does not know you; set HF_TOKEN"),
        ("/api/datasets", 403, {}, "your token may not write to it"),
        ("preupload", 403, {}, "your token may not write to it"),
        ("preupload", 404, {}, "there is no such dataset"),
        ("/commit/", 409, {}, "exists already"),
        ("/commit/", 412, {}, "somebody else changed it at the same time"),
        ("/commit/", 429, {"Retry-After": "7"}, "too many requests; try again in 7 seconds"),
        ("/commit/", 500, {}, "the Hub answered 500"),
    ],
)
def test_what_the_hub_refuses_is_one_line(
    publisher: Publisher, hub: Hub, part: str, status: int, headers: dict[str, str], said: str
) -> None:
    hub.fail[part] = (status, headers)

    ran = publisher.publish(TEXTS)

    assert (ran.returncode, said in ran.stderr) == (3, True), ran.stderr
    assert all(len(repository.commits) == 1 for repository in hub.repositories.values())


def test_a_wrong_token_is_told(publisher: Publisher) -> None:
    publisher.token = "hf_wrong"  # noqa: S105

    ran = publisher.publish(TEXTS)

    assert (ran.returncode, "set HF_TOKEN" in ran.stderr) == (3, True)


def test_a_hub_that_is_not_there_is_told(publisher: Publisher) -> None:
    publisher.settings["HF_ENDPOINT"] = "http://127.0.0.1:9"

    ran = publisher.publish(TEXTS)

    assert (ran.returncode, "cannot be reached" in ran.stderr) == (3, True), ran.stderr


def test_a_name_that_the_hub_does_not_take_is_told(publisher: Publisher) -> None:
    ran = publisher.run("-m", "pressmark", "publish", "a/b/c", TEXTS)

    assert (ran.returncode, "write USER/NAME" in ran.stderr) == (2, True), ran.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["news"], "news: not the name of a dataset"),
        (["../x"], "../x: not the name of a dataset"),
        (["ann/x\x1b[31m"], "ann/x\\x1b[31m: not the name of a dataset"),
        ([REPO, "--tag", ""], "--tag is empty"),
    ],
)
def test_a_wrong_name_is_wrong_usage(publisher: Publisher, arguments: list[str], said: str) -> None:
    ran = publisher.run("-m", "pressmark", "publish", *arguments)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"pressmark: {said}")
    assert not publisher.hub.repositories
