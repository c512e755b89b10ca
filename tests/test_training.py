"""Trainers can use the views: tags survive a subword tokenizer and a spaCy `Doc`, and models learn from `datasets` columns."""

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

Row = dict[str, Any]
Place = tuple[int, int, str]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The rows of `ner` with their tags as words."""
    folder = tmp_path_factory.mktemp("built")
    make(CHECKOUT, folder)
    (view,) = (view for view in views.VIEWS if view.name == "ner")
    names = contract.labels(view.columns()["ner_tags"])
    table = pq.ParquetFile(folder / "data/ner/train-00000-of-00001.parquet").read().to_pylist()
    return [row | {"tags": [names[tag] for tag in row["ner_tags"]]} for row in table]


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
    shuffled = random.Random(0)  # noqa: S311
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


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
    return found


def trained(features: np.ndarray, labels: np.ndarray, classes: int) -> tuple[list[float], float]:
    """Losses of a softmax regression, step by step, and its accuracy on what it was trained on."""
    weights = np.zeros((features.shape[1], classes))
    losses = []
    for _ in range(150):
        scores = softmax(features @ weights)
        losses.append(float(-np.log(scores[np.arange(len(labels)), labels] + 1e-12).mean()))
        scores[np.arange(len(labels)), labels] -= 1
        weights -= 4.0 * features.T @ scores / len(labels)
    return losses, float((softmax(features @ weights).argmax(axis=1) == labels).mean())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("built")
    make(CHECKOUT, folder)
    return str(folder / "data")


def pieces_of(texts: Iterable[list[str]]) -> Tokenizer:
    tokenizer = Tokenizer(models.WordLevel(unk_token="?"))  # noqa: S106
    tokenizer.train_from_iterator(texts, trainers.WordLevelTrainer(special_tokens=["?"], show_progress=False))
    return tokenizer


def test_a_token_classifier_learns_from_attribution(built: str, tmp_path: Path) -> None:
    rows = datasets.load_dataset(built, "attribution", split="train", cache_dir=str(tmp_path))
    names = rows.features["tags"].feature.names
    tokenizer = pieces_of(rows["tokens"])
    size = tokenizer.get_vocab_size()
    features, labels = [], []
    for row in rows:
        ids = tokenizer.encode(row["tokens"], is_pretokenized=True).ids
        for before, here, after, tag in zip([0, *ids], ids, [*ids[1:], 0], row["tags"], strict=False):
            features.append(np.concatenate([np.eye(size)[one] for one in (before, here, after)]))
            labels.append(tag)

    losses, accuracy = trained(np.array(features), np.array(labels), len(names))

    assert any(not row["quotes"] and set(row["tags"]) == {names.index("O")} for row in rows)  # negatives
    assert losses[-1] < losses[0] / 2
    assert accuracy > max(labels.count(tag) for tag in set(labels)) / len(labels)


def test_a_text_classifier_learns_from_claim_detection(built: str, tmp_path: Path) -> None:
    rows = datasets.load_dataset(built, "claim_detection", split="train", cache_dir=str(tmp_path))
    tokenizer = pieces_of([row["text"].split() for row in rows])
    words = [tokenizer.encode(row["text"].split(), is_pretokenized=True).ids for row in rows]
    features = np.array([np.eye(tokenizer.get_vocab_size())[ids].mean(axis=0) for ids in words])
    labels = np.array(rows["label"])

    losses, accuracy = trained(features, labels, len(rows.features["label"].names))

    assert {0, 1} == set(rows["label"])
    assert losses[-1] < losses[0] / 1.2
    assert accuracy >= max(labels.mean(), 1 - labels.mean())
