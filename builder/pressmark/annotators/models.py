"""Loads models of other libraries from the disk: spaCy pipelines and Hugging Face classifiers. Nothing is downloaded."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.annotators.errors import UnavailableError
from pressmark.record.extras import advice
from pressmark.record.model import Annotator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Span(NamedTuple):
    """One finding of a model: offsets into its text (code points), the model's own label, and a score from 0 to 1."""

    start: int
    end: int
    label: str
    score: float | None


class Model(NamedTuple):
    """A model that marks spans: who it is, the labels that it knows, and what maps texts to spans."""

    name: str
    annotator: Annotator
    labels: frozenset[str]
    tag: Callable[[list[str]], Iterable[list[Span]]]


@cache
def spacy_pipeline(name: str) -> tuple[Any, Annotator]:
    """Load a spaCy pipeline. ``name`` is a package, or the path of a folder.

    Raises:
        UnavailableError: spaCy or the pipeline is not installed.
    """
    try:
        import spacy
    except ImportError as error:
        raise UnavailableError(str(advice(error, f"spacy:{name}") or error)) from None
    try:
        pipeline = spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        raise UnavailableError(f"spacy:{name}: {_first_line(error)}") from None
    meta = pipeline.meta
    title = f"spaCy {meta['lang']}_{meta['name']}"
    return pipeline, Annotator("spacy", "model", "annotator", title, meta.get("version") or None)


def entity_pipeline(name: str) -> Model:
    """Load a spaCy pipeline as a model that marks entities (``Doc.ents``)."""
    pipeline, annotator = spacy_pipeline(name)

    def tag(texts: list[str]) -> Iterator[list[Span]]:
        for document in pipeline.pipe(texts):
            yield [Span(entity.start_char, entity.end_char, entity.label_, None) for entity in document.ents]

    return Model(f"spacy:{name}", annotator, _labels(pipeline), tag)


def span_pipeline(name: str) -> Model:
    """Load a spaCy pipeline as a model that marks spans (all groups of ``Doc.spans``, with their scores if there are any)."""
    pipeline, annotator = spacy_pipeline(name)

    def tag(texts: list[str]) -> Iterator[list[Span]]:
        for document in pipeline.pipe(texts):
            found: dict[tuple[int, int, str], float | None] = {}
            for group in document.spans.values():
                scores = group.attrs.get("scores", [None] * len(group))
                for span, score in zip(group, scores, strict=True):
                    found[span.start_char, span.end_char, span.label_] = None if score is None else float(score)
            yield [Span(*place, score) for place, score in found.items()]

    return Model(f"spacy:{name}", annotator, _labels(pipeline), tag)


def _labels(pipeline: Any) -> frozenset[str]:
    return frozenset(label for pipe in pipeline.pipe_names for label in pipeline.pipe_labels.get(pipe, ()))


@cache
def token_classifier(name: str) -> Model:
    """Load a token classifier of `transformers`, from a local folder or the local cache.

    Raises:
        UnavailableError: `transformers`, the weights or a fast tokenizer are missing.
    """
    pipeline, limit = _pipeline(name, "token-classification", "AutoModelForTokenClassification")
    stride = min(32, limit // 4)  # of the windows in which a longer text is read

    def tag(texts: list[str]) -> Iterator[list[Span]]:
        for text in texts:
            found = pipeline(text, aggregation_strategy="first", stride=stride) if text.strip() else []
            yield [Span(one["start"], one["end"], one["entity_group"], float(one["score"])) for one in found]

    return Model(f"hf:{name}", _hugging_face(name, pipeline.model.config), frozenset(pipeline.model.config.id2label.values()), tag)


@cache
def sentence_classifier(name: str) -> Model:
    """Load a classifier of sentences of `transformers`. Its one span of a text is the whole text, with the best label.

    Raises:
        UnavailableError: `transformers`, the weights or a fast tokenizer are missing.
    """
    pipeline, _ = _pipeline(name, "text-classification", "AutoModelForSequenceClassification")

    def tag(texts: list[str]) -> Iterator[list[Span]]:
        for text in texts:
            (found,) = pipeline([text], truncation=True)
            yield [Span(0, len(text), found["label"], float(found["score"]))]

    return Model(f"hf:{name}", _hugging_face(name, pipeline.model.config), frozenset(pipeline.model.config.id2label.values()), tag)


def _pipeline(name: str, task: str, kind: str) -> tuple[Any, int]:
    """A pipeline for a task, and how many tokens it reads at once."""
    try:
        import transformers
    except ImportError as error:
        raise UnavailableError(str(advice(error, f"hf:{name}") or error)) from None
    try:
        model = getattr(transformers, kind).from_pretrained(name, local_files_only=True)
        tokenizer = transformers.AutoTokenizer.from_pretrained(name, local_files_only=True)
    except (OSError, ValueError, ImportError, KeyError) as error:
        raise UnavailableError(f"hf:{name}: {_first_line(error)}") from None
    if not tokenizer.is_fast:
        raise UnavailableError(f"hf:{name}: its tokenizer gives no offsets; use a model with a fast tokenizer (tokenizer.json)")
    limit = min(tokenizer.model_max_length, getattr(model.config, "max_position_embeddings", 512) or 512)
    tokenizer.model_max_length = limit
    return transformers.pipeline(task, model=model, tokenizer=tokenizer, device=-1), limit


def _hugging_face(name: str, config: Any) -> Annotator:
    """A model as an annotator; its version is the commit on the Hub, if it is from there."""
    title = Path(name).name if Path(name).exists() else name
    return Annotator("hugging-face", "model", "annotator", f"Hugging Face {title}", getattr(config, "_commit_hash", None))


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200] or type(error).__name__
