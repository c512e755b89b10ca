"""The build's fast checks change no error: what it reports is what `jsonschema` and the rules report without them."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from conftest import CHECKOUT, annotate, example, project_of, tree
from mutants import mutant, parent_of, places
from pressmark.project import annotation_files, articles
from pressmark.publish.build import build, make
from pressmark.record import contract
from pressmark.record.issue import InvalidError, Issue
from pressmark.validation import article_issues, parse, schema_issues
from pressmark.validation.level1_file.strict_json import VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pressmark.record.model import Article

KNOWN = contract.at("article", "metadata")["properties"].keys() - {"source_file"}
WRONG: list[Any] = [None, True, 38.0, -1, 2**31, "", "a", "\0", "e1", [], {}, ["e1", "e1"], ["numerical", "numerical"]]
SEED = example()["text"].encode()


def without_fast_checks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(annotation_files, "_as_written", lambda _: None)
    for module in (annotation_files, articles):
        patch.setattr(module, "follows_schema", lambda *_: False)
    patch.setattr(articles, "errors", slow_errors)


def slow_errors(article: Article) -> list[Issue]:
    found = [replace(issue, article=article.id) for issue in schema_issues("article", parse(msgspec.json.encode(article)))]
    return found or [issue for issue in article_issues(article) if issue.severity == "error"]


def reported(project: Path, into: Path) -> tuple[Issue, ...]:
    try:
        make(project, into)
    except InvalidError as invalid:
        return invalid.issues
    return ()


def compared(project: Path, tmp_path: Path) -> tuple[Issue, ...]:
    """The issues of a build, once they have been found to be those of a build without fast checks."""
    for name in ("fast", "slow"):
        (tmp_path / name).mkdir()
    fast = reported(project, tmp_path / "fast")
    with pytest.MonkeyPatch.context() as patch:
        without_fast_checks(patch)
        slow = reported(project, tmp_path / "slow")

    assert list(slow) == list(fast)
    return fast


def written(record: object) -> bytes:
    """A record in the bytes that pressmark writes, which take the shortest way."""
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass")


def bare(record: dict[str, Any], name: str) -> dict[str, Any]:
    """The annotation of an article's record, under the id of its seed."""
    return {key: value for key, value in record.items() if key in contract.columns("annotation")} | {"id": name}


def put(project: Path, name: str, annotation: bytes, seed: bytes = SEED) -> None:
    project_of(project, {f"{name}.txt": seed})
    (project / "annotations").mkdir(exist_ok=True)
    (project / f"annotations/{name}.json").write_bytes(annotation)


def test_every_invalid_case_breaks_a_build_in_the_same_words_and_places(tmp_path: Path) -> None:
    project, derived = tmp_path / "project", set()
    lines = []
    for path in sorted((CHECKOUT / "tests/cases/invalid").glob("*.json")):
        name, data = path.stem, path.read_bytes()
        try:
            record = parse(data)
            text = record["text"].encode()
            line = {key: value for key, value in record["metadata"].items() if key in KNOWN}
        except (ValueError, TypeError, KeyError, AttributeError):
            put(project, name, data)  # no article: the file itself, as an annotation
            continue
        put(project, name, written(bare(record, name)), text or b" ")
        lines.append(json.dumps({"file_name": f"{name}.txt", "language": record["language"]} | line))
        derived.add(name.split(".")[0])
    (project / "seeds/metadata.jsonl").write_text("\n".join(lines), encoding="utf-8")

    found = compared(project, tmp_path)

    assert len({issue.code for issue in found} & derived) > 25
    assert {"file-json", "file-duplicate-key", "file-surrogate", "file-nul", "file-bom"} <= {issue.code for issue in found}
    files = {issue.file for issue in found}
    assert {str(project / "annotations/span-text.json"), str(project / "seeds/metadata.jsonl")} <= files


