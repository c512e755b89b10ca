"""Turns drafts into annotations. A draft quotes its spans, because people and models can quote a text but not count in it.

A draft is an annotation in which a span is

- its text, where that stands once in the article: ``"the State Department"``
- or an object with the ``text`` and either the ``occurrence`` (from 1, first to last) or a ``context``, a few words of the
  article around it: ``{"text": "Japan", "context": "visas for South Korea and Japan"}`` (with both, the occurrence counts
  inside the context)

next to the other keys of a zone, mention or source. Keys that may be null or [] can be left out. So can ``annotator`` if
there is only one. Nothing is guessed: a text that is absent, or occurs more than once, is an issue.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pressmark.project.near_miss import near_miss
from pressmark.record import contract
from pressmark.record.issue import InvalidError, Issue, json_pointer
from pressmark.record.model import Annotation, Article
from pressmark.record.text import excerpt, occurrences, quoted, shortened
from pressmark.validation import convert, schema_issues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.contract import Node

SPAN = {"start", "end", "text"}
PLACE = SPAN | {"occurrence", "context"}
_LISTED = 12  # candidates that a message lists
_WHOLE = 300  # code points of a text that a message shows whole
CHOOSE = 'give "occurrence" or "context"'
_COPY = "copy it exactly from the article"
_ANNOTATORS = '"annotators": [{"id": "me", "kind": "human", "role": "annotator", "name": "My Name", "version": null}]'


def anchor(draft: Any, article: Article) -> Annotation:
    """Returns the complete annotation that a draft (parsed JSON) describes, with offsets in code points.

    Raises:
        InvalidError: a span fits no place or several, or the draft does not have the shape of an annotation.
    """
    issues: list[Issue] = []
    if isinstance(draft, dict):
        draft = draft | {"text_sha256": article.text_sha256}  # a draft survives a change of its seed
    anchoring = _Anchoring(article, draft, issues)
    anchored = anchoring.node(contract.record("annotation"), draft, ())
    lost = {issue.pointer for issue in issues}
    issues += anchoring.unsigned()
    issues += (issue for issue in schema_issues("annotation", anchored) if not _is_inside(issue.pointer, lost))
    if issues:
        raise InvalidError(issue.within("", article=article.id) for issue in issues)
    return convert(anchored, Annotation)


def start_of(article: Article, span: Any) -> int | None:
    """Returns where a span of a draft starts, or None if it fits no place or several."""
    try:
        return _Anchoring(article, None, []).start(span)
    except _NoPlaceError:
        return None


def _is_inside(pointer: str, others: set[str]) -> bool:
    parts = pointer.split("/")
    return any("/".join(parts[:i]) in others for i in range(2, len(parts) + 1))


def _is_id(found: Any) -> bool:
    return isinstance(found, str) and re.fullmatch(contract.at("article", "annotators/id")["pattern"], found) is not None


class _NoPlaceError(Exception):
    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class _Anchoring:
    def __init__(self, article: Article, draft: Any, issues: list[Issue]) -> None:
        self._article = article
        self._issues = issues
        self._draft = draft
        annotators = draft.get("annotators") if isinstance(draft, dict) else None
        self._annotators = annotators if isinstance(annotators, list) else []
        only = self._annotators[0] if len(self._annotators) == 1 else None
        self._only = only["id"] if isinstance(only, dict) and _is_id(only.get("id")) else None
        self._unsigned: list[str] = []

    def node(self, node: Node, draft: Any, path: tuple[str | int, ...]) -> Any:
        """Returns the draft's value with every span anchored and every missing key filled in, as the schema says."""
        if "items" in node and isinstance(draft, list):
            return [self.node(node["items"], item, (*path, i)) for i, item in enumerate(draft)]
        if node.get("properties", {}).keys() >= SPAN:
            return self._span(node, draft, path)
        if "properties" in node and isinstance(draft, dict):
            return self._object(node, draft, path)
        return draft

    def _object(self, node: Node, draft: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
        record = {}
        for key, child in node["properties"].items():
            if key in draft:
                record[key] = self.node(child, draft[key], (*path, key))
            elif key == "annotator":
                record[key] = self._signature(path)
            elif "null" in child.get("type", ()):
                record[key] = None
            elif child.get("type") == "array" and not child.get("minItems"):
                record[key] = []
        return record | {key: value for key, value in draft.items() if key not in record}

    def _signature(self, path: tuple[str | int, ...]) -> str:
        if self._only is None:
            self._unsigned.append(json_pointer(path))
        return self._only or "unsigned"

    def unsigned(self) -> Iterator[Issue]:
        """One issue for all items without an annotator, if it is not clear who signs them."""
        if not self._unsigned or len(self._annotators) == 1:  # of the only one, the schema says what is wrong
            return
        number = f"{len(self._unsigned)} item{'s' if len(self._unsigned) > 1 else ''}"
        ids = [str(one.get("id")) for one in self._annotators if isinstance(one, dict)]
        if ids:
            names = shortened(" or ".join(ids), 200)
            message = f'{number} without "annotator"; there are several annotators, so each item names one of them: {names}'
            yield Issue("schema-required", message, self._unsigned[0])
        else:
            message = f'there are no "annotators", so nobody signs {number}; add who made this draft: {_ANNOTATORS}'
            yield Issue("schema-required", message, "/annotators" if "annotators" in self._draft else "")

    def _span(self, node: Node, draft: Any, path: tuple[str | int, ...]) -> Any:
        given = {"text": draft} if isinstance(draft, str) else draft
        try:
            start = self.start(given)
        except _NoPlaceError as error:
            self._issues.append(Issue(error.code, str(error), json_pointer(path)))
            return draft
        rest = {key: value for key, value in given.items() if key not in PLACE}
        others = {"properties": {name: child for name, child in node["properties"].items() if name not in SPAN}}
        place = {"start": start, "end": start + len(given["text"]), "text": given["text"]}
        return place | self._object(others, rest, path)

    def start(self, given: Any) -> int:
        """Returns where a span starts; raises `_NoPlaceError` if it fits no place or several."""
        if not isinstance(given, dict) or not isinstance(given.get("text"), str):
            found = shortened(repr(given))
            raise _NoPlaceError("anchor-span", f'{found} is not a span; write its text, or {{"text": …, "occurrence": …}}')
        words = given["text"]
        everywhere = occurrences(self._article.text, words)
        begin, end = self._context(given["context"]) if "context" in given else (0, len(self._article.text))
        places = [place for place in everywhere if begin <= place and place + len(words) <= end]
        if "start" in given:
            places = [place for place in places if place == given["start"]]
        if "occurrence" in given:
            number = given["occurrence"]
            if type(number) is not int or not 1 <= number <= len(places):
                often = self._ambiguous(words, places) if places else self._absent(given, everywhere, begin, end)
                raise _NoPlaceError("anchor-occurrence", f"no occurrence {shortened(repr(number))}; {often}")
            return places[number - 1]
        if not places:
            raise _NoPlaceError("anchor-absent", self._absent(given, everywhere, begin, end))
        if len(places) > 1:
            raise _NoPlaceError("anchor-ambiguous", self._ambiguous(words, places))
        return places[0]

    def _context(self, context: Any) -> tuple[int, int]:
        text = self._article.text
        begin = text.find(context) if isinstance(context, str) else -1
        said = shortened(repr(context))
        if begin < 0:
            near = self._near(context, 0, len(text)) if isinstance(context, str) else ""
            raise _NoPlaceError("anchor-context", f"the context {said} does not occur in the article; {near or _COPY}")
        if text.find(context, begin + 1) >= 0:
            raise _NoPlaceError("anchor-context", f"the context {said} occurs more than once in the article; give a longer one")
        return begin, begin + len(context)

    def _absent(self, given: dict[str, Any], everywhere: list[int], begin: int, end: int) -> str:
        """Why there is no such place: what is near, first inside the context and then elsewhere."""
        text, words = self._article.text, given["text"]
        said = quoted(words)
        if "context" in given and words not in given["context"]:
            said = f"the context {quoted(given['context'])} does not have {said}"
        elif "context" in given:
            said = f"{said} is not in the context {quoted(given['context'])} as whole words"
        elif everywhere:
            return f"{said} is not at {shortened(repr(given.get('start')))}, but here: {self._listed(words, everywhere)}"
        else:
            said = f"{said} is not in the article as whole words"
        inside = text.find(words, begin, end)
        if inside >= 0 and words:
            return f"{said}; it is inside a longer word: {excerpt(text, inside, inside + len(words))}; {_COPY}"
        if near := self._near(words, begin, end):
            return f"{said}; {near}"
        return f"{said}; it is here: {self._listed(words, everywhere)}" if everywhere else f"{said}; {_COPY}"

    def _near(self, words: str, begin: int, end: int) -> str:
        near = near_miss(self._article.text, words, begin, end)
        if near is None:
            return ""
        found = self._article.text[near.start : near.end]
        exact = f"write {json.dumps(found, ensure_ascii=False)}" if len(found) <= _WHOLE else _COPY
        return f"the article has it with {near.differs}: {excerpt(self._article.text, near.start, near.end)}; {exact}"

    def _ambiguous(self, words: str, places: list[int]) -> str:
        return f"{quoted(words)} is in {len(places)} place(s), so {CHOOSE}: {self._listed(words, places)}"

    def _listed(self, words: str, places: list[int]) -> str:
        text = self._article.text
        found = "; ".join(
            f"{i}: {excerpt(text, place, place + len(words))}" for i, place in enumerate(places[:_LISTED], start=1)
        )
        return found + (f"; and {len(places) - _LISTED} more" if len(places) > _LISTED else "")
