"""Reads CoNLL files with IOB2 tags: a token per line, its tag in the last column, a blank line after each sentence.

``# id = …`` begins the article of that id. ``-DOCSTART-`` begins an article too. Tags are read as `seqeval` and ``conlleval``
read them: B- begins a mention, and so does I- after another label or after O. IOBES and BILOU tags are read in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted
from pressmark.scoring.plain_spans import PlainSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUFFIXES = {".conll", ".iob", ".iob2", ".bio"}
_TAG = re.compile(r"O|([BIESLU])-(\S+)")
_ID = re.compile(r"#\s*(?:newdoc\s+|doc_)?id\s*[=:]\s*(\S+)\s*")
_COMMENT = re.compile(r"#[^\t]*=")
_START = "-DOCSTART-"
_SHOWN = 40  # code points of the text that a message shows


class Token(NamedTuple):
    """A token with its tag and the number of its line."""

    text: str
    tag: str
    line: int


@dataclass(slots=True)
class Tagged:
    """An article as tagged sentences; ``name`` is its id, if the file gives one."""

    file: str
    name: str | None = None
    sentences: list[list[Token]] = field(default_factory=lambda: [[]])
    is_begun: bool = False

    @property
    def text(self) -> str:
        """Its tokens with spaces between them and a line per sentence, where nobody has the text."""
        return "\n".join(" ".join(token.text for token in sentence) for sentence in self.sentences if sentence)


def is_tagged(data: bytes) -> bool:
    """Whether a file is meant as CoNLL, by the first line that is not blank."""
    line = next((line for line in data.split(b"\n") if line.strip()), b"").decode("utf-8-sig", "replace")
    return bool(_COMMENT.match(line)) or line.startswith(_START) or _is_token(line)


def _is_token(line: str) -> bool:
    columns = _columns(line)
    return len(columns) > 1 and _TAG.fullmatch(columns[-1]) is not None


def _columns(line: str) -> list[str]:
    return [column.strip() for column in line.split("\t")] if "\t" in line else line.split()


def tagged(data: bytes, file: str) -> list[Tagged]:
    """The articles of a file.

    Raises:
        InvalidError: the file is not UTF-8, or a line has no token or no tag.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
        raise InvalidError([Issue("file-encoding", message, file=file, line=data.count(b"\n", 0, error.start) + 1)]) from None
    found = [Tagged(file)]
    for number, line in enumerate(text.split("\n"), start=1):
        _read_line(line.rstrip("\r"), number, found)
    return [one for one in found if one.name or one.is_begun or one.text]


def _read_line(line: str, number: int, found: list[Tagged]) -> None:
    now = found[-1]
    if not line.strip():
        now.sentences.append([])
    elif named := _ID.fullmatch(line):
        if now.name or now.text:
            found.append(Tagged(now.file))
        found[-1].name = named[1]
    elif line.startswith(_START):
        if now.is_begun or now.text:
            found.append(Tagged(now.file))
        found[-1].is_begun = True
    elif not (line.startswith("#") and (_COMMENT.match(line) or not _is_token(line))):
        now.sentences[-1].append(_token(line, number, now.file))


def _token(line: str, number: int, file: str) -> Token:
    columns = _columns(line)
    if len(columns) < 2 or not columns[0]:
        message = f"{quoted(line)} has one column; a line has a token first and its tag last, with a tab or spaces between them"
    elif not _TAG.fullmatch(columns[-1]):
        message = f"{quoted(columns[-1])} is no IOB2 tag; tags are O, B-PERSON, I-PERSON and the like, in the last column"
    else:
        return Token(columns[0], columns[-1], number)
    raise InvalidError([Issue("score-tag", message, file=file, line=number)])


def spans(article: Tagged, name: str, text: str) -> list[PlainSpan]:
    """The mentions of an article, placed in its text.

    Raises:
        InvalidError: a token is not where the text goes on.
    """
    found = []
    at = 0
    for sentence in filter(None, article.sentences):
        places = _places(sentence, article.file, name, text, at)
        at = places[-1][1]
        for first, last, label in _mentions(sentence):
            line = sentence[first].line
            found.append(PlainSpan(name, places[first][0], places[last][1], label, file=article.file, line=line))
    return found


def _mentions(sentence: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """The first and the last token of each mention, and its label."""
    first, open_ = 0, ""
    for i, token in enumerate(sentence):
        match = _TAG.fullmatch(token.tag)
        prefix, label = (match[1] or "", match[2] or "") if match else ("", "")
        if open_ and (label != open_ or prefix in "BSU"):
            yield first, i - 1, open_
            open_ = ""
        if label and not open_:
            first, open_ = i, label
        if open_ and prefix in "ESLU":
            yield first, i, open_
            open_ = ""
    if open_:
        yield first, len(sentence) - 1, open_


def _places(sentence: Sequence[Token], file: str, name: str, text: str, at: int) -> list[tuple[int, int]]:
    """Where the tokens of a sentence are: the first place from ``at`` on where they follow each other.

    The file may leave out a part of the text before a sentence, but not inside one.
    """
    furthest: list[tuple[int, int]] = []
    start = text.find(sentence[0].text, at)
    while start >= 0:
        if not text[at:start].strip() or not (text[start - 1].isalnum() and text[start].isalnum()):
            found = list(_following(sentence, text, start))
            if len(found) == len(sentence):
                return found
            furthest = max(furthest, found, key=len)
        start = text.find(sentence[0].text, start + 1)
    token = sentence[len(furthest)]
    begin = furthest[-1][1] if furthest else at
    message = f"{quoted(token.text)} is not where the text of {quoted(name)} goes on: {quoted(text[begin : begin + _SHOWN])}"
    hint = "tokens follow each other as in the text; only whole sentences may be left out"
    raise InvalidError([Issue("score-token", f"{message}; {hint}", file=file, line=token.line)])


def _following(sentence: Sequence[Token], text: str, at: int) -> Iterator[tuple[int, int]]:
    """The places of the tokens from the first on that stand one after the other, with nothing that is seen between them."""
    for token in sentence:
        while not text.startswith(token.text, at):
            if at >= len(text) or not (text[at].isspace() or category(text[at]) in {"Cc", "Cf"}):
                return
            at += 1
        yield at, at + len(token.text)
        at += len(token.text)
