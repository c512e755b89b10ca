"""Near-duplicate texts are found by sketches: as alike as they are, and with little memory."""

from __future__ import annotations

import tracemalloc
from random import Random

import pytest

from pressmark.validation.level6_dataset.near_texts import Index, likeness, sketch

WORDS = [f"word{i}" for i in range(5000)]


def runs(text: str) -> set[str]:
    words = text.split()
    return {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}


def a_text(chance: Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def edited(chance: Random, text: str, edits: int) -> str:
    words = text.split()
    for place in chance.sample(range(len(words)), edits):
        words[place] = chance.choice(WORDS)
    return " ".join(words)


@pytest.mark.parametrize("edits", [0, 3, 10, 40])
def test_the_likeness_of_long_texts_is_near_the_exact_one(edits: int) -> None:
    chance = Random(edits)
    for _ in range(20):
        one = a_text(chance, 600)
        other = edited(chance, one, edits)
        exact = len(runs(one) & runs(other)) / len(runs(one) | runs(other))

        assert likeness(sketch(one), sketch(other)) == pytest.approx(exact, abs=0.12)


def test_the_likeness_of_short_texts_is_exact() -> None:
    chance = Random(1)
    one = a_text(chance, 90)
    other = edited(chance, one, 4)

    assert likeness(sketch(one), sketch(other)) == len(runs(one) & runs(other)) / len(runs(one) | runs(other))


def test_nearly_all_pairs_that_are_alike_are_compared() -> None:
    chance, index = Random(2), Index()
    texts = [a_text(chance, 400) for _ in range(300)]
    for number, text in enumerate(texts):
        index.add(number, sketch(text))

    found = [number in index.near(sketch(edited(chance, text, 8))) for number, text in enumerate(texts)]  # alike by about 0.82

    assert sum(found) >= 0.95 * len(texts)


def test_a_text_takes_two_kilobytes_at_most() -> None:
    chance = Random(3)
    texts = [a_text(chance, 400) for _ in range(2000)]
    tracemalloc.start()
    index, sketches = Index(), []
    for number, text in enumerate(texts):
        sketches.append(sketch(text))
        index.add(number, sketches[-1])
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()

    assert taken / len(texts) <= 2048
    assert len(sketches) == len(texts)


@pytest.mark.parametrize("text", ["", "One.", "One two three four five six."])
def test_a_text_of_few_words_is_like_itself(text: str) -> None:
    index = Index()
    index.add(0, sketch(text))

    assert index.near(sketch(text)) == [0]
    assert likeness(sketch(text), sketch(text)) == 1
