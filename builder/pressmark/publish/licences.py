"""Knows which licences let anybody pass on an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.record.model import Article

# SPDX identifiers (spdx.org/licenses) of the licences that the Open Definition lists for content and data (opendefinition.org).
OPEN = frozenset(
    {
        "CC0-1.0", "CC-PDDC", "PDDL-1.0", "ODC-By-1.0", "ODbL-1.0",
        "CC-BY-1.0", "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0", "CC-BY-4.0",
        "CC-BY-SA-1.0", "CC-BY-SA-2.0", "CC-BY-SA-2.5", "CC-BY-SA-3.0", "CC-BY-SA-4.0",
        "OGL-UK-1.0", "OGL-UK-2.0", "OGL-UK-3.0", "OGL-Canada-2.0", "etalab-2.0", "DL-DE-BY-2.0", "DL-DE-ZERO-2.0",
    }
)  # fmt: skip


def closed(articles: Iterable[Article]) -> list[str]:
    """The ids of the articles whose licence is unknown, or does not let everybody pass them on."""
    return [article.id for article in articles if article.metadata.license not in OPEN]
