"""Writes and reads Prodigy's JSON Lines: one task an article, with tokens and spans.

The format: prodi.gy/docs/api-interfaces, "spans_manual". Offsets are code points, and ``token_end`` is inclusive. A span's
attributes are further keys of it, which Prodigy carries along. Prodigy itself was not at hand; spaCy reads the same tokens.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from pressmark.formats.fields import LAYERS, SHAPES, fields
from pressmark.formats.reconcile import Foreign
from pressmark.formats.regions import LABELS, ROLES, Region, items, regions_of
from pressmark.formats.words import words
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.record.model import Article

KEEPS = fields(*LAYERS) | frozenset({*SHAPES, "metadata"})
SUFFIXES = (".jsonl",)

_KINDS = dict.fromkeys(ROLES, "role") | {"CLAIM": "claim"}  # of a label; all others are of entities
_OWN = {"start", "end", "token_start", "token_end", "label", "text", "id"}  # keys of a span that are no attributes


def write(articles: Iterable[Article]) -> Iterator[tuple[str, bytes]]:
    """Returns one file of tasks. Prodigy shows ``meta`` under each, and gives it back."""
    yield "tasks.jsonl", b"".join(json.dumps(_task(article), ensure_ascii=False).encode() + b"\n" for article in articles)


def _task(article: Article) -> dict[str, Any]:
    text = article.text
    regions = [region for region, _ in regions_of(article)]
    found = list(words(text, tokens(text), (edge for region in regions for edge in (region.start, region.end))))
    first = {word.start: i for i, word in enumerate(found)}
    last = {word.end: i for i, word in enumerate(found)}
    known = {key: value for key, value in msgspec.to_builtins(article.metadata).items() if value}
    return {
        "text": text,
        "meta": {"id": article.id, "text_sha256": article.text_sha256} | known,
        "tokens": [
            {"text": text[word.start : word.end], "start": word.start, "end": word.end, "id": i, "ws": word.is_spaced}
            for i, word in enumerate(found)
        ],
        "spans": [
            {"start": region.start, "end": region.end, "token_start": first[region.start], "token_end": last[region.end]}
            | {"label": region.label, "text": text[region.start : region.end], "id": region.name}
            | {key: values if len(values) > 1 else values[0] for key, values in region.attributes.items()}
            for region in regions
        ],
    }


def read(path: Path) -> Iterator[Foreign]:
    """Reads tasks, or what ``prodigy db-out`` writes. Tasks that were rejected or ignored are passed over.

    Raises:
        InvalidError: a line is not a task.
        OSError: the file cannot be read.
    """
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if line.strip():
            task = _parsed(path, number, line)
            if task.get("answer", "accept") == "accept":
                yield _foreign(path, number, task)


def _parsed(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        task = json.loads(line)
    except ValueError as error:
        raise InvalidError([Issue("prodigy", f"is not JSON: {error}", file=str(path), line=number)]) from None
    if not isinstance(task, dict) or not isinstance(task.get("text"), str):
        message = 'is not a task of Prodigy with a "text"; write the file with `prodigy db-out`'
        raise InvalidError([Issue("prodigy", message, file=str(path), line=number)])
    return task


def _foreign(path: Path, number: int, task: dict[str, Any]) -> Foreign:
    meta = task["meta"] if isinstance(task.get("meta"), dict) else {}
    name = str(meta.get("id", ""))
    wrong: list[Issue] = []

    def report(region: str, message: str) -> None:
        wrong.append(Issue("prodigy", f"span {quoted(region)} {message}", file=str(path), line=number, article=name))

    spans = [span for span in task.get("spans") or () if isinstance(span, dict)]
    found = items((_region(i, span) for i, span in enumerate(spans, 1)), task["text"], report)
    by = task.get("_annotator_id")
    return Foreign(name, meta.get("text_sha256"), task["text"], found, tuple(wrong), None if by is None else str(by))


def _region(number: int, span: dict[str, Any]) -> Region:
    label = str(span.get("label"))
    attributes = {
        key: [str(one) for one in (value if isinstance(value, list) else [value])]
        for key, value in span.items()
        if key not in _OWN and value is not None
    }
    kind = _KINDS.get(label, next(iter(LABELS)))
    return Region(str(span.get("id", f"span{number}")), kind, label, span.get("start"), span.get("end"), attributes)  # type: ignore[arg-type]
