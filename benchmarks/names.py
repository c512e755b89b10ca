"""Whether persons are found alike whatever the origin of their name: ``python benchmarks/names.py [LIST] [--misses]``.

The names and the sentences they are put into are those of ``names_by_origin.toml``, which says where they are from. A name
counts as found if it is marked from its first letter to its last as a person: "Nguyen Xuan" of "Nguyen Xuan Phuc" is not. A
thing counts as wrong if any part of it is marked as a person. Each sentence is an article of its own. LIST is one of
development, fresh, parliament; ``--misses`` prints the sentences that went wrong instead of the tables.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path

from pressmark.annotators.entities import entities
from pressmark.record.bare_article import bare_article
from pressmark.segment import segment

NAMES = tomllib.loads(Path(__file__).with_name("names_by_origin.toml").read_text(encoding="utf-8"))
_ALONE = re.compile(r"\*(.+?)\*")


KINDS = {
    "full": "name in full",
    "bare": "without a clue",
    "last": "last name alone",
    "evidence": "last name with evidence",
    "again": "last name again",
    "thing": "things taken for persons",
    "speaking_thing": "things that speak",
}


def persons(frame: str, name: str, full: str = "") -> tuple[set[str], str]:
    """The texts that are marked as a person where the name stands in the sentence, and the name as it stands there."""
    name = name[:1].upper() + name[1:] if frame.startswith("{}") else name
    start = frame.replace("{full}", full).index("{}")
    made = entities(segment(bare_article("name", frame.format(name, full=full), "en")))
    return {
        mention.text
        for entity in made.entities
        for mention in entity.mentions
        if entity.label == "PERSON" and start <= mention.start < start + len(name)
    }, name


def _rows(kind: str, people: list[str], things: list[str]) -> list[tuple[str, bool]]:
    """For each name in each sentence of a kind: the sentence, and whether a person was marked, for people as a whole."""
    frames = NAMES["frames"][kind]
    if kind.endswith("thing"):
        return [(frame.format(one), bool(persons(frame, one)[0])) for one in things for frame in frames]
    rows = []
    for starred in people:
        full, alone = starred.replace("*", ""), _ALONE.search(starred)
        name = full if kind in {"full", "bare"} else alone and alone[1]
        if name and not (kind == "again" and name == full):
            for frame in frames:
                found, there = persons(frame, name, full)
                rows.append((frame.format(there, full=full), there in found))
    return rows


def main() -> None:
    """Print a table of each list or of one, or the sentences that went wrong."""
    lists = {"development": NAMES, "fresh": NAMES["fresh"], "parliament": NAMES["parliament"]}
    parser = argparse.ArgumentParser(description="Measure whether persons are found alike whatever the origin of their name.")
    parser.add_argument("list", nargs="?", choices=lists, help="the list of names; all without it")
    parser.add_argument("--misses", action="store_true", help="print the sentences that went wrong")
    arguments = parser.parse_args()
    for title in [arguments.list] if arguments.list else lists:
        _print(title, lists[title], only_misses=arguments.misses)


def _print(title: str, listed: dict[str, dict[str, str]], *, only_misses: bool) -> None:
    total: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    table = [f"| {title} | {' | '.join(KINDS.values())} |", "| --- " + "| ---: " * len(KINDS) + "|"]
    for origin, names in listed["persons"].items():
        hits: dict[str, list[bool]] = {}
        for kind in KINDS:
            rows = _rows(kind, names.split(", "), listed["things"][origin].split(", "))
            hits[kind] = [is_found for _, is_found in rows]
            total[kind] += hits[kind]
            if only_misses:
                print(*(f"{origin}\t{kind}\t{text}" for text, is_found in rows if is_found == kind.endswith("thing")), sep="\n")
        table.append(f"| {origin} | {' | '.join(map(_share, hits.values()))} |")
    if not only_misses:
        print(*table, f"| all | {' | '.join(map(_share, total.values()))} |", "", sep="\n")


def _share(hits: list[bool]) -> str:
    return f"{sum(hits) / len(hits):.2f} ({len(hits)})"


if __name__ == "__main__":
    main()
