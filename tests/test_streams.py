"""Closed, full and interrupted streams: an exit code and one line, never a traceback; and nothing that a terminal acts on."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import annotate, write_json
from pressmark.record.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

ROOT = Path(__file__).parents[1]
VALID = ROOT / "tests/cases/valid/article.json"
SHIFTED = ROOT / "tests/cases/invalid/span-text.json"
CLOSED = os.strerror(9)
FULL = os.strerror(28)


def shell(command: str, redirected: str, *, unbuffered: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a command as a shell does that redirects its streams."""
    line = f"exec {shlex.quote(sys.executable)} -m pressmark {command} {redirected}"
    environment = os.environ | {"PYTHONUNBUFFERED": "1" if unbuffered else ""}
    return subprocess.run(
        ["sh", "-c", line],
        env=environment,
        cwd=ROOT,
        input=VALID.read_text(encoding="utf-8"),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("unbuffered", [False, True])
@pytest.mark.parametrize(
    ("command", "redirected", "code", "said"),
    [
        (f"validate {SHIFTED}", ">&-", 3, f"pressmark: standard output: {CLOSED}\n"),
        (f"show {VALID}", ">&-", 3, f"pressmark: standard output: {CLOSED}\n"),
        ("--help", ">&-", 3, f"pressmark: standard output: {CLOSED}\n"),
        (f"validate {VALID}", ">&-", 0, "pressmark: 1 file, 1 record: no issues\n"),
        ("validate -", "<&-", 3, f"pressmark: standard input: {CLOSED}\n"),
        ("show -", "<&-", 3, f"pressmark: standard input: {CLOSED}\n"),
        (f"validate {VALID}", "<&-", 0, "pressmark: 1 file, 1 record: no issues\n"),
        (f"validate {SHIFTED}", "2>&-", 1, ""),
        ("validate --nope", "2>&-", 2, ""),
        ("show nope", "2>&-", 1, ""),
        (f"validate {SHIFTED}", "<&- >&- 2>&-", 3, ""),
        (f"validate {SHIFTED}", ">/dev/full", 3, f"pressmark: standard output: {FULL}\n"),
        (f"show {VALID}", ">/dev/full", 3, f"pressmark: standard output: {FULL}\n"),
        ("--help", ">/dev/full", 3, f"pressmark: standard output: {FULL}\n"),
        (f"validate {VALID}", "2>/dev/full", 3, ""),
        ("show nope", "2>/dev/full", 3, ""),
        (f"validate {SHIFTED}", ">/dev/full 2>/dev/full", 3, ""),
    ],
)
def test_a_stream_that_cannot_be_used_is_one_line(
    command: str, redirected: str, code: int, said: str, *, unbuffered: bool
) -> None:
    if "/dev/full" in redirected and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")

    run = shell(command, redirected, unbuffered=unbuffered)

    assert (code, said) == (run.returncode, run.stderr)


def test_no_file_gets_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(SHIFTED.read_bytes())

    assert 3 == shell(f"validate --fix {path}", ">&-").returncode
    assert path.read_bytes() == SHIFTED.read_bytes()
    assert [path] == list(tmp_path.iterdir())


def test_a_full_disk_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(SHIFTED.read_bytes())
    program = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
        "from pressmark.__main__ import main\n"
        "main()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, "validate", "--fix", path],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert (3, f"pressmark: {path}: {os.strerror(27)}\n") == (run.returncode, run.stderr)
    assert path.read_bytes() == SHIFTED.read_bytes()


@pytest.mark.parametrize(
    "module", ["typer", "pressmark.cli.console", "pressmark.validation", "msgspec", "pressmark.look.issues"]
)
def test_an_interrupt_during_an_import_is_exit_130_without_a_traceback(module: str) -> None:
    program = (
        "import sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {module!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "from pressmark.__main__ import main\n"
        "main()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, "validate", SHIFTED], capture_output=True, text=True, encoding="utf-8", check=False
    )

    assert 130 == run.returncode
    assert run.stderr.strip() in {"", "Aborted!", "Aborted."}


def test_the_command_is_the_module_that_catches_interrupts() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert {"pressmark": "pressmark.__main__:main"} == project["scripts"]


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_while_it_works_is_exit_130_without_a_traceback(tmp_path: Path, jobs: str) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text((json.dumps(json.loads(VALID.read_text(encoding="utf-8"))) + "\n") * 100_000, encoding="utf-8")
    started = subprocess.Popen(
        [sys.executable, "-m", "pressmark", "validate", "--jobs", jobs, path],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(4)
    os.killpg(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=60)

    assert 130 == started.returncode
    assert "Traceback" not in said


EVIL = "“The gate \x9b31mwas\x7f \x1b[31mstuck,” Ilse\x85 Brandt said.\n"


def controls(*texts: str) -> set[str]:
    return {char for text in texts for char in text if char != "\n" and (char < " " or "\x7f" <= char <= "\x9f")}


def evil(small: Path) -> tuple[Path, Path]:
    """A seed with controls in a project, and where records of it may go."""
    text = small / "seeds/evil.txt"
    text.write_text(EVIL, encoding="utf-8", newline="")
    return text, small / "evil.jsonl"


def test_annotate_prints_no_control_and_loses_none(small: Path, pressmark: Callable[..., Ran]) -> None:
    text, records = evil(small)

    code, out, err = pressmark("annotate", text)

    assert (0, set()) == (code, controls(out, err))
    assert EVIL == json.loads(out)["text"]
    records.write_text(out, encoding="utf-8")
    assert 0 == pressmark("validate", records).code


@pytest.mark.parametrize("output", ["text", "jsonl", "github", "sarif"])
def test_no_command_prints_a_control(small: Path, pressmark: Callable[..., Ran], output: str) -> None:
    text, records = evil(small)
    found = json.loads(pressmark("annotate", text).out)
    found["zones"][0]["start"] += 1
    found["entities"].append(
        {"id": "e\x9b", "name": "\x1b[31m", "mentions": [{"start": 0, "end": 9, "text": EVIL[:9], "level": "name"}]}
    )
    records.write_text(json.dumps(found, ensure_ascii=False) + "\n", encoding="utf-8")
    draft = write_json(small / "draft.json", {"id": "evil", "entities": [{"id": "e1", "mentions": ["\x9b31m", "\x1b"]}]})
    annotate(small, "evil", text_sha256="0" * 64, id="evil\x9b")
    for command in (
        ("validate", "--format", output, records, small),
        ("validate", "--format", output, "--diff", records),
        ("show", text),
        ("show", records),
        ("show", "\x9b\x1b"),
        ("anchor", draft, "--project", small),
        ("build", small),
        ("validate", "\x9b\x1b[31m"),
    ):
        ran = pressmark(*command)
        assert set() == controls(ran.out, ran.err), command
        assert ran.code


def test_a_name_made_of_words_of_a_text_is_one_line_without_controls() -> None:
    assert "the harbour officials" == one_line("the  harbour\r\nofficials ")
    assert "a\ufffdb\ufffd" == one_line("a\x1bb\x9b")
