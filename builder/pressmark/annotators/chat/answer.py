"""What is made of the language model's answer: a draft, then items anchored in the text, then a valid article.

Nothing in the answer is trusted. Each item is anchored by itself; an item that cannot be anchored is reported and left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any, cast

from pressmark.annotators.chat.prompt import LAYERS
from pressmark.annotators.drop_invalid import drop_invalid
from pressmark.project.drafts import anchor
from pressmark.record import contract
from pressmark.record.issue import InvalidError
from pressmark.record.text import quoted
from pressmark.segment import segment
from pressmark.validation import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.record.model import Annotation, Article, Claim

    Report = Callable[[str], None]

_THOUGHT = re.compile(r"<think>.*?(</think>|\Z)", re.DOTALL)
_MOST = 6000  # parts a layer; a piece of an article has some hundreds
_MEANT = {"quote", "parent"}  # without these a claim would be another's, and a quote would be no denied one


def draft_in(answer: bytes) -> dict[str, Any]:
    """Extract the draft from an answer of the endpoint.

    Raises:
        ValueError: the answer is not a chat completion that holds a draft.
    """
    written = _written(_choice(answer))
    content = _THOUGHT.sub("", written).rpartition("</think>")[2]  # some servers send only the end of a thought
    begin, end = content.find("{"), content.rfind("}") + 1  # some wrap it into ```json
    if not 0 <= begin < end:
        raise ValueError(f"it wrote {quoted(content)} instead of a JSON object")
    found = parse(content[begin:end].encode("utf-8", "surrogatepass"))
    if not isinstance(found, dict) or not any(isinstance(found.get(layer), list) for layer in LAYERS):
        raise ValueError("its JSON has no list of entities, quotes or claims")
    return found


def _choice(answer: bytes) -> dict[str, Any]:
    """The first choice of a chat completion, which was not cut off."""
    try:
        completion = parse(answer)
    except ValueError as error:
        raise ValueError(f"the answer is no chat completion ({error}); is OPENAI_BASE_URL right?") from None
    match completion:
        case {"choices": [{"finish_reason": "length"}, *_]}:
            raise ValueError(
                "its answer was cut off, because it reached the limit of its length; raise that limit, or divide the article"
            )
        case {"choices": [{"message": {"refusal": str() as why}}, *_]} if why:
            raise ValueError(f"it refused: {quoted(why)}")
        case {"choices": [{"message": {"content": str() | list()}} as choice, *_]}:
            return cast("dict[str, Any]", choice)
        case {"error": {"message": str() as why}}:
            raise ValueError(f"the server says {quoted(why)}")
    raise ValueError("the answer is not a chat completion with text")


def _written(choice: dict[str, Any]) -> str:
    """The text of an answer; some servers send it in parts."""
    content = choice["message"]["content"]
    if isinstance(content, str):
        return content
    parts = [part.get("text") for part in content if isinstance(part, dict)]
    return "".join(part for part in parts if isinstance(part, str))


def bounded(draft: dict[str, Any], name: str, report: Report) -> dict[str, Any]:
    """The draft with only its layers, each with at most `_MOST` parts: items, mentions, spans."""
    made = {}
    for layer in LAYERS:
        given = draft.get(layer)
        items = given if isinstance(given, list) else []
        sizes = list(accumulate(map(_size, items)))
        made[layer] = items[: bisect_right(sizes, _MOST)]
        if left := len(items) - len(made[layer]):
            report(f"{name}: the {layer} have {sizes[-1]:,} parts; the last {left:,} {layer} are left out")
    return made


def _size(item: Any) -> int:
    return 1 + sum(len(part) for part in item.values() if isinstance(part, list)) if isinstance(item, dict) else 1


def anchored(draft: dict[str, Any], article: Article, signature: str, report: Report) -> dict[str, list[Any]]:
    """Anchor each item of the draft in the text, by layer. Report and leave out items that cannot be anchored."""
    return {layer: [one for item in draft[layer] for one in _item(layer, item, article, signature, report)] for layer in LAYERS}


def _item(layer: str, item: Any, article: Article, signature: str, report: Report) -> Iterator[Any]:
    item = item | {"annotator": signature, "confidence": None} if isinstance(item, dict) else item
    mentions = item.get("mentions") if isinstance(item, dict) and layer == "entities" else None
    if not isinstance(mentions, list):
        yield from getattr(_one(layer, item, article, report), layer, ())
        return
    whole = [_one(layer, item | {"mentions": [mention]}, article, report) for mention in mentions]
    found = [annotation.entities[0] for annotation in whole if annotation]
    if found:
        yield replace(found[0], mentions=tuple(entity.mentions[0] for entity in found))


def _one(layer: str, item: Any, article: Article, report: Report) -> Annotation | None:
    """Make an annotation of that item alone. If it cannot be anchored, report that and return None.

    A wrong value is left open where the schema allows that: a made-up ``kb_id`` costs no entity.
    """
    layers = dict.fromkeys(("zones", *LAYERS), "none") | {layer: "silver"}
    try:
        return anchor({"id": article.id, "annotators": [], "layers": layers, layer: [item]}, article)
    except InvalidError as invalid:
        pointers = [issue.pointer for issue in invalid.issues]
        can_be_open = all(map(_may_be_open, pointers))
        for issue in invalid.issues:
            report(f"{'left open' if can_be_open else 'dropped'}: {issue}")
    if not can_be_open:
        return None
    for pointer in pointers:
        item = _without(item, pointer.split("/")[3:])
    return _one(layer, item, article, report)


def _may_be_open(pointer: str) -> bool:
    """Whether the value may be null, and nothing else means something else then."""
    node, path = contract.record("annotation"), pointer.split("/")[1:]
    for part in path:
        node = node["items"] if part.isdecimal() else node.get("properties", {}).get(part, {})
    return "null" in node.get("type", ()) and path[-1] not in _MEANT


def _without(node: Any, path: list[str]) -> Any:
    first, *rest = path
    if isinstance(node, list):
        return [_without(one, rest) if i == int(first) else one for i, one in enumerate(node)]
    return node | {first: _without(node[first], rest) if rest else None}


def applied(article: Article, made: dict[str, list[Any]], free: set[str], report: Report) -> Article:
    """Put the items into the free layers of the article, and drop those that break a rule.

    The model does not know the ids of the other layers. So a source is the entity that is mentioned at its very place, and a
    claim belongs to the innermost quote around it.
    """
    entities = made["entities"] if "entities" in free else article.entities
    ids = {entity.id for entity in made["entities"]} if "entities" in free else set()
    places = {mention.range: entity.id for entity in entities for mention in entity.mentions}

    def known(spans: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(one, entity=one.entity if one.entity in ids else places.get(one.range)) for one in spans)

    quotes = [replace(one, sources=known(one.sources), addressees=known(one.addressees)) for one in made["quotes"]]
    claims = [replace(claim, about=tuple(name for name in claim.about if name in ids)) for claim in made["claims"]]
    if "quotes" not in free:
        claims = [replace(claim, quote=_quote_around(claim, article)) for claim in claims]
    layers: dict[str, Any] = {"entities": tuple(made["entities"]), "quotes": tuple(quotes), "claims": tuple(claims)}
    chosen: dict[str, Any] = {layer: items for layer, items in layers.items() if layer in free}
    silver: dict[str, Any] = dict.fromkeys(chosen, "silver")
    return drop_invalid(segment(replace(article, **chosen, layers=replace(article.layers, **silver))), report)


def _quote_around(claim: Claim, article: Article) -> str | None:
    around = [
        (sum(span.end - span.start for span in quote.content), quote.id)
        for quote in article.quotes
        if all(any(outer.holds(span) for outer in quote.content) for span in claim.content)
    ]
    return min(around)[1] if around else None
