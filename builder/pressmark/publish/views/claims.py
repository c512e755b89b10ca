"""The views of the claim layer: claims, claim_detection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from pressmark.publish.views.columns import CONTENT_TEXT, CONTEXT, ENTITY, SPAN, View, listed, made, struct, target, text
from pressmark.publish.views.entities import name_of
from pressmark.publish.views.quotes import content_text, context
from pressmark.record import contract
from pressmark.record.proposition import signed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.publish.views.columns import Row
    from pressmark.record.model import Article, Claim, Entity, Quote, Source

SIGNED = text("The proposition with its sign: “denies: …” if the claimer puts it forward as false (FactBank).")
_WORTH = ("none", *contract.labels(contract.at("article", "claims/checkworthiness")))

CLAIMS = View(
    "claims",
    "one row per claim, with who claims it",
    {
        "article": "id",
        "id": "claims/id",
        "proposition": "claims/proposition",
        "signed": SIGNED,
        "text": CONTENT_TEXT,
        **{name: f"claims/{name}" for name in ("content", "types", "checkworthiness", "factuality", "quote")},
        "claimers": listed(
            "The originators of its quote, each once, and the members of groups; empty where the article claims it.",
            struct(
                "A claimer.",
                {
                    "text": "quotes/sources/text",
                    "entity": "quotes/sources/entity",
                    **ENTITY,
                    "member_of": {
                        "type": ["string", "null"],
                        "description": "The id of the group through which this member claims it; null for the claimer itself.",
                    },
                },
            ),
        ),
        "about": listed("The entities that it is about.", struct("An entity.", {"entity": "entities/id", **ENTITY})),
        **CONTEXT,
        **made("claims"),
    },
)
CLAIM_DETECTION = View(
    "claim_detection",
    "one row per sentence, also without a claim: whether it makes one, and whether one is worth a check",
    {
        "id": text("The article's id and the place of the sentence in it, from 0: unique in the view."),
        "article": "id",
        **SPAN,
        **target("label", "Whether the content of a claim has a character in the sentence.", ("no_claim", "claim")),
        **target("checkworthiness", "The highest check-worthiness of a claim in the sentence, or none.", _WORTH),
        "claims": listed("The claims in the sentence.", "claims/id"),
        "layer": "layers/claims",
    },
)


def claim_rows(article: Article) -> Iterator[Row]:
    """The rows of `claims`."""
    entities = {entity.id: entity for entity in article.entities}
    quotes = {quote.id: quote for quote in article.quotes}
    for claim in article.claims:
        extra = {
            "article": article.id,
            "signed": signed(claim.proposition, claim.factuality),
            "text": content_text(claim),
            "claimers": list(claimers(quotes.get(claim.quote or ""), entities)),
            "about": [{"entity": entity, **name_of(entities.get(entity))} for entity in claim.about],
            "layer": article.layers.claims,
        }
        yield msgspec.to_builtins(claim) | extra | context(article, claim)


def claimers(quote: Quote | None, entities: dict[str, Entity]) -> Iterator[Row]:
    """Who claims what a quote says: its originators once each, and after a group its members."""
    originators = [source for source in quote.sources if source.role == "originator"] if quote else []
    once: dict[str, Source] = {}
    for source in originators:
        once.setdefault(source.entity or source.text, source)
    seen = set(once)
    for key, source in once.items():
        speaker = entities.get(key)
        yield {"text": source.text, "entity": source.entity, **name_of(speaker), "member_of": None}
        for member in speaker.members if speaker else ():
            if member not in seen:
                seen.add(member)
                yield {"text": source.text, "entity": member, **name_of(entities.get(member)), "member_of": source.entity}


def claim_detection_rows(article: Article) -> Iterator[Row]:
    """The rows of `claim_detection`."""
    if article.layers.claims == "none":
        return
    spans = sorted((span, c) for c, claim in enumerate(article.claims) for span in claim.content)
    for i, sentence in enumerate(article.sentences):
        here = sorted({c for span, c in spans if span.overlaps(sentence)})
        found = [article.claims[c] for c in here]
        label, worth = "claim" if found else "no_claim", _highest(found)
        yield {
            "id": f"{article.id}:{i}",
            "article": article.id,
            "start": sentence.start,
            "end": sentence.end,
            "text": sentence.text,
            "label": label,
            "label_name": label,
            "checkworthiness": worth,
            "checkworthiness_name": worth,
            "claims": [claim.id for claim in found],
            "layer": article.layers.claims,
        }


def _highest(claims: list[Claim]) -> str:
    return max((claim.checkworthiness for claim in claims), key=_WORTH.index, default="none")
