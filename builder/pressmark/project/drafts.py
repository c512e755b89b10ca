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

from typing import TYPE_CHECKING, Any

from pressmark.record import contract
from pressmark.record.issue import InvalidError, Issue, json_pointer
from pressmark.record.model import Annotation, Article
from pressmark.record.text import excerpt, occurrences, quoted, shortened
from pressmark.validation import convert, schema_issues

if TYPE_CHECKING:
    from pressmark.record.contract import Node

SPAN = {"start", "end", "text"}
PLACE = SPAN | {"occurrence", "context"}
_LISTED = 12  # candidates that a message lists


def anchor(draft: Any, article: Article) -> Annotation:
    """Returns the complete annotation that a draft (parsed JSON) describes, with offsets in code points.

    Raises:
        InvalidError: a span fits no place or several, or the draft does not have the shape of an annotation.
    """
    issues: list[Issue] = []
    if isinstance(draft, dict):
        draft = draft | {"text_sha256": article.text_sha256}  # a draft survives a change of its seed
    anchored = _Anchoring(article, draft, issues).node(contract.record("annotation"), draft, ())
    if not issues:
        issues = list(schema_issues("annotation", anchored))
    if issues:
        raise InvalidError(issue.within("", article=article.id) for issue in issues)
    return convert(anchored, Annotation)


class _NoPlaceError(Exception):
    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class _Anchoring:
    def __init__(self, article: Article, draft: Any, issues: list[Issue]) -> None:
        self._article = article
        self._issues = issues
        annotators = draft.get("annotators") if isinstance(draft, dict) else None
        only = annotators[0] if isinstance(annotators, list) and len(annotators) == 1 else None
        self._defaults = {}
        if isinstance(only, dict) and "id" in only:
            self._defaults["annotator"] = only["id"]

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
            elif key in self._defaults:
                record[key] = self._defaults[key]
            elif "null" in child.get("type", ()):
                record[key] = None
            elif child.get("type") == "array" and not child.get("minItems"):
                record[key] = []
        return record | {key: value for key, value in draft.items() if key not in record}

    def _span(self, node: Node, draft: Any, path: tuple[str | int, ...]) -> Any:
        given = {"text": draft} if isinstance(draft, str) else draft
        try:
            start = self._start(given)
        except _NoPlaceError as error:
            self._issues.append(Issue(error.code, str(error), json_pointer(path)))
            return draft
        rest = {key: value for key, value in given.items() if key not in PLACE}
        others = {"properties": {name: child for name, child in node["properties"].items() if name not in SPAN}}
        place = {"start": start, "end": start + len(given["text"]), "text": given["text"]}
        return place | self._object(others, rest, path)

    def _start(self, given: Any) -> int:
        if not isinstance(given, dict) or not isinstance(given.get("text"), str):
            found = shortened(repr(given))
            raise _NoPlaceError("anchor-span", f'{found} is not a span; write its text, or {{"text": …, "occurrence": …}}')
        words = given["text"]
        places = occurrences(self._article.text, words)
        if "start" in given:
            places = [place for place in places if place == given["start"]]
        if "context" in given:
            begin, end = self._context(given["context"])
            places = [place for place in places if begin <= place and place + len(words) <= end]
        if "occurrence" in given:
            number = given["occurrence"]
            if type(number) is not int or not 1 <= number <= len(places):
                wrong = f"no occurrence {shortened(repr(number))}; {self._candidates(words, places)}"
                raise _NoPlaceError("anchor-occurrence", wrong)
            return places[number - 1]
        if len(places) != 1:
            raise _NoPlaceError("anchor-ambiguous" if places else "anchor-absent", self._candidates(words, places))
        return places[0]

    def _context(self, context: Any) -> tuple[int, int]:
        text = self._article.text
        begin = text.find(context) if isinstance(context, str) else -1
        if begin < 0 or text.find(context, begin + 1) >= 0:
            often = "does not occur" if begin < 0 else "occurs more than once"
            raise _NoPlaceError(
                "anchor-context", f"the context {shortened(repr(context))} {often} in the article; it must occur once"
            )
        return begin, begin + len(context)

    def _candidates(self, words: str, places: list[int]) -> str:
        text = self._article.text
        if not places:
            inside = text.find(words)
            near = f"; it is inside a longer word: {excerpt(text, inside, inside + len(words))}" if inside >= 0 else ""
            return f"{quoted(words)} is not in the article as whole words{near}; copy it exactly from the article"
        found = "; ".join(
            f"{i}: {excerpt(text, place, place + len(words))}" for i, place in enumerate(places[:_LISTED], start=1)
        )
        more = f"; and {len(places) - _LISTED} more" if len(places) > _LISTED else ""
        return f'{quoted(words)} is in {len(places)} place(s), so give "occurrence" or "context": {found}{more}'
