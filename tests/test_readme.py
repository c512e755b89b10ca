"""What the README shows is what happens."""

from __future__ import annotations

from conftest import CHECKOUT
from typed_page import blocks, type_page


def test_the_examples_print_what_the_page_says() -> None:
    type_page("README.md", CHECKOUT, change=lambda code: code.replace("/path/to/this/checkout", str(CHECKOUT)))


def test_there_are_two_one_line_commands_and_ci_runs_just_those() -> None:
    commands = [block.text.strip() for block in blocks("README.md") if block.kind == "sh"]

    assert 2 == len(commands)
    assert all(command.startswith("python3 -m venv") and "\n" not in command for command in commands)
    assert "grep '^python3 -m venv' README.md" in (CHECKOUT / ".ci/run").read_text(encoding="utf-8")
