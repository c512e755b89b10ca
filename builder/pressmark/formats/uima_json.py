"""Writes and reads UIMA CAS JSON 0.4 for INCEpTION: one file an article, and the type system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cassis import load_cas_from_json

from pressmark.formats import uima
from pressmark.record.issue import InvalidError, Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.formats.reconcile import Foreign
    from pressmark.record.model import Article

KEEPS = uima.KEEPS
SUFFIXES = (".json",)


def write(articles: Iterable[Article]) -> Iterator[tuple[str, bytes]]:
    """Returns the type system, and a file for each article."""
    types = uima.type_system()
    yield "TypeSystem.xml", types.to_xml().encode()
    for article in articles:
        yield f"{article.id}.json", (uima.Writer(article, types).cas.to_json(pretty_print=True) or "").encode()


def read(path: Path) -> Iterator[Foreign]:
    """Reads one file, such as INCEpTION exports.

    Raises:
        InvalidError: the file is not CAS JSON.
        OSError: the file cannot be read.
    """
    data = path.read_bytes().decode("utf-8", "replace")
    try:
        cas = load_cas_from_json(data, typesystem=uima.type_system())
        found = uima.read(path, cas)
    except (RuntimeError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        message = f"is not UIMA CAS JSON with the layers of pressmark: {type(error).__name__}: {error}"
        raise InvalidError([Issue("uima", message, file=str(path))]) from None
    yield found
