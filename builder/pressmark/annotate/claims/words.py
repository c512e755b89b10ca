"""The words of `lexicon.toml`, read once a process."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Words:
    """What claims are known by: finite verbs, and the patterns of each judgement."""

    auxiliary: frozenset[str]
    past: frozenset[str]
    present: frozenset[str]
    rule: re.Pattern[str]
    authority: re.Pattern[str]
    intention: frozenset[str]
    judged: re.Pattern[str]
    amount: re.Pattern[str]
    causal: re.Pattern[str]
    occasion: re.Pattern[str]
    doubtful: frozenset[str]
    denial: frozenset[str]
    open: frozenset[str]
    opinion: frozenset[str]


@cache
def words() -> Words:
    """All of them."""
    lexicon = tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))
    verbs, types, factuality = lexicon["verbs"], lexicon["types"], lexicon["factuality"]
    present = verbs["present"].split()
    judgement = "|".join(types["judgement"].split())
    be = r"(?:is|are|was|were|am|be|been|becomes?|became|remains?|remained|represents?|means?|’s|’re|’m)"
    causal = "|".join(types["causal"].split("\n"))
    verb, noun = lexicon["occasion"]["verbs"], lexicon["occasion"]["nouns"]
    return Words(
        auxiliary=frozenset(verbs["auxiliary"].split()),
        past=frozenset(verbs["past"].split()),
        present=frozenset(present) | {_third(verb) for verb in present},
        rule=re.compile(rf"\b(?:{'|'.join(types['rule'].split())})(?:s|d|ed|es|ing)?\b"),
        authority=re.compile(rf"\b(?:{'|'.join(types['authority'].split())})\b", re.IGNORECASE),
        intention=frozenset(types["intention"].split()),
        judged=re.compile(rf"\b{be} (?:\w+ ){{0,4}}?(?:{judgement})\b|\bcouldn[’']t be more (?:{judgement})\b"),
        amount=re.compile(rf"\b(?:{'|'.join(types['amount'].split())})\b"),
        causal=re.compile(rf"\b(?:{causal})\b"),
        occasion=re.compile(rf"\W*(?:\w+[’'\w]* ){{0,5}}?(?:(?:{verb})\b|(?:{noun}) (?:will |would )?(?:be|is|are|was|were|follow\w*)\b"
                            rf"|(?:held|hold|holds|issued?|issues|gave) (?:\w+ ){{0,3}}(?:{noun})\b)"),
        doubtful=frozenset(factuality["doubtful"].split()),
        denial=frozenset(factuality["denial"].split()),
        open=frozenset(factuality["open"].split()),
        opinion=frozenset(factuality["opinion"].split()),
    )


def _third(verb: str) -> str:
    """The third person singular: says, goes, tries, reaches."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"
