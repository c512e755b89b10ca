"""Proposes entities with a model: any spaCy pipeline or Hugging Face token classifier.

The model reads one sentence at a time (or a zone that has no sentences), so no mention crosses a sentence. A span is
cut to whole tokens of `pressmark.record.text.tokens`, since models have other tokens, and dropped if no token is left. Weights
are read from disk; nothing is downloaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from pressmark.annotators.entities import grouped, marked, units, whole
from pressmark.annotators.entities.capitalised_words import Found
from pressmark.annotators.entities.coreference import Persons
from pressmark.annotators.entities.date_line import calendar
from pressmark.annotators.entities.gazetteer import gazetteer
from pressmark.annotators.entities.values import Value, values
from pressmark.annotators.errors import UnavailableError
from pressmark.annotators.models import entity_pipeline, token_classifier
from pressmark.record.contract import DOCS
from pressmark.record.text import one_line
from pressmark.validation.level5_guidelines.values import VALUE_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pressmark.annotators.models import Model, Span
    from pressmark.record.model import Annotator, Article, EntityLabel

# CoNLL-2003 → OntoNotes 5. Most locations of news text are states and cities; MISC is nationalities, events and works alike, so
# nothing sure can be said of it.
CONLL: dict[str, EntityLabel | None] = {"PER": "PERSON", "ORG": "ORG", "LOC": "GPE", "MISC": None}
_ONTONOTES = (
    "PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL"
)
ONTONOTES: dict[str, EntityLabel | None] = {label: cast("EntityLabel", label) for label in _ONTONOTES.split()}
_OUTSIDE = {"the", "a", "an", "’s", "'s", "’", "'"}  # of a name: schema/GUIDELINES.md, section 4.3
_LONGEST = 10_000  # characters that a model is given at once: a longer sentence is none


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
        return marked(article, grouped(_named(found, article.text)), self.annotator)

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


def _named(found: list[Found | Value], text: str) -> Iterator[Found | Value]:
    """Replace short names of persons by their full names."""
    persons = Persons((one for one in found if isinstance(one, Found)), text, gazetteer())
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
    """Load a spaCy pipeline as an annotator of entities. ``name`` is a package, or the path of a folder.

    Raises:
        UnavailableError: spaCy or the pipeline is not installed, or the pipeline finds no entities.
    """
    return _tagger(entity_pipeline(name))


@cache
def hugging_face(name: str) -> Tagger:
    """Load a token classifier of `transformers` as an annotator of entities, from a local folder or the local cache.

    Raises:
        UnavailableError: `transformers`, the weights or a fast tokenizer are missing.
    """
    return _tagger(token_classifier(name))


def _tagger(model: Model) -> Tagger:
    return Tagger(model.annotator, labels(model.labels, model.name), model.tag)
