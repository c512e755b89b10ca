"""The ways in which English reports: each rule is a function from a cue in its sentence to an attribution.

The names and the order of the rules are in `RULES`; the first that fires for a cue holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressmark.annotate.quotes.sources import Range, phrase, subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.annotate.quotes.lexicon import Cue, Sense
    from pressmark.annotate.quotes.words import Words
    from pressmark.model import Medium


@dataclass(slots=True)
class Frame:
    """What a rule found in one sentence, as ranges of words; ``source`` None: implicit."""

    rule: str
    content: list[Range]
    cue: Range
    source: Range | None
    medium: Medium
    awaits: bool = False  # the content is in the next paragraph


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries and adverbs, ``tags[start:end]``, where the cue itself is ``at``."""

    start: int
    at: int
    end: int
    passive: bool
    finite: bool
    infinitive: bool


def group(w: Words, at: int) -> Group:
    """The verb group around a cue."""
    tags, start, is_be, has = w.tags, at, False, False
    while start and tags[start - 1] in "xa":
        start -= 1
        is_be = is_be or w.is_be(start)
        has = has or tags[start] == "x"
    while start < at and tags[start] == "a" and start and tags[start - 1] in ",Q":
        break
    forms = w.cues[at].forms
    passive = is_be and "participle" in forms and "ing" not in forms
    infinitive = start > 0 and tags[start - 1] == "t"
    finite = not infinitive and ("past" in forms or "third" in forms or "base" in forms or has)
    if "ing" in forms:
        finite = is_be and not infinitive
    return Group(start, at, at + 1, passive, finite, infinitive)


def senses(cue: Cue, w: Words, at: int, *, thought: bool) -> Iterator[Sense]:
    """The senses of a cue that are looked for and whose particle, if they have one, is there."""
    after = w.lower[at + 1] if at + 1 < len(w.lower) else ""
    for sense in cue.senses:
        if (sense.kind == "reporting" or thought) and (not sense.particle or sense.particle == after):
            yield sense


def is_verb(w: Words, at: int) -> bool:
    """Whether a form that may be a noun as well ("report", "claims") or an adjective ("alleged") is a verb here."""
    forms, tags = w.cues[at].forms, w.tags
    k = at
    while k and tags[k - 1] == "a" and w.lower[k - 1] not in {"not", "never"}:
        k -= 1
    before = tags[k - 1] if k else "^"
    word = w.lower[k - 1] if k else ""
    after = tags[at + 1] if at + 1 < len(tags) else "."
    if before in "s#" or (before == "D" and word not in _QUANTIFIERS):
        return False
    if before in "po" and "ing" not in forms:
        return False
    if forms & {"past", "participle", "ing"}:
        return True
    if before in "t" or (before == "x" and "base" in forms):
        return "base" in forms
    if before == "n":
        plural = word.endswith("s") or word in {"people", "men", "women", "media", "police"}
        return plural == ("base" in forms) and (after in _COMPLETES or "third" not in forms)
    if before in "NBT,":
        return after in _COMPLETES
    if before == "D" or before in "Pw^hcQb-;:u.":
        return True
    return w.titled and after in _COMPLETES


_QUANTIFIERS = frozenset("all both many some few most several others these those half".split())
_COMPLETES = frozenset("hQ:,DPNaTtwpu#n.xg")


