"""Proposes claims by rules: what the article, or somebody quoted in it, puts forward as true.

Convention: schema/GUIDELINES.md, section 6.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.claims.claim_labels import Said, checkworthiness, factuality, types
from pressmark.annotators.claims.clauses import clauses
from pressmark.annotators.claims.naming_quotes import halves, judgement
from pressmark.annotators.claims.propositions import proposition, resolved
from pressmark.annotators.signature import sign
from pressmark.record.marks import CLOSING, DIRECTED, OPENING
from pressmark.record.model import Annotator, Claim, Span
from pressmark.validation.level5_guidelines.values import VALUE_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.claims.clauses import Clause
    from pressmark.record.model import Article, Entity, Mention, Quote

ANNOTATOR = Annotator("pressmark-claims", "rules", "annotator", "pressmark claim rules", "1")
_NEAR = 8  # mentions to look back over
_WORDS = re.compile(r"\W*\w+\W+\w")  # "it" alone says nothing
_LONGEST = 4000  # characters of a sentence; more is no prose, and the time must stay linear
_QUESTION = re.compile(rf"\?[{''.join(DIRECTED.values())}\"’)]*\Z")
_CONDITION = re.compile(rf"[{OPENING}]?(?:If|Unless)\b[^,]*,?[{CLOSING}]?\Z")
_ANTECEDENT = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hese|[Tt]hose|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) )(?:[\w’-]+ ){0,3}[\w’-]+,?\s*\Z"
)


class _Stretch(NamedTuple):
    """A part of one sentence with one claimer: the source of ``quote``, or the article itself if there is none."""

    start: int
    end: int
    quote: Quote | None


class _Content(NamedTuple):
    start: int
    end: int
    quote: Quote | None
    rule: str
    words: frozenset[str]
    subject: tuple[int, int] | None = None
    halves: tuple[tuple[int, int], tuple[int, int]] | None = None


def claims(article: Article) -> Article:
    """Add the claim layer. The article must have zones and sentences; entities and quotes are used if present."""
    article, signature = sign(article, ANNOTATOR)
    mentions = sorted(((m, e) for e in article.entities for m in e.mentions), key=lambda pair: pair[0].range)
    starts = [mention.start for mention, _ in mentions]
    names = {entity.id: entity.name for entity in article.entities}
    made: list[Claim] = []
    for content in _contents(article):
        first = bisect_left(starts, content.start)
        near = mentions[first : bisect_left(starts, content.end)]
        subject = _subject(article.text, content, mentions[max(0, first - _NEAR) : first], names)
        made.append(_claim(article.text, content, near, subject, (f"c{len(made) + 1}", signature)))
    return replace(article, claims=tuple(made), layers=replace(article.layers, claims="silver"))


def explain(article: Article) -> Iterator[tuple[int, int, str]]:
    """List what the rules found: start, end (code points) and the name of the rule."""
    return ((content.start, content.end, content.rule) for content in _contents(article))


def _contents(article: Article) -> Iterator[_Content]:
    """Where claims are made, in the order of the text; no two share a character."""
    last = 0
    judged = {quote.id: found for quote in article.quotes if (found := halves(quote))}
    for stretch in sorted(_stretches(article), key=lambda stretch: (stretch.start, stretch.end)):
        text = article.text
        last_few = text[max(stretch.start, stretch.end - 8) : stretch.end]
        is_question = "?" in last_few and _QUESTION.search(last_few)
        if is_question or stretch.end - stretch.start > _LONGEST:
            continue
        if stretch.quote and stretch.quote.type != "indirect" and _CONDITION.match(text, stretch.start, stretch.end):
            continue  # its clause comes behind the cue
        if stretch.quote and stretch.quote.id in judged:
            if stretch.start == stretch.quote.content[0].start:
                end = stretch.quote.content[-1].end
                words = frozenset(text[stretch.start : end].lower().split())
                yield _Content(stretch.start, end, stretch.quote, "judgement", words, halves=judged[stretch.quote.id])
                last = end
            continue
        for clause in clauses(text, stretch.start, stretch.end, is_content=bool(stretch.quote)):
            if clause.start >= last and _WORDS.match(text, clause.start, clause.end):
                yield _Content(clause.start, clause.end, stretch.quote, _rule(clause), clause.words, clause.subject)
                last = clause.end


def _rule(clause: Clause) -> str:
    if clause.subject:
        return "second-verb"
    return "relative-clause" if clause.is_relative else "clause" if clause.is_finite else "quote-content"


def _stretches(article: Article) -> Iterator[_Stretch]:
    """Each sentence, or, where it attributes something, what it attributes."""
    leaves = deque(sorted(((span, quote) for quote in _leaves(article) for span in quote.content), key=lambda pair: pair[0]))
    parts = (part for quote in article.quotes for part in (*quote.content, *quote.cue, *quote.sources))
    marked = deque(sorted(part.range for part in parts))
    begun: list[tuple[Span, Quote]] = []
    reached = 0  # how far a mark of an attribution goes that began before
    for sentence in article.sentences:
        while marked and marked[0][0] < sentence.end:
            reached = max(reached, marked.popleft()[1])
        while leaves and leaves[0][0].start < sentence.end:
            begun.append(leaves.popleft())
        begun = [(span, quote) for span, quote in begun if span.end > sentence.start]
        if reached <= sentence.start:
            yield _Stretch(*sentence.range, None)
        for span, quote in begun:
            yield _Stretch(max(span.start, sentence.start), min(span.end, sentence.end), quote)


def _leaves(article: Article) -> list[Quote]:
    """The quotes that hold no other: a claim belongs to the smallest quote around it."""
    parents = {quote.parent for quote in article.quotes}
    return [quote for quote in article.quotes if quote.id not in parents]


def _claim(
    text: str, content: _Content, near: list[tuple[Mention, Entity]], subject: str | None, signed: tuple[str, str]
) -> Claim:
    """The claim that is made there; ``signed``: its id, and who signs it."""
    start, end, quote, rule, words, _, found = content
    inside = [pair for pair in near if pair[0].end <= end]
    known = tuple((entity, mention.start - start) for mention, entity in inside)
    cue = frozenset(word for part in quote.cue for word in part.text.lower().split()) if quote else frozenset[str]()
    spans: tuple[Span, ...] = (Span(start, end, text[start:end]),)
    words_said = text[start:end]
    if quote and found:
        thing, name = (resolved(text, *place, inside) for place in found)
        spans, words_said = quote.content, judgement(quote.cue[-1].text.lower(), thing, name)
        written = proposition(words_said, None, is_reported=False, is_shared=False)
    else:
        is_reported = bool(quote and quote.type == "indirect")
        written = resolved(text, start, end, inside)
        written = proposition(written, subject, is_reported=is_reported, is_shared=rule == "second-verb")
    said = Said(words_said, words, known, cue, rule != "quote-content")
    kinds = types(said)
    about = {entity.id for _, entity in inside if entity.label not in VALUE_LABELS}
    return Claim(
        id=signed[0],
        content=spans,
        proposition=written or f"{words_said}.",
        types=kinds,
        checkworthiness=checkworthiness(said, kinds[0]),
        factuality=factuality(said),
        quote=quote.id if quote else None,
        about=tuple(sorted(about, key=_number) if len(about) > 1 else about),
        annotator=signed[1],
        confidence=0.7 if rule == "clause" else 0.5,
    )


def _number(entity_id: str) -> int:
    return int(entity_id[1:])


def _subject(text: str, content: _Content, before: list[tuple[Mention, Entity]], names: dict[str, str]) -> str | None:
    """What stands outside the content and does what it says.

    A relative word's noun phrase, the subject that a second verb shares, or the source of "to do it".
    """
    if content.subject:
        return resolved(text, *content.subject, before)
    if content.rule == "relative-clause":
        stop = content.start
        while stop and text[stop - 1] in " \xa0,":
            stop -= 1
        near = [entity.name for mention, entity in before if mention.end >= stop]
        antecedent = _ANTECEDENT.search(text, max(0, content.start - 60), content.start)
        return near[-1] if near else antecedent[0].strip(" ,") if antecedent else None
    if content.rule != "quote-content" or not content.quote or not content.quote.sources:
        return None
    source = content.quote.sources[0]
    name = names.get(source.entity or "", source.text)
    return f"{name[:1].upper()}{name[1:]}"
