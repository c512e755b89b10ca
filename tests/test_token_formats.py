"""DocBin and Prodigy: what the tools themselves read, corrections that come back, and lines that say what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import spacy
import typer
from hypothesis import given
from spacy.tokens import DocBin
from spacy.training import Corpus
from spacy.util import fix_random_seed

import pressmark.cli  # noqa: F401 - adds the commands to the application
from news import TEXTS
from pressmark.cli.console import app
from pressmark.formats import prodigy, registry, spacy_docbin
from pressmark.formats.reconcile import reconciled
from pressmark.formats.words import words
from pressmark.record.issue import InvalidError
from pressmark.record.text import tokens
from test_formats import ARTICLES, ME

if TYPE_CHECKING:
    from pathlib import Path

    from pressmark.record.model import Article

GOLD = ARTICLES["gold 000_3b584eadf7b65c4a"]


def docbin(folder: Path, *articles: Article) -> Path:
    ((_, data),) = spacy_docbin.write(articles)
    (folder / "articles.spacy").write_bytes(data)
    return folder / "articles.spacy"


def docs(path: Path) -> list[Any]:
    return list(DocBin(store_user_data=True).from_disk(path).get_docs(spacy.blank("en").vocab))


@given(TEXTS)
def test_words_and_single_spaces_make_up_the_text(text: str) -> None:
    found = list(words(text, tokens(text), ()))

    assert text.lstrip(" ") == "".join(text[word.start : word.end] + " " * word.is_spaced for word in found).lstrip(" ")
    assert all(text[word.start : word.end].isspace() or not set(text[word.start : word.end]) & {" ", "\n"} for word in found)


def test_spacy_has_the_text_the_names_and_all_mentions(tmp_path: Path) -> None:
    (doc,) = docs(docbin(tmp_path, GOLD))

    mentions = {(m.start, m.end, entity.label, entity.kb_id or "") for entity in GOLD.entities for m in entity.mentions}
    flat = {(m.start, m.end) for entity in GOLD.entities for m in entity.mentions if m.flat}
    assert GOLD.text == doc.text
    assert mentions == {(span.start_char, span.end_char, span.label_, span.kb_id_) for span in doc.spans["sc"]}
    assert flat == {(span.start_char, span.end_char) for span in doc.ents}
    assert sum(len(quote.content) for quote in GOLD.quotes) == sum(span.label_ == "CONTENT" for span in doc.spans["quotes"])


def test_spacy_debugs_the_data_without_a_complaint_about_spans(tmp_path: Path) -> None:
    path = docbin(tmp_path, *ARTICLES.values())

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "spacy", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    run("init", "config", "--lang", "en", "--pipeline", "ner,spancat", "c.cfg")
    done = run("debug", "data", "c.cfg", "--paths.train", str(path), "--paths.dev", str(path), "--no-format")

    assert f"{len(ARTICLES)} training docs" in done.stdout, done.stdout + done.stderr
    assert "No entities consisting of or starting/ending with whitespace" in done.stdout
    assert "0 missing value(s)" in done.stdout


def test_a_blank_pipeline_learns_names_from_it(tmp_path: Path) -> None:
    fix_random_seed(1)
    pipeline = spacy.blank("en")
    pipeline.add_pipe("ner")
    examples = list(Corpus(docbin(tmp_path, GOLD))(pipeline))
    pipeline.initialize(lambda: examples)
    for _ in range(100):
        pipeline.update(examples, drop=0.1)

    scores = pipeline.evaluate(examples)

    assert scores["ents_f"] > 0.8


def test_a_correction_in_a_span_group_comes_back(tmp_path: Path) -> None:
    path = docbin(tmp_path, GOLD)
    (doc,) = docs(path)
    first = doc.spans["sc"][0]
    doc.spans["sc"][0] = replaced = doc.char_span(
        first.start_char, first.end_char, label=first.label_, kb_id="wikidata:Q1", span_id=first.id_
    )
    DocBin([], store_user_data=True, docs=[doc]).to_disk(path)

    (foreign,) = spacy_docbin.read(path)
    made, problems = reconciled(foreign, GOLD, spacy_docbin.KEEPS, ME)

    assert [] == problems
    changed = [after for before, after in zip(GOLD.entities, made.entities, strict=True) if before != after]
    assert [("wikidata:Q1", "me")] == [(entity.kb_id, entity.annotator) for entity in changed]
    assert replaced.text == changed[0].mentions[0].text


def test_a_new_name_of_a_pipeline_becomes_an_entity(tmp_path: Path) -> None:
    path = docbin(tmp_path, replace(GOLD, entities=(), quotes=(), claims=()))
    (doc,) = docs(path)
    start = GOLD.text.index("Japan")
    doc.set_ents([doc.char_span(start, start + 5, label="GPE")])
    DocBin(store_user_data=True, docs=[doc]).to_disk(path)

    (foreign,) = spacy_docbin.read(path)

    (entity,) = foreign.items["entities"]
    assert ("Japan", "GPE", "name") == (entity["name"], entity["label"], entity["mentions"][0]["level"])


@pytest.mark.parametrize("data", [b"", b"{}", b"\x78\x9c\x03\x00\x00\x00\x00\x01"])
def test_what_is_no_docbin_is_named(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.spacy"
    path.write_bytes(data)

    with pytest.raises(InvalidError, match=r"x\.spacy: spacy: is not a DocBin"):
        list(spacy_docbin.read(path))


def task(*articles: Article) -> list[dict[str, Any]]:
    ((_, data),) = prodigy.write(articles)
    return [json.loads(line) for line in data.decode().split("\n") if line]


def test_prodigy_has_spans_whose_tokens_cut_the_same_text() -> None:
    for one in task(*ARTICLES.values()):
        at = one["tokens"]
        assert list(range(len(at))) == [token["id"] for token in at]
        for span in one["spans"]:
            first, last = at[span["token_start"]], at[span["token_end"]]
            assert (span["start"], span["end"]) == (first["start"], last["end"])
            assert one["text"][span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize(("answer", "count"), [("accept", 1), ("reject", 0), ("ignore", 0)])
def test_only_accepted_tasks_are_imported(answer: str, count: int, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text(json.dumps(task(GOLD)[0] | {"answer": answer, "_annotator_id": "db-ann"}), "utf-8")

    assert ["db-ann"] * count == [foreign.by for foreign in prodigy.read(path)]


def test_a_new_span_without_a_level_is_named(tmp_path: Path) -> None:
    (one,) = task(replace(GOLD, entities=(), quotes=(), claims=()))
    one["spans"] = [{"start": 0, "end": 5, "token_start": 0, "token_end": 0, "label": "GPE"}, "no span", {"label": 3}]
    path = tmp_path / "out.jsonl"
    path.write_text("\n" + json.dumps(one), "utf-8")

    (foreign,) = prodigy.read(path)

    second, first = map(str, foreign.incomplete)
    assert f"{path}:2: {GOLD.id}: prodigy: span 'span1' at 0:5 has no level; it is left out" == first
    assert "span 'span2' has the offsets None:None" in second


@pytest.mark.parametrize("line", ["{", "[]", '{"html": "x"}'])
def test_a_line_that_is_no_task_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text(line, "utf-8")

    with pytest.raises(InvalidError, match=r"out\.jsonl:1: prodigy: is not"):
        list(prodigy.read(path))


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [
        ("spacy", "spacy", "spacy"),
        ("uima-json", "cassis", "inception"),
        ("uima-xmi", "cassis", "inception"),
    ],
)
@pytest.mark.parametrize("command", ["export", "import"])
def test_a_missing_package_is_named_with_its_extra(command: str, name: str, package: str, extra: str, tmp_path: Path) -> None:
    program = f"import sys; sys.modules[{package!r}] = None; from pressmark.cli import main; main()"
    options = ["--to", name, "-o", "out"] if command == "export" else ["--from", name, "--annotator", "Ann"]

    (tmp_path / "a.jsonl").write_text("", encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", program, command, "a.jsonl", *options], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    wanted = f"{name} needs the package {package}, which is not installed; run: pip install 'pressmark[{extra}]'"
    assert (3, True) == (done.returncode, wanted in done.stderr), done.stderr


def test_help_lists_the_formats() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]

    for command, option, names in (("export", "--to", registry.NAMES), ("import", "--from", registry.BOTH_WAYS)):
        (parameter,) = (one for one in commands[command].params if option in one.opts)
        assert all(name in parameter.help for name in names)
