"""Whatever the text and the marks: exported and imported again, a record is the same. Spans cross, nest and are interrupted.

The texts have emoji, joined emoji, combining marks, two directions, CR LF, tabs and characters that look like mark-up.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from page_records import random_article
from pressmark.formats import registry
from pressmark.formats.fields import SHAPES, losses
from pressmark.formats.reconcile import is_same_text, reconciled
from pressmark.record.model import Addressee, Article, Layers, Mention, Quote
from pressmark.record.spans import spans
from test_formats import ME, exchanged, kept

if TYPE_CHECKING:
    from pressmark.record.model import Span

LEVELS = ["name", "nominal", "pronoun"]
_XML_LACKS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def cleaned(article: Article, levels: list[str]) -> Article:
    """The article with spans as level 3 has them: no white space at an edge, sorted, disjoint, none twice in an entity."""
    text = article.text

    def tidy(parts: tuple[Span, ...]) -> tuple[Span, ...]:
        return spans(text, [part.range for part in parts])

    entities = []
    for i, entity in enumerate(article.entities):
        level: Any = levels[i % len(levels)]
        mentions = tuple(Mention(*span.range, span.text, level) for span in tidy(entity.mentions))
        if mentions:
            entities.append(replace(entity, mentions=mentions))
    known = {entity.id for entity in entities}
    quotes = tuple(_tidied(quote, tidy, known) for quote in article.quotes if tidy(quote.content))
    claims = tuple(
        replace(claim, content=tidy(claim.content), types=("prediction", "causal"))
        for claim in article.claims
        if tidy(claim.content)
    )
    return replace(article, entities=tuple(entities), quotes=quotes, claims=claims)


def _tidied(quote: Quote, tidy: Any, known: set[str]) -> Quote:
    sources = {one.range: one for one in quote.sources}
    people = [sources.get(span.range, quote.sources[0]) for span in tidy(quote.sources)]
    found = tuple(
        replace(one, start=span.start, end=span.end, text=span.text, entity=one.entity if one.entity in known else None)
        for one, span in zip(people, tidy(quote.sources), strict=True)
    )
    addressees = tuple(Addressee(span.start, span.end, span.text, None) for span in tidy(quote.addressees))
    return replace(quote, content=tidy(quote.content), cue=tidy(quote.cue), sources=found, addressees=addressees)


def made_up(seed: int, levels: list[str]) -> Article:
    """A random article that XML can hold. Empty lines end in CR LF."""
    article = random_article(seed)
    text = _XML_LACKS.sub("\N{REPLACEMENT CHARACTER}", article.text).replace("\n\n", "\r\n")
    return cleaned(replace(article, text=text, text_sha256=sha256(text.encode()).hexdigest()), levels)


def test_the_articles_are_hard() -> None:
    found = [made_up(seed, ["name", "nominal"]) for seed in range(30)]

    lost: Counter[str] = sum(
        (losses(article, frozenset(registry.named("brat").KEEPS) - {*SHAPES}) for article in found), Counter()
    )
    assert all(lost[shape] > 30 for shape in SHAPES)
    assert any("\r\n" in article.text for article in found)
    assert any(char > "\uffff" for article in found for entity in article.entities for m in entity.mentions for char in m.text)


@pytest.mark.parametrize("name", registry.BOTH_WAYS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), levels=st.lists(st.sampled_from(LEVELS), min_size=1, max_size=4))
def test_what_was_exported_comes_back(
    name: str, seed: int, levels: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    article = made_up(seed, levels)
    module, folder = registry.named(name), tmp_path_factory.mktemp(name)
    nothing = replace(article, entities=(), quotes=(), claims=(), annotators=(), layers=Layers("none", "none", "none", "none"))

    foreign = exchanged(module, article, folder)
    made, problems = reconciled(foreign, nothing, module.KEEPS, ME)

    assert is_same_text(foreign, article)
    assert (article, []) == reconciled(foreign, article, module.KEEPS, ME)
    assert ([], {}) == (problems, dict(losses(article, module.KEEPS)))
    assert kept(article, module.KEEPS) == kept(made, module.KEEPS)
