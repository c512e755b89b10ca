"""The functions of ``import pressmark``: articles in Python. ``docs/python.md`` shows each at work."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pressmark import __all__ as __all__  # noqa: PLC0414 - one list of names for both
from pressmark.project.proposals import LAYERS
from pressmark.record import bare_article, contract
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.model import Article
from pressmark.segment import segment

if TYPE_CHECKING:
    from pressmark.scoring import Score

Annotate = Callable[[Article], Article]


class Page(str):
    """A whole web page as a string. A notebook shows it in a frame of its own."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from html import escape

        return f'<iframe srcdoc="{escape(self)}" style="width:100%;height:40em;border:0"></iframe>'


def article(text: str, *, id: str = "article", language: str = "und", **metadata: Any) -> Article:  # noqa: A002 - the field's name
    """Make an article with its zones and sentences, and nothing else marked. The text stays as it is.

    Args:
        text: The whole text, with the headline as its first line if there is one.
        id: Letters, digits, ``_``, ``.`` and ``-``; unique in a dataset.
        language: A BCP 47 tag. The rules propose nothing for a language other than English and ``und``, undetermined.
        metadata: What is known of the article: ``published="2025-03-01"``, ``title``, ``publisher``, ``license`` and the other
            fields of ``metadata`` in ``schema/article.schema.json``.

    Raises:
        InvalidError: the text is empty, or a value has not the form that the schema wants.
        TypeError: there is no such field.
    """
    fields = contract.at("article", "metadata")["properties"]
    if unknown := sorted(metadata.keys() - fields.keys()):
        raise TypeError(f"there is no metadata field {unknown[0]!r}; the fields are {', '.join(fields)}")
    made = segment(bare_article.bare_article(id, text, language, metadata))
    if wrong := [issue for issue in validate(made) if issue.severity == "error"]:
        raise InvalidError(wrong)
    return made


def annotate(
    article_or_text: Article | str,
    *,
    entities: str | Annotate = "rules",
    quotes: str | Annotate = "rules",
    claims: str | Annotate = "rules",
    thought: bool = False,
) -> Article:
    """Propose the layers that an article does not have yet. What it has stays.

    Args:
        article_or_text: An article, or a text of which to make one.
        entities: ``rules``, ``spacy:PIPELINE``, ``hf:MODEL``, ``llm:MODEL``, ``none``, or a function that takes an article and
            returns it with its entities. The function also adds itself to ``annotators`` and sets ``layers.entities``.
        quotes: ``rules``, ``llm:MODEL``, ``none`` or a function.
        claims: ``rules``, ``llm:MODEL``, ``none`` or a function.
        thought: Beliefs and intentions are quotes too.

    Each proposal that was dropped, because it breaks a rule, is a warning.

    Raises:
        InvalidError: something is wrong with the article, or a function returned one that breaks a rule.
        ValueError: there is no such annotator, or it needs a model or package that is missing.
    """
    from pressmark.annotators.errors import UnavailableError, UnknownError
    from pressmark.annotators.pipeline import Plan, check, propose

    made = article(article_or_text) if isinstance(article_or_text, str) else article_or_text
    chosen = dict(zip(LAYERS, (entities, quotes, claims), strict=True))
    names: dict[str, Any] = {layer: "none" if callable(by) else by for layer, by in chosen.items()}
    try:
        check(Plan(**names, thought=thought))
        waiting: dict[str, Any] = dict.fromkeys(LAYERS, "none")
        for layer, by in chosen.items():
            if callable(by):
                made = by(propose(made, Plan(**waiting, thought=thought), warnings.warn))
                waiting = dict.fromkeys(LAYERS, "none")
                if wrong := [issue for issue in validate(made) if issue.severity == "error"]:
                    raise InvalidError(wrong)
            else:
                waiting[layer] = by
        return propose(made, Plan(**waiting, thought=thought), warnings.warn)
    except (UnavailableError, UnknownError) as error:
        raise ValueError(str(error)) from None


def validate(record: object) -> list[Issue]:
    """List what is wrong with a record: an article, an annotation or a relation, as `Article` and the like or as parsed JSON.

    An issue has a ``severity`` (error or warning), the ``code`` of its rule, a JSON ``pointer``, and a ``message``.
    """
    from pressmark import validation

    return list(validation.issues(record))


def score(gold: Article | Iterable[Article], predicted: Article | Iterable[Article]) -> Score:
    """Compare predictions with the gold annotation of the same texts. Articles are matched by their ids.

    The figures are in ``sections``: ``score(gold, predicted).sections["quotes"]["attribution"].values["f1"]``. A section of a
    layer that one side has not annotated is None. ``docs/scoring.md`` defines each figure.

    Raises:
        InvalidError: an article is on one side only, or twice, or has two texts.
    """
    from pressmark import scoring

    pairs, left_out = scoring.paired(_several(gold), _several(predicted))
    return scoring.score(pairs, left_out)


def load(path: str | Path) -> list[Article]:
    """Read the articles of a project, or of a file of records: JSON, JSON Lines or Parquet. A text file is one article.

    Raises:
        InvalidError: a file cannot be used; the issues say where and why.
        OSError: a file cannot be read.
    """
    from pressmark.annotators.inputs import articles_in

    return list(articles_in(Path(path)))


def dump(articles: Article | Iterable[Article], path: str | Path) -> None:
    """Write articles as records, one per line, or as Parquet if the name ends in ``.parquet``. Replaces the file as a whole.

    Raises:
        OSError: the file cannot be written; the old one stays.
    """
    from pressmark.project import write_file
    from pressmark.record.encode import json_line

    where, lines = Path(path), (json_line(one) for one in _several(articles))
    if where.suffix == ".parquet":
        from pressmark.publish.record_file import write_records

        write_records(where, lines)
    else:
        with write_file.whole(where) as file:
            file.writelines(lines)


def to_spacy(article: Article, nlp: Any = None) -> Any:
    """Make a spaCy ``Doc``: ``ents`` has names and values, ``spans`` the groups ``sc`` (mentions), ``quotes``, ``claims``.

    Args:
        article: The article. Tokens of spaCy are cut where a span begins or ends inside them.
        nlp: The pipeline whose tokenizer and vocabulary are used. None: a blank one of the article's language.

    Raises:
        ImportError: spaCy is not installed; run ``pip install 'pressmark[spacy]'``.
    """
    from pressmark.formats.spacy_docbin import document

    return document(article, nlp)


def html(article: Article) -> Page:
    """Make a web page that shows who said what, as ``pressmark view`` does. A notebook shows it below its cell."""
    from pressmark.look.page import article_page

    return Page(article_page(article, validate(article)))


def _several(articles: Article | Iterable[Article]) -> Iterable[Article]:
    return [articles] if isinstance(articles, Article) else articles
