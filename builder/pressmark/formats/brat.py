"""Writes and reads brat standoff for correcting all layers: ``NAME.txt``, ``NAME.ann`` and one ``annotation.conf``.

Mentions and claims are spans, quotes are events ``Attribution``. Labels are attributes. The note of an item's first span or
event has its id, then an entity's name or a claim's proposition. brat holds discontinuous spans itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pressmark.formats import standoff
from pressmark.formats.fields import LAYERS, SHAPES, fields
from pressmark.formats.reconcile import Foreign
from pressmark.record import contract
from pressmark.record.issue import Issue
from pressmark.record.spans import spans
from pressmark.record.text import one_line
from pressmark.validation.level5_guidelines.values import VALUE_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pressmark.formats.reconcile import Item
    from pressmark.formats.standoff import Standoff
    from pressmark.record.model import Article, Span

KEEPS = fields(*LAYERS) | frozenset(SHAPES)
SUFFIXES = (".ann",)

_ROLES = {"Source": "sources", "Cue": "cue", "Content": "content", "Addressee": "addressees"}
_LABELS = {"Level": "entities/mentions/level", "Medium": "quotes/medium", "Act": "quotes/act", "Status": "quotes/status"}
_LABELS |= {"SourceRole": "quotes/sources/role", "SourceType": "quotes/sources/type"}
_LABELS |= {"Checkworthiness": "claims/checkworthiness", "Factuality": "claims/factuality"}
_ARGUMENTS = {"Level": "<ENTITY>", "Medium": "<EVENT>", "Act": "<EVENT>", "Status": "<EVENT>"}
_ARGUMENTS |= {"SourceRole": "Source", "SourceType": "Source", "Checkworthiness": "Claim", "Factuality": "Claim"}
_TYPE = "Type_"  # of a claim: one attribute a type, since an attribute with values holds only one
_ENTITY_NOTE = re.compile(r"(e[1-9][0-9]*) (.*?)(?: \[value: (.*?)\])?(?: \[members: (.*?)\])?")


def write(articles: Iterable[Article]) -> Iterator[tuple[str, bytes]]:
    """Returns the files of a brat collection: its configuration, and for each article its text and its annotation."""
    yield "annotation.conf", config().encode()
    for article in articles:
        yield f"{article.id}.txt", article.text.encode()
        yield f"{article.id}.ann", _Lines(article).text().encode()


def config() -> str:
    """Returns ``annotation.conf``, which tells brat what can be marked."""
    entities = ["!Entity", *(f"\t{label}" for label in contract.labels(contract.at("article", "entities/label")))]
    roles = ["!Role", *(f"\t{role}" for role in _ROLES), "Claim"]
    relations = [
        "Coref\tArg1:Entity, Arg2:Entity, <REL-TYPE>:symmetric-transitive",
        "RefersTo\tArg1:Source|Addressee, Arg2:Entity",
        "NestedIn\tArg1:Content, Arg2:Content",
        "ClaimedIn\tArg1:Claim, Arg2:Content",
        "About\tArg1:Claim, Arg2:Entity",
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
    ]
    events = ["Attribution\tContent+:Content, Cue*:Cue, Source*:Source, Addressee*:Addressee"]
    attributes = [f"{name}\tArg:{_ARGUMENTS[name]}, Value:{'|'.join(_labels(name))}" for name in _LABELS]
    attributes += [f"{_TYPE}{kind}\tArg:Claim" for kind in contract.labels(contract.at("article", "claims/types"))]
    parts = {"entities": entities + roles, "relations": relations, "events": events, "attributes": attributes}
    return "\n".join(line for name, lines in parts.items() for line in (f"[{name}]", *lines, ""))


def _labels(name: str) -> tuple[str, ...]:
    return contract.labels(contract.at("article", _LABELS[name]))


class _Lines:
    """The lines of one file. Each kind counts its ids by itself."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self._lines: list[str] = []
        self._numbers: dict[str, int] = {}
        self._first: dict[str, str] = {}  # the first mention of an entity, and the first content of a quote
        for entity in article.entities:
            self._entity(entity)
        for quote in article.quotes:
            self._quote(quote)
        for quote in article.quotes:
            self._relation("NestedIn", self._first[quote.id], quote.parent)
        for claim in article.claims:
            self._claim(claim)

    def text(self) -> str:
        """Returns the content of the file."""
        return "".join(f"{line}\n" for line in self._lines)

    def _add(self, kind: str, rest: str) -> str:
        number = self._numbers[kind] = self._numbers.get(kind, 0) + 1
        self._lines.append(f"{kind}{number}\t{rest}")
        return f"{kind}{number}"

    def _span(self, label: str, marked: Iterable[Span]) -> str:
        """Adds a text-bound annotation. It is one line, so a span over several lines of the text is written in parts."""
        found = [(span, match) for span in marked for match in re.finditer(r"[^\r\n]+", span.text)]
        places = ";".join(f"{span.start + match.start()} {span.start + match.end()}" for span, match in found)
        return self._add("T", f"{label} {places}\t{' '.join(match[0] for _, match in found)}")

    def _note(self, target: str, text: str) -> None:
        self._add("#", f"AnnotatorNotes {target}\t{text}")

    def _attributes(self, target: str, values: dict[str, str | None]) -> None:
        for name, value in values.items():
            if value is not None:
                self._add("A", f"{name} {target} {value}")

    def _relation(self, name: str, target: str, item: str | None) -> None:
        if item is not None:
            self._add("R", f"{name} Arg1:{target} Arg2:{self._first[item]}\t")

    def _entity(self, entity: Any) -> None:
        for mention in entity.mentions:
            target = self._span(entity.label, [mention])
            self._attributes(target, {"Level": mention.level})
            if entity.id in self._first:
                self._relation("Coref", target, entity.id)
                continue
            self._first[entity.id] = target
            value = "" if entity.value is None else f" [value: {entity.value}]"
            members = f" [members: {' '.join(entity.members)}]" if entity.members else ""
            self._note(target, f"{entity.id} {entity.name}{value}{members}")
            if entity.kb_id is not None:
                self._add("N", f"Reference {target} {entity.kb_id}\t{entity.name}")

    def _quote(self, quote: Any) -> None:
        arguments = []
        for role, field in _ROLES.items():
            groups = (
                [[span] for span in getattr(quote, field)]
                if field in {"sources", "addressees"}
                else _apart(self._text, getattr(quote, field))
            )
            for i, group in enumerate(groups, 1):
                target = self._span(role, group)
                self._first.setdefault(quote.id, target) if role == "Content" else None
                arguments.append(f"{role}{i if i > 1 else ''}:{target}")
                self._speaker(target, role, group[0])
        trigger = self._span("Attribution", [(quote.cue or quote.content)[0]])
        event = self._add("E", f"Attribution:{trigger} {' '.join(arguments)}")
        self._attributes(event, {"Medium": quote.medium, "Act": quote.act, "Status": quote.status})
        self._note(event, quote.id)

    def _speaker(self, target: str, role: str, span: Any) -> None:
        if role == "Source":
            self._attributes(target, {"SourceRole": span.role, "SourceType": span.type})
        if role in {"Source", "Addressee"}:
            self._relation("RefersTo", target, span.entity)

    def _claim(self, claim: Any) -> None:
        (target, *others) = [self._span("Claim", group) for group in _apart(self._text, claim.content)]
        self._attributes(target, {"Checkworthiness": claim.checkworthiness, "Factuality": claim.factuality})
        for kind in claim.types:
            self._add("A", f"{_TYPE}{kind} {target}")
        self._note(target, f"{claim.id} {claim.proposition}")
        for other in others:
            self._note(other, claim.id)
        self._relation("ClaimedIn", target, claim.quote)
        for entity in claim.about:
            self._relation("About", target, entity)


