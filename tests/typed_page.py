"""Types what a page of the documentation shows, and compares what is printed with what the page says is printed.

A block ``sh`` holds commands; a block ``text`` right after it holds all that they print. A block ``console`` holds both: ``$
command``, and below it what it prints. There, ``...`` stands for what is left out, on a line of its own for whole lines. The
blocks of Python of a page are one program. Comments, which no reader sees, mark the rest:

- ``<!-- not typed: REASON -->``: the next block is not run.
- ``<!-- exits with 1 -->``: the last command of the next block does.
- ``<!-- into: FILE -->``: the next block goes into a file: ``csv`` at its end, ``diff`` as a change, others as a whole.
- ``<!-- by hand: NAME -->``: a function of the test does here what the text says.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
import warnings
from contextlib import chdir, redirect_stderr, redirect_stdout
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import pytest

from conftest import CHECKOUT
from pressmark.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PART = re.compile(
    r"(?:^<!-- (?P<mark>(?:not typed|exits with|into)\b.*?) -->\n+)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$"
    r"|^<!-- (?P<hand>by hand: .*?) -->$",
    re.MULTILINE | re.DOTALL,
)
_LEFT_OUT = re.escape("...")
SHELL = ("sh", "bash", "console")


class Block(NamedTuple):
    """A block of a page with the mark before it; without a kind, what somebody does by hand."""

    kind: str
    text: str
    mark: str

    @property
    def commands(self) -> list[tuple[str, str | None]]:
        """Each command with what the block says that it prints, or None."""
        if self.kind == "console":
            return re.findall(r"^\$ (.*\n)((?:(?!\$ ).*\n)*)", self.text, re.MULTILINE)
        return [(line, None) for line in self.text.replace("\\\n", " ").splitlines()] if self.kind in SHELL else []


def blocks(page: str) -> list[Block]:
    """The blocks of a page such as ``docs/start.md``."""
    text = (CHECKOUT / page).read_text(encoding="utf-8")
    return [Block(part["kind"] or "", part["text"] or "", part["mark"] or part["hand"] or "") for part in _PART.finditer(text)]


def type_page(
    page: str,
    folder: Path,
    by_hand: Mapping[str, Callable[[], object]] | None = None,
    environment: dict[str, str] | None = None,
    change: Callable[[str], str] = str,
) -> None:
    """Do all that a page shows, in a folder. With an environment, each command is a process of its own."""
    printed, known = "", {"__name__": "__main__"}
    with chdir(folder):
        for (kind, text, mark), (after, _, _) in pairwise([*blocks(page), Block("", "", "")]):
            block = Block(kind, change(text), mark)
            about, _, what = mark.partition(": ")
            if about == "not typed":
                continue
            if about == "by hand":
                (by_hand or {})[what]()
            elif about == "into":
                _edit(block, Path(what))
            elif kind in SHELL:
                printed = _typed(page, block, environment)
            elif kind == "python":
                printed = _program(page, block.text, known)
                assert not printed or after == "text", f"{page}: the output of a block is not shown: {printed}"
            elif kind == "text":
                compare(f"{page}: output", block.text, printed)


def _typed(page: str, block: Block, environment: dict[str, str] | None) -> str:
    """What the commands of a block print."""
    last = int(block.mark.removeprefix("exits with ") or 0)
    screen = ""
    for number, (line, shown) in enumerate(block.commands, start=1):
        code, printed = shell(line, environment)
        wanted = last if number == len(block.commands) else 0
        assert wanted == code, f"{page}: {line}: exit code {code}\n{printed}"
        if shown is not None:
            compare(f"{page}: {line}", shown, printed)
        screen += printed
    return screen


def compare(what: str, shown: str, printed: str) -> None:
    """Fail unless a page shows what was printed."""
    lines = (re.escape(line).replace(_LEFT_OUT, ".*") for line in shown.splitlines(keepends=True))
    pattern = "".join("(?:.*\n)*" if line == ".*\\\n" else line for line in lines)
    if not re.fullmatch(pattern, printed):
        pytest.fail(f"{what}\n--- the page says\n{shown}--- it prints\n{printed}", pytrace=False)


def shell(line: str, environment: dict[str, str] | None = None) -> tuple[int, str]:
    """Run a line of shell: the exit code, and what it prints. What is only a command of ours runs in this process."""
    words = shlex.split(line, comments=True)
    if environment is None and words[:1] == ["pressmark"] and not {"|", "<", ">", "&&"} & {*words}:
        return _ours([name for word in words[1:] for name in (sorted(map(str, Path().glob(word))) if "*" in word else [word])])
    ran = subprocess.run(
        ["bash", "-ec", f'pressmark() {{ "$PYTHON" -m pressmark "$@"; }}\n{line}'],
        env=os.environ | {"PYTHON": sys.executable, "PYTHONUTF8": "1"} | (environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return ran.returncode, ran.stdout


def _ours(arguments: list[str]) -> tuple[int, str]:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with redirect_stdout(screen), redirect_stderr(screen), patch.object(sys, "argv", ["pressmark", *arguments]):
        try:
            main()
        except SystemExit as left:
            code = left.code
    return int(code or 0), screen.buffer.getvalue().decode()


def _program(page: str, code: str, known: dict[str, Any]) -> str:
    screen = io.StringIO()
    with redirect_stdout(screen), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # a recipe leaves closing a file to the end
        exec(compile(code, page, "exec"), known)  # noqa: S102 - our own page
    return screen.getvalue()


def _edit(block: Block, file: Path) -> None:
    if block.kind == "csv":
        file.write_text(file.read_text(encoding="utf-8") + block.text, encoding="utf-8", newline="")
    elif block.kind == "diff":
        _change(block.text, file)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block.text, encoding="utf-8", newline="")


def _change(diff: str, file: Path) -> None:
    """Change lines of a file as a diff says: a removed line becomes the lines added after it; other lines go before theirs."""
    text = file.read_text(encoding="utf-8")
    for removed, added, context in re.findall(r"(?:^-(.*\n))?((?:^\+.*\n)+)(?:^ (.*\n))?", diff, re.MULTILINE):
        old = removed or context
        assert 1 == text.count(old), old
        text = text.replace(old, re.sub(r"^\+", "", added, flags=re.MULTILINE) + ("" if removed else context))
    file.write_text(text, encoding="utf-8", newline="")
