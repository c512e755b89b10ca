from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import datasets
import duckdb
import pandas as pd
import polars as pl
import pytest
from pyarrow import parquet as pq

from conftest import CHECKOUT, PROJECT, VIEWS, project_of, spans
from pressmark.publish import views
from pressmark.publish.build import build
from pressmark.record import contract
from pressmark.validation import issues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from conftest import Ran

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


def test_only_the_targets_are_numbers_and_their_names_have_the_order_of_the_schema(checkout: Path, cache: str) -> None:
    numbered: dict[tuple[str, ...], list[str]] = {}
    for view in VIEWS:
        features = datasets.load_dataset(str(checkout), view, split="train", cache_dir=cache).features
        numbered |= {
            (view, *path): feature.names for path, feature in leaves(features) if isinstance(feature, datasets.ClassLabel)
        }

    assert {
        ("ner", "ner_tags"): iob2(contract.labels(contract.at("article", "entities/label"))),
        ("attribution", "tags"): iob2(("SOURCE", "CUE", "CONTENT", "ADDRESSEE")),
        ("claim_detection", "label"): ["no_claim", "claim"],
        ("claim_detection", "checkworthiness"): ["none", *contract.labels(contract.at("article", "claims/checkworthiness"))],
        ("claim_pairs", "label"): ["none", *contract.labels(contract.at("relation", "type"))],
    } == numbered


def leaves(feature: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every feature without parts, with the names on the way to it."""
    if isinstance(feature, datasets.List):
        yield from leaves(feature.feature, *path)
    elif isinstance(feature, dict):
        for name, child in feature.items():
            yield from leaves(child, *path, name)
    else:
        yield path, feature


def iob2(labels: Iterable[str]) -> list[str]:
    return ["O", *(f"{place}-{label}" for label in labels for place in "BI")]


def test_offsets_are_numbers_and_other_labels_are_words(checkout: Path, cache: str) -> None:
    mentions, ner, claims, quotes = (
        datasets.load_dataset(str(checkout), view, split="train", cache_dir=cache).features
        for view in ("mentions", "ner", "claims", "quotes")
    )

    assert datasets.Value("int32") == mentions["start"]
    assert datasets.List(datasets.Value("int32")) == ner["starts"]
    assert isinstance(claims["content"], datasets.List)
    words = [mentions["label"], mentions["level"], claims["types"].feature, quotes["medium"], quotes["act"]]
    assert [datasets.Value("string")] * 5 == words


TARGETS = {
    ("ner", "ner_tags"): "ner_tags_names",
    ("attribution", "tags"): "tags_names",
    ("claim_detection", "label"): "label_name",
    ("claim_detection", "checkworthiness"): "checkworthiness_name",
    ("claim_pairs", "label"): "label_name",
}


@pytest.mark.parametrize(("target", "beside"), TARGETS.items(), ids="-".join)
@pytest.mark.parametrize("reader", ["datasets", "pandas", "polars", "DuckDB"])
def test_the_column_beside_a_number_has_its_name(
    checkout: Path, cache: str, reader: str, target: tuple[str, str], beside: str
) -> None:
    view, column = target
    names = contract.labels(BY_NAME[view].columns()[column])
    pairs = [
        pair
        for number, name in columns(reader, checkout, cache, view, column, beside)
        for pair in (zip(number, name, strict=True) if isinstance(number, list) else [(number, name)])
    ]

    assert len({number for number, _ in pairs}) > 1
    assert [names[number] for number, _ in pairs] == [name for _, name in pairs]


def columns(reader: str, checkout: Path, cache: str, view: str, *wanted: str) -> Iterable[tuple[Any, ...]]:
    """The rows of some columns of a view, as one of the readers gives them."""
    path = file(checkout, view)
    match reader:
        case "datasets":
            found = datasets.load_dataset(str(checkout), view, split="train", cache_dir=cache)
            return zip(*(found[name] for name in wanted), strict=True)
        case "pandas":
            return zip(*(plain(pd.read_parquet(path)[name].to_list()) for name in wanted), strict=True)
        case "polars":
            return pl.read_parquet(path).select(wanted).rows()
        case _:
            with duckdb.connect() as connection:
                rows: list[tuple[Any, ...]] = connection.read_parquet(path).project(", ".join(wanted)).fetchall()
            return rows


def test_a_label_keeps_its_meaning_on_the_way_into_a_table(checkout: Path, cache: str) -> None:
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


def test_loading_this_checkout_logs_nothing(tmp_path: Path) -> None:
    """`huggingface_hub` warns of a README.md without front matter, twelve times."""
    program = f"import datasets; datasets.load_dataset({str(CHECKOUT)!r}, 'quotes', cache_dir={str(tmp_path)!r})"
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}

    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)

    assert ("", "") == (run.stdout, run.stderr)


@pytest.mark.skipif(not (CHECKOUT / ".git").exists(), reason="a copy of the tree cannot be cloned")
@pytest.mark.parametrize("convert", ["true", "false", "input"])
def test_a_clone_has_the_same_bytes_whatever_git_does_with_line_ends(tmp_path: Path, convert: str) -> None:
    command = ["git", "-c", f"core.autocrlf={convert}", "-c", "core.eol=crlf", "clone", "--quiet", str(CHECKOUT), "clone"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    listed = subprocess.run(
        ["git", "ls-files", "-s"], cwd=tmp_path / "clone", capture_output=True, text=True, check=True
    ).stdout
    names = [line.split("\t")[1] for line in listed.splitlines()]
    hashed = ["git", "hash-object", "--no-filters", "--stdin-paths"]
    found = subprocess.run(
        hashed, cwd=tmp_path / "clone", input="\n".join(names), capture_output=True, text=True, check=True
    ).stdout
    assert [line.split()[1] for line in listed.splitlines()] == found.split()


@pytest.mark.parametrize("name", ["[A] news", "a[b", "news:2023", "a*b?", "{x,y}", "50%20 ü'é"])
def test_the_printed_line_loads_the_dataset_whatever_its_folder_is_called(
    tmp_path: Path, pressmark: Callable[..., Ran], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project_of(tmp_path / name, {"a.txt": b"It rains."})
    monkeypatch.chdir(tmp_path)

    code, out, _ = pressmark("build", name)

    assert 0 == code
    (line,) = re.findall(r"load_dataset\(.*\)", out)
    found = eval(line, {"load_dataset": partial(datasets.load_dataset, cache_dir=str(tmp_path / "cache"))})  # noqa: S307
    assert ["It rains."] == found["train"]["text"][:]


def test_where_no_line_loads_the_dataset_the_build_says_what_to_do(tmp_path: Path, pressmark: Callable[..., Ran]) -> None:
    project = project_of(tmp_path / "a::b", {"a.txt": b"It rains."})

    assert "rename the folder so that its path has no '::'" in pressmark("build", project).out
