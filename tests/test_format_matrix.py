"""The table of formats in the docs says what is so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pressmark.formats import registry
from pressmark.formats.fields import LAYERS, SHAPES, fields
from pressmark.publish.format_matrix import COLUMNS, matrix
from test_formats import ARTICLES


def test_columns_stand_for_fields_that_exist() -> None:
    assert all(kept and kept <= fields(*LAYERS) | {*SHAPES, "metadata"} for kept in COLUMNS.values())


def test_the_table_has_a_row_for_each_format() -> None:
    assert [f"| `{name}` " for name in registry.NAMES] == [
        line.partition("`")[0] + "`" + line.split("`")[1] + "` " for line in matrix().split("\n")[2:]
    ]


@pytest.mark.parametrize("name", registry.NAMES)
def test_metadata_is_in_the_file_if_the_format_says_so(name: str) -> None:
    article = ARTICLES["gold 000_3b584eadf7b65c4a"]
    marked = replace(article, metadata=replace(article.metadata, publisher="Zq Herald"))

    changed = [data for _, data in registry.named(name).write([marked])] != [
        data for _, data in registry.named(name).write([article])
    ]

    assert changed == ("metadata" in registry.named(name).KEEPS)
