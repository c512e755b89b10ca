"""Label Studio: tasks that it shows rightly, and corrections that come back as they were made there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pressmark.formats import label_studio
from pressmark.project import records

ROOT = Path(__file__).parents[1]
NAME = "000_3b584eadf7b65c4a"
GOLD = {article.id: article for article in records.articles(ROOT / "data/articles.jsonl")}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("seeds", "annotations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pressmark", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, encoding="utf-8", check=False)


def task(project: Path) -> dict[str, Any]:
    """The task of the first article, with an annotation that repeats its prediction, as the tool makes it."""
    assert 0 == run(project, "export", ".", "--to", "label-studio", "-o", "ls").returncode
    found: dict[str, Any] = next(
        one for one in json.loads((project / "ls/tasks.json").read_text("utf-8")) if one["data"]["id"] == NAME
    )
    (prediction,) = found["predictions"]
    return found | {
        "predictions": [7],
        "annotations": [{"completed_by": 1, "result": prediction["result"], "was_cancelled": False}],
    }


def brought_in(project: Path, changed: dict[str, Any], *more: str) -> subprocess.CompletedProcess[str]:
    (project / "export.json").write_text(json.dumps([changed]), "utf-8")
    return run(project, "import", "export.json", "--from", "label-studio", "--annotator", "Ann Lee", *more)


def annotation(project: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((project / f"annotations/{NAME}.json").read_text("utf-8"))
    return found


def test_ids_of_regions_have_no_dot_or_colon() -> None:
    # With one, Label Studio 1.23 lists the region but does not highlight its text.
    (tasks,) = (json.loads(data) for name, data in label_studio.write(GOLD.values()) if name == "tasks.json")

    ids = {entry["id"] for one in tasks for entry in one["predictions"][0]["result"]}

    assert len(ids) > 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", name) for name in ids)


def test_an_export_without_changes_changes_no_byte(project: Path) -> None:
    before = (project / f"annotations/{NAME}.json").read_bytes()

    done = brought_in(project, task(project))

    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
    assert before == (project / f"annotations/{NAME}.json").read_bytes()


def test_only_what_was_corrected_is_signed_by_the_person(project: Path) -> None:
    changed = task(project)
    for entry in changed["annotations"][0]["result"]:
        if entry["id"] == "q3_content1" and entry["from_name"] == "status":
            entry["value"]["choices"] = ["possible"]
    before = annotation(project)

    assert 0 <= brought_in(project, changed).returncode <= 1  # its claim is now of a quote that was not made

    after = annotation(project)
    assert [
        quote | {"status": "possible", "annotator": "Ann-Lee"} if quote["id"] == "q3" else quote for quote in before["quotes"]
    ] == after["quotes"]
    assert before["entities"] == after["entities"]
    assert {"id": "Ann-Lee", "kind": "human", "role": "reviewer", "name": "Ann Lee", "version": None} in after["annotators"]


def test_an_import_keeps_the_key_for_editors(project: Path) -> None:
    changed = task(project)
    for entry in changed["annotations"][0]["result"]:
        if entry["id"] == "q3_content1" and entry["from_name"] == "medium":
            entry["value"]["choices"] = ["writing"]
    (project / f"annotations/{NAME}.json").write_text(json.dumps({"$schema": "mine.json"} | annotation(project)), "utf-8")

    brought_in(project, changed)

    assert ("mine.json", "writing") == (annotation(project)["$schema"], annotation(project)["quotes"][2]["medium"])


def test_a_region_without_its_fields_is_named_and_the_rest_is_kept(project: Path) -> None:
    changed = task(project)
    new = {"to_name": "text", "id": "Xa_9", "from_name": "role", "type": "labels"}
    changed["annotations"][0]["result"] += [new | {"value": {"start": 198, "end": 278, "labels": ["CONTENT"]}}]
    before = annotation(project)

    done = brought_in(project, changed)

    assert 1 == done.returncode
    assert "region 'Xa_9' at 198:278 has no quote_id; it is left out" in done.stderr
    assert before == annotation(project)


def test_a_new_name_becomes_an_entity_with_a_free_number(project: Path) -> None:
    changed = task(project)
    text = changed["data"]["text"]
    start = text.index("discussions")
    entry = {"to_name": "text", "id": "Zz", "value": {"start": start, "end": start + 12, "text": "lies\\nhere"}}
    changed["annotations"][0]["result"] += [
        entry | {"from_name": "entity", "type": "labels", "value": entry["value"] | {"labels": ["EVENT"]}},  # type: ignore[operator]
        entry | {"from_name": "level", "type": "choices", "value": entry["value"] | {"choices": ["name"]}},  # type: ignore[operator]
    ]
    highest = max(int(entity["id"][1:]) for entity in annotation(project)["entities"])

    brought_in(project, changed)

    entity = annotation(project)["entities"][-1]
    assert (f"e{highest + 1}", "EVENT", "discussions", "Ann-Lee") == (
        entity["id"],
        entity["label"],
        entity["name"],
        entity["annotator"],
    )
    assert [{"start": start, "end": start + 11, "text": "discussions", "level": "name"}] == entity["mentions"]


def test_another_text_is_refused(project: Path) -> None:
    changed = task(project)
    changed["data"]["text_sha256"] = "0" * 64
    before = annotation(project)

    done = brought_in(project, changed)

    assert 1 == done.returncode
    assert "another text" in done.stderr
    assert before == annotation(project)


def test_of_several_annotations_one_is_chosen(project: Path) -> None:
    changed = task(project)
    changed["annotations"] += [changed["annotations"][0] | {"completed_by": 2, "result": []}]

    assert "choose one of them with --by" in brought_in(project, changed).stderr
    assert 0 == brought_in(project, changed, "--by", "1").returncode
    assert annotation(project)["quotes"]


def test_another_kind_of_export_is_named(project: Path) -> None:
    (project / "min.json").write_text('[{"text": "a", "entity": []}]', "utf-8")

    done = run(project, "import", "min.json", "--from", "label-studio", "--annotator", "Ann Lee")

    assert 1 == done.returncode
    assert 'choose the export format "JSON"' in done.stderr


def test_an_export_never_replaces_other_content(project: Path) -> None:
    task(project)
    (project / "ls/tasks.json").write_text("mine", "utf-8")

    done = run(project, "export", ".", "--to", "label-studio", "-o", "ls")

    assert 2 == done.returncode
    assert "mine" == (project / "ls/tasks.json").read_text("utf-8")


def test_two_people_whose_ids_would_be_the_same_stay_two(project: Path) -> None:
    changed = task(project)
    for medium, who in (("writing", "李娜"), ("thought", "Анна")):
        for entry in changed["annotations"][0]["result"]:
            if entry["id"] == "q3_content1" and entry["from_name"] == "medium":
                entry["value"]["choices"] = [medium]
        brought_in(project, changed, "--annotator", who)

    people = {one["id"]: one["name"] for one in annotation(project)["annotators"] if one["kind"] == "human"}
    assert {"annotator": "李娜", "annotator-2": "Анна"} == people
    assert "annotator-2" == annotation(project)["quotes"][2]["annotator"]
