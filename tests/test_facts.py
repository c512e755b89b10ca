"""The facts that rules share are what a look at the whole text would find."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import a
from pressmark.record.model import Article, Entity, Mention, Span
from pressmark.record.text import tokens
from pressmark.validation import convert, issues
from pressmark.validation.facts import Facts, holds, touches

CASES = Path(__file__).parent / "cases"
ARTICLE = convert(json.loads((CASES / "valid/article.json").read_text(encoding="utf-8")), Article)
TEXT = st.text(st.sampled_from("abſsSdtreVl1.,- \n\xa0’'“”\"\u0301\u093f漢字กé😀\u200d\x1c"), min_size=1, max_size=12)
PLACES = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)), max_size=6)


def test_the_columns_are_the_spans_of_the_article_in_its_order() -> None:
    facts = Facts(ARTICLE)
    spans = [span for _, span in ARTICLE.spans()]

    assert spans == facts.spans
    assert [(span.start, span.end) for span in spans] == list(zip(facts.starts, facts.ends, strict=True))
    assert [span.text for span in spans] == facts.cuts
    assert [pointer for pointer, _ in ARTICLE.spans()] == facts.pointers


@given(TEXT)
def test_spans_that_cut_a_token_are_those_that_the_tokeniser_shows(text: str) -> None:
    ends = range(1, len(text) + 1)
    spans = [
        Span(start, end, text[start:end]) for end in ends for start in range(end) if text[start:end] == text[start:end].strip()
    ]
    facts = Facts(replace(ARTICLE, text=text, zones=(), sentences=tuple(spans), entities=(), quotes=(), claims=()))
    starts, stops = {start for start, _ in tokens(text)}, {end for _, end in tokens(text)}

    assert {span.start for span in spans} - starts == facts.late_starts
    assert {span.end for span in spans} - stops == facts.early_ends


@given(st.lists(st.integers(0, 30), max_size=8, unique=True), st.integers(0, 30), st.integers(1, 9))
def test_a_span_is_looked_for_among_sorted_ones_as_among_all(edges: list[int], start: int, length: int) -> None:
    edges.sort()
    spans = [Span(one, other, "x") for one, other in zip(edges[::2], edges[1::2], strict=False)]
    span = Span(start, start + length, "x")

    assert any(one.holds(span) for one in spans) == holds(spans, span)
    assert any(one.overlaps(span) for one in spans) == touches(spans, span)


@given(PLACES)
def test_mentions_reach_as_far_as_the_furthest_before_them(places: list[tuple[int, int]]) -> None:
    mentions = tuple(Mention(start, start + length, "x", "name") for start, length in places)
    facts = Facts(replace(ARTICLE, entities=(a(Entity, id="e1", label="PERSON", name="x", mentions=mentions, annotator="a"),)))

    assert [mention.range for mention in sorted(mentions)] == [found[:2] for found in facts.mentions]
    for start, reach in dict(facts.reaches("e1")).items():
        assert reach == max(mention.end for mention in mentions if mention.start <= start)


@pytest.mark.parametrize(("start", "end", "wrong"), [(0, 1, False), (1, 1, True), (2, 1, True), (0, 999, True), (-1, 1, False)])
def test_a_span_that_is_empty_or_ends_behind_the_text_is_outside(start: int, end: int, *, wrong: bool) -> None:
    facts = Facts(replace(ARTICLE, zones=(), sentences=(Span(start, end, ""),), entities=(), quotes=(), claims=()))

    assert ({0} if wrong else set()) == facts.outside
    assert (set() if wrong else {0}) == facts.misfits


def clean(record: dict[str, Any]) -> bool:
    return not list(issues(record))


def _closing(shift: int) -> dict[str, Any]:
    """A record whose last quote, its claim, source and cue end with the text, or so many characters behind it."""
    record: dict[str, Any] = json.loads((CASES / "valid/article.bare.json").read_text(encoding="utf-8"))
    text = "“Yes,” says Ann"
    marked: dict[str, Any] = {"annotator": "model", "confidence": None}

    def span(start: int, end: int, more: int = 0) -> dict[str, Any]:
        return {"start": start, "end": end + more, "text": text[start:end]}

    quote: dict[str, Any] = {
        "id": "q1",
        "type": "direct",
        "medium": "speech",
        "act": "assertion",
        "status": "made",
        "content": [span(0, 6)],
        "verbatim": [span(1, 5)],
    }
    source = span(12, 15, shift) | {"entity": None, "role": "originator", "type": None}
    quote |= {"cue": [span(7, 11)], "sources": [source], "addressees": [], "parent": None}
    claim: dict[str, Any] = {
        "id": "c1",
        "content": [span(7, 15, shift)],
        "proposition": "Ann says yes.",
        "types": ["event_property"],
    }
    claim |= {"checkworthiness": "check_worthy", "factuality": "CT+", "quote": None, "about": []}
    return record | {
        "text": text,
        "text_sha256": sha256(text.encode()).hexdigest(),
        "zones": [span(0, 15) | {"type": "body"}],
        "sentences": [span(0, 15)],
        "entities": [],
        "quotes": [quote | marked],
        "claims": [claim | marked],
        "annotators": [{"id": "model", "kind": "model", "role": "annotator", "name": "A model", "version": None}],
        "layers": dict.fromkeys(("zones", "entities", "quotes", "claims"), "silver"),
    }


def test_spans_behind_the_end_of_the_text_are_found() -> None:
    assert clean(_closing(0))
    assert not clean(_closing(1))


def test_quotation_marks_behind_the_end_of_the_text_are_found() -> None:
    record = _closing(0)
    record["text"] = "“Yes,”"
    record["text_sha256"] = sha256(record["text"].encode()).hexdigest()
    record["zones"] = [{"start": 0, "end": 6, "text": "“Yes,”", "type": "body"}]
    record["sentences"], record["claims"] = [{"start": 0, "end": 6, "text": "“Yes,”"}], []
    quote = record["quotes"][0] | {"cue": [], "sources": []}
    late = {"content": [{"start": 0, "end": 7, "text": "“Yes,”"}], "verbatim": [{"start": 1, "end": 6, "text": "Yes,"}]}

    assert clean(record | {"quotes": [quote]})
    assert not clean(record | {"quotes": [quote | late]})


def test_a_name_like_a_placeholder_hides_no_impossible_day() -> None:
    record = json.loads((CASES / "valid/article.json").read_text(encoding="utf-8"))
    record["metadata"] |= {"title": "Newark votes", "published": "2023-02-28"}
    assert clean(record)
    record["metadata"]["published"] = "2023-02-30"
    assert not clean(record)


@pytest.mark.parametrize("key", ["about", "types"])
def test_an_odd_claim_hides_no_list_that_names_one_twice(key: str) -> None:
    record = _closing(0)
    mention = {"start": 12, "end": 15, "text": "Ann", "level": "name"}
    entity = {"id": "e1", "label": "PERSON", "name": "Ann", "kb_id": None, "value": None, "members": [], "mentions": [mention]}
    record["entities"] = [entity | {"annotator": "model", "confidence": None}]
    claim = record["claims"][0] | {"about": ["e1"]}
    parts = [{"start": 7, "end": 11, "text": "says"}, {"start": 12, "end": 15, "text": "Ann"}]
    whole = claim | {"id": "c2", "proposition": "Ann says so."}

    record["claims"] = [claim | {"content": parts}, whole]
    assert clean(record)
    record["claims"] = [claim | {"content": parts}, whole | {key: claim[key] * 2}]
    assert not clean(record)
