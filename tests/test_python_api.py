"""``import pressmark``: its functions, and every block of ``docs/python.md``."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pressmark
from pressmark.record.model import Annotator
from typed_page import blocks, type_page

if TYPE_CHECKING:
    from pressmark import Article

ROOT = Path(__file__).parents[1]
TEXT = "“We will rebuild the bridge,” Mayor Ada Brook said on Monday. She did not say who will pay."


def test_every_block_of_the_page_prints_what_it_says(tmp_path: Path) -> None:
    type_page("docs/python.md", tmp_path)


def test_the_first_block_takes_five_lines() -> None:
    first = next(block for block in blocks("docs/python.md") if block.kind == "python")

    assert len([line for line in first.text.splitlines() if line]) <= 5


def test_an_import_loads_nothing_of_its_own() -> None:
    program = "import sys, pressmark; print([name for name in sys.modules if name.startswith('pressmark.')])"

    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_dir_lists_the_functions_and_other_names_are_errors() -> None:
    assert set(pressmark.__all__) <= set(dir(pressmark))
    with pytest.raises(AttributeError, match="no attribute 'anotate'"):
        _ = pressmark.anotate


def test_the_two_lists_of_names_are_the_same() -> None:
    from pressmark import api

    assert pressmark.__all__ == api.__all__


def test_an_article_has_its_metadata_zones_and_sentences() -> None:
    made = pressmark.article(TEXT, id="bridge", published="2025-03-01", title="The bridge")

    assert ("bridge", "2025-03-01", "The bridge") == (made.id, made.metadata.published, made.metadata.title)
    first, _ = (made.text[span.start : span.end] for span in made.sentences)
    assert first.endswith("said on Monday.")
    assert not pressmark.validate(made)


@pytest.mark.parametrize(
    "values",
    [
        {"text": ""},
        {"text": "A\x00b"},
        {"text": "A\ud800b"},
        {"text": TEXT, "id": "a b"},
        {"text": TEXT, "published": "Monday"},
        {"text": TEXT, "language": ""},
    ],
)
def test_an_article_that_breaks_the_schema_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(pressmark.InvalidError):
        pressmark.article(**values)


def test_an_unknown_field_of_metadata_is_named() -> None:
    with pytest.raises(TypeError, match=r"no metadata field 'headline'; the fields are .*title"):
        pressmark.article(TEXT, headline="The bridge")


def test_annotating_twice_changes_nothing() -> None:
    once = pressmark.annotate(TEXT)

    assert pressmark.annotate(once) == once


def test_layers_may_be_left_out() -> None:
    made = pressmark.annotate(TEXT, claims="none")

    assert made.quotes
    assert (made.layers.quotes, made.layers.claims, made.claims) == ("silver", "none", ())


@pytest.mark.parametrize("name", ["rule", "spacy:", "hf:no-such-model", "spacy:no-such-pipeline"])
def test_an_annotator_that_is_not_there_is_a_value_error(name: str) -> None:
    with pytest.raises(ValueError, match=name.partition(":")[0]):
        pressmark.annotate(TEXT, entities=name)


def nobody(article: Article) -> Article:
    me = Annotator(id="nobody", kind="rules", role="annotator", name="Nobody", version=None)
    return replace(article, annotators=(*article.annotators, me), layers=replace(article.layers, quotes="silver"))


def test_a_function_fills_its_layer_and_the_rules_the_others() -> None:
    made = pressmark.annotate(TEXT, quotes=nobody)

    assert (made.quotes, bool(made.entities), bool(made.claims)) == ((), True, True)
    assert not [issue for issue in pressmark.validate(made) if issue.severity == "error"]


def test_a_function_that_breaks_a_rule_is_refused() -> None:
    with pytest.raises(pressmark.InvalidError):
        pressmark.annotate(TEXT, entities=lambda article: replace(article, text="Another text."))


def test_validate_takes_parsed_json() -> None:
    record = json.loads((ROOT / "tests/cases/valid/article.json").read_text(encoding="utf-8"))
    assert not pressmark.validate(record)

    record["text"] += " More."

    assert "text_sha256" in str(pressmark.validate(record)[0])


def test_score_takes_one_article_or_several() -> None:
    made = pressmark.annotate(TEXT)

    assert pressmark.score(made, made) == pressmark.score([made], iter([made]))
    with pytest.raises(pressmark.InvalidError):
        pressmark.score(made, pressmark.article(TEXT, id="other"))


@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet", "a.json"])
def test_what_is_dumped_is_loaded(name: str, tmp_path: Path) -> None:
    made = [pressmark.annotate(TEXT), pressmark.article("One 😀 e\u0301.\r\n", id="other")][: 1 if name == "a.json" else 2]

    pressmark.dump(made, tmp_path / name)

    assert pressmark.load(str(tmp_path / name)) == made


def test_load_reads_a_project() -> None:
    assert len(pressmark.load(ROOT)) == 2


def test_html_is_a_page_that_a_notebook_frames() -> None:
    page = pressmark.html(pressmark.annotate('“<b>Stop</b>,” Ada Brook said. She "left".'))

    assert page.startswith("<!doctype html>")
    assert "<b>Stop</b>" not in page
    assert re.fullmatch(r'<iframe srcdoc="[^"]*" style="[^"]*"></iframe>', page._repr_html_(), re.DOTALL)


def test_a_spacy_doc_uses_the_pipeline_that_is_given() -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    made = pressmark.annotate(TEXT)

    doc = pressmark.to_spacy(made, nlp)

    assert doc.vocab is nlp.vocab
    assert TEXT == doc.text
    assert {span.text for span in doc.spans["quotes"]} >= {"Mayor Ada Brook", "said", "She", "did not say"}
    assert pressmark.to_spacy(made).text == TEXT
