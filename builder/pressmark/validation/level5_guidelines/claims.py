"""Level 5, guidelines: what claims say (schema/GUIDELINES.md, section 6)."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from pressmark.record.marks import DOUBLE_MARKS
from pressmark.record.text import quoted
from pressmark.validation.facts import holds
from pressmark.validation.level5_guidelines.acts import asserts
from pressmark.validation.level5_guidelines.page import is_placeholder
from pressmark.validation.level5_guidelines.values import VALUE_LABELS
from pressmark.validation.rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.record.model import Article, Claim
    from pressmark.validation.facts import Facts
    from pressmark.validation.rule import Problems

    Reach = tuple[int, int, str]  # where the content of a quote starts, how far it reaches, the quote

ADDED_TYPES = frozenset({"numerical", "causal"})  # claim types that stand beside a main one
MARKS = re.compile(f"[{DOUBLE_MARKS}]")  # which a proposition has none of; ’ is an apostrophe, too
_STOPS = ".。．।։۔።။។"
_SENTENCE = "a statement without quotation marks that ends with a full stop"


@rule(level=5, severity="warning")
def claim_quote(article: Article, facts: Facts) -> Problems:
    """A claim inside the content of a made assertion refers to that quote, because its sources are the claimers.

    If several quotes contain the claim, it refers to the smallest, or to one with the same content.
    """
    outer = _reaching((span.start, span.end, quote.id) for quote in article.quotes if asserts(quote) for span in quote.content)
    children = _children(facts)
    for c, claim in enumerate(article.claims):
        first = claim.content[0]
        if claim.quote in children:
            inner = _around(claim, children[claim.quote], facts)
            if inner:
                message = f"{quoted(first.text)} is inside the content of {inner[2]}, a quote inside {claim.quote}"
                yield Problem(f"/claims/{c}/quote", message, first.range, f"{inner[2]!r}, or a quote inside it")
        elif claim.quote is None:
            found = _around(claim, outer, facts)
            if found:
                message = f"{quoted(first.text)} is inside the content of {found[2]}, but quote is null"
                yield Problem(f"/claims/{c}/quote", message, first.range, "the innermost quote that contains the claim")


def _children(facts: Facts) -> dict[str | None, list[Reach]]:
    """By parent, the reach of the content of those children that are smaller than it."""
    found: dict[str | None, list[Reach]] = {}
    for quote in facts.article.quotes:
        if quote.parent is not None and asserts(quote) and quote.content != facts.contents.get(quote.parent):
            found.setdefault(quote.parent, []).extend((span.start, span.end, quote.id) for span in quote.content)
    return {parent: _reaching(places) for parent, places in found.items()}


def _reaching(places: Iterable[Reach]) -> list[Reach]:
    """For each place in order: where it starts, and how far it and those before it reach, with the quote that does."""
    found: list[Reach] = []
    for start, end, name in sorted(places):
        found.append((start, *found[-1][1:]) if found and found[-1][1] > end else (start, end, name))
    return found


def _around(claim: Claim, reaches: list[Reach], facts: Facts) -> Reach | None:
    """The last that starts where a claim does or before, if it or its quote contains the claim."""
    i = bisect_right(reaches, claim.content[0].start, key=itemgetter(0))
    if i == 0:
        return None
    _, end, quote = reaches[i - 1]
    if end >= claim.content[-1].end or all(holds(facts.contents[quote], span) for span in claim.content):
        return reaches[i - 1]
    return None


@rule(level=5, severity="warning")
def claim_unique(article: Article, _: Facts) -> Problems:
    """No two claims of one claimer have the same content."""
    seen: dict[tuple[object, ...], int] = {}
    is_sure = len({claim.content[0].start for claim in article.claims}) == len(article.claims)
    for c, claim in enumerate(article.claims if not is_sure else ()):
        first = article.claims[seen.setdefault((claim.quote, *(span.range for span in claim.content)), c)]
        differs = first.factuality != claim.factuality and first.proposition == claim.proposition  # see claim_factuality
        if first is not claim and not differs:
            span = claim.content[0]
            message = f"{quoted(span.text)} is already the content of {first.id}, a claim of the same claimer"
            expected = "only one of the two claims, or another content or quote"
            yield Problem(f"/claims/{c}/content", message, span.range, expected)


@rule(level=5, severity="warning")
def claim_types(article: Article, _: Facts) -> Problems:
    """A claim has exactly one main type. numerical and causal are additional types (schema/GUIDELINES.md, section 6.5)."""
    for c, claim in enumerate(article.claims):
        main = [kind for kind in claim.types if kind not in ADDED_TYPES]
        if len(main) != 1:
            span = claim.content[0]
            yield Problem(
                f"/claims/{c}/types",
                f"has {len(main)} main types: {', '.join(main)}" if main else "has no main type",
                span.range,
                "one of event_property, position_statement, prediction and rule",
            )


@rule(level=5, severity="warning")
def claim_checkworthiness(article: Article, _: Facts) -> Problems:
    """A position_statement, which judges something or expresses an attitude, is non_factual."""
    for c, claim in enumerate(article.claims):
        if claim.checkworthiness != "non_factual" and "position_statement" in claim.types:
            span = claim.content[0]
            message = f"is a position_statement, but {claim.checkworthiness}"
            yield Problem(f"/claims/{c}/checkworthiness", message, span.range, "non_factual, or another type")


@rule(level=5)
def claim_factuality(article: Article, _: Facts) -> Problems:
    """Claims with the same claimer and proposition have the same factuality."""
    seen: dict[tuple[str | None, str], tuple[str, str]] = {}
    for c, claim in enumerate(article.claims):
        first, factuality = seen.setdefault((claim.quote, claim.proposition), (claim.id, claim.factuality))
        if factuality != claim.factuality:
            span = claim.content[0]
            yield Problem(
                f"/claims/{c}/factuality",
                f"says {claim.factuality}, but {first} says {factuality} for the same proposition and claimer",
                span.range,
                "the same factuality in both claims",
            )


@rule(level=5, severity="warning")
def claim_about(article: Article, _: Facts) -> Problems:
    """A claim is about persons, places and things, not about dates, times, numbers and amounts."""
    values = {entity.id: entity for entity in article.entities if entity.label in VALUE_LABELS}
    for c, claim in enumerate(article.claims):
        for a, about in enumerate(claim.about):
            if about in values:
                message = f"{about} has the label {values[about].label}: {quoted(values[about].name)}"
                yield Problem(f"/claims/{c}/about/{a}", message, expected="only ids of entities that are not values")


@rule(level=5, severity="warning")
def claim_proposition(article: Article, _: Facts) -> Problems:
    """A proposition is one sentence. It ends with a full stop and has no quotation marks and no white space before it."""
    for c, claim in enumerate(article.claims):
        said = claim.proposition
        wrong = said[-1] not in _STOPS or said[0].isspace() or MARKS.search(said)
        if wrong and not is_placeholder(said):
            yield Problem(f"/claims/{c}/proposition", f"{quoted(said)} is not written as a sentence", expected=_SENTENCE)
