"""`pressmark annotate` loses nothing: not what a person corrected, not what was paid for, not the texts beside a bad one."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import example, project_of, tree, write_json
from news import TEXTS
from pressmark.annotators import pipeline, run
from pressmark.annotators.errors import UnansweredError
from pressmark.annotators.pipeline import Plan
from pressmark.project import proposals, write_file
from pressmark.validation import errors
from pressmark.validation.level1_file.documents import LINE_LIMIT
from pressmark.validation.level1_file.strict_json import VALUES

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran
    from pressmark.record.model import Article

    Pressmark = Callable[..., Ran]
    Json = dict[str, Any]

TEXT = (
    "PARIS – President Emmanuel Macron said on Monday that the war in Kyiv will end.\n\n"
    "“We are ready,” Ann Lee, a minister, told reporters. She denied that Joe Biden was late.\n"
)
LAYERS = ("entities", "quotes", "claims")


@pytest.fixture
def corpus(tmp_path: Path, pressmark: Pressmark) -> Path:
    """A project that was annotated once."""
    project = project_of(tmp_path / "p", {"a.txt": TEXT.encode(), "b.txt": b"It rains in Rome, Joe Biden said.\n"})
    assert 0 == pressmark("annotate", project).code
    return project


def edited(path: Path, change: Callable[[Json], object]) -> Json:
    """The annotation in a file after a change that a person makes with an editor."""
    annotation: Json = json.loads(path.read_text(encoding="utf-8"))
    change(annotation)
    write_json(path, annotation)
    return annotation


def items(path: Path) -> dict[tuple[str, str], Json]:
    annotation = json.loads(path.read_text(encoding="utf-8"))
    return {(layer, item["id"]): item for layer in LAYERS for item in annotation[layer]}


def named(annotation: Json, name: str) -> Json:
    found: Json = next(entity for entity in annotation["entities"] if entity["name"] == name)
    return found


# The same twice


def test_a_second_run_changes_no_byte(pressmark: Pressmark, corpus: Path) -> None:
    before = tree(corpus)

    run = pressmark("annotate", corpus)

    assert (0, "", "") == run
    assert before == tree(corpus)


def test_overwriting_what_nobody_touched_gives_the_same_bytes(pressmark: Pressmark, corpus: Path) -> None:
    before = tree(corpus)

    assert 0 == pressmark("annotate", corpus, "--overwrite").code
    assert before == tree(corpus)


def test_a_record_with_all_layers_passes_through(pressmark: Pressmark, corpus: Path, tmp_path: Path) -> None:
    first = pressmark("annotate", corpus / "seeds/a.txt").out
    (tmp_path / "a.jsonl").write_text(first)

    assert first == pressmark("annotate", tmp_path / "a.jsonl", "--entities", "none").out
    assert first == pressmark("annotate", tmp_path / "a.jsonl", "--thought").out


def test_a_missing_layer_is_added_to_the_layers_that_exist(pressmark: Pressmark, tmp_path: Path) -> None:
    project = project_of(tmp_path / "p", {"a.txt": TEXT.encode()})
    assert 0 == pressmark("annotate", project, "--quotes", "none", "--claims", "none").code
    before = items(project / "annotations/a.json")

    assert 0 == pressmark("annotate", project).code

    after = items(project / "annotations/a.json")
    assert before == {key: item for key, item in after.items() if key[0] == "entities"}
    assert {"quotes", "claims"} <= {layer for layer, _ in after}


# What a person touched


@pytest.mark.parametrize("arguments", [[], ["--overwrite"]])
def test_an_edited_file_without_any_signature_is_kept(pressmark: Pressmark, corpus: Path, arguments: list[str]) -> None:
    path = corpus / "annotations/a.json"
    annotation = edited(path, lambda annotation: named(annotation, "Kyiv").update(name="Kyiv (city)"))
    before = path.read_bytes()

    run = pressmark("annotate", corpus, *arguments)

    assert 0 == run.code
    assert named(annotation, "Kyiv (city)") in items(path).values()
    assert "Kyiv" not in [item.get("name") for item in items(path).values()]
    assert arguments or before == path.read_bytes()


@pytest.mark.parametrize("layer", LAYERS)
def test_an_item_that_a_person_added_stays_and_so_does_what_it_refers_to(
    pressmark: Pressmark, corpus: Path, layer: str
) -> None:
    path = corpus / "annotations/a.json"
    added: list[Json] = []

    def add(annotation: Json) -> None:
        added.append(annotation[layer][-1] | {"id": f"{layer[0]}90"})
        if layer == "entities":
            added[0]["mentions"] = [{"start": 11, "end": 16, "text": TEXT[11:16], "level": "nominal"}]
        annotation[layer].append(added[0])

    edited(path, add)
    before = items(path)
    assert 0 == pressmark("annotate", corpus, "--overwrite").code

    after = items(path)
    assert added[0] == after[layer, added[0]["id"]]
    if layer == "quotes":
        speakers = [("entities", source["entity"]) for source in added[0]["sources"] if source["entity"]]
        assert speakers
        assert [before[key] for key in speakers] == [after[key] for key in speakers]


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("arguments", [[], ["--overwrite"]])
def test_a_deleted_proposal_does_not_come_back(pressmark: Pressmark, corpus: Path, layer: str, arguments: list[str]) -> None:
    path = corpus / "annotations/b.json"

    def delete(annotation: Json) -> None:
        for one in LAYERS[LAYERS.index(layer) :]:
            annotation[one] = []

    edited(path, delete)
    for _ in range(2):
        assert 0 == pressmark("annotate", corpus, *arguments).code
        assert [] == json.loads(path.read_text())[layer]


def test_a_layer_set_to_none_begins_afresh(pressmark: Pressmark, corpus: Path) -> None:
    path = corpus / "annotations/a.json"
    before = items(path)
    edited(path, lambda annotation: annotation.update(claims=[], layers=annotation["layers"] | {"claims": "none"}))

    assert 0 == pressmark("annotate", corpus).code
    assert before == items(path)


def test_without_the_hashes_every_item_is_a_persons(pressmark: Pressmark, corpus: Path) -> None:
    (corpus / proposals.FILE).unlink()
    before = {name: items(corpus / f"annotations/{name}.json") for name in "ab"}

    assert 0 == pressmark("annotate", corpus, "--overwrite").code
    assert before == {name: items(corpus / f"annotations/{name}.json") for name in "ab"}


def test_a_torn_line_of_the_hashes_costs_nothing_but_what_it_says(pressmark: Pressmark, corpus: Path) -> None:
    path = corpus / proposals.FILE
    path.write_bytes(b"<<<<<<< HEAD\n" + path.read_bytes()[:-20])

    assert 0 == pressmark("annotate", corpus, "--overwrite", "--claims", "none").code
    assert 2 == len(path.read_text().splitlines())


def test_a_new_item_gives_way_to_a_persons_that_it_would_make_wrong(pressmark: Pressmark, corpus: Path) -> None:
    path = corpus / "annotations/a.json"

    def change(annotation: Json) -> None:
        entity = named(annotation, "Emmanuel Macron")
        start = TEXT.index("President")
        entity |= {
            "name": "M.",
            "mentions": [{"start": start, "end": start + 18, "text": TEXT[start : start + 18], "level": "name"}],
        }

    annotation = edited(path, change)
    assert 0 == pressmark("annotate", corpus, "--overwrite").code

    assert named(annotation, "M.") in items(path).values()
    assert 0 == pressmark("build", corpus).code


def test_an_invalid_item_of_a_person_is_kept_and_reported(pressmark: Pressmark, corpus: Path) -> None:
    path = corpus / "annotations/a.json"
    annotation = edited(path, lambda annotation: named(annotation, "Kyiv").update(name="TODO"))

    run = pressmark("annotate", corpus, "--overwrite")

    assert 0 == run.code
    assert "kept, but not valid: " in run.err
    assert "placeholder" in run.err
    assert named(annotation, "TODO") in items(path).values()


def test_the_key_for_editors_stays(pressmark: Pressmark, corpus: Path) -> None:
    path = corpus / "annotations/a.json"
    edited(path, lambda annotation: annotation.update({"$schema": "../é.json"}))

    assert 0 == pressmark("annotate", corpus, "--overwrite").code
    assert ("$schema", "../é.json") == next(iter(json.loads(path.read_text(encoding="utf-8")).items()))
    assert 0 == pressmark("build", corpus).code


def test_a_file_that_changes_while_it_is_annotated_is_left_alone(
    pressmark: Pressmark, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = corpus / "annotations/a.json"

    def meanwhile(article: Article, *arguments: Any) -> Any:
        if article.id == "a":
            path.write_text("the person saves")
        return pipeline.fill(article, *arguments)

    monkeypatch.setattr(run, "fill", meanwhile)
    ran = pressmark("annotate", corpus, "--overwrite")

    assert (1, "the person saves") == (ran.code, path.read_text())
    assert "a.json: was changed while the article was annotated" in ran.err


def tiny(folder: Path, **patterns: str) -> str:
    """A spaCy pipeline that finds these words, as `--entities` names it."""
    spacy = pytest.importorskip("spacy")
    model = spacy.blank("en")
    rules = [{"label": label, "pattern": pattern} for label, pattern in patterns.items()]
    model.add_pipe("entity_ruler").add_patterns(rules)
    model.to_disk(folder / "tiny")
    return f"spacy:{folder / 'tiny'}"


def test_who_speaks_in_a_persons_quote_stays_although_no_annotator_finds_it(
    pressmark: Pressmark, corpus: Path, tmp_path: Path
) -> None:
    path = corpus / "annotations/a.json"
    annotation = edited(path, lambda annotation: annotation["quotes"][0].update(act="question"))
    speaker = ("entities", annotation["quotes"][0]["sources"][0]["entity"])
    before = items(path)

    assert 0 == pressmark("annotate", corpus, "--overwrite", "--entities", tiny(tmp_path, GPE="Kyiv")).code

    after = items(path)
    assert before[speaker] == after[speaker]
    assert "Joe Biden" not in [item.get("name") for item in after.values()]


def test_a_new_item_that_starts_before_a_persons_gives_way_too(pressmark: Pressmark, corpus: Path, tmp_path: Path) -> None:
    path = corpus / "annotations/a.json"
    start = TEXT.index("Macron")
    mention = {"start": start, "end": start + 6, "text": "Macron", "level": "name"}
    annotation = edited(path, lambda annotation: named(annotation, "Emmanuel Macron").update(mentions=[mention]))

    run = pressmark("annotate", corpus, "--overwrite", "--entities", tiny(tmp_path, PERSON="President Emmanuel Macron"))

    assert 0 == run.code
    assert "dropped: " in run.err
    assert named(annotation, "Emmanuel Macron") in items(path).values()
    assert 0 == pressmark("build", corpus).code


def test_with_another_annotator_nobody_is_linked_to_somebody_else(pressmark: Pressmark, corpus: Path, tmp_path: Path) -> None:
    model = tiny(tmp_path, GPE="Kyiv", PERSON="Ann Lee")
    assert 0 == pressmark("annotate", corpus, "--overwrite", "--entities", model, "--quotes", "none", "--claims", "none").code

    annotation = json.loads((corpus / "annotations/a.json").read_text())
    names = {entity["id"]: entity["name"] for entity in annotation["entities"]}
    sources = {source["text"]: names.get(source["entity"]) for quote in annotation["quotes"] for source in quote["sources"]}
    assert {None, "Ann Lee"} == set(sources.values())
    assert sources["President Emmanuel Macron"] is None
    assert sources["Ann Lee, a minister"] == "Ann Lee"
    assert 0 == pressmark("build", corpus).code


def test_what_refers_to_nothing_is_never_linked_to_a_new_item(pressmark: Pressmark, corpus: Path) -> None:
    path = corpus / "annotations/a.json"
    speaker = {"act": "question"}  # that quote is the person's now

    def change(annotation: Json) -> None:
        annotation["quotes"][0] |= speaker
        annotation |= {"entities": [], "layers": annotation["layers"] | {"entities": "none"}}

    annotation = edited(path, change)
    assert 0 == pressmark("annotate", corpus).code

    after = json.loads(path.read_text())
    assert annotation["quotes"][0] == after["quotes"][0]
    assert annotation["quotes"][0]["sources"][0]["entity"] not in {entity["id"] for entity in after["entities"]}
    assert [None] * len(after["quotes"][1:]) == [quote["sources"][0]["entity"] for quote in after["quotes"][1:]]


def _changed(data: st.DataObject, annotation: Json) -> list[tuple[str, Json]]:
    """Edit, add and delete items as a person might, whether valid or not; return those that are the person's now."""
    mine: list[tuple[str, Json]] = []
    for layer in LAYERS:
        for item in list(annotation[layer]):
            match data.draw(st.sampled_from(["keep", "keep", "edit", "copy", "delete"])):
                case "edit":
                    item.update({"confidence": 0.123} | ({"name": "N."} if layer == "entities" else {}))
                    mine.append((layer, item))
                case "copy":
                    copy = item | {"id": f"{layer[0]}{len(annotation[layer]) + 100}"}
                    annotation[layer].append(copy)
                    mine.append((layer, copy))
                case "delete":
                    annotation[layer].remove(item)
    return mine


