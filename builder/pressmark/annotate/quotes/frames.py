"""The ways in which English reports: each rule is a function from a cue in its sentence to an attribution.

The names and the order of the rules are in `RULES`; the first that fires for a cue holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressmark.annotate.quotes.sources import Range, subject
from pressmark.segment.quotations import is_title

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
        if not cue.forms & sense.forms:
            continue
        if (sense.kind == "reporting" or thought) and (not sense.particle or sense.particle == after):
            yield sense


_THAT = frozenset({"clause", "that", "whom"})
_ASIDE = re.compile(r",(?:[au]|pDn|pn|p[DnT]*),(?=[hwQ])")


def complement(w: Words, g: Group, sense: Sense) -> tuple[str, int] | None:
    """How the verb is completed to its right: the kind of completion, and where the content starts."""
    tags, n, takes = w.tags, len(w.tags), sense.takes
    first = k = g.end + (1 if sense.particle else 0)
    if k < n and w.lower[k] in takes and tags[k] in "po":
        return ("about", k + 1) if k + 1 < n and tags[k + 1] not in ",.;:-" else None
    if takes & {"whom", "whom-to"} and not g.passive:
        k = addressee(w, k)
        if k > first and k < n and tags[k] == "t" and "whom-to" in takes:
            return "whom-to", first
        if k < n and k > first and tags[k] in "xV":  # promised [her program] would be paid for
            return ("zero", first) if takes & {"clause", "whom"} else None
    while k < n:
        tag = tags[k]
        if found := _marked(w, k, takes):
            return found
        if aside := _ASIDE.match(tags, k):
            k = aside.end()
        elif tag in "aT#" and not (tag == "a" and k == first and k + 1 < n and tags[k + 1] in "nN") and not (tag == "#" and k == first):
            k += 1
        elif tag == "w" and k > first and w.lower[k] in {"who", "which"} or tag in "pto" or (tag == "u" and k + 1 < n):
            return _after_adjunct(w, k, takes)
        else:
            break
    if k < n and (tags[k] in "DNPng#V" or w.lower[k] in {"having", "being"}) and _may_follow(takes, addressed=k > first):
        return "zero", k
    return None


def _may_follow(takes: frozenset[str], *, addressed: bool) -> bool:
    """Whether a clause without a conjunction or an object can come next."""
    return bool(takes & {"clause", "object"}) or ("whom" in takes and addressed)


def _marked(w: Words, k: int, takes: frozenset[str]) -> tuple[str, int] | None:
    """A completion that a word or a mark announces: that, whether, to, a colon, a quotation."""
    tags, after = w.tags, w.tags[k + 1 : k + 2]
    tag = tags[k]
    if tag == "h" and takes & _THAT:
        return "that", k
    if tag == "Q" and takes & {"quote", "clause", "object"}:
        return "quote", k
    if tag in ",:-" and after == "Q" and "quote" in takes:
        return "quote", k + 1
    if tag == ":" and "quote" in takes:
        return "colon", k + 1
    if (tag == "w" or w.lower[k] in {"whether", "if"}) and takes & {"clause", "whom"} and w.lower[k] != "which":
        return "wh", k
    if tag == "t" and "to" in takes and after in tuple("nvVxagQ"):
        return "to", k
    return None


_ADJUNCT = re.compile(r"[^h:;.,QVw]{1,22}?(?:,(?=Q)|(?=h[^Vvx.,])|(?=Q)|:)|(?:[^h:;.Q]{1,40}?(?:,(?=Q)|:))")


def _after_adjunct(w: Words, k: int, takes: frozenset[str]) -> tuple[str, int] | None:
    """“said in an interview on Monday that …”, “said at the hearing: “…””."""
    tags = w.tags
    match = _ADJUNCT.match(tags, k)
    if not match:
        return None
    at = match.end()
    if at == len(tags):
        return ("colon", at) if tags[-1] == ":" and "quote" in takes else None
    if tags[at] == "h":
        return ("that", at) if takes & _THAT else None
    if tags[at] == "Q":
        return ("quote", at) if "quote" in takes and sentence_like(w, at) else None
    return ("colon", at) if "quote" in takes else None


def sentence_like(w: Words, q: int) -> bool:
    """Whether a quotation is something said rather than a word, a name or a title."""
    quotation = w.quotations[q]
    inner = w.text[quotation.inner_start : quotation.inner_end]
    return w.tags[q - 1 : q] in {",", ":"} or (len(inner) > 24 and not is_title(w.text, quotation))


def addressee(w: Words, k: int) -> int:
    """Where the noun phrase ends to whom something is told: “told [the paper’s editors] on Monday that”."""
    tags = w.tags
    if k < len(tags) and tags[k] == "P":
        return k + 1
    match = re.compile(r"(?:D[a#]?)?(?:N(?:[No&]|s(?=[Nn]))*(?:,N+,)?n{0,2}|n{1,3})(?:s[nN]+)?(?:c(?:D?n+|N+))?(?:[po]D?[Nn]+(?=[hTQ,]))?").match(tags, k)
    return match.end() if match else k


_AGAINST = frozenset("although though while whereas despite however".split())
_RELATIVE = frozenset("who which whose where when".split())
_OWN_SUBJECT = re.compile(r",c(?:P|[DNn#as]{1,4})[xVv]")
_MAIN = re.compile(r",(?:[DNn#asoB]{0,6}[NnP]|P)a?[xvV]|,P")


def clause_end(w: Words, start: int, *, within: bool = False) -> int:
    """Where the content that starts at ``start`` ends: at the sentence, or before the next report or a contrast.

    ``within``: the report is itself in a clause that a comma ends ("After Lee said …, they left").
    """
    tags = w.tags
    end = len(tags)
    while end > start and tags[end - 1] in ".,:;-":
        end -= 1
    if tags[start : start + 1] == "Q" and start + 1 < end and tags[start + 1] not in "QnN-":
        last = w.text[w.quotations[start].inner_end - 1]
        if last in ",.?!" and not (last == "," and tags[start + 1] in "w"):
            return start + 1
    for k in range(start + 1, end):
        tag = tags[k]
        if tag == "," and k > start + 2 and k + 1 < end and _breaks(w, k, end, within=within):
            return k
        if tag == ";":
            return k
        if tag == "V" and (stop := _next_report(w, start, k)):
            return stop
        if w.lower[k] == "according" and tags[k + 1 : k + 2] == "t":
            return k - (tags[k - 1] == ",")
    return end


def _breaks(w: Words, comma: int, end: int, *, within: bool) -> bool:
    """Whether the content ends at this comma: what follows is a contrast or an addition of the writer's."""
    word, tags = w.lower[comma + 1], w.tags
    if (tags[comma + 1] == "b" and word not in {"so"} and tags[comma + 2] not in "ht") or word in _AGAINST:
        return True
    if within and _MAIN.match(tags, comma):
        return True
    if _OWN_SUBJECT.match(tags, comma):
        return True
    is_last = "," not in tags[comma + 1 : end]
    return is_last and (word in _RELATIVE or word in {"a", "an"} or (word.endswith("ing") and tags[comma + 1] in "gV"))


