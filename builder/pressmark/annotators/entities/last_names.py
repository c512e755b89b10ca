"""Finds persons by their last name alone, in articles that may never have it in full: what stands around it decides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressmark.annotators.entities.capitalised_words import Found
    from pressmark.annotators.entities.person_names import PersonNames

_DATE = re.compile(r"(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\Z")
# Firms and papers have capitals inside: "SoftBank"; persons only behind these: "McConnell", "DeSantis".
_CAMEL = re.compile(r"(?!(?:Ma?c|D[aeiu]|L[ae]|Fitz|Van|Von|O[’']?|D[’'])[A-Z][a-z])\w+[a-z][A-Z]")


class LastNames:
    """The rule for a last name alone, in one sentence."""

    def __init__(self, persons: PersonNames) -> None:
        self._persons, self._row, self._context, self._known = persons, persons.row, persons.context, persons.row.known

    def alone(self, i: int) -> tuple[int, Found | None] | None:
        """A last name: "Kirchner said", and any word with evidence: "Xyz, 45,", "Xyz smiled", “It is,” Xyz said."""
        row, known, word = self._row, self._known, self._row[i].text
        stop = i + 2 if i + 1 < len(row) and row[i + 1].gap == "-" else i + 1
        is_part = row.linked(stop) or (i and (row.linked(i) or "&" in row[i].gap))  # Claes & Petit
        if is_part or not self._context.may_act(i, stop):
            return None
        start, may_be = row.particle(i), all(self._may_be_last(j) for j in range(i, stop))
        is_last = word in known.lasts and word not in known.firms and word.lower() not in known.words
        is_speaker = may_be and (is_last or start < row[i].start) and self._context.speaks(i, stop)
        if is_speaker or ((may_be or self._is_rare(i)) and self._context.is_human(start, stop)):
            return stop - i, self._found(start, i, stop)
        may_be |= word in known.families and word not in known.plain
        if may_be and self._context.answers(i, stop) and not self._is_body(i, stop):
            return stop - i, self._found(start, i, stop)._replace(rule="speaker", confidence=0.5)
        return None

    def _found(self, start: int, i: int, stop: int) -> Found:
        found = self._row.found(i, stop, "PERSON", "last-name", 0.6)
        return found._replace(start=start, name=self._row.text[start : found.end]) if start < found.start else found

    def _may_be_last(self, i: int) -> bool:
        """Whether the word can be a last name: no abbreviation, place, title or word of English, unless somebody has it."""
        word, known = self._row[i].text, self._known
        if word in known.lasts:
            return word not in known.impersonal and not word.isupper()
        is_plain = self._row.is_plain(i) or word in known.impersonal or word.rstrip(".") in known.title_words
        is_plain |= word in known.abroad or "." in word or _CAMEL.match(word) is not None
        return not is_plain and not self._persons.is_thing(i, is_first=False)

    def _is_rare(self, i: int) -> bool:
        """Whether it is a rare word of English, or a common one that is a family's name: "Tusk", "Park"."""
        word, known = self._row[i].text, self._known
        return word.lower() in known.rare or (word in known.families and word not in known.plain)

    def _is_body(self, i: int, stop: int) -> bool:
        """Whether the word is a firm's, a group's or a date's: "Boeing", "Rosneft", "Mainers", "Dec"."""
        word, known = self._row[stop - 1].text, self._known
        is_group = word.endswith("ers") and (word[:-2] in known.names or word[:-3] in known.names)
        is_firm = word in known.firms or word.endswith(known.body_ends) or self._context.is_body(i, stop)
        return is_group or is_firm or _DATE.match(word) is not None
