"""Finds the head of a source whose apposition or clause no second comma closes: “Ann Lee, a lawyer in Kiel said”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.quotes.grammar import sets
from pressmark.annotators.quotes.lexicon import lexicon

if TYPE_CHECKING:
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words

_VERB = re.compile("[ax]*[Vv]a*")
_PARENTHESIS = re.compile("[aT]*(?:p[DT#nN]{1,3})?(?:[,.-]|$)")  # “Ann Lee, a lawyer said, is ill”
_OPENS = frozenset("Qbch:;-,")  # before the subject of a clause
_WITH = re.compile("(?:^|,)a?p+o?D?[nN]+,\\Z")
_BELOW = re.compile("[powtgvVxB]|$")


def relative_before(w: Words, start: int, end: int) -> int:
    """Where the relative word stands whose clause the phrase ``start:end`` is, so that it is no subject; 0: there is none.

    “Ann Lee, who is from Kiel, said”, but not “a bridge, which Ann Lee said was old”.
    """
    is_subject = start > 1 and w.lower[start - 1] in {"who", "which"} and w.tags[start - 2] in ",NnB#"
    if not is_subject or not _is_predicate(w, start, end):
        return 0
    verb = _VERB.match(w.tags, end)
    is_object = verb is not None and w.tags[verb.end() : verb.end() + 1] in {"x", "v", "V"}
    return 0 if is_object else start - 1


def _is_predicate(w: Words, start: int, end: int) -> bool:
    """Whether a verb begins the words: “is from Kiel”, “runs a firm”, “owns land”."""
    known, after = lexicon().spoken, w.tags[start + 1 : min(start + 2, end)]
    is_verb = w.tags[start] == "n" and w.lower[start].removesuffix("s") in known.orders | known.unwilled
    return w.tags[start] in "xV" or (w.tags[start] == "v" and after not in {"n", "N"}) or after == "D" or is_verb


def named_before(w: Words, head: int, apposition: Range) -> bool:
    """Whether the words from ``head`` to the comma before an apposition name somebody, and it says who that is."""
    start, end = apposition
    name = w.tags[head : start - 1]
    before = w.tags[head - 1] if head else "^"
    if not re.fullmatch("N+B?", name) or (head and before not in _OPENS):
        return False
    if not _is_given(w, head) and (before == "," or (len(name) == 1 and not head)):
        return False  # a place and its state; an adverb at the start
    if before == "," and _WITH.search(w.tags, 0, head):
        return False  # through his lawyer, Ken Abe, | the suspect said
    verb = _VERB.match(w.tags, end)
    return _is_somebody(w, start, end) and not (verb and _PARENTHESIS.match(w.tags, verb.end()))


def is_named(w: Words, head: int, apposition: Range) -> bool:
    """Whether a first name stands at ``head``, and the apposition says who that is."""
    return _is_given(w, head) and _is_somebody(w, *apposition)


def _is_given(w: Words, at: int) -> bool:
    known, first = gazetteer(), w.text[w.starts[at] : w.ends[at]]
    return first in known.male or first in known.female


def _is_somebody(w: Words, start: int, end: int) -> bool:
    """Whether the noun phrase is one person, told by a noun: “a lawyer in Kiel”, not “the police”, “her lawyer”."""
    below = _BELOW.search(w.tags, start + 1, end)
    word = w.lower[(below.start() if below else end) - 1]
    is_known = word in gazetteer().people or lexicon().source_types.get(word) in {"official", "expert", "participant"}
    is_plural = word.endswith("s") or word in sets()["plural"]
    return is_known and not is_plural and w.lower[start] not in {"his", "her", "their", "its", "my", "our", "your", "whose"}
