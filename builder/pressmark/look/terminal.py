"""Shows an article in the terminal with its annotation.

Entities are marked in the text. The ids of quotes and claims are in the margin of the line where they begin, and their contents
are listed under the paragraph. Control characters are escaped (`pressmark.record.text.visible`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from pressmark.look.plain_words import act_and_status
from pressmark.record.proposition import signed
from pressmark.record.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Addressee, Article, Claim, Quote, Source, Span, Zone

MARGIN = 26
# ECMA-48 "select graphic rendition"; the later of two that meet wins.
STYLES = {"content": "32", "source": "35", "cue": "33", "entity": "1;4", "margin": "2", "id": "36"}


@dataclass(frozen=True, slots=True)
class _Screen:
    width: int
    colour: bool

    def styled(self, text: str, style: str | None) -> str:
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.colour and style and text else text


def show(article: Article, *, width: int = 100, colour: bool = False) -> Iterator[str]:
    """The lines to print. Without colour, an entity's mention is written ``[Antony Blinken]e1``."""
    screen = _Screen(max(width, MARGIN + 30), colour)
    layers = article.layers
    yield screen.styled(visible(article.id), "id")
    yield f"zones {layers.zones}, entities {layers.entities}, quotes {layers.quotes}, claims {layers.claims}"
    marks = _marks(article, screen)
    for zone in article.zones:
        yield ""
        yield from _zone(article, zone, marks, screen)
    if article.entities:
        yield ""
    for entity in article.entities:
        known = f"  {entity.kb_id}" if entity.kb_id else ""
        value = f"  = {entity.value}" if entity.value else ""
        often = f"{len(entity.mentions)} mention{'s' if len(entity.mentions) > 1 else ''}"
        group = f"  members {' '.join(entity.members)}" if entity.members else ""
        name = visible(f"{entity.name}{value}{known}")
        yield f"{screen.styled(entity.id, 'id')} {entity.label} {name}  {often}{group}"


@dataclass(frozen=True, slots=True)
class _Marks:
    """What to print before and after each code point, and the style of each code point that has one."""

    before: dict[int, str]
    after: dict[int, str]
    style: dict[int, str]


def _marks(article: Article, screen: _Screen) -> _Marks:
    marks = _Marks({}, {}, {})
    for quote in article.quotes:
        for style, spans in (("content", quote.content), ("source", quote.sources), ("cue", quote.cue)):
            for span in spans:
                marks.style.update(dict.fromkeys(range(*span.range), style))
    pairs = [(mention, entity.id) for entity in article.entities for mention in entity.mentions]
    for mention, name in sorted(
        pairs, key=lambda pair: pair[0].start - pair[0].end
    ):  # the longest first, so that brackets nest
        if not screen.colour:
            marks.before[mention.start] = marks.before.get(mention.start, "") + "["
        marks.after[mention.end - 1] = f"{'' if screen.colour else ']'}{name}" + marks.after.get(mention.end - 1, "")
        marks.style.update(dict.fromkeys(range(*mention.range), "entity"))
    return marks


def _zone(article: Article, zone: Zone, marks: _Marks, screen: _Screen) -> Iterator[str]:
    quotes = [quote for quote in article.quotes if _starts_in(quote.content, zone)]
    claims = [claim for claim in article.claims if _starts_in(claim.content, zone)]
    begin = [(quote.content[0].start, quote.id) for quote in quotes] + [(claim.content[0].start, claim.id) for claim in claims]
    title: str = zone.type
    for start, end, line in _wrapped(article.text, zone, marks, screen):
        ids = " ".join(name for place, name in begin if start <= place < end)
        margin = f"{title:<13.13}{ids:>{MARGIN - 14}} │ "
        yield screen.styled(margin, "margin") + line
        title = ""
    for quote in quotes:
        yield from _listed(quote.id, _quote_line(article, quote), screen)
    for claim in claims:
        yield from _listed(claim.id, _claim_line(claim), screen)


def _starts_in(content: tuple[Span, ...], zone: Zone) -> bool:
    return zone.start <= content[0].start < zone.end


def _wrapped(text: str, zone: Zone, marks: _Marks, screen: _Screen) -> Iterator[tuple[int, int, str]]:
    """The lines of a zone, broken only at white space, each with the offsets that it covers."""
    line, length, start, place = "", 0, zone.start, zone.start
    while place < zone.end:
        end = place
        while end < zone.end and (end == place or not text[end].isspace()):
            end += 1
        pieces = [piece for i in range(place, end) for piece in _pieces(text, i, marks)]
        size = sum(len(piece) for _, piece in pieces)
        runs = groupby(pieces, key=lambda piece: piece[0])
        word = "".join(screen.styled("".join(letters for _, letters in run), style) for style, run in runs)
        if length and length + size > screen.width - MARGIN - 2:
            yield start, place, line
            line, length, start = "", 0, place
            word = word.lstrip()
        line, length, place = line + word, length + size, end
    yield start, zone.end, line


def _pieces(text: str, place: int, marks: _Marks) -> Iterator[tuple[str | None, str]]:
    if place in marks.before:
        yield "id", marks.before[place]
    yield (None if text[place].isspace() else marks.style.get(place)), visible(text[place])
    if place in marks.after:
        yield "id", marks.after[place]


def _listed(name: str, said: str, screen: _Screen) -> Iterator[str]:
    first, *rest = wrap(said, screen.width - MARGIN - 2, break_long_words=False, break_on_hyphens=False)
    yield f"{screen.styled(f'{name:>{MARGIN - 1}}', 'id')} {screen.styled('└', 'margin')} {first}"
    yield from (f"{'':>{MARGIN + 2}}{line}" for line in rest)


def _quote_line(article: Article, quote: Quote) -> str:
    names = {entity.id: entity.name for entity in article.entities}
    sources = [
        f"{_linked(source, names)}{f' [{source.type}]' if source.type else ''}"
        f"{' (intermediary)' if source.role == 'intermediary' else ''}"
        for source in quote.sources
    ]
    heard = "; ".join(_linked(addressee, names) for addressee in quote.addressees)
    cue = " … ".join(span.text for span in quote.cue)
    content = " … ".join(span.text for span in quote.content)
    held = f" in {quote.parent}" if quote.parent else ""
    who = f"{'; '.join(sources) or '(implicit)'}{f' to {heard}' if heard else ''}"
    return visible(f"{quote.type} {quote.medium}{held}, {act_and_status(quote)} | {who} | {cue or '(no cue)'} | {content}")


def _linked(span: Source | Addressee, names: dict[str, str]) -> str:
    return f"{span.text} ={span.entity} {names[span.entity]}" if span.entity else span.text


def _claim_line(claim: Claim) -> str:
    claimer = claim.quote or "article"
    said = signed(claim.proposition, claim.factuality)
    return visible(f"{claimer} | {', '.join(claim.types)} | {claim.checkworthiness} | {claim.factuality} | {said}")
