"""Proposes entities with a model: any spaCy pipeline or Hugging Face token classifier.

The model reads one sentence at a time (or a zone that has no sentences), so no mention crosses a sentence. A span is
cut to whole tokens of `pressmark.record.text.tokens`, since models have other tokens, and dropped if no token is left. Weights
are read from disk; nothing is downloaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pressmark.annotators.entities import grouped, marked, units, whole
from pressmark.annotators.entities.capitalised_words import Found
from pressmark.annotators.entities.coreference import Persons
from pressmark.annotators.entities.date_line import calendar
from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.entities.values import Value, values
from pressmark.annotators.errors import UnavailableError
from pressmark.record.contract import DOCS
from pressmark.record.extras import advice
from pressmark.record.model import Annotator
from pressmark.record.text import one_line
from pressmark.validation.level5_guidelines.values import VALUE_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pressmark.record.model import Article, EntityLabel

# CoNLL-2003 → OntoNotes 5. Most locations of news text are states and cities; MISC is nationalities, events and works alike, so
# nothing sure can be said of it.
CONLL: dict[str, EntityLabel | None] = {"PER": "PERSON", "ORG": "ORG", "LOC": "GPE", "MISC": None}
_ONTONOTES = (
    "PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL"
)
ONTONOTES: dict[str, EntityLabel | None] = {label: cast("EntityLabel", label) for label in _ONTONOTES.split()}
_OUTSIDE = {"the", "a", "an", "’s", "'s", "’", "'"}  # of a name: schema/GUIDELINES.md, section 4.3
_LONGEST = 10_000  # characters that a model is given at once: a longer sentence is none


class Span(NamedTuple):
    """One finding of a model: offsets into its text (code points), the model's own label, and a score from 0 to 1."""

    start: int
    end: int
    label: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Tagger:
    """A model as an annotator: ``tag`` maps texts to spans, ``labels`` maps the model's labels to ours (None: ignored)."""

    annotator: Annotator
    labels: dict[str, EntityLabel | None]
    tag: Callable[[list[str]], Iterable[list[Span]]]

    def __call__(self, article: Article) -> Article:
        """Add the entity layer that the model proposes. The values of dates, amounts and so on come from our rules."""
        places = [(start, min(end, start + _LONGEST)) for start, end in units(article)]
        found: list[Found | Value] = []
        day = calendar(article)
        tagged = self.tag([article.text[start:end] for start, end in places])
        for (start, end), spans in zip(places, tagged, strict=True):
            inside = [span for span in spans if 0 <= span.start < span.end <= end - start]
            read = values(article.text, start, end, day)
            said = {(value.start, value.label): value.value for value in read}
            found += self._disjoint(article.text, start, inside, said)
        return marked(article, grouped(_named(found)), self.annotator)

    def _disjoint(
        self, text: str, offset: int, spans: list[Span], said: dict[tuple[int, EntityLabel], str | None]
    ) -> Iterator[Found | Value]:
        reached = 0
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            label = self.labels.get(span.label)
            place = _cut(text, offset + span.start, offset + span.end) if label else None
            if label and place and place[0] >= reached:
                score = round(min(max(span.score, 0.0), 1.0), 3) if span.score is not None else 0.5
                reached = place[1]
                if label in VALUE_LABELS:
                    yield Value(*place, label, said.get((place[0], label)), "model", score)
                else:
                    yield Found(*place, label, one_line(text[slice(*place)]), "model", score)


