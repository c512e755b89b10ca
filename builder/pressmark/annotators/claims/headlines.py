"""Reads what headlines say will happen or has happened: "Norland to build bridge", "Mayor quits".

Convention: schema/GUIDELINES.md, section 6.1, C1, and 6.4.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.claims.claim_words import words
from pressmark.annotators.claims.finite_verbs import DETERMINER, PREPOSITION, PRONOUN, is_verb

if TYPE_CHECKING:
    from pressmark.record.model import Article

_PLANNED = re.compile(r"[A-Z\d][^,;:?!]{2,80}?(?P<to> to )(?=(?P<verb>[a-z]{2,20})\b)")
# Words that go with "to": a guide to, a bid to, how to, ready to.
_WITH_TO = re.compile(
    r"\b(?:\w+ing|how|what|where|when|way|ways|road|guide|plan|plans|bid|key|keys|time|need|needs|right|ready|set|due|want|wants"
    r"|try|tries|chance|move|call|calls|vote|votes|ability|reason|reasons|things?|back|up|down|next|close|likely|able|from|and)\Z",
    re.IGNORECASE,
)
# "Mayor quits after leak": what happened, the verb, and that no noun follows it.
_HAPPENED = re.compile(
    r"(?P<who>[A-Z][\w’'. -]{1,60}?) (?P<verb>[a-z]{4,12})(?=\Z|, [a-z]+ing\b| (?:in|at|on|as|after|over|amid|from|during)\b)"
)
_POLICE = re.compile(r"(?P<who>Police) (?P<verb>[a-z]{4,12})(?= [\w’'])")


def headings(article: Article) -> frozenset[int]:
    """Where the sentences of headlines begin (code points)."""
    zones = [zone for zone in article.zones if zone.type in {"headline", "subheadline"}]
    return frozenset(one.start for one in article.sentences if any(zone.holds(one) for zone in zones))


def planned(text: str, start: int, end: int) -> str | None:
    """The headline ``text[start:end]`` with *will* for *to*; None if it tells of no plan."""
    found = _PLANNED.match(text, start, end)
    if (
        not found
        or ": " in text[start:end]
        or found["verb"] in DETERMINER | PREPOSITION | PRONOUN
        or found["verb"].endswith(("s", "ing", "ed"))
    ):
        return None
    if _WITH_TO.search(text, start, found.start("to")) or any(map(is_verb, text[start : found.start("to")].lower().split())):
        return None
    return f"{text[start : found.start('to')]} will {text[found.end('to') : end]}"


def happened(text: str, start: int, end: int) -> str | None:
    """The headline ``text[start:end]`` in the past tense: "Mayor quit after leak"; None if it tells of nothing else."""
    said, known = text[start:end], words()
    for pattern, past in ((_HAPPENED, known.headline), (_POLICE, known.headline_police)):
        found = pattern.match(said)
        if (
            found
            and found["verb"] in past
            and ": " not in said
            and (pattern is _POLICE or _is_one(found["who"].lower().split()))
        ):
            return f"{found['who']} {past[found['verb']]}{said[found.end() :]}"
    return None


def _is_one(who: list[str]) -> bool:
    """Whether one thing or person does it, which no other verb tells of: not "Ads" or "Lee says mayor"."""
    return who[-1][-1] != "s" and not any(is_verb(word) or word in words().present for word in who)
