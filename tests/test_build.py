from __future__ import annotations

import re
import shutil
import subprocess
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet as pq

from conftest import CHECKOUT, VIEWS, annotate, example, project_of, spans, tree, write_json
from pressmark.project.records import articles as read_articles
from pressmark.project.validate_file import issues_in
from pressmark.publish import parquet, views
from pressmark.publish.build import build, make
from pressmark.publish.cuts import Unit
from pressmark.record import contract
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import tokens
from pressmark.validation import Survey

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran
    from pressmark.record.model import Article

FIGURES = "<!-- figures: written by `pressmark build` -->{}<!-- /figures -->"


def published(project: Path) -> dict[str, str]:
    """What a build writes."""
    return {name: what for name, what in tree(project).items() if name.split("/")[0] in {"data", ".huggingface.yaml"}}


def table(project: Path, view: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.ParquetFile(project / f"data/{view}/train-00000-of-00001.parquet").read().to_pylist()
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of the checkout's seeds and annotations, built anew; not to be changed."""
    folder = tmp_path_factory.mktemp("built")
    make(CHECKOUT, folder)
    return folder


@pytest.fixture(scope="module")
def articles(built: Path) -> dict[str, Article]:
    return {article.id: article for article in read_articles(built / "data/articles.jsonl")}


def test_a_second_build_makes_the_same_bytes(project: Path) -> None:
    build(project)
    first = tree(project)
    build(project)

    assert first == tree(project)


def test_the_folder_of_a_project_is_not_in_its_dataset(project: Path, tmp_path: Path) -> None:
    other = shutil.copytree(project, tmp_path / "somewhere else" / "ü")
    shutil.rmtree(other / "data")

    build(project)
    build(other)
    shutil.copy(project / "data/README.md", other / "data/README.md")  # its prose is written by hand
    build(other)

    assert published(project) == published(other)


def test_where_a_build_is_started_is_not_in_its_dataset(
    small: Path, monkeypatch: pytest.MonkeyPatch, pressmark: Callable[..., Ran]
) -> None:
    before = published(small)
    monkeypatch.chdir(small / "seeds")

    assert 0 == pressmark("build", "..").code
    monkeypatch.chdir(small)
    assert 0 == pressmark("build").code
    assert before == published(small)


def test_other_articles_build_without_annotations(tmp_path: Path) -> None:
    project = project_of(tmp_path, {"a.txt": b"PARIS - It rains.\nStill.\n", "deep/b.txt": "雨。".encode()})

    counts = build(project).rows

    assert {view: 2 if view == "articles" else 0 for view in VIEWS} == counts
    for row in table(project, "articles"):
        assert {"zones": "silver", "entities": "none", "quotes": "none", "claims": "none"} == row["layers"]
        assert row["zones"]
        assert row["sentences"]
        assert "und" == row["language"]


def test_a_view_without_a_row_is_a_file_but_no_configuration(tmp_path: Path) -> None:
    """`datasets` 5.2 loads no split of 0 rows but as a stream (its pull request 8401)."""
    import datasets

    project = project_of(tmp_path / "empty", {"a.txt": b"It rains."})
    build(project)

    assert ["articles"] == datasets.get_dataset_config_names(str(project))
    assert 1 == len(datasets.load_dataset(str(project), split="train", cache_dir=str(tmp_path / "cache")))
    for view in views.VIEWS[1:]:
        file = str(project / f"data/{view.name}/train-00000-of-00001.parquet")
        found = datasets.load_dataset("parquet", data_files=file, split="train", streaming=True)
        assert [] == list(found)
        assert contract.features(view.columns()) == found.features


def test_the_card_keeps_what_was_written_by_hand(small: Path) -> None:
    front = {"license": "cc-by-4.0", "language": ["en", "no"], "pretty_name": "Größe: \U0001f4f0", "size": {"n": [1, None]}}
    prose = f"\n# Ours\r\n\n---\ntext  \n\n{FIGURES.format('old')}\n\n```\nno newline at the end"
    (small / "data/README.md").write_bytes(
        f"---\n{yaml.safe_dump(front | {'configs': 'old'}, allow_unicode=True)}---\n{prose}".encode()
    )

    build(small)

    card = (small / "data/README.md").read_bytes().decode()
    _, written, body = card.split("---\n", 2)
    kept = yaml.safe_load(written)
    assert list(VIEWS[:-2]) == [config["config_name"] for config in kept.pop("configs")]
    assert re.fullmatch("[0-9a-f]{64}", kept.pop("sha256sums"))
    assert front == kept
    before, after = prose.split(FIGURES.format("old"))
    assert body.startswith(before)
    assert body.endswith(after)
    assert "| articles | 2 |" in body


@pytest.mark.parametrize(
    "front",
    ["- a\n- b\n", "a: [\n", "date: 2023-13-45\n", "? [a]\n: b\n", "\tx: 1\n", "a: !!python/none x\n"],
    ids=["list", "unclosed", "no-date", "complex-key", "tab", "tag"],
)
def test_a_card_whose_front_matter_is_wrong_stops_the_build(small: Path, front: str) -> None:
    (small / "data/README.md").write_text(f"---\n{front}---\n")
    before = tree(small)

    with pytest.raises(InvalidError) as invalid:
        build(small)

    assert ["card-yaml"] == [issue.code for issue in invalid.value.issues]
    assert before == tree(small)


@pytest.mark.parametrize("name", ["data/README.md", "DATASHEET.md"])
def test_prose_that_is_not_utf_8_is_named(small: Path, name: str) -> None:
    (small / name).write_bytes(b"Caf\xe9")

    with pytest.raises(InvalidError) as invalid:
        build(small)

    assert [("card-encoding", str(small / name))] == [(issue.code, issue.file) for issue in invalid.value.issues]


def test_the_figures_of_the_datasheet_stand_between_its_markers(small: Path) -> None:
    (small / "DATASHEET.md").write_bytes(f"# Why\r\n\n{FIGURES.format('old')} and {FIGURES.format('')}\nend".encode())

    build(small)

    found = (small / "DATASHEET.md").read_bytes().decode()
    first, second = re.findall(FIGURES.format("(.*?)"), found, re.DOTALL)
    assert first == second
    assert "| articles | 2 |\n| UTF-8 bytes | 56 |\n| code points | 52 |" in first
    assert "# Why\r\n\n and \nend" == re.sub(FIGURES.format(".*?"), "", found, flags=re.DOTALL)


def test_a_datasheet_without_markers_stays_and_none_is_made(small: Path) -> None:
    assert not (small / "DATASHEET.md").exists()
    (small / "DATASHEET.md").write_text("Nothing to fill in.")

    build(small)

    assert "Nothing to fill in." == (small / "DATASHEET.md").read_text()


def test_the_figures_count_the_records(built: Path, articles: dict[str, Article]) -> None:
    figures = dict(re.findall(r"^\| (.+?) \| (\d+) \|$", (built / "data/README.md").read_text(), re.MULTILINE))

    assert len(articles) == int(figures["articles"])
    assert sum(len(article.text) for article in articles.values()) == int(figures["code points"])
    for name in ("zones", "sentences", "entities", "quotes", "claims"):
        assert sum(len(getattr(article, name)) for article in articles.values()) == int(figures[name])


def test_the_checksums_are_those_of_sha256sum(project: Path) -> None:
    build(project)

    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=project / "data", capture_output=True, text=True, check=False
    )

    assert 0 == checked.returncode, checked.stdout + checked.stderr
    listed = {line.split("  ", 1)[1] for line in (project / "data/SHA256SUMS").read_text().splitlines()}
    there = {p.relative_to(project / "data").as_posix() for p in (project / "data").rglob("*") if p.is_file()}
    assert there == listed | {"SHA256SUMS"}


