"""Level 5, guidelines: what sources do, whether it happened, and which claims follow (schema/GUIDELINES.md, section 5.3a)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.record.text import quoted
from pressmark.validation.facts import holds
from pressmark.validation.rule import Problem, rule

if TYPE_CHECKING:
    from pressmark.record.model import Article, Quote
    from pressmark.validation.facts import Facts
    from pressmark.validation.rule import Problems

_OWN_CLAIM = frozenset({"commitment", "directive"})  # acts that the article, or the outer quote, reports in a claim of its own
_UNSETTLED = frozenset({"question", "directive", "commitment"})  # what stands in their content has not happened yet
_NEGATION = r"(?:\b(?:not|never|cannot|nor|neither)|n['’]t)\b"
_NEGATED = re.compile(_NEGATION, re.IGNORECASE)
_NEGATED_BEFORE = re.compile(_NEGATION + r"\s*\Z", re.IGNORECASE)
_LONGEST = len("neither  ")


def asserts(quote: Quote) -> bool:
    """Whether the article reports that the source put the content forward as true, so that claims may follow from it."""
    return quote.act == "assertion" and quote.status == "made"


@rule(level=5, about="pointers")
def claim_act(article: Article, facts: Facts) -> Problems:
    """A claim comes from a quote in which something was asserted: act assertion, status made."""
    for c, claim in enumerate(article.claims):
        quote = facts.quotes.get(claim.quote or "")
        if quote is not None and not asserts(quote):
            message = f"its quote {quote.id} has act {quote.act} and status {quote.status}, so nobody claims its content"
            expected = "no claim; the act itself may be a claim of the article or of the outer quote"
            yield Problem(f"/claims/{c}/quote", message, claim.content[0].range, expected)


@rule(level=5)
def claim_inside(article: Article, _: Facts) -> Problems:
    """What stands inside a quote that is not a made assertion is no claim by itself, not even the article's.

    It can only be part of the claim that reports the act, whose content also covers the cue.
    """
    others = [quote for quote in article.quotes if not asserts(quote)]
    for c, claim in enumerate(article.claims):
        for quote in others:
            if claim.quote != quote.id and all(holds(quote.content, span) for span in claim.content):
                message = f"{quoted(claim.content[0].text)} is inside {quote.id}, a {quote.act} that was {quote.status}"
                yield Problem(f"/claims/{c}/content", message, claim.content[0].range, "no claim, or one that covers the cue")
                break


@rule(level=5, severity="warning")
def act_claim(article: Article, facts: Facts) -> Problems:
    """A commitment or directive that was made is itself a claim of whoever reports it.

    The claim's content covers the cue of the quote, and its quote is the parent of the quote, or null.
    """
    if article.layers.claims == "none":
        return
    for q, quote in enumerate(article.quotes):
        parent = facts.quotes.get(quote.parent or "")
        if quote.act not in _OWN_CLAIM or quote.status != "made" or not quote.cue or (parent and not asserts(parent)):
            continue
        claims = (claim for claim in article.claims if claim.quote == quote.parent)
        if not any(all(holds(claim.content, cue) for cue in quote.cue) for claim in claims):
            message = f"the {quote.act} {quoted(quote.cue[0].text)} is in no claim of {quote.parent or 'the article'}"
            yield Problem(f"/quotes/{q}", message, quote.cue[0].range, "a claim that says that the source did it")


@rule(level=5)
def status_parent(article: Article, facts: Facts) -> Problems:
    """A quote inside another is judged as the outer one presents it.

    Under a question, directive or commitment, or under a quote that was not made, no quote is made.
    """
    for q, quote in enumerate(article.quotes):
        parent = facts.quotes.get(quote.parent or "")
        if parent is None or quote.status != "made":
            continue
        if parent.act in _UNSETTLED or parent.status != "made":
            message = f"says 'made', but its parent {parent.id} has act {parent.act} and status {parent.status}"
            expected = "not_made, expected or possible, as the parent presents it"
            yield Problem(f"/quotes/{q}/status", message, quote.content[0].range, expected)


@rule(level=5, severity="warning")
def cue_negation(article: Article, _: Facts) -> Problems:
    """A negation word in a cue, or directly before it, means that the quote was not made, except for quotes of thought."""
    for q, quote in enumerate(article.quotes):
        if quote.status != "made" or quote.medium == "thought":
            continue
        for c, cue in enumerate(quote.cue):
            before = article.text[max(0, cue.start - _LONGEST) : cue.start]
            if _NEGATED.search(cue.text) or _NEGATED_BEFORE.search(before):
                message = f"the cue {quoted(cue.text)} is negated, but status is 'made'"
                yield Problem(f"/quotes/{q}/cue/{c}", message, cue.range, "status not_made, with the negation in the cue")
