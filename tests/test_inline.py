"""Inline drafts become annotations and come back from them, and every mistake has its line and column."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import MARKS, TEXTS, WORDS, a, bare
from pressmark.formats.inline import write as export
from pressmark.project import inline
from pressmark.project.anchor_file import anchor_draft
from pressmark.project.annotation_files import curate, taken_from
from pressmark.project.drafts import anchor
from pressmark.project.inline_write import write
from pressmark.record import contract
from pressmark.record.issue import InvalidError
from pressmark.record.model import (
    Addressee,
    Annotation,
    Annotator,
    Article,
    Claim,
    Entity,
    Layers,
    Mention,
    Quote,
    Source,
    Span,
    Zone,
)
from pressmark.record.text import tokens
from pressmark.segment import segment
from pressmark.validation import convert, issues

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

ROOT = Path(__file__).parents[1]
CASES = sorted((ROOT / "tests/cases/valid").rglob("*.json*"))
(EXAMPLE,) = re.findall(r"```text\n(.*?)```", (ROOT / "docs/inline.md").read_text(encoding="utf-8"), re.DOTALL)
HEAD = 'id: a\nannotator: me human annotator "Me"\n\n'
TEXT = "Ada Brook said Norland said no. “No,” Lind [sic] said."
MARKED = r"[Ada Brook]{e1 PERSON} said [Norland]{e2 GPE} said no. “No,” [Lind]{e3 PERSON} \[sic\] said."


def read(draft: str, text: str = TEXT) -> Annotation:
    article = segment(replace(bare(text), id=inline.name_of(draft)))
    return anchor(inline.read(draft, article).draft, article)


def again(annotation: Annotation, text: str) -> Annotation:
    return read(write(annotation, segment(replace(bare(text), id=annotation.id))), text)


def project_of(text: str, name: str, folder: Path) -> Path:
    (folder / "seeds").mkdir()
    (folder / f"seeds/{name}.txt").write_bytes(text.encode())
    return folder


# --- what a draft says


def test_a_mark_is_a_mention_and_its_level_follows_from_the_label() -> None:
    made = read(
        HEAD + "[Brook]{e1 PERSON} met [two]{e2 CARDINAL} men; [she]{e1 pronoun} left.\n---\n", "Brook met two men; she left."
    )

    assert [
        ("Brook", "PERSON", [(0, "name"), (19, "pronoun")]),
        ("two", "CARDINAL", [(10, "value")]),
    ] == [(e.name, e.label, [(m.start, m.level) for m in e.mentions]) for e in made.entities]


def test_brackets_and_backslashes_of_the_article_are_escaped() -> None:
    text = r"[sic] C:\new [Lind]{e1}"

    made = read(HEAD + r"\[sic\] C:\\new \[[Lind]{e1 PERSON}\]{e1}" + "\n---\n", text)

    assert [(14, 18)] == [mention.range for mention in made.entities[0].mentions]


def test_type_and_verbatim_follow_from_the_marks_unless_they_are_given() -> None:
    computed, given_ = "", "direct "
    for words, lines, expected in (
        (computed, "", ("direct", ["No,"])),
        ("mixed ", '\n  verbatim "No"', ("mixed", ["No"])),
        (given_, "\n  verbatim", ("direct", [])),
    ):
        made = read(f'{HEAD}{MARKED}\n---\nq1 {words}speech assertion made\n  content "“No,”"{lines}\n')
        assert expected == (made.quotes[0].type, [span.text for span in made.quotes[0].verbatim])


@pytest.mark.parametrize(
    ("content", "cue", "start"),
    [
        ('"“No,”"', '"said"', 49),  # in its sentence
        ('"Norland said no"', '"said"', 10),  # there outside the content
        ('"Norland said no"', '"said" #2', 23),
        ('"Norland said no"', '"said" in "sic] said"', 49),
    ],
)
def test_a_span_that_occurs_more_than_once_is_looked_for_near_its_content(content: str, cue: str, start: int) -> None:
    made = read(f"{HEAD}{MARKED}\n---\nq1 speech assertion made\n  cue {cue}\n  content {content}\n")

    assert [start] == [span.start for span in made.quotes[0].cue]


def test_a_claim_is_looked_for_in_its_quote_and_a_quote_in_its_parent() -> None:
    text = "It fell. Lind said: It fell, Brook knows."
    draft = f"""{HEAD}{text}
