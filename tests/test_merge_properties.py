"""Merging, whatever the annotations and the choices: the result is valid, and says what was chosen."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressmark import scoring
from pressmark.annotators.drop_invalid import drop_invalid
from pressmark.project.references import references
from pressmark.record.model import Annotator
from pressmark.scoring.conflicts import FIELDS, conflicts, values
from pressmark.scoring.merge import merged
from pressmark.scoring.pair import LAYERS
from pressmark.scoring.side_by_side import side_by_side
from pressmark.validation import errors
from test_format_properties import made_up
from test_formats import ARTICLES

if TYPE_CHECKING:
    from pressmark.record.model import Article

ROOT = Path(__file__).parents[1]

REFERRING = {"sources", "addressees", "members", "about", "parent", "quote"}  # perhaps to what is left out
JUDGE = Annotator(id="judge", kind="human", role="adjudicator", name="Judge", version=None)


@pytest.fixture(scope="module")
def groups(tmp_path_factory: pytest.TempPathFactory) -> list[list[Article]]:
    """The gold, what the rules propose, and the gold with mistakes: three annotations of each article."""
    folder = tmp_path_factory.mktemp("rules")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    subprocess.run([sys.executable, "-m", "pressmark", "annotate", folder], check=True, capture_output=True)
    gold = [article for name, article in ARTICLES.items() if name.startswith("gold ")]
    rules = {article.id: article for article in scoring.articles_in(folder)}
    return [[one, rules[one.id], mistaken(one, 5)] for one in gold]


def mistaken(article: Article, seed: int) -> Article:
    """The article with fewer items, in another order, under other ids, with other labels."""
    chance = random.Random(seed)
    gone = {item.id for layer in LAYERS for item in getattr(article, layer) if chance.random() < 0.2}
    entities = [
        replace(one, label=chance.choice([one.label, "ORG"]), mentions=one.mentions[: chance.randint(1, len(one.mentions))])
        for one in article.entities
    ]
    quotes = [
        replace(one, parent=None, sources=tuple(replace(source, entity=None) for source in one.sources))
        for one in article.quotes
    ]
    changes: dict[str, Any] = {
        "entities": [replace(one, members=()) for one in entities],
        "quotes": [replace(one, medium=chance.choice(["speech", "writing"])) for one in quotes],
        "claims": [replace(one, about=(), quote=None) for one in article.claims],
    }
    changes = {layer: tuple(one for one in items[::-1] if one.id not in gone) for layer, items in changes.items()}
    return side_by_side(["x"], [replace(article, **changes)]).first


@pytest.mark.parametrize("seed", range(4))
def test_any_choices_give_a_valid_record_that_says_what_was_chosen(groups: list[list[Article]], seed: int) -> None:
    chance = random.Random(seed)
    seen = 0
    for articles in groups:
        sound = [one for one in articles if not errors(one)]
        group = side_by_side(["ann", "bea", "cy"][: len(sound)], sound)
        decided = {one.key: chance.choice([*one.readings, None]) for one in conflicts(group)}
        by_hand = {key for key, who in decided.items() if who}

        made = merged(group, decided, by_hand, JUDGE)
        valid = drop_invalid(made, lambda _: None)

        assert [] == errors(valid)
        for layer in LAYERS:
            for item in getattr(made, layer):
                for field, names in FIELDS[layer].items():
                    if field in {
                        "sources",
                        "addressees",
                        "members",
                        "about",
                        "parent",
                        "quote",
                    }:  # may refer to what is left out
                        continue
                    if who := decided.get((layer, item.id, field)):
                        theirs = next(one for one in getattr(group.articles[who], layer) if one.id == item.id)
                        assert values(theirs, names) == values(item, names)
                        assert "judge" == item.annotator
                        seen += 1
    assert seen > 5


@given(seed=st.integers(0, 10**6), change=st.integers(0, 10**6))
@settings(max_examples=100, deadline=None)
def test_preferring_an_annotator_gives_what_they_marked(seed: int, change: int) -> None:
    ann = made_up(seed, ["name", "nominal"])
    bea = mistaken(ann, change)
    group = side_by_side(["ann", "bea"], [ann, bea])
    found = list(conflicts(group))

    for who, theirs in (("ann", ann), ("bea", bea)):
        made = merged(group, {one.key: who for one in found if who in one.readings}, set(), None)
        assert [] == list(conflicts(side_by_side(["made", who], [made, theirs])))


@given(seed=st.integers(0, 10**6), change=st.integers(0, 10**6))
@settings(max_examples=100, deadline=None)
def test_undecided_conflicts_leave_no_reference_to_nothing(seed: int, change: int) -> None:
    ann = made_up(seed, ["name", "nominal"])
    group = side_by_side(["ann", "bea"], [ann, mistaken(ann, change)])

    made = merged(group, {one.key: None for one in conflicts(group)}, set(), None)

    there = {(layer, item.id) for layer in LAYERS for item in getattr(made, layer)}
    assert sum(len(getattr(made, layer)) for layer in LAYERS) == len(there)
    assert there >= set(chain.from_iterable(references(item) for layer in LAYERS for item in getattr(made, layer)))
