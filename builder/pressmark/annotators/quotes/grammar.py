"""Reads ``grammar.toml``: the words whose part of speech is always the same."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def sets() -> dict[str, frozenset[str]]:
    """The sets of words by their name, with either apostrophe."""
    return {name: frozenset(f"{row} {row.replace(chr(39), '’')}".split()) for name, row in _data()["sets"].items()}


@cache
def closed() -> dict[str, str]:
    """The tags of the words of closed classes, with either apostrophe."""
    found: dict[str, str] = {}
    for tag, row in _data()["tags"].items():
        for word in row.split():
            found.setdefault(word, tag)
            found.setdefault(word.replace("'", "’"), tag)
    return found


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("grammar.toml").read_text(encoding="utf-8"))
