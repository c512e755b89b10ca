"""brat: another reader finds what we wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pybrat.parser import BratParser

from pressmark.formats import brat
from test_formats import ARTICLES

if TYPE_CHECKING:
    from pathlib import Path


def test_pybrat_finds_each_quote_and_each_reference(tmp_path: Path) -> None:
    article = ARTICLES["gold 000_3b584eadf7b65c4a"]
    for name, data in brat.write([article]):
        (tmp_path / name).write_bytes(data)

    # "ignore", since it takes two labels on one span (a source that is a mention too) for an error; it reads both.
    (found,) = BratParser(error="ignore").parse(tmp_path)

    assert article.text == found.text
    assert len(article.quotes) == len(found.events)
    mentions = [mention for entity in article.entities for mention in entity.mentions]
    labels = {entity.label for entity in article.entities}
    assert len(mentions) == sum(entity.type in labels for entity in found.entities)
