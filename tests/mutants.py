"""Records made wrong in many ways, for the tests that hold the decoder to the schema."""

from __future__ import annotations

import copy
import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

ODD: list[Any] = [
    None, True, False, 0, 1, -1, 0.0, 0.5, 1.0, 1e-9, 38.0, 2**31, 2**31 - 1, 2**63, 2**64, 1e308,
    "", " ", "a", "e1", "e1\n", "e01", "q1", "c1", "e٣", "PERSON", "persn", "CT+", "none", "2023-02-30", "2023-01-11", "TODO",
    "???", "Todo es posible", "\u0000", "\x1f", "é", "e\u0301", "😀", "a:b", "wikidata:Q1", "local:x y", "said,", "“", "”",
    "en\n", "\tIt rains.", "x" * 129, [], [1], ["e1"], ["e1", "e1"], ["numerical"], ["numerical", "numerical"], {}, {"a": 1},
]  # fmt: skip
LABELS = [
    "PERSON", "DATE", "TIME", "GPE", "name", "nominal", "pronoun", "value", "direct", "indirect", "mixed", "speech", "body",
    "headline", "related_link", "boilerplate", "byline", "non_factual", "check_worthy", "CT-", "Uu", "none", "gold", "e2",
    "q2", "q1",
]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside another."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in items:
        yield (*path, key)
        yield from places(child, (*path, key))