---
q1 speech assertion made
  content "It fell, Brook knows" in "It fell, Brook knows"
q2 thought assertion made
  content "It fell"
  parent q1
c1 event_property check_worthy CT+
  content "It fell"
  proposition It fell.
  quote q1
"""
    made = read(draft, text)

    assert [20, 20] == [made.quotes[1].content[0].start, made.claims[0].content[0].start]


def test_who_signs_and_how_far_a_layer_is_may_be_said_for_all_or_for_each_layer() -> None:
    head = 'id: a\nannotator: me human annotator "Me" "2.1"\nannotator: you rules annotator "You"\n'
    body = f'\n{MARKED}\n---\nq1 speech assertion made\n  content "“No,”"\n'

    each = read(f"{head}by: entities me, quotes you\nlayers: entities gold\n{body}")
    every = read(f"{head}by: you\n{body}  annotator me\n  confidence 0.25\n")

    assert ("me", "you", "2.1") == (each.entities[0].annotator, each.quotes[0].annotator, each.annotators[0].version)
    assert a(Layers, zones="none", entities="gold", quotes="silver", claims="none") == each.layers
    assert ("you", "me", 0.25) == (every.entities[0].annotator, every.quotes[0].annotator, every.quotes[0].confidence)


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, str.rstrip])
def test_what_an_editor_does_to_a_file_does_no_harm(change: Callable[[str], str], tmp_path: Path) -> None:
    project = project_of(TEXT, "a", tmp_path)
    draft = f'{HEAD}{MARKED}\n---\nq1 speech assertion made\n  content "“No,”"\n'
    (tmp_path / "plain.inline").write_bytes(draft.encode())
    (tmp_path / "changed.inline").write_bytes(change(draft).encode())

    expected = anchor_draft(tmp_path / "plain.inline", project).read_bytes()

    assert expected == anchor_draft(tmp_path / "changed.inline", project).read_bytes()


def test_the_line_ends_of_the_article_stay_though_an_editor_changed_them() -> None:
    text = "Brook said no.\r\n\r\nLind left.\r\n"

    made = read(f"{HEAD}Brook said no.\n\n[Lind]{{e1 PERSON}} left.\n\n---\n", text)

    assert [(18, "Lind")] == [(mention.start, mention.text) for mention in made.entities[0].mentions]


# --- whole articles


def test_the_example_of_the_documentation_is_a_valid_annotation(tmp_path: Path) -> None:
    text = re.sub(r"\[([^\[\]]*)\]\{[^}]*\}", r"\1", EXAMPLE.partition("\n\n")[2].partition("\n---\n")[0])
    (tmp_path / "bridge.inline").write_text(EXAMPLE, encoding="utf-8")

    found = json.loads(
        anchor_draft(tmp_path / "bridge.inline", project_of(text, "bridge", tmp_path)).read_text(encoding="utf-8")
    )

    assert [8, 3, 3] == [len(found[layer]) for layer in ("entities", "quotes", "claims")]
    assert ["€40 million", "PR-"] == [found["entities"][4]["name"][-11:], found["claims"][2]["factuality"]]


def test_an_article_was_annotated_by_hand_in_the_form(tmp_path: Path) -> None:
    text = (ROOT / "tests/inline/ferry.txt").read_bytes().decode()

    path = anchor_draft(ROOT / "tests/inline/ferry.inline", project_of(text, "ferry", tmp_path))

    found = convert(json.loads(path.read_text(encoding="utf-8")), Annotation)
    assert [18, 11, 10] == [len(found.entities), len(found.quotes), len(found.claims)]
    assert [] == [*issues(segment(curate(segment(replace(bare(text), id="ferry")), found)))]
    assert found == again(found, text)


# --- there and back


@pytest.mark.parametrize("name", [path.stem for path in sorted((ROOT / "seeds").glob("*.txt"))])
def test_the_gold_comes_back_from_its_export_byte_for_byte(name: str, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    for folder in ("seeds", "annotations"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    path = tmp_path / f"annotations/{name}.json"
    before = path.read_bytes()
    assert 0 == pressmark("export", tmp_path, "--to", "inline", "-o", tmp_path / "drafts").code
    path.unlink()

    assert 0 == pressmark("anchor", tmp_path / f"drafts/{name}.inline", "--project", tmp_path).code

    assert before == path.read_bytes()


def test_an_export_has_the_zones_that_the_rules_would_not_find_again() -> None:
    text = "Brook said no.\n\nLind left."
    found = segment(bare(text))
    by_hand = replace(found, zones=(Zone(0, 14, text[:14], "headline"),), layers=replace(found.layers, zones="gold"))

    ((_, plain), (name, marked)) = export([found, by_hand])

    assert ("a.inline", False) == (name, b"\nzone " in plain)
    assert by_hand.zones == read(marked.decode().replace("layers:", 'annotator: me human annotator "Me"\nlayers:'), text).zones


def records(path: Path) -> list[Article]:
    text = path.read_text(encoding="utf-8")
    found = [json.loads(line) for line in text.splitlines() if line.strip()] if path.suffix == ".jsonl" else [json.loads(text)]
    return [convert(record, Article) for record in found if isinstance(record, dict) and {"text", "entities"} <= record.keys()]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_valid_case_comes_back(path: Path) -> None:
    for article in records(path):
        found = taken_from(article, article)
        if path.stem == "zones.split-word":  # no draft of any form can hold a zone that ends inside a word
            with pytest.raises(InvalidError, match="inside a longer word"):
                again(found, article.text)
        else:
            assert found == again(found, article.text)


ANNOTATORS = tuple(
    a(Annotator, id=name, kind="human", name=f"“{name}” \\", version=v) for name, v in (("a", None), ("b", "1 #2"))
)
FREE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
KINDS: st.SearchStrategy[Any] = st.none() | st.sampled_from(contract.labels(contract.at("article", "quotes/sources/type")))
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12)


def labels(path: str) -> st.SearchStrategy[Any]:
    return st.sampled_from(contract.labels(contract.at("article", path)))


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, Annotation]:
    """A text, and an annotation of which nothing is true but its shape: spans of whole tokens, and ids."""
    text = draw(st.one_of(TEXTS, WORDS, MARKS, st.text("[]\\{}a \r\n-e1", max_size=30)))
    edges = [*tokens(text)]

    def spans(least: int = 0) -> list[Span]:
        if not edges:
            return []
        number = st.integers(0, len(edges) - 1)
        pairs = draw(st.lists(st.tuples(number, number), min_size=least, max_size=3))
        return [Span(s, e, text[s:e]) for s, e in ((edges[min(p)][0], edges[max(p)][1]) for p in pairs)]

    def signed() -> dict[str, Any]:
        return {"annotator": draw(st.sampled_from("ab")), "confidence": draw(st.none() | st.floats(0, 1))}

    ids = [f"e{n}" for n in draw(st.lists(st.integers(1, 99), unique=True, max_size=4))]
    entity = st.none() | st.sampled_from(ids or ["e1"])
    entities = tuple(
        a(
            Entity, id=name, label=draw(labels("entities/label")), name=draw(FREE), value=draw(st.none() | FREE),
            members=tuple(draw(st.lists(st.sampled_from(ids), unique=True))),
            mentions=tuple(Mention(*s.range, s.text, draw(labels("entities/mentions/level"))) for s in spans(1)), **signed(),
        )
        for name in ids
        if edges
    )  # fmt: skip
    quotes = tuple(
        a(
            Quote, id=f"q{n}", content=tuple(spans(1)), verbatim=tuple(spans()), cue=tuple(spans()),
            **{key: draw(labels(f"quotes/{key}")) for key in ("type", "medium", "act", "status")},
            sources=tuple(
                Source(*s.range, s.text, draw(entity), draw(labels("quotes/sources/role")), draw(KINDS))
                for s in spans()
            ),
            addressees=tuple(Addressee(*s.range, s.text, draw(entity)) for s in spans()),
            parent=draw(st.sampled_from([None, "q1", "q2"])), **signed(),
        )
        for n in range(draw(st.integers(0, 2 if edges else 0)), 0, -1)
    )  # fmt: skip
    claims = tuple(
        a(
            Claim, id=f"c{n}", content=tuple(spans(1)), proposition=draw(LINES), quote=draw(st.sampled_from([None, "q1"])),
            types=tuple(draw(st.lists(labels("claims/types"), unique=True, min_size=1))), about=tuple(ids[:2]),
            checkworthiness=draw(labels("claims/checkworthiness")), factuality=draw(labels("claims/factuality")), **signed(),
        )
        for n in range(draw(st.integers(0, 2 if edges else 0)), 0, -1)
    )  # fmt: skip
    article = replace(bare(text), entities=entities, quotes=quotes, claims=claims, annotators=ANNOTATORS)
    layers = a(Layers, **{layer: draw(labels(f"layers/{layer}")) for layer in ("entities", "quotes", "claims")})
    return text, taken_from(replace(article, layers=layers), None)


@given(annotated())
def test_any_annotation_comes_back(made: tuple[str, Annotation]) -> None:
    text, annotation = made

    assert annotation == again(annotation, text)


# --- mistakes

QUOTE = f'{HEAD}{MARKED}\n---\nq1 speech assertion made\n  content "“No,”"\n  cue "said"\n'


@pytest.mark.parametrize(
    ("ours", "theirs", "place", "said"),
    [
        ("id: a", "id a", "1:1", "begins with"),
        ("annotator: me human", "annotator: me alien", "2:15", "'alien' is no label here; write one of kind: human, model"),
        ("annotator: me", "written by: me", "2:1", "is no line of a head"),
        ('annotator: me human annotator "Me"', "by: you", "2:5", "there is no annotator 'you'"),
        ('annotator: me human annotator "Me"', "layers: quotes", "1:1", "the head names no annotator"),
        ('annotator: me human annotator "Me"', "layers: gold", "2:9", "the layers are zones, entities, quotes, claims"),
        ('"Me"', '"Me', "2:31", "this quotation is never closed"),
        ('"Me"\n', '"Me"\nlayers: quotes golden\n', "3:9", "is not one of"),
        ("\n---\n", "\n--\n", "1:1", "no text between an empty line and a line ---"),
        ("said no. ", "said nothing. ", "4:54", "here it has 'nothing."),
        ("[Lind]{e3 PERSON}", "[Lind", "4:62", "this bracket is never closed"),
        ("[Lind]{e3 PERSON}", "[Lind]", "4:67", "a mention ends with ]{id LABEL}"),
        ("[Lind]{e3 PERSON}", "Lind]{e3 PERSON}", "4:66", "no mention is open here"),
        ("[Lind]{e3 PERSON}", "[Lind]{PERSON}", "4:62", "'PERSON' is no id of an entity"),
        ("[Lind]{e3 PERSON}", "[Lind]{e3 MAN}", "4:62", "'MAN' is no label here"),
        ("[Lind]{e3 PERSON}", "[Lind]{e1 GPE}", "4:62", "e1 is PERSON above and GPE here"),
        ("[Lind]{e3 PERSON}", "[Lind]{e3}", "4:62", "label"),
        ("[Lind]{e3 PERSON}", "[Li]{e3 PERSON}nd", "4:62", "inside a longer word"),
        (r"\[sic\]", r"\sic", "4:80", "a backslash stands before"),
        ("q1 speech", "1 speech", "6:1", "begins no block"),
        ("q1 speech", "q1 loud", "6:4", "'loud' is no label here; write one of type: direct"),
        ("q1 speech", "q1 speech writing", "6:11", "'writing' is a second medium"),
        ("q1 speech", "q1", "6:4", "medium"),
        ('cue "said"', 'verb "said"', "8:3", "'verb' is no field of quotes; they have content"),
        ('cue "said"', "cue said", "8:7", "'said' is not quoted"),
        ('cue "said"', 'cue "said', "8:7", "this quotation is never closed"),
        ('cue "said"', r'cue "\said"', "8:7", "is no JSON string"),
        ('cue "said"', 'cue "sayd"', "8:7", "is not in the article"),
        ('cue "said"', "cue", "8:3", "cue has no value"),
        ('cue "said"', 'cue "said" #4', "8:7", "no occurrence 4"),
        ('cue "said"', 'cue "said" in "he said"', "8:7", "does not occur in the article"),
        ('content "“No,”"\n  cue',
         'content "Lind"\n  content "no"\n  cue "said" "said" #1\n  cue', "9:7", "3 place(s), so write #1, #2 …"),
        ('cue "said"', 'source "Lind" e3 loud', "8:20", "'loud' is no label here; write one of role: originator"),
        ('cue "said"', 'source "Lind" e9', "8:10", "e9"),
        ('cue "said"', "source e3", "8:10", "'e3' is not quoted"),
        ('cue "said"', 'addressee "Lind" official', "8:20", "'official' is no id of an entity"),
        ('cue "said"', "parent q1\n  parent q2", "9:10", "there is a second parent"),
        ('cue "said"', "parent q7", "8:10", "q7"),
        ('cue "said"', "confidence high", "8:14", "'high' is no number"),
        ('cue "said"', "confidence 7", "8:14", "7"),
        ('cue "said"', 'cue "said"\ne1\n  kb_id x\ne1', "11:1", "e1 has a block above"),
        ('cue "said"', 'cue "said"\ne1\n  kb_id x', "10:9", "must be wikipedia:"),
        ('cue "said"', 'cue "said"\nc1 rule check_worthy\n  content "Norland"', "9:4", "proposition"),
        ('cue "said"', 'cue "said"\nzone body "Nor"', "9:6", "inside a longer word"),
    ],
)  # fmt: skip
def test_every_mistake_has_its_line_and_column(
    ours: str, theirs: str, place: str, said: str, *, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    assert QUOTE.count(ours) == 1
    draft = tmp_path / "a.inline"
    draft.write_text(QUOTE.replace(ours, theirs), encoding="utf-8")

    ran = pressmark("anchor", draft, "--project", project_of(TEXT, "a", tmp_path))

    assert 1 == ran.code
    assert f"{draft}:{place}: " in ran.err
    assert said in ran.err
    assert not (tmp_path / "annotations").exists()


def test_all_mistakes_of_a_draft_are_named_in_the_order_of_the_file() -> None:
    draft = QUOTE.replace("speech", "loud").replace("cue", "verb").replace("[Lind]{e3 PERSON}", "[Lind]{e3 MAN}")

    with pytest.raises(InvalidError) as caught:
        read(draft)

    assert [4, 6, 8] == [issue.line for issue in caught.value.issues]


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.inline").write_bytes(QUOTE.encode("cp1252", "replace"))

    with pytest.raises(InvalidError, match=r"a\.inline:4:56: draft-inline: is not UTF-8"):
        anchor_draft(tmp_path / "a.inline", project_of(TEXT, "a", tmp_path))


def test_a_draft_of_no_seed_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(QUOTE.replace("id: a", "id: b"), encoding="utf-8")

    with pytest.raises(InvalidError, match=r"b\.txt:1:1: \$\.id: annotation-seed: its id is 'b'"):
        anchor_draft(tmp_path / "b.txt", project_of(TEXT, "a", tmp_path))


@given(
    st.lists(
        st.sampled_from([*QUOTE.split(" "), "\n", "\n\n", "---", "q1", "[", "]{e1}", '"', "#2", "zone", "\\", "  cue", "e1"])
    ).map(" ".join)
)
def test_no_file_is_more_than_wrong(draft: str) -> None:
    for text in (draft, f"{HEAD}{draft}\n---\n", f"{HEAD}{MARKED}\n---\n{draft}"):
        try:
            found: Any = read(text)
        except InvalidError as error:
            found = error.issues
        assert found


def test_import_says_that_anchor_reads_inline_drafts(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    (tmp_path / "a.inline").touch()

    ran = pressmark("import", tmp_path / "a.inline", "--from", "inline", "--annotator", "Me", "--project", tmp_path)

    assert (2, True) == (ran.code, "bring it back with pressmark anchor" in ran.err)