def test_all_issues_of_all_articles_stop_the_build_together(small: Path, pressmark: Callable[..., Ran]) -> None:
    entity = example()["entities"][0]
    shifted = entity | {"mentions": [{"start": 17, "end": 24, "text": "Ann Lee", "level": "name"}]}
    annotate(small, "example", entities=[shifted], quotes=[], claims=[])
    shutil.copy(small / "seeds/example.txt", small / "seeds/third.txt")
    annotate(small, "third", entities=[entity, entity | {"label": "PLANET"}])
    before = tree(small)

    code, out, err = pressmark("build", small)

    assert (1, "") == (code, out)
    assert f"{small}/annotations/example.json:14:5: example: $.entities[0].mentions[0] (e1): span-text: " in err
    assert re.search(rf"{small}/annotations/third.json:\d+:\d+: third: \$.entities\[1\].label \(e1\): schema-enum: ", err)
    assert before == tree(small)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"b": {"article": "other", "claim": "c1"}}, "reference"),
        ({"b": {"article": "example", "claim": "c9"}}, "reference"),
        ({"b": {"article": "example", "claim": "c1"}}, "relation-self"),
        ({"annotator": "nobody"}, "reference"),
        ({"type": "alike"}, "schema-enum"),
    ],
)
def test_a_wrong_relation_stops_the_build(small: Path, changes: dict[str, object], code: str) -> None:
    claim = example()["claims"][0]
    annotate(small, "example", claims=[claim, claim | {"id": "c2"}])
    right = contract.schema("relation")["examples"][0] | {
        "a": {"article": "example", "claim": "c1"},
        "b": {"article": "example", "claim": "c2"},
    }
    path = write_json(small / "annotations/relations.json", [right])
    assert 1 == build(small).rows["relations"]
    before = tree(small / "data")
    write_json(path, [right, right | {"id": "r2"} | changes])

    with pytest.raises(InvalidError) as invalid:
        build(small)

    (issue,) = invalid.value.issues
    assert (code, str(path)) == (issue.code, issue.file)
    assert issue.pointer.startswith("/1/")
    assert before == tree(small / "data")


