"""Finds the capitalised words of a text, and the text between them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pressmark.record.model import EntityLabel

# Latin, with the letters of Vietnamese; no other script's names are known.
_UPPER = "".join(re.escape(c) for c in map(chr, (*range(0x250), *range(0x1E00, 0x1F00))) if c.isupper())
# Words that a full stop may follow and belong to; of those in _TITLES not where it ends the sentence ("met Hun Sen.").
_SHORT = {"Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "Rev", "Fr", "Hon", "St", "Jr", "Sr", "Inc", "Corp", "Co", "Ltd"}
_TITLES = {"Sen", "Sens", "Rep", "Reps", "Gov", "Gen", "Lt", "Col", "Capt", "Sgt", "Maj", "Cpl", "Cmdr", "Adm"}
# "U.S.", the initial of "Joe R. Biden", or a word: "O’Malley", "Eto’o", but not "It’s".
_WORD = re.compile(
    rf"[{_UPPER}](?:\.(?:[{_UPPER}]\.){{1,3}}|\.(?=[ \xa0][{_UPPER}])"
    rf"|\w*(?:[’'](?:[{_UPPER}]\w+|(?!(?:s|t|ll|re|ve|m|d)\b)[a-z]\w*))*)"
)
_NO_WORD = ("$", "’t", "'t")  # behind the capitals of "US$5", "Don’t"
_FAR = 12  # characters between two words of one name at most; what is further apart needs no look
_INITIAL = re.compile(rf"(?:[{_UPPER}]\.){{1,2}}\Z")


class Found(NamedTuple):
    """A mention ``text[start:end]`` (code points): the label and full name of its entity, the rule, and the title before it."""

    start: int
    end: int
    label: EntityLabel
    name: str
    rule: str
    confidence: float
    title: str = ""


SPACE = {" ", "\xa0"}
JOINED = {*SPACE, "-"}


class Word(NamedTuple):
    """A capitalised word; ``gap`` is the text between it and the capitalised word before it in the sentence."""

    start: int
    end: int
    text: str
    gap: str

    def follows(self, other: Word, between: set[str] = JOINED) -> bool:
        """Whether nothing but a space or a hyphen stands between another word and this one."""
        return self.gap in between and self.start == other.end + 1


@lru_cache(2**8)  # the names and the pronouns ask for those of the same sentences
def words(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The capitalised words of ``text[start:end]``."""
    found, last = [], start
    for match in _WORD.finditer(text, start, end):
        begin, stop = match.span()
        is_inside = begin > start and (text[begin - 1].isalnum() or text[begin - 1] == "_")
        if not is_inside and not text.startswith(_NO_WORD, stop):
            if stop < end and text[stop] == "." and (match[0] in _SHORT or (match[0] in _TITLES and stop + 1 < end)):
                stop += 1
            found.append(Word(begin, stop, text[begin:stop], text[last:begin] if begin - last <= _FAR else "…"))
            last = stop
    return tuple(found)


def is_initial(word: str) -> bool:
    """Whether it is one initial or two: "R.", "J.K."."""
    return word[-1] == "." and _INITIAL.match(word) is not None


def is_title(unit: str) -> bool:
    """Whether nearly all longer words are capitalised, so that capitals do not show names (AP Stylebook, "titles")."""
    long = [word for word in unit.split() if len(word) > 3 and word[0].isalpha()]
    return len(long) >= 3 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)
