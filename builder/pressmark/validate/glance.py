"""The rules of levels 3 to 5 at a glance: all of them at once, in their cheapest form, and yes only where that is sure.

What is odd (a quote in several parts, a zone of the page around, a date) goes to the rules themselves. Written for speed: the
time to beat is that of parsing.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pressmark.validate import guidelines, references, spans
from pressmark.validate.accept import forms, of_form
from pressmark.validate.attributions import claims, cut, nothing, quotes

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
_BEFORE = frozenset(' \t\n\xa0“‘"«([-–—/„')  # a token begins after them
_AFTER = frozenset(" \t\n\xa0”’\"'»)].,;:!?-–—/…")  # a token has ended before them
_PAGE = frozenset({"boilerplate", "related_link"})
_SUSPECT = frozenset(
    ["tod", "tbd", "fix", "xxx", "pla", "cha", "ins", "lor", "new", "n/a", "nul", "non", "und", "unn", "unt"]
)  # how placeholders begin
_SEEN: set[str | None] = {None}  # names and kb_ids that are no placeholders; they recur
_SEEN_LIMIT = 10**5


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
        and quotes(article)
        and claims(article)
    )


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
    return bool(plain) or nothing(article, [spans.span_grapheme])


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
    return "".join(whole) == text and (not page or nothing(article, [guidelines.zone_page]))


def _ids(article: Any) -> bool:
    """id_unique, reference, layer_none, annotator_unused; and the forms of ids."""
    entities, layers = article.entities, article.layers
    things = {entity.id for entity in entities}
    attributions = {quote.id for quote in article.quotes}
    propositions = {claim.id for claim in article.claims}
    annotators = {annotator.id for annotator in article.annotators}
    used = {thing.annotator for thing in entities}
    used.update([thing.annotator for thing in article.quotes], [thing.annotator for thing in article.claims])
    if (
        len(things) < len(entities)
        or len(attributions) < len(article.quotes)
        or len(propositions) < len(article.claims)
        or len(annotators) < len(article.annotators)
        or (used != annotators and (used or len(annotators) > 1))
    ):
        return False
    for claim in article.claims:
        if (claim.quote is not None and claim.quote not in attributions) or not things.issuperset(claim.about):
            return False
    return (
        of_form("entities/id", things)
        and of_form("quotes/id", attributions)
        and of_form("claims/id", propositions)
        and of_form("annotators/id", annotators)
        and ("none" not in {layers.zones, layers.entities, layers.quotes, layers.claims} or nothing(article, _LAYERS))
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
        return nothing(article, [guidelines.placeholder]) and forms(article)
    if len(_SEEN) > _SEEN_LIMIT:
        _SEEN.clear()
    _SEEN.update(names, things)
    if metadata.published is not None and not (
        of_form("metadata/published", {metadata.published}) and nothing(article, [guidelines.published_date])
    ):
        return False
    languages = {article.language, metadata.translated_from or article.language}
    return of_form("id", {article.id}, 0) and of_form("entities/kb_id", things) and of_form("language", languages)


def _no_placeholders(names: Iterable[str | None]) -> bool:
    return not any(name is not None and (name[:3].lower() in _SUSPECT or not name[:1].isalnum()) for name in names)


def _entities(article: Any) -> bool:
    """The rules about mentions; value_date, value_label, entity_pronoun."""
    text: str = article.text
    size = len(text)
    flat, nested = [], []
    for entity in article.entities:
        label = entity.label
        mentions = entity.mentions
        if entity.value is not None and not (
            _no_placeholders([entity.value]) and nothing(article, [guidelines.value_date, guidelines.value_label])
        ):
            return False
        if label == "PERSON" and mentions[0].level == "pronoun" and not nothing(article, [guidelines.entity_pronoun]):
            return False
        for mention in mentions:
            start, end, said, level = mention.start, mention.end, mention.text, mention.level
            if text[start:end] != said or end > size or said.strip() != said:
                return False
            if (start and text[start - 1] not in _BEFORE) or (end < size and text[end] not in _AFTER):
                return cut(article) and nothing(article, _MENTIONS)
            if level == "name":
                flat.append((start, end))
            elif level != "value":
                nested.append((start, end))
            elif label in guidelines.VALUE_LABELS:
                flat.append((start, end))
            else:
                return False
    if nested and len({*flat, *nested}) < len(flat) + len(nested) and not nothing(article, [spans.span_unique]):
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


_LAYERS: tuple[Rule, ...] = (references.layer_none,)
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
