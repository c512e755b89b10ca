"""Random records for tests of the page: spans that cross, nest and are interrupted, emoji, two directions, combining marks."""

from __future__ import annotations

import random
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from news import a, bare
from pressmark.look.page_article import Shown
from pressmark.look.page_data import Side
from pressmark.record import contract
from pressmark.record.model import Addressee, Annotator, Article, Claim, Entity, Mention, Quote, Source, Span
from pressmark.record.relation import ClaimReference, Relation
from pressmark.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"  # six tags make it a flag
_PIECES = [
    *[
        "Ann",
        "Lee",
        "said",
        "that",
        "the",
        "harbour",
        "is",
        "closed",
        "“Yes,”",
        "𝔘nicode",
        "😀",
        "👨\u200d👩\u200d👧",
        "🇯🇵",
        "שלום",
        "مرحبا",
        "한국",
        "क्षि",
        "<b>",
        "&amp;",
        "İ",
        "ﬁ",
    ],
    *("e\u0301a\u0308", "\u202eabc", "\u2066x\u2069", "\u200b", "\x1b[31m", "\x7f", "\x85", "\ufeff", "a\u200db"),
    *("می\u200cخواهم", "\t", "\xa0", "\r", _ENGLAND),
]
HIDDEN = "\u202e\u2066\u2069\u200b\x1b\x7f\x85\ufeff\r"  # what the page shows as a badge; a joiner only after a Latin letter


def random_article(seed: int) -> Article:
    """An article with marks anywhere in a text that is hard to show; the same for the same seed."""
    chance = random.Random(seed)
    text = ""
    for _ in range(chance.randint(5, 60)):
        text += chance.choice(_PIECES) + chance.choice([" ", " ", "", "\n", "\n\n"])
    text = (text.strip() or "x") + "."

    def some(most: int) -> tuple[Span, ...]:
        edges = sorted(chance.sample(range(len(text) + 1), 2 * min(most, (len(text) + 1) // 2)))
        return tuple(Span(start, end, text[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True))

    def number() -> int:
        return chance.randint(1, 3)

    labels = contract.labels(contract.at("article", "entities/label"))
    entities = tuple(
        a(
            Entity,
            id=f"e{i}",
            label=chance.choice(labels),
            name=f"Name {i}",
            annotator="x",
            mentions=tuple(Mention(*span.range, span.text, "name") for span in some(number())),
        )
        for i in range(1, chance.randint(2, 8))
    )
    quotes = tuple(_quote(i, chance, some, entities) for i in range(1, chance.randint(2, 6)))
    claims = tuple(a(Claim, id=f"c{i}", content=some(number()), proposition=f"It is {i}.", annotator="x") for i in range(1, 4))
    by = (a(Annotator, id="x", kind="model", name="Test"),)
    return segment(replace(bare(text), id=f"r{seed}", entities=entities, quotes=quotes, claims=claims, annotators=by))


def _quote(number: int, chance: random.Random, some: Callable[[int], tuple[Span, ...]], entities: Sequence[Entity]) -> Quote:
    known = {name: contract.labels(contract.at("article", f"quotes/{name}")) for name in ("type", "medium", "act", "status")}
    sources = some(chance.randint(0, 2))
    return a(
        Quote,
        id=f"q{number}",
        content=some(chance.randint(1, 3)),
        cue=some(chance.randint(0, 2)),
        sources=tuple(Source(*s.range, s.text, chance.choice(entities).id, "originator", None) for s in sources),
        addressees=tuple(Addressee(*s.range, s.text, None) for s in some(chance.randint(0, 1))),
        annotator="x",
        **{name: chance.choice(labels) for name, labels in known.items()},
    )


def shown(*articles: Article) -> list[Shown]:
    return [Shown(Side(article, [])) for article in articles]


def hostile(payload: str) -> tuple[Article, Relation]:
    """An article and a relation with the payload in every string that the schema leaves free."""
    text = f"{payload} said {payload}. {payload} fell."
    first = Span(0, len(payload), payload)
    second = Span(len(payload) + 6, 2 * len(payload) + 6, payload)
    known = bare(text).metadata
    free: dict[str, Any] = dict.fromkeys(("title", "publisher", "author", "url", "license", "source_file"), payload)
    entity = a(
        Entity,
        id="e1",
        label="PERSON",
        name=payload,
        kb_id="wikipedia:en:" + payload.replace(" ", "_"),
        value=payload,
        annotator="x",
        mentions=(Mention(*first.range, payload, "name"),),
    )
    quote = a(
        Quote,
        id="q1",
        content=(second,),
        cue=(Span(len(payload) + 1, len(payload) + 5, "said"),),
        sources=(
            Source(*first.range, payload, "e1", "originator", None),
            Source(*first.range, payload, None, "originator", None),
        ),
        addressees=(Addressee(*first.range, payload, "e1"),),
        annotator="x",
    )
    claim = a(Claim, id="c1", content=(second,), proposition=payload, quote="q1", annotator="x")
    article = replace(
        segment(bare(text)),
        text_sha256=sha256(text.encode()).hexdigest(),
        metadata=replace(known, **free),
        entities=(entity,),
        quotes=(quote,),
        claims=(claim, replace(claim, id="c2")),
        annotators=(a(Annotator, id="x", kind="model", name=payload, version=payload),),
    )
    sides = [ClaimReference(article.id, name) for name in ("c1", "c2")]
    return article, Relation("r1", "related", sides[0], sides[1], ("wording",), payload, "x", None)
