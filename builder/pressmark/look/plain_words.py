"""THE table of words for what the labels of a record mean, for whoever shows a record to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.annotators.claims.claim_words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.record.model import Act, Annotator, Article, Claim, Medium, Quote, Status

_STATUS: dict[Status, str] = {
    "made": "",
    "not_made": ", not made",
    "expected": ", expected later",
    "possible": ", only possible",
}
# What a source did, and the same after "did not", "might" or "expected to". No verb says more than the label does.
_VERBS: dict[Medium, dict[Act, tuple[str, str]]] = {
    "speech": {
        "assertion": ("said", "say"),
        "question": ("asked", "ask"),
        "directive": ("called for", "call for"),
        "commitment": ("promised or planned", "promise or plan"),
        "expressive": ("expressed", "express"),
    },
    "writing": {
        "assertion": ("wrote", "write"),
        "question": ("asked in writing", "ask in writing"),
        "directive": ("called in writing for", "call in writing for"),
        "commitment": ("promised or planned in writing", "promise or plan in writing"),
        "expressive": ("expressed in writing", "express in writing"),
    },
    "thought": {
        "assertion": ("thought", "think"),
        "question": ("wondered", "wonder"),
        "directive": ("wanted others to act", "want others to act"),
        "commitment": ("planned or agreed", "plan or agree"),
        "expressive": ("felt", "feel"),
    },
}
_DENIALS: dict[Medium, tuple[str, str]] = {
    "speech": ("denied", "deny"),
    "writing": ("denied in writing", "deny in writing"),
    "thought": ("doubted or denied", "doubt or deny"),
}
_NOT = frozenset({"not", "never", "no", "cannot"})
EXTENT = {"direct": "verbatim", "mixed": "partly verbatim", "indirect": "indirect"}
CERTAINTY = {"CT": "certain", "PR": "probable", "PS": "possible", "Uu": "uncommitted"}
WORTH = {
    "non_factual": "not a fact",
    "unimportant_factual": "a fact of little interest",
    "check_worthy": "worth checking",
}
RELATION = {
    "identical": "says the same as",
    "supporting": "supports",
    "refuting": "contradicts",
    "related": "is related to",
}


def act_and_status(quote: Quote) -> str:
    """What the source did, and whether it did: "assertion", "question, not made", "commitment, only possible"."""
    return f"{quote.act}{_STATUS[quote.status]}"


def denied(article: Article) -> frozenset[str]:
    """The ids of the quotes whose source puts forward as false what the content says: "denied that it fell".

    The cue of a quote tells it, or the factuality of all its claims.
    """
    signs: dict[str | None, set[str]] = {}
    for claim in article.claims:
        signs.setdefault(claim.quote, set()).add(claim.factuality[-1:])
    return frozenset(
        quote.id for quote in article.quotes if quote.act == "assertion" and (_denies(quote) or signs.get(quote.id) == {"-"})
    )


def _denies(quote: Quote) -> bool:
    """Whether the cue denies the content: "denied", "doubts", and not "did not deny"."""
    cue = {word for span in quote.cue for word in span.text.lower().split()}
    is_negated = bool(cue & _NOT) or any(word.endswith(("n’t", "n't")) for word in cue)
    return (
        quote.type != "direct"
        and bool(cue & (words().denial | words().doubtful))
        and is_negated == (quote.status == "not_made")
    )


def deed(quote: Quote, *, is_denied: bool = False) -> str:
    """The same as a verb: "said", "denied", "did not ask", "expected to call for", "might promise or plan"."""
    past, plain = _DENIALS[quote.medium] if is_denied else _VERBS[quote.medium][quote.act]
    return {"made": past, "not_made": f"did not {plain}", "expected": f"expected to {plain}", "possible": f"might {plain}"}[
        quote.status
    ]


def certainty(claim: Claim) -> str:
    """How sure the claimer is. `signed` gives the proposition its sign."""
    return CERTAINTY.get(claim.factuality[:2], CERTAINTY["Uu"])


def annotated_by(articles: Iterable[Article]) -> str:
    """Who annotated the articles, as far as the records say: "Annotated by machine" if no human is named."""
    return _by([annotator for article in articles for annotator in article.annotators])


def _by(annotators: list[Annotator]) -> str:
    kinds = {annotator.kind for annotator in annotators}
    if not kinds:
        return "Nobody has annotated this text"
    if "human" not in kinds:
        return "Annotated by machine" if "import" not in kinds else "Imported annotation: the record does not say who made it"
    if kinds == {"human"}:
        return "Annotated by people"
    marked = {annotator.kind for annotator in annotators if annotator.role == "annotator"}
    return "Annotated by people and machine" if "human" in marked else "Annotated by machine, reviewed by people"
