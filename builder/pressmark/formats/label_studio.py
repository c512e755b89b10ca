"""Writes and reads Label Studio's JSON: tasks with proposals as predictions, and exports with corrections.

The format: labelstud.io/guide/export, "Label Studio JSON format of annotated tasks"; measured with Label Studio 1.23. It counts
code points, as we do. A *region* is one span with one label; each of its attributes is a further entry with the same id. Ids in
the regions' fields join what belongs together. Relations would do it too, but the arrows of a hundred of them cover the page.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pressmark.formats.fields import LAYERS, SHAPES, fields
from pressmark.formats.label_studio_regions import (
    CHOICES,
    FIRST,
    LABELS,
    ROLES,
    Region,
    claims,
    entities,
    known_labels,
    quotes,
    regions_in,
)
from pressmark.formats.reconcile import Foreign
from pressmark.record import contract
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.record.model import Article, Span

KEEPS = fields(*LAYERS) | frozenset(SHAPES)
SUFFIXES = (".json",)
TASKS = 1_000  # in one file; the server takes 250 MiB

# The attributes that each region has.
_EACH = {
    "entity": ("level", "entity_id"),
    "role": ("quote_id", "source_entity", "source_role", "source_type"),
    "claim": ("claim_id",),
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
    for name in LABELS:
        values = "".join(f'<Label value="{label}"/>' for label in known_labels(name))
        lines.append(f'  <Labels name="{name}" toName="text" showInline="true">{values}</Labels>')
    lines.append('  <Text name="text" value="$text" granularity="symbol"/>')
    for name in LABELS:
        lines.append(f'  <View visibleWhen="region-selected" whenTagName="{name}">')
        lines += [f"    {_control(attribute)}" for attribute in _EACH[name] + FIRST[name]]
        lines.append("  </View>")
    return "\n".join([*lines, "</View>", ""])


def _control(name: str) -> str:
    if name not in CHOICES:
        how = 'toName="text" perRegion="true" editable="true" maxSubmissions="1" rows="1"'
        return f'<Header value="{name}" size="6"/><TextArea name="{name}" {how}/>'
    values = "".join(f'<Choice value="{label}"/>' for label in contract.labels(contract.at("article", CHOICES[name])))
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
            region = Region(f"{entity.id}_{i}", "entity", entity.label, mention.start, mention.end, {})
            first = {name: getattr(entity, name) for name in FIRST["entity"]} if i == 1 else {}
            yield from _entries(region, mention, {"level": mention.level, "entity_id": entity.id} | first, entity.confidence)
    for quote in article.quotes:
        for label, role in ROLES.items():
            for i, span in enumerate(getattr(quote, role), 1):
                region = Region(f"{quote.id}_{label.lower()}{i}", "role", label, span.start, span.end, {})
                first = {name: getattr(quote, name) for name in FIRST["role"]} if label == "CONTENT" and i == 1 else {}
                yield from _entries(region, span, {"quote_id": quote.id} | _of_speaker(span) | first, quote.confidence)
    for claim in article.claims:
        for i, span in enumerate(claim.content, 1):
            region = Region(f"{claim.id}_{i}", "claim", "CLAIM", span.start, span.end, {})
            first = {name: getattr(claim, name) for name in FIRST["claim"]} if i == 1 else {}
            yield from _entries(region, span, {"claim_id": claim.id} | first, claim.confidence)


def _of_speaker(span: Any) -> dict[str, Any]:
    return {f"source_{name}": getattr(span, name, None) for name in ("entity", "role", "type")}


def _entries(region: Region, span: Span, attributes: dict[str, Any], confidence: float | None) -> Iterator[dict[str, Any]]:
    """Returns the entries of a region: its label, and one for each attribute that has a value."""
    place = {"start": region.start, "end": region.end}
    same = {"id": region.name, "to_name": "text"}
    labelled = {"from_name": region.kind, "type": "labels", "value": place | {"text": span.text, "labels": [region.label]}}
    yield same | labelled | ({} if confidence is None else {"score": confidence})
    for name, value in attributes.items():
        if value in (None, ()):
            continue
        values = list(value) if isinstance(value, tuple) else [value]
        if name in CHOICES:
            yield same | {"from_name": name, "type": "choices", "value": place | {"text": span.text, "choices": values}}
        else:
            yield same | {"from_name": name, "type": "textarea", "value": place | {"text": [" ".join(values)]}}


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

    regions = list(regions_in(one.get("result") or (), text, report))
    items = {
        "entities": entities(regions, text, report),
        "quotes": quotes(regions, text, report),
        "claims": claims(regions, text, report),
    }
    by = one.get("completed_by")
    by = by.get("email") if isinstance(by, dict) else by
    return Foreign(name, data.get("text_sha256"), text, items, tuple(wrong), None if by is None else str(by))
