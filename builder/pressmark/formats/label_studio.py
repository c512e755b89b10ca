"""Writes and reads Label Studio's JSON: tasks with proposals as predictions, and exports with corrections.

The format: labelstud.io/guide/export, "Label Studio JSON format of annotated tasks"; measured with Label Studio 1.23. It counts
code points, as we do. A *region* is one span with one label; each of its attributes is a further entry with the same id. Ids in
the regions' fields join what belongs together. Relations would do it too, but the arrows of a hundred of them cover the page.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.formats.fields import LAYERS, SHAPES, fields
from pressmark.formats.reconcile import Foreign
from pressmark.record import contract
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.spans import spans
from pressmark.record.text import quoted, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.formats.reconcile import Item
    from pressmark.record.model import Article, Span

NAME = "label-studio"
KEEPS = fields(*LAYERS) | frozenset(SHAPES)
SUFFIXES = (".json",)
TASKS = 1_000  # in one file; the server takes 250 MiB

VALUES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
_LABELS = {"entity": "entities/label", "role": None, "claim": None}
_ROLES = {"SOURCE": "sources", "CUE": "cue", "CONTENT": "content", "ADDRESSEE": "addressees"}
# The attributes of a region: on each, or on the first of an item. A field of the schema with labels is a list of choices.
_EACH = {
    "entity": ("level", "entity_id"),
    "role": ("quote_id", "source_entity", "source_role", "source_type"),
    "claim": ("claim_id",),
}
_FIRST = {
    "entity": ("name", "kb_id", "value", "members"),
    "role": ("medium", "act", "status", "parent"),
    "claim": ("proposition", "types", "checkworthiness", "factuality", "quote", "about"),
}
_CHOICES = {
    "level": "entities/mentions/level",
    "source_role": "quotes/sources/role",
    "source_type": "quotes/sources/type",
    "medium": "quotes/medium",
    "act": "quotes/act",
    "status": "quotes/status",
    "types": "claims/types",
    "checkworthiness": "claims/checkworthiness",
    "factuality": "claims/factuality",
}


def write(articles: Iterable[Article]) -> Iterator[tuple[str, bytes]]:
    """Returns the files of an import into Label Studio: the labeling config, and tasks, a thousand a file.

    Each task carries the article's id and the hash of its text, which every export gives back.
    """
    yield "label_studio.config.xml", config().encode()
    tasks: list[dict[str, Any]] = []
    number = 0
    for article in articles:
        tasks.append(_task(article))
        if len(tasks) == TASKS:
            number += 1
            yield f"tasks-{number:05}.json", _json(tasks)
            tasks = []
    if tasks or not number:
        yield (f"tasks-{number + 1:05}.json" if number else "tasks.json"), _json(tasks)


def _json(tasks: list[dict[str, Any]]) -> bytes:
    return (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode()


def config() -> str:
    """Returns the labeling config. Attributes are shown for the region that is selected."""
    lines = ["<View>"]
    for name, path in _LABELS.items():
        labels = contract.labels(contract.at("article", path)) if path else (tuple(_ROLES) if name == "role" else ("CLAIM",))
        values = "".join(f'<Label value="{label}"/>' for label in labels)
        lines.append(f'  <Labels name="{name}" toName="text" showInline="true">{values}</Labels>')
    lines.append('  <Text name="text" value="$text" granularity="symbol"/>')
    for name in _LABELS:
        lines.append(f'  <View visibleWhen="region-selected" whenTagName="{name}">')
        lines += [f"    {_control(attribute)}" for attribute in _EACH[name] + _FIRST[name]]
        lines.append("  </View>")
    return "\n".join([*lines, "</View>", ""])


def _control(name: str) -> str:
    if name not in _CHOICES:
        how = 'toName="text" perRegion="true" editable="true" maxSubmissions="1" rows="1"'
        return f'<Header value="{name}" size="6"/><TextArea name="{name}" {how}/>'
    values = "".join(f'<Choice value="{label}"/>' for label in contract.labels(contract.at("article", _CHOICES[name])))
    many = "multiple" if name == "types" else "single"
    return f'<Choices name="{name}" toName="text" perRegion="true" choice="{many}" showInline="true">{values}</Choices>'


def _task(article: Article) -> dict[str, Any]:
    version = ", ".join(one.id for one in article.annotators) or "pressmark"
    prediction = {"model_version": version, "result": list(_results(article))}
    data = {"text": article.text, "id": article.id, "text_sha256": article.text_sha256}
    return {"data": data, "predictions": [prediction]}


def _results(article: Article) -> Iterator[dict[str, Any]]:
    for entity in article.entities:
        for i, mention in enumerate(entity.mentions, 1):
            region = _Region(f"{entity.id}_{i}", "entity", entity.label, mention.start, mention.end, {})
            first = {name: getattr(entity, name) for name in _FIRST["entity"]} if i == 1 else {}
            yield from _entries(region, mention, {"level": mention.level, "entity_id": entity.id} | first, entity.confidence)
    for quote in article.quotes:
        for label, role in _ROLES.items():
            for i, span in enumerate(getattr(quote, role), 1):
                region = _Region(f"{quote.id}_{label.lower()}{i}", "role", label, span.start, span.end, {})
                first = {name: getattr(quote, name) for name in _FIRST["role"]} if label == "CONTENT" and i == 1 else {}
                yield from _entries(region, span, {"quote_id": quote.id} | _of_speaker(span) | first, quote.confidence)
    for claim in article.claims:
        for i, span in enumerate(claim.content, 1):
            region = _Region(f"{claim.id}_{i}", "claim", "CLAIM", span.start, span.end, {})
            first = {name: getattr(claim, name) for name in _FIRST["claim"]} if i == 1 else {}
            yield from _entries(region, span, {"claim_id": claim.id} | first, claim.confidence)


def _of_speaker(span: Any) -> dict[str, Any]:
    return {f"source_{name}": getattr(span, name, None) for name in ("entity", "role", "type")}


def _entries(region: _Region, span: Span, attributes: dict[str, Any], confidence: float | None) -> Iterator[dict[str, Any]]:
    """Returns the entries of a region: its label, and one for each attribute that has a value."""
    place = {"start": region.start, "end": region.end}
    same = {"id": region.name, "to_name": "text"}
    labelled = {"from_name": region.kind, "type": "labels", "value": place | {"text": span.text, "labels": [region.label]}}
    yield same | labelled | ({} if confidence is None else {"score": confidence})
    for name, value in attributes.items():
        if value in (None, ()):
            continue
        values = list(value) if isinstance(value, tuple) else [value]
        if name in _CHOICES:
            yield same | {"from_name": name, "type": "choices", "value": place | {"text": span.text, "choices": values}}
        else:
            yield same | {"from_name": name, "type": "textarea", "value": place | {"text": [" ".join(values)]}}


class _Region(NamedTuple):
    """A span with its label and attributes. Offsets are code points."""

    name: str
    kind: str
    label: str
    start: int
    end: int
    attributes: dict[str, list[str]]

    def one(self, attribute: str) -> str | None:
        """Returns the value of an attribute, or None."""
        return next((value.strip() for value in self.attributes.get(attribute, []) if value.strip()), None)

    def many(self, attribute: str) -> list[str]:
        """Returns the values of an attribute that holds a list; ids are separated by white space."""
        values = self.attributes.get(attribute, [])
        return values if attribute in _CHOICES else " ".join(values).split()


def read(path: Path) -> Iterator[Foreign]:
    """Reads an export in the format "JSON": each annotation of each task; of a task without annotation, its prediction.

    Raises:
        InvalidError: the file is not such an export.
        OSError: the file cannot be read.
    """
    try:
        tasks = json.loads(path.read_bytes())
    except ValueError as error:
        raise InvalidError([Issue("label-studio", f"is not JSON: {error}", file=str(path))]) from None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) and isinstance(task.get("data"), dict) for task in tasks):
        message = (
            'is not an export of tasks; choose the export format "JSON" (JSON_MIN, CSV and CONLL lose the regions\' fields)'
        )
        raise InvalidError([Issue("label-studio", message, file=str(path))])
    for task in tasks:
        done = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
        for one in done or [one for one in (task.get("predictions") or ())[-1:] if isinstance(one, dict)]:
            yield _foreign(task["data"], one, path)


def _foreign(data: dict[str, Any], one: dict[str, Any], path: Path) -> Foreign:
    text = str(data.get("text", ""))
    name = str(data.get("id", ""))
    wrong: list[Issue] = []

    def report(region: str, message: str) -> None:
        wrong.append(Issue("label-studio", f"region {quoted(region)} {message}", file=str(path), article=name))

    regions = list(_regions(one.get("result") or (), text, report))
    items = {
        "entities": _entities(regions, text, report),
        "quotes": _quotes(regions, text, report),
        "claims": _claims(regions, text, report),
    }
    by = one.get("completed_by")
    by = by.get("email") if isinstance(by, dict) else by
    return Foreign(name, data.get("text_sha256"), text, items, tuple(wrong), None if by is None else str(by))


def _regions(result: Iterable[dict[str, Any]], text: str, report: Any) -> Iterator[_Region]:
    attributes: dict[str, dict[str, list[str]]] = defaultdict(dict)
    found = []
    for entry in result:
        value = entry.get("value", {})
        if entry.get("type") == "labels":
            found.append(entry)
        elif entry.get("type") in {"choices", "textarea"}:
            values = value.get("choices", value.get("text", []))
            attributes[str(entry.get("id"))][str(entry.get("from_name"))] = (
                [values] if isinstance(values, str) else list(values)
            )
    for entry in found:
        value, name = entry["value"], str(entry.get("id"))
        start, end, label = value.get("start"), value.get("end"), next(iter(value.get("labels", [])), None)
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
            report(name, f"has the offsets {start}:{end}, but the text has {len(text)} code points; it is left out")
        elif not text[start:end].strip():
            report(name, f"at {start}:{end} marks white space; it is left out")
        elif entry.get("from_name") not in _LABELS or label not in _known(str(entry["from_name"])):
            report(name, f"at {start}:{end} has the unknown label {shortened(str(label))!r}; it is left out")
        else:
            yield _Region(name, entry["from_name"], label, start, end, attributes[name])


def _known(kind: str) -> tuple[str, ...]:
    path = _LABELS[kind]
    return contract.labels(contract.at("article", path)) if path else tuple(_ROLES) if kind == "role" else ("CLAIM",)


def _entities(regions: list[_Region], text: str, report: Any) -> list[Item]:
    found: dict[str, Item] = {}
    for region in (region for region in regions if region.kind == "entity"):
        level = region.one("level") or ("value" if region.label in VALUES else None)
        name = region.one("entity_id") or (region.name if level in {"name", "value"} else None)
        if level is None or name is None:
            lacks = "level" if level is None else "entity_id"
            report(region.name, f"at {region.start}:{region.end} has no {lacks}; it is left out")
            continue
        entity = found.setdefault(name, {"id": name, "label": region.label, "mentions": []})
        if entity["label"] != region.label:
            report(
                region.name,
                f"is labelled {region.label}, but {name} is a {entity['label']}; the label of its first mention counts",
            )
        entity["mentions"] += [_span(text, region) | {"level": level}]
        for attribute in _FIRST["entity"]:
            value = region.many(attribute) if attribute == "members" else region.one(attribute)
            entity[attribute] = entity.get(attribute) or value
    for entity in found.values():
        entity["mentions"].sort(key=lambda mention: (mention["start"], mention["end"]))
        entity["name"] = entity["name"] or entity["mentions"][0]["text"]
    return list(found.values())


def _quotes(regions: list[_Region], text: str, report: Any) -> list[Item]:
    found = []
    for name, own in _grouped(regions, "role", "quote_id", report):
        quote: Item = {"id": name, "parent": None} | _attributes(own, "role")
        for label, role in _ROLES.items():
            quote[role] = [_span(text, region) | _speaker(region, label) for region in own if region.label == label]
        if lacks := [key for key in ("content", "medium", "act", "status") if not quote.get(key)]:
            report(own[0].name, f"at {own[0].start}:{own[0].end}: the quote {name} has no {', '.join(lacks)}; it is left out")
        else:
            found.append(quote)
    return found


def _speaker(region: _Region, label: str) -> Item:
    if label == "SOURCE":
        role = region.one("source_role") or "originator"
        return {"entity": region.one("source_entity"), "role": role, "type": region.one("source_type")}
    return {"entity": region.one("source_entity")} if label == "ADDRESSEE" else {}


def _claims(regions: list[_Region], text: str, report: Any) -> list[Item]:
    found = []
    for name, own in _grouped(regions, "claim", "claim_id", report):
        claim: Item = {"id": name, "quote": None, "about": []} | _attributes(own, "claim")
        claim["content"] = [_span(text, region) for region in own]
        if lacks := [key for key in ("proposition", "types", "checkworthiness", "factuality") if not claim.get(key)]:
            report(own[0].name, f"at {own[0].start}:{own[0].end}: the claim {name} has no {', '.join(lacks)}; it is left out")
        else:
            found.append(claim)
    return found


def _grouped(regions: list[_Region], kind: str, key: str, report: Any) -> Iterator[tuple[str, list[_Region]]]:
    groups: dict[str, list[_Region]] = defaultdict(list)
    for region in sorted((region for region in regions if region.kind == kind), key=lambda region: (region.start, region.end)):
        if name := region.one(key):
            groups[name].append(region)
        else:
            report(region.name, f"at {region.start}:{region.end} has no {key}; it is left out")
    yield from groups.items()


def _attributes(own: list[_Region], kind: str) -> Item:
    """Returns the attributes of an item, from whichever of its regions has them."""
    found: Item = {}
    for attribute in _FIRST[kind]:
        for region in own:
            value = region.many(attribute) if attribute in {"types", "about"} else region.one(attribute)
            if value:
                found[attribute] = value
                break
    return found


def _span(text: str, region: _Region) -> Item:
    """Cuts the text of a region: what the tool says of it is wrong where a line ends inside. White space at an edge goes."""
    (span,) = spans(text, [(region.start, region.end)])
    return {"start": span.start, "end": span.end, "text": span.text}
