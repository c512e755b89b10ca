"""Proposes claims by rules: what the article, or somebody quoted in it, puts forward as true.

Convention: schema/GUIDELINES.md, section 6.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from pressmark.annotators.claims.acts import Act, acts, asserted
from pressmark.annotators.claims.attributed import ANY, CLAIMS, attributes, not_said, without_attributions
from pressmark.annotators.claims.claim_labels import Said, checkworthiness, denies, factuality, types
from pressmark.annotators.claims.clauses import Clause, clauses, noun_before, trimmed
from pressmark.annotators.claims.contents import Content, about, number, subject_of
from pressmark.annotators.claims.cuts import Speech
from pressmark.annotators.claims.direct_acts import direct_act, is_exclaimed
from pressmark.annotators.claims.finite_verbs import PRONOUN, SUBJECT
from pressmark.annotators.claims.headlines import happened, headings, planned
from pressmark.annotators.claims.hedges import unhedged
from pressmark.annotators.claims.naming_quotes import halves, is_call, judgement
from pressmark.annotators.claims.past_tense import in_past
from pressmark.annotators.claims.propositions import is_open, proposition, resolved, with_object
from pressmark.annotators.claims.stretches import Stretch, joined, stretches
from pressmark.annotators.claims.unclaimed import claims_nothing
from pressmark.project.signature import sign
from pressmark.record.model import Annotator, Claim, Span
from pressmark.validation.level5_guidelines.values import VALUE_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.claims.stretches import Text
    from pressmark.record.model import Article, Entity, Mention, Quote

    Range = tuple[int, int]

ANNOTATOR = Annotator("pressmark-claims", "rules", "annotator", "pressmark claim rules", "1")
_NEAR = 8  # mentions to look back over
_WORDS = re.compile(r"\W*\w+\W+\w")  # "it" alone says nothing
_WHO = re.compile(r"(?:who|which|that) ")
_CLAIMED = re.compile(  # denied claims that it fell
    rf"(?:(?:{'|'.join(sorted(ANY))}) )?(?:{'|'.join(sorted({*CLAIMS, 'assertion'}))})s? (?=that\b)",
    re.IGNORECASE,
)
_MARKED = re.compile(r"(?<!\w)[‘'“\"][a-z]\S*[ \xa0][^’'”\"\n]*[’'”\"]")  # somebody's in a headline: Mayor ‘lied to the town’
_CLAUSAL = re.compile(r"(?:that|to|it|he|she|they|we|i|you|there|if)\b", re.IGNORECASE)  # whatever its verb is
_OWNED = re.compile(r"\b(?:den(?:y|ies|ied)|admit(?:s|ted)?)\Z")  # taking bribes
_DOING = re.compile(r"(?:(?:not|never) )?[a-z]+ing \w")
_TOLD = Speech()  # by the article itself
_UNSURE = PRONOUN - {"he", "she"}
# The shares that were right of 400 claims that a model read (docs/annotators-entities.md): 226 of 250 clauses, 26 of 38 others.
_CLAUSE, _OTHER = 0.9, 0.7
_OPEN = 0.4  # of a claim about "it", "they" or "we", whoever that is; set by hand


def claims(article: Article) -> Article:
    """Add the claim layer. The article must have zones and sentences; entities and quotes are used if present."""
    article, signature = sign(article, ANNOTATOR)
    mentions = sorted(((m, e) for e in article.entities for m in e.mentions), key=lambda pair: (pair[0].start, pair[0].end))
    starts = [mention.start for mention, _ in mentions]
    names = {entity.id: entity.name for entity in article.entities}
    made: list[Claim] = []
    text = joined(article)
    for content in _contents(article, text):
        first = bisect_left(starts, content.start)
        near = mentions[first : bisect_left(starts, content.end)]
        before = mentions[max(0, first - _NEAR) : first]
        subject = subject_of(text.words, content, before, names)
        claim = _claim(text, content, near, subject, (f"c{len(made) + 1}", signature))
        made.append(about(claim, content, subject, before))
    return replace(article, claims=tuple(made), layers=replace(article.layers, claims="silver"))


def explain(article: Article) -> Iterator[tuple[int, int, str]]:
    """List what the rules found: start, end (code points) and the name of the rule."""
    return ((content.start, content.end, content.rule) for content in _contents(article, joined(article)))


def _contents(article: Article, text: Text) -> Iterator[Content]:
    """Where claims are made, in the order of the text; no two share a character."""
    last = 0
    judged = {quote.id: found for quote in article.quotes if (found := halves(quote)) or is_call(quote)}
    claiming = asserted(article)
    places: list[Stretch | Act] = sorted(
        (*stretches(article, text), *acts(article, claiming)), key=lambda one: (one.start, one.end)
    )
    heads = headings(article)
    for place in places:
        if isinstance(place, Act):
            contents = _of_act(text.original, place, last)
        elif (place.quote and place.quote.id not in claiming) or claims_nothing(text.words, place):
            contents = []
        elif place.quote and place.quote.id in judged:
            contents = _of_judgement(text.words, place, place.quote, judged[place.quote.id])
        else:
            contents = _of_clauses(text.words, place, last)
            if inside := _of_inserted(text, place):
                contents = sorted([*contents, *inside], key=lambda one: one.start)
            if place.start in heads and not place.quote and _MARKED.search(text.original, place.start, place.end):
                contents = []
            elif place.start in heads and (place.quote or not contents):
                contents = _of_headline(text.original, place) or contents
        for content in contents:
            yield content
            last = max(last, content.end)


def _of_act(text: str, act: Act, last: int) -> list[Content]:
    """The clause that tells of an act; without its source where another claim has that."""
    cue = act.quote.cue[0].start
    if act.start < last <= cue:
        act = act._replace(start=cue, is_bare=True)
    is_relative = _WHO.match(text, act.start) is not None
    place = trimmed(text, act.start, act.end, is_relative=is_relative) if act.start >= last else None
    subject = noun_before(text, *place) if place and is_relative else None
    if place is None or (is_relative and subject is None) or is_exclaimed(text, act):
        return []
    words = frozenset(text[slice(*place)].lower().split())
    return [Content(*place, act.claimer, "act", words, subject, act=act)]


def _of_judgement(text: str, stretch: Stretch, quote: Quote, found: tuple[Range, Range] | None) -> list[Content]:
    if found is None or stretch.start != quote.content[0].start:
        return []
    end = quote.content[-1].end
    words = frozenset(text[stretch.start : end].lower().split())
    return [Content(stretch.start, end, quote, "judgement", words, halves=found)]


def _of_clauses(text: str, stretch: Stretch, last: int) -> list[Content]:
    """A claim for each clause; what is quoted must have a verb, for a bare topic ("mentioned the deal") claims nothing."""
    claimed = _CLAIMED.match(text, stretch.start, stretch.end) if stretch.quote else None
    start = claimed.end() if claimed else stretch.start
    quote = stretch.quote
    speech = _speech(quote) if quote else _TOLD
    found = clauses(text, start, stretch.end, speech)
    if quote is None:
        found = without_attributions(text, not_said(text, start, stretch.end, found))
    return [
        Content(clause.start, clause.end, stretch.quote, _rule(clause), clause.words, clause.subject)
        for clause in found
        if clause.start >= last and _WORDS.match(text, clause.start, clause.end) and _says_something(text, stretch, clause)
    ]


def _speech(quote: Quote) -> Speech:
    return Speech(is_content=True, is_reported=quote.type != "direct", is_denied=denies(_cue(quote)))


def _of_inserted(text: Text, stretch: Stretch) -> list[Content]:
    """A claim for each relative clause inside another clause of the article."""
    if stretch.quote is not None or not text.inserted:
        return []
    places = text.inserted[bisect_left(text.inserted, (stretch.start,)) : bisect_left(text.inserted, (stretch.end,))]
    return [
        Content(
            one.start,
            one.end,
            None,
            "relative-clause",
            frozenset(words),
            one.subject,
            is_inserted=True,
            object_at=one.object_at,
        )
        for one in places
        for words in [text.original[one.start : one.end].lower().split()]
        if not attributes(text.original, Clause(one.start, one.end, is_relative=True, is_finite=True, words=frozenset(words)))
    ]


def _of_headline(text: str, stretch: Stretch) -> list[Content]:
    place = trimmed(text, stretch.start, stretch.end)
    told = _told(text, *place) if place else None
    return [Content(*place, stretch.quote, "headline", frozenset(told.lower().split()))] if place and told else []


def _told(text: str, start: int, end: int) -> str | None:
    """What a headline says will happen, or has happened."""
    return planned(text, start, end) or happened(text, start, end)


def _says_something(text: str, stretch: Stretch, clause: Clause) -> bool:
    """Whether it has a verb, or a subject before what may be one. "The deal" and "A disaster!" say nothing by themselves."""
    if stretch.quote and _OWNED.search(stretch.quote.cue[-1].text if stretch.quote.cue else ""):
        is_deed = _DOING.match(text, stretch.start) is not None
        return in_past(text[clause.start : clause.end]) is not None if is_deed else clause.is_finite
    return clause.is_finite or _CLAUSAL.match(text, stretch.start) is not None or not clause.words.isdisjoint(SUBJECT)


def _rule(clause: Clause) -> str:
    if clause.is_relative:
        return "relative-clause"
    if clause.subject:
        return "second-verb"
    return "clause" if clause.is_finite else "quote-content"


def _claim(
    text: Text, content: Content, near: list[tuple[Mention, Entity]], subject: str | None, signed: tuple[str, str]
) -> Claim:
    """The claim that is made there; ``signed``: its id, and who signs it."""
    said = text.original if content.act or content.is_inserted else text.words
    inside = [pair for pair in near if pair[0].end <= content.end and said.startswith(pair[0].text, pair[0].start)]
    spans, clause, written = _worded(text, content, inside, subject)
    known = tuple((entity, mention.start - content.start) for mention, entity in inside)
    if len(spans) > 1 and not content.halves:
        clause, known = _closed_up(clause, known)
    whole, is_act, quote = content.rule != "quote-content", bool(content.act), content.quote
    labelled = Said(clause, content.words, known, _cue(quote), whole, is_act, _is_judgement(content))
    kinds, sure = types(labelled), factuality(labelled)
    written = unhedged(written, sure)
    about = {entity.id for _, entity in inside if entity.label not in VALUE_LABELS}
    return Claim(
        id=signed[0],
        content=spans,
        proposition=written or f"{clause}.",
        types=kinds,
        checkworthiness=checkworthiness(labelled, kinds),
        factuality=sure,
        quote=quote.id if quote else None,
        about=tuple(sorted(about, key=number) if len(about) > 1 else about),
        annotator=signed[1],
        confidence=_confidence(content.rule, quote, written),
    )


def _closed_up(clause: str, known: tuple[tuple[Entity, int], ...]) -> tuple[str, tuple[tuple[Entity, int], ...]]:
    """The clause without the spaces that a cut has left, and where its entities stand then."""
    places = tuple((entity, len(" ".join(clause[:place].split())) + 1) for entity, place in known)
    return " ".join(clause.split()), places


def _worded(
    text: Text, content: Content, inside: list[tuple[Mention, Entity]], subject: str | None
) -> tuple[tuple[Span, ...], str, str]:
    """The spans of the claim, its clause in the words of the text, and its proposition."""
    start, end, quote, act = content.start, content.end, content.quote, content.act
    if quote and content.halves:
        thing, name = (resolved(text.original, *place, inside) for place in content.halves)
        is_name = any(mention.range == content.halves[0] and mention.level == "name" for mention, _ in inside)
        clause = judgement(quote.cue[-1].text.lower(), thing, name, is_name=is_name)
        return quote.content, clause, proposition(clause, None, is_reported=False, is_shared=False)
    if content.rule == "headline" and (told := _told(text.original, start, end)):
        clause = " ".join(told.split())
        return (
            (Span(start, end, text.original[start:end]),),
            clause,
            proposition(clause, None, is_reported=False, is_shared=False),
        )
    is_whole = act or content.is_inserted
    said, places = (text.original, [(start, end)]) if is_whole else (text.words, text.pieces(start, end))
    spans = tuple(Span(*place, text.original[slice(*place)]) for place in places)
    if act and (told := direct_act(said, act, inside)):
        return spans, said[start:end], proposition(told, None, is_reported=False, is_shared=False)
    if content.object_at and subject:
        done = with_object(said, (start, content.object_at, end), inside, subject)
        return spans, said[start:end], proposition(done, None, is_reported=False, is_shared=False)
    is_reported = not act and bool(quote and quote.type == "indirect")
    is_shared = act.is_bare if act else content.rule == "second-verb"
    written = resolved(said, start, end, inside, is_named=_is_named(quote))
    return spans, said[start:end], proposition(written, subject, is_reported=is_reported, is_shared=is_shared)


def _cue(quote: Quote | None) -> frozenset[str]:
    return frozenset(word for part in quote.cue for word in part.text.lower().split()) if quote else frozenset()


def _is_named(quote: Quote | None) -> bool:
    """Whether it is known who says "I": a name, or *he* or *she* where only one person can be meant."""
    return bool(quote and quote.sources and quote.sources[0].entity and quote.sources[0].text.lower() not in _UNSURE)


def _is_judgement(content: Content) -> bool:
    """Whether it is what somebody was called, and not what they are accused of or blamed for."""
    quote = content.quote if content.halves else None
    return bool(quote and quote.cue[-1].text.lower() not in {"of", "for"} and not quote.content[-1].text.startswith("to "))


def _confidence(rule: str, quote: Quote | None, written: str) -> float:
    """How sure a claim is: no surer than its quote, and less if nobody knows whom a pronoun means."""
    by_rule = _OPEN if is_open(written) else _CLAUSE if rule == "clause" else _OTHER
    return by_rule if quote is None or quote.confidence is None else min(by_rule, quote.confidence)
