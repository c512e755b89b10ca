"""What `validate` and `show` take: files, folders, projects, views, standard input, texts anywhere."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import CHECKOUT, VIEWS, annotate, write_json
from pressmark.publish.which_view import which_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

CASES = Path(__file__).parent / "cases"


def record() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CASES / "valid/article.json").read_text(encoding="utf-8"))
    return loaded


def test_a_project_is_its_annotations_on_its_seeds(small: Path, pressmark: Callable[..., Ran]) -> None:
    assert (0, "") == pressmark("validate", small)[:2]

    path = annotate(small, "example", quotes=[])  # c1 refers to q1
    (small / "data/broken.json").write_text("{")
    code, out, err = pressmark("validate", small)

    assert 1 == code
    assert out.startswith(f"{path}:")
    assert "$.claims[0].quote (c1): reference" in out
    assert err.startswith("pressmark: 2 files, ")


def test_a_project_names_annotations_without_a_seed_and_bad_seeds(small: Path, pressmark: Callable[..., Ran]) -> None:
    annotate(small, "nowhere")
    assert f"{small}/annotations/nowhere.json: annotation-seed" in pressmark("validate", small).out

    (small / "seeds/relations.txt").write_text("x")
    assert f"{small}/seeds/relations.txt: seed-id" in pressmark("validate", small).out


def test_a_project_may_have_no_annotation_yet(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_text("Rome is far.")

    assert (0, "", "pressmark: 0 files, 0 records: no issues\n") == pressmark("validate", tmp_path)


def test_a_folder_is_every_file_of_records_in_it(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    folder = tmp_path / "records"
    write_json(folder / "good.json", record())
    write_json(folder / "more/bad.json", record() | {"id": "b", "language": 5})
    (folder / "lines.jsonl").write_text(json.dumps(record() | {"id": "c"}) + "\n{\n")
    (folder / ".hidden").mkdir()
    (folder / ".hidden/x.json").write_text("{")
    (folder / "notes.txt").write_text("no record")

    code, out, err = pressmark("validate", folder)

    assert 1 == code
    assert f"{folder}/more/bad.json:" in out
    assert f"{folder}/lines.jsonl:2:1: file-json" in out
    assert ".hidden" not in out
    assert err.startswith("pressmark: 3 files, ")


def test_fix_and_diff_take_folders(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    path = Path(shutil.copy(CASES / "invalid/span-text.json", tmp_path))

    assert f"{path}: case: $.quotes[0].cue[0]" in pressmark("validate", "--diff", tmp_path).out
    assert 0 == pressmark("validate", "--fix", tmp_path).code


def test_a_folder_without_records_is_wrong_usage(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    code, _, err = pressmark("validate", tmp_path)

    assert 2 == code
    assert f"pressmark: {tmp_path}: has no .json, .jsonl, .ndjson or .parquet file\n" == err


def test_the_built_dataset_is_its_records_and_the_views_are_left_to_verify(pressmark: Callable[..., Ran]) -> None:
    code, out, err = pressmark("validate", CHECKOUT / "data")

    assert (0, "") == (code, out)
    assert f"data: left out {len(VIEWS) - 1} views; `pressmark verify` checks a built dataset\n" in err


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_one_line_that_names_it(name: str, pressmark: Callable[..., Ran]) -> None:
    path = CHECKOUT / f"data/{name}/train-00000-of-00001.parquet"

    code, out, _ = pressmark("validate", path)

    if name == "articles":
        assert (0, "", None) == (code, out, which_view(path))
    else:
        assert 1 == code
        assert [
            f"{path}: schema-kind: this is the view {name}, which has no records; use `pressmark verify` on its dataset"
        ] == (out.splitlines())


def test_a_damaged_table_is_no_view(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 and nothing else")

    assert which_view(path) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_diff_needs_no_right_to_write(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    path = Path(shutil.copy(CASES / "invalid/span-text.json", tmp_path))
    tmp_path.chmod(0o500)
    try:
        assert "+ {" in pressmark("validate", "--diff", path).out
        assert 3 == pressmark("validate", "--fix", path).code
    finally:
        tmp_path.chmod(0o700)


def test_diff_writes_nothing(tmp_path: Path, pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(shutil.copy(CASES / "invalid/span-text.json", tmp_path))
    opened: list[str] = []
    plain = Path.open

    def watched(self: Path, mode: str = "r", *more: Any, **others: Any) -> Any:
        if "w" in mode and str(self) != os.devnull:
            opened.append(str(self))
        return plain(self, mode, *more, **others)

    monkeypatch.setattr(Path, "open", watched)

    assert "+ {" in pressmark("validate", "--diff", path).out
    assert [] == opened


def stdin(monkeypatch: pytest.MonkeyPatch, data: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))


@pytest.mark.parametrize("indent", [None, 1])
def test_show_reads_standard_input(monkeypatch: pytest.MonkeyPatch, pressmark: Callable[..., Ran], indent: int | None) -> None:
    stdin(monkeypatch, json.dumps(record(), indent=indent))

    assert pressmark("show", CASES / "valid/article.json") == pressmark("show", "-")


def test_show_says_where_standard_input_is_wrong(monkeypatch: pytest.MonkeyPatch, pressmark: Callable[..., Ran]) -> None:
    stdin(monkeypatch, json.dumps([record(), record() | {"language": 5}]))

    code, _, err = pressmark("show", "-")

    assert 1 == code
    assert "-: case: $[1].language: schema-type" in err


def test_show_takes_a_text_anywhere(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    path = tmp_path / "Head line (1).txt"
    path.write_text("Rome is far.\n", encoding="utf-8")

    code, out, _ = pressmark("show", path)

    assert 0 == code
    assert out.startswith("Head-line-1\nzones silver, entities none")
    assert "Rome is far." in out


def test_show_takes_a_seed_in_a_folder_of_a_split(small: Path, pressmark: Callable[..., Ran]) -> None:
    (small / "seeds/train").mkdir()
    (small / "seeds/example.txt").rename(small / "seeds/train/example.txt")

    assert "quotes silver" in pressmark("show", small / "seeds/train/example.txt").out


def test_show_and_validate_agree_on_the_largest_record(
    tmp_path: Path, pressmark: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "ab " * 2000
    words = [{"start": 3 * i, "end": 3 * i + 2, "text": "ab"} for i in range(2000)]
    zone = {"start": 0, "end": len(text) - 1, "text": text[:-1], "type": "body"}
    large = record() | {"text": text, "text_sha256": sha256(text.encode()).hexdigest(), "zones": [zone], "sentences": words}
    path = tmp_path / "large.jsonl"
    path.write_text(json.dumps(large | {"entities": [], "quotes": [], "claims": []}, separators=(",", ":")), encoding="utf-8")

    for limit, code in ((9000, 0), (7000, 1)):
        monkeypatch.setattr("pressmark.validation.level1_file.strict_json.VALUES", limit)
        assert (code, code) == (pressmark("validate", path).code, pressmark("show", path).code)


@pytest.mark.parametrize(("name", "data"), [("relations.json", "[]"), ("relations.jsonl", "")])
def test_a_dataset_may_have_no_relations(tmp_path: Path, pressmark: Callable[..., Ran], name: str, data: str) -> None:
    path = tmp_path / name
    path.write_text(data)

    assert (0, "") == pressmark("validate", path)[:2]
    assert 1 == pressmark("validate", path.rename(tmp_path / f"other{path.suffix}")).code