def complement(w: Words, g: Group, sense: Sense) -> tuple[str, int, int] | None:
    """How the verb is completed to its right: the kind, where the content starts, and how sure (2 sure, 1 likely)."""
    tags, n = w.tags, len(w.tags)
    k = g.end + (1 if sense.particle else 0)
    takes = sense.takes
    if k < n and w.lower[k] in takes and tags[k] in "po":
        return ("about", k + 1, 1) if k + 1 < n and tags[k + 1] not in ",.;:-" else None
    k0 = k
    whom = bool(takes & {"whom", "whom-to"})
    if whom and k < n and not g.passive:
        start = k
        k = addressee(w, k)
        if k > start and k < n and tags[k] == "t" and "whom-to" in takes:
            return "whom-to", start, 2
    while k < n:
        tag = tags[k]
        if tag == "h" and "object" in takes | {"clause"} and takes & {"clause", "whom", "object"}:
            if sense.kind == "stance" and "clause" not in takes:
                return ("object", k, 1) if "object" in takes else None
            return "that", k, 2
        if tag == "Q" and takes & {"quote", "clause", "object"}:
            return "quote", k, 2
        if tag in ":,-" and k + 1 < n and tags[k + 1] == "Q" and "quote" in takes:
            return "quote", k + 1, 2
        if tag == ":" and "quote" in takes:
            return "colon", k + 1, 2
        if (tag == "w" or w.lower[k] in {"whether", "if"}) and takes & {"clause", "whom"} and k - k0 < 8:
            return "wh", k, 2
        if tag == "t" and "to" in takes and k + 1 < n and tags[k + 1] in "nvVxagQ":
            return "to", k, 2
        if tag in "aT#" and not (tag == "a" and k + 1 < n and tags[k + 1] in "nN" and k == k0):
            k += 1
            continue
        if tag in "pto" or w.lower[k] in {"after", "before", "during", "when", "as", "while", "until"}:
            return _after_adjunct(w, k, takes, k0)
        break
    if k < n and tags[k] in "DNPng#V" and takes & {"clause", "object", "whom"}:
        if "clause" not in takes and not (whom and k > k0) and "object" not in takes:
            return None
        if whom and k == k0 and not takes & {"clause", "object"}:
            return None
        return "zero", k, 1
    if k < n and tags[k] == "x" and "clause" in takes and k == k0:
        return None
    return None


def _after_adjunct(w: Words, k: int, takes: frozenset[str], k0: int) -> tuple[str, int, int] | None:
    """“said in an interview on Monday that …”, “said at the hearing: “…””."""
    tags = w.tags
    match = re.compile(r"[^h:;.,QVw]{1,22}?(?:,(?=Q)|(?=h[^Vvx.,])|(?=Q)|:)").match(tags, k)
    if match and match.end() < len(tags):
        at = match.end()
        if tags[at] == "h" and takes & {"clause", "whom", "object"}:
            return "that", at, 2
        if tags[at] == "Q" and "quote" in takes:
            return "quote", at, 2
        if tags[at - 1] == ":" and "quote" in takes:
            return "colon", at, 2
    if match and match.end() == len(tags) and tags[-1] == ":":
        return "colon", match.end(), 2
    return None


def addressee(w: Words, k: int) -> int:
    """Where the noun phrase ends to whom something is told: “told [the paper’s editors] on Monday that”."""
    tags = w.tags
    if k < len(tags) and tags[k] == "P":
        return k + 1
    match = re.compile(r"(?:D[a#]?)?(?:N(?:[No&]|s(?=[Nn]))*(?:,N+,)?n{0,2}|n{1,3})(?:s[nN]+)?(?:c(?:D?n+|N+))?(?:[po]D?[Nn]+(?=[hTQ,]))?").match(tags, k)
    return match.end() if match else k


_STOP = re.compile(
    r",(?:c|b)?a*[aV]"
    r"|[cb]a*x*a*V"
    r"|,c?p(?=t|.)"
    r"|;"
)


def clause_end(w: Words, start: int, *, thought: bool = False) -> int:
    """Where the content that starts at ``start`` ends: at the sentence, or before another report by the same source."""
    tags, n = w.tags, len(w.tags)
    end = n
    while end > start and tags[end - 1] in ".,:;-":
        end -= 1
    for k in range(start + 1, end):
        tag = tags[k]
        if tag == "V" and k in w.cues:
            cue = w.cues[k]
            if not any(s.kind == "reporting" and s.takes & {"clause", "whom"} for s in cue.senses):
                continue
            j = k
            while j > start and tags[j - 1] in "a":
                j -= 1
            if "ing" in cue.forms and tags[j - 1] == "," and _reports(w, k):
                return j - 1
            if "past" in cue.forms and tags[j - 1] in "cb" and _reports(w, k):
                return j - 1 - (tags[j - 2] == ",")
        elif tag == "p" and w.lower[k] == "according" and k + 1 < n and tags[k + 1] == "t":
            return k - (tags[k - 1] == ",")
    return end


def _reports(w: Words, k: int) -> bool:
    """Whether a report follows: that, a quotation, or a clause after it."""
    after = w.tags[k + 1 : k + 2]
    return after in tuple("hQ:,DNPnwTp#tua") and after != ""


def source_of_sentence(w: Words, before: int) -> Range | None:
    """The subject of the sentence's first finite verb before a word, for participles and coordinated verbs."""
    tags = w.tags
    for i in range(before):
        if tags[i] in "xv" or (tags[i] == "V" and is_verb(w, i)):
            start = i
            while start and tags[start - 1] in "a":
                start -= 1
            found = subject(w, start)
            if found:
                return found
    return None
