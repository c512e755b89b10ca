"""How good the annotators are on real news: ``python benchmarks/annotate.py FOLDER [--format factappeal]``.

FOLDER has PolNeAR-style brat standoff, or with ``--format factappeal`` the sentences of FactAppeal; `factappeal`, beside this
file, says what is measured on those. Every figure has a 95 % bootstrap interval, over articles or over sentences.

On PolNeAR it prints three parts, since the definition matters as much as the annotator: direct quotes, attributions with a
reporting cue (speech and writing, the default of `quotes`), and all attributions (beliefs, wishes and stances too:
``thought=True``); then the words a second on one core.

- The figures are those of `pressmark.scoring` (``docs/scoring.md``, "Quotes"), its matching, intervals and names. Two are only
  here: precision and recall have an interval each; "source right, of those found" is, of the pairs that count and in which gold
  names a source, how many share a token of it. Token F1 is over pairs: what has no partner counts as missed or extra.
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
from typing import TYPE_CHECKING

import factappeal

from pressmark.annotators.pipeline import Plan, propose
from pressmark.annotators.quotes import quotes
from pressmark.annotators.quotes.lexicon import lexicon
from pressmark.formats import polnear
from pressmark.record.jobs import rare_collection
from pressmark.scoring.matching import counts, matched
from pressmark.scoring.pair import Pair
from pressmark.scoring.quotes import ROLES, sides, tallies
from pressmark.scoring.tally import ACCURACY, Tally, accuracy, figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressmark.record.model import Article, Quote
    from pressmark.scoring.tally import Figure

RUNS = 3  # of which the fastest is the speed
WORD = re.compile(r"\w+")


def main() -> None:
    """Measure the annotators on the articles of a folder."""
    parser = argparse.ArgumentParser(description="Measure the annotators on a folder with the annotations of a corpus.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--format", choices=["polnear", "factappeal"], default="polnear", help="how the corpus is written")
    parser.add_argument(
        "--part", choices=["all", "developing", "held-out"], default="all", help="of PolNeAR, a third is held out"
    )
    arguments = parser.parse_args()
    if not any(arguments.folder.glob("*.ann" if arguments.format == "polnear" else "*.csv")):
        print(f"{arguments.folder} holds no files of {arguments.format}: nothing is measured", file=sys.stderr)
    elif arguments.format == "polnear":
        _polnear(arguments.folder, arguments.part)
    else:
        _factappeal(arguments.folder)


def _factappeal(folder: Path) -> None:
    golds = list(factappeal.read(folder))
    found = [quotes(replace(gold.article, quotes=())) for gold in golds]
    print(f"{len(golds)} sentences, default quotes")
    for name, figure in figures([factappeal.tallies(*both) for both in zip(golds, found, strict=True)]).items():
        _print(name, figure)


def articles(folder: Path, part: str) -> list[Article]:
    """The articles of a part of PolNeAR, with the attributions that annotators marked."""
    return [polnear.read(file) for file in part_of(sorted(folder.glob("*.ann")), part)]


def _polnear(folder: Path, part: str) -> None:
    golds = articles(folder, part)
    bare = [replace(gold, quotes=(), layers=replace(gold.layers, quotes="none")) for gold in golds]
    found, speed = _timed(bare, quotes)
    with_thought, slower = _timed(bare, lambda article: quotes(article, thought=True))
    _, together = _timed(bare, lambda article: propose(article, Plan(), lambda _: None))
    print(f"{len(golds)} articles ({part})")
    _report("direct quotes", golds, found, _is_direct)
    _report("reporting cues (default)", golds, found, _is_reporting)
    _report("all attributions (thought)", golds, with_thought, lambda _: True)
    print(f"words a second on one core: {speed:,.0f}, with thought {slower:,.0f}; all three layers {together:,.0f}")


def part_of(files: list[Path], part: str) -> list[Path]:
    """The files of a part; which third is held out depends on nothing but the names."""
    shuffled = list(files)
    random.Random(7).shuffle(shuffled)
    third = len(files) // 3
    return sorted({"all": files, "held-out": shuffled[:third], "developing": shuffled[third:]}[part])


def _timed(articles: list[Article], annotate: Callable[[Article], Article]) -> tuple[list[Article], float]:
    """What an annotator makes of the articles, and the words a second in the fastest of some runs."""
    annotate(articles[0])  # loads its lists
    gc.freeze()  # as `pressmark.record.jobs` does
    seconds = []
    with rare_collection():
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
    measured = figures([_tallies(_pair(gold, other, chosen)) for gold, other in zip(golds, found, strict=True)])
    total = measured["attribution F1"].counts
    print(f"\n{title}: {total['gold']} gold, {total['pred']} proposed")
    for name, figure in measured.items():
        _print(name, figure)


def _print(name: str, figure: Figure) -> None:
    interval = "  [{:.3f}, {:.3f}]".format(*figure.interval) if figure.interval else ""
    rates = [f"{key} {value or 0:.3f}" for key, value in figure.values.items() if key in {"precision", "recall"}]
    main = "-" if figure.main is None else f"{figure.main:.3f}"
    print(f"  {name:32} {main}{interval}  {', '.join(rates)}".rstrip())


def _pair(gold: Article, found: Article, chosen: Callable[[Quote], bool]) -> Pair:
    """Both sides with the chosen quotes alone."""
    proposed = tuple(quote for quote in found.quotes if quote.parent is None and chosen(quote))
    return Pair(replace(gold, quotes=tuple(filter(chosen, gold.quotes))), replace(found, quotes=proposed))


def _tallies(pair: Pair) -> dict[str, Tally]:
    known = tallies(pair)
    hits, gold, _, pred = (count for count in known["attribution"].counts if isinstance(count, int | float))
    found = [(g, p) for g, p in matched(*sides(pair)) if counts((g, p)) and g.quote.sources]
    return {
        "attribution precision": Tally(ACCURACY, (hits, pred)),
        "attribution recall": Tally(ACCURACY, (hits, gold)),
        "attribution F1": known["attribution"],
        "content exact F1": known["content/exact"],
        "source right, of those found": accuracy([g.source.overlaps(p.source) for g, p in found]),
    } | {f"{role} token F1": known[f"{role}/tokens"] for role in ROLES if role != "addressee"}  # PolNeAR marks none


if __name__ == "__main__":
    main()
