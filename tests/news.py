"""Articles for tests: parts of a record that fill in what a test does not name, and strategies for difficult texts."""

from __future__ import annotations

from dataclasses import fields, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

from pressmark.annotators.entities import entities as entities_by_rules
from pressmark.record import contract
from pressmark.record.model import Annotator, Article, Claim, Entity, Layers, Metadata, Quote, Source, Span
from pressmark.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.record.model import QuoteType

    Node = dict[str, Any]

MARKS = st.text(alphabet="“”\"'‘’«»„‟‚‛‹›「」`()[],.:;!?— \nas", max_size=60)
_WORDS = """“ ” " ' « » „ ( ) , . : ; — said says told that to by as quoted according Ann Lee she who which and but
was not asked whether Reuters report in the a man claims adding think"""
WORDS = st.lists(st.sampled_from([*_WORDS.split(), "\n"]), max_size=50).map(" ".join)
_NAMES = """
Mr|Joe Biden|Biden|US|U.S.|Japan|’s|'s|-|, |. |“|”|"|$5|5|12|million|percent|May|Monday|Bank|of|and|Act|he|the president
|President|ＵＳ|é|e\u0301|東京|_|\u200b|\ufeff|\x1c|İ|ǅ|٣|½|🙂|St.|O’Neill|(|)|11/1/2023|9:30 p.m.|two|hundred|’90s|Rp
|#|@|/|that|will|was"""
_PIECES = st.sampled_from([*_NAMES.replace("\n", "").split("|"), " ", "\n"])
TEXTS = st.one_of(
    st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=200),
    st.lists(_PIECES, max_size=60).map("".join),
    st.lists(_PIECES, max_size=60).map(" ".join),
)

_PATHS = {
    Annotator: "annotators",
    Claim: "claims",
    Entity: "entities",
    Layers: "layers",
    Metadata: "metadata",
    Quote: "quotes",
    Source: "quotes/sources",
}
Part = TypeVar("Part", Annotator, Article, Claim, Entity, Layers, Metadata, Quote, Source)


def a(part: type[Part], **known: Any) -> Part:
    """A part of a record with these fields; of the others, those that may be null or [] are, and the rest get the first label.

    ``a(Quote, id="q1", content=spans)`` stays right when the schema gets a new field of quotes.
    """
    node = contract.at("article", _PATHS[part]) if part in _PATHS else contract.record("article")
    nodes = node.get("items", node)["properties"]
    return part(**{field.name: _empty(nodes[field.name]) for field in fields(part) if field.name not in known} | known)


def _empty(node: Node) -> Any:
    if "const" in node:
        return node["const"]
    if "enum" in node:
        return None if None in node["enum"] else node["enum"][0]
    if node["type"] == "array":
        return ()
    assert "null" in node["type"], f"name a value: {node['description']}"
    return None


def bare(text: str, **known: Any) -> Article:
    """An English article in which nothing is marked, not even its zones."""
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return a(Article, id="a", text=text, text_sha256=digest, language="en", metadata=a(Metadata, **known), layers=a(Layers))


def an_article(text: str, entities: Iterable[Entity] = ()) -> Article:
    """An article with its zones, sentences and these entities."""
    made = tuple(entities)
    return segment(replace(bare(text), entities=made, layers=a(Layers, entities="silver" if made else "none")))


def article(text: str, published: str | None = "2023-01-12", origin: str | None = None) -> Article:
    """An article with its zones and sentences, and what relative and ambiguous dates depend on."""
    return segment(bare(text, published=published, translated_from=origin))


def quoting(text: str, content: str, cue: str, source: str, type_: QuoteType = "indirect") -> Article:
    """The article with one quote, as the quote rules would add it."""

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words), words)

    made = entities_by_rules(article(text))
    who = span(source)
    name = next((entity.id for entity in made.entities if any(who.holds(mention) for mention in entity.mentions)), None)
    inner = span(content.strip("“”")) if type_ == "direct" else None
    quote = a(
        Quote,
        id="q1",
        type=type_,
        medium="speech",
        content=(span(content),),
        verbatim=(inner,) if inner else (),
        cue=(span(cue),),
        sources=(a(Source, start=who.start, end=who.end, text=who.text, entity=name, role="originator"),),
        annotator="quotes",
    )
    annotators = (*made.annotators, a(Annotator, id="quotes", kind="rules", name="Quotes"))
    return replace(made, quotes=(quote,), annotators=annotators, layers=replace(made.layers, quotes="silver"))
