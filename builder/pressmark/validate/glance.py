"""The rules of levels 3 to 5 at a glance: all of them at once, in their cheapest form, and yes only where that is sure.

What is odd (a quote in several parts, a zone of the page around, a date) goes to the rules themselves. Written for speed: the
time to beat is that of parsing.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pressmark.validate import guidelines, quotations, references, spans
from pressmark.validate.accept import forms, of_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.model import Span
    from pressmark.validate.problem import Rule

_ASCII = bytes(range(128))
# Letters and marks that never join the one before them to one character; combining marks, joiners and jamo are not among them.
_PLAIN = re.compile(
    "[\x80-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u218f\u3001-\u3029"
    "\u3041-\u3096\u30a0-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*+"
)
_BEFORE = frozenset(" \t\n\xa0“‘\"«([-–—/„")  # a token begins after them
_AFTER = frozenset(" \t\n\xa0”’\"'»)].,;:!?-–—/…")  # a token has ended before them
_PAIRS = frozenset({"“”", '""', "«»", "‘’"})
_MARK = re.compile("[“”\"«»„「」『』]")
_PAGE = frozenset({"boilerplate", "related_link"})
_SUSPECT = frozenset("tod tbd fix xxx pla cha ins lor new n/a nul non und unn unt".split())  # how placeholders begin
_SEEN: set[str | None] = {None}  # names and kb_ids that are no placeholders; they recur
_SEEN_LIMIT = 10**5
_FEW = 50  # quotes that each claim is compared with


def clean(article: Any) -> bool:
    """Whether the forms are right and no rule of levels 3 to 5 finds anything, not even a warning.

    The types of the article's values must be right.
    """
    return (
        _text(article)
        and _zones(article)
        and _ids(article)
        and _names(article)
        and _entities(article)
        and _quotes(article)
        and _claims(article)
    )


def _nothing(article: Any, rules: Iterable[Rule]) -> bool:
    return all(next(rule(article), None) is None for rule in rules)


def _text(article: Any) -> bool:
    """text_hash, span_grapheme."""
    text: str = article.text
    data = text.encode("utf-8", "surrogatepass")
    if sha256(data).hexdigest() != article.text_sha256:
        return False
    rest = data.translate(None, _ASCII)
    if not rest and b"\r" not in data:
        return True
    plain = _PLAIN.fullmatch(rest.decode("utf-8", "surrogatepass")) and b"\r" not in data
    return bool(plain) or _nothing(article, [spans.span_grapheme])


def _zones(article: Any) -> bool:
    """zone_cover, sentence_zone, zone_page; and for zones and sentences, span_order, span_text, span_trimmed, span_sorted.

    The text is put together again from the spans and what is between them, and compared once.
    """
    text: str = article.text
    last = 0
    page = False
    prose, whole = [], []
    for zone in article.zones:
        start, end, said = zone.start, zone.end, zone.text
        if start > last:
            gap = text[last:start]
            if not gap.isspace():
                return False
            whole.append(gap)
        if start < last or end - start != len(said) or said[0].isspace() or said[-1].isspace():
            return False
        whole.append(said)
        last = end
        if zone.type == "body" or zone.prose:
            prose.append((start, end))
        elif zone.type in _PAGE:
            page = True
    whole.append(text[last:])
    if (whole[-1] and not whole[-1].isspace()) or "".join(whole) != text:
        return False
    around = iter(prose)
    begin = close = last = 0
    whole = []
    for sentence in article.sentences:
        start, end, said = sentence.start, sentence.end, sentence.text
        if start < last or end - start != len(said) or said[0].isspace() or said[-1].isspace():
            return False
        while close < end:
            begin, close = next(around, (0, 0))
            if not close:
                return False
        if start < begin:
            return False
        whole += text[last:start], said
        last = end
    whole.append(text[last:])
    return "".join(whole) == text and (not page or _nothing(article, [guidelines.zone_page]))


def _ids(article: Any) -> bool:
    """id_unique, reference, layer_none, annotator_unused; and the forms of ids."""
    entities, quotes, claims, layers = article.entities, article.quotes, article.claims, article.layers
    things = {entity.id for entity in entities}
    attributions = {quote.id for quote in quotes}
    propositions = {claim.id for claim in claims}
    annotators = {annotator.id for annotator in article.annotators}
    used = {thing.annotator for thing in entities}
    used.update([thing.annotator for thing in quotes], [thing.annotator for thing in claims])
    if (
        len(things) < len(entities)
        or len(attributions) < len(quotes)
        or len(propositions) < len(claims)
        or len(annotators) < len(article.annotators)
        or (used != annotators and (used or len(annotators) > 1))
    ):
        return False
    for claim in claims:
        if (claim.quote is not None and claim.quote not in attributions) or not things.issuperset(claim.about):
            return False
    return (
        of_form("entities/id", things)
        and of_form("quotes/id", attributions)
        and of_form("claims/id", propositions)
        and of_form("annotators/id", annotators)
        and ("none" not in (layers.zones, layers.entities, layers.quotes, layers.claims) or _nothing(article, [references.layer_none]))
    )


def _names(article: Any) -> bool:
    """placeholder, published_date; and the forms of all that is no id."""
    metadata = article.metadata
    things = {entity.kb_id for entity in article.entities}
    things.discard(None)
    names = {entity.name for entity in article.entities}
    names.update([annotator.name for annotator in article.annotators])
    names.update((metadata.title, metadata.publisher, metadata.author, metadata.url, metadata.license))
    if not (
        (things <= _SEEN or _no_placeholders(thing.rpartition(":")[2] for thing in things))
        and (names <= _SEEN or _no_placeholders(names))
        and _no_placeholders([claim.proposition for claim in article.claims])
    ):
        return _nothing(article, [guidelines.placeholder]) and forms(article)
    if len(_SEEN) > _SEEN_LIMIT:
        _SEEN.clear()
    _SEEN.update(names, things)
    if metadata.published is not None and not (
        of_form("metadata/published", {metadata.published}) and _nothing(article, [guidelines.published_date])
    ):
        return False
    languages = {article.language, metadata.translated_from or article.language}
    return of_form("id", {article.id}, 0) and of_form("entities/kb_id", things) and of_form("language", languages)


def _no_placeholders(names: Iterable[str | None]) -> bool:
    for name in names:
        if name is not None and (name[:3].lower() in _SUSPECT or not name[:1].isalnum()):
            return False
    return True


def _entities(article: Any) -> bool:
    """The rules about mentions; value_date, value_label, entity_pronoun."""
    text: str = article.text
    size = len(text)
    flat, nested = [], []
    for entity in article.entities:
        label = entity.label
        mentions = entity.mentions
        if entity.value is not None and not (
            _no_placeholders([entity.value]) and _nothing(article, [guidelines.value_date, guidelines.value_label])
        ):
            return False
        if label == "PERSON" and mentions[0].level == "pronoun" and not _nothing(article, [guidelines.entity_pronoun]):
            return False
        for mention in mentions:
            start, end, said, level = mention.start, mention.end, mention.text, mention.level
            if text[start:end] != said or end > size or said.strip() != said:
                return False
            if (start and text[start - 1] not in _BEFORE) or (end < size and text[end] not in _AFTER):
                return _cut(article) and _nothing(article, _MENTIONS)
            if level == "name":
                flat.append((start, end))
            elif level != "value":
                nested.append((start, end))
            elif label in guidelines.VALUE_LABELS:
                flat.append((start, end))
            else:
                return False
    if nested and len({*flat, *nested}) < len(flat) + len(nested) and not _nothing(article, [spans.span_unique]):
        return False
    return _apart(flat, article.sentences)


def _apart(flat: list[tuple[int, int]], sentences: list[Span]) -> bool:
    """mention_overlap, mention_sentence."""
    flat.sort()
    rest = iter(sentences)
    begin = close = last = 0
    for start, end in flat:
        if start < last:
            return False
        last = end
        while close <= start:
            sentence = next(rest, None)
            if sentence is None:
                begin = close = 2**31
            else:
                begin, close = sentence.start, sentence.end
        if end > close or start < begin < end:
            return False
    return True


def _quotes(article: Any) -> bool:
    """All rules about quotes, where each has one content, stands outside the others, and has marks around it or none in it."""
    text: str = article.text
    last = 0
    mentions: dict[str, Any] = {}
    for quote in article.quotes:
        content, verbatim = quote.content[0], quote.verbatim
        start, end, said = content.start, content.end, content.text
        if (
            start < last
            or quote.parent is not None
            or max(len(quote.content), len(verbatim), len(quote.cue), len(quote.sources)) > 1
            or text[start:end] != said
            or said.strip() != said
        ):
            return _cut(article) and _nothing(article, _QUOTES)
        last = end
        if quote.type == "direct" and verbatim:
            part = verbatim[0]
            inner = part.text
            odd = (
                (part.start, part.end) != (start + 1, end - 1)
                or said[0] + said[-1] not in _PAIRS
                or said[1:-1] != inner
                or inner.strip() != inner
                or _MARK.search(inner)
            )
        else:
            odd = quote.type != "indirect" or verbatim or _MARK.search(said) or (start and _MARK.match(text, start - 1))
        for cue in quote.cue:
            word = cue.text
            odd = odd or text[cue.start : cue.end] != word or (cue.start < end and start < cue.end)
            odd = odd or not (word[0].isalnum() and word[-1].isalnum())
        for source in quote.sources:
            word = source.text
            odd = odd or text[source.start : source.end] != word or (source.start < end and start < source.end)
            odd = odd or word.strip() != word
            if source.entity is not None:
                mentions = mentions or {entity.id: entity.mentions for entity in article.entities}
                for mention in mentions.get(source.entity, ())[:_FEW]:
                    if mention.start < source.end and source.start < mention.end:
                        break
                else:
                    odd = True
        if odd:
            return _cut(article) and _nothing(article, _QUOTES)
    return True


def _claims(article: Any) -> bool:
    """All rules about claims."""
    text: str = article.text
    quotes, claims = article.quotes, article.claims
    places = {quote.id: (quote.content[0].start, quote.content[-1].end, len(quote.content) > 1) for quote in quotes}
    odd = len(quotes) > _FEW or len({claim.proposition for claim in claims}) < len(claims)
    around = [] if odd else list(places.values())
    for claim in claims:
        span = claim.content[0]
        start, end, said = span.start, span.end, span.text
        if len(claim.types) > 1:
            odd = odd or len(set(claim.types)) < len(claim.types)
        if len(claim.about) > 1 and len(set(claim.about)) < len(claim.about):
            return False
        if claim.quote is None:
            for begin, close, _ in around:
                odd = odd or (begin <= start and end <= close)
        else:
            begin, close, parts = places[claim.quote]
            odd = odd or parts or start < begin or end > close
        if odd or text[start:end] != said or said.strip() != said or len(claim.content) > 1 or claim.checkworthiness == "non_factual":
            return all(len(set(claim.types)) == len(claim.types) for claim in claims) and _cut(article) and _nothing(article, _CLAIMS)
    return True


def _cut(article: Any) -> bool:
    """span_order, span_text, span_trimmed."""
    return _nothing(article, [spans.span_order, spans.span_text, spans.span_trimmed])


_MENTIONS: tuple[Rule, ...] = (
    spans.span_unique,
    guidelines.mention_overlap,
    guidelines.mention_token,
    guidelines.mention_sentence,
    guidelines.mention_level,
    guidelines.entity_pronoun,
    guidelines.value_date,
    guidelines.value_label,
)
_QUOTES: tuple[Rule, ...] = (
    spans.span_sorted,
    spans.span_unique,
    references.reference,
    references.parent_cycle,
    references.parent_content,
    references.verbatim_content,
    references.source_content,
    references.cue_content,
    quotations.quote_type,
    quotations.quote_marks,
    quotations.verbatim_balance,
    quotations.cue_edge,
    quotations.quote_parent,
    quotations.source_entity,
)
_CLAIMS: tuple[Rule, ...] = (
    spans.span_sorted,
    references.claim_content,
    guidelines.claim_quote,
    guidelines.claim_types,
    guidelines.claim_factuality,
)
