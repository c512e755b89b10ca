"""Divides a sentence into finite clauses, each of which is a claim (schema/GUIDELINES.md, sections 6.1 and 6.2)."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple, Self

from pressmark.annotators.claims.antecedents import antecedent
from pressmark.annotators.claims.claim_words import words
from pressmark.annotators.claims.cuts import COORDINATION, JOINING, Cut, Speech, cuts
from pressmark.annotators.claims.finite_verbs import (
    ADVERBS,
    DETERMINER,
    PREPOSITION,
    ends_clause,
    finite_verbs,
    is_finite,
    is_past,
    is_second_past,
    is_verb,
    opens,
)
from pressmark.record.marks import DIRECTED, DOUBLE_MARKS, PAIRS

TOKEN = re.compile(rf"\w++(?:[’'-]\w++|(?<=\d)[.,]\d\w*+)*+|[,;:()—–{DOUBLE_MARKS}]")
_BEFORE = 100  # characters in which a noun phrase is looked for
_NESTED = 20  # quotation marks at the ends of a clause that are looked at; more are no text, and each takes a look at it all
_SUBJECT_THAT = (
    r"[’']| (?:cannot|can[’']t|won[’']t|means|makes|made|includes)\b"
    r"| (?:is|was|will|would|has|had|can|could|may|might|must|should|does|did)(?:n[’']t)?\b"
)
_FRONT = re.compile(rf"(?:(?:[Aa]nd|[Bb]ut|[Ss]o(?! (?:far|much|many)\b)|[Oo]r|that(?!{_SUBJECT_THAT}))\b|[\s,;:—–()])+")
_JOINED = re.compile(rf"(?:(?i:{'|'.join(sorted(JOINING))})\b|{_FRONT.pattern})+")
_RELATIVE_FRONT = re.compile(r"[\s,;:—–()]+")
_LEADING = frozenset({"long", "shortly", "soon", "just", "even", "especially", "particularly", "ever"})  # to the next clause
_BACK = re.compile(rf"(?:[\s,]+(?:{'|'.join(sorted(_LEADING))}))+[\s,]*\Z")
_DOUBLED = ("''", "``")
_EDGE = " \t\n\r\xa0.,;:—–-()!?…"
_OBJECT = {"the", "a", "an", "his", "her", "its", "their", "our", "my", "no"}
_ASKING = {"what", "why", "how", "who", "where", "when", "which"}
_ALSO = {"so", "nor", "neither"}
_NO_NOUN = PREPOSITION | COORDINATION | {"than", "so", "or", "now", "yet"}  # before "that": it is no relative word
_WHEN = JOINING - COORDINATION
_INNER = _WHEN | {"who", "which", "that", "how", "why", "where"}
_START = Cut(0)
_LONG_TAIL = 20
_TAIL = 8  # words behind the last verb; in more, there may be one that no list knows
_NAMES = {"will", "may", "can", "do"}  # at the start of a sentence: Will Adler said


class Clause(NamedTuple):
    """One clause ``text[start:end]`` (code points), with its words in lower case.

    ``subject``: the offsets of a subject that stands before it: what a second verb shares with the clause before ("They met and
    will talk."), or the noun phrase that a relative word stands for.
    """

    start: int
    end: int
    is_relative: bool
    is_finite: bool
    words: frozenset[str]
    subject: tuple[int, int] | None = None


def clauses(text: str, start: int, end: int, speech: Speech) -> list[Clause]:
    """Return the finite clauses in ``text[start:end]``, in order and disjoint.

    The first of a quote's content may lack a finite verb: "to issue a statement". A clause whose subject is missing is left
    out, and so is one that begins with its verb, for that asks or orders.
    """
    read = _Read.of(text, start, end, speech)
    made: list[Clause] = []
    shared = None
    for cut, after in pairwise([_START, *read.cuts, Cut(len(read.found))]):
        if not (place := read.place(cut, after)):
            continue
        first = cut.at + (cut.at > 0 and read.found[cut.at] in JOINING)
        is_second = shared is not None and read.found[cut.at] in COORDINATION and _is_second_verb(read.found, first)
        subject = read.antecedent(cut) or (shared if is_second else None)
        clause = _clause(place, read.found[first : after.at], cut, subject, is_content=speech.is_content)
        if clause.subject or not _is_headless(read.as_written[first : after.at]):
            made.append(clause)
        if read.cuts and not cut.is_relative and not is_second:
            shared = read.subject(place[0], first, after.at)
    return [clause for k, clause in enumerate(made) if clause.is_finite or (speech.is_content and not k)]


class _Read(NamedTuple):
    """The words of ``text[start:end]``, as written and in lower case, where each starts, and where clauses begin."""

    text: str
    start: int
    end: int
    as_written: list[str]
    found: list[str]
    cuts: list[Cut]
    starts: list[int]

    @classmethod
    def of(cls, text: str, start: int, end: int, speech: Speech) -> Self:
        """Read a sentence. Where it is one clause, nobody asks where its words start."""
        as_written = TOKEN.findall(text, start, end)
        found = list(map(str.lower, as_written))
        edges = list(cuts(found, as_written, speech))
        starts = [match.start() for match in TOKEN.finditer(text, start, end)] if edges else []
        return cls(text, start, end, as_written, found, edges, starts)

    def place(self, cut: Cut, after: Cut) -> tuple[int, int] | None:
        """The clause without what joins it to others; a conjunction stays if more than its own clause follows."""
        begin, stop = self.starts[cut.at] if cut.at else self.start, self._stop(after)
        if cut.is_relative:
            return trimmed(self.text, begin, stop, is_relative=True)
        back = None if _LEADING.isdisjoint(self.found) else _BACK.search(self.text, max(begin, stop - 40), stop)
        inside = trimmed(self.text, begin, back.start() if back else stop)
        if inside is None or not (joined := _JOINED.match(self.text, *inside)):
            return inside
        is_front = after.at < len(self.found) and self.found[after.at - 1] == "," and self.found[0] in _WHEN
        is_one = is_front or ("," not in self.found and opens(self.found, 1) and not self.found[1][0].isdigit())
        return trimmed(self.text, joined.end(), inside[1]) if cut.at or is_one else inside

    def _stop(self, after: Cut) -> int:
        """Where a clause ends. An apposition that the next clause tells of goes with that: "…, a practice that has spread"."""
        if after.at == len(self.found):
            return self.end
        noun = after.antecedent
        is_apposition = noun and self._is_beside(self.starts[noun]) and self.found[after.at - 1] != ","
        return self.starts[noun if noun and is_apposition else after.at]

    def _is_beside(self, start: int) -> bool:
        return self.text[self.start : start].rstrip()[-1:] in {",", "-", "–", "—"}

    def antecedent(self, cut: Cut) -> tuple[int, int] | None:
        """The noun phrase that a relative clause tells of."""
        return None if cut.antecedent is None else trimmed(self.text, self.starts[cut.antecedent], self.starts[cut.at])

    def _is_noun(self, k: int, stop: int) -> bool:
        """Whether what looks like a verb has the verb behind it: "The new plans will"."""
        after = next((word for word in self.found[k + 1 : stop] if word[0].isalnum()), "")
        return after in words().auxiliary and self.found[k] not in words().auxiliary

    def subject(self, begin: int, first: int, stop: int) -> tuple[int, int] | None:
        """What stands before the first finite verb of the clause ``found[first:stop]``, which starts at ``begin``."""
        found = self.found
        verb = next((k for k in range(first, stop) if is_finite(found, k) and not self._is_noun(k, stop)), first)
        while verb > first + 1 and (found[verb - 1].endswith("ly") or found[verb - 1] in {"also", "then", "now"}):
            verb -= 1
        return trimmed(self.text, begin, self.starts[verb]) if verb > first else None


def _clause(place: tuple[int, int], piece: list[str], cut: Cut, subject: tuple[int, int] | None, *, is_content: bool) -> Clause:
    known = frozenset(piece)
    finite = not words().auxiliary.isdisjoint(known) or bool(finite_verbs(piece))
    finite = finite or any(_may_be_present(piece, k) for k in range(1, len(piece) - 1))
    finite = finite or bool(piece and subject and not cut.is_relative and _is_second_verb(piece, 0))
    if finite and not known.isdisjoint(_INNER):
        finite = _has_verb(piece, is_content=is_content)
    finite = finite or (not words().ending.isdisjoint(known) and any(ends_clause(piece, k) for k in range(len(piece))))
    return Clause(*place, cut.is_relative, finite, known, subject)


def _may_be_present(piece: list[str], k: int) -> bool:
    """Whether a verb that no list knows may stand before its object, in a clause without another: "Lee chairs the board"."""
    word, before = piece[k], piece[k - 1]
    is_third = len(word) > 3 and word[-1] == "s" and word[-2] not in "su’'"
    return (
        is_third and piece[k + 1] in _OBJECT and before[0].isalpha() and before not in DETERMINER | PREPOSITION | COORDINATION
    )


def _has_verb(piece: list[str], *, is_content: bool) -> bool:
    """Whether a finite verb may be the clause's own: not in "the story of how they met" or "a plan that will be told"."""
    while piece and not piece[-1][0].isalnum():
        piece = piece[:-1]
    verbs = finite_verbs(piece)
    tail = _LONG_TAIL if is_content and piece[:1] and piece[0] in DETERMINER else _TAIL
    if not verbs or "," in piece or len(piece) - verbs[-1] > tail or _may_be_verb(piece[: verbs[0] - 1]):
        return bool(verbs)
    reached = 0  # up to where the verbs are of clauses inside
    for k in verbs:
        i = k - 1
        while i > 0 and (piece[i] in ADVERBS or piece[i].endswith("ly")):
            i -= 1
        is_behind = i > 0 and piece[i - 1][0].isalnum() and piece[i - 1] not in _NO_NOUN
        is_relative = is_behind and piece[i] in {"who", "which", "that"}
        is_told = any(
            (piece[j] == "of" and piece[j + 1] in {"how", "why", "where"})
            or (j and piece[j] in _WHEN and piece[j - 1] not in COORDINATION)
            for j in range(reached, k - 1)
        )
        if not ((is_relative and piece[k].isalpha()) or is_told or (reached and k == reached)):
            return True
        reached = k + 1
    known, no_verb = words().present, DETERMINER | PREPOSITION
    return any(piece[k] in known and piece[k - 1] not in no_verb for k in range(reached + 1, len(piece)))


def _may_be_verb(before: list[str]) -> bool:
    """Whether one of the words that stand further before a relative word may be a verb: "Her message misses those who"."""
    known, few = words().present, before[1:-1]
    is_known = any(word in known and before[k] not in DETERMINER for k, word in enumerate(before[1:]))
    return is_known or any(word[-1] == "s" and word[-2:] not in {"us", "is"} for word in few)


def _is_also(spoken: list[str]) -> bool:
    """Whether it says the same of somebody else: "So did the firm"."""
    return spoken[0].lower() in _ALSO and spoken[1:2] != [] and spoken[1] in words().auxiliary


def _is_second_verb(found: list[str], i: int) -> bool:
    return is_verb(found[i]) or is_second_past(found, i) or (len(found[i]) > 4 and found[i].endswith("ed"))


def _is_headless(piece: list[str]) -> bool:
    """Whether it begins with its verb, or asks: "is everywhere", "Made a mistake", "Will it rain"."""
    if piece and piece[0][0].isalnum() and piece[0].lower() not in _openings():
        return False
    spoken = [word for word in piece if word[0].isalnum()]
    while spoken and (spoken[0].lower() in COORDINATION or _is_also(spoken)):
        spoken = spoken[1:]
    first = spoken[0].lower() if spoken else ""
    if first in words().auxiliary:
        return not (first in _NAMES and spoken[1:2] and spoken[1][0].isupper())
    if first in _ASKING and spoken[1:2] and spoken[1] in words().auxiliary:
        return sum(word in words().auxiliary for word in spoken) == 1  # "What was her reason", but "What is new is good"
    return is_past(first) and "," not in piece[2:]


@cache
def _openings() -> frozenset[str]:
    """The words that a clause may begin with in which the verb comes first."""
    return words().auxiliary | words().past | COORDINATION | _ASKING | _ALSO


def noun_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that a relative word at ``start`` stands for; None if it is unclear."""
    matches = list(TOKEN.finditer(text, max(0, start - _BEFORE), min(end, start + _BEFORE)))
    as_written = [match[0] for match in matches]
    i = next((k for k, match in enumerate(matches) if match.start() >= start), 0)
    first = antecedent(list(map(str.lower, as_written)), as_written, i) if i else None
    return None if first is None else trimmed(text, matches[first].start(), start)


def trimmed(text: str, start: int, end: int, *, is_relative: bool = False) -> tuple[int, int] | None:
    """Trim "and", "but", "that" and punctuation marks off both ends; None if nothing is left."""
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
    else:
        start, end = _without_edges(text, start, end)
    return (start, end) if start < end else None


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[end - 1] in _EDGE or text[end - 1].isspace()):
        if text[end - 1] == ")" and "(" in text[start:end]:
            break
        end -= 1
    while start < end and (text[start].isspace() or text[start] in ",;:—–•▪◦‣"):
        start += 1
    return start, end


_PAIRS = {opening: PAIRS[opening][0] for opening in (*DIRECTED, "‘", "„", '"')}
_MARKS = frozenset((*_PAIRS, *_PAIRS.values(), "`", "'"))


def _without_single_mark(text: str, start: int, end: int) -> tuple[int, int]:
    """Trim a quotation mark at an end if its partner is missing, and both if they enclose everything."""
    if text.startswith(_DOUBLED, start, end) or text.endswith("''", start, end):
        is_first = text.startswith(_DOUBLED, start, end)
        is_pair = is_first and text.find("''", start + 2, end) == end - 2
        return start + 2 * is_first, end - 2 * (is_pair or not is_first)
    first, last = text[start], text[end - 1]
    if first == "'" and text[start + 1 : start + 2].isupper():
        return start + 1, end - (last == "'" and text[end - 2] in ",.!?")
    for opening, closing in _PAIRS.items():
        inside = text[start + 1 : end]
        if first == opening and (closing not in inside or (last == closing and inside.count(closing) == 1)):
            return start + 1, end - (last == closing and closing in inside)
        if last == closing and opening not in text[start : end - 1]:
            return start, end - 1
    return start, end
