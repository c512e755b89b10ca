"""Proposes claims with a classifier of sentences: the model says which sentences hold claims, our rules what they claim.

A label is `claim`, or it is not: the view `claim_detection` has `claim` and `no_claim`. In a sentence with claims, the rules
find each claim, its words, types, factuality and check-worthiness. Where they find none, there is none: what a quote does not
assert, for example, is no claim.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pressmark.annotators.claims import claims as by_rules
from pressmark.annotators.errors import UnavailableError
from pressmark.annotators.models import sentence_classifier
from pressmark.project.signature import sign

if TYPE_CHECKING:
    from pressmark.annotators.models import Model
    from pressmark.record.model import Article, Claim, Span

_CLAIM = "claim"


@cache
def load(annotator: str) -> Model:
    """Load the model ``hf:MODEL``.

    Raises:
        UnavailableError: a package or the model is missing, or it has no label ``claim``.
    """
    model = sentence_classifier(annotator.partition(":")[2])
    if not any(label.lower() == _CLAIM for label in model.labels):
        found = ", ".join(sorted(model.labels)[:6])
        raise UnavailableError(f"{annotator}: its labels ({found}) do not include claim, which marks a sentence with a claim")
    return model


def claims(article: Article, model: Model) -> Article:
    """Add the claims of the sentences in which a model sees some."""
    tagged = model.tag([sentence.text for sentence in article.sentences])
    scores = {
        sentence: found[0].score or 0.0
        for sentence, found in zip(article.sentences, tagged, strict=True)
        if found and found[0].label.lower() == _CLAIM
    }
    proposed = by_rules(replace(article, annotators=()))
    article, signature = sign(article, model.annotator)
    made: list[Claim] = []
    for claim in proposed.claims:
        sure = [score for sentence, score in scores.items() if _meet(claim.content[0], sentence)]
        if sure:
            confidence = round(min(sure[0], claim.confidence or 1.0), 3)
            made.append(replace(claim, id=f"c{len(made) + 1}", annotator=signature, confidence=confidence))
    return replace(article, claims=tuple(made), layers=proposed.layers)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
