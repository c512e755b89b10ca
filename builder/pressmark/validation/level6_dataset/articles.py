"""Level 6, dataset: what is wrong with articles beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.record.text import quoted
from pressmark.validation.level6_dataset.near_texts import Index, likeness
from pressmark.validation.rule import Problem, rule

if TYPE_CHECKING:
    from pressmark.validation.level6_dataset.corpus import Corpus, Found, Where

_SIMILAR = 0.8  # share of five-word sequences from which on two texts are one


@rule(level=6)
def article_unique(corpus: Corpus) -> Found:
    """No two articles of a dataset have the same id."""
    for name, where, first in corpus.twice:
        yield where, name, Problem("/id", f"{quoted(name)} is also the id of {first}", expected="an unused id")


@rule(level=6, severity="warning")
def text_unique(corpus: Corpus) -> Found:
    """No two articles of a split have the same text, as often happens with copy of news agencies.

    An article that names the other in ``duplicate_of`` may have the same text, and so may two that name the same original.
    """
    for name, where, other, first in corpus.texts_twice:
        is_declared = _original(corpus, name) == _original(corpus, other)
        if _split(where) == _split(first) and not is_declared:
            yield where, name, Problem("/text", f"its text is also the text of {quoted(other)} ({first})")


def _original(corpus: Corpus, name: str) -> str:
    return corpus.duplicates.get(name, (name,))[0]


@rule(level=6)
def text_split(corpus: Corpus) -> Found:
    """No two splits have the same text: a model would be tested on its training data.

    The split is read from the name of the file or its folder: train, validation (valid, dev) or test; else it is train.
    """
    for name, where, other, first in corpus.texts_twice:
        if _split(where) != _split(first):
            message = f"its text is also the text of {quoted(other)} ({first}), in another split"
            yield where, name, Problem("/text", message, expected="both in one split, or only one of them")


def _split(where: Where) -> str:
    return where.split or "train"


@rule(level=6, severity="warning")
def text_near(corpus: Corpus) -> Found:
    """No two splits have nearly the same text, as often happens with copy of news agencies.

    Nearly the same: at least four fifths of all sequences of five words are equal (Jaccard index). The split is read from
    the name of the file or its folder: train, validation (valid, dev) or test.
    """
    splits = {where.split for _, _, where in corpus.sketches} - {None}
    if len(splits) < 2:
        return
    index = Index()
    for i, (sketch, name, where) in enumerate(corpus.sketches):
        for j in index.near(sketch):
            others, other, first = corpus.sketches[j]
            if first.split != where.split and (share := likeness(sketch, others)) >= _SIMILAR:
                message = f"{share:.0%} of it is in {quoted(other)} ({first}), in another split"
                yield where, name, Problem("/text", message, expected="both in one split, or only one of them")
                break
        index.add(i, sketch)


@rule(level=6)
def kb_label(corpus: Corpus) -> Found:
    """Entities with the same ``kb_id`` are the same thing in every article, so they have the same label."""
    for kb_id, label, where, name, number, entity in corpus.relabelled:
        other, first, article, earlier = corpus.labels[kb_id]
        message = f"{quoted(kb_id)} has label {label} as {entity}, but {other} as {earlier} of {quoted(article)} ({first})"
        yield where, name, Problem(f"/entities/{number}/label", message, expected="the same label for the same kb_id")


@rule(level=6)
def duplicate_of(corpus: Corpus) -> Found:
    """An article that is a duplicate names the original: another article of the dataset that is no duplicate itself.

    Whether the original exists is checked only if several articles are validated together.
    """
    for name, (original, where) in corpus.duplicates.items():
        further = corpus.duplicates.get(original)
        if original == name:
            message, expected = "the article is called a duplicate of itself", "the id of another article, or null"
        elif further:
            message = f"{quoted(original)} is itself a duplicate of {quoted(further[0])}"
            expected = "the id of the original"
        elif original not in corpus.claims and len(corpus.articles) > 1:
            message, expected = f"there is no valid article {quoted(original)} in this dataset", "the id of an article, or null"
        else:
            continue
        yield where, name, Problem("/metadata/duplicate_of", message, expected=expected)
