"""Level 5, guidelines: what a quote says of its quotation marks, its cue and its sources."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from pressmark.record.text import quoted
from pressmark.validation.rule import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.record.model import Article, Quote, Span
    from pressmark.validation.rule import Rule

OPENING = "“‘\"'«»‹›„‚”’「『"  # „German“, »so«, ”Swedish” and straight marks open and close in ways of their own
CLOSING = "”’\"'»«›‹“‘」』"
_PAIRS = {"“": "”", "«": "»", "「": "」", "『": "』"}
_MARKED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|„[^„“”]*[“”]|「[^「」]*」")  # not ‘…’: ’ is an apostrophe, too
_LINE_END = re.compile(r"[^\S\r\n]*+(?:[\r\n]|\Z)")
_NEVER_MENTIONS = frozenset(["who", "whom", "whose", "which", "that", "where", "this", "these", "those", "we", "us"])
_NEAR = 20  # mentions among which that of another entity is looked for
_EDGE = ",;:.!?…—–()[]" + OPENING + CLOSING


def quote_type(article: Article) -> Problems:
    """The type says how much of the content is inside quotation marks: direct all, indirect nothing, mixed some.

    ``verbatim`` holds the parts inside marks, so it is empty if and only if the quote is indirect; a direct quote has no word
    outside them, a mixed one has. A quote inside another is judged by its own marks, those inside its own content: inside
    “I think it will rain,” the quote "it will rain" of the one who thinks is indirect. Marks of a child are the child's.
    """
    held = _children(article)
    for q, quote in enumerate(article.quotes):
        pointer = f"/quotes/{q}"
        marked = _unclaimed(quote, held.get(quote.id, [])) if quote.type == "indirect" or not quote.verbatim else []
        if quote.type == "indirect" and quote.verbatim:
            where, place = ("type", quote.content[0]) if _marks_around(article, quote) else ("verbatim", quote.verbatim[0])
            message = f"type is indirect, but verbatim holds {quoted(quote.verbatim[0].text)}"
            yield Problem(f"{pointer}/{where}", message, _of(place), "verbatim [] in an indirect quote, else direct or mixed")
        elif quote.type == "indirect" and marked:
            message = f"type is indirect, but {quoted(article.text[slice(*marked[0])])} is inside quotation marks"
            yield Problem(f"{pointer}/type", message, marked[0], "direct or mixed, with the words inside the marks in verbatim")
        elif quote.type != "indirect" and not quote.verbatim:
            where = "verbatim" if marked else "type"
            message = f"type is {quote.type}, but verbatim is empty"
            expected = "the words inside the marks in verbatim" if marked else "indirect, as there are no quotation marks"
            yield Problem(f"{pointer}/{where}", message, _of(quote.content[0]), expected)
        elif quote.type != "indirect":
            yield from _words_outside(pointer, quote)


def _words_outside(pointer: str, quote: Quote) -> Problems:
    outside = next(_outside(quote), None)
    if quote.type == "direct" and outside:
        yield Problem(
            f"{pointer}/type",
            f"type is direct, but {quoted(outside[2])} stands outside the verbatim parts",
            outside[:2],
            "mixed; or content, or verbatim, with other ends",
        )
    elif quote.type == "mixed" and not outside:
        message = "type is mixed, but no word of the content stands outside the verbatim parts"
        yield Problem(f"{pointer}/type", message, _of(quote.content[0]), "direct")


def _outside(quote: Quote) -> Iterator[tuple[int, int, str]]:
    """The stretches of the content with a letter or digit that no verbatim part holds."""
    starts = [part.start for part in quote.verbatim]
    for span in quote.content:
        place = span.start
        for part in quote.verbatim[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
            if any(map(str.isalnum, found := span.text[place - span.start : part.start - span.start])):
                yield place, part.start, found
            place = max(place, part.end)
        if any(map(str.isalnum, found := span.text[place - span.start :])):
            yield place, span.end, found


def _children(article: Article) -> dict[str, list[tuple[int, int]]]:
    """The stretches of text that children hold, by parent, in order."""
    held: dict[str, list[tuple[int, int]]] = {}
    for quote in article.quotes:
        if quote.parent is not None:
            held.setdefault(quote.parent, []).extend(map(_of, quote.content))
    for places in held.values():
        places.sort()
    return held


def _unclaimed(quote: Quote, held: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of the content inside quotation marks that no child holds, which so are the quote's."""
    found = []
    for span in quote.content:
        for match in _MARKED.finditer(span.text):
            start, end = span.start + match.start(), span.start + match.end()
            i = bisect_right(held, (start, end))
            near = held[max(0, i - 1) : i + 1]
            if not any(a < end and start < b and not (start < a and b < end) for a, b in near):
                found.append((start, end))
    return found


