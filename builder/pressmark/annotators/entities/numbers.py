"""Reads numbers in words and figures."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth"
)
_SMALL = {word: i for i, word in enumerate(_UNITS.split())}
_SMALL |= {word: 10 * i for i, word in enumerate(_TENS.split(), start=2)}
ORDINALS = {word: i for i, word in enumerate(_ORDINALS.split(), start=1)}
ORDINALS |= {"twentieth": 20, "thirtieth": 30, "hundredth": 100}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALES |= {"lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7}  # in South Asia
_LETTERS = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}

SMALL = "|".join(sorted(_SMALL, key=len, reverse=True))
SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_FIGURES = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_IN_WORDS = rf"(?:{SMALL})(?:[ -](?:{SMALL}|hundred)){{0,5}}(?:[ -](?:{SCALE})){{0,2}}(?:(?: and)?[ -](?:{SMALL})){{0,5}}"
IN_FIGURES = rf"(?:{_FIGURES})(?:[ -](?:{SCALE})\b){{0,2}}"
NUMBER = rf"(?:{IN_FIGURES}|{_IN_WORDS}\b)"
LETTER = rf"(?:{'|'.join(_LETTERS)})\b"
_LONGEST = 24  # characters of a number in figures; no amount in the news has more
_PART = re.compile(r"[0-9.,]+|[a-z]+")


def number(words: str) -> Decimal | None:
    """Read a number: "3.5 million", "1,200", "twenty-five". None if the words are not a number."""
    total, current, some = Decimal(0), Decimal(0), False
    for match in _PART.finditer(words.lower()):
        part = match[0]
        if len(part) > _LONGEST:
            return None
        if part in _SMALL:
            current += _SMALL[part]
        elif scale := _SCALES.get(part) or (_LETTERS.get(part) if some else None):
            if total and not current:
                total *= scale  # 1 lakh crore
            else:
                current = (current if some else Decimal(1)) * scale
            if scale >= 1000:
                total, current = total + current, Decimal(0)
        elif part[0].isdigit():
            try:
                current += Decimal(part.replace(",", "").rstrip("."))
            except InvalidOperation:
                return None
        elif part != "and":
            return None
        some = True
    return total + current if some else None


def plain(value: Decimal) -> str:
    """Write a number without exponent, grouping or trailing zeros: "3500000", "0.5"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
