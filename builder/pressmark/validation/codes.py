"""The codes of levels 1 and 2, which no single function finds, with their documentation."""

from __future__ import annotations

FILE = {
    "file-empty": "A file, or a JSON text in it, holds a record. Nothing, white space, or an empty array is none.",
    "file-size": "A line, or a JSON file, is at most 64 MiB long. Write many records as JSON Lines, one a line.",
    "file-bom": "A file is UTF-8 without a byte order mark (RFC 8259, section 8.1).",
    "file-encoding": "A file is UTF-8 throughout (RFC 8259, section 8.1). The message names the first byte that is not.",
    "file-json": "A file, or each line of a JSON Lines file, is one JSON text (RFC 8259).",
    "file-depth": "Brackets nest at most 64 deep. A record is 6 deep; deeper input was made to break parsers.",
    "file-duplicate-key": "A key stands once in an object. Readers keep one of two, and lose the other in silence.",
    "file-number": "Numbers are finite and fit 64 bits. NaN and Infinity are no JSON; other readers round or refuse them.",
    "file-surrogate": "No string holds half of a surrogate pair (\\ud83d): it is no character, and cannot be stored as UTF-8.",
    "file-nul": "No string holds U+0000: databases and C programs end a text there.",
    "file-parquet": "A Parquet file is whole and can be read. Copy it anew if it was cut or damaged on the way.",
    "file-bomb": "A record is at most 64 MiB in memory. A small Parquet file that unpacks to much more is refused, not read.",
}
SCHEMA = {
    "schema-kind": "A record is an article, an annotation or a relation; it has the keys of one of them.",
    "schema-required": "Every key is there: `null` or `[]` where there is nothing.",
    "schema-additional-properties": "An object has no keys but those of the contract.",
    "schema-type": 'A value has the type that the contract gives. An offset is written 38, not 38.0 and not "38".',
    "schema-enum": "A label is one of the contract's labels, letter by letter.",
    "schema-const": "A value is the one that the contract fixes.",
    "schema-pattern": "An id, hash, date or language tag has the form that the contract gives, and nothing around it.",
    "schema-minimum": "A number is not below the contract's lower bound.",
    "schema-maximum": "A number is not above the contract's upper bound.",
    "schema-min-length": "A string that must say something is not empty.",
    "schema-min-items": "A list that must hold something is not empty.",
    "schema-unique-items": "A list of labels or ids names each once.",
}
