"""Reads ``people.csv``, a project's own list of people, and adds to it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pressmark.project import spreadsheet, write_file
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE = Path("people.csv")
COLUMNS = ("id", "names", "description", "wikidata", "wikipedia")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Person(NamedTuple):
    """Somebody whom a project knows. ``names`` are all ways to write the name; the first one is the usual one."""

    id: str
    names: tuple[str, ...]
    description: str = ""
    wikidata: str = ""
    wikipedia: str = ""

    @property
    def kb_id(self) -> str:
        """What an entity is linked to: the Wikidata id, else the Wikipedia page, else the id in this project."""
        if self.wikidata:
            return f"wikidata:{self.wikidata}"
        return f"wikipedia:{self.wikipedia}" if self.wikipedia else f"local:{self.id}"


def read(project: Path) -> list[Person]:
    """Reads the people of a project; none if there is no file.

    Raises:
        InvalidError: the file is no such table, or two people have the same id or link.
        OSError: the file cannot be read.
    """
    path = project / FILE
    if not path.exists():
        return []
    columns, rows, _ = spreadsheet.read(path, "people")
    if missing := [name for name in ("id", "names") if name not in columns]:
        message = f"has no column {missing[0]}; the first line is {','.join(COLUMNS)}"
        raise InvalidError([Issue("people", message, file=str(path), line=1)])
    found = [(line, dict(zip(columns, cells, strict=False))) for line, cells in rows]
    people = [(line, _person(row)) for line, row in found]
    if issues := list(_issues(people)):
        raise InvalidError(issue.within(str(path), issue.line) for issue in issues)
    return [person for _, person in people]


def _person(row: dict[str, str]) -> Person:
    cells = {name: row.get(name, "").strip() for name in COLUMNS}
    names = tuple(name.strip() for name in cells["names"].split(";") if name.strip())
    return Person(cells["id"], names, cells["description"], cells["wikidata"], cells["wikipedia"])


def _issues(people: list[tuple[int, Person]]) -> Iterator[Issue]:
    ids: dict[str, int] = {}
    links: dict[str, int] = {}
    for line, person in people:
        if not _SLUG.fullmatch(person.id):
            message = f"the id {quoted(person.id)} must be lower-case words joined by hyphens, such as ann-lee"
            yield Issue("people", message, line=line)
        if not person.names:
            yield Issue("people", "has no names; write them with ; between them, such as Ann Lee; A. Lee", line=line)
        if person.wikidata and not re.fullmatch(r"Q[1-9][0-9]*", person.wikidata):
            yield Issue("people", f"wikidata: {quoted(person.wikidata)} must be Q and a number, such as Q7259", line=line)
        if person.wikipedia and not re.fullmatch(r"[a-z][a-z-]*:[^\x00-\x20\x7f-\x9f]+", person.wikipedia):
            message = f"wikipedia: {quoted(person.wikipedia)} must be LANGUAGE:Title_of_page, such as en:Ada_Lovelace"
            yield Issue("people", message, line=line)
        for known, key in ((ids, person.id), (links, person.kb_id)):
            if known.setdefault(key, line) != line:
                yield Issue("people", f"{quoted(key)} stands in line {known[key]} already; a person has one line", line=line)


def add(project: Path, people: Iterable[Person]) -> None:
    """Adds people at the end of the list. The lines that are there keep their bytes.

    Raises:
        OSError: the file cannot be written; the old one stays.
    """
    path = (project / FILE).resolve()  # a link stays one
    if not path.exists():
        write_file.write(path, (",".join(COLUMNS) + "\n").encode())
    old = path.read_bytes()
    columns, _, delimiter = spreadsheet.read(path, "people")
    rows = [person._asdict() | {"names": "; ".join(person.names)} for person in people]
    lines = spreadsheet.written(([row.get(name, "") for name in columns] for row in rows), delimiter)
    write_file.write(path, old + (b"" if old.endswith(b"\n") else b"\n") + lines.encode())


def slug(name: str) -> str:
    """The name in lower case without accents, each run of other characters one hyphen (schema/GUIDELINES.md, section 4.7)."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", bare.casefold()).strip("-")