def _next_report(w: Words, start: int, k: int) -> int:
    """Where the content ends because the cue ``k`` reports something else, by the same source or another; 0: it does not."""
    cue, tags = w.cues[k], w.tags
    if not any(sense.kind == "reporting" and sense.takes & {"clause", "whom"} for sense in cue.senses):
        return 0
    if tags[k + 1 : k + 2] not in tuple("hQ:,DPNnwTp#tuag"):
        return 0
    j = k
    while j > start and tags[j - 1] in "ax":
        j -= 1
    if "ing" in cue.forms:
        if tags[j - 1] == "Q" and w.text[w.quotations[j - 1].inner_end - 1] == ",":
            return j
        return j - 1 if tags[j - 1] == "," else 0
    if tags[j - 1] in "cb" and cue.forms & {"past", "third"}:
        return j - 1 - (tags[j - 2] == ",")
    return _clause_before(w, start, j, k) if tags[j - 1] in "PNn" and cue.forms & {"past", "third", "base"} else 0


def _clause_before(w: Words, start: int, j: int, k: int) -> int:
    """“…, and others said that …”: where the clause with a subject of its own begins."""
    if w.tags[k + 1] not in "hDPN:,Q":
        return 0
    found = subject(w, j)
    if not found or found[0] <= start + 2:
        return 0
    before = found[0] - 1
    if w.tags[before] in "cb":
        return before - (w.tags[before - 1] == ",")
    return 0


def source_of_sentence(w: Words, before: int) -> Range | None:
    """The subject of the sentence's first finite verb before a word, for participles and coordinated verbs."""
    tags = w.tags
    for i in range(before):
        if tags[i] in "xvV":
            start = i
            while start and tags[start - 1] in "a":
                start -= 1
            found = subject(w, start)
            if found:
                return found
    return None