@settings(max_examples=60)
@given(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=3), st.data())
def test_annotating_twice_equals_once_and_edited_items_are_unchanged(texts: list[str], data: st.DataObject) -> None:
    plans = [Plan(), Plan(thought=True), Plan(overwrite=True), Plan(quotes="none", overwrite=True)]
    plans += [Plan(overwrite=True, min_confidence=0.9), Plan(quotes="none", overwrite=True, min_confidence=0.8)]
    with TemporaryDirectory() as folder:
        project = project_of(Path(folder), {f"{i}.txt": text.encode("utf-8", "surrogatepass") for i, text in enumerate(texts)})
        annotated(project, Plan())
        mine = {}
        for path in (project / "annotations").glob("*.json"):
            annotation = json.loads(path.read_text(encoding="utf-8"))
            mine[path] = _changed(data, annotation)
            path.write_text(json.dumps(annotation, ensure_ascii=data.draw(st.booleans())), encoding="utf-8")

        for plan in data.draw(st.lists(st.sampled_from(plans), min_size=1, max_size=3)):
            annotated(project, plan)
            once = tree(project)
            annotated(project, plan)
            assert once == tree(project)

        for path, changes in mine.items():
            after = json.loads(path.read_text(encoding="utf-8"))
            assert [] == [item for layer, item in changes if item not in after[layer]]


