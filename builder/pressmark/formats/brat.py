"""brat standoff: a text and beside it a file ``.ann`` of spans and events (Stenetorp et al. 2012; brat manual, "standoff").

An attribution is an event ``Attribution`` with the arguments ``Source``, ``Cue`` and ``Content``, as PolNeAR (Newell et al.
2018) writes it: ``E1 Attribution:T4 Content:T3 Cue:T2 Source:T1``. Several ``Content`` arguments (``Content``, ``Content2``)
are one discontinuous content. brat counts Unicode code points, as we do.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from pressmark.issue import InvalidError, Issue
from pressmark.model import Annotator, Article, Layers, Metadata, Quote, Source, Span
from pressmark.segment import segment
from pressmark.segment.quotations import quotations, verbatim
from pressmark.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

KEEPS = frozenset({"id", "text", "quotes[].content", "quotes[].cue", "quotes[].sources"})
SUFFIXES = (".ann",)

_BOUND = re.compile(r"(T[0-9]+)\t([^\t ]+) ([0-9]+ [0-9]+(?:;[0-9]+ [0-9]+)*)(?:\t|\Z)")
_EVENT = re.compile(r"(E[0-9]+)\t(\S.*)\Z")
_ID = re.compile(r"[TERAMNE*#][0-9]*\t")
_ANNOTATOR = Annotator(id="brat", kind="import", name="brat standoff", version=None)

Range = tuple[int, int]


class _Bound(NamedTuple):
    label: str
    parts: tuple[Range, ...]


def read(path: Path) -> Article:
    """The article of ``NAME.ann`` and of ``NAME.txt`` beside it, with its attributions as gold quotes.

    brat has no zones and no types: both are computed, as for any text.

    Raises:
        InvalidError: a line of the annotation is not standoff, or refers to what is not there.
        OSError: a file cannot be read.
    """
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    lines = path.read_bytes().decode("utf-8").split("\n")
    bounds = _bounds(path, lines, len(text))
    article = segment(
        Article(
            schema_version="1.0.0",
            offset_unit="code_point",
            id=re.sub(r"[^A-Za-z0-9_.-]", "_", path.stem)[:128],
            text=text,
            text_sha256=sha256(text.encode()).hexdigest(),
            language="und",
            metadata=Metadata(None, None, None, None, None, None, str(path.with_suffix(".txt").name), None),
            zones=(),
            sentences=(),
            entities=(),
            quotes=(),
            claims=(),
            annotators=(_ANNOTATOR,),
            layers=Layers(zones="none", entities="none", quotes="gold", claims="none"),
        )
    )
    return _with_quotes(article, list(_events(path, lines, bounds)))


def _bounds(path: Path, lines: list[str], size: int) -> dict[str, _Bound]:
    """The text-bound annotations by id. Their copy of the text may run over several lines; it is not read."""
    found = {}
    for number, line in enumerate(lines, 1):
        if match := _BOUND.match(line):
            parts = tuple((int(a), int(b)) for a, b in (pair.split() for pair in match[3].split(";")))
            for start, end in parts:
                if not start < end <= size:
                    raise _wrong(path, number, f'span {start} {end} is none of the text\'s {size}; brat writes "start end"')
            found[match[1]] = _Bound(match[2], parts)
        elif re.match(r"T[0-9]+\t", line):
            raise _wrong(path, number, f'{quoted(line)} is no span; brat writes "T1<tab>Label start end<tab>text"')
    return found


def _events(path: Path, lines: list[str], bounds: dict[str, _Bound]) -> Iterator[dict[str, list[Range]]]:
    """The parts of each attribution by role."""
    for number, line in enumerate(lines, 1):
        match = _EVENT.match(line)
        if not match:
            continue
        roles: dict[str, list[Range]] = {"Source": [], "Cue": [], "Content": []}
        trigger, *arguments = match[2].split()
        for argument in [trigger, *arguments]:
            role, _, target = argument.partition(":")
            if target not in bounds:
                raise _wrong(path, number, f"{match[1]} refers to {quoted(target)}, but no line defines it")
            roles.setdefault(re.sub(r"[0-9]+\Z", "", role), []).extend(bounds[target].parts)
        if trigger.startswith("Attribution:") and roles["Content"]:
            yield roles


def _wrong(path: Path, line: int, message: str) -> InvalidError:
    return InvalidError([Issue("brat", message, file=str(path), line=line)])


def _with_quotes(article: Article, events: list[dict[str, list[Range]]]) -> Article:
    from dataclasses import replace

    text = article.text
    marks = quotations(text, ((zone.start, zone.end) for zone in article.zones))
    found = []
    for roles in events:
        content = _spans(text, roles["Content"])
        type_, inner = verbatim(text, ((span.start, span.end) for span in content), marks)
        sources = tuple(Source(s.start, s.end, s.text, None, "originator") for s in _spans(text, roles["Source"]))
        quote = Quote(
            id=f"q{len(found) + 1}",
            type=type_,
            medium="speech",
            content=content,
            verbatim=_spans(text, inner),
            cue=_spans(text, roles["Cue"]),
            sources=sources,
            parent=None,
            annotator=_ANNOTATOR.id,
            confidence=None,
        )
        if content:
            found.append(quote)
    return replace(article, quotes=tuple(found))


def _spans(text: str, parts: Iterable[Range]) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end in sorted(parts):
        begin = max(start, found[-1].end) if found else start
        part = text[begin:end]
        begin += len(part) - len(part.lstrip())
        if words := part.strip():
            found.append(Span(begin, begin + len(words), words))
    return tuple(found)


def write(article: Article, path: Path) -> None:
    """Write ``NAME.ann`` and ``NAME.txt`` beside it. Types, media, entities and parents are lost (see `KEEPS`)."""
    bounds: list[str] = []
    events: list[str] = []
    for quote in article.quotes:
        named = [
            *((f"Content{i if i > 1 else ''}", span) for i, span in enumerate(quote.content, 1)),
            *((f"Cue{i if i > 1 else ''}", span) for i, span in enumerate(quote.cue, 1)),
            *((f"Source{i if i > 1 else ''}", span) for i, span in enumerate(quote.sources, 1)),
        ]
        arguments = []
        for role, span in named:
            bounds.append(_line(len(bounds) + 1, re.sub(r"[0-9]+\Z", "", role), span))
            arguments.append(f"{role}:T{len(bounds)}")
        bounds.append(_line(len(bounds) + 1, "Attribution", (quote.cue or quote.content)[0]))
        events.append(f"E{len(events) + 1}\tAttribution:T{len(bounds)} {' '.join(arguments)}\n")
    path.with_suffix(".txt").write_bytes(article.text.encode())
    path.write_bytes("".join(bounds + events).encode())


def _line(number: int, label: str, span: Span) -> str:
    """A text-bound annotation; its copy of the text is one line, so a span over several is written in their parts."""
    parts, start = [], span.start
    for line in re.split(r"([\r\n]+)", span.text):
        if line.strip("\r\n"):
            parts.append(f"{start} {start + len(line)}")
        start += len(line)
    return f"T{number}\t{label} {';'.join(parts)}\t{' '.join(span.text.splitlines())}\n"
