"""Adds fields of the schema to every JSON record of the checkout that lacks them, then writes docs and data anew.

``python tests/add_field.py metadata.section 'quotes[].act="assertion"'``: each argument is the path of a field, and the JSON
value that the existing records get. Without a value they get null or [], whichever the schema allows.

Only the named fields are added, so a case that is invalid because another key is missing stays invalid. A file or line that
is not JSON stays as it is. Everything else in a file keeps its bytes; the key goes where the order of the schema puts it.
Records of the version that `tests/cases/valid/article.json` has get the version of the schema.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.project import write_file
from pressmark.publish import reference
from pressmark.publish.build import build
from pressmark.record import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.contract import Kind, Node

ROOT = Path(__file__).parents[1]
DECODER = json.JSONDecoder(strict=False)
SPACE = re.compile(r"[ \t\r\n]*")


class Member(NamedTuple):
    """Where a member of an object in a JSON text starts, where its name ends, and where its value starts and ends."""

    key: int
    named: int
    value: int
    end: int


Members = dict[str, Member]


@dataclass(frozen=True)
class Found:
    """An object in a JSON text: its path in its record (``quotes[].sources[]``), where it starts, and the record's members."""

    path: str
    start: int
    members: Members
    record: Members


def objects(text: str, root: str = "") -> list[Found]:
    """All objects of the records in a JSON text; a record is what is at the path ``root``, or each item of a list there.

    Raises:
        ValueError, IndexError: this is not JSON.
        RecursionError: it is too deep.
    """
    found: list[Found] = []
    if text.strip():
        _scan(text, _skip(text, 0), "", None, root, found)
    return found


def _scan(text: str, place: int, path: str, record: Members | None, root: str, found: list[Found]) -> int:
    """Where the value that starts at ``place`` ends; adds its objects to ``found``."""
    if text[place] not in "{[":
        return DECODER.raw_decode(text, place)[1]
    members: Members = {}
    keyed = text[place] == "{"
    if keyed and record is None and path in {root, f"{root}[]"}:
        record, path = members, ""
    if keyed and record is not None:
        found.append(Found(path, place, members, record))
    end = _skip(text, place + 1)
    while text[end] not in "}]":
        key = named = start = end
        inner = f"{path}[]"
        if keyed:
            name, named = DECODER.raw_decode(text, key)
            start = _skip(text, _skip(text, named) + 1)
            inner = f"{path}.{name}".lstrip(".")
        end = _scan(text, start, inner, record, root, found)
        if keyed:
            members[name] = Member(key, named, start, end)
        end = _skip(text, end)
        end = _skip(text, end + 1) if text[end] == "," else end
    return end + 1


def _skip(text: str, place: int) -> int:
    return SPACE.match(text, place).end()  # type: ignore[union-attr]  # it matches nothing too


@dataclass(frozen=True)
class Field:
    """A field of a kind of record: the path of its object, its name, the names before it in the schema, and its new value."""

    kind: Kind
    path: str
    name: str
    before: list[str]
    value: Any


def fields(argument: str) -> Iterator[Field]:
    """The field that an argument names, in each kind of record that has it."""
    whole, _, given = argument.partition("=")
    path, _, name = whole.rpartition(".")
    for kind in contract.KINDS:
        names = (_node(kind, path) or {}).get("properties", {})
        if name in names:
            value = json.loads(given) if given else _empty(names[name], whole)
            yield Field(kind, path, name, list(names)[: list(names).index(name)], value)


def _node(kind: Kind, path: str) -> Node | None:
    node: Node | None = contract.record(kind)
    for name in filter(None, path.replace("[]", "").split(".")):
        node = node and node.get("items", node)["properties"].get(name)
    return node and node.get("items", node)


def _empty(node: Node, path: str) -> Any:
    if "default" in node:
        return node["default"]
    if "null" in node.get("type", ()):
        return None
    if node.get("type") == "array" and not node.get("minItems"):
        return []
    sys.exit(f"{path} can be neither null nor []; write {path}=VALUE")


def added(text: str, new: Field, root: str = "") -> str:
    """The text with the field in each object that lacks it."""
    for one in reversed(objects(text, root)):
        if one.path == new.path and _kind(one.record) == new.kind and new.name not in one.members:
            place, words = _insertion(text, one, new)
            text = text[:place] + words + text[place:]
    return text


def _kind(record: Members) -> Kind:
    if {"a", "b"} <= record.keys():
        return "relation"
    return "article" if "text" in record else "annotation"


def _insertion(text: str, one: Found, new: Field) -> tuple[int, str]:
    """Where the field goes into the object, and what is written there: spaced like its neighbours."""
    words = f"{json.dumps(new.name)}%s{json.dumps(new.value, ensure_ascii=False)}"
    if not one.members:
        return one.start + 1, words % ": "
    members = sorted(one.members.items(), key=lambda member: member[1].key)
    before = max((i for i, (name, _) in enumerate(members) if name in new.before), default=-1)
    _, neighbour = members[max(before, 0)]
    words %= text[neighbour.named : neighbour.value]
    gaps = [_gap(text, member.key) for _, member in members[max(before, 1) : before + 2]] or [_gap(text, neighbour.key)]
    gap = min(gaps, key=len)
    return (neighbour.end, f",{gap}{words}") if before >= 0 else (neighbour.key, f"{words},{gap}")


def _gap(text: str, key: int) -> str:
    return text[len(text[:key].rstrip()) : key]


def updated(text: str, new: list[Field], old: str, root: str = "") -> str:
    """A JSON text with the fields in all records, and the schema's version in those of the old version."""
    try:
        for one in new:
            text = added(text, one, root)
        for record in reversed(objects(text, root)):
            place = record.members.get("schema_version")
            if record.path == "" and place and text[place.value : place.end] == json.dumps(old):
                version = contract.at("article", "schema_version")["const"]
                text = f"{text[: place.value]}{json.dumps(version)}{text[place.end :]}"
    except (ValueError, IndexError, RecursionError):  # a case of a file that is no JSON
        return text
    return text


def rewrite(path: Path, new: list[Field], old: str) -> bool:
    """Update a file, and say whether anything changed. A draft leaves out what may be null or []."""
    if path.parent.name == "drafts":
        new = [one for one in new if one.value not in (None, [])]
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:  # as above
        return False
    root = "examples" if path.parent.name == "schema" else ""
    parts = text.split("\n") if path.suffix == ".jsonl" else [text]
    made = "\n".join(updated(part, new, old, root) for part in parts)
    path.write_bytes(made.encode("utf-8"))
    return made != text


def main(arguments: list[str]) -> None:
    """Update all records of the checkout, the pages made from the schema, and the dataset."""
    new = [one for argument in arguments for one in fields(argument)]
    if missing := [argument for argument in arguments if not list(fields(argument))]:
        sys.exit(f"the schema has no {', '.join(missing)}")
    old = json.loads((ROOT / "tests/cases/valid/article.json").read_text(encoding="utf-8"))["schema_version"]
    folders = [ROOT / "tests/cases", ROOT / "annotations", ROOT / "schema"]
    paths = [path for folder in folders for path in sorted(folder.rglob("*.json*")) if path.is_file()]
    print(f"{sum([rewrite(path, new, old) for path in paths])} of {len(paths)} files changed")  # noqa: T201
    for page, text in reference.pages(ROOT):
        write_file.write(page, text.encode())
    build(ROOT)


if __name__ == "__main__":
    main(sys.argv[1:])
