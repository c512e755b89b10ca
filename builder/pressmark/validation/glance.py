"""The rules of levels 3 to 5 at a glance: all of them at once, in their cheapest form, and yes only where that is sure.

What is odd (a quote in several parts, a zone of the page around, a date) goes to the rules themselves. Written for speed: the
time to beat is that of parsing.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pressmark.validation import level3_text, level4_references
from pressmark.validation.attributions import AFTER, APOSTROPHES, BEFORE, claims, cut, nothing, quotes
from pressmark.validation.decoder import named, names, of_form, remember
from pressmark.validation.level5_guidelines import boundaries, values
from pressmark.validation.level5_guidelines import mentions as mention_rules

if TYPE_CHECKING:
    from pressmark.record.model import Span
    from pressmark.validation.rule import Rule

_ASCII = bytes(range(128))
_PLAIN = re.compile(f"[{level3_text.PLAIN}]*+")
_NEVER = 2**31  # no offset is as great
_SUSPECT = frozenset(
    ["tod", "tbd", "fix", "xxx", "pla", "cha", "ins", "lor", "new", "n/a", "nul", "non", "und", "unn", "unt"]
)  # how placeholders begin
_HEADS: set[str] = set()  # how names began that are no placeholders
_THINGS: set[str] = set()  # kb_ids of the right form that are no placeholders
_DAYS: set[str | None] = {None}  # days of the calendar
_SHORT = 1 + max(map(len, mention_rules.PRONOUNS))


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
    try:
        data = article.text.encode()
    except UnicodeEncodeError:  # lone surrogates
        return False
    if sha256(data).hexdigest() != article.text_sha256:
        return False
    rest = data.translate(None, _ASCII)
    plain = b"\r" not in data and (not rest or _PLAIN.fullmatch(rest.decode()))
    return bool(plain) or nothing(article, [level3_text.span_grapheme])


def _zones(article: Any) -> bool:
    """zone_cover, sentence_zone, zone_page; and for zones and sentences, span_order, span_text, span_trimmed, span_sorted."""
    text: str = article.text
    last = 0
    page = False
    gaps, prose = [], []
    for zone in article.zones:
        start, end, said = zone.start, zone.end, zone.text
        if start < last or text[start:end] != said or said.strip() != said:
            return False
        gaps.append(text[last:start])
        last = end
        if zone.type == "body" or zone.prose:
            prose.append((start, end))
        elif zone.type in mention_rules.ASIDE:
            page = True
    gaps.append(text[last:])
    if last > len(text) or "".join(gaps).strip():
        return False
    around = iter(prose)
    begin = close = last = 0
    for sentence in article.sentences:
        start, end, said = sentence.start, sentence.end, sentence.text
        if start < last or text[start:end] != said or said.strip() != said:
            return False
        last = end
        while close < end:
            begin, close = next(around, (_NEVER, _NEVER))
        if start < begin:
            return False
    return last <= len(text) and (not page or nothing(article, [mention_rules.zone_page]))


def _ids(article: Any) -> bool:
    """id_unique, reference, layer_none, annotator_unused; and the forms of ids."""
    entities, layers = article.entities, article.layers
    things = named("entities", entities)
    attributions = named("quotes", article.quotes)
    annotators = named("annotators", article.annotators)
    used = {thing.annotator for thing in entities}
    used.update([thing.annotator for thing in article.quotes], [thing.annotator for thing in article.claims])
    if things is None or attributions is None or annotators is None or named("claims", article.claims) is None:
        return False
    if used != annotators and (used or len(annotators) > 1):
        return False
    for claim in article.claims:
        if (claim.quote is not None and claim.quote not in attributions) or not things.issuperset(claim.about):
            return False
    return "none" not in {layers.zones, layers.entities, layers.quotes, layers.claims} or nothing(article, _LAYERS)


def _names(article: Any) -> bool:
    """placeholder, published_date; and the forms of all that is no id."""
    metadata = article.metadata
    heads = {name[:3] for name in names(article) if name is not None}
    linked = [entity.kb_id for entity in article.entities if entity.kb_id is not None]
    things = set(linked)
    if len(things) < len(linked):
        return False
    if not things <= _THINGS:
        if not of_form("entities/kb_id", things):
            return False
        local = {thing.rpartition(":")[2][:3] for thing in things}
        if all(map(_no_placeholder, local)):
            remember(_THINGS, things)
        heads |= local
    if not heads <= _HEADS:
        if all(map(_no_placeholder, heads)):
            remember(_HEADS, heads)
        elif not nothing(article, [mention_rules.placeholder]):
            return False
    if metadata.published not in _DAYS:
        if not (of_form("metadata/published", {metadata.published}) and nothing(article, [values.published_date])):
            return False
        remember(_DAYS, {metadata.published})
    languages = {article.language, metadata.translated_from or article.language}
    return of_form("id", {article.id}, 0) and of_form("language", languages)


def _no_placeholder(head: str) -> bool:
    return head[:1].isalnum() and head.lower() not in _SUSPECT


def _entities(article: Any) -> bool:
    """The rules about mentions; value_date, value_label, entity_pronoun."""
    text: str = article.text
    size = len(text)
    padded = text + " "
    starts, ends, nested = [], [], []
    valued = False
    for entity in article.entities:
        label = entity.label
        mentions = entity.mentions
        if entity.value is not None or label in values.VALUE_LABELS:
            valued = True
        for mention in mentions:
            start, end, said, level = mention.start, mention.end, mention.text, mention.level
            if end > size or text[start:end] != said:
                return False
            if (
                padded[start - 1] not in BEFORE
                or padded[end] not in AFTER
                or not said[0].isalnum()
                or not said[-1].isalnum()
                or padded[end - 2] in APOSTROPHES
                or (end - start < _SHORT and said in mention_rules.PRONOUNS)
            ):
                return cut(article) and nothing(article, _MENTIONS)
            if level == "name" or (level == "value" and label in values.VALUE_LABELS):
                starts.append(start)
                ends.append(end)
            elif level == "value":
                return False
            else:
                nested.append((start, end))
    if (valued and not nothing(article, _VALUES)) or (nested and not nothing(article, _NESTED)):
        return False
    if nested and len({*zip(starts, ends, strict=True), *nested}) < len(starts) + len(nested):
        return nothing(article, _MENTIONS)
    return _apart(starts, ends, article.sentences)


def _apart(starts: list[int], ends: list[int], sentences: list[Span]) -> bool:
    """mention_overlap, mention_sentence."""
    starts.sort()
    ends.sort()  # where none lies over another, the first to begin is the first to end
    rest = iter(sentences)
    begin = close = last = 0
    for start, end in zip(starts, ends, strict=True):
        if start < last:
            return False
        last = end
        while close <= start:
            sentence = next(rest, None)
            if sentence is None:
                begin = close = _NEVER
            else:
                begin, close = sentence.start, sentence.end
        if end > close or start < begin < end:
            return False
    return True


_LAYERS: tuple[Rule, ...] = (level4_references.layer_none,)
_VALUES: tuple[Rule, ...] = (
    mention_rules.mention_level,
    values.value_date,
    values.value_amount,
    values.value_label,
    values.value_unique,
)
_NESTED: tuple[Rule, ...] = (mention_rules.mention_pronoun, mention_rules.nominal_label, mention_rules.entity_pronoun)
_MENTIONS: tuple[Rule, ...] = (
    level3_text.span_unique,
    mention_rules.mention_overlap,
    mention_rules.mention_token,
    mention_rules.mention_sentence,
    boundaries.span_edge,
    *_VALUES,
    *_NESTED,
)
