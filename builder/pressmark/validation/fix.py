"""Corrections that lose no information: offsets, white space at the edges of spans, the order of spans, a hash."""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.record.line_ends import line_ends
from pressmark.record.text import occurrences
from pressmark.validation.level2_schema import kind_of, schema_issues
from pressmark.validation.offset_mistakes import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.record.model import Article

_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252")
_LONGEST = 10**5  # code points of a text in which the only place of a span is looked for


class Change(NamedTuple):
    """One value of a record, before and after; ``pointer`` is a JSON Pointer (RFC 6901)."""

    pointer: str
    old: Any
    new: Any


def mended(record: Any, article_of: Callable[[Any], Article]) -> list[Change]:
    """Corrects a parsed record in place and returns the changes.

    ``article_of`` makes an article of a record with the right shape, because the text of an annotation is in another file.
    """
    kind = kind_of(record)
    if kind == "relation" or not isinstance(record, dict):
        return []
    changes = list(_hash(record))
    if any(True for _ in schema_issues(kind, record)):
        return changes
    for step in (_offsets, _trimmed, _sorted):
        changes += step(record, article_of(record))
    return changes


def _hash(record: dict[str, Any]) -> Iterator[Change]:
    """Corrects a hash in capitals, or of the same text in another encoding or with other line ends."""
    said, text = record.get("text_sha256"), record.get("text")
    if not isinstance(said, str) or not isinstance(text, str):
        return
    try:
        right = sha256(text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError:
        return
    plain = said.strip().lower().removeprefix("sha256:")
    if said != right and (plain == right or plain in _hashes(text) or line_ends(text.encode("utf-8", "surrogatepass"), plain)):
        record["text_sha256"] = right
        yield Change("/text_sha256", said, right)


def _hashes(text: str) -> Iterator[str]:
    for encoding in _ENCODINGS:
        try:
            yield sha256(text.encode(encoding)).hexdigest()
        except UnicodeEncodeError:
            continue


def _set(record: Any, article: Article, pointer: str, place: tuple[int, int]) -> Change:
    node = at(record, pointer)
    old = dict(node)
    start, end = place
    node.update(start=start, end=end, text=article.text[start:end])
    return Change(pointer, old, dict(node))


def _offsets(record: Any, article: Article) -> Iterator[Change]:
    """Corrects offsets if one mistake explains all of them, or if the text of a span occurs only once."""
    text = article.text
    wrong = [
        (pointer, span)
        for pointer, span in _own(record, article)
        if len(span.text) != span.end - span.start or not text.startswith(span.text, span.start)
    ]
    way = reading(article) if wrong else None
    layers = {pointer.split("/")[1] for pointer, _ in wrong}
    if way is not None:
        for pointer, span in _own(record, article):
            place = way.place(span)
            stays = place is None or (span.range == place and span.text == text[slice(*place)])
            if pointer.split("/")[1] in layers and place and not stays:
                yield _set(record, article, pointer, place)
    elif len(text) <= _LONGEST:
        known: dict[str, list[int]] = {}
        for pointer, span in wrong:
            places = known[span.text] if span.text in known else known.setdefault(span.text, occurrences(text, span.text))
            if len(places) == 1:
                yield _set(record, article, pointer, (places[0], places[0] + len(span.text)))


def _trimmed(record: Any, article: Article) -> Iterator[Change]:
    """Removes white space from the edges of a span, unless the span is only white space."""
    for pointer, span in _own(record, article):
        said = article.text[span.start : span.end]
        if said == span.text and said.strip() and said != said.strip():
            start = span.start + len(said) - len(said.lstrip())
            yield _set(record, article, pointer, (start, start + len(said.strip())))


def _sorted(record: Any, article: Article) -> Iterator[Change]:
    """Sorts the spans of a list if they do not overlap."""
    for pointer, spans in article.fragments():
        order = sorted(spans)
        apart = all(one.end <= other.start for one, other in pairwise(order))
        if list(spans) != order and apart and pointer.split("/")[1] in record:
            items = at(record, pointer)
            old = list(items)
            items.sort(key=lambda item: (item["start"], item["end"]))
            yield Change(pointer, old, list(items))


def _own(record: Any, article: Article) -> Iterator[tuple[str, Any]]:
    """The spans that the record itself has. The article of an annotation has more."""
    return ((pointer, span) for pointer, span in article.spans() if record.get(pointer.split("/")[1]))


def at(value: Any, pointer: str) -> Any:
    """The value that a JSON Pointer without escapes points to."""
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value
