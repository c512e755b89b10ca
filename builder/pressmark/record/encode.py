"""Writes records and rows as JSON: one line for programs, indented for people."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pressmark.record.model import Annotation, Article

_CONTROLS = re.compile(rb"\xc2([\x80-\x9f])|\x7f")  # C1 and DEL in UTF-8


def json_line(record: object) -> bytes:
    """Encode a record of the model, or a row, as one line of JSON Lines. Control characters are escaped.

    A terminal may act on them, and JSON requires an escape only of those below U+0020.
    """
    data = msgspec.json.encode(record)
    if b"\xc2" in data or b"\x7f" in data:
        data = _CONTROLS.sub(lambda match: b"\\u00%02x" % (match[1] or b"\x7f")[0], data)
    return data + b"\n"


def json_text(record: Annotation | Article) -> bytes:
    """Encode a record as a JSON file for people: indented, keys in the order of the schema, no escapes of letters."""
    return (json.dumps(msgspec.to_builtins(record), ensure_ascii=False, indent=2) + "\n").encode()