def broken() -> Iterator[dict[str, Any]]:
    """The example's annotation with each value left out, replaced by each odd one, or put beside an unknown key."""
    whole = bare(example(), "example")
    for path in list(places(whole)):
        record = copy.deepcopy(whole)
        del parent_of(record, path)[path[-1]]
        yield record
        for value in [*WRONG, f"{parent_of(whole, path)[path[-1]]}\n"]:
            record = copy.deepcopy(whole)
            parent_of(record, path)[path[-1]] = value
            yield record
        if isinstance(parent_of(whole, path), dict):
            record = copy.deepcopy(whole)
            parent_of(record, path)["unknown"] = None
            yield record


def test_every_broken_value_breaks_a_build_in_the_same_words_and_places(tmp_path: Path) -> None:
    for number, record in enumerate(broken()):
        own = {"id": f"a{number}"} if record.get("id") == "example" else {}
        put(tmp_path / "project", f"a{number}", written(record | own))

    found = compared(tmp_path / "project", tmp_path)

    assert number > 1000
    schema = {issue.code for issue in found if issue.code.startswith("schema-")}
    assert {"schema-required", "schema-additional-properties", "schema-type", "schema-enum", "schema-pattern"} <= schema
    assert {"schema-minimum", "schema-maximum", "schema-min-length", "schema-min-items", "schema-unique-items"} <= schema


@pytest.mark.parametrize("style", [lambda data: data, lambda data: written(json.loads(data))], ids=["as-it-is", "as-written"])
def test_mutants_break_a_build_in_the_same_words_and_places(tmp_path: Path, style: Any) -> None:
    chance = random.Random(10)
    cases = [json.loads(path.read_bytes()) for path in sorted((CHECKOUT / "tests/cases/valid").glob("*.json"))]
    cases = [case for case in cases if isinstance(case, dict) and "text" in case]
    for number in range(400):
        name, case = f"a{number}", chance.choice(cases)
        data = mutant(bare(case, name) | {"text": case["text"]}, chance)  # some mutations need a text
        try:
            record = json.loads(data)
            data = style(json.dumps({key: value for key, value in record.items() if key != "text"}).encode())
        except (ValueError, AttributeError, UnicodeError):
            pass
        put(tmp_path / "project", name, data, case["text"].encode())

    assert len({issue.code for issue in compared(tmp_path / "project", tmp_path)}) > 20


def test_the_limits_of_the_strict_parser_hold_for_what_pressmark_wrote(tmp_path: Path) -> None:
    record = bare(example(), "example")
    record["annotators"][0]["name"] = "," * VALUES
    put(tmp_path / "project", "example", written(record))

    (issue,) = compared(tmp_path / "project", tmp_path)

    assert "file-size" == issue.code


@pytest.mark.parametrize(
    ("line", "pointer", "code"),
    [
        ({"language": "english language"}, "/language", "schema-pattern"),
        ({"published": "11 January"}, "/metadata/published", "schema-pattern"),
        ({"published": "2023-02-30"}, "/metadata/published", "published-date"),
        ({"title": 3}, "/metadata/title", "schema-type"),
        ({"translated_from": "no\n"}, "/metadata/translated_from", "schema-pattern"),
    ],
)
def test_wrong_metadata_is_placed_in_its_file(tmp_path: Path, line: dict[str, object], pointer: str, code: str) -> None:
    project = project_of(tmp_path / "project", {"example.txt": SEED})
    annotate(project, "example")
    (project / "seeds/metadata.jsonl").write_text(json.dumps({"file_name": "example.txt"} | line))

    (issue,) = compared(project, tmp_path)

    assert (code, pointer, str(project / "seeds/metadata.jsonl")) == (issue.code, issue.pointer, issue.file)


def test_fast_checks_change_no_byte(project: Path, tmp_path: Path) -> None:
    assert () == compared(project, tmp_path)
    assert tree(tmp_path / "fast") == tree(tmp_path / "slow")


def test_jsonschema_does_not_run_where_nothing_is_wrong(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contract, "validator", lambda kind: pytest.fail(f"jsonschema looks at an {kind}"))

    build(project)


def test_a_build_imports_no_pandas(project: Path) -> None:
    script = "import sys; from pathlib import Path; from pressmark.publish.build import build\n"
    script += "build(Path(sys.argv[1])); assert 'pyarrow.parquet' in sys.modules; sys.exit('pandas' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", script, project], check=False).returncode
