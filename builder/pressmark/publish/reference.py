"""A developer's tool: ``python -m pressmark.publish.reference`` writes the pages that are made from the contract."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pressmark.project import write_file
from pressmark.publish import format_matrix
from pressmark.record import contract
from pressmark.validation import meanings
from pressmark.validation.rule import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.contract import Node

BEGIN, END = "<!-- fields: written by `python -m pressmark.publish.reference` -->", "<!-- /fields -->"

RULES = """# What `pressmark validate` finds

Written by `python -m pressmark.publish.reference` from the docstrings of `builder/pressmark/validation/`;
`pressmark validate --explain CODE` prints one entry. A level runs only if the levels below found no error. Warnings do not
affect the exit code, except with `--warnings-as-errors`. Each code has examples in `tests/cases/invalid/<code>*` and near
misses in `tests/cases/valid/`: JSON files that any other implementation can run too. A folder is one dataset of several
files."""


def pages(root: Path) -> Iterator[tuple[Path, str]]:
    """Yields each page of a checkout with the text that it should have.

    Raises:
        OSError: a page cannot be read.
    """
    path = root / "schema" / "README.md"
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    yield path, f"{before}{BEGIN}\n\n{fields()}\n\n{END}{rest.partition(END)[2]}"
    yield root / "docs" / "rules.md", rules()
    path = root / "docs" / "formats.md"
    before, _, rest = path.read_text(encoding="utf-8").partition(format_matrix.BEGIN)
    table, end = format_matrix.matrix(), format_matrix.END
    yield path, f"{before}{format_matrix.BEGIN}\n\n{table}\n\n{end}{rest.partition(end)[2]}"


def rules() -> str:
    """Returns all codes of the validator, level by level, with their docstrings."""
    parts = [RULES]
    level = 0
    for meaning in sorted(meanings().values(), key=lambda meaning: meaning.level):
        if meaning.level != level:
            level = meaning.level
            parts.append(f"## Level {level}: {LEVELS[level - 1]}")
        warning = " (warning)" if meaning.severity == "warning" else ""
        parts.append(f"### {meaning.code}{warning}\n\n{meaning.text}")
    return "\n\n".join(parts) + "\n"


def fields() -> str:
    """Returns all fields of all records, one Markdown table per record. An annotation has the fields of an article."""
    tables = []
    for kind in contract.KINDS:
        head = [
            f"### {kind.capitalize()}",
            "",
            contract.schema(kind)["description"],
            "",
            "| field | type | meaning |",
            "| --- | --- | --- |",
        ]
        tables.append("\n".join([*head, *_rows(contract.record(kind), "", deep=kind != "annotation")]))
    return "\n\n".join(tables)


def _rows(node: Node, path: str, *, deep: bool = True) -> Iterator[str]:
    for name, child in node["properties"].items():
        yield f"| `{path}{name}` | {_type(child)} | {child['description']} |"
        item = child.get("items", child)
        if deep and "properties" in item:
            yield from _rows(item, f"{path}{name}{'.' if item is child else '[].'}")
        elif deep and "enum" in item and item is not child:
            yield f"| `{path}{name}[]` | {_type(item)} | {item['description']} |"


def _type(node: Node) -> str:
    if "const" in node:
        return f"`{node['const']}`"
    if "enum" in node:
        return " ".join(f"`{label}`" for label in contract.labels(node)) + (" or null" if None in node["enum"] else "")
    if "pattern" in node:
        null = " or null" if "null" in node["type"] else ""
        pattern = node["pattern"].replace("|", "\\|")
        return f"`{pattern}`{null}"
    if node["type"] == "array":
        return "list" if not node.get("minItems") else "list, not empty"
    return node["type"] if isinstance(node["type"], str) else " or ".join(node["type"])


if __name__ == "__main__":
    for page, text in pages(Path(__file__).parents[3]):
        write_file.write(page, text.encode())
