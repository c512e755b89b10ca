"""Articles for the tests of annotators: from a text, and from strategies for texts that are hard to read."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from pressmark.record.model import Article, Layers, Metadata
from pressmark.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.record.model import Entity

MARKS = st.text(alphabet="“”\"'‘’«»„‟‚‛‹›「」`()[],.:;!?— \nas", max_size=60)
_WORDS = """“ ” " ' « » „ ( ) , . : ; — said says told that to by as quoted according Ann Lee she who which and but
was not asked whether Reuters report in the a man claims adding think"""
WORDS = st.lists(st.sampled_from([*_WORDS.split(), "\n"]), max_size=50).map(" ".join)


def an_article(text: str, entities: Iterable[Entity] = ()) -> Article:
    entities = tuple(entities)
    article = Article(
        schema_version="1.0.0",
        offset_unit="code_point",
        id="a",
        text=text,
        text_sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        language="en",
        metadata=Metadata(None, None, None, None, None, None, None, None),
        zones=(),
        sentences=(),
        entities=entities,
        quotes=(),
        claims=(),
        annotators=(),
        layers=Layers("none", "silver" if entities else "none", "none", "none"),
    )
    return segment(article)
