"""Finds the attributions of an article: applies the rules to its sentences, then joins and nests what they found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from pressmark import segment
from pressmark.annotators.quotes.attribution import attribution_of, characters, signed
from pressmark.annotators.quotes.content_act import spoken
from pressmark.annotators.quotes.finders import Rules
from pressmark.annotators.quotes.sentence_attributions import is_sure
from pressmark.annotators.quotes.stance import PRESENTED, under
from pressmark.annotators.quotes.tagged_words import words
from pressmark.segment.quotations import quotations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressmark.annotators.quotes.attribution import Attribution, Sourced
    from pressmark.annotators.quotes.finders import Finder
    from pressmark.annotators.quotes.frames import Frame
    from pressmark.annotators.quotes.noun_phrases import Range
    from pressmark.annotators.quotes.tagged_words import Words
    from pressmark.record.model import Article, Span
    from pressmark.segment.quotations import Quotation

_ONLY_QUOTATIONS = re.compile(r"[.,-]*Q[Q.-]*\Z")
_ONLY_NAME = re.compile(r"N+,[DNnoasBcp,]+\.\Z")
_NESTING = 3  # attributions in attributions in attributions
_LONGEST = 400  # words of a sentence that are looked at together; more is no prose, and the time must stay linear
_SIGN = re.compile(r"(?:\d{1,3}[.)]|[-–—•·*|])[ \t]+(?=\S)")  # of a list, at the start of a line
_UTTERANCE = 3  # spaces in a quotation that may go on without a cue


def attributions(article: Article, *, thought: bool = False) -> Iterator[Attribution]:
    """Return every attribution of the article that the rules find, each before those inside its content.

    Reported speech and writing; with ``thought`` also beliefs, wishes and stances.
    """
    return Reading(article, Rules(thought=thought)).attributions()


class Reading:
    """An article being read: its quotations (``marks``), what was found, and what the next quotation may go on with."""

    def __init__(self, article: Article, finder: Finder) -> None:
        self._text = article.text
        self._zones = article.zones or segment.zones(article.text)
        self._sentences = article.sentences or segment.sentences(article.text, self._zones)
        self.marks = quotations(article.text, (zone.range for zone in self._zones))
        self._mark_starts = [quotation.start for quotation in self.marks]
        self._ends = [sentence.end for sentence in self._sentences]
        self._finder = finder
        self._headlines = {zone.start for zone in self._zones if zone.type == "headline"}
        self._unsigned: list[Range] = []
        self._last: Attribution | None = None
        self._before: Range | None = None  # the sentence before, which "this" stands for
        self._found: list[Attribution] = []
        self._children: dict[int, list[Attribution]] = {}

    def attributions(self) -> Iterator[Attribution]:
        """Every attribution, each before those that stand in its content."""
        for inside, sentences in self._paragraphs():
            if not self._signs(sentences):
                before, last = len(self._found), self._last
                self._paragraph(inside, sentences)
                if inside and inside[0].continues and len(self._found) > before:
                    self._reopens(inside[0], self._found[before], last)
            self._unsigned = self._unsigned_by(inside, sentences)
        for attribution in self._found:
            attribution.content = sorted(part for part in attribution.content if self._text[slice(*part)].strip())
            if attribution.content:
                yield from self._judged([attribution, *self._children[id(attribution)]])

    def sentence_at(self, place: int) -> Range:
        """The sentence that a place of the text is in, or the next."""
        found = self._sentences[min(bisect_right(self._ends, place), len(self._sentences) - 1)]
        return found.start, found.end

    def _judged(self, family: list[Attribution]) -> Iterator[Attribution]:
        """An attribution and those inside it, parents first: each act by its words, each status as its parent presents it."""
        kept: set[int] = set()
        for one in family:
            if one.by_words:
                text = " ".join(self._text[slice(*part)] for part in one.content)
                one.act = spoken(text, one.act)
                one.presents = one.presents or PRESENTED.get(one.act)
            parent = one.parent
            status = under(parent.status, parent.presents, one.status) if parent else one.status
            if status and (not parent or id(parent) in kept):
                one.status = status
                kept.add(id(one))
                yield one

    def _paragraphs(self) -> Iterator[tuple[list[Quotation], list[Range]]]:
        """The outermost quotations of each zone written in sentences, and its sentences, none of which splits one."""
        begins = [span.start for span in self._sentences]
        for zone in self._zones:
            if zone.prose:
                inside = self._marks_in(*zone.range, 0)
                here = self._sentences[bisect_left(begins, zone.start) : bisect_left(begins, zone.end)]
                yield inside, list(_whole(inside, here))

    def _marks_in(self, start: int, end: int, depth: int) -> list[Quotation]:
        here = self.marks[bisect_left(self._mark_starts, start) : bisect_left(self._mark_starts, end)]
        return [quotation for quotation in here if quotation.depth == depth]

    def _paragraph(self, inside: list[Quotation], sentences: list[Range]) -> None:
        """Read one paragraph. One that is all quotation goes on with what was said before."""
        alone = len(inside) == 1 and len(sentences) == 1 and self._fills(inside[0], sentences[0])
        goes_on = self._last is not None and (self._last.awaits or alone or bool(inside and inside[0].continues))
        if not goes_on:
            self._last = None
        self._before = None
        i = 0
        for start, end in sentences:
            begin = i
            while i < len(inside) and inside[i].start < end:
                i += 1
            is_led = self._text[end - 1] == ":" or start in self._headlines
            if begin < i or is_led or self._last is not None or self._may_report(start, end):
                w = words(self._text, self._past_sign(start, end), end, inside[begin:i])
                for first in range(0, len(w.tags), _LONGEST):
                    self._sentence(w.part(first, first + _LONGEST) if len(w.tags) > _LONGEST else w)
            self._before = (start, end - self._text[start:end].endswith((".", "!")))

    def _past_sign(self, start: int, end: int) -> int:
        """Behind the sign of a list, or the bracket around the whole sentence: “1. Lee said it fell”, “(Lee said it fell.)”."""
        is_bracketed = self._text[start] == "(" and self._text.find(")", start, end) >= end - 2
        sign = _SIGN.match(self._text, start, end - 1)
        return sign.end() if sign else start + is_bracketed

    def _signs(self, sentences: list[Range]) -> bool:
        """Whether a paragraph is a signature, “— Ann Lee, farmer”; then the quotations before it get this source."""
        if not self._unsigned or len(sentences) != 1:
            return False
        w = words(self._text, *sentences[0], [])
        if not (source := self._finder.signature(w)):
            return False
        if self._last:
            self._last.content = [part for part in self._last.content if part not in self._unsigned]
        self._found.append(signed(self._unsigned, characters(w, source)))
        self._children[id(self._found[-1])] = []
        self._last = None
        return True

    def _reopens(self, quotation: Quotation, attribution: Attribution, last: Attribution | None) -> None:
        """Give the speaker of a reopened quotation the paragraphs before, too: “The river rose.¶“It was late,” Lee said."""
        is_first = attribution.content[0][0] == quotation.start
        is_same = all(self._text[start] == self._text[quotation.start] for start, _ in self._unsigned)  # else a stray mark
        if self._unsigned and is_first and is_same and not (last and self._children[id(last)]):
            if last:
                last.content = [part for part in last.content if part not in self._unsigned]
            attribution.content[:0] = self._unsigned

    def _unsigned_by(self, inside: list[Quotation], sentences: list[Range]) -> list[Range]:
        """The quotations that a signature in the next paragraph is of: all of this one, and those it goes on with."""
        if len(inside) != 1 or (inside[0].start, inside[0].end) != (sentences[0][0], sentences[-1][1]):
            return []
        return [*(self._unsigned if inside[0].continues else ()), (inside[0].start, inside[0].end)]

    def _may_report(self, start: int, end: int) -> bool:
        return self._finder.may_report(self._text, start, end)

    def _fills(self, quotation: Quotation, sentence: Range) -> bool:
        inner = self._text[quotation.inner_start : quotation.inner_end]
        return (
            quotation.start <= sentence[0]
            and sentence[1] <= quotation.end + 1
            and (inner.count(" ") > _UTTERANCE or not quotation.closed)
        )

    def _sentence(self, w: Words) -> None:
        if _ONLY_QUOTATIONS.match(w.tags) and (last := self._last or self._moved()):
            self._go_on(last, w, len(w.tags))
            return
        here = self._finder.frames(w, is_headline=bool(w.starts) and w.starts[0] in self._headlines)
        seen = ((frame, attribution_of(w, frame)) for frame in here)
        new = [(frame, attribution) for frame, attribution in seen if attribution]
        if not new and self._last is not None and self._adds_to(w, self._last):
            return
        for frame, attribution in new:
            if (
                self._before
                and frame.rule == "passive-by"
                and self._text[slice(*attribution.content[0])].lower() in {"this", "that"}
            ):
                attribution.content[0] = self._before
            self._found.append(attribution)
            self._children[id(attribution)] = list(self._inside(w, frame, attribution, 1))
        self._last = _to_go_on(w, new)

    def _moved(self) -> Attribution | None:
        """What somebody says who nods in the sentence before: its content is to come."""
        w = words(self._text, *self._before, []) if self._before else None
        if not w or not (source := self._finder.gesture(w)):
            return None
        self._last = signed([], characters(w, source))
        self._found.append(self._last)
        self._children[id(self._last)] = []
        return self._last

    def _adds_to(self, w: Words, last: Attribution) -> bool:
        """Whether a sentence without a report belongs to the last one: it begins in quotation marks, or names the speaker."""
        if w.tags[:1] == "Q" and not self._is_finished(w.quotations[0]):
            self._go_on(last, w, len(w.tags.rstrip(".")))
            return True
        source = last.sources[0][0] if last.sources else (0, 0)
        if self._text[slice(*source)].lower() in {"he", "she"} and _ONLY_NAME.match(w.tags):
            last.sources.append(((w.starts[0], w.ends[-2]), "originator"))
        return False

    def _is_finished(self, quotation: Quotation) -> bool:
        inner = self._text[quotation.inner_start : quotation.inner_end]
        return inner[-1] in ".?!" or inner.count(" ") < _UTTERANCE

    def _go_on(self, last: Attribution, w: Words, end: int) -> None:
        """Add a sentence, or the quotations that it consists of, to the content of the last attribution."""
        if end == len(w.tags):
            last.content += [(q.start, q.end) for q in w.quotations.values()]
        else:
            last.content.append((w.starts[0], w.ends[end - 1]))
        last.awaits = False
        for quotation in w.quotations.values():
            self._children[id(last)] += self._quoted(quotation, last, 1)

    def _inside(self, w: Words, frame: Frame, parent: Attribution, depth: int) -> Iterator[Attribution]:
        """What is attributed inside the content of an attribution."""
        lead = _lead(w, frame, parent)
        for start, end in frame.content if depth < _NESTING else ():
            first = frame.addressee[1] if lead and frame.addressee else start + (w.tags[start] == "h")
            part = w.part(first, end)
            nested = self._sure(part) if part.cues else []
            yield from self._nested(part, nested, parent, depth, lead)
            for i, quotation in part.quotations.items():
                if not any(a <= i < b for frame in nested for a, b in frame.content):
                    yield from self._quoted(quotation, parent, depth)

    def _nested(
        self, w: Words, nested: list[Frame], parent: Attribution, depth: int, lead: list[Sourced] | None = None
    ) -> Iterator[Attribution]:
        for frame in nested:
            child = attribution_of(w, frame, nested=True)
            if child and (child.sources or lead):
                child.parent = parent
                child.sources = child.sources or list(lead or ())
                yield child
                yield from self._inside(w, frame, child, depth + 1)

    def _quoted(self, quotation: Quotation, parent: Attribution, depth: int) -> Iterator[Attribution]:
        """What is attributed inside a quotation, sentence by sentence."""
        start = quotation.inner_start
        if depth >= _NESTING or not self._may_report(start, quotation.inner_end):
            return
        ends = self._ends[bisect_left(self._ends, start + 1) : bisect_left(self._ends, quotation.inner_end)]
        for end in (*ends, quotation.inner_end):
            if not self._may_report(start, end):
                start = end
                continue
            inner = [q for q in self._marks_in(start, end, quotation.depth + 1) if q.end <= end]
            w = words(self._text, start, end, inner).part(0, _LONGEST)
            yield from self._nested(w, self._sure(w), parent, depth)
            start = end

    def _sure(self, w: Words) -> list[Frame]:
        return [frame for frame in self._finder.frames(w, is_headline=False) if is_sure(w, frame)]


def _whole(inside: list[Quotation], sentences: Sequence[Span]) -> Iterator[Range]:
    start, i = None, 0
    for sentence in sentences:
        start = sentence.start if start is None else start
        while i < len(inside) and inside[i].end <= sentence.end:
            i += 1
        if i == len(inside) or inside[i].start >= sentence.end:
            yield start, sentence.end
            start = None
    if start is not None:
        yield start, max(sentences[-1].end, inside[-1].end)


def _to_go_on(w: Words, new: list[tuple[Frame, Attribution]]) -> Attribution | None:
    """The attribution that quotations in the next sentences go on with: the one that awaits, that quotes, or the first."""
    if not new:
        return None
    if new[-1][1].awaits:
        return new[-1][1]
    quoting = (attribution for frame, attribution in new if frame.content and w.tags[frame.content[-1][0]] == "Q")
    return next(quoting, new[0][1])


def _lead(w: Words, frame: Frame, parent: Attribution) -> list[Sourced]:
    """Who does what an infinitive right at the start of the content says: the source, or whom it asks to."""
    kind = frame.rule.removeprefix("subject-verb-")
    if kind == "to":
        return parent.sources[:1]
    is_asked = kind == "whom-to" and frame.addressee and w.tags[frame.addressee[1]] == "t"
    return [(parent.addressees[0], "originator")] if is_asked else []
