"""Says which words can belong to a noun phrase that stands before a verb."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.segment.quotations import is_title

if TYPE_CHECKING:
    from pressmark.annotators.quotes.tagged_words import Words

_GOVERNS = frozenset("potuxvVgn")  # behind these stands no subject
_REDUCED = re.compile("[nN][vV]\\Z")  # a letter attributed to Lee
_ADVERBIAL = re.compile("[cb]?p[DNnT#as]{1,5}(?:[op]D?[nN]+)?")  # In the north of Kiel, | Lee, Cho and Ray said
_WHO_ASKED = re.compile(r"wx?a?[Vv]a?\Z")
_ANYBODY = {"none", "nobody", "somebody", "someone", "everybody", "everyone", "anybody", "anyone", "others"}  # nobody in town
_SOME = {"those", "some", "many", "most"}
_NOMINATIVE = {"i", "you", "he", "she", "we", "they"}


def belongs(w: Words, i: int, end: int, low: int) -> bool:
    """Whether a word can be part of the noun phrase that stands behind it and ends at ``end``."""
    tag, before, after = w.tags[i], w.tags[i - 1 : i], w.tags[i + 1 : min(i + 2, end)]
    match tag:
        case "h":
            belongs = before in {"N", "n"} and after in {"V", "v", "x"}
        case "w":
            is_pointed_at = i > 0 and w.lower[i - 1] in _ANYBODY | _SOME
            belongs = (is_pointed_at or before in {"N", "n", "#", "B"}) and after in {"V", "v", "x", "a"}
        case ",":
            belongs = _listed(w, i, end)
        case "V":
            has_clause = any(sense.takes & {"clause"} for sense in w.cues[i].senses if not sense.particle)
            is_told = any("whom" in sense.takes for sense in w.cues[i].senses) and after in {"D", "N", "P"}
            is_clausal = has_clause and not is_told and after not in {"t", "n", "p", "a"}
            is_named = before == "x" and w.tags[i - 2 : i - 1] == "t"  # who asked not to be identified
            is_made = after == "T" and w.lower[i - 1] in lexicon().documents  # a survey published on Monday
            is_relative = before == "w" or (before == "x" and _in_relative(w, i, low))
            is_closed = is_relative and after == "P" and i + 2 == end  # who saw it said
            is_passive = "participle" in w.cues[i].forms and before in {"n", "N"} and after == "t" and w.tags[i + 2] in "DNP"
            belongs = _noun_like(w, i) or is_named or is_made or is_closed or is_passive or (is_relative and not is_clausal)
        case "x":
            belongs = before == "t" or _in_relative(w, i, low)
        case "t":
            is_participle = i - 1 not in w.cues or "participle" in w.cues[i - 1].forms
            is_reduced = is_participle and _REDUCED.search(w.tags, low, i) is not None
            is_whom = after in {*"DNn#P"} and (before in {"n", "N"} or is_reduced)
            belongs = is_whom or _WHO_ASKED.search(w.tags, low, i) is not None
        case "P":
            is_joined = after == "c" and w.lower[i] in _NOMINATIVE  # he and others said
            is_one_of = w.lower[i] in _ANYBODY and after in {"p", "o", "w"}
            belongs = i + 1 == end or is_joined or is_one_of
        case "Q":  # “The Rain” star Ann Lee said
            is_name = before == "D" or (before in {"", "u", ","} and is_title(w.text, w.quotations[i]))
            belongs = is_name and after in {"n", "N"} and w.last_character(i).isalnum()
        case "c":
            belongs = not _joins_clauses(w, i, low)
        case _:
            belongs = tag not in ";:.-ubt"
    return belongs


def _in_relative(w: Words, at: int, low: int) -> bool:
    """Whether the auxiliary belongs to a clause with who, which or that, whose head stands before it."""
    i = at - 1
    while i >= low and w.tags[i] in "xaP":
        i -= 1
    return i > low and w.tags[i] in "wh" and w.tags[i - 1] in "NnB#,"


def _noun_like(w: Words, i: int) -> bool:
    """A form such as plan, report, demands, used as a noun or as a participle behind one."""
    forms = w.cues[i].forms
    before = w.tags[i - 1] if i else ""
    if "base" in forms or "third" in forms:
        return before in {"D", "s", "o", "p", "#"} or (
            before in {"n", "N"} and i + 1 < len(w.tags) and w.tags[i + 1] in "Vvxnp"
        )
    if "participle" in forms and before in {"D", "s", "a", "n"}:
        if before == "n" and w.tags[i + 1 : i + 2] == "N" and any("clause" in sense.takes for sense in w.cues[i].senses):
            return False  # the mayor said | Tom Ray said
        return i + 1 < len(w.tags) and w.tags[i + 1] in "nNp"
    return "ing" in forms and before in {"D", "s", "p"}


def _listed(w: Words, comma: int, end: int) -> bool:
    """A comma inside a list of names: “Lee, Cho and Diaz said”, or between a place and its state."""
    tags = w.tags
    if comma < 1 or tags[comma - 1] not in "NnB" or _is_object(w, comma):
        return False
    if w.lower[comma + 1 : comma + 2] in (["both"], ["either"], ["neither"]) or _ADVERBIAL.fullmatch(tags, 0, comma):
        return False
    if re.search(r"[nN]c[DnNas]*\Z", tags[max(0, comma - 12) : comma]) and re.match(r",nc?n+\Z", tags[comma:end]):
        return False  # Lee and her aides, | current and former officials
    if re.match(r",[nv#][nN]+\Z", tags[comma:end]) and (
        adjectives := re.search(r"Da?[nvg]\Z", tags[max(0, comma - 4) : comma])
    ):
        before = max(0, comma - 4) + adjectives.start() - 1
        return before < 0 or tags[before] not in _GOVERNS  # the tall, bearded man, but not: in a school, | town officials
    return bool(re.match(r",[DnNaso]*[Nn](?:,[DnNaso]*[Nn])*,?c[DnNaso]*[NnB]+\Z", tags[comma:end]))


def _is_object(w: Words, end: int) -> bool:
    """Whether the noun phrase that ends there stands behind a verb: “they showed ten cars, | Lee and Cho said”."""
    start = end
    while start and w.tags[start - 1] in "DNn#as":
        start -= 1
    return start > 0 and w.tags[start - 1] in "vV" and w.lower[start - 1] != "like" and "w" not in w.tags[:start]


def _is_past(w: Words, i: int) -> bool:
    """Whether a verb behind a noun is its verb: “a man asked for help”, not “those asked by Ann Lee”."""
    return w.tags[i - 1 : i] == "n" and "past" in w.cues[i].forms and w.lower[i + 1 : i + 2] != ["by"]


def _joins_clauses(w: Words, at: int, low: int) -> bool:
    """Whether this “and” stands between clauses: a finite verb comes before it."""
    i = at - 1
    while i >= low and w.tags[i] not in "Q;:.-hub,":
        if w.tags[i] in "xv" or (w.tags[i] == "V" and (not _noun_like(w, i) or _is_past(w, i))):
            return True
        if w.tags[i] == "w":
            return False
        i -= 1
    return at - 1 >= 0 and w.tags[at - 1] in ",Q"
