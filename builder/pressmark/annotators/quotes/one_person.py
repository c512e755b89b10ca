"""Tells by its words whether a source without an entity may be one person, whom *he* or *she* may then stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.entities.pronouns import FEMALE, MALE, SEVERAL, nouns
from pressmark.annotators.quotes.source_types import source_type

if TYPE_CHECKING:
    from pressmark.annotators.entities.pronouns import Gender

_OTHERS = {"it", "they", "them", "we", "us", "you", "who", "whom", "which", "that", "this", "i", "me"}
_MANY = re.compile(
    r"(?:many|most|some|several|few|all|both|those|others|every\w+|no(?:body|[ \xa0]one)|[\w-]+[ \xa0]per[ \xa0]?cent"
    r"|\d[\d.,]*%)(?!\w)"
)
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_BELOW = re.compile(r",|[ \xa0](?:of|by|in|at|from|for|with|who|whose|that|on|to|familiar|close|involved)\b")


def may_be_one_person(source: str) -> bool:
    """Whether it is no body, document or other pronoun, and not several: "An inmate", but not "aides", "the paper"."""
    words, last = source.lower(), head(source)
    is_body = last.lower() in gazetteer().bodies or last == "media" or source_type(source) == "document"
    is_many = _MANY.match(words) is not None or _are_several(last) or " and " in words
    return words not in _OTHERS and not is_body and not is_many


def may_be_of(gender: Gender, source: str) -> bool:
    """Whether no noun, first name or pronoun shows that the source is of the other gender."""
    known, words = gazetteer(), _WORD.findall(source)
    others = known.female if gender == "male" else known.male
    shown = (FEMALE | nouns("female")) if gender == "male" else (MALE | nouns("male"))
    return head(source).lower() not in shown and not (words and words[0] in others)


def _are_several(head: str) -> bool:
    """Whether a head is a plural, and no name: "Critics", "men", but not "Jones"."""
    known, word = gazetteer(), head.lower()
    is_word = head.islower() or word in known.people or word.removesuffix("s") in known.words
    return is_word and SEVERAL.fullmatch(word) is not None


def head(words: str) -> str:
    """The head of a noun phrase as it stands: "inmate" of "An old inmate of the prison"."""
    found = _WORD.findall(_BELOW.split(words, maxsplit=1)[0])
    return found[-1] if found else ""
