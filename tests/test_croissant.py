"""The Croissant description is loaded with MLCommons' own reader, and says what the Parquet files say."""

from __future__ import annotations

import json
import warnings
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet as pq

from pressmark.publish.views import VIEWS

DATA = Path(__file__).parents[1] / "data"
NESTED = ("articles", "coref", "attribution")  # a list stands inside a list; mlcroissant reads such columns wrong
DESCRIBED = [view for view in VIEWS if view.name not in NESTED]


@pytest.fixture(scope="module")
def dataset() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of mlcroissant's own dependencies, while they are imported
        import mlcroissant

        return mlcroissant.Dataset(jsonld=str(DATA / "croissant.json"))


def test_mlcroissant_finds_nothing_wrong(dataset: Any) -> None:
    assert not dataset.metadata.issues.errors
    assert not dataset.metadata.issues.warnings


def test_it_says_how_the_data_came_about() -> None:
    described = json.loads((DATA / "croissant.json").read_text(encoding="utf-8"))

    assert ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"] == described["conformsTo"]
    assert [key for key in described if key.startswith("rai:")]


def test_every_view_is_a_file_and_those_without_a_list_inside_a_list_are_record_sets() -> None:
    described = json.loads((DATA / "croissant.json").read_text(encoding="utf-8"))

    names = [*(view.path("train") for view in VIEWS), "articles.jsonl", "relations.jsonl"]
    assert {name: sha256((DATA / name).read_bytes()).hexdigest() for name in names} == {
        file["contentUrl"]: file["sha256"] for file in described["distribution"]
    }
    assert [view.name for view in DESCRIBED] == [one["name"] for one in described["recordSet"] if "data" not in one]


def test_every_column_of_one_label_refers_to_an_enumeration_with_its_labels() -> None:
    described = json.loads((DATA / "croissant.json").read_text(encoding="utf-8"))
    sets = {one["@id"]: one for one in described["recordSet"]}

    for view in DESCRIBED:
        fields = {field["@id"].partition("/")[2]: field for field in sets[view.name]["field"]}
        for column, node in view.columns().items():
            if "enum" in node:
                name, _, key = fields[column]["references"]["field"]["@id"].partition("/")
                assert "sc:Enumeration" == sets[name]["dataType"]
                assert ("number" if node.get("class_label") else "name") == key
                rows = sets[name]["data"]
                assert [label for label in node["enum"] if label is not None] == [row[f"{name}/name"] for row in rows]


def test_keys_are_unique_and_references_exist() -> None:
    described = json.loads((DATA / "croissant.json").read_text(encoding="utf-8"))
    views = {view.name: view for view in VIEWS}

    for one in described["recordSet"]:
        if "data" in one or "key" not in one:
            continue
        keys = one["key"] if isinstance(one["key"], list) else [one["key"]]
        columns = [key["@id"].partition("/")[2] for key in keys]
        rows = pq.ParquetFile(DATA / views[one["name"]].path("train")).read(columns).to_pylist()
        assert len(rows) == len({tuple(row.values()) for row in rows})
    assert {"entities", "quotes", "claims", "relations"} <= {one["name"] for one in described["recordSet"] if "key" in one}


def test_it_names_its_creator_and_both_licences() -> None:
    described = json.loads((DATA / "croissant.json").read_text(encoding="utf-8"))

    assert "The pressmark developers" == described["creator"]["name"]
    assert "https://creativecommons.org/licenses/by/4.0/" == described["license"][0]
    assert described["license"][1].endswith("LICENSE-texts")


@pytest.mark.parametrize("view", DESCRIBED, ids=lambda view: view.name)
@pytest.mark.filterwarnings("ignore")  # pandas' and mlcroissant's own
def test_every_value_is_that_of_the_table(dataset: Any, view: Any) -> None:
    table = pq.ParquetFile(DATA / view.path("train")).read().to_pylist()
    records = [{_last(key): _plain(value) for key, value in record.items()} for record in dataset.records(view.name)]

    assert table == records


def _last(key: str) -> str:
    return key.rpartition("/")[2]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {_last(key): _plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return value.decode()
    return value.item() if hasattr(value, "item") else value
