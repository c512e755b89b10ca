"""Says which stretches of text put nothing forward as true: questions, greetings, what several say of each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.claims.acts import is_reciprocal
from pressmark.annotators.claims.claim_labels import ASKED
from pressmark.annotators.quotes.content_act import spoken
from pressmark.record.marks import CLOSING, DIRECTED, OPENING

if TYPE_CHECKING:
    from pressmark.annotators.claims.stretches import Stretch

_ENDING = 60  # characters at the end in which they are looked for
_LONGEST = 4000  # characters of a sentence; more is no prose, and the time must stay linear
_QUESTION = re.compile(rf"\?!*[{''.join(DIRECTED.values())}\"’)]*\Z")
_CONDITION = re.compile(rf"[{OPENING}]?(?:If|Unless)\b[^,]*,?[{CLOSING}]?\Z")
_BEHIND_IF = re.compile(rf"[{OPENING}]?(?:If|Unless|When|Once)\b[^,;.!?]{{3,150}},[ \xa0](?:then[ \xa0])?")
_WH = re.compile(r"(?:who|whom|whose|what|which|why|how|where)\b", re.IGNORECASE)  # what it is, is not told
_GREETING = re.compile(
    r"\W*(?:thank you|thanks|good (?:morning|evening|night|luck)|congratulations|welcome|hello|goodbye|happy \w+day|long live"
    r"|god bless|rest in peace)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\W*(?:please|suppose|imagine|remember|note that|see|look|click|visit|let(?:[’']s| us)?)\b(?![’']s \w+ed)(?! (?-i:[A-Z]))",
    re.IGNORECASE,
)
# "The two sides accused each other": nobody knows what who said.
_RECIPROCAL = re.compile(
    r"\b(?:accus|blam|criticis|criticiz|attack|insult|mock|denounc)(?:e|es|ed) (?:each other|one another)\b[^,;]{0,30}\Z"
)


def claims_nothing(text: str, stretch: Stretch) -> bool:
    """Whether it is no more than a question, a condition or a topic, or too long for prose."""
    start, end, quote = stretch.start, stretch.end, stretch.quote
    last_few = text[max(start, end - 8) : end]
    is_asked = "?" in last_few and _QUESTION.search(last_few) is not None
    if is_asked or end - start > _LONGEST or _ORDER.match(text, start, end):
        return True
    if quote is None or is_reciprocal(quote):
        ending = max(start, end - _ENDING)
        return quote is not None or ("other" in text[ending:end] and _RECIPROCAL.search(text, ending, end) is not None)
    if quote.type == "indirect":
        return _WH.match(text, start, end) is not None or ASKED.match(text[start:end]) is not None
    if quote.type == "direct" and _GREETING.match(text, start, end):
        return True
    is_condition = _CONDITION.match(text, start, end)  # its clause comes behind the cue
    return is_condition is not None or (quote.type == "direct" and not _asserts(text, start, end))


def _asserts(text: str, start: int, end: int) -> bool:
    """Whether quoted words put something forward as true; “If they ban me, I will quit” is a promise."""
    condition = _BEHIND_IF.match(text, start, end)
    return spoken(text[condition.end() if condition else start : end], None) == "assertion"
