"""Fits and measures how sure quotes are: ``python benchmarks/confidence.py FOLDER [--write]``, a folder of PolNeAR-style brat.

A proposal is right if it counts as found (`pressmark.scoring.matching`). Proposals inside another one are left out, because
PolNeAR marks none. The regression is fitted on the part that is not held out, with an L2 penalty, by Newton's method.
``--write`` stores the coefficients in the package, rounded, and only those of frequent features.

Prints for the held-out third, with the coefficients that the package has:

- AUC: how often a right proposal has a higher confidence than a wrong one (1/2 for a tie);
- for each band of confidence the number of proposals, their mean confidence and the share that is right;
- the lowest confidence from which 95 % are right, and the share of all proposals, and of all right ones, from there on.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from annotate import articles
from scipy.stats import rankdata

from pressmark.annotators.quotes import quotes
from pressmark.annotators.quotes.article_attributions import Reading
from pressmark.annotators.quotes.confidence import FILE, features
from pressmark.annotators.quotes.finders import Rules
from pressmark.scoring.matching import counts, matched
from pressmark.scoring.pair import Pair
from pressmark.scoring.quotes import sides

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pressmark.record.model import Article

    Floats = NDArray[np.float64]

ENOUGH = 20  # proposals that have a feature, or it gets no coefficient
KINDS = ("rule", "cue", "type", "status", "source", "speaker", "begins", "words", "commas", "sentence", "share", "rest")
PENALTY = 2.0
PRECISION = 0.95
RESAMPLES = 1000
HEAD = """# The coefficients of the confidence of quotes (`confidence.py`). Written by a program; do not edit.
# Fitted on PolNeAR (Newell, Margolin, Ruths 2018): python benchmarks/confidence.py ../shared/polnear --write
"""


class Proposal(NamedTuple):
    """A proposed quote: its article, its features, its confidence, and whether gold has it."""

    article: str
    features: list[str]
    confidence: float
    is_right: bool


def main() -> None:
    """Fit the coefficients if asked, then measure those of the package."""
    parser = argparse.ArgumentParser(description="Fit and measure the confidence of quotes on a folder of brat standoff.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="store new coefficients in the package")
    arguments = parser.parse_args()
    if arguments.write:
        fitted = _fitted(_proposals(articles(arguments.folder, "developing"), thought=True))
        (Path(str(files("pressmark.annotators.quotes"))) / FILE).write_text(_table(fitted), encoding="utf-8")
        print(f"wrote {len(fitted)} coefficients; run again without --write to measure them")
        return
    golds = articles(arguments.folder, "held-out")
    for title, thought in (("default", False), ("with thought", True)):
        _report(title, _proposals(golds, thought=thought))


def _proposals(golds: Sequence[Article], *, thought: bool) -> list[Proposal]:
    return [proposal for gold in golds for proposal in _of(gold, thought=thought)]


def _of(gold: Article, *, thought: bool) -> Iterator[Proposal]:
    bare = replace(gold, quotes=(), layers=replace(gold.layers, quotes="none"))
    found = quotes(bare, thought=thought)
    reading = Reading(bare, Rules(thought=thought))
    rules = {(tuple(one.content), tuple(one.cue)): one.rule for one in reading.attributions()}
    pair = Pair(gold, replace(found, quotes=tuple(quote for quote in found.quotes if quote.parent is None)))
    right = {match[1].quote.id for match in matched(*sides(pair)) if counts(match)}
    for quote in pair.pred.quotes:
        places = tuple(span.range for span in quote.content), tuple(span.range for span in quote.cue)
        sentence = reading.sentence_at((quote.cue or quote.content)[0].start)
        known = features(rules[places], quote, bare.text, sentence)
        yield Proposal(gold.id, known, quote.confidence or 0, quote.id in right)


def _fitted(proposals: list[Proposal]) -> dict[str, float]:
    """The maximum of the penalised likelihood (Newton's method; Hastie, Tibshirani, Friedman 2009, section 4.4.1)."""
    often = Counter(feature for one in proposals for feature in one.features)
    names = ["intercept", *sorted(feature for feature, count in often.items() if count >= ENOUGH)]
    x = np.array([[name == "intercept" or name in one.features for name in names] for one in proposals], dtype=np.float64)
    y = np.array([one.is_right for one in proposals], dtype=np.float64)
    penalty = np.full(len(names), PENALTY)
    penalty[0] = 1e-6
    weights = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(penalty), x.T @ (y - p) - penalty * weights)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def _table(fitted: dict[str, float]) -> str:
    lines = [f"intercept = {fitted['intercept']}"]
    for kind in KINDS:
        lines += ["", f"[{kind}]"]
        lines += [
            f'"{name.partition("=")[2]}" = {value}' for name, value in fitted.items() if name.startswith(f"{kind}=") and value
        ]
    return HEAD + "\n".join(lines) + "\n"


def _report(title: str, proposals: list[Proposal]) -> None:
    sure, right = (np.array([getattr(one, name) for one in proposals], dtype=np.float64) for name in ("confidence", "is_right"))
    low, high = _interval(proposals)
    print(f"\n{title}: {len(proposals)} proposals, {right.mean():.3f} of them right")
    print(f"  AUC {_auc(sure, right):.3f} [{low:.3f}, {high:.3f}]")
    for band in np.arange(0.9, -0.1, -0.1).round(1):
        inside = (sure >= band) & (sure < band + 0.1 + (band == 0.9))
        if inside.any():
            mean, share = sure[inside].mean(), right[inside].mean()
            print(f"  {band:.1f}-{band + 0.1:.1f}  {inside.sum():5}  mean {mean:.2f}  right {share:.2f}")
    for least in np.unique(sure):
        kept = sure >= least
        if right[kept].mean() >= PRECISION:
            share, found = kept.mean(), right[kept].sum() / right.sum()
            print(
                f"  {PRECISION:.0%} are right from {least:.2f} on: {share:.0%} of the proposals, {found:.0%} of the right ones"
            )
            return
    print(f"  no confidence has {PRECISION:.0%} right above it")


def _auc(sure: Floats, right: Floats) -> float:
    hits = right.sum()
    return float((rankdata(sure)[right == 1].sum() - hits * (hits + 1) / 2) / (hits * (len(right) - hits)))


def _interval(proposals: list[Proposal]) -> tuple[float, float]:
    """95 % bootstrap over articles."""
    by_article: dict[str, list[tuple[float, bool]]] = {}
    for one in proposals:
        by_article.setdefault(one.article, []).append((one.confidence, one.is_right))
    chance, groups = random.Random(7), list(by_article.values())
    found = []
    for _ in range(RESAMPLES):
        drawn = np.array([pair for group in chance.choices(groups, k=len(groups)) for pair in group])
        found.append(_auc(drawn[:, 0], drawn[:, 1]))
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


if __name__ == "__main__":
    main()
