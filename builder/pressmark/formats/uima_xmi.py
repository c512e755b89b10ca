"""Writes and reads UIMA XMI for INCEpTION ("UIMA CAS XMI 1.0"): one file an article, and the type system."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

from cassis import load_cas_from_xmi
from lxml.etree import XMLSyntaxError

from pressmark.formats import uima
from pressmark.record.issue import InvalidError, Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.formats.reconcile import Foreign
    from pressmark.record.model import Article

KEEPS = uima.KEEPS
SUFFIXES = (".xmi",)
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def write(articles: Iterable[Article]) -> Iterator[tuple[str, bytes]]:
    """Returns the type system, and a file for each article. None of them is `unfit`."""
    types = uima.type_system()
    yield "TypeSystem.xml", types.to_xml().encode()
    for article in articles:
        yield f"{article.id}.xmi", (uima.Writer(article, types).cas.to_xmi(pretty_print=True) or "").encode()


def unfit(article: Article) -> str | None:
    """Tells why an article cannot be written, or returns None: XML cannot hold every character."""
    strings = [("the text", article.text), *((f"the proposition of {one.id}", one.proposition) for one in article.claims)]
    for entity in article.entities:
        strings += [(f"the {key} of {entity.id}", getattr(entity, key) or "") for key in ("name", "kb_id", "value")]
    for what, string in strings:
        if match := _NOT_XML.search(string):
            return f"{what} has U+{ord(match[0]):04X} at {match.start()}, which XML cannot hold; use --to uima-json"
    return None


def read(path: Path) -> Iterator[Foreign]:
    """Reads one file, such as INCEpTION exports.

    Raises:
        InvalidError: the file is not XMI.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        try:
            with warnings.catch_warnings(action="ignore"):  # of each layer that is not ours
                cas = load_cas_from_xmi(file, typesystem=uima.type_system(), lenient=True)
            found = uima.read(path, cas)
        except (XMLSyntaxError, RuntimeError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            message = f"is not XMI with the layers of pressmark: {type(error).__name__}: {error}"
            raise InvalidError([Issue("uima", message, file=str(path))]) from None
    yield found
