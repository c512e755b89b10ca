"""Level 1, file: parses one JSON text strictly, in memory and time proportional to its size."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, NoReturn

from pressmark.record.issue import Issue
from pressmark.record.text import Lines, quoted
from pressmark.validation.rule import Rule

FILE_EMPTY = Rule(
    "file-empty",
    1,
    "A file has at least one record, except a file of relations. White space and an empty array are not records.",
)
FILE_SIZE = Rule("file-size", 1, "A line or a JSON file has at most 64 MiB. Write many records as JSON Lines, one per line.")
FILE_BOM = Rule("file-bom", 1, "A file is UTF-8 without a byte order mark (RFC 8259, section 8.1).")
FILE_ENCODING = Rule(
    "file-encoding", 1, "The whole file is UTF-8 (RFC 8259, section 8.1). The message names the first byte that is not."
)
FILE_JSON = Rule("file-json", 1, "A file, or each line of a JSON Lines file, is one JSON text (RFC 8259).")
FILE_DEPTH = Rule(
    "file-depth", 1, "Brackets nest at most 64 deep. A record needs 6 levels. Deeper input is usually meant to break parsers."
)
FILE_DUPLICATE_KEY = Rule(
    "file-duplicate-key", 1, "A key occurs once in an object. JSON readers keep one of two values and silently drop the other."
)
FILE_NUMBER = Rule(
    "file-number", 1, "Numbers are finite and fit into 64 bits. NaN and Infinity are not JSON. Readers round or refuse others."
)
FILE_SURROGATE = Rule(
    "file-surrogate",
    1,
    "No string contains half of a surrogate pair (\\ud83d), which cannot be stored as UTF-8.",
)
FILE_NUL = Rule("file-nul", 1, "No string contains U+0000, because databases and C programs end a text there.")

DEPTH = 64  # brackets inside each other; a record needs 6
VALUES = 2**23  # of one JSON text, so that 64 MiB hold as many spans as they can: each takes 4 values and 32 bytes
BOM = b"\xef\xbb\xbf"
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)', re.DOTALL)  # possessive: long strings cost no memory
_TOKEN = re.compile(
    rf"{_STRING.pattern.decode()}(?P<colon>(?=[ \t\r\n]*:))?|[\[\]{{}}]|-?(?:[0-9][0-9.eE+-]*|NaN|Infinity)", re.DOTALL
)
_NOT_BRACKETS = bytes(sorted(set(range(256)) - set(b"[]{}")))
_INTEGER = 2**63


class BrokenError(ValueError):
    """A JSON text that cannot be used; ``issue`` says why and where."""

    def __init__(self, rule: Rule, message: str, expected: str | None = None) -> None:
        self.issue = Issue(rule.code, message, expected=expected)
        super().__init__(message)

    def at(self, text: str, offset: int) -> BrokenError:
        """Add the line and column."""
        line, column = Lines(text).place(offset)
        self.issue = replace(self.issue, line=line, column=column)
        return self


def parse(data: bytes) -> Any:
    """The value of a JSON text (RFC 8259), strictly: UTF-8 without a BOM, no key twice, no NaN, no lone surrogate, no NUL.

    Raises:
        BrokenError: with an ``issue`` that says what is wrong, and at which line and column of the text.
    """
    if data.startswith(BOM):
        raise BrokenError(FILE_BOM, "begins with a byte order mark", "UTF-8 without a byte order mark").at("", 0)
    if not data.strip(b" \t\r\n"):
        _broken(FILE_EMPTY, "only white space", "a record, which is a JSON object")
    _measure(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
        before = data[: error.start].decode("utf-8")
        raise BrokenError(FILE_ENCODING, message, "UTF-8 in the whole file").at(before, len(before)) from None
    try:
        value = _DECODER.decode(text)
        if "\\u" in text:
            _no_lone(value)
    except json.JSONDecodeError as error:
        found = f"found {quoted(text[error.pos : error.pos + 20])}" if error.pos < len(text) else "the file ends there"
        nul = "it has NUL bytes; " if "\0" in text else ""
        is_table = text[:1] not in "{[" and "\n" in text.rstrip()
        add = "; `pressmark add` makes articles of tables and pages" if is_table else ""
        raise BrokenError(FILE_JSON, f"not JSON: {nul}{error.msg}; {found}{add}").at(text, error.pos) from None
    except BrokenError as broken:
        raise _found(text) or broken from None
    except RecursionError:
        _broken(FILE_DEPTH, "brackets are nested too deep", f"at most {DEPTH} levels")
    return value


def has_too_many_values(data: bytes) -> bool:
    """Whether a JSON text has more values than are read, however little each is."""
    return len(data) > VALUES and data.count(b",") + data.count(b"[") + data.count(b"{") > VALUES


def _measure(data: bytes) -> None:
    if has_too_many_values(data):
        _broken(FILE_SIZE, f"over {VALUES:,} values in one JSON text", "many records as JSON Lines (.jsonl), one per line")
    depth = 0
    for bracket in _STRING.sub(b"", data).translate(None, _NOT_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > DEPTH:
            text = data.decode("utf-8", "replace")
            error = BrokenError(FILE_DEPTH, "brackets are nested too deep", f"at most {DEPTH} levels; a record needs 6")
            raise error.at(text, _deepest(text))


def _deepest(text: str) -> int:
    """The offset of the first bracket that is nested too deep."""
    depth = 0
    for match in _TOKEN.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > DEPTH:
            return match.start()
    return 0


def _found(text: str) -> BrokenError | None:
    """The first key, string or number that breaks a rule, with its place. The decoder does not say where it found one."""
    keys: list[set[str]] = []  # of each bracket that is open
    for match in _TOKEN.finditer(text):
        token = match[0]
        try:
            if token in {"[", "{"}:
                keys.append(set())
            elif token in {"]", "}"}:
                keys.pop()
            elif token[0] != '"':
                _DECODER.decode(token)
            else:
                said = _DECODER.decode(token)
                _no_lone(said)
                if match["colon"] is not None:
                    _unique([(said, None)] * (1 + (said in keys[-1])))
                    keys[-1].add(said)
        except BrokenError as broken:
            return broken.at(text, match.start())
        except (json.JSONDecodeError, IndexError):
            return None  # what is here is not the defect that the decoder stopped at
    return None


def _broken(rule: Rule, message: str, expected: str | None = None) -> NoReturn:
    raise BrokenError(rule, message, expected)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                message = f"the key {quoted(key)} occurs twice in one object; JSON readers keep only one of them"
                _broken(FILE_DUPLICATE_KEY, message, "only one of the two")
            seen.add(key)
    return record


def _no_constant(name: str) -> NoReturn:
    _broken(FILE_NUMBER, f"{name} is not a JSON number", "null")


def _integer(digits: str) -> int:
    if len(digits) > 20 or not -_INTEGER <= int(digits) < 2 * _INTEGER:
        _broken(FILE_NUMBER, f"{quoted(digits)} does not fit into 64 bits", "offsets up to 2147483647")
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
                    _broken(
                        FILE_SURROGATE,
                        f"half of a surrogate pair in {quoted(text)}; it is not a character",
                        "the whole character",
                    )
            case list() as items:
                todo += items
            case dict() as record:
                todo += record
                todo += record.values()
