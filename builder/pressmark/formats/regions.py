"""The regions of an article: one span, one label and flat attributes each, and the items that regions make.

Tools that know only labelled spans hold an article in this form. Ids in the attributes join what belongs together.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.record import contract
from pressmark.record.spans import spans
from pressmark.record.text import one_line, shortened
from pressmark.validation.level5_guidelines.values import VALUE_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pressmark.formats.reconcile import Item
    from pressmark.record.model import Article

    Report = Callable[[str, str], None]  # a region, and what is wrong with it

LABELS = {"entity": "entities/label", "role": None, "claim": None}
ROLES = {"SOURCE": "sources", "CUE": "cue", "CONTENT": "content", "ADDRESSEE": "addressees"}
FIRST = {  # the attributes of the first region of an item
    "entity": ("name", "kb_id", "value", "members"),
    "role": ("medium", "act", "status", "parent"),
    "claim": ("proposition", "types", "checkworthiness", "factuality", "quote", "about"),
}
CHOICES = {
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


def known_labels(kind: str) -> tuple[str, ...]:
    """Returns the labels of a kind of region."""
    path = LABELS[kind]
    return contract.labels(contract.at("article", path)) if path else tuple(ROLES) if kind == "role" else ("CLAIM",)


class Region(NamedTuple):
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
        return values if attribute in CHOICES else " ".join(values).split()


def regions_of(article: Article) -> Iterator[tuple[Region, float | None]]:
    """Returns the regions of an article, each with the confidence of its item."""
    for entity in article.entities:
        for i, mention in enumerate(entity.mentions, 1):
            own = {"level": mention.level, "entity_id": entity.id} | _first(entity, "entity", i)
            yield _region(f"{entity.id}_{i}", "entity", entity.label, mention, own), entity.confidence
    for quote in article.quotes:
        for label, role in ROLES.items():
            for i, span in enumerate(getattr(quote, role), 1):
                speaker = {f"source_{name}": getattr(span, name, None) for name in ("entity", "role", "type")}
                own = {"quote_id": quote.id} | speaker | (_first(quote, "role", i) if label == "CONTENT" else {})
                yield _region(f"{quote.id}_{label.lower()}{i}", "role", label, span, own), quote.confidence
    for claim in article.claims:
        for i, span in enumerate(claim.content, 1):
            own = {"claim_id": claim.id} | _first(claim, "claim", i)
            yield _region(f"{claim.id}_{i}", "claim", "CLAIM", span, own), claim.confidence


def _first(item: Any, kind: str, number: int) -> dict[str, Any]:
    return {name: getattr(item, name) for name in FIRST[kind]} if number == 1 else {}


def _region(name: str, kind: str, label: str, span: Any, values: dict[str, Any]) -> Region:
    listed = {
        key: list(value) if isinstance(value, tuple) else [value] for key, value in values.items() if value not in (None, ())
    }
    return Region(name, kind, label, span.start, span.end, listed)


def is_sound(region: Region, text: str, report: Report) -> bool:
    """Tells whether a region marks something in the text with a known label; if not, reports why."""
    name, start, end = region.name, region.start, region.end
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        report(name, f"has the offsets {start}:{end}, but the text has {len(text)} code points; it is left out")
    elif not text[start:end].strip():
        report(name, f"at {start}:{end} marks white space; it is left out")
    elif region.kind not in LABELS or region.label not in known_labels(region.kind):
        report(name, f"at {start}:{end} has the unknown label {shortened(str(region.label))!r}; it is left out")
    else:
        return True
    return False


def items(regions: Iterable[Region], text: str, report: Report) -> dict[str, list[Item]]:
    """Returns the items of each layer that the regions make. What is incomplete is reported and left out."""
    sound = [region for region in regions if is_sound(region, text, report)]
    return {
        "entities": _entities(sound, text, report),
        "quotes": _quotes(sound, text, report),
        "claims": _claims(sound, text, report),
    }


def _entities(regions: list[Region], text: str, report: Report) -> list[Item]:
    """Returns the entities: regions with the same ``entity_id`` are one entity."""
    found: dict[str, Item] = {}
    for region in (region for region in regions if region.kind == "entity"):
        level = region.one("level") or ("value" if region.label in VALUE_LABELS else None)
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
        for attribute in FIRST["entity"]:
            value = region.many(attribute) if attribute == "members" else region.one(attribute)
            entity[attribute] = entity.get(attribute) or value
    for entity in found.values():
        entity["mentions"].sort(key=lambda mention: (mention["start"], mention["end"]))
        entity["name"] = one_line(entity["name"] or entity["mentions"][0]["text"])
    return list(found.values())


def _quotes(regions: list[Region], text: str, report: Report) -> list[Item]:
    """Returns the quotes: regions with the same ``quote_id`` are one quote."""
    found = []
    for name, own in _grouped(regions, "role", "quote_id", report):
        quote: Item = {"id": name, "parent": None} | _attributes(own, "role")
        for label, role in ROLES.items():
            quote[role] = [_span(text, region) | _speaker(region, label) for region in own if region.label == label]
        if lacks := [key for key in ("content", "medium", "act", "status") if not quote.get(key)]:
            report(own[0].name, f"at {own[0].start}:{own[0].end}: the quote {name} has no {', '.join(lacks)}; it is left out")
        else:
            found.append(quote)
    return found


def _speaker(region: Region, label: str) -> Item:
    if label == "SOURCE":
        role = region.one("source_role") or "originator"
        return {"entity": region.one("source_entity"), "role": role, "type": region.one("source_type")}
    return {"entity": region.one("source_entity")} if label == "ADDRESSEE" else {}


def _claims(regions: list[Region], text: str, report: Report) -> list[Item]:
    """Returns the claims: regions with the same ``claim_id`` are one claim."""
    found = []
    for name, own in _grouped(regions, "claim", "claim_id", report):
        claim: Item = {"id": name, "quote": None, "about": []} | _attributes(own, "claim")
        claim["content"] = [_span(text, region) for region in own]
        if lacks := [key for key in ("proposition", "types", "checkworthiness", "factuality") if not claim.get(key)]:
            report(own[0].name, f"at {own[0].start}:{own[0].end}: the claim {name} has no {', '.join(lacks)}; it is left out")
        else:
            found.append(claim)
    return found


def _grouped(regions: list[Region], kind: str, key: str, report: Report) -> Iterator[tuple[str, list[Region]]]:
    groups: dict[str, list[Region]] = defaultdict(list)
    for region in sorted((region for region in regions if region.kind == kind), key=lambda region: (region.start, region.end)):
        if name := region.one(key):
            groups[name].append(region)
        else:
            report(region.name, f"at {region.start}:{region.end} has no {key}; it is left out")
    yield from groups.items()


def _attributes(own: list[Region], kind: str) -> Item:
    """Returns the attributes of an item, from whichever of its regions has them."""
    found: Item = {}
    for attribute in FIRST[kind]:
        for region in own:
            value = region.many(attribute) if attribute in {"types", "about"} else region.one(attribute)
            if value:
                found[attribute] = value
                break
    return found


def _span(text: str, region: Region) -> Item:
    """Cuts the text of a region: what the tool says of it is wrong where a line ends inside. White space at an edge goes."""
    (span,) = spans(text, [(region.start, region.end)])
    return {"start": span.start, "end": span.end, "text": span.text}
