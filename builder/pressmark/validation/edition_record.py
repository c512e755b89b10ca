"""The form of a record in an edition without text: spans have no ``text``, and strings that quoted an article are pieces.

``{"pieces": [...]}`` holds a string's own words and the places of the others, each ``{"article", "start", "end"}``, with
``"case"`` if they are written in another case there. `publish.edition` writes it, and `pressmark hydrate` restores the record.
"""

from __future__ import annotations

from typing import Any

PIECES = "pieces"


def is_edition_record(record: Any) -> bool:
    """Whether a record is an article without any text, also in its spans, or a relation with pieces."""
    if not isinstance(record, dict):
        return False
    if {"text_sha256", "zones"} <= record.keys():
        return not _has_text(record)
    return "text" not in record and any(_is_pieces(value) for value in record.values())


def _has_text(value: Any) -> bool:
    if isinstance(value, dict):
        return "text" in value or any(map(_has_text, value.values()))
    return isinstance(value, list) and any(map(_has_text, value))


def with_stand_ins(value: Any) -> Any:
    """Returns a record with something in the place of all that is left out, so that the schema can check the rest."""
    if isinstance(value, list):
        return [with_stand_ins(item) for item in value]
    if not isinstance(value, dict):
        return value
    if _is_pieces(value):
        return "".join(piece if isinstance(piece, str) else "x" for piece in value[PIECES])
    record = {key: with_stand_ins(child) for key, child in value.items()}
    is_left_out = {"start", "end"} <= value.keys() or "text_sha256" in value
    return {"text": "x"} | record if is_left_out else record


def _is_pieces(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {PIECES}
        and isinstance(value[PIECES], list)
        and all(map(_is_piece, value[PIECES]))
    )


def _is_piece(piece: Any) -> bool:
    if isinstance(piece, str):
        return True
    wanted = {"article": str, "start": int, "end": int, "case": str}
    return (
        isinstance(piece, dict)
        and {"article", "start", "end"} <= piece.keys() <= wanted.keys()
        and all(type(value) is wanted[key] for key, value in piece.items())
    )
