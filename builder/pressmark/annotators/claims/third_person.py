"""Writes a name for a pronoun, with the verb behind it: "I think" becomes "Lee thinks", and "he’ll" "Lee will"."""

from __future__ import annotations

import re
from typing import NamedTuple

from pressmark.annotators.claims.claim_words import third, words
from pressmark.annotators.claims.finite_verbs import is_past

FIRST = {"i", "me", "my", "mine", "myself"}
_PLAIN = {"was", "will", "would", "can", "could", "may", "might", "shall", "should", "must", "had", "did", "never"}
_IRREGULAR = {"am": "is", "have": "has", "do": "does"}
_NOT = {"don": "does", "haven": "has", "am": "is"}
_AFTER = re.compile(
    r"(?P<short>[’'](?:ll|ve|m|s|d|re)\b)"
    r"|(?P<between>(?:[ \xa0]+(?:also|really|just|still|always|never|only|even|now|then|\w+ly))*[ \xa0]+)"
    r"(?P<verb>[^\W\d_]+?)(?P<negated>n[’']t)?(?![\w’'])"
)
_SHORT = {"ll": " will", "ve": " has", "m": " is"}
_PARTICIPLE = re.compile(
    r"[ \xa0](?:(?:\w+ly|not|never|also|always|already|just)[ \xa0])*"
    r"(?:(?:been|had|got|gotten|won)\b|(?P<either>(?:gone|done|made|held|sent|kept|paid|put|set|left|lost|\w+(?:ed|en|wn))\b))"
)


class Instead(NamedTuple):
    """What to write in place of the text up to ``end`` (code points)."""

    words: str
    end: int


def in_third_person(text: str, end: int, pronoun: str, name: str) -> Instead | None:
    """The name for the pronoun that ends at ``end``, with what follows; None if it is unclear what stands there."""
    after = _AFTER.match(text, end)
    if after and after["short"]:
        return _lengthened(text, after, pronoun, name)
    if pronoun != "i":
        return Instead(name, end)
    verb = _third(after) if after else None
    return Instead(f"{name}{after['between']}{verb}", after.end()) if after and verb else None


def _lengthened(text: str, after: re.Match[str], pronoun: str, name: str) -> Instead | None:
    """Without the contraction. "’d" may be "had" or "would", and "’re" needs more than one."""
    verb = after["short"][1:]
    if verb == "s" and pronoun not in FIRST:
        participle = _PARTICIPLE.match(text, after.end())
        if participle and participle["either"]:
            return None  # is or has
        return Instead(f"{name}{' has' if participle else ' is'}", after.end())
    if verb not in _SHORT or (verb == "ve" and pronoun != "i"):
        return None
    return Instead(f"{name}{_SHORT[verb]}", after.end())


def _third(after: re.Match[str]) -> str | None:
    """The verb behind "I" as it stands behind a name; None if it is not known."""
    verb = after["verb"].lower()
    if after["negated"]:
        stem = verb.removesuffix("n") if verb.endswith("n") and verb[:-1] in {"do", "have", "did", "was"} else verb
        return f"{_IRREGULAR.get(stem, stem)} not" if stem in _IRREGULAR or stem in _PLAIN else None
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb in _PLAIN or is_past(verb) or (verb.endswith("ed") and verb not in words().present):
        return verb
    return third(verb) if verb in words().present and verb == after["verb"] and not verb.endswith("s") else None
