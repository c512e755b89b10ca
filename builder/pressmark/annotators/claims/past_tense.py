"""Tells in the past tense what somebody denies or is accused of: "stealing it and lying" is "stole it and lied"."""

from __future__ import annotations

import re

from pressmark.annotators.claims.claim_words import past_of, words
from pressmark.annotators.claims.finite_verbs import DETERMINER

_SECOND = re.compile(r" (?P<joint>and|or) (?:of )?(?P<ing>[a-z]+ing)\b(?: (?P<after>\w+))?")
_LISTED = re.compile(r", [a-z]+ing\b")
_BEHIND_VERB = {"it", "them", "him", "me", "us", "to", "about", "at", "from", "with", "out", "off", "up", "down"}
_BEHIND_VERB |= DETERMINER - {"some", "any"}
_THINGS = {"clothing", "housing", "training", "funding", "parking", "building", "bedding", "advertising", "lighting", "heating"}
_WHOLE = re.compile(r"(?:[wxy]|[cfnprsx]t|ck|[cs]h|[lnr]d|[nrs]k|[lm]p|ss|ll|r[mn])\Z")  # without an -e: pay, report, sack
_DOUBLED = re.compile(r"[^aeiou][aeiou]([bdgmnprt])\1\Z")


def in_past(doing: str) -> str | None:
    """The past tense of "stealing the boat and lying", "not paying tax"; None where that is unclear."""
    first, _, rest = doing.partition(" ")
    if first.lower() == "never":
        done = in_past(rest)
        return done and f"never {done}"
    if first.lower() == "not":
        verb, _, rest = rest.partition(" ")
        first = _base_of(verb.lower()) or ""
        return f"did not {first} {rest}".rstrip() if first and not _SECOND.search(f" {rest}") else None
    if _LISTED.search(rest):
        return None  # a third deed, or how it was done
    parts, place, text = [past_of(first.lower())], 0, f" {rest}"
    for second in _SECOND.finditer(text):
        if second["ing"] in _THINGS and second["after"] not in _BEHIND_VERB:
            continue
        is_verb = second["after"] in _BEHIND_VERB or second["ing"] in words().past_of_ing or second.start() == 0
        if not is_verb:
            return None  # a deed or a thing
        parts += [text[place : second.start()], f" {second['joint']} {past_of(second['ing'])}"]
        place = second.end("ing")
    return "".join([*parts, text[place:]]).rstrip()


def _base_of(ing: str) -> str | None:
    """The base form: "pay" of "paying", "take" of "taking", "stop" of "stopping"; None where it may have an -e or not."""
    stem = ing.removesuffix("ing")
    known = words().present
    doubled = _DOUBLED.search(stem)
    forms = (stem, f"{stem}e", stem[:-1] if doubled else stem, f"{stem[:-1]}ie" if len(stem) == 2 else stem)
    by_list = next((form for form in forms if form in known), None)
    return by_list or (stem[:-1] if doubled else stem if _WHOLE.search(stem) else None)
