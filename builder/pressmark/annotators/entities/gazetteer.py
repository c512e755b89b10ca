"""Lists of names: places, nationalities, first and last names, and the words of ``schema/lexicon.toml``.

The lists in the folder ``lists`` are made from packages by ``scripts/name_lists.py``; none is typed in.
Each is read once a process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, cast

from pressmark.annotators.word_lists import word_lists

if TYPE_CHECKING:
    from pressmark.record.model import EntityLabel

_PARTICLE = r"[ \xa0](?:(?:{0}|[’']t)[ \xa0-]){{1,3}}\Z|[ \xa0](?:{1})-\Z"


class Known(NamedTuple):
    """The label and full name of a listed name."""

    label: EntityLabel
    name: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The lists. ``longest`` maps the first word of a name to the most words that a name with it has."""

    names: dict[str, Known]
    longest: dict[str, int]
    titles: frozenset[str]
    title_words: frozenset[str]
    courtesy: frozenset[str]
    offices: frozenset[str]
    roles: frozenset[str]
    says: frozenset[str]
    personal: frozenset[str]
    acts: frozenset[str]
    alone: frozenset[str]
    done_to: frozenset[str]
    particle: re.Pattern[str]
    inner: re.Pattern[str]
    particles: frozenset[str]
    heads: dict[str, EntityLabel]
    government: frozenset[str]
    opens: frozenset[str]
    joined: frozenset[str]
    common: frozenset[str]
    function: frozenset[str]
    plain: frozenset[str]
    impersonal: frozenset[str]
    nobody: frozenset[str]
    ambiguous: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    firsts: frozenset[str]
    people: frozenset[str]
    bodies: frozenset[str]
    lasts: frozenset[str]
    families: frozenset[str]
    firms: frozenset[str]
    articles: frozenset[str]
    abroad: frozenset[str]
    abroad_ends: frozenset[str]
    body_ends: tuple[str, ...]
    towns: frozenset[str]
    named: frozenset[str]
    past: frozenset[str]
    words: frozenset[str]
    rare: frozenset[str]

    def is_english(self, word: str) -> bool:
        """Whether it is a word of English in some form, or one of those that are nobody's name."""
        forms = {*simple_forms(word), word.lower().removesuffix("ly")}
        is_word = not self.words.isdisjoint(forms) or not self.rare.isdisjoint(forms)
        return is_word or word in self.impersonal or word in self.plain


@lru_cache(2**12)
def simple_forms(word: str) -> frozenset[str]:
    """The word in small letters, with and without the ending of a plural or of a verb."""
    small = word.lower()
    return frozenset([small, *map(small.removesuffix, ("s", "es", "ing", "ed"))])


@cache
def gazetteer() -> Gazetteer:
    """Read all lists, once per process."""
    lexicon = word_lists()["entities"]
    function, starters, impersonal = (
        frozenset(lexicon["plain"][kind].split()) for kind in ("function", "starters", "impersonal")
    )
    plain = function | starters
    male, female, both = (_lines(f"{kind}.txt") for kind in ("male", "female", "both"))
    titles = lexicon["titles"]
    courtesy, roles = frozenset(titles["courtesy"].split()), frozenset(titles["role"].split())
    families = frozenset(chain(_lines("family.txt"), lexicon["plain"]["families"].split()))
    names = _places(plain) | _listed(lexicon["known"])
    longest: dict[str, int] = {}
    for name in names:
        words = _words(name) if " " in name or "-" in name else [name]
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    heads = {word: cast("EntityLabel", label) for label, words in lexicon["heads"].items() for word in words.split()}
    gendered = frozenset(chain(titles["male"].split(), titles["female"].split()))
    every_title = courtesy | {title.strip() for title in titles["office"].split(",")} | {role.capitalize() for role in roles}
    return Gazetteer(
        names=names,
        longest=longest,
        titles=every_title,
        title_words=frozenset(_words(title)[0] for title in every_title),
        courtesy=courtesy,
        offices=every_title - courtesy - gendered,
        roles=roles | {f"{role}s" for role in roles},
        says=frozenset(titles["says"].split()),
        personal=frozenset(titles["says"].split()).difference(titles["formal"].split()),
        acts=frozenset(titles["acts"].split()),
        alone=frozenset(titles["alone"].split()),
        done_to=frozenset(titles["done_to"].split()),
        particle=re.compile(_PARTICLE.format(*("|".join(titles[kind].split()) for kind in ("particles", "hyphened")))),
        inner=re.compile(rf"[ \xa0](?:{'|'.join(titles['inner'].split())})[ \xa0]"),
        particles=frozenset(titles["particles"].split()),
        heads=heads,
        government=frozenset(lexicon["government"]["words"].split()),
        opens=frozenset(lexicon["government"]["opens"].split()),
        joined=frozenset(lexicon["joined"]["words"].split()),
        common=frozenset(phrase.strip() for phrase in lexicon["plain"]["common"].split(";")),
        function=function,
        plain=plain,
        impersonal=plain | impersonal | heads.keys(),
        nobody=(plain | impersonal | heads.keys()) - families,
        ambiguous=frozenset(lexicon["plain"]["names"].split()),
        male=frozenset(chain(male, titles["male"].split())),
        female=frozenset(chain(female, titles["female"].split())),
        firsts=frozenset(chain(male, female, both)),
        people=roles | {f"{role}s" for role in roles} | frozenset(lexicon["sources"]["people"].split()),
        bodies=frozenset(lexicon["sources"]["bodies"].split()),
        lasts=frozenset(_lines("last.txt")),
        families=families,
        firms=frozenset(lexicon["plain"]["firms"].split()),
        articles=frozenset(lexicon["plain"]["articles"].split()),
        abroad=frozenset(lexicon["plain"]["abroad"].split()),
        abroad_ends=frozenset(lexicon["plain"]["abroad_ends"].split()),
        body_ends=tuple(lexicon["plain"]["body_ends"].split()),
        towns=frozenset(lexicon["plain"]["towns"].split()),
        named=frozenset(lexicon["plain"]["named"].split()),
        past=frozenset(word_lists()["claims"]["verbs"]["past"].split()),
        words=frozenset(_lines("words.txt")),
        rare=frozenset(_lines("rare.txt")),
    )


def _words(name: str) -> list[str]:
    """The capitalised words of a name, as `pressmark.annotators.entities.names` counts them."""
    return [word for part in name.split() for word in part.split("-") if not word.islower()] or [name]


def _listed(known: dict[str, str]) -> dict[str, Known]:
    found = {}
    for label, names in known.items():
        for entry in filter(None, (" ".join(entry.split()) for entry in names.split(";"))):
            name, _, full = entry.partition("=")
            found[name] = Known(cast("EntityLabel", label), full or name)
    return found


def _places(plain: frozenset[str]) -> dict[str, Known]:
    """Countries, states, cities, demonyms and continents; those that are a word that may begin a sentence left out."""
    rows = (line.split("\t") for line in _lines("places.tsv"))
    return {name: Known(cast("EntityLabel", label), full) for name, label, full in rows if name not in plain}


def _lines(name: str) -> list[str]:
    """The lines of one of the lists that ``scripts/name_lists.py`` made."""
    return (files(__package__) / "lists" / name).read_text(encoding="utf-8").splitlines()
