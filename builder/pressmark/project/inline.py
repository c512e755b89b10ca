"""Reads inline drafts: the article with its mentions in marks, then a block for each entity, quote and claim.

``docs/inline.md`` describes the form. What is read is a draft as `pressmark.project.drafts` has it, which it anchors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pressmark.project.drafts import CHOOSE
from pressmark.project.inline_reader import Reader
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import Lines, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from pressmark.record.model import Article

CODE = "draft-inline"
_ID = re.compile(r"id:[ \t]*(\S+)[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Inline:
    """A draft that was written inline, and the line and column of its parts by JSON Pointer."""

    draft: dict[str, Any]
    places: dict[str, tuple[int, int]]

    def placed(self, issue: Issue) -> Issue:
        """Adds to an issue of the draft where its part is written, and says in the words of the form what to do."""
        pointer = issue.pointer
        while pointer not in self.places and pointer:
            pointer = pointer.rpartition("/")[0]
        line, column = self.places.get(pointer, (1, 1))
        return replace(
            issue, line=line, column=column, message=issue.message.replace(CHOOSE, 'write #1, #2 … or in "…" behind it')
        )


def text_of(path: Path) -> str:
    """Reads the file of an inline draft.

    Raises:
        InvalidError: it is not UTF-8, or its first line does not name the article.
        OSError: it cannot be read.
    """
    data = path.read_bytes()
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = Lines(before).place(len(before))
        issue = Issue(CODE, "is not UTF-8 here; save it as UTF-8", file=str(path), line=line, column=column)
        raise InvalidError([issue]) from None


def name_of(text: str) -> str:
    """Returns the id of the article that an inline draft annotates.

    Raises:
        InvalidError: the first line does not tell it.
    """
    found = _ID.match(text)
    if found is None:
        first = quoted(text.partition("\n")[0])
        ours = 'an inline draft begins with "id: NAME", the name of its seed; a JSON draft ends in .json'
        message = f"the first line is {first}, but {ours}"
        raise InvalidError([Issue(CODE, message, line=1, column=1)])
    return found[1]


def read(text: str, article: Article) -> Inline:
    """Reads the inline draft of an article.

    Raises:
        InvalidError: it does not have the form, or its text is not the article's; each issue has a line and a column.
    """
    text = _with_line_ends(text, article.text)
    reader = Reader(text, article)
    lines = Lines(text)
    draft = reader.draft()
    if reader.wrong:
        found = sorted((lines.place(error.place), str(error)) for error in reader.wrong)
        raise InvalidError(Issue(CODE, message, line=line, column=column) for (line, column), message in found)
    return Inline(draft, {pointer: lines.place(place) for pointer, place in reader.places.items()})


def _with_line_ends(text: str, article: str) -> str:
    """Gives a draft the line ends of its article, since an editor may have changed them all."""
    lone = re.search(r"(?<!\r)\n", article)
    if "\r\n" not in article:
        return text.replace("\r\n", "\n")
    return text if lone else text.replace("\r\n", "\n").replace("\n", "\r\n")
