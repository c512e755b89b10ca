"""Every command that a page shows is one that exists, with options that it has."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest
import typer.main

import pressmark.cli  # noqa: F401 - registers the commands
from conftest import CHECKOUT
from pressmark.cli.console import app
from typed_page import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = [
    *CHECKOUT.glob("*.md"),
    *CHECKOUT.glob("docs/**/*.md"),
    *CHECKOUT.glob("schema/*.md"),
    CHECKOUT / "seeds/README.md",
    CHECKOUT / "data/README.md",
]


def shown() -> Iterator[tuple[str, str]]:
    """Each command line of a block of shell, by its page."""
    for page in sorted(path.relative_to(CHECKOUT).as_posix() for path in PAGES):
        for line, _ in (command for block in blocks(page) for command in block.commands):
            for part in re.split(r" (?:&&|\||;) ", line.strip()):
                if part.strip().startswith("pressmark "):
                    yield page, part.strip()


@pytest.mark.parametrize(("page", "line"), list(shown()))
def test_a_command_of_a_page_is_one_that_exists(page: str, line: str) -> None:
    _, name, *arguments = shlex.split(re.split(r" [<>] ?\S+", line)[0], comments=True)
    command = typer.main.get_command(app).commands.get(name)  # type: ignore[attr-defined]
    assert command, f"{page}: there is no command {name}"

    context = command.context_class(command, info_name=name)

    command.make_parser(context).parse_args(arguments)  # raises where there is no such option
