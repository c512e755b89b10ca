"""Takes the doubt out of a sentence that its factuality tells: "It may fall" becomes "It will fall", with PS+.

"It is unclear whether it fell" becomes "It fell", with Uu.

Convention: schema/GUIDELINES.md, sections 6.4 (rule 6) and 6.7.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.claims.claim_words import words

if TYPE_CHECKING:
    from pressmark.record.model import Factuality

_MAY_BE = re.compile(r"\b(?:may|might) (?P<negated>not (?!only\b))?+(?!have\b)(?=[a-z])")
_BEFORE = re.compile(r"[\w’']+")
SUBORDINATE = re.compile(r"(?<=[\w,])[ \xa0](?:that|which|who|whom|whose|where)\b")
_PROBABLY = re.compile(r"\b(?:probably|apparently) (?=[a-z])")
_SEEMS = re.compile(r"It (?:seems|appears|is likely) that (?P<next>\w)")
_UNCLEAR = re.compile(
    r"[Ii]t (?:is|was|remains|remained) (?:still )?"
    r"(?:unclear|unknown|uncertain|not (?:yet |immediately )?(?:clear|known|certain)) (?:whether|if) (?!to )(?P<next>\w)"
)
_MORE = re.compile(r"[,;:]| (?:because|since|until|as|but|and|whether)\b")  # it may tell of all, or of what is unclear


def is_unclear(text: str) -> bool:
    """Whether it says only that nobody knows whether something is so: "it was unclear whether the pilot slept"."""
    unclear = _UNCLEAR.match(text)
    return unclear is not None and not _MORE.search(text, unclear.end())


def unhedged(written: str, sure: Factuality) -> str:
    """The proposition without the *may*, *probably* or "it is unclear whether" of its own verb, if ``sure`` says as much."""
    if sure in {"PS+", "PS-"} and (may := may_be(written)):
        return f"{written[: may.start()]}will {written[may.end() :]}"
    if sure == "Uu" and (unclear := _UNCLEAR.match(written)):
        return f"{unclear['next'].upper()}{written[unclear.end('next') :]}"
    if sure != "PR+":
        return written
    seems = _SEEMS.match(written)
    return f"{seems['next'].upper()}{written[seems.end() :]}" if seems else _PROBABLY.sub("", written, count=1)


def may_be(text: str) -> re.Match[str] | None:
    """Find the *may* or *might* of a clause's own verb: "may fall", "might not fall", but not "may have fallen"."""
    found = _MAY_BE.search(text)
    if not found or SUBORDINATE.search(text, 0, found.start()):
        return None
    known, before = words(), _BEFORE.findall(text[: found.start()].lower())
    return found if (known.auxiliary | known.past | known.attitude).isdisjoint(before) else None
