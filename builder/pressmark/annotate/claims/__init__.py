"""Claims by rules: what the article, or somebody quoted in it, puts forward as true.

Convention: schema/GUIDELINES.md, section 6.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotate.claims.clauses import clauses
from pressmark.annotate.claims.judge import Said, checkworthiness, factuality, types
from pressmark.annotate.claims.propositions import proposition
from pressmark.annotate.sign import sign
from pressmark.model import Annotator, Claim, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotate.claims.clauses import Clause
    from pressmark.model import Article, Entity, Mention, Quote

ANNOTATOR = Annotator("pressmark-claims", "rules", "pressmark claim rules", "1")
_VALUES = {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"}
_WORDS = re.compile(r"\W*\w+\W+\w")  # "it" alone says nothing
_QUESTION = re.compile(r"\?[”\"’»)]*\Z")
_ANTECEDENT = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hese|[Tt]hose|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) )(?:[\w’-]+ ){0,3}[\w’-]+,?\s*\Z"
)
_SKIPPED = {"related_link", "boilerplate"}


class _Stretch(NamedTuple):
    """A stretch of one sentence that one claimer puts forward: the quote's, or the article's where there is none."""

    start: int
    end: int
    quote: Quote | None


class _Content(NamedTuple):
    start: int
    end: int
    quote: Quote | None
    rule: str
    words: frozenset[str]


def claims(article: Article) -> Article:
    """Add the claim layer. The article must have zones and sentences; entities and quotes are used where there are some."""
    article, signature = sign(article, ANNOTATOR)
    mentions = sorted(((m, e) for e in article.entities for m in e.mentions), key=lambda pair: (pair[0].start, pair[0].end))
    starts = [mention.start for mention, _ in mentions]
    made: list[Claim] = []
    for content in _contents(article):
        near = mentions[bisect_left(starts, content.start) : bisect_left(starts, content.end)]
        made.append(_claim(article, content, near, f"c{len(made) + 1}", signature))
    return replace(article, claims=tuple(made), layers=replace(article.layers, claims="silver"))


def explain(article: Article) -> Iterator[tuple[int, int, str]]:
    """Which rule found what: start, end, and its name."""
    return ((content.start, content.end, content.rule) for content in _contents(article))


def _contents(article: Article) -> Iterator[_Content]:
    """Where claims are made, in the order of the text; no two share a character."""
    last = 0
    for stretch in sorted(_stretches(article), key=lambda stretch: (stretch.start, stretch.end)):
        text = article.text
        if _QUESTION.search(text, max(stretch.start, stretch.end - 8), stretch.end):
            continue
        for clause in clauses(text, stretch.start, stretch.end, is_content=bool(stretch.quote)):
            if clause.start >= last and _WORDS.match(text, clause.start, clause.end):
                yield _Content(clause.start, clause.end, stretch.quote, _rule(clause), clause.words)
                last = clause.end


def _rule(clause: Clause) -> str:
    return "relative-clause" if clause.is_relative else "clause" if clause.is_finite else "quote-content"


def _stretches(article: Article) -> Iterator[_Stretch]:
    """Each sentence, or, where it attributes something, what it attributes."""
    skipped = [(zone.start, zone.end) for zone in article.zones if zone.type in _SKIPPED]
    pieces = sorted(
        ((span.start, span.end, quote) for quote in _leaves(article) for span in quote.content), key=lambda piece: piece[:2]
    )
    marked = sorted((span.start, span.end) for quote in article.quotes for span in (*quote.content, *quote.cue, *quote.sources))
    starts, reach, far = [], [], 0
    for start, end in marked:
        far = max(far, end)
        starts.append(start)
        reach.append(far)
    i = 0
    for sentence in article.sentences:
        if any(start <= sentence.start < end for start, end in skipped):
            continue
        before = bisect_left(starts, sentence.end)
        if not before or reach[before - 1] <= sentence.start:
            yield _Stretch(sentence.start, sentence.end, None)
            continue
        while i < len(pieces) and pieces[i][1] <= sentence.start:
            i += 1
        j = i
        while j < len(pieces) and pieces[j][0] < sentence.end:
            start, end, quote = pieces[j]
            if end > sentence.start:
                yield _Stretch(max(start, sentence.start), min(end, sentence.end), quote)
            j += 1


def _leaves(article: Article) -> list[Quote]:
    """The quotes that hold no other: a claim belongs to the smallest quote around it."""
    parents = {quote.parent for quote in article.quotes}
    return [quote for quote in article.quotes if quote.id not in parents]


def _claim(article: Article, content: _Content, near: list[tuple[Mention, Entity]], name: str, signature: str) -> Claim:
    start, end, quote, rule, words = content
    spans = (Span(start, end, article.text[start:end]),)
    inside = [(mention, entity) for mention, entity in near if mention.end <= end]
    known = tuple((entity, mention.start - start) for mention, entity in inside)
    cue = frozenset(word for span in quote.cue for word in span.text.lower().split()) if quote else frozenset[str]()
    said = Said(spans[0].text, words, known, cue, rule != "quote-content")
    kinds = types(said)
    about = {entity.id: None for _, entity in inside if entity.label not in _VALUES}
    return Claim(
        id=name,
        content=spans,
        proposition=proposition(
            article.text,
            spans,
            tuple({entity.id: entity for _, entity in inside}.values()),
            _subject(article, content, start),
            is_reported=bool(quote and quote.type == "indirect"),
        ),
        types=kinds,
        checkworthiness=checkworthiness(said, kinds[0]),
        factuality=factuality(said),
        quote=quote.id if quote else None,
        about=tuple(sorted(about, key=lambda entity: int(entity[1:]))),
        annotator=signature,
        confidence=0.7 if rule == "clause" else 0.5,
    )


def _subject(article: Article, content: _Content, start: int) -> str | None:
    """What stands outside the content and does what it says: a relative word's noun phrase, the source of "to do it"."""
    if content.rule == "relative-clause":
        before = _ANTECEDENT.search(article.text, max(0, start - 60), start)
        return before[0].strip(" ,") if before else None
    if content.rule != "quote-content" or not content.quote or not content.quote.sources:
        return None
    source = content.quote.sources[0]
    name = next((entity.name for entity in article.entities if entity.id == source.entity), source.text)
    return f"{name[:1].upper()}{name[1:]}"
