"""A proposition as its claimer holds it: whatever shows one shows its sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressmark.record.model import Factuality

_SIGNS = {"+": "", "-": "denies: ", "u": "leaves open: "}


def signed(proposition: str, factuality: Factuality) -> str:
    """The proposition, with "denies: " before it if the claimer puts it forward as false, or "leaves open: " if as neither."""
    return _SIGNS.get(factuality[-1:], "") + proposition
