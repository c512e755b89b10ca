"""THE table of quotation marks. Every set of marks in the package is one of these or is derived from them.

Except for `PAIRS` and what is made of it by name, a set is a string of single characters, so it serves for
``character in OPENING``, for ``line.strip(MARKS)`` and, through `re.escape`, as the class of a pattern.

Sources: the delimiters of each language in Unicode CLDR; for the side that a mark points to, its general category (UAX #44).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterable

# Opening mark → the marks that may close it, the usual one first.
DOUBLE = {
    "“": ("”", '"', "“", "''"),
    '"': ('"', "”"),
    "``": ("''", '"', "”"),  # TeX and typewriters
    "''": ("''",),
    "„": ("“", "”", '"'),  # „German“, „Polish”
    "‟": ("”", '"'),
    "”": ("”",),  # ”Swedish”
    "«": ("»",),
    "»": ("«",),  # »German books«
    "「": ("」",),
    "『": ("』",),
}
SINGLE = {"‘": ("’", "'"), "'": ("'", "’"), "’": ("’",), "‚": ("‘", "’"), "‛": ("’",), "‹": ("›",), "›": ("‹",)}
PAIRS = DOUBLE | SINGLE
# Double marks whose opening and closing forms differ, and are used so by nearly everybody.
DIRECTED = {opening: DOUBLE[opening][0] for opening in "“«「『"}
BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）", "【": "】", "《": "》", "〈": "〉"}
APOSTROPHES = "'’‘"  # single marks that stand inside words more often than around them


def _characters(marks: Iterable[str]) -> str:
    """Each mark of one character, once."""
    return "".join(dict.fromkeys(mark for mark in marks if len(mark) == 1))


def _closing(pairs: dict[str, tuple[str, ...]]) -> str:
    return _characters(mark for marks in pairs.values() for mark in marks)


OPENING = _characters(PAIRS)
CLOSING = _closing(PAIRS)
MARKS = _characters(OPENING + CLOSING)
DOUBLE_MARKS = _characters((*DOUBLE, *_closing(DOUBLE)))  # none of them is ever an apostrophe

FULLWIDTH_FINAL = "。！？｡"  # no space follows them
FINAL = ".!?…‼⁇⁈⁉" + FULLWIDTH_FINAL + "؟۔।॥։።"
# What may stand between the start of a sentence and its first word, and between its final mark and its end. Marks that point
# left, as the second one of „German“, need a look at what follows them.
LEADING = _characters((*OPENING, *BRACKETS, *"¿¡"))
TRAILING = _characters(mark for mark in (*CLOSING, *BRACKETS.values()) if category(mark) not in {"Pi", "Ps"})
