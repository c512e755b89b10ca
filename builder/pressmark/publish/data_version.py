"""Reads the version of a project's data. It stands in the front matter of the card; other files repeat it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from pressmark.publish.build import DATA
from pressmark.publish.card import split
from pressmark.publish.folder import CARD, text
from pressmark.record.issue import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REPEATED = {"CITATION.cff": yaml.safe_load, ".zenodo.json": json.loads}


def version(project: Path) -> str | None:
    """Returns the version that the card states (Semantic Versioning), or None.

    Raises:
        InvalidError: the card's front matter is not YAML.
        OSError: the card cannot be read.
    """
    stated = split(text(project / DATA / CARD))[0].get("version")
    return None if stated is None else str(stated)


def version_issues(project: Path, tag: str | None) -> Iterator[Issue]:
    """Finds what states another version than the card: a tag such as ``v1.0.0``, ``CITATION.cff`` and ``.zenodo.json``.

    Raises:
        InvalidError: the card's front matter is not YAML.
        OSError: a file cannot be read.
    """
    stated = version(project)
    card = str(project / DATA / CARD)
    if tag and stated is None:
        yield Issue(
            "version", f"has no version; write version: {tag.removeprefix('v')} into its front matter, and build", file=card
        )
    elif tag and tag != f"v{stated}":
        yield Issue("version", f"states version {stated}, and the tag is {tag}; they must agree, as in v{stated}", file=card)
    for name, parse in _REPEATED.items():
        other = text(project / name)
        if stated is not None and other is not None and (found := _version(other, parse)) not in {None, stated}:
            message = f"states version {found}, and data/{CARD} states {stated}; correct one of them"
            yield Issue("version", message, file=str(project / name))


def _version(content: str, parse: Any) -> str | None:
    try:
        found = parse(content)
    except (ValueError, yaml.YAMLError):
        return None  # another tool's file, and not ours to judge
    return str(found["version"]) if isinstance(found, dict) and "version" in found else None
