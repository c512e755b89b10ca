"""Labels a claim: its types, its check-worthiness and its factuality (schema/GUIDELINES.md, sections 6.5 to 6.7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.claims.claim_words import words
from pressmark.annotators.claims.finite_verbs import RELATIVE
from pressmark.annotators.claims.hedges import SUBORDINATE, is_unclear, may_be

if TYPE_CHECKING:
    from pressmark.record.model import Checkworthiness, ClaimType, Entity, Factuality

# Words are looked up in a set first, since most claims hold none of them; a pattern is tried only where one is there.
_FUTURE = {"will", "would", "shall", "won’t", "won't", "wouldn’t", "wouldn't"}
_CONTRACTED = re.compile(r"[’']ll\b")
_WILL = re.compile(r"\b(?:will|[Ww]ould|[Ss]hall|[Ww]o(?:n[’']t|uldn[’']t)|Will (?P<verb>\w+))\b")
_BE = {"is", "are", "was", "were"}
_BE_TO = re.compile(r"\b(?:is|are|was|were) (?:going )?to [a-z]", re.IGNORECASE)
_SHARED = {"the", "these", "those", "both", "his", "her", "its", "their", "our"}
_NUMERIC = {"PERCENT", "MONEY", "QUANTITY", "ORDINAL"}
_NOT_WORDS = {"not", "never", "longer", "cannot", "neither", "nor"}
_POSSIBLE = {"may", "might", "could", "perhaps", "possibly", "maybe", "can"}
_ABLE = {"can", "could"}
_UNABLE = re.compile(r"\bc(?:an|ould) not\b|\bc(?:an|ouldn)[’']t\b", re.IGNORECASE)  # it could not be shown, so it was not
_PROBABLE = {
    "probably",
    "unlikely",
    "likely",
    "seem",
    "seems",
    "seemed",
    "appear",
    "appears",
    "appeared",
    "apparently",
}
_PROBABLY = re.compile(  # not "likely voters" or "a notice to appear"
    r"\b(?:probably|apparently|unlikely|seem(?:s|ed)?|(?<!to )appear(?:s|ed)?(?! (?:(?:in|on|at|before|with|once|twice)\b|\d))"
    r"|(?:is|are|was|were|be|will|would|most|more|very|quite|as|than|not) (?:\w+ )?likely|likely (?:to|that))\b",
    re.IGNORECASE,
)
_ALLOWED = re.compile(  # "Cars are not allowed in the centre"
    r"\b(?:is|are|will be) (?:not |no longer |now |also )?(?:allowed|permitted|banned|forbidden|prohibited|required|obliged)"
    r"(?= (?:to|in|on|at|from|by|for|under)\b|\W*\Z)"
)
_WHEN = {"DATE", "TIME"}
_ONESELF = re.compile(r"(?:I|me|my|myself|we|us|our|you|your)\b", re.IGNORECASE)  # names nobody of public interest
_VAGUE = re.compile(r"\b(?:working|work|works) (?:together|closely|hard)\b|\bmodernizing\b", re.IGNORECASE)
_VAGUE_WORDS = {"working", "work", "works", "modernizing"}
ASKED = re.compile(r"\A(?:whether\b|if\b(?=[^,]*\Z))[ \xa0]*")  # what is asked, and not a condition before its clause
_MAY = re.compile(r"\bmay\b|\AMay\b")  # not the month
_STAND_IN = re.compile(r"(?:i|you|he|she|it|we|they|this|that|these|those)\b", re.IGNORECASE)
_LENGTH = 13  # words; a longer claim tells enough to be looked up
_HAPPENED = re.compile(
    r"\b(?:is|are|was|were|been) (?:(?:not|never|also|\w+ly) )?\w+(?:ed|en)\b"
    r"|\A(?:[Tt]here (?:was|were|is|are|(?:had|has|have) been) no|[Nn]o(?:body)?)\b"
)
_ONE_OF = re.compile(r"one of\b", re.IGNORECASE)  # counts nothing
_WORD = re.compile(r"[\w’']+")
_MAIN = 60  # characters in which the main verb of a claim stands, as a rule
_LAST_WORD = re.compile(r"(\w+)\W*\Z")


class Said(NamedTuple):
    """What the labels depend on: the claim's text, its words and its quote's cue in lower case, and its entities.

    Each entity has its offset in ``text``. ``is_clause``: the claim is a whole clause; ``is_act``: it tells of a promise or an
    order; ``is_judged``: it is what somebody was called.
    """

    text: str
    words: frozenset[str]
    entities: tuple[tuple[Entity, int], ...]
    cue: frozenset[str]
    is_clause: bool
    is_act: bool = False
    is_judged: bool = False


def types(said: Said) -> tuple[ClaimType, ...]:
    """Return one main type (the first test that fits), then ``numerical`` and ``causal`` if they apply."""
    known = words()
    found: list[ClaimType] = [_main(said)]
    if _is_numerical(said):
        found.append("numerical")
    if said.words & known.causal_words and known.causal.search(said.text):
        found.append("causal")
    return tuple(found)


def _main(said: Said) -> ClaimType:
    known = words()
    if said.is_act:
        return "event_property"  # that something was promised is no prediction
    if said.words & known.rule_words and _is_rule(said):
        return "rule"
    if not said.is_judged and _foretells(said):
        return "prediction"
    return "position_statement" if said.is_judged or _judges(said) else "event_property"


def _foretells(said: Said) -> bool:
    if said.words & _FUTURE and any(not will["verb"] or _is_verb(will["verb"]) for will in _WILL.finditer(said.text)):
        return True
    is_to = "to" in said.words and said.words & _BE and _BE_TO.search(said.text)
    return bool(is_to or ("ll" in said.text and _CONTRACTED.search(said.text))) or (
        not said.is_clause and said.text.startswith("to ")
    )


def _is_verb(word: str) -> bool:
    """Whether it may follow "Will" in a headline. In "George Will said" it does not."""
    return word.lower() in words().present or word.lower() in {"be", "not"}


def _judges(said: Said) -> bool:
    """Whether it says what somebody thinks of something: a judgement, an attitude, or what should be."""
    known = words()
    is_attitude = said.words & known.attitude and known.told.search(said.text)
    is_judged = said.words & known.judgement and known.judged.search(said.text)
    return bool(is_attitude or is_judged or said.words & known.should)


def _is_rule(said: Said) -> bool:
    """Whether a law, a treaty, a state or the like stands before a verb that allows, forbids or requires."""
    known = words()
    verb = known.rule.search(said.text)
    if not verb:
        return False
    if _ALLOWED.search(said.text, 0, _MAIN):
        return True
    is_relative = said.text.startswith(("that ", "which "))
    return is_relative or bool(known.authority.search(said.text, 0, verb.start())) or _names(said, verb.start())


def _names(said: Said, end: int) -> bool:
    return any(entity.label in {"GPE", "ORG", "LAW"} and place < end for entity, place in said.entities)


def _is_numerical(said: Said) -> bool:
    for entity, place in said.entities:
        if entity.label in _NUMERIC or (entity.label in {"DATE", "TIME"} and (entity.value or "").startswith("P")):
            return True
        if entity.label == "CARDINAL":
            before = _LAST_WORD.search(said.text[max(0, place - 12) : place])
            if not (before and before[1].lower() in _SHARED) and not _ONE_OF.match(said.text, place):
                return True
    known = words()
    is_amount = said.words & known.amount_words and known.amount_pattern.search(said.text)
    return bool(said.words & known.amount or is_amount)


def checkworthiness(said: Said, kinds: tuple[ClaimType, ...]) -> Checkworthiness:
    """Judgements are non-factual; occasions, and claims that name and tell nothing, are unimportant; the rest is worth it."""
    if "position_statement" in kinds:
        return "non_factual"
    is_share = any(entity.label in {"PERCENT", "MONEY"} for entity, _ in said.entities)
    if (not is_share and words().occasion.search(said.text, 0, _MAIN)) or (
        said.words & _VAGUE_WORDS and _VAGUE.search(said.text)
    ):
        return "unimportant_factual"
    is_named = any(entity.label not in _WHEN and not _ONESELF.match(said.text, place) for entity, place in said.entities)
    is_worth = is_named or not {"rule", "numerical"}.isdisjoint(kinds) or _tells_an_event(said.text)
    return "check_worthy" if is_worth else "unimportant_factual"


def _tells_an_event(text: str) -> bool:
    """Whether it says at length what happened, or that something was done or is not there; not of "it", "them" or oneself."""
    return not _STAND_IN.match(text) and (text.count(" ") > _LENGTH or _HAPPENED.search(text, 0, _MAIN) is not None)


def factuality(said: Said) -> Factuality:
    """How certain the claimer is of the proposition as it is written: a "not" inside it is no doubt of it."""
    if (said.cue or said.is_act) and (by_cue := _by_cue(said)):
        return by_cue
    if "it" in said.words and is_unclear(said.text):
        return "Uu"
    main = said.words
    if not main.isdisjoint(RELATIVE):
        main = frozenset(_WORD.findall(SUBORDINATE.split(said.text, maxsplit=1)[0].lower()))
    possible = main & _POSSIBLE
    if possible & _ABLE and _UNABLE.search(said.text):
        possible -= _ABLE
    is_possible = possible - {"may"} or ("may" in main and _MAY.search(said.text))
    if is_possible and _main(said) != "rule":
        return "PS-" if (may := may_be(said.text)) and may["negated"] else "PS+"
    is_probable = main & _PROBABLE and _PROBABLY.search(said.text)
    return "PR+" if is_probable or said.cue & words().opinion else "CT+"


def _by_cue(said: Said) -> Factuality | None:
    """What the cue of the quote alone decides: "denied", "does not think"."""
    known, cue = words(), said.cue
    if said.is_act:
        return "PR+" if cue & known.opinion else "CT+"
    is_negated = _is_negated(cue)
    if cue & known.doubtful:
        return "CT+" if is_negated else "PR-"
    if cue & known.denial:
        return "CT-"
    return "PR-" if cue & known.opinion and is_negated else None  # does not think that it will rain


def denies(cue: frozenset[str]) -> bool:
    """Whether the source holds the opposite of its content, or does not hold it: "denied", "does not think"."""
    return not cue.isdisjoint(words().denial | words().doubtful) or _is_negated(cue)


def _is_negated(cue: frozenset[str]) -> bool:
    return bool(cue & _NOT_WORDS) or any(word.endswith(("n’t", "n't")) for word in cue)
