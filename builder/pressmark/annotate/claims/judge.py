"""What kind of claim it is, whether it is worth a check, and how certain it is put: schema/GUIDELINES.md, 6.5 to 6.7."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressmark.annotate.claims.words import words

if TYPE_CHECKING:
    from pressmark.model import Checkworthiness, ClaimType, Entity, Factuality

_FUTURE = re.compile(r"\b(?:will|would|shall|won[’']t|wouldn[’']t)\b|[’']ll\b|\b(?:is|are|was|were) (?:going )?to [a-z]", re.IGNORECASE)
_SHARED = {"the", "these", "those", "both", "his", "her", "its", "their", "our"}
_NUMERIC = {"PERCENT", "MONEY", "QUANTITY", "ORDINAL"}
_NOT = re.compile(r"\b(?:not|never|no longer|cannot|neither|nor)\b(?! only)|n[’']t\b(?! be more)", re.IGNORECASE)
_POSSIBLE = re.compile(r"\b(?:may|might|could|perhaps|possibly|maybe|can)\b(?!n[’']t)", re.IGNORECASE)
_PROBABLE = re.compile(r"\b(?:probably|likely|should|seems?|seemed|appears? to|appeared to|apparently)\b", re.IGNORECASE)
_UNLIKELY = re.compile(r"\b(?:unlikely|probably not)\b", re.IGNORECASE)
_VAGUE = re.compile(r"\b(?:working|work|works) (?:together|closely|hard)\b|\bmodernizing\b", re.IGNORECASE)
_LAST_WORD = re.compile(r"(\w+)\W*\Z")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim's words and what is known of them: its entities with where each stands in it, and its quote's cue."""

    text: str
    entities: tuple[tuple[Entity, int], ...]
    cue: str | None
    is_clause: bool


def types(said: Said) -> tuple[ClaimType, ...]:
    """One main type, by the first test that fits; then numerical and causal, each by its own."""
    added: list[ClaimType] = [_main(said)]
    if _is_numerical(said):
        added.append("numerical")
    if words().causal.search(said.text):
        added.append("causal")
    return tuple(added)


def _main(said: Said) -> ClaimType:
    known = words()
    rule = known.rule.search(said.text)
    if rule and (said.text[:4] in {"that", "whic"} or known.authority.search(said.text, 0, rule.start()) or _names(said, rule.start())):
        return "rule"
    if _FUTURE.search(said.text) or (not said.is_clause and said.cue and not known.intention.isdisjoint(said.cue.lower().split())):
        return "prediction"
    return "position_statement" if known.judged.search(said.text) else "event_property"


def _names(said: Said, end: int) -> bool:
    return any(entity.label in {"GPE", "ORG", "LAW"} and place < end for entity, place in said.entities)


def _is_numerical(said: Said) -> bool:
    for entity, place in said.entities:
        if entity.label in _NUMERIC or (entity.label in {"DATE", "TIME"} and (entity.value or "").startswith("P")):
            return True
        before = _LAST_WORD.search(said.text[max(0, place - 12) : place])
        if entity.label == "CARDINAL" and not (before and before[1].lower() in _SHARED):
            return True
    return bool(words().amount.search(said.text))


def checkworthiness(said: Said, main: ClaimType) -> Checkworthiness:
    """Judgements are no facts; occasions, and what names nothing, are of no interest; the rest is."""
    if main == "position_statement":
        return "non_factual"
    if words().occasion.match(said.text) or _VAGUE.search(said.text):
        return "unimportant_factual"
    return "check_worthy" if said.entities or main == "rule" else "unimportant_factual"


def factuality(said: Said) -> Factuality:
    """How certain the claimer puts it: the claim's own words first, then the cue of its quote."""
    known, text = words(), said.text
    cue = set((said.cue or "").lower().split())
    is_not, is_possible = bool(_NOT.search(text)), bool(_POSSIBLE.search(text))
    if cue & known.doubtful or _UNLIKELY.search(text):
        return "PR-"
    if is_not:
        return "PS-" if re.search(r"\b(?:may|might|possibly) not\b", text) else "CT-"
    if cue & known.denial:
        return "CT-"
    if "whether" in cue or text.lower().startswith("whether ") or (not said.is_clause and cue & known.open):
        return "Uu"
    if is_possible and _main(said) != "rule":
        return "PS+"
    if _PROBABLE.search(text) or cue & known.opinion or (not said.is_clause and cue & known.intention):
        return "PR+"
    return "CT+"
