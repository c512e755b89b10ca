"""Every command that a page shows is one that exists, with options that it has."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer.main

import pressmark.cli  # noqa: F401 - registers the commands
from pressmark.cli.console import app

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PAGES = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/**/*.md"),
    *ROOT.glob("schema/*.md"),
    ROOT / "seeds/README.md",
    ROOT / "data/README.md",
]


def shown() -> Iterator[tuple[str, str]]:
    """Each command line of a block of shell, by its page."""
    for page in sorted(PAGES):
        for block in re.findall(r"```(?:sh|console|bash)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            for line in block.replace("\\\n", " ").splitlines():
                for part in re.split(r" (?:&&|\||;) ", line.removeprefix("$ ")):
                    if part.strip().startswith("pressmark "):
                        yield page.relative_to(ROOT).as_posix(), part.strip()


@pytest.mark.parametrize(("page", "line"), list(shown()))
def test_a_command_of_a_page_is_one_that_exists(page: str, line: str) -> None:
    _, name, *arguments = shlex.split(re.split(r" [<>] ?\S+", line)[0], comments=True)
    command = typer.main.get_command(app).commands.get(name)  # type: ignore[attr-defined]
    assert command, f"{page}: there is no command {name}"

    context = command.context_class(command, info_name=name)

    command.make_parser(context).parse_args(arguments)  # raises where there is no such option


def test_pages_show_the_commands_that_people_need() -> None:
    names = {line.split()[1] for _, line in shown()}

    assert {
        "init",
        "add",
        "annotate",
        "build",
        "publish",
        "anchor",
        "export",
        "import",
        "merge",
        "compare",
        "validate",
    } <= names
