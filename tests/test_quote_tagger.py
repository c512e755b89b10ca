"""What a model marks becomes quotes: parts find their cue, and our rules say what was denied, asked or only possible."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from conftest import CHECKOUT
from news import an_article
from pressmark import load
from pressmark.annotators import claim_classifier, quote_tagger
from pressmark.annotators.claims import claims
from pressmark.annotators.errors import UnavailableError, UnknownError
from pressmark.annotators.models import Model, Span
from pressmark.annotators.pipeline import Plan, check
from pressmark.record.model import Annotator
from pressmark.validation.registry import article_issues

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pressmark.record.model import Article, Quote

ROLES = {"s": "SOURCE", "c": "CUE", "q": "CONTENT", "a": "ADDRESSEE"}
_MARK = re.compile(r"\[([sqca]) |\]")
MODEL = Annotator("tiny", "model", "annotator", "a tiny model", "1")


def marks(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """``[s Lee] [c said] [q it fell].`` → the text, and the marked spans."""
    text, found, begun, last = "", [], [], 0
    for match in _MARK.finditer(line):
        text += line[last : match.start()]
        last = match.end()
        if match[1]:
            begun.append((len(text), ROLES[match[1]]))
        else:
            start, role = begun.pop()
            found.append((start, len(text), role))
    return text + line[last:], sorted(found)


def tagged(line: str, score: float | None = 0.9) -> Article:
    text, found = marks(line)
    article = an_article(text)

    def tag(texts: list[str]) -> Iterable[list[Span]]:
        for sentence, given in zip(article.sentences, texts, strict=True):
            assert given == sentence.text
            cut = ((max(a, sentence.start), min(b, sentence.end), role) for a, b, role in found)
            yield [Span(a - sentence.start, b - sentence.start, role, score) for a, b, role in cut if a < b]

    made = quote_tagger.quotes(article, Model("tiny", MODEL, frozenset(ROLES.values()), tag))
    assert not [issue for issue in article_issues(made) if issue.severity == "error"]
    return made


def said(quote: Quote) -> tuple[list[str], list[str], list[str]]:
    return [[span.text for span in spans] for spans in (quote.sources, quote.cue, quote.content)]  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("line", "quotes"),
    [
        ("[s Ann Lee] [c said] [q it fell].", [(["Ann Lee"], ["said"], ["it fell"])]),
        ("[q “It fell,”] [c said] [s Ann Lee], [q “and broke.”]", [(["Ann Lee"], ["said"], ["“It fell,”", "“and broke.”"])]),
        (
            "[s Ann Lee] [c said] [q it fell] and [s Bob Cho] [c said] [q it rose].",
            [(["Ann Lee"], ["said"], ["it fell"]), (["Bob Cho"], ["said"], ["it rose"])],
        ),
        (
            "[s Ann Lee] [c said] [q it fell], [c adding] [q that it broke].",
            [(["Ann Lee"], ["said"], ["it fell"]), (["Ann Lee"], ["adding"], ["that it broke"])],
        ),
        ("[s Ann Lee] and [s Bob Cho] [c said] [q it fell].", [(["Ann Lee", "Bob Cho"], ["said"], ["it fell"])]),
        (
            "[s Ann Lee] [c said] [q it fell], and it [c was reported] [q that it broke].",
            [(["Ann Lee"], ["said"], ["it fell"]), ([], ["was reported"], ["that it broke"])],
        ),
        ("[s Ann Lee] [c described] [q it] [c as] [q a leak].", [(["Ann Lee"], ["described", "as"], ["it", "a leak"])]),
        ("[q “It fell and broke into two.”] – [s Ann Lee]", [(["Ann Lee"], [], ["“It fell and broke into two.”"])]),
        ("[s Ann Lee] [c said]: [q “It fell and it broke.”]", [(["Ann Lee"], ["said"], ["“It fell and it broke.”"])]),
        ("[s Ann Lee] [c said] nothing else.", []),
        ("[q It fell].", []),
        ("[s Ann Lee] [c opined] [q that it fell].", [(["Ann Lee"], ["opined"], ["that it fell"])]),
    ],
)
def test_parts_find_their_cue(line: str, quotes: list[tuple[list[str], list[str], list[str]]]) -> None:
    assert quotes == [tuple(said(quote)) for quote in tagged(line).quotes]


@pytest.mark.parametrize(
    ("line", "act", "status"),
    [
        ("[s Lee] [c said] [q it fell].", "assertion", "made"),
        ("[s Lee] did not [c say] [q that it fell].", "assertion", "not_made"),
        ("[s Lee] never [c opined] [q that it fell].", "assertion", "not_made"),
        ("[s Lee] declined to [c say] [q that it fell].", "assertion", "not_made"),
        ("[s Lee] [c asked] [q whether it fell].", "question", "made"),
        ("[s Lee] [c urged] [a the council] [q to sell it].", "directive", "made"),
        ("[s Lee] [c promised] [q to sell it].", "commitment", "made"),
        ("[s Lee] will [c tell] [a the council] [q that it fell].", "assertion", "expected"),
        ("If [s Lee] [c says] [q that it fell], we leave.", "assertion", "possible"),
        ("[q “Did it fall?”] [c asked] [s Lee].", "question", "made"),
        ("[q “Sell it!”] [c said] [s Lee].", "directive", "made"),
    ],
)
def test_the_rules_say_what_the_model_cannot(line: str, act: str, status: str) -> None:
    (quote,) = tagged(line).quotes

    assert (act, status) == (quote.act, quote.status)


@pytest.mark.parametrize(
    "line",
    [
        "[s Lee] may have [c opined] [q that it fell].",
        "[s Lee] would [c opine] [q that it fell].",
        "[s No mayor] rarely [c said] [q it fell].",
    ],
)
def test_what_was_not_surely_said_is_no_quote(line: str) -> None:
    assert not [quote for quote in tagged(line).quotes if quote.status == "made"]


def test_a_quote_over_several_sentences_is_one() -> None:
    (quote,) = tagged("[q “It fell and it broke,”] [c said] [s Ann Lee]. [q “Nobody saw it fall. Nobody.”]").quotes

    assert ["“It fell and it broke,”", "“Nobody saw it fall. Nobody.”"] == [span.text for span in quote.content]
    assert "direct" == quote.type


def test_what_stands_inside_a_content_is_left_to_it() -> None:
    (quote,) = tagged("[s Ann Lee] [c said] [q that [s Bob Cho] [c said] [q it fell]].").quotes

    assert (["Ann Lee"], ["said"], ["that Bob Cho said it fell"]) == tuple(said(quote))


def test_the_model_signs_and_says_how_sure_it_is() -> None:
    sure, unknown = tagged("[s Lee] [c said] [q it fell].", 0.8765), tagged("[s Lee] [c said] [q it fell].", None)

    assert [("tiny", 0.876), ("tiny", 0.5)] == [
        (quote.annotator, quote.confidence) for made in (sure, unknown) for quote in made.quotes
    ]
    assert (MODEL,) == sure.annotators
    assert "silver" == sure.layers.quotes


def test_two_models_of_one_kind_sign_apart() -> None:
    text, _ = marks("[s Lee] [c said] [q it fell].")
    other = replace(MODEL, name="another model")
    article = replace(an_article(text), annotators=(other,))
    spans = [Span(0, 3, "SOURCE", 1.0), Span(4, 8, "CUE", 1.0), Span(9, 16, "CONTENT", 1.0)]
    model = Model("tiny", MODEL, frozenset(), lambda _: [spans])

    made = quote_tagger.quotes(article, model)

    assert (other, replace(MODEL, id="tiny-2")) == made.annotators
    assert ["tiny-2"] == [quote.annotator for quote in made.quotes]


@pytest.mark.parametrize("wild", [(-1, 3, "CUE"), (0, 0, "CONTENT"), (2, 9999, "SOURCE"), (0, 1, "NOUN"), (0, 4, "O")])
def test_spans_that_are_none_are_passed_over(wild: tuple[int, int, str]) -> None:
    article = an_article("Lee said it fell. It rained.")
    model = Model("wild", MODEL, frozenset(), lambda texts: [[Span(*wild, 2.0)] for _ in texts])

    assert () == quote_tagger.quotes(article, model).quotes


def test_the_parts_of_the_gold_become_its_quotes() -> None:
    """All but three: two share words, one has its content in the sentence before, and one has an intermediary."""
    same = total = 0
    for article in load(CHECKOUT / "data/articles.jsonl"):
        outer = [quote for quote in article.quotes if quote.parent is None]
        bare = replace(article, quotes=(), claims=(), layers=replace(article.layers, quotes="none"))
        made = quote_tagger.quotes(bare, _gold(article, outer))
        found = [said(quote) for quote in made.quotes]
        total += len(outer)
        same += sum(said(quote) in found for quote in outer)

    assert total - 3 <= same


def _gold(article: Article, quotes: list[Quote]) -> Model:
    def tag(_: list[str]) -> Iterable[list[Span]]:
        for sentence in article.sentences:
            parts = [
                (max(span.start, sentence.start) - sentence.start, min(span.end, sentence.end) - sentence.start, role)
                for quote in quotes
                for role, spans in (("SOURCE", quote.sources), ("CUE", quote.cue), ("CONTENT", quote.content))
                for span in spans
            ]
            yield [Span(*part, 1.0) for part in parts if part[0] < part[1]]

    return Model("gold", MODEL, frozenset(), tag)


def sentences(labels: dict[str, tuple[str, float]]) -> Model:
    """A classifier that knows some sentences; all others hold no claim."""

    def tag(texts: list[str]) -> Iterable[list[Span]]:
        return [[Span(0, len(text), *labels.get(text, ("no_claim", 0.9)))] for text in texts]

    return Model("tiny", MODEL, frozenset({"claim", "no_claim"}), tag)


def test_a_classifier_chooses_the_sentences_of_the_claims() -> None:
    article = an_article("The bridge fell in May. The mayor resigned. Was it rain?")

    made = claim_classifier.claims(article, sentences({"The mayor resigned.": ("claim", 0.75), "Was it rain?": ("claim", 1.0)}))

    assert [("c1", "The mayor resigned.", "tiny", 0.75)] == [
        (c.id, c.proposition, c.annotator, c.confidence) for c in made.claims
    ]
    assert (MODEL,) == made.annotators
    assert len(claims(article).claims) == 2


@pytest.mark.parametrize("name", ["hf:MODEL", "spacy:PIPELINE"])
def test_models_are_named_as_for_entities(name: str) -> None:
    check(Plan(quotes=name))
    with pytest.raises(UnknownError, match="--claims spacy:x: no such annotator; use rules, hf:MODEL, llm:MODEL or none"):
        check(Plan(claims="spacy:x"))


def test_a_pipeline_that_fills_span_groups(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("span_ruler")
    ruler.add_patterns(
        [
            {"label": "SOURCE", "pattern": "Ann Lee"},
            {"label": "CUE", "pattern": "said"},
            {"label": "CONTENT", "pattern": [{"LOWER": "it"}, {"LOWER": "fell"}]},
        ]
    )
    pipeline.to_disk(tmp_path / "tiny")

    made = quote_tagger.quotes(an_article("Ann Lee said it fell."), quote_tagger.load(f"spacy:{tmp_path / 'tiny'}"))

    assert [(["Ann Lee"], ["said"], ["it fell"])] == [tuple(said(quote)) for quote in made.quotes]


def test_a_pipeline_without_contents_is_refused(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    spacy.blank("en").to_disk(tmp_path / "blank")

    with pytest.raises(UnavailableError, match=r"\Aspacy:.*blank: its labels \(none\) lack CONTENT; [^\n]+\Z"):
        quote_tagger.load(f"spacy:{tmp_path / 'blank'}")


def test_a_model_that_is_not_there_is_one_line(pressmark: Any, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Ann Lee said it fell.")

    ran = pressmark("annotate", text, "--quotes", "spacy:no_such_pipeline")

    assert (3, "", 1) == (ran.code, ran.out, ran.err.count("\n"))
