"""Reads PolNeAR (Newell et al. 2018), and other brat standoff with events ``Attribution``, as articles whose quotes are given.

An attribution is an event with the arguments ``Source``, ``Cue`` and ``Content``, written
``E1 Attribution:T4 Content:T3 Cue:T2 Source:T1``. Several ``Content`` arguments (``Content``, ``Content2``) are one
discontinuous content. It is for measuring: there are no entities, acts or claims in it. For our own annotations see `brat`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pressmark.formats import standoff
from pressmark.record.bare_article import bare_article
from pressmark.record.model import Annotator, Article, Quote, Source
from pressmark.record.spans import spans
from pressmark.segment import segment
from pressmark.segment.quotations import quotations, verbatim

if TYPE_CHECKING:
    from pathlib import Path

    from pressmark.formats.standoff import Range
    from pressmark.segment.quotations import Quotation

_ANNOTATOR = Annotator(id="brat", kind="import", role="annotator", name="brat standoff", version=None)


def read(path: Path) -> Article:
    """Reads ``NAME.ann``, and ``NAME.txt`` beside it, as an article whose attributions are quotes.

    brat has no zones and no types of quotes, so both are computed. Every medium is speech.

    Raises:
        InvalidError: a line of the annotation is not standoff, or refers to something that does not exist.
        OSError: a file cannot be read.
    """
    text, found = standoff.read(path)
    article = segment(_bare(path, text))
    marks = quotations(text, (zone.range for zone in article.zones))
    made: list[Quote] = []
    for event in found.events:
        roles = {
            role: [part for target in event.of(role) for part in found.bounds[target].parts]
            for role in ("Source", "Cue", "Content")
        }
        if event.type.startswith("Attribution") and roles["Content"]:
            made.append(_quote(text, marks, len(made) + 1, roles))
    return replace(article, quotes=tuple(made))


def _bare(path: Path, text: str) -> Article:
    name = re.sub(r"[^A-Za-z0-9_.-]", "_", path.stem).lstrip("_.-")[:128] or "article"
    bare = bare_article(name, text, metadata={"source_file": path.with_suffix(".txt").name})
    return replace(bare, annotators=(_ANNOTATOR,), layers=replace(bare.layers, quotes="silver"))


def _quote(text: str, marks: list[Quotation], number: int, roles: dict[str, list[Range]]) -> Quote:
    content = spans(text, standoff.joined(text, roles["Content"], over_lines=False))  # annotators mark sentence by sentence
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
