"""Tells which column of a table holds what, by the names that are usual, and makes articles of its rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.project.adding.days import day
from pressmark.project.seeds import id_from
from pressmark.record.text import quoted, shortened
from pressmark.validation.level6_dataset.corpus import SPLITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The usual names of each field, in small letters and with an underscore between words. The first that a table has is taken.
USUAL = {
    "text": "text body content article article_text full_text fulltext maintext article_body articlebody story raw_text",
    "id": "id article_id doc_id docid document_id uuid guid slug file_name filename",
    "title": "title headline heading head article_title",
    "published": "published date published_at publish_date published_date publication_date date_published datepublished "
    "pub_date pubdate publishedat date_publish publish_time timestamp datetime",
    "author": "author authors byline creator writer",
    "publisher": "publisher source_hostname outlet publication newspaper source_name site sitename site_name source_domain "
    "hostname domain source",
    "url": "url link web_url article_url source_url permalink uri source",
    "language": "language lang",
    "license": "license licence rights",
    "translated_from": "translated_from",
    "split": "split",
}
_DAY = "write the day into seeds/metadata.jsonl, or add it with --date-format, such as %d/%m/%Y"
_WIDTH = 300  # code points of a list of columns in a message


class ColumnError(Exception):
    """A table lacks a column that is named or needed; the message lists those that it has."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How the user says that sources are read: columns by field, the encoding of texts and CSV, the form of dates."""

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"
    date_format: str | None = None


class Incoming(NamedTuple):
    """An article of a source. ``notes`` say what of its metadata could not be kept."""

    place: str
    name: str
    text: str
    known: dict[str, Any]
    split: str | None = None
    notes: tuple[str, ...] = ()


class Unread(NamedTuple):
    """What a source has and no article could be made of."""

    place: str
    why: str


def columns(names: Iterable[str], choice: Choice, example: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Returns the column of each field that a table has. ``example`` is a row: a *source* that is an address is the URL.

    Raises:
        ColumnError: the table has no such column, or none that looks like the text.
    """
    names = list(names)
    there = {_plain(name): name for name in reversed(names)}
    for name in choice.columns.values():
        if name not in names:
            raise ColumnError(f"has no column {quoted(name)}; its columns are {_listed(names)}")
    found: dict[str, str] = dict(choice.columns)
    for label, usual in USUAL.items():
        free = [there[one] for one in usual.split() if one in there and there[one] not in found.values()]
        if label in {"url", "publisher"}:
            free = [name for name in free if _plain(name) != "source" or _is_url((example or {}).get(name)) == (label == "url")]
        if free and label not in found:
            found[label] = free[0]
    if "text" not in found:
        raise ColumnError(f"no column looks like the text of an article; name it with --text: {_listed(names)}")
    return {label: found[label] for label in USUAL if label in found}


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def _listed(names: list[str]) -> str:
    return shortened(", ".join(names), _WIDTH) or "none"


def _is_url(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def article(row: Mapping[str, Any], found: Mapping[str, str], place: str, name: str, choice: Choice) -> Incoming | Unread:
    """Makes an article of a row. ``name`` becomes its id if the row has none that has a letter or digit."""
    text = row.get(found["text"])
    if not isinstance(text, str) or not text.strip():
        return Unread(place, f"has no text in {quoted(found['text'])}")
    values = {label: _value(row.get(column)) for label, column in found.items() if label not in {"text", "published"}}
    called = values.pop("id", None)
    split = values.pop("split", None)
    named = called if called is not None and re.search(r"[A-Za-z0-9]", called) else name
    known, notes = described(values, row.get(found.get("published", "")), choice)
    if split is not None and split.lower() not in SPLITS:
        notes = (*notes, f"the split {quoted(split)} is left out; the splits are train, validation and test")
    return Incoming(place, id_from(named), text, known, SPLITS.get((split or "").lower()), notes)


def described(values: Mapping[str, str | None], published: object, choice: Choice) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Returns the metadata of an article as ``seeds/metadata.jsonl`` wants them, and what could not be kept."""
    known: dict[str, Any] = {label: value for label, value in values.items() if value is not None}
    notes: tuple[str, ...] = ()
    if "language" in known:
        known["language"] = known["language"].replace("_", "-")
    if _value(published) is not None:
        read = day(published, choice.date_format)
        if read is None:
            notes = (f"published: {quoted(str(published))} can be more than one day, or none, so it is left out; {_DAY}",)
        else:
            known["published"] = read
    return known, notes


def _value(value: object) -> str | None:
    """A value as a string without white space at its ends; None for nothing, and for what tables write for nothing."""
    if isinstance(value, list | tuple):
        return ", ".join(part for item in value if (part := _value(item))) or None
    if isinstance(value, float):
        if value != value or not value.is_integer():  # noqa: PLR0124 - NaN
            return None if value != value else str(value)  # noqa: PLR0124
        value = int(value)
    if value is None or isinstance(value, dict | bool):
        return None
    return str(value).strip() or None
