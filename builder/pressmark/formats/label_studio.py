"""Writes and reads Label Studio's JSON: tasks with proposals as predictions, and exports with corrections.

The format: labelstud.io/guide/export, "Label Studio JSON format of annotated tasks"; measured with Label Studio 1.23. It counts
code points, as we do. A *region* is one span with one label; each of its attributes is a further entry with the same id. Ids in
the regions' fields join what belongs together. Relations would do it too, but the arrows of a hundred of them cover the page.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pressmark.formats.fields import LAYERS, SHAPES, fields
from pressmark.formats.reconcile import Foreign
from pressmark.formats.regions import CHOICES, FIRST, LABELS, Region, items, known_labels, regions_of
from pressmark.record import contract
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.record.model import Article

KEEPS = fields(*LAYERS) | frozenset(SHAPES)
SUFFIXES = (".json",)
TASKS = 1_000  # in one file; the server takes 250 MiB

# What a quote and a claim are made of stands out from the entities.
_COLOURS = {"SOURCE": "#2a9d8f", "CUE": "#e9c46a", "CONTENT": "#e76f51", "ADDRESSEE": "#8d99ae", "CLAIM": "#6a4c93"}
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
        values = "".join(_label(label) for label in known_labels(name))
        lines.append(f'  <Labels name="{name}" toName="text" showInline="true">{values}</Labels>')
    lines.append('  <Text name="text" value="$text" granularity="symbol"/>')
    for name in LABELS:
        lines.append(f'  <View visibleWhen="region-selected" whenTagName="{name}">')
        lines += [f"    {_control(attribute)}" for attribute in _EACH[name] + FIRST[name]]
        lines.append("  </View>")
    return "\n".join([*lines, "</View>", ""])


def _label(name: str) -> str:
    colour = f' background="{_COLOURS[name]}"' if name in _COLOURS else ""
    return f'<Label value="{name}"{colour}/>'


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
    """Returns the entries of each region: its label, and one for each attribute that has a value."""
    for region, confidence in regions_of(article):
        place = {"start": region.start, "end": region.end}
        words = article.text[region.start : region.end]
        same = {"id": region.name, "to_name": "text"}
        labelled = {"from_name": region.kind, "type": "labels", "value": place | {"text": words, "labels": [region.label]}}
        yield same | labelled | ({} if confidence is None else {"score": confidence})
        for name, values in region.attributes.items():
            if name in CHOICES:
                yield same | {"from_name": name, "type": "choices", "value": place | {"text": words, "choices": values}}
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

    found = items(_regions(one.get("result") or ()), text, report)
    by = one.get("completed_by")
    by = by.get("email") if isinstance(by, dict) else by
    return Foreign(name, data.get("text_sha256"), text, found, tuple(wrong), None if by is None else str(by))


def _regions(result: Iterable[dict[str, Any]]) -> Iterator[Region]:
    """Returns the regions of an annotation with their attributes."""
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
        value, name, label = entry["value"], str(entry.get("id")), next(iter(entry["value"].get("labels", [])), None)
        yield Region(name, str(entry.get("from_name")), str(label), value.get("start"), value.get("end"), attributes[name])
