"""Level 5, guidelines: what claims say (schema/GUIDELINES.md, section 6)."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from pressmark.record.text import quoted
from pressmark.validation.level4_references import Holder
from pressmark.validation.level5_guidelines.mentions import is_placeholder
from pressmark.validation.level5_guidelines.values import VALUE_LABELS
from pressmark.validation.rule import Problem, Problems

if TYPE_CHECKING:
    from pressmark.record.model import Article
    from pressmark.validation.rule import Rule

ADDED_TYPES = frozenset({"numerical", "causal"})  # claim types that stand beside a main one
MARKS = re.compile('[“”„«»"]')  # which a proposition has none of; ’ is an apostrophe, too


def claim_quote(article: Article) -> Problems:
    """A claim inside the content of a quote names the quote: its sources are the claimers, not the article.

    Of several quotes around it, it names the smallest, or one with the same content.
    """
    places = sorted((span.start, span.end, quote.id) for quote in article.quotes for span in quote.content)
    furthest: list[tuple[int, str]] = []
    for _, end, name in places:
        furthest.append(max((end, name), furthest[-1]) if furthest else (end, name))
    children = _children(article)
    contents = {quote.id: Holder(quote.content) for quote in article.quotes}
    for c, claim in enumerate(article.claims):
        if claim.quote in children:
            inner = children[claim.quote]
            i = bisect_right(inner, claim.content[0].start, key=lambda place: place[0]) - 1
            if i >= 0 and inner[i][1] >= claim.content[-1].end:
                span = claim.content[0]
                message = f"{quoted(span.text)} stands inside the content of {inner[i][2]}, a quote inside {claim.quote}"
                yield Problem(f"/claims/{c}/quote", message, (span.start, span.end), f"{inner[i][2]!r}, or a quote inside it")
        elif claim.quote is None:
            span = claim.content[0]
            i = bisect_right(places, span.start, key=lambda place: place[0]) - 1
            if i >= 0 and (furthest[i][0] >= claim.content[-1].end or all(map(contents[furthest[i][1]].holds, claim.content))):
                yield Problem(
                    f"/claims/{c}/quote",
                    f"{quoted(span.text)} stands inside the content of {furthest[i][1]}, but quote is null",
                    (span.start, span.end),
                    "the innermost quote that holds the claim",
                )


def _children(article: Article) -> dict[str | None, list[tuple[int, int, str]]]:
    """By parent: where the content of children smaller than it begins, how far these reach until there, and which does."""
    contents = {quote.id: quote.content for quote in article.quotes}
    found: dict[str | None, list[tuple[int, int, str]]] = {}
    for quote in article.quotes:
        if quote.parent is not None and quote.content != contents.get(quote.parent):
            found.setdefault(quote.parent, []).extend((span.start, span.end, quote.id) for span in quote.content)
    for places in found.values():
        places.sort()
        for i in range(1, len(places)):
            if places[i - 1][1] > places[i][1]:
                places[i] = (places[i][0], *places[i - 1][1:])
    return found


def claim_types(article: Article) -> Problems:
    """A claim has exactly one main type; numerical and causal are added to it (schema/GUIDELINES.md, section 6.5)."""
    for c, claim in enumerate(article.claims):
        main = [kind for kind in claim.types if kind not in ADDED_TYPES]
        if len(main) != 1:
            span = claim.content[0]
            yield Problem(
                f"/claims/{c}/types",
                f"has {len(main)} main types: {', '.join(main)}" if main else "has no main type",
                (span.start, span.end),
                "one of event_property, position_statement, prediction and rule",
            )


def claim_factuality(article: Article) -> Problems:
    """One claimer does not put one proposition forward with two factualities."""
    seen: dict[tuple[str | None, str], tuple[str, str]] = {}
    for c, claim in enumerate(article.claims):
        first, factuality = seen.setdefault((claim.quote, claim.proposition), (claim.id, claim.factuality))
        if factuality != claim.factuality:
            span = claim.content[0]
            yield Problem(
                f"/claims/{c}/factuality",
                f"says {claim.factuality}, but {first} says {factuality} of the same proposition in the same quote",
                (span.start, span.end),
                "one factuality for one proposition of one claimer",
            )


def claim_unique(article: Article) -> Problems:
    """One stretch of the text is one claim of one claimer."""
    seen: dict[tuple[object, ...], int] = {}
    for c, claim in enumerate(article.claims):
        first = article.claims[seen.setdefault((claim.quote, *((span.start, span.end) for span in claim.content)), c)]
        differs = first.factuality != claim.factuality and first.proposition == claim.proposition  # see claim_factuality
        if first is not claim and not differs:
            span = claim.content[0]
            message = f"{quoted(span.text)} is the content of {first.id} already, a claim of the same claimer"
            expected = "one claim for each stretch of text, so one of the two, or another content or quote"
            yield Problem(f"/claims/{c}/content", message, (span.start, span.end), expected)


def claim_checkworthiness(article: Article) -> Problems:
    """A claim that judges or tells an attitude (position_statement) is non_factual."""
    for c, claim in enumerate(article.claims):
        if claim.checkworthiness != "non_factual" and "position_statement" in claim.types:
            span = claim.content[0]
            message = f"is a position_statement, and yet {claim.checkworthiness}"
            yield Problem(f"/claims/{c}/checkworthiness", message, (span.start, span.end), "non_factual, or another type")


def claim_about(article: Article) -> Problems:
    """A claim is about persons, places and things, not about dates, times, numbers and amounts."""
    values = {entity.id: entity for entity in article.entities if entity.label in VALUE_LABELS}
    for c, claim in enumerate(article.claims):
        for a, about in enumerate(claim.about):
            if about in values:
                message = f"{about} is a {values[about].label}, {quoted(values[about].name)}"
                yield Problem(f"/claims/{c}/about/{a}", message, expected="the ids of entities that are no values")


def claim_proposition(article: Article) -> Problems:
    """A proposition is one sentence: it ends with a full stop, and has no quotation marks or white space around it."""
    for c, claim in enumerate(article.claims):
        said = claim.proposition
        wrong = said[-1] not in _STOPS or said[0].isspace() or MARKS.search(said)
        if wrong and not is_placeholder(said):
            yield Problem(f"/claims/{c}/proposition", f"{quoted(said)} is not written as a sentence", expected=_SENTENCE)


_STOPS = ".。．।։۔።။។"
_SENTENCE = "a statement without quotation marks that ends with a full stop"
RULES: tuple[Rule, ...] = (
    claim_quote,
    claim_unique,
    claim_types,
    claim_checkworthiness,
    claim_factuality,
    claim_about,
    claim_proposition,
)