def parent_of(record: Any, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        record = record[key]
    return record


def spans(record: dict[str, Any]) -> list[dict[str, Any]]:
    found = [parent_of(record, path) for path in places(record) if path[-1] == "start"]
    return [span for span in found if {"start", "end", "text"} <= span.keys()]


def _replace(record: dict[str, Any], chance: random.Random) -> None:
    path = chance.choice(list(places(record)))
    parent_of(record, path)[path[-1]] = copy.deepcopy(chance.choice(ODD + LABELS))


def _label(record: dict[str, Any], chance: random.Random) -> None:
    keys = {"label", "level", "type", "parent", "quote", "entity", "value", "published"}
    paths = [path for path in places(record) if path[-1] in keys]
    path = chance.choice(paths)
    parent_of(record, path)[path[-1]] = chance.choice(LABELS + [value for value in ODD if isinstance(value, str)])


def _delete(record: dict[str, Any], chance: random.Random) -> None:
    path = chance.choice(list(places(record)))
    del parent_of(record, path)[path[-1]]


def _extra(record: dict[str, Any], chance: random.Random) -> None:
    path = chance.choice([path for path in places(record) if isinstance(parent_of(record, path), dict)])
    parent_of(record, path)[chance.choice(["x", "$schema", "text", "id", ""])] = chance.choice(ODD)


def _repeat(record: dict[str, Any], chance: random.Random) -> None:
    paths = [path for path in places(record) if isinstance(parent_of(record, path), list)]
    path = chance.choice(paths)
    items = parent_of(record, path)
    items.insert(chance.randrange(len(items) + 1), copy.deepcopy(items[path[-1]]))


def _shuffle(record: dict[str, Any], chance: random.Random) -> None:
    paths = [path for path in places(record) if isinstance(parent_of(record, path), list)]
    chance.shuffle(parent_of(record, chance.choice(paths)))


def _shift(record: dict[str, Any], chance: random.Random) -> None:
    span = chance.choice(spans(record))
    by = chance.choice([-3, -2, -1, 1, 2, 3])
    for key in chance.choice([("start",), ("end",), ("start", "end")]):
        span[key] += by


def _recut(record: dict[str, Any], chance: random.Random) -> None:
    """Another span, which says what the text says there."""
    span = chance.choice(spans(record))
    size = len(record["text"])
    if chance.random() < 0.7:
        span["start"] = min(size, max(0, span["start"] + chance.randint(-4, 4)))
        span["end"] = min(size, max(span["start"], span["end"] + chance.randint(-4, 4)))
    else:
        span["start"] = chance.randrange(size)
        span["end"] = chance.randint(span["start"], min(size, span["start"] + 60))
    span["text"] = record["text"][span["start"] : span["end"]]


def _retext(record: dict[str, Any], chance: random.Random) -> None:
    """Another text with the same spans, all copied anew and hashed."""
    place = chance.randrange(len(record["text"]))
    char = chance.choice(" \n\r”\"“’'\u0301\u200d\xa0a:漢.\u2003\x1c")
    text = record["text"][:place] + char + record["text"][place + 1 :]
    record["text"] = text
    record["text_sha256"] = sha256(text.encode()).hexdigest()
    for span in spans(record):
        span["text"] = text[span["start"] : span["end"]]


OF_RECORDS: list[Callable[[dict[str, Any], random.Random], None]] = [
    _replace, _label, _label, _delete, _extra, _repeat, _shuffle, _shift, _recut, _recut, _recut, _retext, _retext,
]  # fmt: skip


def _noise(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    noise = bytes(chance.choices(b' \n\t",:{}[]\\01eE.-u\x00\xff\xef', k=chance.randint(0, 2)))
    return data[:place] + noise + data[place + chance.randint(0, 2) :]


def _twice(data: bytes, chance: random.Random) -> bytes:
    """A key that stands twice, in one of many spellings."""
    keys = [b'"start":', b'"id":', b'"text":', b'"label":', b'"quotes":', b'"level":', b'"cue":', b'"kb_id":']
    key = chance.choice([key for key in keys if key in data] or [b'"'])
    if len(key) == 1:
        return data  # spaced
    place = chance.choice([i for i in range(len(data)) if data.startswith(key, i)])
    name = key[:-1]
    spelt = chance.choice([name, name + b" ", name + b"\n\t", b'"\\u00%02x' % name[1] + name[2:]])
    other = chance.choice([b"1", b'"a"', b'"a:b"', b'"a\\u003ab"', b"null", b"[]", b'"e1"'])
    return data[:place] + spelt + b":" + other + b"," + data[place:]


def _escaped(data: bytes, chance: random.Random) -> bytes:
    """Letters written as escapes, some of which are none."""
    places = [i for i in range(len(data)) if data[i : i + 1].isalpha() and data[i - 1 : i] != b"\\"]
    place = chance.choice(places)
    escapes = [b"\\u00%02x" % data[place], b"\\u0000", b"\\ud800", b"\\ud83d\\ude00", b"\\u003a", b"\\/", b"\\x41"]
    escape = chance.choice(escapes)
    return data[:place] + escape + data[place + 1 :]


OF_TEXTS: list[Callable[[bytes, random.Random], bytes]] = [_noise, _noise, _twice, _escaped]


def mutant(record: dict[str, Any], chance: random.Random) -> bytes:
    """A record with one to three things changed, as a JSON text."""
    changed = copy.deepcopy(record)
    for _ in range(chance.choice([0, 1, 1, 1, 2, 3])):
        try:
            chance.choice(OF_RECORDS)(changed, chance)
        except (TypeError, KeyError, IndexError, ValueError, AttributeError):
            continue
    spacing = chance.choice([(",", ":"), (", ", ": "), (" , ", " : ")])
    data = json.dumps(changed, ensure_ascii=chance.random() < 0.3, separators=spacing).encode("utf-8", "replace")
    return chance.choice(OF_TEXTS)(data, chance) if chance.random() < 0.3 else data


def reshaped(record: dict[str, Any], chance: random.Random) -> bytes:
    """Any record with up to three things of its shape changed, as a JSON text."""
    changed = copy.deepcopy(record)
    for _ in range(chance.choice([0, 1, 1, 2, 3])):
        try:
            chance.choice([_replace, _delete, _extra, _repeat, _shuffle])(changed, chance)
        except (TypeError, KeyError, IndexError, ValueError, AttributeError):
            continue
    data = json.dumps(changed, ensure_ascii=chance.random() < 0.3).encode("utf-8", "replace")
    return chance.choice(OF_TEXTS)(data, chance) if chance.random() < 0.2 else data
