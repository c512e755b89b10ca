"""Level 6, dataset: what is wrong with articles beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.record.text import quoted
from pressmark.validation.level6_dataset.corpus import split_of
from pressmark.validation.rule import Problem, rule

if TYPE_CHECKING:
    from pressmark.validation.level6_dataset.corpus import Corpus, Found

_SIMILAR = 0.8  # share of five-word sequences from which on two texts are one


@rule(level=6)
def article_unique(corpus: Corpus) -> Found:
    """No two articles of a dataset have one id."""
    for name, where, first in corpus.twice:
        yield where, name, Problem("/id", f"{quoted(name)} is the id of {first}, too", expected="a free id")


@rule(level=6)
def text_unique(corpus: Corpus) -> Found:
    """No text stands in a dataset twice; across splits, a model would be tested on what it was trained with."""
    for name, where, other, first in corpus.texts_twice:
        yield where, name, Problem("/text", f"its text is that of {quoted(other)} ({first}), too")


@rule(level=6)
def text_near(corpus: Corpus) -> Found:
    """No text stands on two sides of a split in nearly the same words, as wire copy does.

    Four fifths of all sequences of five words are the same (Jaccard index). The split is read from the name of the file or
    its folder: train, validation (valid, dev) or test.
    """
    splits = {split_of(where.file) for _, _, where in corpus.shingles} - {None}
    if len(splits) < 2:
        return
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_SIMILAR - 0.1, num_perm=64)
    blank = MinHash(num_perm=64, hashfunc=int)  # shingles are hashes already
    for i, (shingles, name, where) in enumerate(corpus.shingles):
        sketch = blank.copy()
        sketch.update_batch(shingles)
        for j in sorted(index.query(sketch)):
            others, other, first = corpus.shingles[j]
            share = len(shingles & others) / len(shingles | others)
            if share >= _SIMILAR and split_of(first.file) != split_of(where.file):
                message = f"{share:.0%} of it is in {quoted(other)} ({first}), on another side of the split"
                yield where, name, Problem("/text", message, expected="both in one split, or one of them")
                break
        index.insert(i, sketch, check_duplication=False)


@rule(level=6)
def kb_label(corpus: Corpus) -> Found:
    """Equal ``kb_id``s are the same thing in every article, so they have one label."""
    for kb_id, label, where, name, entity in corpus.relabelled:
        other, first, article, number = corpus.labels[kb_id]
        message = f"{quoted(kb_id)} is a {label} here, but a {other} as entity {number} of {quoted(article)} ({first})"
        yield where, name, Problem(f"/entities/{entity}/label", message, expected="one label for one kb_id")
