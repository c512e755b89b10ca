"""Level 1, file: the bytes of one JSON text → its value, strictly; and never more memory or time than its size allows."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from pressmark.record.issue import Issue
from pressmark.record.text import quoted
from pressmark.validation.rule import Rule

FILE_EMPTY = Rule("file-empty", 1, "A file, or a JSON text in it, holds a record. White space or an empty array is not one.")
FILE_SIZE = Rule(
    "file-size", 1, "A line, or a JSON file, is at most 64 MiB long. Write many records as JSON Lines, one a line."
)
FILE_BOM = Rule("file-bom", 1, "A file is UTF-8 without a byte order mark (RFC 8259, section 8.1).")
FILE_ENCODING = Rule(
    "file-encoding", 1, "A file is UTF-8 throughout (RFC 8259, section 8.1). The message names the first byte that is not."
)
FILE_JSON = Rule("file-json", 1, "A file, or each line of a JSON Lines file, is one JSON text (RFC 8259).")
FILE_DEPTH = Rule("file-depth", 1, "Brackets nest at most 64 deep. A record is 6 deep; deeper input was made to break parsers.")
FILE_DUPLICATE_KEY = Rule(
    "file-duplicate-key", 1, "A key stands once in an object. Readers keep one of two, and lose the other in silence."
)
FILE_NUMBER = Rule(
    "file-number", 1, "Numbers are finite and fit 64 bits. NaN and Infinity are no JSON; other readers round or refuse them."
)
FILE_SURROGATE = Rule(
    "file-surrogate",
    1,
    "No string holds half of a surrogate pair (\\ud83d): it is no character, and cannot be stored as UTF-8.",
)
FILE_NUL = Rule("file-nul", 1, "No string holds U+0000: databases and C programs end a text there.")

DEPTH = 64  # brackets inside each other; a record needs 6
VALUES = 2_000_000  # of one JSON text; a record of 100,000 spans has some 400,000
BOM = b"\xef\xbb\xbf"
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)', re.DOTALL)  # possessive: long strings cost no memory
_NOT_BRACKETS = bytes(sorted(set(range(256)) - set(b"[]{}")))
_INTEGER = 2**63


class BrokenError(ValueError):
    """A JSON text that cannot be used; ``issue`` says why and where."""

    def __init__(self, rule: Rule, message: str, expected: str | None = None) -> None:
        self.issue = Issue(rule.code, message, expected=expected)
        super().__init__(message)


def parse(data: bytes) -> Any:
    """The value of a JSON text (RFC 8259), strictly: UTF-8 without a BOM, no key twice, no NaN, no lone surrogate, no NUL.

    Raises:
        BrokenError: with an ``issue`` that says what is wrong and where.
    """
    if data.startswith(BOM):
        _broken(FILE_BOM, "begins with a byte order mark", "UTF-8 without one")
    if not data.strip(b" \t\r\n"):
        _broken(FILE_EMPTY, "nothing but white space", "a record, which is a JSON object")
    _measure(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _broken(FILE_ENCODING, f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8", "UTF-8 throughout")
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        found = f"found {quoted(text[error.pos : error.pos + 20])}" if error.pos < len(text) else "the file ends there"
        nul = "NUL bytes in it; " if "\0" in text else ""
        _broken(FILE_JSON, f"not JSON at line {error.lineno}, column {error.colno}: {nul}{error.msg}; {found}")
    except RecursionError:
        _broken(FILE_DEPTH, "brackets nested too deep", f"at most {DEPTH} inside each other")
    if "\\u" in text:
        _no_lone(value)
    return value


def _measure(data: bytes) -> None:
    if data.count(b",") + data.count(b"[") + data.count(b"{") > VALUES:
        _broken(FILE_SIZE, f"over {VALUES:,} values in one JSON text", "many records as JSON Lines (.jsonl), one a line")
    depth = 0
    for bracket in _STRING.sub(b"", data).translate(None, _NOT_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > DEPTH:
            _broken(FILE_DEPTH, "brackets nested too deep", f"at most {DEPTH} inside each other; a record needs 6")


def _broken(rule: Rule, message: str, expected: str | None = None) -> NoReturn:
    raise BrokenError(rule, message, expected)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                message = f"the key {quoted(key)} stands twice in one object; JSON readers keep only one of them"
                _broken(FILE_DUPLICATE_KEY, message, "one of the two")
            seen.add(key)
    return record


def _no_constant(name: str) -> NoReturn:
    _broken(FILE_NUMBER, f"{name} is no JSON number", "null")


def _integer(digits: str) -> int:
    if len(digits) > 20 or not -_INTEGER <= int(digits) < 2 * _INTEGER:
        _broken(FILE_NUMBER, f"{quoted(digits)} does not fit 64 bits", "offsets up to 2147483647")
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits)
    if value - value != 0:
        _broken(FILE_NUMBER, f"{quoted(digits)} is too large for a number of 64 bits", "a confidence from 0 to 1, or null")
    return value


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_integer, parse_float=_float
)  # made once, since many texts are short


def _no_lone(value: Any) -> None:
    todo = [value]
    while todo:
        match todo.pop():
            case str() as text:
                if "\0" in text:
                    _broken(FILE_NUL, f"U+0000 in {quoted(text)}", "a text without NUL characters")
                if not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
                    _broken(FILE_SURROGATE, f"a lone surrogate in {quoted(text)}; it is no character", "the whole character")
            case list() as items:
                todo += items
            case dict() as record:
                todo += record
                todo += record.values()
