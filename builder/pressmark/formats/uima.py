"""Holds an article as a UIMA CAS for INCEpTION, and reads it back. `uima_json` and `uima_xmi` are the files.

Layers are custom ones of INCEpTION (``webanno.custom``). Link features join an item's spans; links go only to our own layers,
and an empty one is left unset, since cassis 0.12 cannot read an empty one from JSON. On disk UIMA counts UTF-16 units; cassis
converts them, so offsets here are code points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cassis import Cas, TypeSystem
from cassis.typesystem import TYPE_NAME_FS_ARRAY, TYPE_NAME_STRING, TYPE_NAME_TOP

from pressmark.formats.fields import LAYERS, SHAPES, fields
from pressmark.formats.reconcile import Foreign
from pressmark.record.issue import Issue
from pressmark.record.spans import spans
from pressmark.validation.level5_guidelines.values import VALUE_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pressmark.formats.reconcile import Item
    from pressmark.record.model import Article

KEEPS = fields(*LAYERS) | frozenset(SHAPES)
_P = "webanno.custom."
_SPEAKER = {"entity": "EntityMention"}
# The layers of spans: features that are strings, and link features with the layer that they lead to.
_STRINGS = {
    "EntityMention": ("entity", "label", "level", "name", "identifier", "value", "members"),
    "QuoteContent": ("quote", "medium", "act", "status"),
    "QuoteSource": ("role", "sourceType"),
    "QuoteAddressee": (),
    "QuoteCue": (),
    "Claim": ("claim", "proposition", "types", "checkworthiness", "factuality"),
    "Extension": (),
    "ArticleInfo": ("article", "textHash"),
}
_LINKS = {
    "QuoteContent": {
        "sources": "QuoteSource",
        "cues": "QuoteCue",
        "addressees": "QuoteAddressee",
        "more": "Extension",
        "parent": "QuoteContent",
    },
    "QuoteSource": _SPEAKER,
    "QuoteAddressee": _SPEAKER,
    "Claim": {"quote": "QuoteContent", "about": "EntityMention", "more": "Extension"},
}


def type_system() -> Any:
    """Returns the type system, to be imported into a project of INCEpTION before the documents."""
    made = TypeSystem()
    types = {layer: made.create_type(_P + layer, "uima.tcas.Annotation") for layer in _STRINGS}
    for layer, names in _STRINGS.items():
        for name in names:
            made.create_feature(types[layer], name, TYPE_NAME_STRING)
    for layer, links in _LINKS.items():
        for name, target in links.items():
            link = made.create_type(_link(layer, name), TYPE_NAME_TOP)
            made.create_feature(link, "role", TYPE_NAME_STRING)
            made.create_feature(link, "target", types[target])
            made.create_feature(types[layer], name, TYPE_NAME_FS_ARRAY, elementType=link)
    return made


def _link(layer: str, name: str) -> str:
    return f"{_P}{layer}{name[0].upper()}{name[1:]}Link"


class Writer:
    """Makes the CAS of one article."""

    def __init__(self, article: Article, types: Any) -> None:
        self._types = types
        self.cas = Cas(typesystem=types)
        self.cas.sofa_string = article.text
        self.cas.sofa_mime = "text/plain"
        self._heads: dict[str, Any] = {}  # the first span of each item
        self._add("ArticleInfo", (0, len(article.text)), article=article.id, textHash=article.text_sha256)
        for entity in article.entities:
            self._entity(entity)
        for quote in article.quotes:
            self._quote(quote)
        for quote in article.quotes:
            self._join(self._heads[quote.id], "parent", [self._heads[quote.parent]] if quote.parent else [])
        for claim in article.claims:
            self._claim(claim)

    def _add(self, layer: str, place: tuple[int, int], **features: str | None) -> Any:
        made = self._types.get_type(_P + layer)(begin=place[0], end=place[1], **features)
        self.cas.add(made)
        return made

    def _join(self, one: Any, name: str, targets: list[Any]) -> None:
        if targets:
            link = self._types.get_type(_link(one.type.name.removeprefix(_P), name))
            array = self._types.get_type(TYPE_NAME_FS_ARRAY)
            setattr(one, name, array(elements=[link(role=name, target=target) for target in targets]))

    def _entity(self, entity: Any) -> None:
        same = {"entity": entity.id, "label": entity.label}
        first = {"name": entity.name, "identifier": entity.kb_id, "value": entity.value}
        first["members"] = " ".join(entity.members) or None
        for mention in entity.mentions:
            is_first = entity.id not in self._heads
            made = self._add("EntityMention", mention.range, level=mention.level, **same, **(first if is_first else {}))
            self._heads.setdefault(entity.id, made)

    def _quote(self, quote: Any) -> None:
        (head, *more) = quote.content
        labels = {"medium": quote.medium, "act": quote.act, "status": quote.status}
        made = self._heads[quote.id] = self._add("QuoteContent", head.range, quote=quote.id, **labels)
        self._join(made, "more", [self._add("Extension", span.range) for span in more])
        self._join(made, "cues", [self._add("QuoteCue", span.range) for span in quote.cue])
        sources = [self._add("QuoteSource", one.range, role=one.role, sourceType=one.type) for one in quote.sources]
        addressees = [self._add("QuoteAddressee", one.range) for one in quote.addressees]
        for span, one in zip((*sources, *addressees), (*quote.sources, *quote.addressees), strict=True):
            self._join(span, "entity", [self._heads[one.entity]] if one.entity else [])
        self._join(made, "sources", sources)
        self._join(made, "addressees", addressees)

    def _claim(self, claim: Any) -> None:
        (head, *more) = claim.content
        labels = {"checkworthiness": claim.checkworthiness, "factuality": claim.factuality, "types": " ".join(claim.types)}
        made = self._add("Claim", head.range, claim=claim.id, proposition=claim.proposition, **labels)
        self._join(made, "more", [self._add("Extension", span.range) for span in more])
        self._join(made, "quote", [self._heads[claim.quote]] if claim.quote else [])
        self._join(made, "about", [self._heads[entity] for entity in claim.about])


def read(path: Path, cas: Any) -> Foreign:
    """Returns what a CAS says of its article.

    Raises:
        ValueError: it has no text.
    """
    if cas.sofa_string is None:
        raise ValueError("it has no text")
    infos = [one for one in _of(cas, "ArticleInfo") if one.article]
    name = infos[0].article if infos else path.name.partition(".")[0]
    wrong: list[Issue] = []

    def report(one: Any, message: str) -> None:
        wrong.append(Issue("uima", f"{one.type.short_name} {one.xmiID} at {one.begin} {message}", file=str(path), article=name))

    reader = _Reader(cas, report)
    items = {"entities": reader.entities(), "quotes": reader.quotes(), "claims": reader.claims()}
    return Foreign(name, infos[0].textHash if infos else None, cas.sofa_string, items, tuple(wrong))


def _of(cas: Any, layer: str) -> list[Any]:
    return list(cas.select(_P + layer)) if cas.typesystem.contains_type(_P + layer) else []


def _targets(one: Any, name: str) -> list[Any]:
    array = one.get(name)
    elements = getattr(array, "elements", array) or []
    return [link.target for link in elements if link is not None and link.target is not None]


class _Reader:
    """Makes items of the annotations. ``_item`` is the item that an annotation belongs to."""

    def __init__(self, cas: Any, report: Callable[[Any, str], None]) -> None:
        self._cas = cas
        self._report = report
        self._item: dict[int, str] = {}

    def entities(self) -> list[Item]:
        """Returns the entities: mentions with the same ``entity`` are one entity."""
        made: dict[str, Item] = {}
        for one in self._sound("EntityMention"):
            level = one.level or ("value" if one.label in VALUE_LABELS else None)
            name = one.entity or (f"new{one.xmiID}" if level in {"name", "value"} else None)
            if not (level and one.label and name):
                lacks = "level" if not level else "label" if not one.label else "entity"
                self._report(one, f"has no {lacks}; it is left out")
                continue
            self._item[id(one)] = name
            entity = made.setdefault(name, {"id": name, "label": one.label, "mentions": [], "members": []})
            entity["mentions"] += [span | {"level": level} for span in self._spans([one])]
            for key, value in {"name": one.name, "kb_id": one.identifier, "value": one.value}.items():
                entity[key] = entity.get(key) or value
            entity["members"] = entity["members"] or (one.members or "").split()
        for entity in made.values():
            entity["name"] = entity["name"] or entity["mentions"][0]["text"]
        return list(made.values())

    def quotes(self) -> list[Item]:
        """Returns the quotes, one a content."""
        heads = self._sound("QuoteContent")
        self._item |= {id(one): one.quote or f"new{one.xmiID}" for one in heads}
        made = []
        for one in heads:
            quote: Item = {"id": self._item[id(one)], "medium": one.medium, "act": one.act, "status": one.status}
            if lacks := [key for key in ("medium", "act", "status") if not quote[key]]:
                self._report(one, f"has no {', '.join(lacks)}; it is left out")
                continue
            quote |= {"content": self._spans([one, *_targets(one, "more")]), "cue": self._spans(_targets(one, "cues"))}
            quote["parent"] = next(iter(self._refers(one, "parent")), None)
            sources, addressees = _targets(one, "sources"), _targets(one, "addressees")
            quote["sources"] = [
                self._speaker(span) | {"role": span.role or "originator", "type": span.sourceType or None} for span in sources
            ]
            quote["addressees"] = [self._speaker(span) for span in addressees]
            made.append(quote)
        return made

    def _speaker(self, one: Any) -> Item:
        return self._spans([one])[0] | {"entity": next(iter(self._refers(one, "entity")), None)}

    def claims(self) -> list[Item]:
        """Returns the claims."""
        made = []
        for one in self._sound("Claim"):
            labels = {key: one.get(key) for key in ("proposition", "checkworthiness", "factuality")}
            claim: Item = {"id": one.claim or f"new{one.xmiID}", "types": (one.types or "").split()} | labels
            if lacks := [key for key in ("types", *labels) if not claim[key]]:
                self._report(one, f"has no {', '.join(lacks)}; it is left out")
                continue
            claim["content"] = self._spans([one, *_targets(one, "more")])
            claim["quote"] = next(iter(self._refers(one, "quote")), None)
            made.append(claim | {"about": self._refers(one, "about")})
        return made

    def _refers(self, one: Any, name: str) -> list[str]:
        return [self._item[id(target)] for target in _targets(one, name) if id(target) in self._item]

    def _sound(self, layer: str) -> list[Any]:
        found = []
        for one in _of(self._cas, layer):
            if self._spans([one]):
                found.append(one)
            else:
                self._report(one, "marks no text; it is left out")
        return found

    def _spans(self, marked: Iterable[Any]) -> list[Item]:
        made = spans(self._cas.sofa_string, ((one.begin, one.end) for one in marked))
        return [{"start": span.start, "end": span.end, "text": span.text} for span in made]
