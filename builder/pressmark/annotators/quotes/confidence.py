"""How sure a quote is: a logistic regression over its rule, its cue, type, status, source and length, and its sentence.

``confidence.toml`` has its coefficients. ``benchmarks/confidence.py`` fits them.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.quotes.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.record.model import Quote, QuoteType, Source, Span, Status

FILE = "confidence.toml"
_WORD = re.compile(r"[\w-]+")
_PRONOUNS = {"i", "you", "he", "she", "it", "we", "they"}
_LENGTHS = (2, 5, 11, 24, 49)  # words of a content, about twice as many each time
_SENTENCES = (8, 16, 24, 32, 44)  # words of a sentence
_RESTS = (0, 3, 8, 16)  # words of the sentence behind the quote, its cue and its source
_FAR = 2000  # characters of a sentence that are looked at; a text in one sentence must not take longer for each of its quotes
_COMMAS = (0, 1, 2, 4)
_PARTS = 5  # of a sentence, to say how much of it the content is
_HERE, _RELATIVE = {"i", "you", "we"}, {"who", "which", "that", "whose"}
_SOME = {"some", "many", "most", "others", "those", "people", "voters", "half", "few"}
_SPEAKERS = {"here": _HERE, "relative": _RELATIVE, "some": _SOME}
_OPENING = "\"“‘'"


class Marked(NamedTuple):
    """What the confidence of a quote depends on: some of the fields of a `Quote` that is still to be made."""

    type: QuoteType
    status: Status
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    sources: tuple[Source, ...]


def confidence(rule: str, quote: Quote | Marked, text: str, sentence: tuple[int, int]) -> float:
    """The probability that an annotator marked what ``rule`` found, as PolNeAR's did: 0 to 1.

    ``sentence`` is where the sentence of its cue stands in the text (code points).
    """
    known = _coefficients()
    total = known["intercept"] + sum(known.get(feature, 0) for feature in features(rule, quote, text, sentence))
    return round(1 / (1 + exp(-total)), 2)


def features(rule: str, quote: Quote | Marked, text: str, sentence: tuple[int, int]) -> list[str]:
    """What the confidence of a quote depends on, each in the form ``name=value``."""
    words = sum(span.text.count(" ") + 1 for span in quote.content)
    around = max(1, len(text[sentence[0] : min(sentence[1], sentence[0] + _FAR)].split()))
    end = max(span.end for span in (*quote.content, *quote.cue, *quote.sources))
    return [
        f"rule={rule}",
        f"cue={_class(quote.cue)}",
        f"type={quote.type}",
        f"status={quote.status}",
        f"source={_kind(quote.sources)}",
        f"speaker={_speaker(quote.sources)}",
        f"begins={'mark' if quote.content[0].text[0] in _OPENING else 'word'}",
        f"words={_least(words, _LENGTHS)}",
        f"commas={_least(sum(span.text.count(',') for span in quote.content), _COMMAS)}",
        f"sentence={_least(around, _SENTENCES)}",
        f"share={min(_PARTS - 1, _PARTS * words // around)}/{_PARTS}",
        f"rest={_least(len(_WORD.findall(text[end : min(sentence[1], end + _FAR)])), _RESTS)}",
    ]


def _least(number: int, most: tuple[int, ...]) -> str:
    """The range that a number is in, by its lower end."""
    longer = bisect_left(most, number)
    return f"{most[longer - 1] + 1 if longer else 0}+"


def _speaker(sources: Iterable[Span]) -> str:
    first = next((source.text.split()[0].lower() for source in sources), "")
    return next((kind for kind, known in _SPEAKERS.items() if first in known), "other")


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
