"""Reads ``schema/lexicon.toml``, the word lists of the guidelines."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from pressmark.record import contract


@cache
def word_lists() -> dict[str, Any]:
    """The tables of the lexicon by the layer that they belong to: quotes, entities, claims."""
    return tomllib.loads((contract.folder() / "lexicon.toml").read_text(encoding="utf-8"))
