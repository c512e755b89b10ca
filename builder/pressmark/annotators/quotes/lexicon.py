"""Reads ``quotes/lexicon.toml``: verbs of reporting and other words, in every form that a text may have."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pressmark.record.model import Medium

Kind = Literal["reporting", "evidence", "stance"]
Form = Literal["base", "third", "past", "participle", "ing"]
FORMS: tuple[Form, ...] = ("base", "third", "past", "participle", "ing")


@dataclass(frozen=True, slots=True)
class Sense:
    """What a verb can attribute, and by which completions; ``particle`` is its second word (point *out*), if any."""

    lemma: str
    particle: str
    kind: Kind
    medium: Medium
    takes: frozenset[str]
    forms: frozenset[Form]


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


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    data = tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))
    senses: dict[str, list[Sense]] = {}
    for row in data["verbs"]:
        for lemma in row["verbs"] if isinstance(row["verbs"], list) else row["verbs"].split():
            head, _, particle = lemma.partition(" ")
            senses.setdefault(head, []).append(
                Sense(lemma, particle, row["kind"], row["medium"], frozenset(row["takes"]), frozenset(row.get("forms", FORMS)))
            )
    forms: dict[str, dict[str, set[Form]]] = {}
    for head in senses:
        for form, word in _forms(head, data["irregular"]):
            forms.setdefault(word, {}).setdefault(head, set()).add(form)
    cues = {}
    for word, heads in forms.items():
        here = tuple(sense for head, kinds in heads.items() for sense in senses[head] if sense.forms & kinds)
        if here:
            reports = any(sense.kind == "reporting" and sense.takes & {"clause", "whom"} for sense in here)
            cues[word] = Cue(frozenset().union(*heads.values()), here, reports)
    reporting = {word for word, cue in cues.items() if any(sense.kind == "reporting" for sense in cue.senses)}
    return Lexicon(cues, frozenset(reporting), *(frozenset(data[table]["words"].split()) for table in ("media", "documents")))


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
