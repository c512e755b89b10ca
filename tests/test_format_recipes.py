"""docs/recipes.md: each recipe runs as it stands, has ten lines, and says what the records say."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from pressmark import scoring
from pressmark.project import records
from pressmark.record.text import tokens
from typed_page import blocks, type_page

ROOT = Path(__file__).parents[1]
GOLD = {article.id: article for article in records.articles(ROOT / "data/articles.jsonl")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the dataset in news/data, in which all recipes were run."""
    folder = tmp_path_factory.mktemp("recipes")
    shutil.copytree(ROOT / "data", folder / "news/data")
    type_page("docs/recipes.md", folder)
    return folder


def test_a_recipe_has_ten_lines() -> None:
    recipes = [block.text for block in blocks("docs/recipes.md")]

    assert 4 == len(recipes)
    assert 10 >= max(sum(bool(line.strip()) for line in recipe.splitlines()) for recipe in recipes)


def test_conll_2003_has_every_name_and_value(made: Path) -> None:
    with scoring.opened(ROOT / "data/articles.jsonl", made / "news.conll") as sides:
        section = scoring.score_files(sides).score.sections["entities"]

    assert section
    assert 1 == section["flat/strict"].values["f1"]
    assert section["flat/strict"].counts["gold"] > 100


def test_conll_2012_has_every_mention_of_an_entity(made: Path) -> None:
    found: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
    name, at = "", 0
    begun: dict[str, list[int]] = defaultdict(list)
    for line in (made / "news.v4_gold_conll").read_text("utf-8").splitlines():
        if line.startswith("#begin"):
            name, at = line.split("(")[1].split(")")[0], 0
        elif line and not line.startswith("#"):
            for mark in line.split()[-1].split("|"):
                number = mark.strip("()")
                if mark.startswith("("):
                    begun[number].append(at)
                if mark.endswith(")"):
                    found[name, number].add((begun[number].pop(), at))
            at += 1

    for article in GOLD.values():
        places = list(tokens(article.text))
        first, last = ({place[side]: i for i, place in enumerate(places)} for side in (0, 1))
        ours = [
            {(first[m.start], last[m.end]) for m in entity.mentions} for entity in article.entities if len(entity.mentions) > 1
        ]
        assert sorted(map(sorted, ours)) == sorted(sorted(one) for (name, _), one in found.items() if name == article.id)


def test_gliner_has_every_name_and_value(made: Path) -> None:
    rows = json.loads((made / "news.gliner.json").read_text("utf-8"))

    found = sorted((" ".join(row["tokenized_text"][i : k + 1]), label) for row in rows for i, k, label in row["ner"])

    flat = [(m.text, e.label) for article in GOLD.values() for e in article.entities for m in e.mentions if m.flat]
    ours = sorted(
        (" ".join(text[start:end] for start, end in tokens(text)), label.lower().replace("_", " ")) for text, label in flat
    )
    assert ours == found


def test_a_chat_has_an_answer_for_each_article(made: Path) -> None:
    lines = (made / "news.chat.jsonl").read_text("utf-8").split("\n")[:-1]

    for line in map(json.loads, lines):
        turns = {one["role"]: one["content"] for one in line["messages"]}
        (article,) = (one for one in GOLD.values() if one.text == turns["user"])
        assert [quote.status for quote in article.quotes] == [quote["status"] for quote in json.loads(turns["assistant"])]
    assert len(GOLD) == len(lines)