def _apart(text: str, marked: Iterable[Span]) -> list[list[Span]]:
    """Groups spans so that each group can be one discontinuous span: spans with only white space between would become one."""
    groups: list[list[Span]] = []
    for span in marked:
        if groups and text[groups[-1][-1].end : span.start].strip():
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def read(path: Path) -> Iterator[Foreign]:
    """Reads ``NAME.ann``, and ``NAME.txt`` beside it.

    Raises:
        InvalidError: a line is not standoff, or an event refers to something that does not exist.
        OSError: a file cannot be read.
    """
    text, found = standoff.read(path)
    wrong: list[Issue] = []

    def report(target: str, message: str) -> None:
        place = f" at {found.bounds[target].parts[0][0]}" if target in found.bounds else ""
        wrong.append(Issue("brat", f"{target}{place} {message}; it is left out", file=str(path), article=path.stem))

    reader = _Reader(text, found, report)
    items = {"entities": reader.entities(), "quotes": reader.quotes(), "claims": reader.claims()}
    yield Foreign(path.stem, None, text, items, tuple(wrong))


class _Reader:
    """Makes items of a file's lines. ``_item`` is the item that a span or event belongs to."""

    def __init__(self, text: str, found: Standoff, report: Callable[[str, str], None]) -> None:
        self._text = text
        self._found = found
        self._report = report
        self._item: dict[str, str] = {}

    def entities(self) -> list[Item]:
        """Returns the entities: what Coref joins is one."""
        labels = set(contract.labels(contract.at("article", "entities/label")))
        names = {target: bound for target, bound in self._found.bounds.items() if bound.label in labels}
        first = {target: target for target in names}
        for kind, one, other in self._found.relations:
            if kind == "Coref" and one in first and other in first:
                old, new = sorted((first[one], first[other]), key=lambda target: target not in self._found.notes)[::-1]
                first |= {target: new for target, head in first.items() if head == old}
        made: dict[str, Item] = {}
        for target, bound in names.items():
            level = self._found.attributes[target].get("Level") or ("value" if bound.label in VALUE_LABELS else None)
            if level is None:
                self._report(target, "has no Level")
                continue
            head = first[target]
            entity = made.setdefault(head, self._named(head) | {"label": bound.label, "mentions": []})
            self._item[target] = entity["id"]
            entity["mentions"] += [span | {"level": level} for span in self._spans([target])]
            entity["kb_id"] = entity["kb_id"] or self._found.references.get(target)
        for entity in made.values():
            entity["name"] = one_line(entity["name"] or entity["mentions"][0]["text"])
        return list(made.values())

    def _named(self, head: str) -> Item:
        note = _ENTITY_NOTE.fullmatch(self._found.notes.get(head, ""))
        if note is None:
            return {"id": head, "name": "", "kb_id": None, "value": None, "members": []}
        return {"id": note[1], "name": note[2], "kb_id": None, "value": note[3], "members": (note[4] or "").split()}

    def quotes(self) -> list[Item]:
        """Returns the quotes, one an event."""
        made = []
        refers = {one: other for kind, one, other in self._found.relations if kind == "RefersTo"}
        for event in (event for event in self._found.events if event.type == "Attribution"):
            labels = {key: self._found.attributes[event.id].get(key.capitalize()) for key in ("medium", "act", "status")}
            quote: Item = {"id": self._found.notes.get(event.id, event.id), "parent": None} | labels
            for role, field in _ROLES.items():
                quote[field] = self._spans(event.of(role))
            quote["sources"] = [self._speaker(target, refers, "Source") for target in event.of("Source")]
            quote["addressees"] = [self._speaker(target, refers, "Addressee") for target in event.of("Addressee")]
            if lacks := [key.capitalize() for key in ("content", *labels) if not quote[key]]:
                self._report(event.id, f"has no {', '.join(lacks)}")
                continue
            self._item |= dict.fromkeys(event.of("Content"), str(quote["id"]))
            made.append(quote)
        parents = {
            self._item.get(one): self._item.get(other) for kind, one, other in self._found.relations if kind == "NestedIn"
        }
        return [quote | {"parent": parents.get(quote["id"])} for quote in made]

    def _speaker(self, target: str, refers: dict[str, str], role: str) -> Item:
        (span,) = self._spans([target])[:1]
        known = self._found.attributes[target]
        made = span | {"entity": self._item.get(refers.get(target, ""))}
        return (
            made | {"role": known.get("SourceRole", "originator"), "type": known.get("SourceType")}
            if role == "Source"
            else made
        )

    def claims(self) -> list[Item]:
        """Returns the claims. Spans whose notes begin with the same id are one claim."""
        made: dict[str, Item] = {}
        for target in (target for target, bound in self._found.bounds.items() if bound.label == "Claim"):
            name, _, proposition = self._found.notes.get(target, "").partition(" ")
            if re.fullmatch(r"c[1-9][0-9]*", name) and name in made:
                made[name]["content"] += self._spans([target])
                continue
            known = self._found.attributes[target]
            labels = {"checkworthiness": known.get("Checkworthiness"), "factuality": known.get("Factuality")}
            types = [name.removeprefix(_TYPE) for name in known if name.startswith(_TYPE)]
            claim: Item = {
                "id": name or target,
                "content": self._spans([target]),
                "proposition": proposition,
                "types": types,
            } | labels
            claim["quote"] = next(iter(self._related("ClaimedIn", target)), None)
            claim["about"] = self._related("About", target)
            if lacks := [key for key in ("proposition", "types", *labels) if not claim[key]]:
                self._report(target, f"is a claim without {', '.join(lacks)}")
            else:
                made[claim["id"]] = claim
        return list(made.values())

    def _related(self, kind: str, target: str) -> list[str]:
        others = [other for name, one, other in self._found.relations if (name, one) == (kind, target)]
        return [self._item[other] for other in others if other in self._item]

    def _spans(self, targets: Iterable[str]) -> list[Item]:
        parts = (standoff.joined(self._text, self._found.bounds[target].parts, over_lines=True) for target in targets)
        made = spans(self._text, (part for found in parts for part in found))
        return [{"start": span.start, "end": span.end, "text": span.text} for span in made]
