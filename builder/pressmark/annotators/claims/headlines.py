"""Reads what a headline without a finite verb says will happen: "Norland to build bridge" (schema/GUIDELINES.md, 6.1, C1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.claims.finite_verbs import DETERMINER, PREPOSITION, PRONOUN

if TYPE_CHECKING:
    from pressmark.record.model import Article

_PLANNED = re.compile(r"[A-Z\d][^,;:?!]{2,80}?(?P<to> to )(?=(?P<verb>[a-z]{2,20})\b)")
# Words that go with "to": a guide to, a bid to, how to, ready to.
_WITH_TO = re.compile(
    r"\b(?:\w+ing|how|what|where|when|way|ways|road|guide|plan|plans|bid|key|keys|time|need|needs|right|ready|set|due|want|wants"
    r"|try|tries|chance|move|call|calls|vote|votes|ability|reason|reasons|things?|back|up|down|next|close|likely|able|from|and)\Z",
    re.IGNORECASE,
)


def headings(article: Article) -> frozenset[int]:
    """Where the sentences of headlines begin (code points)."""
    zones = [zone for zone in article.zones if zone.type in {"headline", "subheadline"}]
    return frozenset(one.start for one in article.sentences if any(zone.holds(one) for zone in zones))


def planned(text: str, start: int, end: int) -> str | None:
    """The headline ``text[start:end]`` with *will* for *to*; None if it tells of no plan."""
    found = _PLANNED.match(text, start, end)
    if not found or found["verb"] in DETERMINER | PREPOSITION | PRONOUN or found["verb"].endswith(("s", "ing", "ed")):
        return None
    if _WITH_TO.search(text, start, found.start("to")):
        return None
    return f"{text[start : found.start('to')]} will {text[found.end('to') : end]}"