def test_a_relation_with_the_wrong_sign_stops_the_build_and_one_with_the_wrong_attribution_does_not(small: Path) -> None:
    claim = example()["claims"][0]
    annotate(small, "example", claims=[claim, claim | {"id": "c2"}])
    sides = {side: {"article": "example", "claim": name} for side, name in (("a", "c1"), ("b", "c2"))}
    one = contract.schema("relation")["examples"][0] | sides | {"differs_in": ["attribution"]}
    path = write_json(small / "annotations/relations.json", [one | {"type": "refuting"}])

    with pytest.raises(InvalidError) as invalid:
        build(small)

    (issue,) = invalid.value.issues
    assert ("relation-sign", "/0/type", str(path)) == (issue.code, issue.pointer, issue.file)
    write_json(path, [one])
    assert 1 == build(small).rows["relations"]
    assert "relation-attribution" in {issue.code for issue in _in_annotations(small)}


def test_publishers_that_were_not_read_are_not_called_different(tmp_path: Path) -> None:
    texts = {"one": b"Rome is far.\n", "two": b"Rome is far. It rains.\n"}
    folder = project_of(tmp_path / "news", {f"{name}.txt": data for name, data in texts.items()})
    words = [{"start": 0, "end": 11, "text": "Rome is far"}]
    claim = example()["claims"][0] | {"content": words, "proposition": "Rome is far.", "quote": None, "about": []}
    for name, data in texts.items():
        annotate(folder, name, text_sha256=sha256(data).hexdigest(), entities=[], quotes=[], claims=[claim])
    sides = {side: {"article": name, "claim": "c1"} for side, name in zip("ab", texts, strict=True)}
    relation = contract.schema("relation")["examples"][0] | sides | {"type": "identical", "differs_in": []}
    write_json(folder / "annotations/relations.json", [relation])

    assert [] == _in_annotations(folder)
    build(folder)
    found = Survey(files=[folder / "data/articles.jsonl", folder / "data/relations.jsonl"])
    checked = [issue for path in ("articles.jsonl", "relations.jsonl") for issue in found.file(folder / "data" / path)]
    assert ["relation-attribution"] == [issue.code for issue in (*checked, *found.dataset())]


