"""Scores of imperfect predictions, of plain spans and of CoNLL files; and that every field moves a figure."""

from __future__ import annotations

import copy
import io
import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import CHECKOUT, project_of
from news import a
from pressmark.record import contract
from pressmark.record.encode import json_line
from pressmark.record.issue import InvalidError
from pressmark.record.model import Article, Entity, Mention
from pressmark.record.text import tokens
from pressmark.scoring import Pair, as_json, disagreements, imperfect_records, iob2, paired, score, table
from pressmark.validation import convert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Ran

RECORD = json.loads((CHECKOUT / "tests/cases/valid/article.json").read_text(encoding="utf-8"))
CASE = convert(RECORD, Article)
TEXT = CASE.text


def record(*changes: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """The case, changed."""
    changed: dict[str, Any] = copy.deepcopy(RECORD)
    for change in changes:
        change(changed)
    return changed


def at(start: int, end: int, **more: object) -> dict[str, Any]:
    return {"start": start, "end": end, "text": TEXT[start:end], **more}


def write(path: Path, *records: object) -> Path:
    path.write_bytes(b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in records))
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path / "gold.jsonl", RECORD)


def found_json(run: Ran) -> dict[str, Any]:
    assert 0 == run.code, run.err
    found: dict[str, Any] = json.loads(run.out)
    return found


# What is wrong counts as wrong


def full_stop(article: dict[str, Any]) -> None:
    article["quotes"][1]["cue"] = [at(62, 69)]


def split_word(article: dict[str, Any]) -> None:
    article["entities"][1]["mentions"] = [at(54, 60, level="name")]


def overlap(article: dict[str, Any]) -> None:
    article["entities"][1]["mentions"].append(at(58, 61, level="name"))


def duplicate(article: dict[str, Any]) -> None:
    article["entities"][1]["mentions"].append(at(54, 61, level="name"))


def unknown_label(article: dict[str, Any]) -> None:
    article["entities"][1]["label"] = "PER"


def wrong_type(article: dict[str, Any]) -> None:
    article["quotes"][0]["type"] = "indirect"


def unknown_type(article: dict[str, Any]) -> None:
    article["quotes"][0]["type"] = "DIRECT"


def no_such_entity(article: dict[str, Any]) -> None:
    article["quotes"][0]["sources"][0]["entity"] = "e9"


def no_such_quote(article: dict[str, Any]) -> None:
    article["claims"][0]["quote"] = "q9"


def no_content(article: dict[str, Any]) -> None:
    article["quotes"][0]["content"] = []


def same_id_twice(article: dict[str, Any]) -> None:
    article["entities"][1]["id"] = "e1"


def white_space(article: dict[str, Any]) -> None:
    article["claims"][1]["content"] = [at(70, 79)]


