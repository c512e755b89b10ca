"""Every page can be reached, and no link leads nowhere."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from conftest import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [
    *CHECKOUT.glob("*.md"),
    *(path for name in ("docs", "schema", "seeds", "data") for path in (CHECKOUT / name).rglob("*.md")),
]
_CODE = re.compile(r"^ *```.*?^ *```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def links(page: Path) -> list[str]:
    """The relative links of a page, outside code."""
    found = re.findall(r"\]\(([^)\s]+)\)", _CODE.sub("", page.read_text("utf-8")))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


@cache
def anchors(page: Path) -> frozenset[str]:
    """The anchors that GitHub gives the headings of a page."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    plain = (re.sub(r"\]\([^)]*\)", "", heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE))
    named = re.findall(r'<a (?:id|name)="([^"]+)"', text)
    return frozenset([*(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in plain), *named])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_of_the_documentation_can_be_reached_from_its_contents() -> None:
    contents = CHECKOUT / "docs/README.md"
    reached = {(contents.parent / link.partition("#")[0]).resolve() for link in links(contents)}

    assert not {page for page in (CHECKOUT / "docs").glob("*.md") if page != contents} - reached


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A `b` – (c)\n[x](a.md#a-b--c) `[y](no.md)` [z](gone.md)\n", "utf-8")

    assert ["a.md#a-b--c", "gone.md"] == links(tmp_path / "a.md")
    assert {"a-b--c"} == anchors(tmp_path / "a.md")
