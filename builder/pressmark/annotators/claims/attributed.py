"""Tells clauses of the article that only say what somebody thinks, denies or calls something: they claim nothing.

Quotes of thought are looked for only on demand, but "He hopes that the roof will last" is an attribution with and without them
(schema/GUIDELINES.md, section 6.1, C3).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pressmark.annotators.claims.claim_words import words
from pressmark.annotators.claims.clauses import TOKEN, trimmed
from pressmark.annotators.claims.cuts import JOINING
from pressmark.annotators.claims.finite_verbs import (
    ADVERBS,
    BE,
    DETERMINER,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SUBJECT,
    is_finite,
    opens,
)
from pressmark.annotators.claims.naming_quotes import CALL, after_thing

if TYPE_CHECKING:
    from pressmark.annotators.claims.clauses import Clause

# Words of somebody whom no quote names, so that they are not the article's: "…, a source close to him said".
_SAID = re.compile(
    r",[”\"’']* (?!and |but |or |who |which |they |you |I )(?:[^\W\d_][\w’'.-]* ){1,14}"
    r"(?:said|says?|shows?|showed|reported|added|noted|wrote|told)(?: (?:the )?[A-Z]\w+)?\Z|, (?:said|says) [A-Z]\w+"
)
_SAYING = {"said", "say", "says", "show", "shows", "showed", "reported", "added", "noted", "wrote", "told"}
_VIEW = {"regard", "regards", "regarded", "view", "views", "viewed", "see", "sees", "saw"}
_DISMISS = {"dismiss", "dismisses", "dismissed"}
_ACCUSE = {"accuse", "accuses", "accused"}
CLAIMS = {"claim", "report", "allegation", "accusation", "charge", "suggestion", "notion", "idea", "theory", "rumour", "rumor"}
ANY = {"the", "any", "all", "those", "these"}  # before one of these nouns
_MANY = {"people", "police", "men", "women", "children", "many", "most", "few", "others"}
_SOON = 10  # words behind "expects" in which "to" must come
_NO_CUE_BEFORE = DETERMINER | PREPOSITION | {"and", "or"}  # his hopes, in fear


def not_said(text: str, start: int, end: int, found: list[Clause]) -> list[Clause]:
    """The clauses of a sentence that are the article's own; none where the sentence ends with who said it."""
    if "," not in text[start:end]:
        return found
    whole = trimmed(text, start, end)
    if whole and _SAID.search(text, *whole):
        return []
    return [one for one in found if _SAYING.isdisjoint(one.words) or not _SAID.search(text, one.start, one.end)]


def without_attributions(text: str, clauses: list[Clause]) -> list[Clause]:
    """The clauses before the first that attributes something, and those that "and" or "but" adds behind it."""
    kept, is_attributed = [], False
    for clause in clauses:
        is_own = text.endswith(("and ", "but ", "; "), 0, clause.start)
        is_attributed = attributes(text, clause) or (is_attributed and not is_own)
        if not is_attributed:
            kept.append(clause)
    return kept


def attributes(text: str, clause: Clause) -> bool:
    """Whether the clause's own verb is that of somebody who thinks, denies or calls something."""
    known, cues = words(), _cues()
    if cues.isdisjoint(clause.words):
        return False
    as_written = TOKEN.findall(text, clause.start, clause.end)
    found = [word.lower() for word in as_written]
    k = next((k for k, word in enumerate(found) if word in cues and (k or clause.subject)), None)
    if k is None or (k and found[k - 1] in _NO_CUE_BEFORE) or not RELATIVE.isdisjoint(found[1:k]) or "what" in found[:k]:
        return False
    first = k
    while first and (found[first - 1] in known.auxiliary | ADVERBS | BE or found[first - 1].endswith("ly")):
        first -= 1
    if any(is_finite(found, i) for i in range(first)) or _is_inside(found, first) or _may_be_noun(found, first, k):
        return False
    if found[k] in CALL:
        said = text[clause.start : clause.end]
        if k and found[k - 1] in BE:
            return found[k + 1 : k + 2] in (["a"], ["an"])  # was called a farce
        return after_thing(said[said.lower().find(f"{found[k]} ") + len(found[k]) + 1 :]) > 0
    return _has_content(found, k, is_name=as_written[k + 1 : k + 2] != found[k + 1 : k + 2])


def _is_inside(found: list[str], first: int) -> bool:
    """Whether the verb is of a clause inside another without a relative word: "the man she hopes to succeed left"."""
    is_pronoun = first > 1 and found[first - 1] in SUBJECT
    return is_pronoun and found[first - 2].isalpha() and found[first - 2] not in ADVERBS | JOINING | {"so", "or", "that"}


@cache
def _cues() -> frozenset[str]:
    known = words()
    thought = (known.opinion | known.doubtful | known.wish) - {"supposed"}  # "is supposed to" says what should be
    return thought | known.denial | _DISMISS | _VIEW | _ACCUSE | CALL


def _may_be_noun(found: list[str], first: int, k: int) -> bool:
    """Whether "hope" or "doubt" stands there without a subject of several: "the only hope", but not "farmers hope"."""
    before = found[first - 1] if first else ""
    if not before or not words().auxiliary.isdisjoint(found[first:k]):
        return False
    is_base = found[k][-1] != "s" and not found[k].endswith("ed") and found[k] not in words().past
    return is_base and not (before in PRONOUN | _MANY or before[-1] == "s" or "and" in found[:k])


def _has_content(found: list[str], k: int, *, is_name: bool) -> bool:
    """Whether what is thought or denied stands behind the verb ``found[k]``. ``is_name``: a capital follows it."""
    known, cue, after = words(), found[k], found[k + 1] if k + 1 < len(found) else ""
    is_subject = is_name or after in DETERMINER | PRONOUN or after.endswith("s")
    is_clause = after == "that" or (is_subject and opens(found, k + 1))
    if cue in _VIEW:
        return any(pair in (["as", "a"], ["as", "an"]) for pair in (found[i : i + 2] for i in range(k + 2, k + _SOON)))
    if cue in _ACCUSE:
        return "of" in found[k + 1 : k + _SOON]
    if cue in known.denial | _DISMISS:
        noun = found[k + 1 + (after in ANY) :][:2]
        is_claim = len(noun) == 2 and noun[0].removesuffix("s") in CLAIMS and noun[1] in {"that", "of"}
        return is_claim or is_clause
    rest = found[k + 1 : k + _SOON]
    is_to = "to" in rest and not any(is_finite(found, i) for i in range(k + 1, k + 1 + rest.index("to")))
    return is_clause or (is_to and after not in PREPOSITION - {"to"})
