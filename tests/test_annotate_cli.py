"""`pressmark annotate`: texts, records and projects in, silver records out; the same bytes for any number of jobs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CHECKOUT, example, project_of, write_json
from news import article
from pressmark.annotators.inputs import Work, articles_in
from pressmark.annotators.pipeline import Plan, propose
from pressmark.annotators.run import proposals
from pressmark.project.proposals import LAYERS, opened
from pressmark.project.records import articles as read_articles
from pressmark.record.encode import json_line
from pressmark.record.model import Annotation
from pressmark.segment import segment
from pressmark.validation import convert, errors, file_issues, parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Pressmark = Callable[..., Ran]

TEXT = "LONDON (AP) – Mr Joe Biden said on Monday that it will cost $5 million.\nMr Biden left Paris.\n"
QUOTES = "rules" if find_spec("pressmark.annotators.quotes") else "none"
PLAN = Plan(quotes=QUOTES)


@pytest.fixture(autouse=True)
def _no_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a b.txt"
    path.write_text(TEXT)
    return path


def test_a_text_becomes_a_valid_silver_record(pressmark: Pressmark, text: Path, tmp_path: Path) -> None:
    run = pressmark("annotate", text, "--quotes", QUOTES)

    assert (0, "") == (run.code, run.err)
    (tmp_path / "out.jsonl").write_text(run.out)
    assert [] == [issue for issue in file_issues(tmp_path / "out.jsonl") if issue.severity == "error"]
    record = json.loads(run.out)
    assert ("a-b", "a b.txt", TEXT) == (record["id"], record["metadata"]["source_file"], record["text"])
    assert ("silver", "silver") == (record["layers"]["entities"], record["layers"]["claims"])
    assert {"London", "Associated Press", "Joe Biden", "Paris"} <= {entity["name"] for entity in record["entities"]}
    for layer in ("entities", "claims"):
        assert all(one["annotator"] == f"pressmark-{layer}" and 0 < one["confidence"] <= 1 for one in record[layer])
    assert {"rules"} == {annotator["kind"] for annotator in record["annotators"]}


def test_annotating_twice_changes_nothing(pressmark: Pressmark, text: Path, tmp_path: Path) -> None:
    first = pressmark("annotate", text, "--quotes", QUOTES).out
    (tmp_path / "out.jsonl").write_text(first)

    assert first == pressmark("annotate", tmp_path / "out.jsonl", "--quotes", QUOTES).out


@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_an_output_file_holds_the_same_records(pressmark: Pressmark, text: Path, tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"out.{suffix}"
    line = pressmark("annotate", text, "--quotes", QUOTES).out

    run = pressmark("annotate", text, "--quotes", QUOTES, "--output", output)

    assert (0, "", "") == run
    assert [] == [issue for issue in file_issues(output) if issue.severity == "error"]
    assert line.encode() == b"".join(map(json_line, read_articles(output)))
    assert {"a b.txt", output.name} == {path.name for path in tmp_path.iterdir()}


def test_a_failed_output_leaves_the_old_one(pressmark: Pressmark, text: Path, tmp_path: Path) -> None:
    output, broken = tmp_path / "out.jsonl", tmp_path / "broken.jsonl"
    output.write_text("old")
    broken.write_text("{}\n")

    run = pressmark("annotate", text, broken, "--quotes", QUOTES, "--output", output)

    assert 1 == run.code
    assert "old" == output.read_text()
    assert {"a b.txt", "out.jsonl", "broken.jsonl"} == {path.name for path in tmp_path.iterdir()}


def test_a_seed_is_read_with_what_is_known_of_it(pressmark: Pressmark, small: Path) -> None:
    record = json.loads(pressmark("annotate", small / "seeds/plain.txt", "--quotes", QUOTES).out)

    assert ("plain", "2023-01-11", "seeds/plain.txt") == (
        record["id"],
        record["metadata"]["published"],
        record["metadata"]["source_file"],
    )


def test_none_leaves_a_layer_alone(pressmark: Pressmark, text: Path) -> None:
    record = json.loads(pressmark("annotate", text, "--entities", "none", "--quotes", "none", "--claims", "none").out)

    assert {"zones": "silver", "entities": "none", "quotes": "none", "claims": "none"} == record["layers"]


def test_gold_is_never_overwritten_nor_what_it_points_into(tmp_path: Path, pressmark: Pressmark) -> None:
    record = example()
    record["layers"] |= {"entities": "silver", "quotes": "gold", "claims": "silver"}
    record["annotators"][0]["role"] = "reviewer"
    path = write_json(tmp_path / "gold.json", record)

    made = json.loads(pressmark("annotate", path, "--overwrite").out)

    for layer in ("entities", "quotes"):
        assert record[layer] == made[layer]
    assert "pressmark-claims" in {annotator["id"] for annotator in made["annotators"]}
    assert [] == list(errors(made))


def test_a_layer_that_points_into_a_new_one_and_stays_refers_to_what_took_the_place(
    tmp_path: Path, pressmark: Pressmark
) -> None:
    record = json.loads(json.dumps(example()).replace('"e1"', '"e7"'))
    path = write_json(tmp_path / "silver.json", record)

    made = json.loads(pressmark("annotate", path, "--overwrite", "--quotes", "none", "--claims", "none").out)

    assert ["e1"] == [one["id"] for one in made["entities"]]
    assert ("e1", ["e1"]) == (made["quotes"][0]["sources"][0]["entity"], made["claims"][0]["about"])
    assert [] == list(errors(made))


def test_a_project_gets_annotations_that_it_builds_with(pressmark: Pressmark, tmp_path: Path) -> None:
    project = project_of(tmp_path / "corpus", {"one.txt": TEXT.encode(), "two.txt": b"Rome is far, said Joe Biden.\n"})

    run = pressmark("annotate", project, "--quotes", QUOTES)

    assert (0, "") == (run.code, run.err)
    assert [f"{project}/annotations/one.json", f"{project}/annotations/two.json"] == run.out.splitlines()
    assert 0 == pressmark("build", project).code
    before = (project / "annotations/one.json").read_bytes()
    assert 0 == pressmark("annotate", project, "--quotes", QUOTES).code
    assert before == (project / "annotations/one.json").read_bytes()


@pytest.mark.parametrize("layer", ["entities", "quotes", "claims"])
def test_an_annotation_with_a_gold_layer_stays(pressmark: Pressmark, small: Path, layer: str) -> None:
    path = small / "annotations/example.json"
    annotation = json.loads(path.read_text())
    annotation["layers"][layer] = "gold"
    write_json(path, annotation)
    before = path.read_bytes()

    run = pressmark("annotate", small, "--quotes", QUOTES)

    assert (0, before) == (run.code, path.read_bytes())
    assert "example: it has a gold layer" in run.err
    assert (small / "annotations/plain.json").is_file()


def test_claims_that_relations_refer_to_stay(pressmark: Pressmark, project: Path) -> None:
    relations = json.loads((project / "annotations/relations.json").read_text(encoding="utf-8"))
    related = {(relation[side]["article"], relation[side]["claim"]) for relation in relations for side in "ab"}
    paths = [project / "annotations" / f"{seed.stem}.json" for seed in sorted((project / "seeds").glob("*.txt"))]
    before: dict[tuple[str, str], Any] = {}
    for path in paths:
        annotation = json.loads(path.read_text(encoding="utf-8"))
        write_json(path, annotation | {"layers": dict.fromkeys(annotation["layers"], "silver") | {"zones": "none"}})
        before |= {(path.stem, claim["id"]): claim for claim in annotation["claims"]}
        _propose_all(project, path)

    run = pressmark("annotate", project, "--quotes", QUOTES, "--overwrite")

    assert (0, list(map(str, paths))) == (run.code, run.out.splitlines())
    after = {(path.stem, claim["id"]): claim for path in paths for claim in json.loads(path.read_text())["claims"]}
    assert {key: before[key] for key in related} == {key: after[key] for key in related}
    others = set(before) - related  # all replaced: a proposal may take a free id
    assert others
    assert not [key for key in others if before[key] == after.get(key)]


def _propose_all(project: Path, path: Path) -> None:
    """Let every item of an annotation be one that pressmark proposed."""
    annotation = convert(parse(path.read_bytes()), Annotation)
    ids = {layer: {item.id for item in getattr(annotation, layer)} for layer in LAYERS}
    with opened(project) as known:
        known.write(path, path.read_bytes(), annotation, ids, {layer: set() for layer in LAYERS})


def test_a_project_goes_into_an_output_file_too(pressmark: Pressmark, small: Path, tmp_path: Path) -> None:
    run = pressmark("annotate", small, "--quotes", QUOTES, "--output", tmp_path / "out.jsonl")

    assert (0, "", "") == run
    assert ["example", "plain"] == [one.id for one in read_articles(tmp_path / "out.jsonl")]
    assert not (small / "annotations/plain.json").exists()


def test_the_bytes_are_the_same_for_any_number_of_jobs() -> None:
    articles = [article(f"Mr Biden met {i} men in Rome. {'So it was. ' * (i % 7)}") for i in range(50)]

    works = [Work(one) for one in articles]

    assert list(proposals(works, PLAN, jobs=1)) == list(proposals(iter(works), PLAN, jobs=3))


def test_articles_are_read_only_as_they_are_needed() -> None:
    read = []

    def endless() -> Any:
        while True:
            read.append(1)
            yield Work(article("Mr Biden met two men."))

    stream = proposals(endless(), PLAN)
    for _ in range(3):
        next(stream)

    assert 3 == len(read)


def test_explain_says_on_standard_error_which_rule_fired(pressmark: Pressmark, text: Path) -> None:
    plain = pressmark("annotate", text, "--quotes", QUOTES)
    run = pressmark("annotate", text, "--quotes", QUOTES, "--explain")

    assert (0, plain.out) == (run.code, run.out)
    assert "a-b: 17:26: entities: PERSON title-name: " in run.err
    assert ": claims: clause: " in run.err
    assert run.err.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--entities", "magic"], 2, "--entities magic: no such annotator"),
        (["--entities", "spacy:"], 2, "no such annotator"),
        (["--claims", "spacy:en"], 2, "use rules, hf:MODEL, llm:MODEL or none"),
        (["--claims", "llm:"], 2, "--claims llm:: no such annotator"),
        (["--claims", "llm:tiny"], 3, "OPENAI_BASE_URL"),
        (["--output", "out.csv"], 2, ".jsonl or a .parquet"),
        (["--entities", "spacy:no_such_pipeline"], 3, "no_such_pipeline"),
        (["--llm", "tiny"], 3, "OPENAI_BASE_URL"),
    ],
)
def test_what_cannot_be_done_is_one_line(pressmark: Pressmark, text: Path, arguments: list[str], code: int, words: str) -> None:
    run = pressmark("annotate", text, *arguments)

    assert (code, "") == (run.code, run.out)
    (line,) = run.err.splitlines()
    assert words in line


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"a\0b", b" \n"])
def test_a_file_that_is_no_text_is_one_line(pressmark: Pressmark, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.txt").write_bytes(data)

    run = pressmark("annotate", tmp_path / "x.txt")

    assert (1, "", 1) == (run.code, run.out, len(run.err.splitlines()))


def test_nothing_there_is_wrong_usage(pressmark: Pressmark, tmp_path: Path) -> None:
    assert 2 == pressmark("annotate", tmp_path / "nothing.txt").code


@pytest.mark.parametrize(
    ("stem", "expected"), [("ümlaut & co", "mlaut-co"), ("…", "article"), ("a" * 200, "a" * 128), ("-x-", "x")]
)
def test_the_name_of_a_file_becomes_an_id(tmp_path: Path, stem: str, expected: str) -> None:
    path = tmp_path / f"{stem}.txt"
    path.write_text(TEXT)

    (made,) = articles_in(path)
    assert expected == made.id


def test_a_spacy_pipeline_proposes_entities(pressmark: Pressmark, text: Path, tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Paris"}])
    pipeline.to_disk(tmp_path / "tiny")

    record = json.loads(pressmark("annotate", text, "--entities", f"spacy:{tmp_path / 'tiny'}", "--quotes", "none").out)

    assert [("Paris", "spacy")] == [(entity["name"], entity["annotator"]) for entity in record["entities"]]
    assert [] == list(errors(record))


def test_start_up_of_annotate_imports_no_model_and_no_table() -> None:
    program = (
        "import sys, atexit\n"
        "heavy = {'datasets', 'pandas', 'pyarrow', 'numpy', 'polars', 'spacy', 'torch', 'transformers', 'httpx2'}\n"
        "atexit.register(lambda: print('HEAVY', sorted(heavy & sys.modules.keys()), file=sys.stderr))\n"
        "from pressmark.cli import main\n"
        "main()\n"
    )
    seed = next((CHECKOUT / "seeds").glob("*.txt"))
    run = subprocess.run(
        [sys.executable, "-c", program, "annotate", seed, "--quotes", "none"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ,
    )

    assert run.stderr.endswith("HEAVY []\n")


_MARKS = [
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "«",
    "»",
    "„",
    "said Joe Biden",
    " ",
    "\n",
    ". ",
    ", ",
    "that",
    "Ann",
    "he said",
    "It is so",
]


@settings(max_examples=200)
@given(
    st.one_of(
        st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=150),
        st.lists(st.sampled_from(_MARKS), min_size=1, max_size=40).map("".join),
    )
)
def test_any_text_gives_a_valid_record_with_all_layers(text: str) -> None:
    made = propose(segment(article(text)), PLAN, lambda _: None)

    assert [] == list(map(str, errors(parse(json_line(made)))))
