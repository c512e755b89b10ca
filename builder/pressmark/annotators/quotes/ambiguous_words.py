"""Resolves ambiguous words by their neighbours: name or common word, *is* or possessive, verb or noun (`verb_or_noun`)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.quotes import grammar
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.annotators.quotes.rough_numbers import FIRST, join_number
from pressmark.annotators.quotes.verb_or_noun import SINGULAR, is_verb

if TYPE_CHECKING:
    from pressmark.annotators.quotes.lexicon import Cue

_LEADS = {"the", "his", "her", "its", "their", "my", "our", "your"}
_BASES = {"lead", "win", "run", "work", "help", "use", "turn", "fight", "cut", "fall", "rise", "need"}  # nouns as often
_OFFICES = {
    "operating",
    "managing",
    "acting",
    "commanding",
    "presiding",
    "founding",
    "sitting",
    "outgoing",
    "incoming",
    "governing",
}
_LATE = {"late", "early", "earlier"}
_ENDS_PHRASE = ([], *map(list, "PhQtpxwucb.,:;-T"))  # none of these stands inside a noun phrase behind its determiner


def resolved(tags: list[str], lower: list[str], capital: list[bool]) -> tuple[str, dict[int, Cue]]:
    """The tags of a sentence in its context, and the cues in it that are verbs, by their place."""
    titled, cues = _titled(lower, capital), {}
    known, several = lexicon().cues, _several()
    for i in [i for i, word in enumerate(lower) if word in several]:
        cue = known.get(lower[i])
        if capital[i] and not titled and lower[i].capitalize() in gazetteer().ambiguous and _is_name(tags, lower, capital, i):
            tags[i] = "N"
        elif lower[i] in FIRST:
            join_number(tags, lower, i)
        elif not cue:
            tags[i] = _in_context(tags, lower, capital, i)
        elif titled or not capital[i] or ((not i or tags[i - 1] == "Q") and cue.forms & {"past", "participle", "ing"}):
            cues[i] = cue
            tags[i] = "V"
        else:
            tags[i] = "N"
    for i in list(cues):
        if not is_verb(cues[i], i, tags, lower, titled=titled):
            tag = "n" if cues.pop(i).forms & {"base", "third", "ing"} else "v"
            tags[i] = grammar.closed().get(lower[i], tag)
    return "".join(tags), cues


@cache
def _several() -> frozenset[str]:
    """The words that can be read in several ways."""
    names = frozenset(map(str.lower, gazetteer().ambiguous))
    return (
        grammar.sets()["periods"]
        | lexicon().cues.keys()
        | names
        | {"’s", "'s", "may", "march", "sunday", "her", "since", *_LATE, *_BASES, *_OFFICES, *FIRST}
    )


def _titled(lower: list[str], capital: list[bool]) -> bool:
    """Whether every longer word has a capital but those that headlines write small (AP Stylebook, "titles")."""
    small = grammar.closed()
    capitals = 0
    for word, is_capital in zip(lower, capital, strict=True):
        if len(word) > 3 and word[0].isalpha():
            if is_capital:
                capitals += 1
            elif word not in small:
                return False
    return capitals >= 3


def _is_name(tags: list[str], lower: list[str], capital: list[bool], i: int) -> bool:
    """Whether a capitalised word that has another meaning is somebody’s name: “Theresa May said”, “said Will Adler”."""
    before, after = tags[i - 1] if i else "^", tags[i + 1] if i + 1 < len(tags) else ""
    is_month = grammar.closed().get(lower[i]) == "T" or lower[i] == "may"
    if after in {"#", "T"} or before in {"#", "T"} or (is_month and before in {"p", "D"}):
        return False
    cue = lexicon().cues.get(lower[i + 1]) if i + 1 < len(lower) and not capital[i + 1] else None
    is_subject = after == "N" or bool(cue and cue.forms & {"past", "third"})
    if before in "^.:;-":
        return is_subject and lower[i] != "so" and "?" not in lower[-2:]
    is_inverted = lower[i - 1] in lexicon().cues and i > 1 and tags[i - 2] in "Q,-"
    return is_subject or before == "N" or is_inverted or not is_month


def _in_context(tags: list[str], lower: list[str], capital: list[bool], i: int) -> str:
    """The tag of a word that is no cue."""
    word, before = lower[i], lower[i - 1] if i else ""
    if word in {"’s", "'s"}:
        return "x" if before in grammar.sets()["clitic"] else "s"
    tag = tags[i]
    if word == "her" and (tags[i + 1 : i + 2] in _ENDS_PHRASE or _is_past(tags, lower, i + 1)):
        tag = "P"  # told her that, asked her to, a man close to her said
    elif word in {"earlier", "since"} and _is_between(tags, lower, i):
        tag = "a"  # Lee earlier said, Lee has since said
    elif word in _LATE and (tags[i + 1 : i + 2] == ["T"] or lower[i + 1 : i + 2] in (["this"], ["last"], ["next"])):
        tag = "T"
    elif (
        word in grammar.sets()["periods"]
        and i
        and tags[i + 1 : i + 2] != ["s"]
        and (before in grammar.sets()["which"] or tags[i - 1] == "T")
    ):
        if before in grammar.sets()["which"]:
            first = i - 1 - (lower[max(0, i - 2) : i - 1] == ["this"])  # this past week
            tags[first:i] = "T" * (i - first)
        tag = "T"
    elif word == "sunday" and before == "the" and any(capital[i + 1 : i + 2]):
        tag = "N"  # the Sunday Times
    elif word == "may" and capital[i] and i:
        tag = "T"
    elif (
        (word == "march" and not capital[i])
        or (word in _BASES and _is_singular(tags, lower, i))
        or (word in _OFFICES and tags[i : i + 2] == ["g", "n"])  # chief operating officer
    ):
        tag = "n"
    return tag


def _is_singular(tags: list[str], lower: list[str], end: int) -> bool:
    """Whether words stand before it that call for a noun, and no verb in its base form: “a large | lead”."""
    i = end
    while i and tags[i - 1] in {"n", "a"}:
        i -= 1
    is_led = 0 < i < end and (tags[i - 1] == "s" or lower[i - 1] in SINGULAR | _LEADS)
    return (
        is_led and tags[end - 1] == "n" and not lower[end - 1].endswith("s") and lower[end - 1] not in grammar.sets()["plural"]
    )


def _is_between(tags: list[str], lower: list[str], i: int) -> bool:
    """Whether a cue follows, and before "since" an auxiliary stands."""
    return i + 1 < len(lower) and lower[i + 1] in lexicon().cues and (lower[i] == "earlier" or (i > 0 and tags[i - 1] == "x"))


def _is_past(tags: list[str], lower: list[str], i: int) -> bool:
    """Whether a cue in the past stands there that no noun follows: not “her promised visit”."""
    cue = lexicon().cues.get(lower[i]) if i < len(lower) else None
    return cue is not None and "past" in cue.forms and tags[i + 1 : i + 2] not in (["n"], ["N"], ["g"])
