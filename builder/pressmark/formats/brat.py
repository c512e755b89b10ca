"""Reads and writes brat standoff: a text, and beside it a file ``.ann`` of spans and events.

The format: Stenetorp et al. 2012; brat manual, "standoff".

An attribution is an event ``Attribution`` with the arguments ``Source``, ``Cue`` and ``Content``, as PolNeAR (Newell et al.
2018) writes it: ``E1 Attribution:T4 Content:T3 Cue:T2 Source:T1``. Several ``Content`` arguments (``Content``, ``Content2``)
are one discontinuous content. brat counts Unicode code points, as we do.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pressmark.record.bare_article import bare_article
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Annotator, Article, Quote, Source
from pressmark.record.spans import spans
from pressmark.record.text import quoted
from pressmark.segment import segment
from pressmark.segment.quotations import quotations, verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pressmark.record.model import Span
    from pressmark.segment.quotations import Quotation

KEEPS = frozenset({"id", "text", "quotes[].content", "quotes[].cue", "quotes[].sources"})
SUFFIXES = (".ann",)

_BOUND = re.compile(r"(T[0-9]+)\t([^\t ]+) ([0-9]+ [0-9]+(?:;[0-9]+ [0-9]+)*)(?:\t|\Z)")
_EVENT = re.compile(r"(E[0-9]+)\tAttribution[^\s:]*:(\S+)((?: \S+:\S+)*) ?\Z")
_ANNOTATOR = Annotator(id="brat", kind="import", role="annotator", name="brat standoff", version=None)
_ROLES = ("Source", "Cue", "Content")

Range = tuple[int, int]


class _Bound(NamedTuple):
    """A text-bound annotation: the parts of the text that it marks."""

    label: str
    parts: tuple[Range, ...]


def read(path: Path) -> Article:
    """Read ``NAME.ann``, and ``NAME.txt`` beside it, as an article whose attributions are gold quotes.

    brat has no zones and no types of quotes, so both are computed. Every medium is speech.

    Raises:
        InvalidError: a line of the annotation is not standoff, or refers to something that does not exist.
        OSError: a file cannot be read.
    """
    text, lines = _decoded(path.with_suffix(".txt")), _decoded(path).split("\n")
    article = segment(_bare(path, text))
    marks = quotations(text, (zone.range for zone in article.zones))
    events = _events(path, lines, _bounds(path, lines, len(text)))
    return replace(article, quotes=tuple(_quote(text, marks, number, roles) for number, roles in enumerate(events, 1)))


def _bare(path: Path, text: str) -> Article:
    name = re.sub(r"[^A-Za-z0-9_.-]", "_", path.stem).lstrip("_.-")[:128] or "article"
    bare = bare_article(name, text, metadata={"source_file": path.with_suffix(".txt").name})
    return replace(bare, annotators=(_ANNOTATOR,), layers=replace(bare.layers, quotes="silver"))


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidError([Issue("brat", f"byte {error.start} is not UTF-8; save it as UTF-8", file=str(path))]) from None


def _bounds(path: Path, lines: list[str], size: int) -> dict[str, _Bound]:
    """The text-bound annotations by id. Their copy of the text may run over several lines; it is not read."""
    found = {}
    for number, line in enumerate(lines, 1):
        if match := _BOUND.match(line):
            parts = tuple((int(start), int(end)) for start, end in (pair.split() for pair in match[3].split(";")))
            for start, end in parts:
                if end <= start:
                    raise _wrong(path, number, f'span {start} {end} ends before it starts; brat writes "start end"')
                if end > size:
                    raise _wrong(path, number, f"span {start} {end} runs past the text, which has {size} code points")
            found[match[1]] = _Bound(match[2], parts)
        elif re.match(r"T[0-9]+\t", line):
            raise _wrong(path, number, f'{quoted(line)} is not a span; brat writes "T1<tab>Label start end<tab>text"')
    return found


def _events(path: Path, lines: list[str], bounds: dict[str, _Bound]) -> Iterator[dict[str, list[Range]]]:
    """The parts of each attribution that has a content, by their role."""
    for number, line in enumerate(lines, 1):
        if match := _EVENT.match(line):
            roles: dict[str, list[Range]] = {role: [] for role in _ROLES}
            for argument in match[3].split():
                role, _, target = argument.partition(":")
                if target not in bounds:
                    raise _wrong(path, number, f"{match[1]} refers to {quoted(target)}, but no line defines it")
                roles.setdefault(role.rstrip("0123456789"), []).extend(bounds[target].parts)
            if roles["Content"]:
                yield roles


def _wrong(path: Path, line: int, message: str) -> InvalidError:
    return InvalidError([Issue("brat", message, file=str(path), line=line)])


def _quote(text: str, marks: list[Quotation], number: int, roles: dict[str, list[Range]]) -> Quote:
    content = spans(text, _joined(text, roles["Content"]))
    type_, inner = verbatim(text, (span.range for span in content), marks)
    return Quote(
        id=f"q{number}",
        type=type_,
        medium="speech",
        act="assertion",
        status="made",
        content=content,
        verbatim=spans(text, inner),
        cue=spans(text, roles["Cue"]),
        sources=tuple(Source(*s.range, s.text, None, "originator", None) for s in spans(text, roles["Source"])),
        addressees=(),
        parent=None,
        annotator=_ANNOTATOR.id,
        confidence=None,
    )


def _joined(text: str, parts: list[Range]) -> list[Range]:
    """The parts in order; those of one line that only white space separates are one (annotators mark sentence by sentence)."""
    found: list[Range] = []
    for start, end in sorted(parts):
        gap = text[found[-1][1] : start] if found else "\n"
        if not gap.strip() and "\n" not in gap:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def write(article: Article, path: Path) -> None:
    """Write ``NAME.ann``, and ``NAME.txt`` beside it. Only the fields in `KEEPS` are written."""
    bounds: list[str] = []
    events: list[str] = []
    for quote in article.quotes:
        arguments = []
        for role, marked in (("Content", quote.content), ("Cue", quote.cue), ("Source", quote.sources)):
            for i, span in enumerate(marked, 1):
                bounds.append(_line(len(bounds) + 1, role, span))
                arguments.append(f"{role}{i if i > 1 else ''}:T{len(bounds)}")
        bounds.append(_line(len(bounds) + 1, "Attribution", (quote.cue or quote.content)[0]))
        events.append(f"E{len(events) + 1}\tAttribution:T{len(bounds)} {' '.join(arguments)}\n")
    path.with_suffix(".txt").write_bytes(article.text.encode())
    path.write_bytes("".join(bounds + events).encode())


def _line(number: int, label: str, span: Span) -> str:
    """A text-bound annotation. A line of it is a line, so a span over several lines of the text is written in parts."""
    parts = [match.span() for match in re.finditer(r"[^\r\n]+", span.text)]
    places = ";".join(f"{span.start + start} {span.start + end}" for start, end in parts)
    return f"T{number}\t{label} {places}\t{' '.join(span.text[start:end] for start, end in parts)}\n"
