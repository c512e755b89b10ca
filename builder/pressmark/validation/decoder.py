"""The fast path: it may only say "accept". Whatever it does not accept goes to the judge, who explains.

`decoded` reads a JSON text straight into objects whose types are made from the schema (level 1 and 2); `clean` runs all rules
of levels 3 to 5 at once, in their cheapest form, and leaves every odd case to the rules themselves. A differential test holds
both to what the judge says.
"""

from __future__ import annotations

import re
import sys
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import msgspec

from pressmark.record import contract
from pressmark.record.model import Article, Layers, Mention, Metadata, Relation, Span, Zone

if TYPE_CHECKING:
    from pressmark.record.contract import Node

_WORDS = {"spans": Article.spans, "fragments": Article.fragments, "overlaps": Span.overlaps, "holds": Span.holds}
_WORDS |= {"prose": Zone.prose, "flat": Mention.flat}  # what rules ask the objects of the model


@cache
def decoder(kind: contract.Kind = "article") -> msgspec.json.Decoder[Any]:
    """Reads records of a kind into objects that have the fields of the model's, and its methods."""
    return msgspec.json.Decoder(_shape(kind))


@cache
def _shape(kind: contract.Kind) -> Any:
    return _type(contract.record(kind), kind)


def _read(kind: contract.Kind, data: bytes) -> Any:
    """The object that a JSON text is, or None where it is none of that kind."""
    try:
        return decoder(kind).decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _type(node: Node, name: str) -> Any:
    """The type that takes what the schema takes; its patterns are left to `forms`."""
    if "const" in node or "enum" in node:
        return Literal[tuple(node.get("enum", [node.get("const")]))]
    wanted = node["type"]
    kind: Any
    match wanted[0] if isinstance(wanted, list) else wanted:
        case "object":
            kind = _struct(node, name)
        case "array":
            kind = list[_type(node["items"], name)]  # type: ignore[misc]
            if node.get("minItems"):
                kind = Annotated[kind, msgspec.Meta(min_length=node["minItems"])]
        case "string":
            kind = Annotated[str, msgspec.Meta(min_length=node["minLength"])] if node.get("minLength") else str
        case "integer":
            kind = Annotated[int, msgspec.Meta(ge=node["minimum"], le=node["maximum"])]
        case _:
            kind = Annotated[float, msgspec.Meta(ge=node["minimum"], le=node["maximum"])]
    return kind | None if isinstance(wanted, list) else kind


def _struct(node: Node, name: str) -> type[msgspec.Struct]:
    fields: list[Any] = [(key, _type(child, key)) for key, child in node["properties"].items() if key != contract.EDITORS_KEY]
    rename = None
    if contract.EDITORS_KEY in node["properties"]:
        fields.append(("editors_key", str | msgspec.UnsetType, msgspec.UNSET))
        rename = {"editors_key": contract.EDITORS_KEY}
    return msgspec.defstruct(name, fields, forbid_unknown_fields=True, gc=False, rename=rename, namespace=dict(_WORDS))


def decoded(data: bytes) -> Article | None:
    """The article that a JSON text is, or None where that is not sure. Its forms are not looked at."""
    article = _read("article", data)
    if article is None:
        return None
    escapes, colons = _counts(data)
    if escapes != article.text.count("\n") and (b"\\u0000" in data or b"\\u003" in data):
        return None  # a NUL, or colons that the count would miss; the line ends of the text are escapes for sure
    return cast(Article, article) if colons == _keys(article) + _colons_said(article) else None


_REASONS: tuple[tuple[str, str | None], ...] = (  # what msgspec says, and the code for it
    ("missing required field", "schema-required"),
    ("unknown field", "schema-additional-properties"),
    ("Invalid enum value", "schema-enum"),
    ("`str` of length", "schema-min-length"),
    ("`array` of length", "schema-min-items"),
    (" >= ", "schema-minimum"),
    (" <= ", "schema-maximum"),
    ("Expected `str`", None),  # a label of another type is no label, and no string is of another type
    ("Expected `", "schema-type"),
)


def rejected(data: bytes) -> str | None:
    """The code of one thing that is wrong with the shape of an article, at no cost; None where that is not sure."""
    try:
        decoder().decode(data)
    except msgspec.ValidationError as error:
        said = str(error)
        code = next((code for reason, code in _REASONS if reason in said), None)
        return "schema-const" if code == "schema-enum" and said.endswith(("offset_unit`", "schema_version`")) else code
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    return None


def converted(record: Any) -> Article | None:
    """The article that parsed JSON is, or None where that is not sure. Its forms are not looked at."""
    try:
        return cast(Article, msgspec.convert(record, _shape("article")))
    except (msgspec.MsgspecError, RecursionError):
        return None


def _counts(data: bytes) -> tuple[int, int]:
    """How many backslashes and colons there are; `numpy` counts several times as fast, but takes a while to import."""
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return data.count(b"\\"), data.count(b":")
    array = numpy.frombuffer(data, numpy.uint8)
    return int(numpy.count_nonzero(array == ord("\\"))), int(numpy.count_nonzero(array == ord(":")))


_MANY = 200  # ids of one article
_ALWAYS = sum(len(part.__slots__) for part in (Article, Metadata, Layers))  # keys of the article, its metadata and its layers


