"""Reads FactAppeal (Mor-Lan and others 2025), and scores proposals on it, for ``annotate.py --format factappeal FOLDER``.

FactAppeal has single sentences of English news with XML-like tags: attributed facts (direct or indirect quotes), sources with a
type, and attributes of sources. Opinions, and whatever else is no fact, are not marked even inside quotation marks. So
precision is a lower bound.

- Each sentence is read alone, under a headline that says nothing.
- Contents are matched as `pressmark score` matches quotes. Proposals inside another proposal are left out.
- "Made assertions" leaves out what we mark as a question, order, promise or feeling, and what was not said, because those are
  no facts.
- Sources are compared sentence by sentence, because no tag says which source a fact has. Two overlap if they share a token.
  They are exact if they have the same tokens, punctuation aside. "With attributes" adds to a gold source the attributes beside
  it ("Lee, the mayor,"), because our guidelines include them.
- Types are compared where sources overlap and the gold type is one of ours. A proposal without a type counts as wrong.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressmark.record.bare_article import bare_article
from pressmark.record.model import Quote, Source
from pressmark.record.spans import spans
from pressmark.scoring.matching import counts, matched, optimal
from pressmark.scoring.pair import Pair
from pressmark.scoring.quotes import sides
from pressmark.scoring.tally import accuracy, prf
from pressmark.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.record.model import Article, QuoteType, SourceType
    from pressmark.scoring.tally import Tally

HEADLINE = "News of the day\n\n"
_TAG = re.compile(r"<(/?)([A-Z][A-Za-z_]*(?::[A-Za-z_]+)*)>")
_TYPES: dict[str, SourceType] = {
    "Official": "official",
    "Expert": "expert",
    "Witness": "witness",
    "Active_Participant": "participant",
    "Expert_Document": "document",
    "News_Report": "media",
}  # "Direct_Evidence" (a video, a photo) and "null" are no type of ours


@dataclass(frozen=True, slots=True)
class Marks:
    """A sentence of the corpus as an article, with the places of its sources (code points) and of their attributes."""

    article: Article
    sources: tuple[Source, ...]
    attributes: tuple[tuple[int, int], ...]


def read(folder: Path) -> Iterator[Marks]:
    """Reads the parts that are there, sentence by sentence."""
    for part in sorted(folder.glob("*.csv")):
        with part.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=1):
                yield _marks(f"{part.stem}-{number}", row["annotation"])


def _marks(name: str, tagged: str) -> Marks:
    plain, found = _untagged(tagged)
    text = HEADLINE + plain
    places = [(tag, *_trimmed(text, start + len(HEADLINE), end + len(HEADLINE))) for tag, start, end in found]
    places = [place for place in places if place[1] < place[2]]
    facts = [(tag, start, end) for tag, start, end in places if tag.startswith("Fact_Appeal")]
    article = segment(bare_article(name, text, "en"))
    article = replace(article, quotes=tuple(_quote(text, f"q{n}", *fact) for n, fact in enumerate(facts, start=1)))
    sources = tuple(
        Source(start, end, text[start:end], None, "originator", _TYPES.get(tag.rpartition(":")[2]))
        for tag, start, end in places
        if tag.startswith("Source:")
    )
    attributes = tuple((start, end) for tag, start, end in places if tag == "Source_Attribute")
    return Marks(article, sources, attributes)


def _untagged(tagged: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without tags, and what was tagged: name, start, end."""
    plain, last, is_open, found = "", 0, dict[str, list[int]](), list[tuple[str, int, int]]()
    for tag in _TAG.finditer(tagged):
        plain += tagged[last : tag.start()]
        last = tag.end()
        if not tag[1]:
            is_open.setdefault(tag[2], []).append(len(plain))
        elif is_open.get(tag[2]):
            found.append((tag[2], is_open[tag[2]].pop(), len(plain)))
    return plain + tagged[last:], sorted(found, key=lambda one: one[1:])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space and commas at the ends, which belong to nothing."""
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    return start, end


def _quote(text: str, name: str, tag: str, start: int, end: int) -> Quote:
    type_: QuoteType = "direct" if tag.endswith("Direct_Quote") else "indirect"
    content = spans(text, [(start, end)])
    return Quote(
        id=name, type=type_, medium="speech", act="assertion", status="made", content=content, verbatim=(), cue=(),
        sources=(), addressees=(), parent=None, annotator="factappeal", confidence=None,
    )  # fmt: skip


def tallies(gold: Marks, found: Article) -> dict[str, Tally]:
    """The figures of one sentence."""
    outer = tuple(quote for quote in found.quotes if quote.parent is None)
    pair = Pair(gold.article, replace(found, quotes=outer))
    golds, preds = sides(pair)
    hits = [match for match in matched(golds, preds) if counts(match)]
    recalled = {match[0].quote.id for match in hits}
    figures = {"content F1": prf(len(hits), len(golds), len(preds))}
    for kind in ("direct", "indirect"):
        figures[f"content recall, {kind}"] = accuracy([one.quote.id in recalled for one in golds if one.quote.type == kind])
    facts = [one for one in preds if one.quote.act == "assertion" and one.quote.status == "made"]
    figures["content F1, made assertions"] = prf(sum(map(counts, matched(golds, facts))), len(golds), len(facts))
    figures["sentence has one F1"] = prf(bool(golds and outer), bool(golds), bool(outer))
    return figures | _of_sources(pair, gold, [source for quote in outer for source in quote.sources])


def _of_sources(pair: Pair, gold: Marks, proposed: list[Source]) -> dict[str, Tally]:
    preds = list({source.range: source for source in proposed}.values())
    mine, theirs = ([_words(pair, [source.range]) for source in side] for side in (gold.sources, preds))
    wide = [_words(pair, [source.range, *_beside(pair.gold.text, source, gold.attributes)]) for source in gold.sources]
    pairs = _pairs(mine, theirs)
    typed = [(gold.sources[i].type, preds[j].type) for i, j in pairs if gold.sources[i].type]
    return {
        "source overlap F1": prf(len(pairs), len(mine), len(theirs)),
        "source exact F1": prf(sum(mine[i] == theirs[j] for i, j in pairs), len(mine), len(theirs)),
        "source exact F1, with attributes": prf(sum(wide[i] == theirs[j] for i, j in pairs), len(mine), len(theirs)),
        "source type, of those found": accuracy([one == other for one, other in typed]),
        "source type, where we give one": accuracy([one == other for one, other in typed if other]),
    }


def _words(pair: Pair, places: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The tokens that hold a letter or a digit."""
    found = {token for place in places for token in pair.tokens_of(*place)}
    return frozenset(t for t in found if any(map(str.isalnum, pair.gold.text[pair.starts[t] : pair.ends[t]])))


def _beside(text: str, source: Source, attributes: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The attributes with nothing but a comma between them and the source."""
    for start, end in attributes:
        between = text[source.end : start] if start >= source.end else text[end : source.start]
        if not between.strip(" ,()"):
            yield start, end


def _pairs(mine: list[frozenset[int]], theirs: list[frozenset[int]]) -> list[tuple[int, int]]:
    """One to one, those that share most."""
    shared = {
        (i, j): len(one & other) / len(one | other)
        for i, one in enumerate(mine)
        for j, other in enumerate(theirs)
        if one & other
    }
    return optimal(shared)
