"""How sure a quote is: a logistic regression over its rule, the class of its cue, its type, its source and its length.

``confidence.toml`` has its coefficients. ``benchmarks/confidence.py`` fits them.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING

from pressmark.annotators.quotes.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.record.model import Quote, Span

FILE = "confidence.toml"
_WORD = re.compile(r"[\w-]+")
_PRONOUNS = {"i", "you", "he", "she", "it", "we", "they"}
_LENGTHS = (2, 5, 11, 24, 49)  # words of a content, about twice as many each time


def confidence(rule: str, quote: Quote) -> float:
    """The probability that an annotator marked what ``rule`` found, as PolNeAR's did: 0 to 1."""
    known = _coefficients()
    total = known["intercept"] + sum(known.get(feature, 0) for feature in features(rule, quote))
    return round(1 / (1 + exp(-total)), 2)


def features(rule: str, quote: Quote) -> list[str]:
    """What the confidence of a quote depends on, each in the form ``name=value``."""
    words = sum(span.text.count(" ") + 1 for span in quote.content)
    longer = sum(words > most for most in _LENGTHS)
    return [
        f"rule={rule}",
        f"cue={_class(quote.cue)}",
        f"type={quote.type}",
        f"source={_kind(quote.sources)}",
        f"words={_LENGTHS[longer - 1] + 1 if longer else 1}+",
    ]


def _class(cue: Iterable[Span]) -> str:
    """The lexicon's class of the cue's last verb."""
    known = lexicon().cues
    verbs = [word for span in cue for word in _WORD.findall(span.text.lower()) if word in known]
    return known[verbs[-1]].senses[0].verb_class if verbs else "none"


def _kind(sources: Iterable[Span]) -> str:
    text = next((source.text for source in sources), None)
    if text is None:
        return "none"
    return "pronoun" if text.lower() in _PRONOUNS else "common" if text.islower() else "name"


@cache
def _coefficients() -> dict[str, float]:
    table = tomllib.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    return {"intercept": table["intercept"]} | {
        f"{name}={value}": c for name in table if name != "intercept" for value, c in table[name].items()
    }