def _cut(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Trim white space, determiners and possessives off the ends; None if the rest splits a token."""
    while True:
        words = text[start:end]
        start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        if start >= end:
            return None
        inside = text[start:end].split()
        first, last = inside[0], inside[-1]
        tail = next((clitic for clitic in _OUTSIDE if len(clitic) < 3 and not clitic.isalpha() and last.endswith(clitic)), "")
        if first.lower() in _OUTSIDE and len(first) < end - start:
            start += len(first)
        elif tail and len(tail) < end - start:
            end -= len(tail)
        else:
            return (start, end) if whole(text, start, end) else None


def _named(found: list[Found | Value]) -> Iterator[Found | Value]:
    """Replace short names of persons by their full names."""
    persons = Persons((one for one in found if isinstance(one, Found)), gazetteer())
    for one in found:
        is_person = isinstance(one, Found) and one.label == "PERSON"
        yield one._replace(name=persons.name(one.name, one.start) or one.name) if is_person and isinstance(one, Found) else one


def labels(known: Iterable[str], model: str) -> dict[str, EntityLabel | None]:
    """Choose the table for a model's labels: CoNLL's if it covers all of them, else OntoNotes'.

    Raises:
        UnavailableError: neither table has any of the labels.
    """
    names = {name.rpartition("-")[2] if name[:2] in {"B-", "I-", "E-", "S-", "L-", "U-"} else name for name in known} - {"O"}
    table = CONLL if names <= CONLL.keys() else ONTONOTES | {"PER": "PERSON"}
    if not any(table.get(name) for name in names):
        found = ", ".join(sorted(names)[:6]) or "none"
        raise UnavailableError(
            f"{model}: its labels ({found}) are not those of CoNLL or OntoNotes; see {DOCS}/annotators-entities.md"
        )
    return table


@cache
def spacy(name: str) -> Tagger:
    """Load a spaCy pipeline as an annotator. ``name`` is a package, or the path of a folder.

    Raises:
        UnavailableError: spaCy or the pipeline is not installed, or the pipeline finds no entities.
    """
    try:
        import spacy as library
    except ImportError as error:
        raise UnavailableError(str(advice(error, f"spacy:{name}") or error)) from None
    try:
        pipeline = library.load(name)
    except (OSError, ValueError, ImportError) as error:
        raise UnavailableError(f"spacy:{name}: {_first_line(error)}") from None
    table = labels([label for pipe in pipeline.pipe_names for label in pipeline.pipe_labels.get(pipe, ())], f"spacy:{name}")

    def tag(texts: list[str]) -> Iterator[list[Span]]:
        for document in pipeline.pipe(texts):
            yield [Span(entity.start_char, entity.end_char, entity.label_, None) for entity in document.ents]

    meta = pipeline.meta
    return Tagger(
        Annotator("spacy", "model", "annotator", f"spaCy {meta['lang']}_{meta['name']}", meta.get("version") or None),
        table,
        tag,
    )


@cache
def hugging_face(name: str) -> Tagger:
    """Load a token classifier of `transformers` as an annotator, from a local folder or the local cache.

    Raises:
        UnavailableError: `transformers`, the weights or a fast tokenizer are missing.
    """
    try:
        import transformers
    except ImportError as error:
        raise UnavailableError(str(advice(error, f"hf:{name}") or error)) from None
    try:
        model = transformers.AutoModelForTokenClassification.from_pretrained(name, local_files_only=True)
        tokenizer = transformers.AutoTokenizer.from_pretrained(name, local_files_only=True)
    except (OSError, ValueError, ImportError, KeyError) as error:
        raise UnavailableError(f"hf:{name}: {_first_line(error)}") from None
    return _classifier(name, transformers.pipeline("token-classification", model=model, tokenizer=tokenizer, device=-1))


def _classifier(name: str, pipeline: Any) -> Tagger:
    if not pipeline.tokenizer.is_fast:
        raise UnavailableError(f"hf:{name}: its tokenizer gives no offsets; use a model with a fast tokenizer (tokenizer.json)")
    table = labels(pipeline.model.config.id2label.values(), f"hf:{name}")
    limit = min(pipeline.tokenizer.model_max_length, getattr(pipeline.model.config, "max_position_embeddings", 512) or 512)
    pipeline.tokenizer.model_max_length = limit

    def tag(texts: list[str]) -> Iterator[list[Span]]:
        for text in texts:
            found = pipeline(text, aggregation_strategy="first", stride=min(32, limit // 4)) if text.strip() else []
            yield [Span(one["start"], one["end"], one["entity_group"], float(one["score"])) for one in found]

    title = Path(name).name if Path(name).exists() else name
    return Tagger(Annotator("hugging-face", "model", "annotator", f"Hugging Face {title}", None), table, tag)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200] or type(error).__name__
