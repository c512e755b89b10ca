"""Reads the text of web pages and Word files, with libraries that are extras. The markup is lost, and the words stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressmark.project.adding.columns import Incoming, Unread, described
from pressmark.project.seeds import id_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pressmark.project.adding.columns import Choice

PAGES = {".html", ".htm", ".xhtml"}
WORD = {".docx"}
CONVERT = {  # kinds whose text no library gets well enough, and how to convert them
    ".pdf": "a PDF has lines, not paragraphs; convert it with `ebook-convert FILE.pdf FILE.txt` (Calibre), and read the result",
    ".doc": "convert it with `soffice --headless --convert-to docx FILE.doc`",
    ".odt": "convert it with `soffice --headless --convert-to docx FILE.odt`",
    ".rtf": "convert it with `soffice --headless --convert-to docx FILE.rtf`",
    ".epub": "convert it with `pandoc FILE.epub --to plain --wrap none -o FILE.txt`",
    ".xlsx": "save the sheet as CSV in UTF-8",
    ".xls": "save the sheet as CSV in UTF-8",
    ".zip": "unpack it, and add the folder",
    ".gz": "unpack it with `gunzip`",
}


def page(path: Path, choice: Choice) -> Incoming | Unread:
    """Makes an article of a web page: its readable text, and what the page says of itself.

    Raises:
        ModuleNotFoundError: trafilatura is not installed.
        OSError: the file cannot be read.
    """
    try:
        import trafilatura
    except ModuleNotFoundError:
        raise
    except ImportError as error:  # pip 23 does not install this for lxml, and lxml says so in its own way
        raise ModuleNotFoundError(str(error), name="lxml_html_clean") from error
    found = trafilatura.bare_extraction(
        path.read_bytes(),
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False},  # a day that the page states
    )
    if found is None or not (found.text or "").strip():
        return Unread(str(path), "no readable text was found in the page")
    values = {
        "title": found.title,
        "author": found.author,
        "publisher": found.sitename or found.hostname,
        "url": found.url,
        "license": found.license,
        "language": found.language,
    }
    known, notes = described(values, found.date, choice)
    return Incoming(str(path), id_of(path), found.text, known, notes=notes)


def word(path: Path) -> Incoming | Unread:
    """Makes an article of a Word file: its paragraphs and the cells of its tables, with an empty line between them.

    Raises:
        ModuleNotFoundError: python-docx is not installed.
        OSError: the file cannot be read.
    """
    from zipfile import BadZipFile

    import docx

    try:
        with path.open("rb") as file:
            parts = list(_parts(docx.Document(file)))
    except (BadZipFile, KeyError, ValueError, SyntaxError) as error:  # lxml raises a SyntaxError
        return Unread(str(path), f"is not a complete Word file: {error}")
    return Incoming(str(path), id_of(path), "\n\n".join(part for part in parts if part.strip()), {})


def _parts(body: Any) -> Iterator[str]:
    for part in body.iter_inner_content():
        if hasattr(part, "rows"):
            cells = dict.fromkeys(cell for row in part.rows for cell in row.cells)  # a merged cell stands in several places
            yield from (text for cell in cells for text in _parts(cell))
        else:
            yield part.text
