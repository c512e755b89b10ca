"""Describes the flat views in Croissant 1.1 (MLCommons), so that its tools can read the Parquet files.

The description of the dataset comes from the card's front matter: ``pretty_name``, ``license_link`` and, for the RAI
vocabulary, the mapping ``rai``. `articles` is left out, because Croissant readers silently misread a list inside a list.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pressmark.publish.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressmark.publish.views.columns import View
    from pressmark.record.contract import Node

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
_TYPES = {"string": "sc:Text", "integer": "cr:Int32", "number": "cr:Float64"}


def croissant(front: Mapping[str, Any], sums: Mapping[str, str], digest: str) -> bytes:
    """Returns ``data/croissant.json``, given the card's front matter and the path and SHA-256 of each view's Parquet file."""
    views = [view for view in VIEWS if view.path in sums]
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": str(front.get("pretty_name", "dataset")),
        "description": str(front.get("description", "Who said what in the news. Built with pressmark.")),
        "version": f"2.0.0+{digest[:16]}",
        "license": front.get("license_link"),
        "url": front.get("url"),
        "citeAs": front.get("cite_as"),
        "datePublished": str(front["date_published"]) if "date_published" in front else None,
        **{f"rai:{key}": value for key, value in dict(front.get("rai") or {}).items()},
        "distribution": [_file(view, sums[view.path]) for view in views],
        "recordSet": [_record_set(view) for view in views if _is_flat(view)],
    }
    known = {key: value for key, value in described.items() if value is not None}
    return (json.dumps(known, ensure_ascii=False, indent=2) + "\n").encode()


def _is_flat(view: View) -> bool:
    """Whether no list stands inside a list: mlcroissant reads such columns wrong without a word, so they are files only."""
    return not any(_has_list(node.get("items", {})) for node in view.columns().values()) and not view.is_record


def _has_list(node: Node) -> bool:
    return "items" in node or any(map(_has_list, node.get("properties", {}).values()))


def _file(view: View, digest: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{view.name}-parquet",
        "name": f"{view.name}-parquet",
        "description": f"The view {view.name}: {view.about}.",
        "contentUrl": view.path,
        "encodingFormat": "application/x-parquet",
        "sha256": digest,
    }


def _record_set(view: View) -> dict[str, Any]:
    fields = [_field(view, name, node) for name, node in view.columns().items()]
    return {
        "@type": "cr:RecordSet",
        "@id": view.name,
        "name": view.name,
        "description": f"{view.about[0].upper()}{view.about[1:]}.",
        "field": fields,
    }


def _field(view: View, column: str, node: Node) -> dict[str, Any]:
    item = node.get("items", node)
    repeated = {"isArray": True, "arrayShape": "-1"} if item is not node else {}
    described = {
        "@type": "cr:Field",
        "@id": f"{view.name}/{column}",
        "name": f"{view.name}/{column}",
        "description": _meaning(node),
    }
    if "properties" not in item:
        return described | {"dataType": _type(item), "source": _source(view, column)} | repeated
    return described | repeated | {"subField": list(_sub_fields(view, column, item))}


def _sub_fields(view: View, column: str, item: Node) -> Iterator[dict[str, Any]]:
    for name, node in item["properties"].items():
        place = f"{view.name}/{column}/{name}"
        yield {
            "@type": "cr:Field",
            "@id": place,
            "name": place,
            "description": _meaning(node),
            "dataType": _type(node),
            "source": _source(view, column) | {"transform": {"jsonPath": name}},
        }


def _source(view: View, column: str) -> dict[str, Any]:
    return {"fileObject": {"@id": f"{view.name}-parquet"}, "extract": {"column": column}}


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
