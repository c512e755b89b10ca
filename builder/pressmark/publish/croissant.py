"""Describes the flat views in Croissant 1.1 (MLCommons), so that its tools can read the Parquet files.

The description of the dataset comes from the card's front matter: ``pretty_name``, ``licenses`` or ``license_link``,
``creator``, ``tags`` and, for the RAI vocabulary, the mapping ``rai``. Views with a list inside a list are files only, because
Croissant readers silently misread them, and so are the records as JSON Lines. Each closed set of labels is a record set too.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from pressmark.publish.card import Table
    from pressmark.publish.views.columns import View
    from pressmark.record.contract import Node

    LabelSets = dict[tuple[str | None, ...], tuple[str, Node]]

# The context of the specification, section "Appendix 1: JSON-LD context", with the RAI vocabulary.
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
# The fields that together name a record of a view, and what fields inside fields refer to. Columns themselves refer only to
# labels: mlcroissant joins two views by the first reference alone, and ids are unique only within an article.
_KEYS = {
    "entities": ("article", "id"),
    "ner": ("id",),
    "quotes": ("article", "id"),
    "claims": ("article", "id"),
    "claim_detection": ("id",),
    "relations": ("id",),
}
_REFERENCES = {
    f"{view}/{side}/{name}": f"claims/{key}"
    for view in ("claim_pairs", "relations")
    for side in ("a", "b")
    for name, key in (("article", "article"), ("claim", "id"))
} | dict.fromkeys(
    ("quotes/sources/entity", "quotes/addressees/entity", "claims/claimers/entity", "claims/about/entity"), "entities/id"
)  # not entities/members/entity: mlcroissant takes a reference within a view for an endless circle
_TYPES = {"string": "sc:Text", "integer": "cr:Int32", "number": "cr:Float64"}


def croissant(front: Mapping[str, Any], tables: Sequence[Table], sums: Mapping[str, str], digest: str) -> bytes:
    """Returns ``data/croissant.json``, given the card's front matter, the tables with rows, and the SHA-256 of all files.

    If the dataset has splits, each is a record set of its own.
    """
    suffixes = {split: f"_{split}" for split in {table.split for table in tables}}
    suffixes = suffixes if len(suffixes) > 1 else dict.fromkeys(suffixes, "")
    flat = [table for table in tables if _is_flat(table.view)]
    labels = _label_sets({table.view.name: table.view for table in flat}.values())
    described_names = {f"{table.view.name}{suffixes[table.split]}" for table in flat}
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": str(front.get("pretty_name", "dataset")),
        "description": str(front.get("description", "Who said what in the news. Built with pressmark.")),
        "version": f"{front.get('version', '0.0.0')}+{digest[:16]}",
        "license": front.get("licenses", front.get("license_link")),
        "creator": front.get("creator") and {"@type": "sc:Organization", **front["creator"]},
        "keywords": front.get("tags"),
        "inLanguage": front.get("language"),
        "url": front.get("url"),
        "citeAs": front.get("cite_as"),
        "datePublished": str(front["date_published"]) if "date_published" in front else None,
        **{f"rai:{key}": value for key, value in dict(front.get("rai") or {}).items()},
        "distribution": [
            *(_file(table, suffixes[table.split], sums) for table in tables),
            *(_lines(name, sums[name]) for name in sums if name.endswith(".jsonl")),
        ],
        "recordSet": [
            *(_record_set(table, suffixes[table.split], labels, described_names) for table in flat),
            *(_label_set(name, node) for name, node in labels.values()),
        ],
    }
    known = {key: value for key, value in described.items() if value is not None}
    return (json.dumps(known, ensure_ascii=False, indent=2) + "\n").encode()


def _is_flat(view: View) -> bool:
    """Whether no list stands inside a list: mlcroissant reads such columns wrong without a word, so they are files only."""
    return not any(_has_list(node.get("items", {})) for node in view.columns().values()) and not view.is_record


def _has_list(node: Node) -> bool:
    return "items" in node or any(map(_has_list, node.get("properties", {}).values()))


def _file(table: Table, suffix: str, sums: Mapping[str, str]) -> dict[str, Any]:
    """Returns the file of a table, or the set of its files; Croissant has checksums for files alone."""
    name = f"{table.view.name}{suffix}-parquet"
    made = {"@id": name, "name": name, "description": f"The view {table.view.name}: {table.view.about}."}
    made |= {"encodingFormat": "application/x-parquet"}
    if len(table.paths) > 1:
        return {"@type": "cr:FileSet", **made, "includes": table.path}
    return {"@type": "cr:FileObject", **made, "contentUrl": table.path, "sha256": sums[table.path]}


def _lines(name: str, digest: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "description": f"The {PurePath(name).stem.partition('-')[0]} as records, one per line.",
        "contentUrl": name,
        "encodingFormat": "application/jsonlines",
        "sha256": digest,
    }


def _label_sets(views: Iterable[View]) -> LabelSets:
    """Returns each set of labels in these views, by the labels: a name for it, and the first node that has it."""
    found: LabelSets = {}
    for view in views:
        for column, node in _leaves(view):
            if "enum" in node:
                found.setdefault(tuple(node["enum"]), (f"{view.name}_{column.replace('/', '_')}_labels", node))
    return found


def _leaves(view: View) -> Iterator[tuple[str, Node]]:
    for column, node in view.columns().items():
        item = node.get("items", node)
        if "properties" in item:
            yield from ((f"{column}/{name}", child) for name, child in item["properties"].items())
        else:
            yield column, item


def _label_set(name: str, node: Node) -> dict[str, Any]:
    """Returns a set of labels as a record set; ``number`` is what a `ClassLabel` column holds."""
    texts = node.get("enumDescriptions", [""] * len(node["enum"]))
    rows = [(i, label, text) for i, (label, text) in enumerate(zip(node["enum"], texts, strict=True)) if label is not None]
    fields = {"number": "cr:Int64", "name": "sc:Text", "meaning": "sc:Text"}
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"The labels of a column. {node.get('description', '')}".strip(),
        "dataType": "sc:Enumeration",
        "key": {"@id": f"{name}/name"},
        "field": [
            {"@type": "cr:Field", "@id": f"{name}/{field}", "name": f"{name}/{field}", "dataType": kind}
            for field, kind in fields.items()
        ],
        "data": [dict(zip((f"{name}/{field}" for field in fields), row, strict=True)) for row in rows],
    }


def _record_set(table: Table, suffix: str, labels: LabelSets, described: Container[str]) -> dict[str, Any]:
    view = table.view
    name = f"{view.name}{suffix}"
    key = [{"@id": f"{name}/{column}"} for column in _KEYS.get(view.name, ())]
    made = {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"{view.about[0].upper()}{view.about[1:]}.",
        **({"key": key if len(key) > 1 else key[0]} if key else {}),
    }
    fields = [_field(table, suffix, column, node, labels, described) for column, node in view.columns().items()]
    return made | {"field": fields}


def _field(  # noqa: PLR0913, PLR0917 - what a field depends on
    table: Table, suffix: str, column: str, node: Node, labels: LabelSets, described: Container[str]
) -> dict[str, Any]:
    view = table.view
    item = node.get("items", node)
    repeated = {"isArray": True, "arrayShape": "-1"} if item is not node else {}
    place = f"{view.name}{suffix}/{column}"
    made = {"@type": "cr:Field", "@id": place, "name": place, "description": _meaning(node)} | repeated
    kind = "fileSet" if len(table.paths) > 1 else "fileObject"
    source = {kind: {"@id": f"{view.name}{suffix}-parquet"}, "extract": {"column": column}}
    if "properties" not in item:
        reference = (
            {} if repeated else _reference(f"{view.name}/{column}", suffix, item, labels, described)
        )  # mlcroissant cannot join by a list
        return made | {"dataType": _type(item), "source": source} | reference
    parts: list[dict[str, Any]] = []
    for name, part in item["properties"].items():
        inner: dict[str, Any] = {
            "@type": "cr:Field",
            "@id": f"{place}/{name}",
            "name": f"{place}/{name}",
            "description": _meaning(part),
        }
        inner |= {"dataType": _type(part), "source": source | {"transform": {"jsonPath": name}}}
        parts.append(inner | _reference(f"{view.name}/{column}/{name}", suffix, part, labels, described))
    return made | {"subField": parts}


def _reference(place: str, suffix: str, node: Node, labels: LabelSets, described: Container[str]) -> dict[str, Any]:
    """Returns what a field refers to: a set of labels, or the key of another view, if that is described too."""
    if "enum" in node:
        name, _ = labels[tuple(node["enum"])]
        return {"references": {"field": {"@id": f"{name}/{'number' if node.get('class_label') else 'name'}"}}}
    target = _REFERENCES.get(place)
    if target is None:
        return {}
    view, _, column = target.partition("/")
    if f"{view}{suffix}" not in described:
        return {}
    return {"references": {"field": {"@id": f"{view}{suffix}/{column}"}}}


def _type(node: Node) -> str:
    if "enum" in node:
        return "cr:Int64" if node.get("class_label") else "sc:Text"
    kind = node["type"]
    return _TYPES[kind if isinstance(kind, str) else kind[0]]


def _meaning(node: Node) -> str:
    """Returns the description with the number of each label, because a `ClassLabel` column holds numbers."""
    item = node.get("items", node)
    labels = ", ".join(f"{i} {label}" for i, label in enumerate(item["enum"])) if item.get("class_label") else ""
    return str(node.get("description", "")) + (f" Numbers: {labels}." if labels else "")