def annotated(project: Path, plan: Plan) -> None:
    notes = [note for outcome in run.annotate([project], plan) for note in outcome.notes if outcome.failed]
    assert [] == [note for note in notes if "an annotator failed" in note]


# One bad article, and long runs


@pytest.fixture
def texts(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{i:02}.txt" for i in range(1, 17)]
    for path in paths:
        path.write_text(f"Joe Biden said in Rome that it rains, and that {path.stem} people left.\n")
    return paths


def ids(records: str) -> list[str]:
    return [json.loads(line)["id"] for line in records.splitlines()]


def failing(monkeypatch: pytest.MonkeyPatch, *names: str, error: type[BaseException] = IndexError) -> None:
    """Let the annotators fail for these articles."""

    def fill(article: Article, *arguments: Any) -> Any:
        if article.id in names:
            raise error("it broke \x1b[2J")
        return pipeline.fill(article, *arguments)

    monkeypatch.setattr(run, "fill", fill)


def test_an_exception_costs_one_article(pressmark: Pressmark, texts: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, "03", "05")

    ran = pressmark("annotate", *texts)

    assert 1 == ran.code
    assert [path.stem for path in texts if path.stem not in {"03", "05"}] == ids(ran.out)
    assert "03: an annotator failed (IndexError: it broke \\x1b[2J, test_annotate_trust.py:" in ran.err
    assert ran.err.endswith("pressmark: 2 of 16 articles failed:\n  03\n  05\n")


def test_an_article_that_cannot_be_read_costs_one_article(pressmark: Pressmark, corpus: Path) -> None:
    (corpus / "seeds/c.txt").write_bytes(b"\xff")
    (corpus / "seeds/d.txt").write_bytes(b"Ann Lee left.")
    (corpus / "annotations/a.json").write_text("{,}")

    ran = pressmark("annotate", corpus)

    assert (1, f"{corpus}/annotations/d.json\n") == (ran.code, ran.out)
    assert "{,}" == (corpus / "annotations/a.json").read_text()
    assert ran.err.endswith("  a\n  c\n")


def test_a_faulty_list_of_seeds_costs_only_the_articles_that_it_is_about(pressmark: Pressmark, tmp_path: Path) -> None:
    project = project_of(tmp_path / "p", dict.fromkeys(("a.txt", "b.txt", "c.txt", "d.txt", "A.txt"), b"Ann Lee left."))
    (project / "seeds/e\x1b.txt").write_text("Ann Lee left.")
    lines = ['{"file_name": "a.txt"}', "{,}", '{"file_name": "b.txt", "colour": 1}', '{"file_name": "d.txt", "language": 0}']
    (project / "seeds/metadata.jsonl").write_text("\n".join(lines))

    ran = pressmark("annotate", project)

    assert (1, [f"{project}/annotations/{name}.json" for name in "Ac"]) == (ran.code, ran.out.splitlines())
    metadata = f"{project}/seeds/metadata.jsonl"
    assert f"{metadata}:2:2: file-json: " in ran.err
    assert f"{metadata}:3:1: b: metadata-key: unknown key 'colour'" in ran.err
    assert f"{metadata}:4:" in ran.err
    assert f"{project}/seeds/e\\x1b.txt: file-name: " in ran.err
    assert "seed-stem: " in ran.err
    assert 5 == ran.err.split("articles failed:\n")[1].count("\n")


def test_a_bad_record_costs_one_record(pressmark: Pressmark, tmp_path: Path) -> None:
    lines = [json.dumps(example()), "{", json.dumps(example() | {"language": 5}), json.dumps(example() | {"id": "last"})]
    (tmp_path / "x.jsonl").write_text("\n".join(lines))

    ran = pressmark("annotate", tmp_path / "x.jsonl")

    assert (1, ["example", "last"]) == (ran.code, ids(ran.out))
    assert "x.jsonl:2:1: file-json" in ran.err
    assert "x.jsonl:3: $.language: schema-type" in ran.err


def stopped(pressmark: Pressmark, texts: list[Path], output: Path, monkeypatch: pytest.MonkeyPatch) -> Ran:
    """A run that Ctrl-C stops at the seventh text."""
    with monkeypatch.context() as patch:
        failing(patch, "07", error=KeyboardInterrupt)
        return pressmark("annotate", *texts, "--output", output)


@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_a_stopped_run_is_resumed(
    pressmark: Pressmark, texts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    output, partial = tmp_path / f"out.{suffix}", tmp_path / f"out.{suffix}.partial"
    ran = stopped(pressmark, texts, output, monkeypatch)
    assert (130, 6, False) == (ran.code, len(ids(partial.read_text())), output.exists())
    assert "out." in ran.err
    assert "--resume goes on" in ran.err
    with partial.open("ab") as file:
        file.write(b'{"id": "07", "te')  # what a kill leaves

    again = pressmark("annotate", *texts, "--output", output)
    assert (2, 1) == (again.code, again.err.count("--resume"))
    with monkeypatch.context() as patch:
        failing(patch, *(path.stem for path in texts[:6]))  # they are not annotated again
        assert 0 == pressmark("annotate", *texts, "--output", output, "--resume").code

    assert not partial.exists()
    pressmark("annotate", *texts, "--output", tmp_path / f"whole.{suffix}")
    assert (tmp_path / f"whole.{suffix}").read_bytes() == output.read_bytes()


def test_what_failed_is_tried_again_by_the_next_run(
    pressmark: Pressmark, texts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        failing(patch, "07")
        assert 1 == pressmark("annotate", *texts, "--output", output).code
    assert 15 == len(ids(output.read_text()))

    assert 0 == pressmark("annotate", *texts, "--output", output).code
    assert [path.stem for path in texts] == ids(output.read_text())


def test_a_stopped_project_keeps_what_was_written_and_goes_on(
    pressmark: Pressmark, texts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    projects = [project_of(tmp_path / name, {path.name: path.read_bytes() for path in texts}) for name in ("p", "q")]
    with monkeypatch.context() as patch:
        failing(patch, "07", error=KeyboardInterrupt)
        assert 130 == pressmark("annotate", projects[0]).code
    assert 6 == len(list((projects[0] / "annotations").glob("*.json")))

    for project in projects:
        assert 0 == pressmark("annotate", project, "--resume").code
    assert tree(projects[0]) == tree(projects[1])


def test_records_on_standard_output_come_at_once(
    pressmark: Pressmark, texts: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, "07", error=KeyboardInterrupt)

    ran = pressmark("annotate", *texts)

    assert (130, [path.stem for path in texts[:6]]) == (ran.code, ids(ran.out))


def unanswered(monkeypatch: pytest.MonkeyPatch, *names: str) -> list[str]:
    """A chat model that has no answer about these articles; the list of all it is asked."""
    asked = []

    def chat(article: Article, *_: Any) -> Article:
        asked.append(article.id)
        if article.id in names:
            raise UnansweredError("llm:tiny: status 500")
        return replace(article, layers=replace(article.layers, entities="silver", quotes="silver", claims="silver"))

    monkeypatch.setattr(pipeline, "chat", chat)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    return asked


def test_an_endpoint_that_fails_once_costs_one_article(
    pressmark: Pressmark, texts: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    unanswered(monkeypatch, "07")

    ran = pressmark("annotate", *texts, "--llm", "tiny")

    assert (1, 15) == (ran.code, len(ids(ran.out)))
    assert "07: llm:tiny: status 500\npressmark: 1 of 16 articles failed:\n  07\n" == ran.err


def test_an_endpoint_that_is_gone_is_not_asked_for_ever(
    pressmark: Pressmark, texts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.jsonl"
    asked = unanswered(monkeypatch, *(path.stem for path in texts[6:]))

    ran = pressmark("annotate", *texts, "--llm", "tiny", "--output", output)

    assert (1, [path.stem for path in texts[:9]]) == (ran.code, asked)
    assert "3 articles in a row have no answer; the others are not tried" in ran.err
    assert ran.err.endswith("".join(f"  {path.stem}\n" for path in texts[6:]))
    asked = unanswered(monkeypatch)
    assert 0 == pressmark("annotate", *texts, "--llm", "tiny", "--output", output).code
    assert [path.stem for path in texts[6:]] == asked
    assert [path.stem for path in texts] == ids(output.read_text())


# Files


def test_an_output_with_records_of_other_articles_is_refused(pressmark: Pressmark, texts: list[Path], tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    pressmark("annotate", texts[0], "--output", output)
    before = output.read_bytes()

    ran = pressmark("annotate", texts[1], "--output", output)

    assert (1, before) == (ran.code, output.read_bytes())
    assert "out.jsonl: output: holds a record of '01'" in ran.err


def test_corrections_in_the_output_survive_the_next_run(pressmark: Pressmark, texts: list[Path], tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    pressmark("annotate", *texts, "--output", output)
    output.write_text(output.read_text().replace('"name":"Joe Biden"', '"name":"Joseph Biden"'))
    before = output.read_bytes()

    assert 0 == pressmark("annotate", *texts, "--output", output).code
    assert before == output.read_bytes()
    assert 2 == pressmark("annotate", *texts, "--output", output, "--overwrite").code
    assert before == output.read_bytes()


def test_the_output_is_no_input(pressmark: Pressmark, texts: list[Path], tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    pressmark("annotate", *texts, "--output", output)

    ran = pressmark("annotate", output, "--output", tmp_path / "." / "out.jsonl")

    assert (2, 1) == (ran.code, ran.err.count("is an input too"))


def test_resume_needs_something_to_resume(pressmark: Pressmark, texts: list[Path]) -> None:
    assert 2 == pressmark("annotate", *texts, "--resume").code


def test_temporary_files_of_dead_processes_are_removed_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    with write_file.whole(tmp_path / "living") as file:
        program = (
            "import os, signal; from pathlib import Path; from pressmark.project.write_file import whole\n"
            f"with whole(Path({str(tmp_path / 'dead')!r})): os.kill(os.getpid(), signal.SIGKILL)"
        )
        subprocess.run([sys.executable, "-c", program], check=False)
        assert 2 == len(list(tmp_path.iterdir()))
        write_file.clear(tmp_path)
        assert [".living"] == [path.name[:7] for path in tmp_path.iterdir()]
        file.write(b"x")

    assert {"living": b"x"} == {path.name: path.read_bytes() for path in tmp_path.iterdir()}


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    with pytest.raises(TypeError), write_file.whole(tmp_path / "a") as file:
        file.writelines([b"new", "no bytes"])  # type: ignore[list-item]

    assert {"a": b"old"} == {path.name: path.read_bytes() for path in tmp_path.iterdir()}


def test_one_process_annotates_a_project_at_a_time(pressmark: Pressmark, corpus: Path) -> None:
    before = tree(corpus)

    with proposals.opened(corpus):
        ran = pressmark("annotate", corpus, "--overwrite")

    assert (3, 1) == (ran.code, ran.err.count("another pressmark annotates it"))
    assert before == tree(corpus)


@pytest.mark.slow
def test_a_killed_run_leaves_nothing_that_the_next_one_does_not_mend(texts: list[Path], tmp_path: Path) -> None:
    seeds = {path.name: path.read_bytes() for path in texts}
    whole = project_of(tmp_path / "whole", seeds)
    command = [sys.executable, "-m", "pressmark", "annotate"]
    subprocess.run([*command, whole], check=True, capture_output=True)
    for number in range(4):
        project = project_of(tmp_path / str(number), seeds)
        with subprocess.Popen([*command, project], stdout=subprocess.DEVNULL) as process:
            while len(list((project / "annotations").glob("*"))) <= number and process.poll() is None:
                time.sleep(0.001)
            process.send_signal(signal.SIGKILL)
        subprocess.run([*command, project], check=True, capture_output=True)
        assert tree(whole) == tree(project)


# What comes in and goes out


@pytest.mark.parametrize("language", ["de", "de-AT"])
def test_the_rules_leave_other_languages_alone_and_say_so(pressmark: Pressmark, tmp_path: Path, language: str) -> None:
    project = project_of(tmp_path / "p", {"a.txt": b"Der Minister sagte, Joe Biden sei da.\n", "b.txt": b"Joe Biden left.\n"})
    (project / "seeds/metadata.jsonl").write_text(json.dumps({"file_name": "a.txt", "language": language}) + "\n")

    ran = pressmark("annotate", project)

    assert (0, f"{project}/annotations/b.json\n") == (ran.code, ran.out)
    assert f"a: its language is '{language}'; the rules know only English and propose nothing\n" == ran.err


def test_en_us_is_english(pressmark: Pressmark, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps(_bare("en-US")))

    assert ["Ann Lee"] == [one["name"] for one in json.loads(pressmark("annotate", tmp_path / "x.json").out)["entities"]]


def _bare(language: str) -> Json:
    empty: Json = {key: [] for key in ("zones", *LAYERS)}
    return example() | empty | {"language": language, "layers": dict.fromkeys(empty, "none")}


def test_a_name_becomes_the_same_id_in_build_and_annotate(pressmark: Pressmark, tmp_path: Path) -> None:
    name = "Headline_1-2024-03-01"
    project = project_of(tmp_path / "p", {"Headline_1 (2024-03-01).txt": b"Joe Biden left.\n"})

    ran = pressmark("annotate", project)

    assert (0, f"{project}/annotations/{name}.json\n") == (ran.code, ran.out)
    assert 0 == pressmark("build", project).code
    assert [name] == ids((project / "data/articles.jsonl").read_text())
    (tmp_path / "Headline_1 (2024-03-01).txt").write_text("Joe Biden left.\n")
    assert [name] == ids(pressmark("annotate", tmp_path / "Headline_1 (2024-03-01).txt").out)
    assert 0 == pressmark("show", "--project", project, name).code
    assert 0 == pressmark("validate", project / f"annotations/{name}.json").code


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"[AP] Joe Biden left.\n", ["stdin"]),
        (json.dumps(example()).encode() + b"\n", ["example"]),
        (json.dumps([example(), example()], indent=1).encode(), ["example", "example"]),
        (b"\n".join([json.dumps(example()).encode()] * 2), ["example", "example"]),
    ],
)
def test_a_hyphen_is_standard_input(
    pressmark: Pressmark, monkeypatch: pytest.MonkeyPatch, data: bytes, found: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    ran = pressmark("annotate", "-")

    assert (0, "", found) == (ran.code, ran.err, ids(ran.out))
    assert all(not errors(json.loads(line)) for line in ran.out.splitlines())


@pytest.mark.parametrize("data", [b"", b"\xff", b"{", b"a\0b"])
def test_bad_standard_input_is_one_line(pressmark: Pressmark, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    ran = pressmark("annotate", "-")

    assert (1, "", 1) == (ran.code, ran.out, len(ran.err.splitlines()))


def test_controls_do_not_reach_the_terminal(pressmark: Pressmark, tmp_path: Path) -> None:
    text = "Joe \x9b2J\x85 left.\x7f\x1b[2J\n"
    (tmp_path / "a.txt").write_text(text)

    out = pressmark("annotate", tmp_path / "a.txt").out

    assert out.replace("\n", "").isprintable()
    assert text == json.loads(out)["text"]


@pytest.mark.parametrize(
    "text", ["," * (VALUES + 1), pytest.param("Ann Lee left. " * (LINE_LIMIT // 14), marks=pytest.mark.slow)]
)
def test_a_text_whose_record_no_command_would_read_is_refused(pressmark: Pressmark, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)

    ran = pressmark("annotate", tmp_path / "a.txt")

    assert (1, "", 1) == (ran.code, ran.out, ran.err.count("\n"))
    assert ran.err.endswith("divide the text\n")


def test_the_jobs_of_a_command_share_one_pool(pressmark: Pressmark, texts: list[Path], pools: list[int]) -> None:
    one = pressmark("annotate", *texts)

    assert one == pressmark("annotate", *texts, "--jobs", 2)
    assert [1] == pools
