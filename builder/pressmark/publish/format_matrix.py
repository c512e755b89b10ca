"""Makes the table of what each foreign format keeps, from its ``KEEPS``."""

from __future__ import annotations

from pressmark.formats import registry
from pressmark.formats.fields import SHAPES, fields

BEGIN, END = "<!-- matrix: written by `python -m pressmark.publish.reference` -->", "<!-- /matrix -->"

# Each column of the table, and what a format keeps if it has it.
COLUMNS: dict[str, frozenset[str]] = {
    "entities": frozenset({"entities[].label", "entities[].mentions", "entities[].mentions[].level"}),
    "nested": frozenset({SHAPES[0]}),
    "coreference": frozenset({"entities[].id", "entities[].members"}),
    "kb_id": frozenset({"entities[].kb_id"}),
    "discontinuous": frozenset({SHAPES[1]}),
    "roles": frozenset({path for path in fields("quotes") if path.startswith(("quotes[].sources", "quotes[].addressees"))}),
    "parent": frozenset({"quotes[].parent"}),
    "claims": frozenset({"claims[].content", "claims[].proposition"}),
    "attributes": frozenset({"quotes[].medium", "quotes[].act", "quotes[].status", "claims[].types", "claims[].factuality"}),
    "relations": frozenset({"claims[].quote", "claims[].about"}),
    "metadata": frozenset({"metadata"}),
}


def matrix() -> str:
    """Returns the table in Markdown, one row a format.

    Raises:
        MissingError: a format needs a package that is not installed.
    """
    rows = [f"| format | back | {' | '.join(COLUMNS)} |", "| --- " * (len(COLUMNS) + 2) + "|"]
    for name in registry.NAMES:
        keeps = registry.named(name).KEEPS
        cells = ["yes" if kept <= keeps else "no" for kept in COLUMNS.values()]
        rows.append(f"| `{name}` | {'yes' if name in registry.BOTH_WAYS else 'no'} | {' | '.join(cells)} |")
    return "\n".join(rows)
