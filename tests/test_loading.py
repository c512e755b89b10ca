from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import datasets
import duckdb
import pandas as pd
import polars as pl
import pytest
from pyarrow import parquet as pq

from conftest import CHECKOUT, PROJECT, VIEWS, spans
from pressmark.publish import views
from pressmark.publish.build import build
from pressmark.record import contract
from pressmark.validation import issues

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[dict[str, Any]]
BY_NAME = {view.name: view for view in views.VIEWS}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout's project with its dataset built; not to be changed."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in PROJECT:
        if (CHECKOUT / name).is_dir():
            shutil.copytree(CHECKOUT / name, folder / name)
    build(folder)
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def published(checkout: Path) -> dict[str, Rows]:
    """The rows of each view as the Parquet files hold them."""
    return {name: pq.ParquetFile(file(checkout, name)).read().to_pylist() for name in VIEWS}


def file(project: Path, view: str) -> str:
    return str(project / f"data/{view}/train-00000-of-00001.parquet")


def test_the_default_is_the_whole_record(checkout: Path, cache: str, published: dict[str, Rows]) -> None:
    found = datasets.load_dataset(str(checkout), cache_dir=cache)

    assert ["train"] == list(found)
    assert published["articles"] == found["train"].to_list()


@pytest.mark.parametrize("view", VIEWS)
def test_every_way_to_load_gives_the_same_rows_and_features(
    checkout: Path, cache: str, published: dict[str, Rows], view: str
) -> None:
    features = contract.features(BY_NAME[view].columns())
    root, data = str(checkout), str(checkout / "data")

    for found in (
        datasets.load_dataset(root, view, split="train", cache_dir=cache),
        datasets.load_dataset(data, view, split="train", cache_dir=cache),
        datasets.load_dataset(root, view, split="train", streaming=True),
        datasets.load_dataset("parquet", data_files=file(checkout, view), split="train", cache_dir=cache),
    ):
        assert features == found.features
        assert published[view] == list(found)


def test_all_views_are_configurations(checkout: Path) -> None:
    for path in (checkout, checkout / "data"):
        assert list(VIEWS) == datasets.get_dataset_config_names(str(path))


def test_labels_are_names_in_the_order_of_the_schema(checkout: Path, cache: str) -> None:
    mentions = datasets.load_dataset(str(checkout), "mentions", split="train", cache_dir=cache)
    ner = datasets.load_dataset(str(checkout), "ner", split="train", cache_dir=cache)
    claims = datasets.load_dataset(str(checkout), "claims", split="train", cache_dir=cache)
    labels = list(contract.labels(contract.at("article", "entities/label")))

    assert datasets.Value("string") == mentions.features["label"]
    assert isinstance(ner.features["ner_tags"], datasets.List)
    assert ["O", *(f"{place}-{label}" for label in labels for place in "BI")] == ner.features["ner_tags"].feature.names
    assert datasets.Value("int32") == mentions.features["start"]
    assert datasets.List(datasets.Value("int32")) == ner.features["starts"]
    assert isinstance(claims.features["content"], datasets.List)
    assert datasets.List(datasets.Value("string")) == claims.features["types"]


TARGETS = (("ner", "ner_tags"), ("attribution", "tags"), ("claim_detection", "label"), ("claim_pairs", "label"))


@pytest.mark.parametrize(("view", "column"), [*TARGETS, ("claim_detection", "checkworthiness")])
def test_a_target_is_a_number_and_its_name_stands_beside_for_every_reader(
    checkout: Path, cache: str, view: str, column: str
) -> None:
    found = datasets.load_dataset(str(checkout), view, split="train", cache_dir=cache)
    feature = found.features[column]
    is_list = isinstance(feature, datasets.List)
    beside = f"{column}_names" if is_list else f"{column}_name"
    names = [[feature.feature.names[tag] for tag in row] if is_list else feature.names[row] for row in found[column]]
    path = file(checkout, view)

    assert len({str(name) for name in names}) > 1
    assert names == list(found[beside])
    assert names == plain(list(pd.read_parquet(path)[beside]))
    assert names == pl.read_parquet(path)[beside].to_list()
    with duckdb.connect() as connection:
        assert names == [row[0] for row in connection.execute(f"SELECT {beside} FROM read_parquet(?)", [path]).fetchall()]  # noqa: S608


