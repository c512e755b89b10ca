"""Divides a sentence into finite clauses, each of which is a claim (schema/GUIDELINES.md, sections 6.1 and 6.2).

There is no parser: a clause is recognised by its first word (a relative word or a conjunction) and a finite verb soon after it.
Where that is unsure, the sentence is not divided.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.claims.claim_words import words
from pressmark.record.marks import DIRECTED, DOUBLE_MARKS, PAIRS

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(rf"\w++(?:[’'-]\w++)*+|[,;:()—–{DOUBLE_MARKS}]")
_RELATIVE = {"who", "whom", "whose", "which", "where", "when", "that"}
_CONJUNCTION = {"because", "since", "while", "whereas", "although", "though", "after", "before", "until", "as", "when"}
_COORDINATION = {"and", "but", "or"}
_PREPOSITION = {"in", "with", "for", "of", "to", "from", "by", "at", "on", "under", "through"}
_PRONOUN = {"i", "you", "he", "she", "it", "we", "they", "there", "who", "which", "that", "this", "these", "those"}
_DETERMINER = {
    "the",
    "a",
    "an",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "your",
    "this",
    "that",
    "these",
    "those",
    "some",
    "any",
}
_NO_CLAUSE = {"if", "unless", "whether", "what", "how", "why"}
_JOINING = _CONJUNCTION | _COORDINATION
_OPENERS = _RELATIVE | _JOINING
_ALSO_PARTICIPLE = {"set", "put", "cut", "hit", "let", "read"}
_CONTRACTED = tuple(mark + verb for mark in "’'" for verb in ("re", "ve", "ll", "d", "m"))
_MAYBE = ("ed", *_CONTRACTED)
_NESTED = 20  # quotation marks at the ends of a clause that are looked at; more are no text, and each takes a look at it all
_SOON = 7  # words in which a clause's verb must come
_FRONT = re.compile(
    r"(?:(?:and|but|so|or|that(?! (?:is|was|will|would|has|had)\b)"
    r"|as|because|since|while|although|though|when|whereas|after|before|until)\b|[\s,;:—–()])+",
    re.IGNORECASE,
)
_RELATIVE_FRONT = re.compile(r"[\s,;:—–()]+")
_EDGE = " \t\n\r\xa0.,;:—–-()!?…"


class Clause(NamedTuple):
    """One clause ``text[start:end]`` (code points), with its words in lower case.

    ``subject``: the offsets of the subject that a second verb shares with the clause before it: "They met and will talk."
    """

    start: int
    end: int
    is_relative: bool
    is_finite: bool
    words: frozenset[str]
    subject: tuple[int, int] | None = None


def clauses(text: str, start: int, end: int, *, is_content: bool) -> list[Clause]:
    """Return the finite clauses in ``text[start:end]``, in order and disjoint.

    With ``is_content`` (the content of a quote) the first may lack a finite verb: "to issue a statement".
    """
    found = list(map(str.lower, _TOKEN.findall(text, start, end)))
    cuts = list(_cuts(found, has_verb=is_content)) if not _OPENERS.isdisjoint(found) else []
    starts = [match.start() for match in _TOKEN.finditer(text, start, end)] if cuts else []
    edges = [(starts[i], i, is_relative) for i, is_relative in cuts]
    made: list[Clause] = []
    subject = None
    for (begin, i, is_relative), (stop, j, _) in zip(
        [(start, 0, False), *edges], [*edges, (end, len(found), False)], strict=True
    ):
        if place := trimmed(text, begin, stop, is_relative=is_relative):
            first = i + (not is_relative and found[i] in _JOINING) if i < j else i
            piece = found[first:j]
            known = frozenset(piece)
            is_finite = not words().auxiliary.isdisjoint(known) or any(_is_finite(piece, k) for k in range(len(piece)))
            is_second = bool(made) and not is_relative and found[i] in _COORDINATION and _is_verb(piece[0])
            made.append(Clause(*place, is_relative, is_finite, known, subject if is_second else None))
            if cuts and not is_relative and not is_second:
                verb = next((k for k in range(first, j) if _is_finite(found, k)), first)
                verb -= verb > first + 1 and found[verb - 1].endswith("ly")
                subject = trimmed(text, place[0], starts[verb]) if verb > first else None
    return [clause for k, clause in enumerate(made) if clause.is_finite or (is_content and not k)]


def trimmed(text: str, start: int, end: int, *, is_relative: bool = False) -> tuple[int, int] | None:
    """Trim conjunctions and punctuation marks off both ends; None if nothing is left."""
    front = (_RELATIVE_FRONT if is_relative else _FRONT).match(text, start, end)
    start = front.end() if front else start
    for _ in range(_NESTED):
        start, end = _without_edges(text, start, end)
        if start >= end or (text[start] not in _MARKS and text[end - 1] not in _MARKS):
            break
        before = start, end
        start, end = _without_single_mark(text, start, end)
        if before == (start, end):
            break
    start, end = _without_edges(text, start, end)
    return (start, end) if start < end else None


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[end - 1] in _EDGE or text[end - 1].isspace()):
        end -= 1
    while start < end and (text[start].isspace() or text[start] in ",;:—–"):
        start += 1
    return start, end


_PAIRS = {opening: PAIRS[opening][0] for opening in (*DIRECTED, "‘", "„", '"')}
_MARKS = frozenset((*_PAIRS, *_PAIRS.values()))


def _without_single_mark(text: str, start: int, end: int) -> tuple[int, int]:
    """Trim a quotation mark at an end if its partner is missing, and both if they enclose everything."""
    first, last = text[start], text[end - 1]
    for opening, closing in _PAIRS.items():
        inside = text[start + 1 : end]
        if first == opening and (closing not in inside or (last == closing and inside.count(closing) == 1)):
            return start + 1, end - (last == closing and closing in inside)
        if last == closing and opening not in text[start : end - 1]:
            return start, end - 1
    return start, end


def _cuts(found: list[str], *, has_verb: bool) -> Iterator[tuple[int, bool]]:
    """At which word a clause of its own begins, and whether with a relative word."""
    for i, word in enumerate(found):
        if word in _NO_CLAUSE:
            return
        if has_verb and i and word in _OPENERS:
            if _opens_relative(found, i):
                yield i - (found[i - 1] in _PREPOSITION and word in {"which", "whom"}), True
                has_verb = False
            elif (word in _CONJUNCTION and _opens(found, i + 1)) or (word in _COORDINATION and _goes_on(found, i + 1)):
                yield i, False
                has_verb = False
        # Behind a comma it may be a participle; for a cut further on it does not matter which.
        has_verb = has_verb or word.endswith("ed") or _is_finite(found, i)


def _opens_relative(found: list[str], i: int) -> bool:
    word, after = found[i], found[i + 1] if i + 1 < len(found) else ""
    if word == "that":
        return after in words().auxiliary and found[i - 1] not in _DETERMINER | {",", "so"} and not _is_finite(found, i - 1)
    if word in {"where", "when"} and found[i - 1] != "," and not _opens(found, i + 1):
        return False
    return word in _RELATIVE and any(_is_finite(found, j) for j in range(i + 1, min(i + _SOON, len(found))))


def _opens(found: list[str], i: int) -> bool:
    """Whether a subject and a finite verb follow, with no comma between."""
    known = words()
    for j in range(i, min(i + _SOON, len(found))):
        word, before = found[j], found[j - 1]
        if not word[0].isalnum():
            return False
        if j > i and (word in known.auxiliary or (before in _PRONOUN and _is_finite(found, j))):
            return True
        if j > i and word in known.past and before not in _DETERMINER:
            return True
    return False


def _goes_on(found: list[str], i: int) -> bool:
    """Whether a second finite verb, or a second subject with its verb, follows "and"."""
    return i < len(found) and (_is_verb(found[i]) or (found[i] in _PRONOUN | _DETERMINER and _opens(found, i)))


def _is_verb(word: str) -> bool:
    """Whether the word is a finite verb wherever it stands."""
    return word in words().auxiliary or (word in words().past and word not in _ALSO_PARTICIPLE)


def _is_finite(found: list[str], i: int) -> bool:
    """Whether the word is a finite verb, as far as it and its neighbours tell."""
    word, known = found[i], words()
    if word in known.auxiliary:
        return True
    is_present = word in known.present
    if not (is_present or word in known.past or word.endswith(_MAYBE)):
        return False
    if word.endswith(_CONTRACTED):
        return True
    before, after = found[i - 1] if i else "", found[i + 1] if i + 1 < len(found) else ""
    if before in _DETERMINER or before in _PREPOSITION or not before:
        return False
    if word in known.past or (is_present and (word[-1] == "s" or before in _PRONOUN or before[-1] == "s")):
        return True
    return len(word) > 4 and word.endswith("ed") and before not in {",", "(", "and"} and after != "by"
