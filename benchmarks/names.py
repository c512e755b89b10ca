"""Whether persons are found alike whatever the origin of their name: ``python benchmarks/names.py``.

The names and the sentences they are put into are those of ``names_by_origin.toml``, which says where they are from. A name
counts as found if it is marked from its first letter to its last as a person: "Nguyen Xuan" of "Nguyen Xuan Phuc" is not. A
thing counts as wrong if any part of it is marked as a person. Each sentence is an article of its own.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pressmark.annotators.entities import entities
from pressmark.record.bare_article import bare_article
from pressmark.segment import segment

NAMES = tomllib.loads(Path(__file__).with_name("names_by_origin.toml").read_text(encoding="utf-8"))
_ALONE = re.compile(r"\*(.+?)\*")


def persons(frame: str, name: str) -> tuple[set[str], str]:
    """The texts that are marked as a person where the name stands in the sentence, and the name as it stands there."""
    name = name[:1].upper() + name[1:] if frame.startswith("{}") else name
    made = entities(segment(bare_article("name", frame.format(name), "en")))
    start = frame.index("{}")
    return {
        mention.text
        for entity in made.entities
        for mention in entity.mentions
        if entity.label == "PERSON" and start <= mention.start < start + len(name)
    }, name


def _found(frames: list[str], names: list[str]) -> list[bool]:
    """For each name in each sentence, whether it is marked as a whole."""
    return [name in found for one in names for frame in frames for found, name in [persons(frame, one)]]


def main() -> None:
    """Print a table of the names by which the rules were developed, and one of the fresh names."""
    _print("development", NAMES)
    print()
    _print("fresh", NAMES["fresh"])


def _print(title: str, listed: dict[str, dict[str, str]]) -> None:
    total: dict[str, list[bool]] = {}
    print(f"| origin ({title}) | name in full | without a clue | last name alone | things taken for persons |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for origin, names in listed["persons"].items():
        row = _row(names.split(", "), listed["things"][origin].split(", "))
        print(f"| {origin} | {' | '.join(map(_share, row.values()))} |")
        for kind, hits in row.items():
            total.setdefault(kind, []).extend(hits)
    print(f"| all | {' | '.join(map(_share, total.values()))} |")


def _row(people: list[str], things: list[str]) -> dict[str, list[bool]]:
    frames = NAMES["frames"]
    full = [name.replace("*", "") for name in people]
    return {
        "full": _found(frames["full"], full),
        "bare": _found(frames["bare"], full),
        "last": _found(frames["last"], [alone[1] for name in people if (alone := _ALONE.search(name))]),
        "thing": [bool(persons(frame, one)[0]) for one in things for frame in frames["thing"]],
    }


def _share(hits: list[bool]) -> str:
    return f"{sum(hits) / len(hits):.2f} ({len(hits)})"


if __name__ == "__main__":
    main()
