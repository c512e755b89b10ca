"""Reads the day of publication of an article that is added to a project from the date line of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.annotators.entities.date_line import dated
from pressmark.project.adding.columns import Incoming, Unread
from pressmark.record.bare_article import UNDETERMINED, bare_article
from pressmark.segment import segment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_TOP = 3000  # characters of a text in which its date line is looked for


def with_day(one: Incoming | Unread, values: Mapping[str, Any]) -> Incoming | Unread:
    """Add ``published``, marked as inferred, if the source does not say it. ``values`` are those of all articles."""
    known = {} if isinstance(one, Unread) else {**values, **one.known}
    language = str(known.get("language") or UNDETERMINED)
    if isinstance(one, Unread) or known.get("published") or language.partition("-")[0].lower() not in {"en", UNDETERMINED}:
        return one
    origin = {"translated_from": known.get("translated_from")}
    day = dated(segment(bare_article("a", one.text[:_TOP], language, origin))).metadata.published
    if day is None:
        return one
    inferred = [*(one.known.get("inferred") or ()), "published"]
    note = f"published: {day} is read from the date line, and listed in `inferred`"
    return one._replace(known={**one.known, "published": day, "inferred": inferred}, notes=(*one.notes, note))
