"""Which stretches of a sentence are claims: its finite clauses (schema/GUIDELINES.md, sections 6.1 and 6.2).

Without a parser a clause is known by its first word (a relative word, a conjunction) and by a finite verb soon after it. Where
that is not sure, nothing is divided.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotate.claims.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r"\w+(?:[’'-]\w+)*|[,;:()—–]|[“”\"]")
_RELATIVE = {"who", "whom", "whose", "which", "where", "when", "that"}
_CONJUNCTION = {"because", "since", "while", "whereas", "although", "though", "after", "before", "until", "as", "when"}
_COORDINATION = {"and", "but", "or"}
_PREPOSITION = {"in", "with", "for", "of", "to", "from", "by", "at", "on", "under", "through"}
_PRONOUN = {"i", "you", "he", "she", "it", "we", "they", "there", "who", "which", "that", "this", "these", "those"}
_DETERMINER = {"the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those", "some", "any"}
_NO_CLAUSE = {"if", "unless", "whether", "what", "how", "why"}
_SOON = 7  # words in which a clause's verb must come
_FRONT = re.compile(r"(?:(?:and|but|so|or|that|as|because|since|while|although|though|when|whereas|after|before|until)\b|[\s,;:—–()])+", re.IGNORECASE)
_RELATIVE_FRONT = re.compile(r"[\s,;:—–()]+")
_EDGE = " \t\n\r\xa0.,;:—–-()!?…"


class Clause(NamedTuple):
    """One clause as offsets, whether it begins with a relative word, and whether it has a finite verb."""

    start: int
    end: int
    is_relative: bool
    is_finite: bool


class _Word(NamedTuple):
    start: int
    end: int
    text: str  # in lower case


def clauses(text: str, start: int, end: int, *, is_content: bool) -> list[Clause]:
    """The finite clauses in ``text[start:end]``, in order and disjoint.

    The content of a quote may begin without one: "to issue a statement", and then "that will adjust".
    """
    cuts = list(_cuts(_words(text, start, end), has_verb=is_content))
    made = []
    for (begin, is_relative), (stop, _) in zip([(start, False), *cuts], [*cuts, (end, False)], strict=True):
        if place := trimmed(text, begin, stop, is_relative=is_relative):
            found = _words(text, *place)
            made.append(Clause(*place, is_relative, any(_is_finite(found, i) for i in range(len(found)))))
    return [clause for i, clause in enumerate(made) if clause.is_finite or (is_content and not i)]


def _words(text: str, start: int, end: int) -> list[_Word]:
    return [_Word(*match.span(), match[0].lower()) for match in _TOKEN.finditer(text, start, end)]


def trimmed(text: str, start: int, end: int, *, is_relative: bool = False) -> tuple[int, int] | None:
    """The stretch without the conjunctions and marks at its ends; None where nothing is left."""
    front = (_RELATIVE_FRONT if is_relative else _FRONT).match(text, start, end)
    start = front.end() if front else start
    while True:
        before = (start, end)
        while start < end and text[end - 1] in _EDGE or (start < end and text[end - 1].isspace()):
            end -= 1
        while start < end and (text[start].isspace() or text[start] in ",;:—–"):
            start += 1
        if start < end:
            start, end = _without_single_mark(text, start, end)
        if before == (start, end):
            return (start, end) if start < end else None


_PAIRS = {"“": "”", "‘": "’", "«": "»", "„": "“"}


def _without_single_mark(text: str, start: int, end: int) -> tuple[int, int]:
    """A quotation mark at an end is taken off where its partner is not inside, and both where they hold the whole."""
    first, last = text[start], text[end - 1]
    for opening, closing in (*_PAIRS.items(), ('"', '"')):
        inside = text[start + 1 : end]
        if first == opening and (closing not in inside or (last == closing and inside.count(closing) == 1)):
            return start + 1, end - (last == closing and closing in inside)
        if last == closing and opening not in text[start : end - 1]:
            return start, end - 1
    return start, end


def _cuts(found: list[_Word], *, has_verb: bool) -> Iterator[tuple[int, bool]]:
    """Where a clause of its own begins, and whether with a relative word."""
    is_condition = False
    for i, word in enumerate(found):
        if word.text in _NO_CLAUSE:
            is_condition = True
        if has_verb and not is_condition and i:
            if _opens_relative(found, i):
                yield found[i - (found[i - 1].text in _PREPOSITION and word.text in {"which", "whom"})].start, True
                has_verb = False
            elif (word.text in _CONJUNCTION and _opens(found, i + 1)) or (word.text in _COORDINATION and _goes_on(found, i + 1)):
                yield word.start, False
                has_verb = False
        # Behind a comma it may be a participle; for a cut further on it does not matter which.
        has_verb = has_verb or _is_finite(found, i) or word.text.endswith("ed")


def _opens_relative(found: list[_Word], i: int) -> bool:
    word, after = found[i].text, found[i + 1].text if i + 1 < len(found) else ""
    if word == "that":
        return after in words().auxiliary and found[i - 1].text not in _DETERMINER | {",", "so"} and not _is_finite(found, i - 1)
    if word in {"where", "when"} and found[i - 1].text not in {","} and not _opens(found, i + 1):
        return False
    return word in _RELATIVE and any(_is_finite(found, j) for j in range(i + 1, min(i + _SOON, len(found))))


def _opens(found: list[_Word], i: int) -> bool:
    """Whether a subject and a finite verb follow, with no comma between."""
    for j in range(i, min(i + _SOON, len(found))):
        if not found[j].text[0].isalnum():
            return False
        if j > i and (found[j].text in words().auxiliary or (found[j - 1].text in _PRONOUN and _is_finite(found, j))):
            return True
        if j > i and found[j].text in words().past and found[j - 1].text not in _DETERMINER:
            return True
    return False


def _goes_on(found: list[_Word], i: int) -> bool:
    """Whether a second finite verb, or a second subject with its verb, follows "and"."""
    if i >= len(found):
        return False
    if found[i].text in words().auxiliary or (found[i].text in words().past and found[i].text not in {"set", "put", "cut", "hit", "let", "read"}):
        return True
    return found[i].text in _PRONOUN | _DETERMINER and _opens(found, i)


def _is_finite(found: list[_Word], i: int) -> bool:
    """Whether the word is a finite verb, as far as it and its neighbours tell."""
    word, known = found[i].text, words()
    before = found[i - 1].text if i else ""
    if word in known.auxiliary or re.search(r"[’'](?:re|ve|ll|d|m)\Z", word):
        return True
    if before in _DETERMINER or before in _PREPOSITION or not before:
        return False
    if word in known.past or (word in known.present and (word[-1] == "s" or before in _PRONOUN or before.endswith("s"))):
        return True
    after = found[i + 1].text if i + 1 < len(found) else ""
    return len(word) > 4 and word.endswith("ed") and before not in {",", "(", "and"} and after != "by"
