"""Links the people of articles to a project's list of people: proposes with evidence, and applies what a person decided.

``links.csv`` is the table of decisions, one line for each entity. Somebody fills in the column ``choose``: the id of a person,
``new`` for somebody who is not on the list yet, or ``none``. Names alone never decide. Entities without a decision stay apart.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pressmark.project import annotation_files, people, write_file
from pressmark.project.articles import assembled
from pressmark.project.people import Person, slug
from pressmark.project.seeds import by_id, file_name, metadata
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted
from pressmark.validation import errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressmark.record.model import Article, Entity

FILE = Path("links.csv")
_AROUND = 60  # code points before and after a name that the table shows
NEW, NOBODY = "new", "none"


class Row(NamedTuple):
    """An entity, whom it may be and why, and what was decided. It is that entity as long as it has the name."""

    choose: str
    article: str
    entity: str
    name: str
    candidates: str
    context: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Which entity it is about."""
        return self.article, self.entity, self.name


class Linked(NamedTuple):
    """What a run did: entities linked, people added, and entities that wait for a decision."""

    linked: int
    added: int
    waiting: int


def link(project: Path) -> Linked:
    """Applies the decisions in ``links.csv``, then writes the table with a line for each person who is linked to nobody yet.

    Raises:
        InvalidError: a decision cannot be applied, or a file cannot be used; nothing was changed.
        OSError: a file cannot be read or written.
    """
    known, table = people.read(project), _read(project)
    articles = dict(_articles(project))
    chosen, new = _chosen(project, table, known)
    changed = {name: _with_links(article, chosen) for name, article in articles.items()}
    if wrong := [issue for name, article in changed.items() if article is not articles[name] for issue in errors(article)]:
        raise InvalidError(wrong)
    if new:
        people.add(project, new)
    linked = sum(_write(project, articles[name], article) for name, article in changed.items())
    rows = _rows(changed.values(), [*known, *new], {row.key: row for row in table})
    _write_table(project, rows)
    return Linked(linked, len(new), sum(not row.choose for row in rows))


def _articles(project: Path) -> Iterator[tuple[str, Article]]:
    known = metadata(project)
    for name, seed in by_id(project).items():
        if (project / annotation_files.path_of(name)).exists():
            yield name, assembled(project, seed, known.get(file_name(project, seed), {}))


def _read(project: Path) -> list[Row]:
    path = project / FILE
    if not path.exists():
        return []
    try:
        found = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise InvalidError([Issue("links", f"is not a CSV file in UTF-8: {error}", file=str(path))]) from None
    if found and (missing := [name for name in Row._fields if name not in found[0]]):
        raise InvalidError(
            [Issue("links", f"has no column {missing[0]}; keep the first line as it was", file=str(path), line=1)]
        )
    return [Row(*((row[name] or "").strip() for name in Row._fields)) for row in found]


def _chosen(project: Path, table: list[Row], known: list[Person]) -> tuple[dict[tuple[str, str, str], str], list[Person]]:
    """The ``kb_id`` that was chosen for each entity, and the people to add."""
    by = {person.id: person for person in known}
    new: dict[str, Person] = {}
    chosen, issues = {}, []
    for number, row in enumerate(table, start=2):
        if row.choose == NEW:
            name = slug(row.name)
            if not name or name in by or name in new:
                message = f"somebody else is {quoted(name)} already; choose that id, or add this person to people.csv yourself"
                issues.append((number, message))
            else:
                new[name] = Person(name, (row.name,))
                chosen[row.key] = new[name].kb_id
        elif row.choose in by:
            chosen[row.key] = by[row.choose].kb_id
        elif row.choose not in {"", NOBODY}:
            issues.append((number, f"choose {quoted(row.choose)}: write the id of a person of people.csv, {NEW} or {NOBODY}"))
    if issues:
        raise InvalidError(Issue("links", message, file=str(project / FILE), line=line) for line, message in issues)
    return chosen, list(new.values())


def _with_links(article: Article, chosen: dict[tuple[str, str, str], str]) -> Article:
    linked = tuple(
        replace(entity, kb_id=chosen.get((article.id, entity.id, entity.name), entity.kb_id)) for entity in article.entities
    )
    return article if linked == article.entities else replace(article, entities=linked)


def _write(project: Path, old: Article, new: Article) -> int:
    """Writes the annotation if it changed, and returns how many entities did."""
    if new is old:
        return 0
    path = project / annotation_files.path_of(new.id)
    data = path.read_bytes()
    annotation = replace(annotation_files.annotation(path, old), entities=new.entities)
    write_file.write(path, annotation_files.as_file(annotation, data))
    return sum(one != other for one, other in zip(old.entities, new.entities, strict=True))


def _rows(articles: Iterable[Article], known: Sequence[Person], table: dict[tuple[str, str, str], Row]) -> list[Row]:
    """The decisions that were taken, and a line for each person who is linked to nobody."""
    rows = {key: row for key, row in table.items() if row.choose}
    for article in articles:
        for entity in article.entities:
            is_somebody = entity.label == "PERSON" and any(mention.level == "name" for mention in entity.mentions)
            key = (article.id, entity.id, entity.name)
            if is_somebody and entity.kb_id is None and not entity.members and key not in rows:
                rows[key] = Row("", *key, "; ".join(_candidates(article, entity, known)), _context(article, entity))
    return sorted(rows.values(), key=lambda row: (slug(row.name), row.article, row.entity))


def _candidates(article: Article, entity: Entity, known: Sequence[Person]) -> Iterator[str]:
    """Whom an entity may be, with the reasons: ``ann-lee (name; described: mayor, Norland)``."""
    for person in known:
        if reason := _named(entity.name, person):
            words = _described(article, entity, person)
            yield f"{person.id} ({reason}{f', described: {chr(32).join(words)}' if words else ''})"


def _named(name: str, person: Person) -> str:
    """How a name is one of a person's: the whole name, or the last name alone."""
    if slug(name) in {slug(one) for one in person.names}:
        return "name"
    last = {slug(one).rpartition("-")[2] for one in person.names}
    return "last name" if slug(name) in last else ""


def _described(article: Article, entity: Entity, person: Person) -> list[str]:
    """The words of a person's description that stand near the names in the article, or are its places."""
    near = " ".join(
        article.text[max(0, mention.start - _AROUND) : mention.end + _AROUND]
        for mention in entity.mentions
        if mention.level == "name"
    )
    places = " ".join(other.name for other in article.entities if other.label == "GPE")
    there = {slug(word) for word in re.findall(r"\w+", f"{near} {places}")}
    named = {slug(word) for name in person.names for word in name.split()}
    words = dict.fromkeys(re.findall(r"\w{3,}", person.description))
    return [word for word in words if slug(word) in there and slug(word) not in named and word.lower() not in _EMPTY]


_EMPTY = {"the", "and", "for", "from", "who", "was", "his", "her"}


def _context(article: Article, entity: Entity) -> str:
    first = next(mention for mention in entity.mentions if mention.level == "name")
    words = article.text[max(0, first.start - _AROUND) : first.end + _AROUND]
    return " ".join(words.split())


def _write_table(project: Path, rows: list[Row]) -> None:
    path = project / FILE
    if not rows and not path.exists():
        return
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(Row._fields)
    writer.writerows(rows)
    data = lines.getvalue().encode()
    if not path.exists() or path.read_bytes() != data:
        write_file.write(path, data)