def test_relations_are_checked_beside_an_annotation_that_is_wrong(small: Path) -> None:
    (quote,) = example()["quotes"]
    source = quote["sources"][0] | {"entity": "e9"}
    annotate(small, "example", quotes=[quote | {"sources": [source]}])
    sides = {side: {"article": "example", "claim": name} for side, name in (("a", "c1"), ("b", "c2"))}
    relations = write_json(small / "annotations/relations.json", [contract.schema("relation")["examples"][0] | sides])
    survey = Survey(files=[relations])

    assert [] == list(issues_in(relations, survey, {}))
    assert ["/0/b/claim"] == [issue.pointer for issue in survey.dataset()]


def _in_annotations(project: Path) -> list[Issue]:
    """What `pressmark validate annotations/*.json` finds."""
    files = sorted((project / "annotations").glob("*.json"))
    survey = Survey(files=files)
    return [*(issue for file in files for issue in issues_in(file, survey, {})), *survey.dataset()]


def _fits(node: dict[str, Any], value: Any) -> bool:
    """Whether a row's value has exactly the keys of its column, at every depth."""
    if isinstance(value, dict):
        return value.keys() == node["properties"].keys() and all(_fits(node["properties"][key], value[key]) for key in value)
    return not isinstance(value, list) or all(_fits(node["items"], item) for item in value)


def test_rows_have_exactly_their_columns(articles: dict[str, Article]) -> None:
    for article in articles.values():
        for name, rows in views.rows(article).items():
            (view,) = (view for view in views.VIEWS if view.name == name)
            for row in rows:
                assert _fits({"properties": view.columns()}, row), name


def test_relations_have_exactly_their_columns(built: Path) -> None:
    (view,) = (view for view in views.VIEWS if view.name == "relations")
    schema = pq.read_schema(built / "data/relations/train-00000-of-00001.parquet")

    assert list(view.columns()) == schema.names
    assert view.columns().keys() - contract.columns("relation").keys() == set()
    for side in ("a", "b"):
        assert ["article", "claim", "proposition", "factuality", "signed"] == [field.name for field in schema.field(side).type]


@pytest.mark.parametrize("view", VIEWS)
def test_every_span_of_every_view_cuts_its_text(built: Path, articles: dict[str, Article], view: str) -> None:
    rows = table(built, view)

    assert rows
    for row in rows if view not in {"coref", "claim_pairs"} else ():  # their rows have no spans
        if view in {"quotes", "claims"}:
            assert row["context_start"] == articles[row["article"]].text.find(row["context"], row["context_start"])
            assert row["text"] == " ".join(span["text"] for span in row["content"])
        text = row["text"] if view == "articles" else "" if view == "relations" else articles[row["article"]].text
        for span in spans(row):
            assert span["text"] == text[span["start"] : span["end"]]


def _entities(row: dict[str, Any]) -> list[tuple[int, int, str]]:
    """IOB2 tags → spans with labels; an I that continues nothing is an error."""
    found: list[tuple[int, int, str]] = []
    before = "O"
    for start, end, tag in zip(row["starts"], row["ends"], row["ner_tags"], strict=True):
        if tag.startswith("I-"):
            assert before[1:] == tag[1:]
            found[-1] = (found[-1][0], end, tag[2:])
        elif tag != "O":
            found.append((start, end, tag[2:]))
        before = tag
    return found


def _mentions(article: Article) -> list[tuple[int, int, str]]:
    return sorted(
        (mention.start, mention.end, entity.label) for entity in article.entities for mention in entity.mentions if mention.flat
    )


def test_iob2_tags_lose_no_name_and_no_value(articles: dict[str, Article]) -> None:
    for article in articles.values():
        rows = list(views.rows(article)["ner"])

        assert _mentions(article) == [found for row in rows for found in _entities(row)]
        for row in rows:
            assert row["tokens"] == [article.text[s:e] for s, e in zip(row["starts"], row["ends"], strict=True)]


