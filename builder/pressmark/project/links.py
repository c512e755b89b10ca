"""Links the people of articles to a project's list of people: proposes with evidence, and applies what a person decided.

``links.csv`` is the table of decisions, one line for each entity. Somebody fills in the column ``choose``: the id of a person,
``new`` for somebody who is not on the list yet, or ``none``. Names alone never decide. Entities without a decision stay apart.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pressmark.project import annotation_files, people, spreadsheet, write_file
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
COLUMNS = ("choose", "article", "entity", "name", "candidates", "context")
NEW, NOBODY = "new", "none"


class Row(NamedTuple):
    """An entity, whom it may be and why, and what was decided. It is that entity as long as it has the name."""

    choose: str
    article: str
    entity: str
    name: str
    candidates: str
    context: str
    line: int = 0
    more: tuple[str, ...] = ()  # what somebody wrote into columns of their own

    @property
    def key(self) -> tuple[str, str, str]:
        """Which entity it is about."""
        return self.article, self.entity, self.name


class Table(NamedTuple):
    """The rows of ``links.csv``, the columns that somebody added, and what divides the columns."""

    rows: list[Row]
    more: list[str]
    delimiter: str


class Linked(NamedTuple):
    """What a run did: entities changed, people added, entities that wait for a decision, lines whose entity is gone."""

    linked: int
    added: int
    waiting: int
    unused: list[int]


def link(project: Path) -> Linked:
    """Applies the decisions in ``links.csv``, then writes the table with a line for each person who is linked to nobody yet.

    Raises:
        InvalidError: a decision cannot be applied, or a file cannot be used; nothing was changed.
        OSError: a file cannot be read or written.
    """
    known, table = people.read(project), _read(project)
    articles = dict(_articles(project))
    there = {(name, entity.id, entity.name) for name, article in articles.items() for entity in article.entities}
    unused = [row.line for row in table.rows if row.choose and row.key not in there]
    chosen, new = _chosen(project, [row for row in table.rows if row.line not in unused], known)
    local = {person.kb_id for person in (*known, *new)}
    changed = {name: _with_links(article, chosen, local) for name, article in articles.items()}
    if wrong := [issue for name, article in changed.items() if article is not articles[name] for issue in errors(article)]:
        raise InvalidError(wrong)
    if new:
        people.add(project, new)
    linked = sum(_write(project, articles[name], article) for name, article in changed.items())
    added = {person.names[0]: person.id for person in new}  # the next run must not add them again
    decided = [row._replace(choose=added.get(row.name, NEW)) if row.choose == NEW else row for row in table.rows]
    rows = _rows(changed.values(), [*known, *new], {row.key: row for row in sorted(decided, key=lambda row: bool(row.choose))})
    _write_table(project, table._replace(rows=rows))
    return Linked(linked, len(new), sum(not row.choose for row in rows), unused)


def _articles(project: Path) -> Iterator[tuple[str, Article]]:
    known = metadata(project)
    for name, seed in by_id(project).items():
        if (project / annotation_files.path_of(name)).exists():
            yield name, assembled(project, seed, known.get(file_name(project, seed), {}))


def _read(project: Path) -> Table:
    path = project / FILE
    if not path.exists():
        return Table([], [], ",")
    columns, lines, delimiter = spreadsheet.read(path, "links")
    if columns and (missing := [name for name in COLUMNS if name not in columns]):
        raise InvalidError(
            [Issue("links", f"has no column {missing[0]}; keep the first line as it was", file=str(path), line=1)]
        )
    rows = []
    for number, cells in lines:
        known = dict(zip(columns, cells, strict=False))
        more = tuple(cell for at, cell in enumerate(cells) if at >= len(columns) or columns[at] not in COLUMNS)
        choose, article, entity, name, candidates, context = (known.get(column, "").strip() for column in COLUMNS)
        rows.append(Row(choose, article, entity, name, candidates, context, number, more))
    return Table(rows, [name for name in columns if name not in COLUMNS], delimiter)


def _chosen(
    project: Path, table: list[Row], known: list[Person]
) -> tuple[dict[tuple[str, str, str], str | None], list[Person]]:
    """The ``kb_id`` that was chosen for each entity, None for nobody, and the people to add."""
    by = {person.id: person for person in known}
    new: dict[str, Person] = {}
    chosen: dict[tuple[str, str, str], str | None] = {}
    issues: list[tuple[int, str]] = []
    first: dict[tuple[str, str, str], Row] = {}
    for row in table:
        number = row.line
        before = first.setdefault(row.key, row) if row.choose else row
        if before.choose != row.choose:
            issues.append(
                (number, f"line {before.line} chooses {quoted(before.choose)} for the same entity; delete one of them")
            )
        elif row.choose == NEW:
            name = slug(row.name)
            if not name or name in by or name in new:
                message = f"somebody else is {quoted(name)} already; choose that id, or add this person to people.csv yourself"
                issues.append((number, message))
            else:
                new[name] = Person(name, (row.name,))
                chosen[row.key] = new[name].kb_id
        elif row.choose in by:
            chosen[row.key] = by[row.choose].kb_id
        elif row.choose == NOBODY:
            chosen[row.key] = None
        elif row.choose:
            near = get_close_matches(row.choose, [*by, NEW, NOBODY], 1)
            hint = f"did you mean {near[0]}?" if near else f"write the id of a person of people.csv, {NEW} or {NOBODY}"
            issues.append((number, f"choose {quoted(row.choose)}: {hint}"))
    if issues:
        raise InvalidError(Issue("links", message, file=str(project / FILE), line=line) for line, message in issues)
    return chosen, list(new.values())


def _with_links(article: Article, chosen: dict[tuple[str, str, str], str | None], local: set[str]) -> Article:
    """The article with its links. Nobody takes away a link to somebody on the list, and no other link."""
    found = []
    for entity in article.entities:
        kb_id = chosen.get((article.id, entity.id, entity.name), entity.kb_id)
        found.append(entity if kb_id is None and entity.kb_id not in local else replace(entity, kb_id=kb_id))
    return article if tuple(found) == article.entities else replace(article, entities=tuple(found))


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
    rows = {key: row for key, row in table.items() if row.choose or any(row.more)}
    for article in articles:
        for entity in article.entities:
            is_somebody = entity.label == "PERSON" and any(mention.level == "name" for mention in entity.mentions)
            key = (article.id, entity.id, entity.name)
            if is_somebody and entity.kb_id is None and not entity.members and not (key in rows and rows[key].choose):
                more = rows[key].more if key in rows else ()
                candidates = "; ".join(_candidates(article, entity, known))
                rows[key] = Row("", *key, candidates, _context(article, entity), 0, more)
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


def _write_table(project: Path, table: Table) -> None:
    path = (project / FILE).resolve()  # a link stays one
    if not table.rows and not path.exists():
        return
    lines: list[list[object]] = [[*COLUMNS, *table.more]]
    lines += [[*row[: len(COLUMNS)], *(row.more or ("",) * len(table.more))] for row in table.rows]
    data = spreadsheet.written(lines, table.delimiter).encode("utf-8-sig")  # Excel needs the mark
    if not path.exists() or path.read_bytes() != data:
        write_file.write(path, data)
