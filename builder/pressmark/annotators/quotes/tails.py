"""Finds where a noun phrase ends and what tells how, where or when begins: “said Ann Lee | in an interview on Monday”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.quotes.grammar import sets

if TYPE_CHECKING:
    from pressmark.annotators.quotes.tagged_words import Words

_OF = {"from", "for"}  # behind a person's name: “Ann Lee from Kiel”
_HOW = {"about", "through", "during"}  # behind anybody: “a boy about the blast”, “a girl through tears”
_TAIL = re.compile("[pu]|(?<!c)T(?!#?[snN])")
_DAY = re.compile(r"(?:(?<=[nNBP])pT|(?<=n)T)T*\Z")
_HAS_VERB = re.compile("x|[vV](?![nN])")
_CLAUSAL = re.compile("[whxvV]")  # a clause, and what stands in it, says who it is
_IS_NAME = re.compile(r"[^Dpo]*N\Z")
_FEASTS = {"super", "black", "good", "ash", "cyber"}  # Super Tuesday


def tail(w: Words, start: int, end: int) -> int:
    """Where what says who it is ends and what says how, where or when it was said begins: “Ann Lee | in an interview”."""
    tags = w.tags
    match = _TAIL.search(tags, start + 1, end)
    while match and not _CLAUSAL.search(tags, start + 1, match.start()):
        i = match.start()
        if tags[i] == "p":
            is_person = _IS_NAME.match(tags, start, i) is not None and not _are_several(w, i - 1)
            is_said_so = w.lower[i] in _HOW and w.lower[i - 1] in gazetteer().people
            is_tail = (is_person and not _tells_who(w, i, end)) or is_said_so or _is_occasion(w, i + 1, end)
        elif tags[i] == "u":
            is_tail = True  # said Lee as she left
        else:
            is_tail = w.lower[i - 1] not in _FEASTS and re.search("[NnP]", tags[start:i]) is not None
            i -= tags[i - 1] == "p"
        if is_tail:
            return i
        match = _TAIL.search(tags, match.end(), end)
    return end


def before_day(w: Words, start: int, end: int) -> int:
    """Where a day begins that ends what was announced, for it tells when that was: “300 job cuts | on Monday”; else ``end``."""
    match = _DAY.search(w.tags, start + 1, end)
    if not match or "for" in w.lower[start:end] or _HAS_VERB.search(w.tags, start, end):  # plans for a vote on Monday
        return end
    day = match.start()
    is_on = w.tags[day] != "p" or w.lower[day] == "on"
    day -= w.lower[day - 1] in {"late", "early", "last", "next", "this"}
    return day if is_on and w.lower[day - 1] not in _FEASTS and day > start else end


def _tells_who(w: Words, i: int, end: int) -> bool:
    """Whether the preposition behind a name says who it is: “Ann Lee from Kiel”, but not “Ann Lee from the dock”."""
    return w.lower[i] in _OF and sets()["stands"].isdisjoint(w.lower[i + 1 : min(end, i + 4)])


def _are_several(w: Words, i: int) -> bool:
    """Whether a capitalised word is no single person: “Democrats in Congress”, and “Voters” at the start of a sentence."""
    known = gazetteer()
    name = known.names.get(w.text[w.starts[i] : w.ends[i]])
    return w.lower[i] in known.people or (name is not None and name.label == "NORP") or (not i and w.lower[i].endswith("s"))


def _is_occasion(w: Words, start: int, end: int) -> bool:
    """Whether what stands behind a preposition is a day or an occasion: “on Monday”, “in an interview”."""
    stop = next((i for i in range(start, end) if w.tags[i] in "pow,"), end)
    words = [w.lower[i] for i in range(start, stop) if w.tags[i] != "N"]
    return bool(words) and (words[0].endswith("day") or not sets()["occasions"].isdisjoint(words))
