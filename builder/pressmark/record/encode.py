"""Writes records and rows as JSON: one line for programs, indented for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pressmark.record.model import Annotation


def json_line(record: object) -> bytes:
    """Encode a record of the model, or a row, as one line of JSON Lines."""
    return msgspec.json.encode(record) + b"\n"


def json_text(record: Annotation) -> bytes:
    """Encode a record as a JSON file for people: indented, keys in the order of the schema, no escapes of letters."""
    return (json.dumps(msgspec.to_builtins(record), ensure_ascii=False, indent=2) + "\n").encode()