def test_a_label_is_the_same_in_a_record_and_in_a_flat_view(checkout: Path, cache: str) -> None:
    articles = datasets.load_dataset(str(checkout), split="train", cache_dir=cache)
    found = datasets.load_dataset(str(checkout), "mentions", split="train", cache_dir=cache)

    assert sorted(
        (article["id"], entity["id"], entity["label"], mention["start"], mention["level"])
        for article in articles
        for entity in article["entities"]
        for mention in entity["mentions"]
    ) == sorted((row["article"], row["entity"], row["label"], row["start"], row["level"]) for row in found)


def test_spans_cut_the_text_that_was_loaded(checkout: Path, cache: str) -> None:
    articles = datasets.load_dataset(str(checkout), split="train", cache_dir=cache)

    texts = {row["id"]: row["text"] for row in articles}
    for row in articles:
        found = list(spans(row))
        assert found
        for span in found:
            assert span["text"] == row["text"][span["start"] : span["end"]]
    for row in datasets.load_dataset(str(checkout), "mentions", split="train", cache_dir=cache):
        assert row["text"] == texts[row["article"]][row["start"] : row["end"]]


def test_loaded_articles_are_valid_records(checkout: Path, cache: str) -> None:
    for row in datasets.load_dataset(str(checkout), split="train", cache_dir=cache):
        assert [] == list(issues(row))
        assert [] == list(issues(json.loads(json.dumps(row))))


def plain(value: Any) -> Any:
    """A value of pandas, whose lists are arrays of NumPy and whose nulls may be NaN, as one of Python."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return None if isinstance(value, float) and value != value else value  # noqa: PLR0124


@pytest.mark.parametrize("view", VIEWS)
def test_pandas_polars_and_duckdb_read_the_same(checkout: Path, published: dict[str, Rows], view: str) -> None:
    path = file(checkout, view)

    assert published[view] == plain(pd.read_parquet(path).to_dict("records"))
    assert published[view] == pl.read_parquet(path).to_dicts()
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [path])
        names = [column[0] for column in found.description]
        assert published[view] == [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_labels_of_whole_records_are_words_for_every_reader(checkout: Path) -> None:
    path = file(checkout, "articles")
    labels = set(contract.labels(contract.at("article", "entities/label")))
    with duckdb.connect() as connection:
        query = "SELECT DISTINCT e.label FROM (SELECT unnest(entities) AS e FROM read_parquet(?))"
        by_duckdb = {row[0] for row in connection.execute(query, [path]).fetchall()}

    by_pandas = {entity["label"] for entities in pd.read_parquet(path)["entities"] for entity in entities}
    by_polars = {entity["label"] for entities in pl.read_parquet(path)["entities"].to_list() for entity in entities}

    assert by_duckdb == by_pandas == by_polars <= labels


def test_a_rebuild_is_seen_in_spite_of_the_cache(small: Path, tmp_path: Path) -> None:
    def medium(path: Path) -> str:
        rows = datasets.load_dataset(str(path), "quotes", split="train", cache_dir=str(tmp_path / "cache"))
        found: str = rows["medium"][0]
        return found

    assert "speech" == medium(small) == medium(small / "data")
    annotation = small / "annotations/example.json"
    record = json.loads(annotation.read_text())
    record["quotes"][0]["medium"] = "writing"
    annotation.write_text(json.dumps(record))
    build(small)

    assert "writing" == medium(small) == medium(small / "data")


def test_another_checkout_with_other_rows_is_seen_in_spite_of_the_cache(small: Path, tmp_path: Path) -> None:
    other = shutil.copytree(small, tmp_path / "other" / "small")
    (other / "seeds/plain.txt").write_text("Another text.")
    build(other)

    texts = [
        datasets.load_dataset(str(path), split="train", cache_dir=str(tmp_path / "cache"))[1]["text"]
        for path in (small, other, small)
    ]

    assert ["Rome is far. It rains.\n", "Another text.", "Rome is far. It rains.\n"] == texts
