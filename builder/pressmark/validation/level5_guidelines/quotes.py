"""Level 5, guidelines: the type of a quote, its quotation marks, its cue and its sources."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from pressmark.record.marks import CLOSING, DIRECTED, OPENING
from pressmark.record.text import quoted
from pressmark.segment.quotations import INCH
from pressmark.validation.facts import holds
from pressmark.validation.rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Article, Quote, Span
    from pressmark.validation.facts import Facts, Range
    from pressmark.validation.rule import Problems

_THIN = " \xa0\u202f"
_CLOSES = DIRECTED | {'"': '"'}
_MARKED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|„[^„“”]*[“”]|「[^「」]*」")  # not ‘…’: ’ is an apostrophe, too
_LINE_END = re.compile(r"[^\S\r\n]*+(?:[\r\n]|\Z)")
_NEVER_MENTIONS = frozenset(["who", "whom", "whose", "which", "that", "where", "this", "these", "those", "we", "us"])
_NEAR = 20  # mentions among which that of another entity is looked for
_start = attrgetter("start")
_EDGE = ",;:.!?…—–()[]" + OPENING + CLOSING


@rule(level=5, about="quotes")
def quote_type(article: Article, facts: Facts) -> Problems:
    """The type says how much of the content is inside quotation marks: all (direct), none (indirect) or some (mixed).

    ``verbatim`` has the parts inside marks, so it is empty if and only if the quote is indirect. A direct quote has no word
    outside marks; a mixed quote has one. Only a quote's own marks count: those inside its content and outside the content of
    its children. So in “I think it will rain,” the inner quote "it will rain" is indirect.
    """
    for q, quote in enumerate(article.quotes):
        pointer = f"/quotes/{q}"
        marked = [] if quote.verbatim else _unclaimed(quote, facts)
        if quote.type == "indirect" and quote.verbatim:
            where, place = ("type", quote.content[0]) if _marks_around(article, quote) else ("verbatim", quote.verbatim[0])
            message = f"type is indirect, but verbatim has {quoted(quote.verbatim[0].text)}"
            yield Problem(f"{pointer}/{where}", message, place.range, "type direct or mixed, or an empty verbatim")
        elif quote.type == "indirect" and marked:
            message = f"type is indirect, but {quoted(article.text[slice(*marked[0])])} is inside quotation marks"
            yield Problem(f"{pointer}/type", message, marked[0], "direct or mixed, with the words inside the marks in verbatim")
        elif quote.type != "indirect" and not quote.verbatim:
            where = "verbatim" if marked else "type"
            message = f"type is {quote.type}, but verbatim is empty"
            expected = "the words inside the marks in verbatim" if marked else "indirect, because there are no quotation marks"
            yield Problem(f"{pointer}/{where}", message, quote.content[0].range, expected)
        elif quote.type != "indirect":
            yield from _words_outside(pointer, quote)


def _words_outside(pointer: str, quote: Quote) -> Problems:
    outside = next(_outside(quote), None)
    if quote.type == "direct" and outside:
        yield Problem(
            f"{pointer}/type",
            f"type is direct, but {quoted(outside[2])} is outside the verbatim parts",
            outside[:2],
            "type mixed, or other boundaries of content or verbatim",
        )
    elif quote.type == "mixed" and not outside:
        message = "type is mixed, but no word of the content is outside the verbatim parts"
        yield Problem(f"{pointer}/type", message, quote.content[0].range, "direct")


def _outside(quote: Quote) -> Iterator[tuple[int, int, str]]:
    """The parts of the content that are outside verbatim and have a letter or digit."""
    starts = [part.start for part in quote.verbatim]
    for span in quote.content:
        place = span.start
        for part in quote.verbatim[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
            if any(map(str.isalnum, found := span.text[place - span.start : part.start - span.start])):
                yield place, part.start, found
            place = max(place, part.end)
        if any(map(str.isalnum, found := span.text[place - span.start :])):
            yield place, span.end, found


def _unclaimed(quote: Quote, facts: Facts) -> list[Range]:
    """The parts of the content in quotation marks that belong to the quote itself and not to a child."""
    found = []
    held = facts.children.get(quote.id, [])
    for span in quote.content:
        for match in _MARKED.finditer(span.text) if '"' in span.text or not span.text.isascii() else ():
            start, end = span.start + match.start(), span.start + match.end()
            first, last = bisect_right(held, (start, end)), bisect_left(held, (end,))
            begun_before, ended_after = held[max(0, first - 1) : first], held[max(0, last - 1) : last]
            if not any(a < end and start < b and not (start < a and b < end) for a, b in begun_before + ended_after):
                found.append((start, end))
    return found


def _marks_around(article: Article, quote: Quote) -> bool:
    part = quote.verbatim[0]
    text = article.text
    return _before(text, part.start, 0) in OPENING and _after(text, part.end, len(text)) in CLOSING


def _before(text: str, place: int, least: int) -> str:
    """The character before a place, ignoring the spaces that French puts inside its marks; a line end if there is none."""
    return text[max(least, place - 3) : place].rstrip(_THIN)[-1:] or "\n"


def _after(text: str, place: int, most: int) -> str:
    return text[place : min(most, place + 3)].lstrip(_THIN)[:1] or "\n"


@rule(level=5, about="quotes")
def quote_marks(article: Article, facts: Facts) -> Problems:
    """Quotation marks belong to the content, not to the verbatim part between them.

    Each verbatim part is directly between an opening and a closing mark inside the content. The closing mark may be missing
    if the paragraph ends there, as in a quote over several paragraphs. In a mixed quote, each pair of marks that does not
    belong to a child has a verbatim part.
    """
    text = article.text
    for q, quote in enumerate(article.quotes):
        for v, part in enumerate(quote.verbatim):
            content = quote.content[bisect_right(quote.content, part.start, key=_start) - 1]
            before = _before(text, part.start, content.start)
            after = _after(text, part.end, content.end)
            if before not in OPENING or not (after in CLOSING or _LINE_END.match(text, part.end)):
                lacks = "an opening mark right before it" if before not in OPENING else "a closing mark right after it"
                yield Problem(
                    f"/quotes/{q}/verbatim/{v}",
                    f"{quoted(part.text)} lacks {lacks} inside the content",
                    part.range,
                    "the marks in content, and only the words between them in verbatim",
                )
        if quote.type == "mixed" and quote.verbatim:
            yield from _marks_passed_over(q, quote, facts)
        if quote.type == "indirect" and quote.parent is None:
            yield from _marks_left_out(text, q, quote)


def _marks_passed_over(q: int, quote: Quote, facts: Facts) -> Problems:
    ends = [part.end for part in quote.verbatim]
    for start, end in _unclaimed(quote, facts):
        i = bisect_right(ends, start)
        if i == len(ends) or quote.verbatim[i].start >= end:
            yield Problem(
                f"/quotes/{q}/verbatim",
                f"{quoted(facts.text[start:end])} is inside quotation marks, but verbatim has no part for it",
                (start, end),
                "a verbatim part for each pair of marks",
            )


def _marks_left_out(text: str, q: int, quote: Quote) -> Problems:
    for c, span in enumerate(quote.content):
        opening = text[span.start - 1 : span.start]
        if opening and text[span.end : span.end + 1] == _CLOSES.get(opening):
            yield Problem(
                f"/quotes/{q}/content/{c}",
                f"{quoted(span.text)} is directly between quotation marks, which belong to the content",
                (span.start - 1, span.end + 1),
                "content with the marks, verbatim without them, and type direct or mixed",
            )


@rule(level=5, about="quotes")
def verbatim_balance(article: Article, _: Facts) -> Problems:
    """The quotation marks inside the verbatim parts of a quote are paired."""
    for q, quote in enumerate(article.quotes):
        text = "\n".join(part.text for part in quote.verbatim)
        if text.isascii() and '"' not in text:
            continue
        if "„" in text or "»" in text.split("«", 1)[0] or any("\n" in part.text for part in quote.verbatim):
            continue  # marks that close where others open, and paragraphs that each open anew
        mark = next((mark for mark in (*DIRECTED, '"') if not _paired(text, mark)), None)
        if mark is not None:
            v = next(v for v, part in enumerate(quote.verbatim) if mark in part.text or DIRECTED.get(mark, mark) in part.text)
            yield Problem(
                f"/quotes/{q}/verbatim/{v}",
                f"{quoted(quote.verbatim[v].text)} has an unpaired {mark} or {DIRECTED.get(mark, mark)} in it",
                quote.verbatim[v].range,
                "a verbatim part that ends where its own quotation marks do",
            )


def _paired(text: str, mark: str) -> bool:
    if mark == '"':
        return 0 in {text.count(mark) % 2, INCH.sub("", text).count(mark) % 2}
    if mark not in text and DIRECTED[mark] not in text:
        return True
    depth = 0
    for char in re.findall(f"[{mark}{DIRECTED[mark]}]", text):
        depth += 1 if char == mark else -1
        if depth < 0:
            return False
    return depth == 0


@rule(level=5, about="quotes")
def cue_edge(article: Article, _: Facts) -> Problems:
    """A cue does not begin or end with a punctuation mark or quotation mark.

    A colon may be a cue by itself. The apostrophe of ’s belongs to its word.
    """
    for q, quote in enumerate(article.quotes):
        for c, cue in enumerate(quote.cue):
            words = cue.text[1:] if cue.text[0] in "’'" and cue.text[1:2].isalpha() else cue.text
            if words != ":" and (words[0] in _EDGE or words[-1] in _EDGE):
                message = f"{quoted(cue.text)} has punctuation at its edge"
                yield Problem(f"/quotes/{q}/cue/{c}", message, cue.range, "only the words")


@rule(level=5, severity="warning")
def quote_parent(article: Article, _: Facts) -> Problems:
    """A quote that is inside the content of another, with its cue and sources, has that quote or one inside it as parent."""
    quotes = article.quotes
    hulls = [(quote.content[0].start, quote.content[-1].end) for quote in quotes]
    around: list[int] = []
    sizes = [sum(span.end - span.start for span in quote.content) for quote in quotes]
    for q in sorted(range(len(quotes)), key=lambda q: (hulls[q][0], -hulls[q][1], -sizes[q])):
        start, end = hulls[q]
        while around and hulls[around[-1]][1] < end:
            around.pop()
        if around and quotes[q].parent is None and _holds(quotes[around[-1]], quotes[q]):
            outer = quotes[around[-1]].id
            yield Problem(
                f"/quotes/{q}/parent",
                f"{quoted(quotes[q].content[0].text)} is inside the content of {outer}, but parent is null",
                (start, end),
                f"{outer!r}, or a quote inside it",
            )
        around.append(q)


def _holds(outer: Quote, quote: Quote) -> bool:
    """Whether the content of a quote contains another, whose content is smaller, with all its cues and sources."""
    spans = (*quote.content, *quote.cue, *quote.sources)
    return outer.content != quote.content and all(holds(outer.content, span) for span in spans)


@rule(level=5, about="quotes")
def quote_unique(article: Article, _: Facts) -> Problems:
    """No two quotes have the same content, cue and sources."""
    seen: dict[tuple[tuple[Range, ...], ...], str] = {}
    if len({quote.content[0].start for quote in article.quotes}) == len(article.quotes):
        return
    for q, quote in enumerate(article.quotes):
        parts = tuple(tuple(span.range for span in spans) for spans in (quote.content, quote.cue, quote.sources))
        first = seen.setdefault(parts, quote.id)
        if first != quote.id:
            message = f"{quoted(quote.content[0].text)} has the same content, cue and sources as {first}"
            yield Problem(f"/quotes/{q}", message, quote.content[0].range, "each attribution once")


@rule(level=5, severity="warning")
def source_entity(article: Article, facts: Facts) -> Problems:
    """A source overlaps a mention of its entity, unless it is a word that is never a mention.

    Relative words and *we* are never mentions (schema/GUIDELINES.md, sections 4.1 and 5.4).
    """
    for q, quote in enumerate(article.quotes):
        for s, source in enumerate(quote.sources):
            entity = source.entity
            if entity is None or _is_mentioned(facts.reaches(entity), source):
                continue
            if source.text.lower() not in _NEVER_MENTIONS:
                other = _mentioned(facts, source)
                yield Problem(
                    f"/quotes/{q}/sources/{s}/entity",
                    f"{quoted(source.text)} does not overlap a mention of {entity}, {quoted(facts.entities[entity].name)}",
                    source.range,
                    "the entity that is mentioned there, or null",
                    f"{other} is mentioned there, {quoted(facts.entities[other].name)}" if other else None,
                )


def _is_mentioned(reaches: list[Range], source: Span) -> bool:
    i = bisect_left(reaches, (source.end, 0)) - 1
    return i >= 0 and reaches[i][1] > source.start


def _mentioned(facts: Facts, source: Span) -> str | None:
    """The only entity of which a mention is the source. One inside it, as in "the Japan office", may be somebody else."""
    i = bisect_left(facts.mentions, (source.end,))
    same = {found[2] for found in facts.mentions[max(0, i - _NEAR) : i] if found[:2] == source.range}
    return facts.article.entities[same.pop()].id if len(same) == 1 else None
