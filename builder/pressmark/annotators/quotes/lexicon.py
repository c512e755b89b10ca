"""Reads ``schema/lexicon.toml``: verbs of reporting and other words, in every form that a text may have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pressmark.annotators.word_lists import word_lists

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressmark.record.model import Act, Medium, SourceType, Status

Kind = Literal["reporting", "evidence", "stance"]
Form = Literal["base", "third", "past", "participle", "ing"]
_REPORTING = {"reporting", "evidence"}  # what a document shows it reports
FORMS: tuple[Form, ...] = ("base", "third", "past", "participle", "ing")


@dataclass(frozen=True, slots=True)
class Sense:
    """What a verb can attribute, and by which completions; ``particle`` is its second word (point *out*), if any.

    ``acts`` has the act by the completion, and by "" for all others: None where only the content tells ("said").
    ``presents`` is the status that it gives to an attribution inside its content; None: it follows from the act.
    ``verb_class`` is the name of its class.
    """

    lemma: str
    particle: str
    kind: Kind
    medium: Medium
    takes: frozenset[str]
    forms: frozenset[Form]
    acts: Mapping[str, Act | None]
    presents: Status | None
    verb_class: str

    @property
    def is_heard(self) -> bool:
        """Whether its subject hears what somebody else says: “the court heard that”."""
        return self.verb_class == "hear"


@dataclass(frozen=True, slots=True)
class Governors:
    """Words that lead to a verb of saying, and what they say of it: before "to …" and before an -ing form."""

    to: Mapping[str, str]
    ing: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """How quoted words begin that assert nothing; ``unwilled`` are verbs of what nobody does by will ("I will win")."""

    leading: frozenset[str]
    expressive: frozenset[str]
    orders: frozenset[str]
    unwilled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a verb, and the senses in which it attributes."""

    forms: frozenset[Form]
    senses: tuple[Sense, ...]
    reports_clauses: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The cues by their lower-case form; the words of the names of media; the nouns for what is written."""

    cues: dict[str, Cue]
    reporting: frozenset[str]
    media: frozenset[str]
    documents: frozenset[str]
    governors: Governors
    spoken: Spoken
    source_types: Mapping[str, SourceType]
    refused: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    data = word_lists()["quotes"]
    senses: dict[str, list[Sense]] = {}
    for row in data["verbs"]:
        for lemma in row["verbs"] if isinstance(row["verbs"], list) else row["verbs"].split():
            head, _, particle = lemma.partition(" ")
            takes, kinds = frozenset(row["takes"]), frozenset(row.get("forms", FORMS))
            acts, presents = _acts(row), row.get("presents")
            sense = Sense(lemma, particle, row["kind"], row["medium"], takes, kinds, acts, presents, row["class"])
            senses.setdefault(head, []).append(sense)
    forms: dict[str, dict[str, set[Form]]] = {}
    for head in senses:
        for form, word in _forms(head, data["irregular"]):
            forms.setdefault(word, {}).setdefault(head, set()).add(form)
    cues = {}
    for word, heads in forms.items():
        here = tuple(sense for head, kinds in heads.items() for sense in senses[head] if sense.forms & kinds)
        if here:
            reports = any(
                sense.kind == "reporting" and sense.takes & {"clause", "whom"} and not sense.is_heard for sense in here
            )
            cues[word] = Cue(frozenset().union(*heads.values()), here, reports)
    reporting = {word for word, cue in cues.items() if any(sense.kind in _REPORTING for sense in cue.senses)}
    media, documents = (frozenset(data[table]["words"].split()) for table in ("media", "documents"))
    governors = Governors(*(_by_word(data["governors"][form]) for form in ("to", "ing")))
    spoken = Spoken(**{name: frozenset(row.split()) for name, row in data["spoken"].items()})
    types: dict[str, SourceType] = dict.fromkeys(media, "media") | dict.fromkeys(documents - media, "document")
    types |= _by_word(data["source_types"])
    refused = frozenset(data["refused"]["words"].split())
    return Lexicon(cues, frozenset(reporting), media, documents, governors, spoken, types, refused)


def _acts(row: dict[str, Any]) -> dict[str, Act | None]:
    """The act by completion: an infinitive binds the source, one with its own subject asks somebody else to act."""
    by_itself = None if row["act"] == "content" else row["act"]
    return {"": by_itself, "to": "commitment", "whom-to": "directive", **row.get("acts", {})}


def _by_word(table: dict[str, str]) -> dict[str, Any]:
    return {word: mood for mood, words in table.items() for word in words.split()}


def _forms(base: str, irregular: dict[str, str]) -> list[tuple[Form, str]]:
    """Every form of a verb, by the rules of English spelling (Quirk 3.5-3.10)."""
    if base in irregular:
        third, past, participle, ing = irregular[base].split()
        return [("base", base), ("third", third), ("past", past), ("participle", participle), ("ing", ing)]
    stem = base.removesuffix("e")
    third, past, ing = base + "s", stem + "ed", stem + "ing"
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = base + "es"
    elif base.endswith("y") and base[-2] not in "aeiou":
        third, past = base[:-1] + "ies", base[:-1] + "ied"
    if base.endswith(("ee", "oe", "ye")):
        ing = base + "ing"
    return [("base", base), ("third", third), ("past", past), ("participle", past), ("ing", ing)]
