"""The progress bar: on a terminal only, never in what other programs read."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pressmark.cli.progress import progress

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import sys
from pressmark.cli.progress import progress
with progress("abc", 3, "reading [b]", "quiet" in sys.argv) as items:
    for item in items:
        print(item, flush=True)
        print("note", item, file=sys.stderr, flush=True)
print("rich", "rich" in sys.modules)
"""


COMMAND = """
import sys
from pressmark.cli import main
try:
    main()
finally:
    print("rich", "rich" in sys.modules)
"""


def on_a_terminal(out: Path, *arguments: object, program: str = PROGRAM) -> str:
    """What a terminal gets as standard error; standard output goes to a file."""
    pty = pytest.importorskip("pty")
    import os

    main, side = pty.openpty()
    with out.open("wb") as file:
        subprocess.run([sys.executable, "-c", program, *map(str, arguments)], stdout=file, stderr=side, check=True)
    os.close(side)
    shown = b""
    try:
        while data := os.read(main, 2**16):
            shown += data
    except OSError:  # Linux: the other side is closed
        pass
    os.close(main)
    return shown.decode()


def test_a_bar_and_messages_go_to_the_terminal_and_the_data_to_their_file(tmp_path: Path) -> None:
    shown = on_a_terminal(tmp_path / "out")

    assert "a\nb\nc\nrich True\n" == (tmp_path / "out").read_text()
    assert "reading [b]" in shown
    assert "3/3" in shown
    assert ["note a", "note b", "note c"] == [f"note {item}" for item in "abc" if f"note {item}\r\n" in shown]


def test_quiet_shows_no_bar_and_loads_nothing(tmp_path: Path) -> None:
    assert "note a\r\nnote b\r\nnote c\r\n" == on_a_terminal(tmp_path / "out", "quiet")
    assert "a\nb\nc\nrich False\n" == (tmp_path / "out").read_text()


def test_without_a_terminal_there_is_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(iter("abc"), None, "reading", quiet=False) as items:
        assert ["a", "b", "c"] == list(items)

    assert ("", "") == capsys.readouterr()


@pytest.fixture
def commands(small: Path) -> dict[str, list[object]]:
    records = small / "data/articles.jsonl"
    return {
        "build": ["build", small],
        "files": ["validate", small / "annotations/example.json", records],
        "records": ["validate", records],
        "score": ["score", records, records],
        "annotate": ["annotate", small],
    }


@pytest.mark.parametrize("bar", ["build", "files", "records", "score", "annotate"])
def test_a_command_shows_a_bar_unless_it_is_quiet(commands: dict[str, list[object]], tmp_path: Path, bar: str) -> None:
    shown = on_a_terminal(tmp_path / "out", *commands[bar], program=COMMAND)
    assert f"{bar} " in shown
    assert "2/" in shown
    assert (tmp_path / "out").read_text().endswith("rich True\n")

    on_a_terminal(tmp_path / "quiet", *commands[bar], "--quiet", program=COMMAND)
    assert (tmp_path / "quiet").read_text().endswith("rich False\n")


def test_one_annotation_is_validated_without_rich(small: Path, tmp_path: Path) -> None:
    on_a_terminal(tmp_path / "out", "validate", small / "annotations/example.json", program=COMMAND)

    assert "rich False\n" == (tmp_path / "out").read_text()
