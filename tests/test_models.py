"""Other people's models behind the seam: tiny ones that the tests make, and stand-ins for what they do."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news import TEXTS, a, article
from pressmark.annotators import taggers
from pressmark.annotators.errors import UnavailableError
from pressmark.annotators.models import Span
from pressmark.annotators.taggers import CONLL, ONTONOTES, Tagger
from pressmark.record import contract
from pressmark.record.encode import json_line
from pressmark.record.model import Annotator
from pressmark.validation import errors, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressmark.record.model import Article

ANNOTATOR = a(Annotator, id="model", kind="model", name="A model")
TEXT = "It is said that the Joe Biden of Japan’s towns met Biden for 2 hours."


def tagger(labels: dict[str, Any], *spans: tuple[str, str]) -> Tagger:
    """A model that knows some words."""

    def tag(texts: list[str]) -> Iterator[list[Span]]:
        for text in texts:
            yield [
                Span(text.index(words), text.index(words) + len(words), label, 0.5) for words, label in spans if words in text
            ]

    return Tagger(ANNOTATOR, labels, tag)


def flat(made: Article) -> list[tuple[str, str]]:
    return [(mention.text, entity.label) for entity in made.entities for mention in entity.mentions]


def test_a_span_is_cut_to_whole_tokens_and_to_the_name() -> None:
    made = tagger(
        ONTONOTES, ("the Joe Biden", "PERSON"), ("Japan’s", "GPE"), ("town", "GPE"), (" 2 hours", "TIME"), ("hours.", "ORG")
    )(article(TEXT))

    assert [("Joe Biden", "PERSON"), ("Japan", "GPE"), ("2 hours", "TIME")] == flat(made)
    assert "PT2H" == made.entities[2].value
    assert ("silver", 0.5, "model") == (made.layers.entities, made.entities[0].confidence, made.entities[0].annotator)


def test_conll_labels_are_mapped_and_what_maps_to_nothing_is_left() -> None:
    made = tagger(CONLL, ("Joe Biden", "PER"), ("Japan", "LOC"), ("said", "MISC"), ("met", "XYZ"))(article(TEXT))

    assert [("Joe Biden", "PERSON"), ("Japan", "GPE")] == flat(made)


def test_names_of_one_person_are_one_entity() -> None:
    made = tagger(ONTONOTES, ("Joe Biden", "PERSON"), ("Biden for", "ORG"), (" Biden", "PERSON"))(article(TEXT))

    assert ["Joe Biden"] == [entity.name for entity in made.entities if entity.label == "PERSON"]


def test_the_tables_map_to_labels_of_the_schema() -> None:
    known = {*contract.labels(contract.at("article", "entities/label")), None}

    assert known >= set(CONLL.values()) | set(ONTONOTES.values())
    assert known - {None} == set(ONTONOTES)


@pytest.mark.parametrize(
    ("names", "table"),
    [
        (["O", "B-PER", "I-PER", "B-LOC"], CONLL),
        (["PER", "MISC"], CONLL),
        (["O", "B-PERSON", "U-GPE"], ONTONOTES),
        (["PERSON", "LOC"], ONTONOTES),
    ],
)
def test_the_table_follows_from_the_labels(names: list[str], table: dict[str, Any]) -> None:
    assert table.items() <= taggers.labels(names, "x").items()


def test_a_model_for_something_else_is_refused() -> None:
    with pytest.raises(UnavailableError, match=r"its labels \(NOUN, VERB\) are not those of"):
        taggers.labels(["O", "B-NOUN", "B-VERB"], "x")


@settings(max_examples=150)
@given(TEXTS, st.data())
def test_any_spans_over_any_text_give_a_valid_record(text: str, data: st.DataObject) -> None:
    if not text:
        return
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), st.sampled_from(sorted(ONTONOTES)), st.just(0.7))
    wild = data.draw(st.lists(places, max_size=8))

    def tag(texts: list[str]) -> Iterable[list[Span]]:
        return [[Span(*place) for place in wild] for _ in texts]

    made = Tagger(ANNOTATOR, ONTONOTES, tag)(article(text))
    assert [] == list(map(str, errors(parse(json_line(made)))))


def test_a_spacy_pipeline_of_ones_own(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Joe Biden"}, {"label": "GPE", "pattern": "Japan"}])
    pipeline.to_disk(tmp_path / "tiny")

    made = taggers.spacy(str(tmp_path / "tiny"))(article(TEXT))

    assert [("Joe Biden", "PERSON"), ("Japan", "GPE")] == flat(made)
    (annotator,) = made.annotators
    assert ("spacy", "model", "spaCy en_pipeline") == (annotator.id, annotator.kind, annotator.name)


def test_a_pipeline_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=r"\Aspacy:.*no_such_pipeline.*\Z"):
        taggers.spacy("no_such_pipeline")
    with pytest.raises(UnavailableError, match=r"\Aspacy:"):
        taggers.spacy(str(tmp_path))


def test_a_pipeline_without_entities_is_refused(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    spacy.blank("en").to_disk(tmp_path / "blank")

    with pytest.raises(UnavailableError, match="its labels"):
        taggers.spacy(str(tmp_path / "blank"))


@pytest.mark.parametrize(
    ("module", "seam", "extra"), [("spacy", taggers.spacy, "spacy"), ("transformers", taggers.hugging_face, "hf")]
)
def test_a_missing_extra_is_one_line(monkeypatch: pytest.MonkeyPatch, module: str, seam: Any, extra: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(UnavailableError, match=rf"pip install 'pressmark\[{extra}\]'"):
        seam("never-loaded")


LABELS = ["O", "B-PER", "I-PER", "B-LOC"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A token classifier of a few kilobytes whose weights say: "joe" begins a person, "biden" goes on, "japan" is a place."""
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")
    folder = tmp_path_factory.mktemp("hf") / "tiny"
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "joe", "biden", "japan", "it", "is", "said", "that", "."]
    (folder / "vocab.txt").write_text("\n".join(words))
    tokenizer = transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt"), do_lower_case=True)
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=len(words) + 3,
        num_hidden_layers=0,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=64,
        id2label=dict(enumerate(LABELS)),
        label2id={label: i for i, label in enumerate(LABELS)},
    )
    model = transformers.BertForTokenClassification(config)
    with torch.no_grad():
        embeddings = model.bert.embeddings
        for weights in (
            embeddings.position_embeddings.weight,
            embeddings.token_type_embeddings.weight,
            model.classifier.weight,
        ):
            weights.zero_()
        embeddings.word_embeddings.weight.copy_(torch.eye(len(words), config.hidden_size) * 10)
        model.classifier.bias.zero_()
        model.classifier.bias[0] = 1
        for word, label in (("joe", 1), ("biden", 2), ("japan", 3)):
            model.classifier.weight[label, words.index(word)] = 5
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.mark.filterwarnings("default")
def test_a_token_classifier_of_ones_own(tiny: Path) -> None:
    made = taggers.hugging_face(str(tiny))(article("It is said that Joe Biden is old. It is said that Japan is far."))

    assert [("Joe Biden", "PERSON"), ("Japan", "GPE")] == flat(made)
    assert "Hugging Face tiny" == made.annotators[0].name
    assert all(0 < (entity.confidence or 0) <= 1 for entity in made.entities)


@pytest.mark.filterwarnings("default")
def test_a_sentence_longer_than_the_model_is_read_to_its_end(tiny: Path) -> None:
    made = taggers.hugging_face(str(tiny))(article("It is said that " + "it is said " * 100 + "that Joe Biden is old."))

    assert [("Joe Biden", "PERSON")] == flat(made)


@pytest.mark.filterwarnings("default")
def test_weights_that_are_not_there_are_one_line(tmp_path: Path) -> None:
    pytest.importorskip("transformers")

    with pytest.raises(UnavailableError, match=r"\Ahf:no-such/model: [^\n]+\Z"):
        taggers.hugging_face("no-such/model")
    with pytest.raises(UnavailableError, match=r"\Ahf:[^\n]+\Z"):
        taggers.hugging_face(str(tmp_path))
