"""What the pages in docs/ show is what happens: a new user types their commands one after the other."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import CHECKOUT
from typed_page import type_page


def choose(name: str, person: str) -> None:
    """Say in the table of links that everybody of a name is one person."""
    table = Path("news/links.csv")
    text = table.read_text(encoding="utf-8")
    table.write_text(re.sub(rf"^(?=,.*?,.*?,{name},)", person, text, flags=re.MULTILINE), encoding="utf-8")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a new user went through the first page. The others go on from there."""
    folder = tmp_path_factory.mktemp("start")
    shutil.copy(CHECKOUT / "docs/start-articles.csv", folder / "articles.csv")
    type_page("docs/start.md", folder, {"choose Ann Lee": lambda: choose("Ann Lee", "ann-lee")})
    return folder


def test_a_new_user_gets_from_a_table_to_a_dataset(started: Path) -> None:
    assert "human" in (started / "news/annotations/water-prices.json").read_text(encoding="utf-8")
    assert (started / "news/data/quotes/train-00000-of-00001.parquet").is_file()
