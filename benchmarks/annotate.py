"""How good the annotators are on real news: ``python benchmarks/annotate.py FOLDER``, a folder of PolNeAR-style brat standoff.

Prints three parts, since the definition matters as much as the annotator: direct quotes, attributions with a reporting cue
(speech and writing, the default of `quotes`), and all attributions (beliefs, wishes and stances too: ``thought=True``); then
the words a second on one core. Every figure has a 95 % bootstrap interval over articles.

- An attribution is found when its content and a gold content share at least half of their tokens (Jaccard), matched one to
  one so that the sum is greatest. Exact: the same tokens. Source: of those found, those whose source shares a token with gold.
- Direct: the content stands inside quotation marks, its own, throughout. Reporting: a word of the cue is a form of a verb in
  ``lexicon.toml`` that reports speech or writing and takes a clause, or "according". Gold and proposals are each filtered so.
- PolNeAR marks no attribution inside another one, so proposals with a parent are left out.
"""

from __future__ import annotations

import argparse
import gc
import random
import re
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from pressmark.annotate.layers import Plan, propose
from pressmark.annotate.quotes import quotes
from pressmark.annotate.quotes.lexicon import lexicon
from pressmark.formats import brat
from pressmark.text import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pressmark.model import Article, Quote, Span

RESAMPLES = 1000
RUNS = 3  # of which the fastest is the speed
SEED = 0
HALF = 0.5
WORD = re.compile(r"\w+")


class Figure(NamedTuple):
    """A quotient of sums over articles, ``top / bottom``."""

    name: str
    top: np.ndarray
    bottom: np.ndarray

    def __str__(self) -> str:
        """The value with its 95 % interval over resampled articles."""
        rng = np.random.default_rng(SEED)
        chosen = rng.integers(0, len(self.top), (RESAMPLES, len(self.top)))
        bottoms = self.bottom[chosen].sum(axis=1)
        values = self.top[chosen].sum(axis=1)[bottoms > 0] / bottoms[bottoms > 0]
        low, high = np.percentile(values, [2.5, 97.5]) if len(values) else (0, 0)
        value = self.top.sum() / max(1, self.bottom.sum())
        return f"  {self.name:24} {value:.3f}  [{low:.3f}, {high:.3f}]"


def main() -> None:
    """Measure the annotators on the articles of a folder."""
    parser = argparse.ArgumentParser(description="Measure the annotators on a folder of PolNeAR-style brat standoff.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=["all", "developing", "held-out"], default="all", help="a random third is held out")
    arguments = parser.parse_args()
    files = sorted(arguments.folder.glob("*.ann"))
    if not files:
        print(f"{arguments.folder} holds no .ann files: nothing is measured", file=sys.stderr)
        return
    golds = [brat.read(file) for file in _part(files, arguments.part)]
    bare = [replace(gold, quotes=(), layers=replace(gold.layers, quotes="none")) for gold in golds]
    found, speed = _timed(bare, quotes)
    with_thought, slower = _timed(bare, lambda article: quotes(article, thought=True))
    _, together = _timed(bare, lambda article: propose(article, Plan(), lambda _: None))
    print(f"{len(golds)} articles ({arguments.part})")
    _report("direct quotes", golds, found, _is_direct)
    _report("reporting cues (default)", golds, found, _is_reporting)
    _report("all attributions (thought)", golds, with_thought, lambda _: True)
    print(f"words a second on one core: {speed:,.0f}, with thought {slower:,.0f}; all three layers {together:,.0f}")


def _part(files: list[Path], part: str) -> list[Path]:
    shuffled = list(files)
    random.Random(7).shuffle(shuffled)
    third = len(files) // 3
    return sorted({"all": files, "held-out": shuffled[:third], "developing": shuffled[third:]}[part])


def _timed(articles: list[Article], annotate: Callable[[Article], Article]) -> tuple[list[Article], float]:
    """What an annotator makes of the articles, and the words a second in the fastest of some runs."""
    annotate(articles[0])  # loads its lists
    gc.freeze()  # as `pressmark.propose` does
    seconds = []
    for _ in range(RUNS):
        start = time.process_time()
        found = [annotate(article) for article in articles]
        seconds.append(time.process_time() - start)
    return found, sum(len(article.text.split()) for article in articles) / min(seconds)


def _is_direct(quote: Quote) -> bool:
    return quote.type == "direct"


def _is_reporting(quote: Quote) -> bool:
    words = {word for span in quote.cue for word in WORD.findall(span.text.lower())}
    return "according" in words or any(word in lexicon().cues and lexicon().cues[word].reports_clauses for word in words)


def _report(title: str, golds: list[Article], found: list[Article], chosen: Callable[[Quote], bool]) -> None:
    rows = [_counts(gold, other, chosen) for gold, other in zip(golds, found, strict=True)]
    total: dict[str, np.ndarray] = {name: np.array([row[name] for row in rows], dtype=float) for name in rows[0]}
    both = total["gold"] + total["proposed"]
    print(f"\n{title}: {total['gold'].sum():.0f} gold, {total['proposed'].sum():.0f} proposed")
    print(Figure("attribution precision", total["matched"], total["proposed"]))
    print(Figure("attribution recall", total["matched"], total["gold"]))
    print(Figure("attribution F1", 2 * total["matched"], both))
    print(Figure("content exact F1", 2 * total["exact"], both))
    print(Figure("source given content", total["source"], total["sourced"]))
    for role in ("source", "cue", "content"):
        print(Figure(f"{role} token F1", 2 * total[f"{role} both"], total[f"{role} either"]))


def _counts(gold: Article, found: Article, chosen: Callable[[Quote], bool]) -> dict[str, float]:
    starts = [start for start, _ in tokens(gold.text)]
    left = [quote for quote in gold.quotes if chosen(quote)]
    right = [quote for quote in found.quotes if quote.parent is None and chosen(quote)]
    pairs = _matched([_covered(starts, q.content) for q in left], [_covered(starts, q.content) for q in right])
    sourced = [(left[i], right[j]) for i, j, _ in pairs if left[i].sources]
    counts: dict[str, float] = {
        "gold": len(left),
        "proposed": len(right),
        "matched": len(pairs),
        "exact": sum(overlap == 1 for _, _, overlap in pairs),
        "sourced": len(sourced),
        "source": sum(not _covered(starts, a.sources).isdisjoint(_covered(starts, b.sources)) for a, b in sourced),
    }
    for role, attribute in (("source", "sources"), ("cue", "cue"), ("content", "content")):
        ours, theirs = (set().union(*(_covered(starts, getattr(quote, attribute)) for quote in side)) for side in (right, left))
        counts |= {f"{role} both": len(ours & theirs), f"{role} either": len(ours) + len(theirs)}
    return counts


def _covered(starts: list[int], spans: Iterable[Span]) -> set[int]:
    """The tokens that begin in the spans, by their number."""
    return {i for span in spans for i in range(*np.searchsorted(starts, [span.start, span.end]))}


def _matched(left: list[set[int]], right: list[set[int]]) -> list[tuple[int, int, float]]:
    """The pairs of an optimal one-to-one matching whose Jaccard index is at least a half, with that index."""
    overlaps = np.array([[len(a & b) / max(1, len(a | b)) for b in right] for a in left]).reshape(len(left), len(right))
    overlaps[overlaps < HALF] = 0
    rows, columns = linear_sum_assignment(-overlaps)
    return [(i, j, overlaps[i, j]) for i, j in zip(rows, columns, strict=True) if overlaps[i, j]]


if __name__ == "__main__":
    main()
