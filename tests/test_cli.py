"""Arguments in, exit code out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import SHIFTED_LINE

ROOT = Path(__file__).parents[1]
CASE = ROOT / "tests/cases/valid/article.json"
SHIFTED = ROOT / "tests/cases/invalid/span-text.json"


def pressmark(*arguments: object, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pressmark", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def one_line(run: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in run.stderr
    (line,) = (run.stdout + run.stderr).splitlines()
    return line


HEAVY = {"asyncio", "httpx2", "datasets", "pandas", "pyarrow", "rich", "numpy", "yaml", "polars", "jsonschema", "referencing"}


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--help"], HEAVY | {"msgspec", "json", "pressmark.record.model", "pressmark.validation"}),
        (["validate", CASE], HEAVY | {"multiprocessing"}),
        (["validate", SHIFTED], HEAVY),
        (["validate", "--format", "jsonl", CASE], HEAVY),
    ],
)
def test_start_up_imports_nothing_heavy(arguments: list[object], heavy: set[str]) -> None:
    program = (
        "import sys, atexit\n"
        f"heavy = {heavy}\n"
        "atexit.register(lambda: print('HEAVY', sorted(heavy & sys.modules.keys()), file=sys.stderr))\n"
        "from pressmark.cli import main\n"
        "main()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", check=False
    )

    assert run.stderr.endswith("HEAVY []\n")


def test_help_names_every_command() -> None:
    run = pressmark("--help")

    assert 0 == run.returncode
    names = "build validate annotate anchor show view export import score compare merge hydrate verify"
    for command in names.split():
        assert f"\n  {command} " in run.stdout
    assert "Exit codes: 0 no issues, 1 issues in the data, 2 wrong usage, 3 " in run.stdout


@pytest.mark.parametrize("arguments", [["init", ""], ["add", "", "--project", "."], ["build", ""], ["validate", ROOT, ""]])
def test_an_empty_argument_is_wrong_usage_and_not_this_folder(arguments: list[str | Path], tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pressmark", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (2, "pressmark: an argument is empty; is a variable of your shell not set?\n") == (run.returncode, run.stderr)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["validate", "annotate"])
def test_a_table_of_articles_is_led_to_add(command: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\na,One.\n", encoding="utf-8")

    run = pressmark(command, "a.csv", cwd=tmp_path)

    assert (1, True) == (run.returncode, "`pressmark add` makes articles of tables and pages" in run.stdout + run.stderr)


def test_a_valid_record_is_clean() -> None:
    run = pressmark("validate", CASE, ROOT / "data/articles.jsonl", ROOT / "data/articles/train-00000-of-00001.parquet")

    assert 0 == run.returncode
    assert all(": warning: " in line for line in run.stdout.splitlines() if not line.startswith("    "))
    records = 1 + 2 * len(list((ROOT / "seeds").rglob("*.txt")))
    assert run.stderr.startswith(f"pressmark: 3 files, {records} records: ")


def test_a_shifted_offset_is_shown_underlined_with_what_was_expected_and_exit_1() -> None:
    run = pressmark("validate", SHIFTED)
    first, excerpt, underline, *more = run.stdout.splitlines()

    assert 1 == run.returncode
    assert first.endswith(f"json:{SHIFTED_LINE}:5: case: $.quotes[0].cue[0] (q1): span-text: says 'said', but 39:43 is 'aid.'")
    assert "aid." == excerpt[underline.index("^") : underline.rindex("^") + 1]
    assert more == [
        "    expected: exactly the code points 39:43 of the text",
        "    hint: this text occurs only at 38:42",
    ]
    assert "pressmark: 1 file, 1 record: 1 error\n" == run.stderr


def test_jsonl_is_one_object_an_issue() -> None:
    run = pressmark("validate", "--format", "jsonl", SHIFTED, CASE)

    assert 1 == run.returncode
    issue = json.loads(run.stdout)
    assert ["file", "line", "article", "pointer", "code", "message", "severity", "expected", "hint", "column", "item"] == list(
        issue
    )
    assert (str(SHIFTED), SHIFTED_LINE, "case", "/quotes/0/cue/0", "span-text") == tuple(list(issue.values())[:5])
    assert (5, "q1") == (issue["column"], issue["item"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bytes(range(128, 256)), "file-encoding"),
        (b"\x7fELF\x00\x01", "file-json"),
        (b"", "file-empty"),
        (b'{"id": "\xff"}', "file-encoding"),
        (b"[" * 100_000, "file-depth"),
        (b'{"a":' * 100_000, "file-depth"),
        (b"\x1b]0;owned\x07", "file-json"),
    ],
    ids=["no text", "a program", "empty", "not UTF-8", "deep list", "deep object", "escapes"],  # the environment holds the id
)
@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_hostile_files_are_one_clear_line(tmp_path: Path, data: bytes, code: str, suffix: str) -> None:
    path = tmp_path / f"hostile{suffix}"
    path.write_bytes(data)

    run = pressmark("validate", path)

    assert 1 == run.returncode
    first = run.stdout.splitlines()[0]
    assert code in first
    assert first.isprintable()
    assert "Traceback" not in run.stderr
    if suffix == ".json":
        assert 1 == len([line for line in run.stdout.splitlines() if not line.startswith("    ")])


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (["validate", "no-such-file.json"], 2),
        (["build", "no-such-folder"], 2),
        (["show", "--project", "no-such-folder", "x"], 2),
        (["anchor", "no-such-file.json"], 2),
        (["build", "--check", "--without-text"], 2),
        (["hydrate", "no-such-folder", "--seeds", "seeds"], 2),
        (["anchor", str(CASE), "--project", "no-such-folder"], 2),
        (["show", "no-such-article"], 1),
        (["show", str(SHIFTED)], 1),
        (["show", "tests/cases/valid/relations.json"], 1),
        (["anchor", str(CASE)], 1),
    ],
)
def test_what_cannot_be_done_is_one_line(arguments: list[str], exit_code: int) -> None:
    run = pressmark(*arguments)

    assert exit_code == run.returncode
    assert one_line(run)


@pytest.mark.parametrize("arguments", [[], ["no-such-command"], ["validate"], ["validate", "--format", "xml", CASE], ["show"]])
def test_wrong_usage_is_exit_2(arguments: list[object]) -> None:
    run = pressmark(*arguments)

    assert 2 == run.returncode
    assert "Usage" in run.stdout + run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_exit_3(tmp_path: Path) -> None:
    path = tmp_path / "secret.json"
    path.touch(mode=0o000)

    assert 3 == pressmark("validate", path).returncode


def test_a_full_disk_is_exit_3_and_one_line(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "seeds", project / "seeds")
    program = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
        "from pressmark.cli import main\n"
        "main()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, "build", project], capture_output=True, text=True, encoding="utf-8", check=False
    )

    assert 3 == run.returncode
    one_line(run)
    assert {"seeds", ".pressmark"} == {path.name for path in project.iterdir() if path.suffix != ".lock"}


def test_show_takes_an_id_a_seed_an_annotation_or_records() -> None:
    name = "004_a77e34100e659021"
    shown = pressmark("show", name).stdout

    assert "[Yoshimasa Hayashi]" in shown
    assert shown == pressmark("show", f"seeds/{name}.txt").stdout
    assert shown == pressmark("show", f"annotations/{name}.json").stdout
    assert shown in pressmark("show", "data/articles.jsonl").stdout
    assert shown in pressmark("show", "data/articles/train-00000-of-00001.parquet").stdout


def test_a_near_miss_of_an_id_is_suggested() -> None:
    assert "did you mean 004_a77e34100e659021" in one_line(pressmark("show", "004_a77e34100e65902"))


def test_a_reader_that_stops_early_is_no_error() -> None:
    run = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m pressmark show 004_a77e34100e659021 | head -n 1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "004_a77e34100e659021\n" == run.stdout
    assert "" == run.stderr


def test_output_that_cannot_hold_the_letters_is_no_error() -> None:
    run = pressmark("show", "004_a77e34100e659021", PYTHONIOENCODING="ascii")

    assert (0, "") == (run.returncode, run.stderr)


def test_an_annotation_in_its_project_is_judged_on_its_text(tmp_path: Path) -> None:
    for folder in ("seeds", "annotations"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    path = tmp_path / "annotations/004_a77e34100e659021.json"
    assert 0 == pressmark("validate", path).returncode

    record = json.loads(path.read_text(encoding="utf-8"))
    record["entities"][0]["mentions"][0]["start"] += 1
    path.write_text(json.dumps(record), encoding="utf-8")

    run = pressmark("validate", path)
    assert 1 == run.returncode
    assert "$.entities[0].mentions[0] (e1): span-text" in run.stdout.splitlines()[0]


def test_anchor_writes_what_build_reads(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    draft: dict[str, Any] = {
        "id": "004_a77e34100e659021",
        "annotators": [{"id": "a", "kind": "human", "role": "annotator", "name": "A", "version": None}],
        "layers": {"zones": "none", "entities": "silver", "quotes": "none", "claims": "none"},
        "entities": [
            {
                "id": "e1",
                "label": "PERSON",
                "name": "Yoshimasa Hayashi",
                "mentions": [{"text": "Yoshimasa Hayashi", "level": "name"}],
            }
        ],
    }
    (tmp_path / "draft.json").write_text(json.dumps(draft), encoding="utf-8")

    run = pressmark("anchor", "draft.json", cwd=tmp_path)

    assert (0, "annotations/004_a77e34100e659021.json\n", "") == (run.returncode, run.stdout, run.stderr)
    assert 0 == pressmark("build", tmp_path).returncode
    shown = pressmark("show", "004_a77e34100e659021", cwd=tmp_path).stdout
    assert "Hayashi]e1" in shown

    draft["entities"][0]["mentions"][0]["text"] = "Yoshimasa"
    draft["entities"][0]["mentions"].append({"text": "Yoshimasa Hayashi", "level": "name"})
    (tmp_path / "draft.json").write_text(json.dumps(draft), encoding="utf-8")
    before = (tmp_path / "annotations/004_a77e34100e659021.json").read_bytes()
    run = pressmark("anchor", "draft.json", cwd=tmp_path)
    assert 1 == run.returncode
    assert "mention-overlap" in one_line(run)
    assert before == (tmp_path / "annotations/004_a77e34100e659021.json").read_bytes()
