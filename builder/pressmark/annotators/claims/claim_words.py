"""Reads the word lists and patterns of ``schema/lexicon.toml``, once per process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pressmark.annotators.word_lists import word_lists


@dataclass(frozen=True, slots=True)
class Words:
    """Finite verbs, by which claims are found, and the words and patterns that decide their labels."""

    auxiliary: frozenset[str]
    past_of_ing: dict[str, str]
    past: frozenset[str]
    present: frozenset[str]
    ending: frozenset[str]
    headline: dict[str, str]
    headline_police: dict[str, str]
    rule: re.Pattern[str]
    rule_words: frozenset[str]
    authority: re.Pattern[str]
    judged: re.Pattern[str]
    judgement: frozenset[str]
    attitude: frozenset[str]
    told: re.Pattern[str]
    should: frozenset[str]
    amount: frozenset[str]
    amount_words: frozenset[str]
    amount_pattern: re.Pattern[str]
    causal: re.Pattern[str]
    causal_words: frozenset[str]
    occasion: re.Pattern[str]
    doubtful: frozenset[str]
    denial: frozenset[str]
    opinion: frozenset[str]
    wish: frozenset[str]


@cache
def words() -> Words:
    """Read the lists, or return them if they were read before."""
    lexicon = word_lists()["claims"]
    sets = {name: frozenset(text.split()) for part in ("verbs", "types", "factuality") for name, text in lexicon[part].items()}
    pairs = {name: lexicon["verbs"][name].split() for name in ("past_of_ing", "headline", "headline_police")}
    pairs_of = {name: dict(zip(some[::2], some[1::2], strict=True)) for name, some in pairs.items()}
    rules = sorted(form for verb in sets["rule"] for form in _forms(verb))
    verb, noun = lexicon["occasion"]["verbs"], lexicon["occasion"]["nouns"]
    be = r"(?:is|are|was|were|am|be|been|becomes?|became|remains?|remained|represents?|means?|[’']s|[’']re|[’']m)"
    judgement = "|".join(sorted(sets["judgement"] - {"right"}))  # a constitutional right is no judgement
    return Words(
        past_of_ing=pairs_of["past_of_ing"],
        headline=pairs_of["headline"],
        headline_police=pairs_of["headline_police"],
        auxiliary=sets["auxiliary"] | {word.replace("’", "'") for word in sets["auxiliary"]},
        past=sets["past"],
        present=sets["present"] | {third(verb) for verb in sets["present"] | sets["rule"]},
        ending=frozenset(map(third, sets["ending"])),
        rule=re.compile(rf"\b(?:{'|'.join(rules)})\b"),
        rule_words=frozenset(rules),
        authority=re.compile(rf"\b(?:{'|'.join(sorted(sets['authority']))})\b", re.IGNORECASE),
        judged=re.compile(
            rf"(?:\b|(?=[’'])){be} (?:\w+ ){{0,4}}?(?:{judgement})\b|\b{be} (?:\w+ )?right\b(?! (?:to|of|now|here|there)\b)"
            rf"|\bcouldn[’']t be more (?:{judgement})\b"
        ),
        judgement=sets["judgement"],
        attitude=sets["attitude"] | sets["attitude_base"],
        told=re.compile(
            r"(?<!\ba )(?<!\bin )(?<!\bthe )(?<!\bhis )(?<!\bher )(?<!\bits )(?<!\btheir )"
            rf"\b(?:{'|'.join(sorted(sets['attitude']))})\b"
            r"|\b(?:I|[Yy]ou|[Ww]e|[Tt]hey|who|people|(?!(?:is|was|has|does)\b)\w+s) "
            rf"(?:(?:really|also|still|do|don[’']t|not|\w+ly) )*(?:{'|'.join(sorted(sets['attitude_base']))})\b"
        ),
        should=sets["should"],
        amount=sets["amount"],
        amount_words=sets["amount_words"],
        amount_pattern=re.compile(rf"\b(?:{lexicon['types']['amount_pattern']})", re.IGNORECASE),
        causal=re.compile(rf"\b(?:{lexicon['types']['causal']})\b"),
        causal_words=sets["causal_words"],
        occasion=re.compile(
            rf"\b(?:(?:{verb})|(?:{noun}) (?:will |would )?(?:be|is|are|was|were|follow\w*)"
            rf"|(?:held|hold|holds|issued?|issues|gave) (?:[a-z]+ ){{0,3}}(?:{noun}))\b"
        ),
        doubtful=sets["doubtful"],
        denial=sets["denial"],
        opinion=sets["opinion"],
        wish=sets["wish"],
    )


def _forms(verb: str) -> tuple[str, ...]:
    """The forms of a regular verb, and of "let" and "ban"."""
    stem = verb.removesuffix("e")
    double = verb + verb[-1] if verb in {"let", "ban", "permit"} else stem
    return verb, third(verb), f"{double}ed", f"{double}ing", *(("bound",) if verb == "bind" else ())


def past_of(ing: str) -> str:
    """The past tense: "took" of "taking", "carried" of "carrying"."""
    stem = ing.removesuffix("ing")
    is_ied = len(stem) > 2 and stem[-1] == "y" and stem[-2] not in "aeiou"
    return words().past_of_ing.get(ing) or (f"{stem[:-1]}ied" if is_ied else f"{stem}ed")


def third(verb: str) -> str:
    """The third person singular: says, goes, tries, reaches."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"
