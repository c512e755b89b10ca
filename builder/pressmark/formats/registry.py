"""Lists the foreign formats by the names that the command line takes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from pressmark.record.extras import advice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.formats.reconcile import Foreign
    from pressmark.record.model import Article

_MODULES = {
    "inline": "inline",
    "label-studio": "label_studio",
    "brat": "brat",
    "spacy": "spacy_docbin",
    "prodigy": "prodigy",
    "uima-json": "uima_json",
    "uima-xmi": "uima_xmi",
    "web-annotation": "web_annotation",
}
NAMES = tuple(_MODULES)
BOTH_WAYS = tuple(name for name in NAMES if name not in ("inline", "web-annotation"))  # `pressmark anchor` reads inline


class Format(Protocol):
    """What a module of a format has."""

    KEEPS: frozenset[str]
    SUFFIXES: tuple[str, ...]

    def write(self, articles: Iterable[Article]) -> Iterator[tuple[str, bytes]]:
        """Returns the files that hold these articles, by name."""

    def read(self, path: Path) -> Iterator[Foreign]:
        """Returns what a file says of each of its articles."""


def unfit(module: Format, article: Article) -> str | None:
    """Tells why a format cannot hold an article at all, or returns None. Most formats can hold any."""
    found: str | None = module.unfit(article) if hasattr(module, "unfit") else None
    return found


class MissingError(Exception):
    """A format needs a package that is not installed."""


def named(name: str) -> Format:
    """Returns the module of a format.

    Raises:
        MissingError: the format needs a package that is not installed.
    """
    try:
        module: Format = import_module(f"pressmark.formats.{_MODULES[name]}")
    except ImportError as error:
        if (message := advice(error, name)) is None:
            raise
        raise MissingError(message) from None
    return module
