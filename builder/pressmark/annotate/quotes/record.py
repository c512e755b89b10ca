"""Attributions as the quotes of a record: valid by construction."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from pressmark.annotate.quotes.layer import Reading
from pressmark.annotate.quotes.link import Links
from pressmark.model import Annotator, Quote
from pressmark.segment.quotations import verbatim
from pressmark.text import spans

if TYPE_CHECKING:
    from pressmark.annotate.quotes.layer import Attribution
    from pressmark.model import Article, QuoteType

ID = "pressmark-quotes"
_CONFIDENCE = {"direct": 0.9, "mixed": 0.8, "indirect": 0.7}  # by type; set by hand, not measured
_UNNAMED = 0.1  # less without a source


def quotes(article: Article, *, thought: bool = False) -> Article:
    """Add the quotes that the rules find: reported speech and writing, with ``thought`` also beliefs, wishes and stances.

    A gold layer stays as it is, and so does one that claims point into; any other is replaced.
    """
    if article.layers.quotes == "gold" or any(claim.quote for claim in article.claims):
        return article
    annotator = Annotator(id=ID, kind="rules", name="pressmark rules for quotes", version=_version())
    others = tuple(one for one in article.annotators if one.id != ID)
    reading = Reading(article, thought=thought)
    found = list(reading.attributions())
    links = Links(article)
    names = {id(attribution): f"q{number}" for number, attribution in enumerate(found, 1)}
    made = []
    for attribution in found:
        content = spans(article.text, attribution.content)
        type_, inner = verbatim(article.text, ((span.start, span.end) for span in content), reading.marks)
        made.append(
            Quote(
                id=names[id(attribution)],
                type=type_,
                medium=attribution.medium,
                content=content,
                verbatim=spans(article.text, inner),
                cue=spans(article.text, attribution.cue),
                sources=links.sources(attribution),
                parent=names[id(attribution.parent)] if attribution.parent else None,
                annotator=ID,
                confidence=_confidence(attribution, type_),
            )
        )
    layers = replace(article.layers, quotes="silver")
    return replace(article, quotes=tuple(made), annotators=(*others, annotator), layers=layers)


@cache
def _version() -> str:
    return version("pressmark")


def _confidence(attribution: Attribution, type_: QuoteType) -> float:
    return round(_CONFIDENCE[type_] - (0 if attribution.sources else _UNNAMED), 2)
