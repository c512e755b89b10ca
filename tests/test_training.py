"""Trainers can use the views: tags survive a subword tokenizer and a spaCy `Doc`, and models learn all three targets."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import datasets
import numpy as np
import pytest
import spacy
from pyarrow import parquet as pq
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from conftest import CHECKOUT
from pressmark.publish import views
from pressmark.publish.build import make
from pressmark.record import contract

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Numbers = NDArray[np.int64]

Row = dict[str, Any]
Place = tuple[int, int, str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    make(CHECKOUT, folder)
    return folder


@pytest.fixture(scope="module")
def rows(built: Path) -> list[Row]:
    """The rows of `ner` with their tags as words."""
    (view,) = (view for view in views.VIEWS if view.name == "ner")
    names = contract.labels(view.columns()["ner_tags"])
    table = pq.ParquetFile(built / "data/ner/train-00000-of-00001.parquet").read().to_pylist()
    found = [row | {"tags": [names[tag] for tag in row["ner_tags"]]} for row in table]
    assert [row["ner_tags_names"] for row in table] == [row["tags"] for row in found]
    return found


def decoded(tokens: Iterable[tuple[int, int, str]]) -> list[Place]:
    """Offsets and IOB2 tags of tokens → offsets and labels of entities."""
    found: list[Place] = []
    for start, end, tag in tokens:
        if tag.startswith("B-"):
            found.append((start, end, tag[2:]))
        elif tag.startswith("I-"):
            assert found[-1][2] == tag[2:]
            found[-1] = (found[-1][0], end, tag[2:])
    return found


def entities(row: Row) -> list[Place]:
    return decoded(zip(row["starts"], row["ends"], row["tags"], strict=True))


def test_there_is_something_to_learn(rows: list[Row]) -> None:
    assert len(rows) > 10
    assert len({label for row in rows for _, _, label in entities(row)}) > 3


@pytest.mark.parametrize("kind", ["byte-level BPE", "WordLevel"])
def test_tags_survive_the_way_through_a_subword_tokenizer(rows: list[Row], kind: str) -> None:
    tokenizer = Tokenizer(models.BPE() if kind == "byte-level BPE" else models.WordLevel(unk_token="?"))  # noqa: S106
    trainer: Any = trainers.WordLevelTrainer(min_frequency=2, special_tokens=["?"], show_progress=False)
    if kind == "byte-level BPE":
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        trainer = trainers.BpeTrainer(vocab_size=320, show_progress=False)
    tokenizer.train_from_iterator((row["tokens"] for row in rows), trainer)

    pieces = 0
    for row in rows:
        encoding = tokenizer.encode(row["tokens"], is_pretokenized=True)
        tagged, before = [], None
        for word, (start, end) in zip(encoding.word_ids, encoding.offsets, strict=True):
            tag = row["tags"][word]
            first = row["starts"][word]
            tagged.append((first + start, first + end, tag.replace("B-", "I-") if word == before else tag))
            before = word
        pieces += len(tagged)

        assert entities(row) == decoded(tagged)
    words = sum(len(row["tokens"]) for row in rows)
    assert pieces == words if kind == "WordLevel" else pieces > 1.2 * words


def doc(nlp: spacy.Language, row: Row) -> Doc:
    gaps = [end < start for end, start in zip(row["ends"], row["starts"][1:], strict=False)]
    made = Doc(nlp.vocab, words=row["tokens"], spaces=[*gaps, False])
    made.set_ents([made.char_span(start - row["start"], end - row["start"], label) for start, end, label in entities(row)])
    return made


def test_a_spacy_pipeline_learns_from_a_doc_bin(rows: list[Row]) -> None:
    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("en")
    docs = [doc(nlp, row) for row in rows]
    for made, row in zip(docs, rows, strict=True):
        assert row["text"] == made.text
        assert entities(row) == [(row["start"] + start, row["start"] + end, label) for start, end, label in found(made)]
    stored = list(DocBin().from_bytes(DocBin(docs=docs).to_bytes()).get_docs(nlp.vocab))
    assert list(map(found, docs)) == list(map(found, stored))

    examples = [Example(unmarked(gold), gold) for gold in stored]
    nlp.add_pipe("ner")
    nlp.initialize(lambda: examples)
    shuffled = random.Random(0)
    losses = []
    for _ in range(15):
        shuffled.shuffle(examples)
        lost: dict[str, float] = {}
        for start in range(0, len(examples), 4):
            nlp.update(examples[start : start + 4], losses=lost)
        losses.append(lost["ner"])

    right = [set(found(nlp(unmarked(gold)))) & set(found(gold)) for gold in stored]
    assert losses[-1] < losses[0] / 4
    assert any(right)


def unmarked(gold: Doc) -> Doc:
    return Doc(gold.vocab, words=[token.text for token in gold], spaces=[bool(token.whitespace_) for token in gold])


def found(marked: Doc) -> list[Place]:
    return [(entity.start_char, entity.end_char, entity.label_) for entity in marked.ents]


def test_a_token_classifier_learns_from_attribution(built: Path, tmp_path: Path) -> None:
    loaded = datasets.load_dataset(str(built), "attribution", split="train", cache_dir=str(tmp_path))
    target = loaded.features["tags"].feature
    quoted = np.array([bool(row["quotes"]) for row in loaded for _ in row["tokens"]])
    inputs, gold = windows(loaded), np.array([tag for row in loaded for tag in row["tags"]])
    outside = target.str2int("O")
    assert quoted.any()
    assert not quoted.all()
    assert (gold[~quoted] == outside).all()

    weights, losses = trained(inputs, gold, target.num_classes)
    without, _ = trained(inputs[quoted], gold[quoted], target.num_classes)

    found = (inputs @ weights).argmax(axis=1)
    assert losses[-1] < losses[0] / 4
    assert {target.str2int(f"B-{role}") for role in ("SOURCE", "CUE", "CONTENT")} <= set(found[found == gold])
    alarms, alarms_without = (((inputs[~quoted] @ each).argmax(axis=1) != outside).mean() for each in (weights, without))
    assert alarms < alarms_without / 4


def windows(loaded: Iterable[Row]) -> Matrix:
    """Which word pieces stand in each token, in the one before it and in the one behind it: a row per token."""
    texts = [row["tokens"] for row in loaded]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(vocab_size=320, show_progress=False))
    size = tokenizer.get_vocab_size()
    found = []
    for words in texts:
        encoding = tokenizer.encode(words, is_pretokenized=True)
        pieces = np.zeros((len(words) + 2, size))
        pieces[np.array(encoding.word_ids) + 1, encoding.ids] = 1
        found.append(np.hstack([pieces[:-2], pieces[1:-1], pieces[2:]]))
    return np.vstack(found)


def test_a_text_classifier_learns_from_claim_detection(built: Path, tmp_path: Path) -> None:
    loaded = datasets.load_dataset(str(built), "claim_detection", split="train", cache_dir=str(tmp_path))
    target = loaded.features["label"]
    texts = [row["text"].lower().split() for row in loaded]
    places = {word: place for place, word in enumerate(sorted({word for words in texts for word in words}))}
    inputs = np.zeros((len(texts), len(places)))
    for row, words in zip(inputs, texts, strict=True):
        row[[places[word] for word in words]] = 1
    gold = np.array(loaded["label"])
    assert {target.str2int("claim"), target.str2int("no_claim")} == set(gold)

    weights, losses = trained(inputs, gold, target.num_classes)

    found = (inputs @ weights).argmax(axis=1)
    assert losses[-1] < losses[0] / 4
    assert (found == gold).mean() > max(np.bincount(gold)) / len(gold)


def trained(inputs: Matrix, gold: Numbers, classes: int) -> tuple[Matrix, list[float]]:
    """Softmax regression by stochastic gradient descent: its weights, and the mean loss of each epoch."""
    chance = np.random.default_rng(0)
    weights = np.zeros((inputs.shape[1], classes))
    losses = []
    for _ in range(30):
        lost = 0.0
        for batch in np.array_split(chance.permutation(len(gold)), max(1, len(gold) // 8)):
            scores = inputs[batch] @ weights
            likely = np.exp(scores - scores.max(axis=1, keepdims=True))
            likely /= likely.sum(axis=1, keepdims=True)
            right = (np.arange(len(batch)), gold[batch])
            lost -= np.log(likely[right]).sum()
            likely[right] -= 1
            weights -= 0.5 * inputs[batch].T @ likely / len(batch)
        losses.append(lost / len(gold))
    return weights, losses
