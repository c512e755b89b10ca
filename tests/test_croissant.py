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

    assert {view.path: sha256((DATA / view.path).read_bytes()).hexdigest() for view in VIEWS} == {
        file["contentUrl"]: file["sha256"] for file in described["distribution"]
    }
    assert [view.name for view in DESCRIBED] == [one["name"] for one in described["recordSet"]]


@pytest.mark.parametrize("view", DESCRIBED, ids=lambda view: view.name)
@pytest.mark.filterwarnings("ignore")  # pandas' and mlcroissant's own
def test_every_value_is_that_of_the_table(dataset: Any, view: Any) -> None:
    table = pq.ParquetFile(DATA / view.path).read().to_pylist()
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