WORDS = ["Ann", "Lee’s", "U.S.", "said", "\n", ". ", "“Yes,”", "-", "a\u0301", "’s", "日本", " ", "3.5%", "—", "x\u200d"]


@settings(max_examples=40)
@given(data=st.data())
def test_iob2_tags_lose_nothing_of_any_valid_annotation(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "A" + "".join(data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25)))
    places = list(tokens(text))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(places)), max_size=8)))
    found = [(places[a][0], places[b - 1][1]) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    ordinary = example()["entities"][0] | {"label": "ORG"}
    entities = [
        ordinary | {"id": f"e{i}", "mentions": [{"start": start, "end": end, "text": text[start:end], "level": "name"}]}
        for i, (start, end) in enumerate(found, start=1)
    ]
    project = project_of(tmp_path_factory.mktemp("project"), {"a.txt": text.encode()})
    annotate(project, "a", entities=entities, quotes=[], claims=[], text_sha256=sha256(text.encode()).hexdigest())
    try:
        build(project)
    except InvalidError as invalid:  # a mention may well run over the edge of a sentence
        assert {"mention-sentence"} == {issue.code for issue in invalid.issues}  # noqa: PT017
        return
    (article,) = read_articles(project / "data/articles.jsonl")
    assert _mentions(article) == [place for row in views.rows(article)["ner"] for place in _entities(row)]


def test_the_command_says_how_many_rows_it_made(project: Path, pressmark: Callable[..., Ran]) -> None:
    code, out, err = pressmark("build", project)

    assert (0, "") == (code, err)
    counts = dict(re.findall(r"^(\w+) +(\d+)  ", out, re.MULTILINE))
    assert {view: len(table(project, view)) for view in VIEWS} == {view: int(count) for view, count in counts.items()}
    assert str(project / "data") in out


def test_the_command_names_what_it_passed_over(small: Path, pressmark: Callable[..., Ran]) -> None:
    (small / "seeds/notes.doc").write_bytes(b"")

    code, _, err = pressmark("build", small)

    assert (0, "seeds/notes.doc: ignored; seeds are .txt files\n") == (code, err)


def test_more_rows_than_one_group_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP", 1)
    project = project_of(tmp_path, {f"{i}.txt": f"Article {i}.".encode() for i in range(5)})

    build(project)

    assert [str(i) for i in range(5)] == [row["id"] for row in table(project, "articles")]
    assert 5 == pq.ParquetFile(project / "data/articles/train-00000-of-00001.parquet").num_row_groups


@settings(max_examples=60)
@given(
    words=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=5),
    confidence=st.none() | st.floats(0, 1),
)
def test_a_table_holds_what_its_rows_say(
    words: list[str], confidence: float | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    row: dict[str, Any] = {
        "article": "a",
        "id": "q1",
        "type": "mixed",
        "medium": "thought",
        "act": "assertion",
        "status": "made",
        "text": words[0],
        "parent": None,
        "cue": [],
    }
    row |= {"content": [{"start": i, "end": 2**31 - 1, "text": word} for i, word in enumerate(words)], "verbatim": []}
    row |= {
        "sources": [],
        "addressees": [],
        "context": words[-1],
        "context_start": 0,
        "annotator": "x",
        "confidence": confidence,
        "layer": "gold",
    }
    path = tmp_path_factory.mktemp("table") / "table.parquet"

    parquet.write_table(path, views.BY_NAME["quotes"], [Unit("a", parquet.lines(views.BY_NAME["quotes"], [row, row]))])

    assert [row, row] == pq.ParquetFile(path).read().to_pylist()


@pytest.mark.parametrize("options", [(), ("--check",)])
def test_a_folder_that_is_no_project(tmp_path: Path, pressmark: Callable[..., Ran], options: tuple[str, ...]) -> None:
    assert 2 == pressmark("build", *options, tmp_path / "nowhere").code
    assert 1 == pressmark("build", *options, tmp_path).code
    assert {} == tree(tmp_path)
