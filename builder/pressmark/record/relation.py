"""The types of a relation between two claims; they mirror ``schema/relation.schema.json``, as `model` does the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RelationType = Literal["identical", "supporting", "refuting", "related"]
Difference = Literal["quantity", "time", "actor", "scope", "modality", "attribution", "wording"]


@dataclass(frozen=True, slots=True)
class ClaimReference:
    """A claim of an article, by their ids."""

    article: str
    claim: str


@dataclass(frozen=True, slots=True)
class Relation:
    """How two claims stand to each other, across articles or within one (AIDA Interchange Format)."""

    id: str
    type: RelationType
    a: ClaimReference
    b: ClaimReference
    differs_in: tuple[Difference, ...]
    note: str | None
    annotator: str
    confidence: float | None
