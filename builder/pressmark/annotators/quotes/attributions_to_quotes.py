"""Converts attributions to the quotes of a record, and drops those that break a rule."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from pressmark.annotators.drop_invalid import drop_invalid
from pressmark.annotators.quotes.article_attributions import Reading
from pressmark.annotators.quotes.confidence import Marked, confidence
from pressmark.annotators.quotes.finders import Rules
from pressmark.annotators.quotes.link_sources import Links
from pressmark.project.signature import sign
from pressmark.record.model import Annotator, Quote
from pressmark.record.spans import spans
from pressmark.segment.quotations import verbatim
from pressmark.validation.registry import article_issues, proposal_issues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.quotes.attribution import Attribution
    from pressmark.annotators.quotes.finders import Finder
    from pressmark.record.issue import Issue
    from pressmark.record.model import Article

ID = "pressmark-quotes"


def quotes(article: Article, *, thought: bool = False) -> Article:
    """Add the quotes that the rules find: reported speech and writing, with ``thought`` also beliefs, wishes and stances.

    A gold layer is kept, and so is one that claims refer to; any other is replaced.
    """
    return with_quotes(article, Rules(thought=thought), _annotator())


def with_quotes(article: Article, finder: Finder, annotator: Annotator) -> Article:
    """Add the quotes that a finder finds, signed by an annotator. The rules say which act and status each has.

    A gold layer is kept, and so is one that claims refer to; any other is replaced.
    """
    if article.layers.quotes == "gold" or any(claim.quote for claim in article.claims):
        return article
    reading = Reading(article, finder)
    found = list(reading.attributions())
    names = {id(attribution): f"q{number}" for number, attribution in enumerate(found, 1)}
    links = Links(article, found)
    older = {one for one in article.annotators if (one.id, one.name) == (annotator.id, annotator.name) and one != annotator}
    others = tuple(one for one in article.annotators if one not in older)
    article, signature = sign(replace(article, annotators=others), annotator)
    made = tuple(_quote(article.text, attribution, names, reading, links, signature) for attribution in found)
    proposed = replace(article, quotes=made, layers=replace(article.layers, quotes="silver"))
    if not any(article_issues(proposed, about={"quotes"})):  # nor can a reference be wrong before a quote is dropped
        return proposed
    return drop_invalid(proposed, lambda _: None, _quote_issues)  # odd marks (“” with nothing inside) hold no quote


def _quote_issues(article: Article) -> Iterator[Issue]:
    return (issue for issue in proposal_issues(article) if issue.pointer.startswith("/quotes/"))


def _quote(  # noqa: PLR0913, PLR0917 - what a quote is made of
    text: str, attribution: Attribution, names: dict[int, str], reading: Reading, links: Links, signature: str
) -> Quote:
    content = spans(text, attribution.content)
    type_, inner = verbatim(text, (span.range for span in content), reading.marks)
    cue, sources, score = spans(text, attribution.cue), links.sources(attribution), attribution.score
    if score is None:
        sentence = reading.sentence_at((attribution.cue or attribution.content)[0][0])
        score = confidence(attribution.rule, Marked(type_, attribution.status, content, cue, sources), text, sentence)
    return Quote(
        id=names[id(attribution)],
        type=type_,
        medium=attribution.medium,
        act=attribution.act,
        status=attribution.status,
        content=content,
        verbatim=spans(text, inner),
        cue=cue,
        sources=sources,
        addressees=links.addressees(attribution),
        parent=names[id(attribution.parent)] if attribution.parent else None,
        annotator=signature,
        confidence=score,
    )


@cache
def _annotator() -> Annotator:
    return Annotator(id=ID, kind="rules", role="annotator", name="pressmark rules for quotes", version=version("pressmark"))