def two_in_one(article: dict[str, Any]) -> None:
    article["quotes"][0]["content"] = [at(14, 77), at(14, 29)]


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        (full_stop, "quotes/cue/exact/f1"),
        (split_word, "entities/mentions/strict/f1"),
        (overlap, "entities/mentions/strict/precision"),
        (duplicate, "entities/mentions/strict/precision"),
        (unknown_label, "entities/mentions/strict/f1"),
        (wrong_type, "quotes/type/value"),
        (unknown_type, "quotes/type/value"),
        (no_such_entity, "quotes/speaker/value"),
        (no_such_quote, "claims/claimer/value"),
        (no_content, "quotes/attribution/precision"),
        (same_id_twice, "quotes/speaker/value"),
        (white_space, "claims/content/exact/f1"),
        (two_in_one, "quotes/content/exact/f1"),
    ],
)
def test_a_wrong_prediction_is_scored_as_wrong(
    change: Callable[[dict[str, Any]], None], figure: str, gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    pred = write(tmp_path / "pred.jsonl", record(change))

    found: Any = found_json(pressmark("score", gold, pred, "--format", "json", "--errors"))

    assert found["errors"]
    for key in figure.split("/"):
        found = found[key]
    assert found < 1


def missing(article: dict[str, Any]) -> None:
    del article["quotes"][0]["act"]


def extra(article: dict[str, Any]) -> None:
    article["quotes"][0]["polarity"] = "+"


def number_for_label(article: dict[str, Any]) -> None:
    article["entities"][0]["label"] = 5


def text_for_offset(article: dict[str, Any]) -> None:
    article["entities"][0]["mentions"][0]["start"] = "30"


def shifted(article: dict[str, Any]) -> None:
    article["entities"][0]["mentions"][0] = {"start": 31, "end": 38, "text": "Ann Lee", "level": "name"}


def outside(article: dict[str, Any]) -> None:
    article["entities"][0]["mentions"][0]["end"] = 10_000


def empty_span(article: dict[str, Any]) -> None:
    article["quotes"][0]["cue"] = [at(38, 38)]


@pytest.mark.parametrize(
    ("change", "issue"),
    [
        (missing, "$.quotes[0] (q1): schema-required: missing 'act'"),
        (extra, "$.quotes[0] (q1): schema-additional-properties: unknown key 'polarity'"),
        (number_for_label, "$.entities[0].label (e1): schema-type: 5 is not of type string"),
        (text_for_offset, '$.entities[0].mentions[0].start (e1): schema-type: "30" is not of type integer'),
        (shifted, "$.entities[0].mentions[0] (e1): span-text: says 'Ann Lee', but 31:38 is 'nn Lee '"),
        (outside, "$.entities[0].mentions[0] (e1): span-order: 30:10000 runs past the text"),
        (empty_span, "$.quotes[0].cue[0] (q1): span-order: 38:38 is empty"),
    ],
)
def test_only_keys_types_and_offsets_are_refused(
    change: Callable[[dict[str, Any]], None], issue: str, gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    pred = write(tmp_path / "pred.jsonl", record(), record(unknown_label, change))

    run = pressmark("score", gold, pred)

    assert (1, "") == (run.code, run.out)
    assert issue in run.err
    assert f"{pred}:2:" in run.err
    assert "PER" not in run.err


def test_a_record_of_version_1_is_named_in_one_line(gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    pred = write(tmp_path / "pred.jsonl", record(missing, lambda article: article.update(schema_version="1.0.0")))

    run = pressmark("score", gold, pred)

    assert 1 == run.code
    assert 1 == len(run.err.splitlines())
    assert "is a record of version 1" in run.err


def test_an_annotation_may_be_imperfect_too(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    project = project_of(tmp_path / "p", {"case.txt": TEXT.encode()})
    for name, change in (("a", record()), ("b", record(unknown_label, duplicate))):
        (project / name).mkdir()
        write(project / name / "case.json", {key: change[key] for key in contract.columns("annotation")})

    run = pressmark("score", project / "a", project / "b")

    assert 0 == run.code
    assert "labels PER  " in run.out
    assert "warning: 'PER' is no label of the schema or the gold, so its 2 mentions count as wrong; --map OLD=NEW" in run.err


def test_a_layer_with_items_is_annotated_whatever_it_says(gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    pred = write(tmp_path / "pred.jsonl", record(lambda article: article["layers"].update(quotes="none")))

    assert 1.0 == found_json(pressmark("score", gold, pred, "--format", "json"))["quotes"]["attribution"]["f1"]


def test_errors_of_the_gold_are_one_warning(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    wrong = write(tmp_path / "gold.jsonl", record(unknown_label, wrong_type))

    run = pressmark("score", wrong, wrong)

    assert 0 == run.code
    assert 1 == len(run.err.splitlines())
    assert run.err.startswith("warning: the gold breaks rules in one place; `pressmark validate` lists them; the first: case: ")


# --map


def test_map_renames_a_label_of_the_predictions(gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    pred = write(tmp_path / "pred.jsonl", record(unknown_label))

    run = pressmark("score", gold, pred, "--map", "PER=PERSON", "--map", "LOC=GPE", "--format", "json")

    assert 1.0 == found_json(run)["entities"]["mentions"]["strict"]["f1"]
    assert "warning: --map 'LOC': the predictions have no such label\n" == run.err


@pytest.mark.parametrize("rules", [["PER"], ["=PERSON"], ["PER="], ["PER=PERSON", "PER=ORG"]])
def test_a_map_that_says_nothing_is_wrong_usage(rules: list[str], gold: Path, pressmark: Callable[..., Ran]) -> None:
    assert 2 == pressmark("score", gold, gold, *(word for rule in rules for word in ("--map", rule))).code


# Every field


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of what a value holds; a span is one leaf, and so is an empty list."""
    if isinstance(value, dict):
        if "start" in value:
            yield (*path, "end")
        for key, child in value.items():
            if key not in {"start", "end", "text"}:
                yield from leaves(child, (*path, key))
    elif isinstance(value, list) and value:
        for i, child in enumerate(value):
            yield from leaves(child, (*path, i))
    else:
        yield path


GROUP = a(
    Entity,
    id="e3",
    label="PERSON",
    name="it",
    value="2",
    members=("e1", "e2"),
    mentions=(Mention(45, 47, "It", "pronoun"),),
    annotator="a",
)
INTERMEDIARY = at(54, 61, entity="e2", role="intermediary", type="media")
ADDRESSEE = at(54, 61, entity="e2")


def rich() -> dict[str, Any]:
    """The case with something in every field of an entity, a quote or a claim."""
    found = record()
    found["entities"].append(json.loads(json_line(GROUP)))
    found["quotes"][0]["addressees"] = [copy.deepcopy(ADDRESSEE)]
    found["quotes"][0]["sources"].append(copy.deepcopy(INTERMEDIARY))
    return found


NOT_COMPARED = {"id", "annotator", "confidence"}
LAYERS = ("entities", "quotes", "claims")
FIELDS = [(layer, *path) for layer in LAYERS for path in leaves(rich()[layer]) if path[-1] not in NOT_COMPARED]
FILLED = {"members": "e1", "about": "e1", "addressees": ADDRESSEE}  # what an empty list may hold


@pytest.mark.parametrize("path", FIELDS, ids=lambda path: "/".join(map(str, path)))
def test_a_change_of_any_field_lowers_a_figure(path: tuple[Any, ...]) -> None:
    gold, pred = rich(), rich()
    parent: Any = pred
    for key in path[:-1]:
        parent = parent[key]
    if path[-1] == "end":
        parent |= at(parent["start"], parent["end"] - 1)
    else:
        parent[path[-1]] = [FILLED[path[-1]]] if parent[path[-1]] == [] else "other"
    sides = [imperfect_records.read(side, Article) for side in (gold, pred)]

    pairs = [Pair(*sides)]

    assert min(numbers(as_json(score(pairs)))) < 1
    assert list(disagreements(pairs))


def numbers(tree: Any) -> Iterator[float]:
    """The values of all figures."""
    for key, child in tree.items() if isinstance(tree, dict) else ():
        if key in {"precision", "recall", "f1", "value"} and isinstance(child, float):
            yield child
        yield from numbers(child)


def test_a_record_that_is_all_right_has_no_lower_figure() -> None:
    both = imperfect_records.read(rich(), Article)

    assert {1.0} == set(numbers(as_json(score([Pair(both, both)]))))


WORDS = st.sampled_from(["", "e1", "q1", "PERSON", "none", "originator", "direct", "\u2028", "CT-"])


@given(st.data())
def test_any_labels_and_ids_can_be_scored(data: st.DataObject) -> None:
    sides = []
    for _ in range(2):
        found = rich()
        for path in data.draw(st.lists(st.sampled_from(sorted(FIELDS, key=str)), max_size=8)):
            parent: Any = found
            for key in path[:-1]:
                parent = parent[key]
            if path[-1] not in {"end", "addressees"}:
                parent[path[-1]] = data.draw(st.lists(WORDS, max_size=2)) if path[-1] in FILLED else data.draw(WORDS)
        for layer, key in (("quotes", "content"), ("quotes", "sources"), ("entities", "mentions"), ("claims", "content")):
            for item in found[layer]:
                item[key] = item[key] * data.draw(st.integers(0, 2))
        sides.append(imperfect_records.read(found, Article))

    pairs = [Pair(*sides)]

    assert list(table(score(pairs)))
    assert all(str(error).isprintable() for error in disagreements(pairs))


# Relations


def related(path: Path, *relations: tuple[str, str, str]) -> Path:
    records: list[dict[str, Any]] = [
        {
            "id": f"r{i}",
            "type": kind,
            "a": {"article": "case", "claim": one},
            "b": {"article": "case", "claim": other},
            "differs_in": [],
            "note": None,
            "annotator": "a",
            "confidence": None,
        }
        for i, (kind, one, other) in enumerate(relations, start=1)
    ]
    return write(path, *records)


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (("supporting", "c1", "c2"), (1.0, 1.0)),
        (("supporting", "c2", "c1"), (1.0, 0.0)),
        (("refuting", "c1", "c2"), (1.0, 0.0)),
        (("supporting", "c1", "c9"), (0.0, 0.0)),
        (("no such type", "c2", "c1"), (1.0, 0.0)),
    ],
)
def test_relations_are_scored_by_their_claims_and_type(
    relation: tuple[str, str, str], expected: tuple[float, float], gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    golds = related(tmp_path / "g.jsonl", ("supporting", "c1", "c2"))
    preds = related(tmp_path / "p.jsonl", relation)

    found = found_json(pressmark("score", gold, gold, "--relations", golds, preds, "--format", "json"))

    assert expected == (found["relations"]["pair"]["f1"], found["relations"]["relation"]["f1"])
    assert "relations" not in found["not_compared"]


def test_symmetric_relations_have_no_direction_and_ids_of_claims_are_those_of_each_side(
    gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    def renamed(article: dict[str, Any]) -> None:
        for claim, name in zip(article["claims"], ("c7", "c8"), strict=True):
            claim["id"] = name

    pred = write(tmp_path / "pred.jsonl", record(renamed))
    golds = related(tmp_path / "g.jsonl", ("identical", "c1", "c2"))
    preds = related(tmp_path / "p.jsonl", ("identical", "c8", "c7"))

    found = found_json(pressmark("score", gold, pred, "--relations", golds, preds, "--format", "json"))

    assert 1.0 == found["relations"]["relation"]["f1"]


def test_relations_of_folders_are_found(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    for name, relation in (("a", ("identical", "c1", "c2")), ("b", ("related", "c1", "c2"))):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "articles.jsonl", RECORD)
        related(tmp_path / name / "relations.jsonl", relation)

    found = found_json(pressmark("score", tmp_path / "a", tmp_path / "b", "--format", "json"))

    assert (1.0, 0.0) == (found["relations"]["pair"]["f1"], found["relations"]["relation"]["f1"])


def test_a_project_is_its_annotations_and_relations(project: Path, pressmark: Callable[..., Ran]) -> None:
    found = found_json(pressmark("score", project, project / "annotations", "--format", "json"))

    assert 1.0 == found["quotes"]["attribution_complete"]["f1"] == found["relations"]["relation"]["f1"]


# Plain spans

ANN, BOB = {"id": "case", "start": 30, "end": 37}, {"id": "case", "start": 54, "end": 61}


def test_plain_spans_are_compared_with_names_and_values(gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    spans = write(
        tmp_path / "spans.jsonl", {**ANN, "label": "PERSON", "score": 0.9}, {**BOB, "label": "ORG", "text": "Bob Ray"}
    )

    run = pressmark("score", gold, spans)
    found = found_json(pressmark("score", gold, spans, "--format", "json"))

    assert "" == run.err
    assert (0.5, 2, 2) == tuple(found["entities"]["flat"]["strict"][key] for key in ("f1", "gold", "pred"))
    assert 3 == found["entities"]["mentions"]["strict"]["gold"]
    assert (1, 1.0) == tuple(found["entities"]["labels"]["PERSON"][key] for key in ("pred", "precision"))
    line = "entity fields, coreference, quotes, claims, relations, levels of mentions"
    assert f"\nnot compared, because a side has none: {line}\n" in run.out
    assert "missed" not in run.out
    for section in ("entity_fields", "coreference", "quotes", "claims"):
        assert found[section] is None


def test_plain_spans_may_be_the_gold(gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    spans = write(tmp_path / "spans.jsonl", {**ANN, "label": "PERSON"})

    found = found_json(pressmark("score", spans, gold, "--format", "json"))

    assert (0.5, 1.0) == tuple(found["entities"]["flat"]["strict"][key] for key in ("precision", "recall"))


def test_an_article_without_spans_has_missed_all(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    gold = write(tmp_path / "gold.jsonl", RECORD, record(lambda article: article.update(id="other")))
    spans = write(tmp_path / "spans.jsonl", {**ANN, "label": "PERSON"})

    found = found_json(pressmark("score", gold, spans, "--format", "json"))

    assert ["case", "other"] == found["articles"]
    assert (4, 1) == tuple(found["entities"]["flat"]["strict"][key] for key in ("gold", "pred"))


@pytest.mark.parametrize(
    ("span", "issue"),
    [
        ({**ANN, "label": "PERSON", "end": 10_000}, ":2:1: case: e2: span-order: 30:10000 runs past the text"),
        ({**ANN, "label": "PERSON", "start": -1, "end": 2}, ":2:1: case: e2: span-text: "),
        ({**ANN, "label": "PERSON", "text": "Bob"}, ":2:1: case: e2: span-text: says 'Bob', but 30:37 is 'Ann Lee'"),
        ({**ANN, "label": 5}, ":2:1: score-span: Expected `str`, got `int` - at `$.label`"),
        ({"start": 1, "end": 2, "label": "PERSON"}, ":2:1: score-span: Object missing required field `id`"),
        ({**ANN, "label": "PERSON", "id": "stranger"}, "stranger: score-article: is in the prediction, but not in the gold"),
    ],
)
def test_a_span_that_is_nowhere_is_an_error_with_its_line(
    span: dict[str, Any], issue: str, gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    run = pressmark("score", gold, write(tmp_path / "spans.jsonl", {**BOB, "label": "PERSON"}, span))

    assert (1, "") == (run.code, run.out)
    assert issue in run.err


def test_spans_of_a_stranger_can_be_left_out(gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    spans = write(tmp_path / "spans.jsonl", {**ANN, "label": "PERSON"}, {**ANN, "label": "PERSON", "id": "stranger"})

    run = pressmark("score", gold, spans, "--common")

    assert (0, "left out 1 of 2 articles, because only one side has them\n") == (run.code, run.err)


def test_two_files_of_plain_spans_need_the_texts(
    tmp_path: Path, pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    spans = write(tmp_path / "spans.jsonl", {**ANN, "label": "PERSON"})

    run = pressmark("score", spans, spans)
    assert (1, 1) == (run.code, len(run.err.splitlines()))
    assert "score-text: neither side has the texts" in run.err

    project = project_of(tmp_path / "p", {"case.txt": TEXT.encode(), "other.txt": b"Rain."})
    run = pressmark("score", spans, spans, "--project", project)
    assert 0 == run.code
    assert run.out.startswith("1 article\n")


# CoNLL


def conll(article: Article, *, label: str | None = None) -> str:
    """The article as tokens with the tags of its names and values."""
    lines = []
    names = [(m, entity.label) for entity in article.entities for m in entity.mentions if m.flat]
    for start, end in tokens(article.text):
        mention, kind = next(((m, kind) for m, kind in names if m.start <= start < m.end), (None, ""))
        tag = f"{'B' if mention.start == start else 'I'}-{label or kind}" if mention else "O"
        lines.append(f"{article.text[start:end]}\tNN\t{tag}\n")
    return "".join(lines)


def test_conll_is_compared_with_names_and_values_alone(gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    (tmp_path / "case.conll").write_text(conll(CASE), encoding="utf-8")

    run = pressmark("score", gold, tmp_path / "case.conll")
    found = found_json(pressmark("score", gold, tmp_path / "case.conll", "--format", "json"))

    assert "" == run.err
    for scheme in ("mentions", "flat"):
        assert (1.0, 2) == tuple(found["entities"][scheme]["strict"][key] for key in ("f1", "gold"))
    line = "entity fields, coreference, quotes, claims, relations, mentions of level nominal and pronoun"
    assert f"\nnot compared, because a side has none: {line}\n" in run.out


def test_labels_of_conll_are_mapped(gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    (tmp_path / "case.conll").write_text(conll(CASE, label="PER"), encoding="utf-8")

    found = found_json(pressmark("score", gold, tmp_path / "case.conll", "--map", "PER=PERSON", "--format", "json"))

    assert 1.0 == found["entities"]["flat"]["strict"]["f1"]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("B-PER I-PER O B-PER", [("PER", 0, 1), ("PER", 3, 3)]),  # the example of seqeval's README
        ("O O B-MISC I-MISC I-MISC I-MISC O", [("MISC", 2, 5)]),
        ("I-PER I-PER O", [("PER", 0, 1)]),  # I- after O begins
        ("B-PER I-ORG I-ORG", [("PER", 0, 0), ("ORG", 1, 2)]),  # and after another label
        ("B-PER B-PER I-PER", [("PER", 0, 0), ("PER", 1, 2)]),
        ("B-PER I-PER | I-PER O", [("PER", 0, 1), ("PER", 2, 2)]),  # a sentence ends every mention
        ("S-PER B-PER E-PER I-PER", [("PER", 0, 0), ("PER", 1, 2), ("PER", 3, 3)]),  # IOBES
        ("U-PER B-PER I-PER L-PER O", [("PER", 0, 0), ("PER", 1, 3)]),  # BILOU
        ("O O", []),
    ],
)
def test_tags_are_read_as_seqeval_reads_them(tags: str, expected: list[tuple[str, int, int]]) -> None:
    words = [f"w{i}" for i, _ in enumerate(tags.replace("| ", "").split())]
    pending = iter(words)
    lines = "\n".join("" if tag == "|" else f"{next(pending)} {tag}" for tag in tags.split())
    text = " ".join(words)
    (article,) = iob2.tagged(lines.encode(), "f")

    spans = iob2.spans(article, "a", text)

    assert expected == [(one.label, text[: one.start].count(" "), text[: one.end].count(" ")) for one in spans]


def test_articles_begin_with_an_id_or_a_docstart() -> None:
    lines = (
        "-DOCSTART- -X- O\n\nA O\n\n# id = one\n# text = A\nB B-X\n\n# sent_id = 2\nC I-X\n"
        "# newdoc id = two\n# O\n-DOCSTART-\tO\nD O\n"
    )

    found = iob2.tagged(lines.encode(), "f")

    assert [None, "one", "two", None] == [article.name for article in found]
    assert ["A", "B\nC", "#", "D"] == [article.text for article in found]


def test_tokens_are_found_across_line_ends_and_what_is_left_out() -> None:
    text = "The headline.\n\nHe saw the Bank\r\nof\u200b Japan. Not this. He left Japan."
    lines = "He O\nsaw O\nthe O\nBank B-ORG\nof I-ORG\nJapan I-ORG\n. O\n\nHe O\r\nleft O\r\nJapan B-GPE\r\n. O"

    spans = iob2.spans(iob2.tagged(lines.encode(), "f")[0], "a", text)

    assert ["Bank\r\nof\u200b Japan", "Japan"] == [text[span.start : span.end] for span in spans]
    assert text.rindex("Japan") == spans[1].start


def test_a_token_that_is_left_out_is_not_found_inside_another() -> None:
    spans = iob2.spans(iob2.tagged(b"He B-PERSON\n", "f")[0], "a", "The man. He left.")

    assert [9] == [span.start for span in spans]


@pytest.mark.parametrize(
    ("lines", "issue"),
    [
        ("Will O\nit O\nsnow O\n", ":3: score-token: 'snow' is not where the text of 'case' goes on: ' rain? “We are"),
        ("Will O\nrain O\n", ":2: score-token: 'rain' is not where the text of 'case' goes on: ' it rain?"),
        ("Will O\nit\n", ":2: score-tag: 'it' has one column"),
        ("Will O\nit PERSON\n", ":2: score-tag: 'PERSON' is no IOB2 tag"),
        ("Will O\nit B-\n", ":2: score-tag: 'B-' is no IOB2 tag"),
        ("Will O\n-DOCSTART- O\nit O\n", "score-article: has 2 articles without an id, and the other side has 1"),
        ("# id = case\nWill O\n# id = case\nit O\n", "case: score-twice: occurs twice in the prediction"),
    ],
)
def test_conll_that_does_not_fit_is_one_error(
    lines: str, issue: str, gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]
) -> None:
    (tmp_path / "x.conll").write_text(lines, encoding="utf-8")

    run = pressmark("score", gold, tmp_path / "x.conll")

    assert (1, "", 1) == (run.code, run.out, len(run.err.splitlines()))
    assert issue in run.err


def test_conll_that_is_not_utf_8_names_the_line(gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    (tmp_path / "x.conll").write_bytes(b"Will O\nit\xff O\n")

    run = pressmark("score", gold, tmp_path / "x.conll")

    assert 1 == run.code
    assert f"{tmp_path / 'x.conll'}:2: file-encoding: byte 9 (0xff) is not UTF-8\n" == run.err


def test_articles_without_ids_are_in_the_order_of_the_other_side(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    text = "Carl Poe left."
    other = a(Entity, id="e1", label="PERSON", name="Carl Poe", mentions=(Mention(0, 8, "Carl Poe", "name"),), annotator="a")
    second = replace(CASE, id="another", text=text, zones=(), sentences=(), entities=(other,), quotes=(), claims=())
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(json_line(CASE) + json_line(second))
    (tmp_path / "x.iob2").write_text(f"-DOCSTART- O\n\n{conll(CASE)}\n-DOCSTART- O\n\n{conll(second)}", encoding="utf-8")

    found = found_json(pressmark("score", gold, tmp_path / "x.iob2", "--format", "json"))

    assert ["another", "case"] == found["articles"]
    assert (1.0, 3) == tuple(found["entities"]["flat"]["strict"][key] for key in ("f1", "gold"))


def test_two_conll_files_need_no_text(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    one = "-DOCSTART- O\n\nAnn B-PER\nLee I-PER\nleft O\n\nBob B-PER\n\n-DOCSTART- O\n\nRome B-LOC\n"
    (tmp_path / "gold.txt").write_text(one, encoding="utf-8")
    (tmp_path / "pred.txt").write_text(one.replace("Lee I-PER", "Lee O").replace("B-LOC", "B-ORG"), encoding="utf-8")

    run = pressmark("score", tmp_path / "gold.txt", tmp_path / "pred.txt", "--format", "json")

    strict = found_json(run)["entities"]["flat"]["strict"]
    assert (3, 3, 1) == (strict["gold"], strict["pred"], strict["correct"])
    assert "'ORG'" not in run.err


def test_a_folder_of_conll_files_has_the_ids_in_its_names(gold: Path, tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    (tmp_path / "f").mkdir()
    (tmp_path / "f/case.conll").write_text(conll(CASE), encoding="utf-8")

    assert ["case"] == found_json(pressmark("score", gold, tmp_path / "f", "--format", "json"))["articles"]


# Standard input


@pytest.mark.parametrize(
    "data",
    [
        json_line(CASE),
        json.dumps(RECORD, indent=2).encode(),
        json.dumps([RECORD]).encode(),
        b"".join(json.dumps({**span, "label": "PERSON"}).encode() + b"\n" for span in (ANN, BOB)),
        conll(CASE).encode(),
    ],
)
def test_standard_input_is_a_side(
    data: bytes, gold: Path, pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    for sides in ((gold, "-"), ("-", gold)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert 1.0 == found_json(pressmark("score", *sides, "--format", "json"))["entities"]["flat"]["strict"]["f1"]


def test_both_sides_cannot_be_standard_input(pressmark: Callable[..., Ran]) -> None:
    run = pressmark("score", "-", "-")

    assert (2, "pressmark: only one side can be standard input (-)\n") == (run.code, run.err)


def test_an_issue_of_standard_input_says_so(gold: Path, pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json_line(CASE) + b"{\n")))

    run = pressmark("score", gold, "-")

    assert 1 == run.code
    assert run.err.startswith("-:2:1: file-json: ")


# Many spans


def test_hundreds_of_spans_that_all_overlap_are_paired_one_to_one() -> None:
    text = "x" * 1000
    base = replace(CASE, text=text, zones=(), sentences=(), entities=(), quotes=(), claims=())
    golds, preds = ([Mention(i, 999 - by, text[i : 999 - by], "name") for i in range(400)] for by in (0, 1))
    gold, pred = (
        replace(base, entities=(a(Entity, id="e1", label="ORG", name="x", mentions=tuple(side), annotator="a"),))
        for side in (golds, preds)
    )

    found = (score(paired([gold], [pred])[0]).sections["entities"] or {})["mentions/partial"]

    assert (0.5, 400, 0, 0) == (found.main, *(found.counts[key] for key in ("partial", "missed", "spurious")))


def test_a_record_keeps_its_own_values() -> None:
    assert CASE == imperfect_records.read(RECORD, Article)
    with pytest.raises(InvalidError):
        imperfect_records.read([RECORD], Article)
