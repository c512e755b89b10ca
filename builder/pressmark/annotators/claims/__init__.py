"""Proposes claims by rules: what the article, or somebody quoted in it, puts forward as true.

Convention: schema/GUIDELINES.md, section 6.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.claims.acts import acts, asserted, is_reciprocal
from pressmark.annotators.claims.claim_labels import ASKED, Said, checkworthiness, factuality, types
from pressmark.annotators.claims.clauses import clauses, trimmed
from pressmark.annotators.claims.naming_quotes import halves, judgement
from pressmark.annotators.claims.propositions import proposition, resolved
from pressmark.annotators.quotes.content_act import spoken
from pressmark.project.signature import sign
from pressmark.record.marks import CLOSING, DIRECTED, OPENING
from pressmark.record.model import Annotator, Claim, Span
from pressmark.validation.level5_guidelines.values import VALUE_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.claims.acts import Act
    from pressmark.annotators.claims.clauses import Clause
    from pressmark.record.model import Article, Entity, Mention, Quote

    Range = tuple[int, int]

ANNOTATOR = Annotator("pressmark-claims", "rules", "annotator", "pressmark claim rules", "1")
_NEAR = 8  # mentions to look back over
_WORDS = re.compile(r"\W*\w+\W+\w")  # "it" alone says nothing
_LONGEST = 4000  # characters of a sentence; more is no prose, and the time must stay linear
_QUESTION = re.compile(rf"\?[{''.join(DIRECTED.values())}\"’)]*\Z")
_CONDITION = re.compile(rf"[{OPENING}]?(?:If|Unless)\b[^,]*,?[{CLOSING}]?\Z")
_WH = re.compile(r"(?:who|whom|whose|what|which|why|how|where)\b", re.IGNORECASE)  # what it is, is not told
_CLAIMED = re.compile(  # denied claims that it fell
    r"(?:(?:the|any|all|those|these) )?(?:claim|report|allegation|accusation|suggestion|rumou?r|assertion)s? (?=that\b)",
    re.IGNORECASE,
)
_CLAUSAL = re.compile(r"(?:that|to|it|he|she|they|we|i|you|there|if)\b", re.IGNORECASE)  # whatever its verb is
_ANTECEDENT = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hese|[Tt]hose|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) )(?:[\w’-]+ ){0,3}[\w’-]+,?\s*\Z"
)


class _Stretch(NamedTuple):
    """A part of one sentence with one claimer: the source of ``quote``, or the article itself if there is none.

    ``is_whole``: it is one claim, for it holds a quote that makes none of its own. ``act`` is the act that the claim tells of.
    """

    start: int
    end: int
    quote: Quote | None
    is_whole: bool = False
    act: Act | None = None


class _Content(NamedTuple):
    start: int
    end: int
    quote: Quote | None
    rule: str
    words: frozenset[str]
    subject: tuple[int, int] | None = None
    halves: tuple[tuple[int, int], tuple[int, int]] | None = None
    act: Act | None = None


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
    claiming = asserted(article)
    told = (_Stretch(act.start, act.end, act.claimer, act=act) for act in acts(article, claiming))
    for stretch in sorted((*_stretches(article), *told), key=lambda stretch: (stretch.start, stretch.end)):
        if stretch.act:
            contents = _of_act(article.text, stretch.act, last)
        elif (stretch.quote and stretch.quote.id not in claiming) or _claims_nothing(article.text, stretch):
            contents = []
        elif stretch.quote and stretch.quote.id in judged:
            contents = _of_judgement(article.text, stretch, stretch.quote, judged[stretch.quote.id])
        else:
            contents = _of_clauses(article.text, stretch, last)
        for content in contents:
            yield content
            last = content.end


def _claims_nothing(text: str, stretch: _Stretch) -> bool:
    """Whether it is no more than a question, a condition or a topic, or too long for prose."""
    start, end, quote = stretch.start, stretch.end, stretch.quote
    last_few = text[max(start, end - 8) : end]
    if ("?" in last_few and _QUESTION.search(last_few)) or end - start > _LONGEST:
        return True
    if quote is None:
        return False
    if is_reciprocal(quote):
        return True
    if quote.type == "indirect":
        return _WH.match(text, start, end) is not None or ASKED.match(text[start:end]) is not None
    is_condition = _CONDITION.match(text, start, end)  # its clause comes behind the cue
    return is_condition is not None or (quote.type == "direct" and spoken(text[start:end], None) != "assertion")


def _of_act(text: str, act: Act, last: int) -> list[_Content]:
    """The clause that tells of an act; without its source where another claim has that."""
    cue = act.quote.cue[0].start
    if act.start < last <= cue:
        act = act._replace(start=cue, is_bare=True)
    place = trimmed(text, act.start, act.end) if act.start >= last else None
    if place is None:
        return []
    words = frozenset(text[slice(*place)].lower().split())
    return [_Content(*place, act.claimer, "act", words, act=act)]


def _of_judgement(text: str, stretch: _Stretch, quote: Quote, found: tuple[Range, Range]) -> list[_Content]:
    if stretch.start != quote.content[0].start:
        return []
    end = quote.content[-1].end
    words = frozenset(text[stretch.start : end].lower().split())
    return [_Content(stretch.start, end, quote, "judgement", words, halves=found)]


def _of_clauses(text: str, stretch: _Stretch, last: int) -> list[_Content]:
    """A claim for each clause; what is quoted must have a verb, for a bare topic ("mentioned the deal") claims nothing."""
    claimed = _CLAIMED.match(text, stretch.start, stretch.end) if stretch.quote else None
    start = claimed.end() if claimed else stretch.start
    found = clauses(text, start, stretch.end, is_content=bool(stretch.quote))
    if stretch.is_whole and found:
        found = [found[0]._replace(end=found[-1].end, is_finite=any(clause.is_finite for clause in found))]
    return [
        _Content(clause.start, clause.end, stretch.quote, _rule(clause), clause.words, clause.subject)
        for clause in found
        if clause.start >= last and _WORDS.match(text, clause.start, clause.end) and _says_something(text, stretch, clause)
    ]


def _says_something(text: str, stretch: _Stretch, clause: Clause) -> bool:
    is_direct = stretch.quote is not None and stretch.quote.type == "direct"
    return clause.is_finite or is_direct or _CLAUSAL.match(text, stretch.start) is not None


def _rule(clause: Clause) -> str:
    if clause.subject:
        return "second-verb"
    return "relative-clause" if clause.is_relative else "clause" if clause.is_finite else "quote-content"


def _stretches(article: Article) -> Iterator[_Stretch]:
    """Each sentence, or, where it attributes something, what it attributes."""
    inner, parents = _claiming(article), {quote.parent for quote in article.quotes}
    spans = ((span, quote) for quote in article.quotes if quote.id not in inner for span in quote.content)
    leaves = deque(sorted(spans, key=lambda pair: pair[0]))
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
            yield _Stretch(max(span.start, sentence.start), min(span.end, sentence.end), quote, quote.id in parents)


def _claiming(article: Article) -> set[str | None]:
    """The quotes that hold another one which makes claims: a claim belongs to the smallest quote around it."""
    return {quote.parent for quote in article.quotes if quote.status == "made" and quote.act not in {"question", "expressive"}}


def _claim(
    text: str, content: _Content, near: list[tuple[Mention, Entity]], subject: str | None, signed: tuple[str, str]
) -> Claim:
    """The claim that is made there; ``signed``: its id, and who signs it."""
    start, end, quote, rule, words, _, found, act = content
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
        is_reported = not act and bool(quote and quote.type == "indirect")
        written = resolved(text, start, end, inside)
        is_shared = act.is_bare if act else rule == "second-verb"
        written = proposition(written, subject, is_reported=is_reported, is_shared=is_shared)
    said = Said(words_said, words, known, cue, rule != "quote-content", bool(act))
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
    quote = content.act.quote if content.act else content.quote if content.rule == "quote-content" else None
    if not quote or not quote.sources or (content.act and not content.act.is_bare):
        return None
    source = quote.sources[0]
    name = names.get(source.entity or "", source.text)
    is_ongoing = content.act and quote.cue[0].text.lower().endswith("ing")  # with others: "…, planning to leave"
    return f"{name[:1].upper()}{name[1:]}{' is' if is_ongoing else ''}"