def _marks_around(article: Article, quote: Quote) -> bool:
    part = quote.verbatim[0]
    return _before(article.text, part.start) in OPENING and _after(article.text, part.end) in CLOSING


def _of(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _before(text: str, place: int) -> str:
    """The character before, past the spaces that French sets inside its marks; a line end where there is none."""
    found = text[max(0, place - 3) : place].rstrip(" \xa0\u202f")
    return found[-1] if found else "\n"


def _after(text: str, place: int) -> str:
    found = text[place : place + 3].lstrip(" \xa0\u202f")
    return found[0] if found else "\n"


def quote_marks(article: Article) -> Problems:
    """The quotation marks belong to the content and not to the verbatim part between them.

    Each verbatim part stands right between an opening and a closing mark inside the content. Where the article's
    paragraph ends without a closing mark, as in a quote over several paragraphs, there is none. Each pair of marks in a
    mixed quote that is not a child's has its part.
    """
    held = _children(article)
    for q, quote in enumerate(article.quotes):
        starts = [span.start for span in quote.content]
        for v, part in enumerate(quote.verbatim):
            content = quote.content[bisect_right(starts, part.start) - 1]
            before = _before(article.text[content.start : part.start][-3:], 3)
            after = _after(article.text[part.end : min(content.end, part.end + 3)], 0)
            runs_on = _LINE_END.match(article.text, part.end)
            if before not in OPENING or not (after in CLOSING or runs_on):
                lacks = "an opening mark right before it" if before not in OPENING else "a closing mark right after it"
                yield Problem(
                    f"/quotes/{q}/verbatim/{v}",
                    f"{quoted(part.text)} lacks {lacks} inside the content",
                    _of(part),
                    "the words between the marks in verbatim, the marks in the content",
                )
        if quote.type == "mixed" and quote.verbatim:
            yield from _marks_passed_over(article.text, q, quote, held.get(quote.id, []))
        if quote.type == "indirect" and quote.parent is None:
            yield from _marks_left_out(article.text, q, quote)


def _marks_passed_over(text: str, q: int, quote: Quote, held: list[tuple[int, int]]) -> Problems:
    ends = [part.end for part in quote.verbatim]
    for start, end in _unclaimed(quote, held):
        i = bisect_right(ends, start)
        if i == len(ends) or quote.verbatim[i].start >= end:
            yield Problem(
                f"/quotes/{q}/verbatim",
                f"{quoted(text[start:end])} is inside quotation marks, but verbatim has no part for it",
                (start, end),
                "a verbatim part for each pair of marks",
            )


def _marks_left_out(text: str, q: int, quote: Quote) -> Problems:
    for c, span in enumerate(quote.content):
        opening = text[span.start - 1 : span.start]
        if opening and text[span.end : span.end + 1] == {**_PAIRS, '"': '"'}.get(opening):
            yield Problem(
                f"/quotes/{q}/content/{c}",
                f"{quoted(span.text)} stands right between quotation marks, which belong to the content",
                (span.start - 1, span.end + 1),
                "content with the marks, verbatim without, type direct or mixed",
            )


def verbatim_balance(article: Article) -> Problems:
    """The quotation marks inside the verbatim parts of a quote come in pairs."""
    for q, quote in enumerate(article.quotes):
        text = "\n".join(part.text for part in quote.verbatim)
        if "„" in text or "»" in text.split("«", 1)[0] or any("\n" in part.text for part in quote.verbatim):
            continue  # marks that close where others open, and paragraphs that each open anew
        mark = next((mark for mark in (*_PAIRS, '"') if not _paired(text, mark)), None)
        if mark is not None:
            v = next(v for v, part in enumerate(quote.verbatim) if mark in part.text or _PAIRS.get(mark, mark) in part.text)
            yield Problem(
                f"/quotes/{q}/verbatim/{v}",
                f"{quoted(quote.verbatim[v].text)} has an unpaired {mark} or {_PAIRS.get(mark, mark)} in it",
                _of(quote.verbatim[v]),
                "a verbatim part that ends where its own quotation marks do",
            )


def _paired(text: str, mark: str) -> bool:
    if mark == '"':
        return text.count(mark) % 2 == 0
    if mark not in text and _PAIRS[mark] not in text:
        return True
    depth = 0
    for char in re.findall(f"[{mark}{_PAIRS[mark]}]", text):
        depth += 1 if char == mark else -1
        if depth < 0:
            return False
    return depth == 0


def cue_edge(article: Article) -> Problems:
    """A cue neither begins nor ends with a comma, another punctuation mark or a quotation mark.

    A colon may be a cue by itself; the apostrophe of ’s and the like belongs to its word.
    """
    for q, quote in enumerate(article.quotes):
        for c, cue in enumerate(quote.cue):
            words = cue.text[1:] if cue.text[0] in "’'" and cue.text[1:2].isalpha() else cue.text
            if words != ":" and (words[0] in _EDGE or words[-1] in _EDGE):
                message = f"{quoted(cue.text)} has punctuation at its edge"
                yield Problem(f"/quotes/{q}/cue/{c}", message, _of(cue), "words alone")


def quote_parent(article: Article) -> Problems:
    """A quote with its cue and sources inside the content of another names it, or one inside that one, as its parent."""
    quotes = sorted(range(len(article.quotes)), key=lambda q: (_hull(article.quotes[q])[0], -_hull(article.quotes[q])[1]))
    around: list[int] = []
    for q in quotes:
        quote = article.quotes[q]
        start, end = _hull(quote)
        while around and _hull(article.quotes[around[-1]])[1] < end:
            around.pop()
        outer = article.quotes[around[-1]] if around else None
        held = outer and all(_holds(outer, *place) for place in ((start, end), *map(_of, (*quote.cue, *quote.sources))))
        if outer and held and quote.parent is None and _hull(outer) != (start, end):
            yield Problem(
                f"/quotes/{q}/parent",
                f"{quoted(quote.content[0].text)} stands inside the content of {outer.id}, but parent is null",
                (start, end),
                f"{outer.id!r}, or a quote inside it",
            )
        around.append(q)


def _hull(quote: Quote) -> tuple[int, int]:
    return quote.content[0].start, quote.content[-1].end


def _holds(quote: Quote, start: int, end: int) -> bool:
    i = bisect_right(quote.content, start, key=lambda span: span.start) - 1
    return i >= 0 and end <= quote.content[i].end


def quote_unique(article: Article) -> Problems:
    """No attribution is two quotes: with the same content, cue and sources."""
    seen: dict[tuple[tuple[tuple[int, int], ...], ...], str] = {}
    for q, quote in enumerate(article.quotes):
        parts = tuple(tuple(map(_of, spans)) for spans in (quote.content, quote.cue, quote.sources))
        first = seen.setdefault(parts, quote.id)
        if first != quote.id:
            message = f"{quoted(quote.content[0].text)} has the content, cue and sources of {first}"
            yield Problem(f"/quotes/{q}", message, _of(quote.content[0]), "each attribution once")


def source_role(article: Article) -> Problems:
    """Who passed on the words of another stands beside that other: a source that is the only one is the originator."""
    for q, quote in enumerate(article.quotes):
        if quote.sources and all(source.role == "intermediary" for source in quote.sources):
            message = "passes on the words of another, who is no source of the quote"
            yield Problem(f"/quotes/{q}/sources/0/role", message, _of(quote.sources[0]), "originator, or its source beside it")


def source_entity(article: Article) -> Problems:
    """A source shares characters with a mention of the entity that it refers to, unless it is a word that is never a mention.

    Relative words and *we* are none (schema/GUIDELINES.md, sections 4.1 and 5.4).
    """
    mentions = {entity.id: sorted(map(_of, entity.mentions)) for entity in article.entities}
    reach = {name: _reaches(places) for name, places in mentions.items()}
    places = sorted((*place, name) for name, found in mentions.items() for place in found)
    names = {entity.id: entity.name for entity in article.entities}
    for q, quote in enumerate(article.quotes):
        for s, source in enumerate(quote.sources):
            if source.entity is None or source.text.lower() in _NEVER_MENTIONS:
                continue
            i = bisect_left(mentions[source.entity], (source.end, 0)) - 1
            if i < 0 or reach[source.entity][i] <= source.start:
                yield Problem(
                    f"/quotes/{q}/sources/{s}/entity",
                    f"{quoted(source.text)} holds no mention of {source.entity}, {quoted(names[source.entity])}",
                    _of(source),
                    "the entity that is mentioned there, or null",
                    f"{found} is mentioned there, {quoted(names[found])}" if (found := _mentioned(places, source)) else None,
                )


def _mentioned(places: list[tuple[int, int, str]], source: Span) -> str | None:
    """The entity of one of the last mentions that begin before the source ends, if it reaches into it."""
    i = bisect_left(places, (source.end, 0, ""))
    return next((name for _, end, name in reversed(places[max(0, i - _NEAR) : i]) if end > source.start), None)


def _reaches(places: list[tuple[int, int]]) -> list[int]:
    """The furthest end of each place and those before it."""
    found: list[int] = []
    for _, end in places:
        found.append(max(end, found[-1] if found else 0))
    return found


MARKS: tuple[Rule, ...] = (quote_type, quote_marks, verbatim_balance, cue_edge)  # how quotes stand to quotation marks
RULES: tuple[Rule, ...] = (*MARKS, quote_parent, quote_unique, source_entity, source_role)
