"""What finds the attributions of a sentence: our rules, or a model (`quote_tagger`)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from pressmark.annotators.quotes.by_layout import DASHES, gesture, headline_colon, headline_signed, signature
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.sentence_attributions import frames
from pressmark.annotators.quotes.verbless import SIGNALS

if TYPE_CHECKING:
    from pressmark.annotators.quotes.frames import Frame
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

_LETTERS = bytes(byte if byte in b"abcdefghijklmnopqrstuvwxyz-" else ord(" ") for byte in range(256))  # of words in UTF-8
_PIECE = 4000  # characters whose words are looked up at a time, so that a text in one sentence takes no more memory


class Finder(Protocol):
    """Finds attributions in a sentence: our rules, or a model."""

    def may_report(self, text: str, start: int, end: int) -> bool:
        """Whether there may be one; it saves the rest of the work for most sentences."""

    def frames(self, w: Words, *, is_headline: bool) -> list[Frame]:
        """The attributions that stand in no other one."""

    def signature(self, w: Words) -> Range | None:
        """Whose words the quotations before are, if the sentence is a signature: “— Ann Lee, farmer”."""

    def gesture(self, w: Words) -> Range | None:
        """Whose words a quotation right behind the sentence is, which reports nothing ("Ann Lee nodded")."""


@cache
def _signals(*, thought: bool) -> frozenset[bytes]:
    """The words that can signal a report, in UTF-8."""
    words = (lexicon().cues.keys() if thought else lexicon().reporting) | SIGNALS
    return frozenset(map(str.encode, words))


class Rules:
    """Finds reported speech and writing by rules; with ``thought`` also beliefs, wishes and stances."""

    def __init__(self, *, thought: bool) -> None:
        self._thought = thought
        self._signals = _signals(thought=thought)

    def may_report(self, text: str, start: int, end: int) -> bool:
        """Whether a word that can signal a report stands there."""
        for place in range(start, end, _PIECE):
            piece = text[place : min(place + _PIECE, end)].lower().encode("utf-8", "replace")
            if not self._signals.isdisjoint(piece.translate(_LETTERS).split()):
                return True
        return False

    def frames(self, w: Words, *, is_headline: bool) -> list[Frame]:
        """What the rules find."""
        here = frames(w, thought=self._thought)
        headline = headline_colon(w) or headline_signed(w) if is_headline and not here else None
        return [headline] if headline else here

    def signature(self, w: Words) -> Range | None:
        """The name behind a dash."""
        return signature(w) if w.starts and w.text[w.starts[0]] in DASHES else None

    def gesture(self, w: Words) -> Range | None:
        """Who nods, smiles or shakes their head."""
        return gesture(w)