def _keys(article: Any) -> int:
    """How many keys the article has.

    All objects are closed and all keys required: a colon more in the text, outside its strings, is a key that stands twice.
    """
    count = _ALWAYS + 4 * (len(article.zones) + len(article.annotators)) + 3 * len(article.sentences)
    for entity in article.entities:
        count += 8 + 4 * len(entity.mentions)
    for quote in article.quotes:
        count += 10 + 3 * (len(quote.content) + len(quote.verbatim) + len(quote.cue)) + 5 * len(quote.sources)
    for claim in article.claims:
        count += 10 + 3 * len(claim.content)
    return count + (article.editors_key is not msgspec.UNSET)


def _colons_said(article: Any) -> int:
    """How many colons stand in the strings of the article. Labels have none; ids that have are no ids, and go to the judge."""
    said = names(article)
    said += [entity.kb_id for entity in article.entities]
    said += [annotator.version for annotator in article.annotators]
    said.append(article.metadata.source_file)
    if article.editors_key is not msgspec.UNSET:
        said.append(article.editors_key)
    if ":" in article.text:
        said.append(article.text)
        said += [span.text for _, span in Article.spans(article)]
    return "".join(filter(None, said)).count(":")


def names(article: Any) -> list[str | None]:
    """What the article, its entities, claims and annotators are called, and what they say."""
    metadata = article.metadata
    found = [entity.name for entity in article.entities]
    found += [entity.value for entity in article.entities]
    found += [claim.proposition for claim in article.claims]
    found += [annotator.name for annotator in article.annotators]
    found += metadata.title, metadata.publisher, metadata.author, metadata.url, metadata.license
    return found


def related(data: bytes) -> Relation | None:
    """The relation that a JSON text is, or None where it is none, is wrong, or that is not sure."""
    found = _read("relation", data)
    if found is None:
        return None
    said = f"{found.note}{'' if found.editors_key is msgspec.UNSET else found.editors_key}"
    keys = 8 + 2 * 2 + (found.editors_key is not msgspec.UNSET)
    if b"\\u" in data or data.count(b":") != keys + said.count(":"):  # see `decoded`
        return None
    is_formed = (
        _pattern("id", "relation").fullmatch(found.id)
        and of_form("annotators/id", {found.annotator})
        and of_form("claims/id", {found.a.claim, found.b.claim})
        and of_form("id", {found.a.article, found.b.article})
        and len(set(found.differs_in)) == len(found.differs_in)
    )
    return msgspec.convert(found, Relation, from_attributes=True) if is_formed else None


@cache
def _pattern(path: str, kind: contract.Kind = "article") -> re.Pattern[str]:
    return re.compile(contract.at(kind, path)["pattern"].removeprefix("^").removesuffix("$"))


_KNOWN: dict[str, set[str]] = {}  # strings of a form that were seen, by the path of the form


def remember(known: set[Any], found: set[Any], limit: int = 10**5) -> None:
    """Add what was found to what is known, which is begun anew when it is more than ``limit``."""
    if len(known) > limit:
        known.clear()
    known |= found


def of_form(path: str, found: set[str], limit: int = 10**5) -> bool:
    """Whether all strings have the form of a path. Ids and names recur, so up to ``limit`` that were seen are remembered."""
    known = _KNOWN.setdefault(path, set())
    if found <= known:
        return True
    fullmatch = _pattern(path).fullmatch
    if not all(map(fullmatch, found)):
        return False
    remember(known, found, limit)
    return True


@lru_cache(maxsize=1024)
def _numbered(letter: str, count: int) -> tuple[list[str], frozenset[str]]:
    ids = [f"{letter}{number}" for number in range(1, count + 1)]
    return ids, frozenset(ids)


def named(kind: str, things: list[Any]) -> frozenset[str] | set[str] | None:
    """The ids of things, or None where one has not the right form or stands twice. Most are numbered in order."""
    ids = [thing.id for thing in things]
    if len(ids) < _MANY:
        usual, known = _numbered(kind[0], len(ids))
        if ids == usual:
            return known
    found = set(ids)
    return found if len(found) == len(ids) and of_form(f"{kind}/id", found) else None


def forms(article: Any) -> bool:
    """Whether the strings have the forms that the schema gives, and its lists name each thing once."""
    metadata = article.metadata
    if not (
        _pattern("id").fullmatch(article.id)
        and _pattern("text_sha256").fullmatch(article.text_sha256)
        and of_form("language", {article.language})
        and (metadata.published is None or of_form("metadata/published", {metadata.published}))
        and (metadata.translated_from is None or of_form("language", {metadata.translated_from}))
    ):
        return False
    entities, quotes, claims = article.entities, article.quotes, article.claims
    marked = {thing.id for thing in article.annotators}
    marked.update([thing.annotator for thing in entities], [thing.annotator for thing in quotes])
    marked.update([thing.annotator for thing in claims])
    ids = {entity.id for entity in entities}
    parents = {quote.id for quote in quotes}
    things = {entity.kb_id for entity in entities}
    things.discard(None)
    for quote in quotes:
        for source in quote.sources:
            ids.add(source.entity)
        parents.add(quote.parent)
    for claim in claims:
        types, about = claim.types, claim.about
        if (len(types) > 1 and len(set(types)) < len(types)) or (len(about) > 1 and len(set(about)) < len(about)):
            return False
        ids.update(about)
        parents.add(claim.quote)
    ids.discard(None)
    parents.discard(None)
    return (
        of_form("entities/annotator", marked)
        and of_form("entities/id", ids)
        and of_form("quotes/id", parents)
        and of_form("claims/id", {claim.id for claim in claims})
        and of_form("entities/kb_id", things)
    )
