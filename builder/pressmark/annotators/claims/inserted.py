"""Finds relative clauses between commas that a clause goes on behind: "The bridge, which opened in May, will close".

Each is a claim of its own, and the clause around it is one without it (schema/GUIDELINES.md, section 6.1, C1a, and 6.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.claims.antecedents import antecedent
from pressmark.annotators.claims.claim_words import words
from pressmark.annotators.claims.clauses import TOKEN, trimmed
from pressmark.annotators.claims.finite_verbs import ADVERBS, DETERMINER, PREPOSITION, is_finite, is_predicate, is_verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    Range = tuple[int, int]

_NO_CLAIM = {"if", "unless", "whether", "not", "never", "no", "without", "any"}
_LONGEST = 4000  # characters of a sentence; more is no prose, and the time must stay linear
INSERTED = ", wh"  # no clause is inserted where this is not
_RELATIVE = {"who", "which", "whom", "whose"}
_SUBJECT = 6  # words of the subject of a relative clause, at most
_TOLD = {"said", "says", "told", "tells", "added", "claimed", "claims", "called", "calls", "made", "makes", "gave", "gives"}


class Inserted(NamedTuple):
    """A relative clause ``text[start:end]`` (code points), the noun phrase that it tells of, and the gap with its commas.

    ``object_at``: where the noun phrase belongs, if somebody does something to it: behind "designed" of "which Lee designed".
    """

    start: int
    end: int
    subject: Range
    gap: Range
    object_at: int | None = None


def inserted(text: str, start: int, end: int) -> Iterator[Inserted]:
    """Yield the inserted relative clauses of the sentence ``text[start:end]``, in order and disjoint."""
    if end - start > _LONGEST:
        return
    matches = list(TOKEN.finditer(text, start, end))
    as_written = [match[0] for match in matches]
    found = list(map(str.lower, as_written))
    last = 0
    for i, word in enumerate(found):
        if i < last or word not in _RELATIVE or found[i - 1 : i] != [","] or not _NO_CLAIM.isdisjoint(found[:i]):
            continue
        stop = _stop(found, i)
        at = _object_at(found, i, stop) if stop else None
        first = antecedent(found, as_written, i) if stop and (at or _is_subject(found, i)) else None
        noun = None if first is None else trimmed(text, matches[first].start(), matches[i - 1].start())
        if stop and noun:
            gap = matches[i - 1].start(), matches[stop].end()
            yield Inserted(matches[i].start(), matches[stop - 1].end(), noun, gap, matches[at].end() if at else None)
            last = stop


def _is_subject(found: list[str], i: int) -> bool:
    """Whether a verb follows a relative word: "who left", "whose roof fell"."""
    return found[i] != "whom" and is_predicate(found, i + 1 + (found[i] == "whose"))


def _object_at(found: list[str], i: int, stop: int) -> int | None:
    """The word of a relative clause behind which its noun belongs: "designed" of "which Lee designed in May"."""
    first = i + 1 + (found[i] == "whose")
    if found[i] == "who" or found[first] in PREPOSITION or is_predicate(found, first):
        return None
    verb = next((k for k in range(first + 1, min(stop, first + _SUBJECT)) if is_finite(found, k)), stop)
    while verb < stop and (found[verb] in words().auxiliary | ADVERBS | {"been"} or found[verb].endswith("ly")):
        verb += 1
    rest = found[verb + 1 : stop]
    if verb >= stop or found[verb] in _TOLD | words().attitude or any(map(is_verb, rest)):
        return None
    if rest and (rest[0] not in PREPOSITION or (rest[0] == "to" and rest[1:2] and rest[1] not in DETERMINER)):
        return None  # which Lee was set to open
    return verb + (len(rest) == 1)


def _stop(found: list[str], i: int) -> int | None:
    """The comma behind the clause, if a verb of the clause around it follows; there is no other comma, and no other clause."""
    stop = next((k for k in range(i + 1, len(found)) if not found[k][0].isalnum()), 0)
    if not stop or found[stop] != "," or not _RELATIVE.isdisjoint(found[i + 1 : stop]):
        return None
    behind = [k for k in range(stop + 1, min(stop + 3, len(found))) if not (found[k] in ADVERBS or found[k].endswith("ly"))]
    is_own = bool(behind) and (is_finite(found, behind[0]) or (len(found[behind[0]]) > 4 and found[behind[0]].endswith("ed")))
    return stop if is_own and not any(map(is_verb, found[: i - 1])) else None
