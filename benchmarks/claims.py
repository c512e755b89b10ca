"""Counts what claims look like, and prints some to be read: ``python benchmarks/claims.py FOLDER [--sample N]``.

FOLDER has texts (``*.txt``). Entities, quotes and claims are proposed as `pressmark annotate` does by default. Prints how many
claims an article has, and which share of them has each label, a confidence under 0.5, and a proposition that begins with a
pronoun or a relative word. ``--sample`` draws claims at random, the same ones for one ``--seed``, and prints them with their
sentences.

A claim is right if its proposition stands alone as a sentence with its subject (*whole*), and if it says what the text says, of
the one who says so (*true to the text*).
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from annotate import part_of

from pressmark.annotators.pipeline import Plan, propose
from pressmark.record.bare_article import bare_article
from pressmark.record.text import one_line
from pressmark.segment import segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressmark.record.model import Article, Claim

SEED = 20240614
PRONOUN = re.compile(r"(?:I|he|she|it|we|you|they|this|that|these|those|his|her|its|their|our|my|your)\b", re.IGNORECASE)
RELATIVE = re.compile(
    r"(?:who|whom|whose|which|where|when|that (?:is|are|was|were|has|have|had|will|would|can|could))\b", re.IGNORECASE
)


def main() -> None:
    """Propose claims for the texts of a folder, and describe them."""
    parser = argparse.ArgumentParser(description="Describe the claims that are proposed for the texts of a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=["all", "developing", "held-out"], default="all")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="print N claims, drawn at random")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed draws other claims")
    arguments = parser.parse_args()
    files = part_of(sorted(arguments.folder.glob("*.txt")), arguments.part)
    if not files:
        print(f"{arguments.folder} holds no .txt files: nothing is measured", file=sys.stderr)
        return
    made = [_proposed(file) for file in files]
    found = [(article, claim) for article in made for claim in article.claims]
    _describe([claim for _, claim in found], len(made))
    for number, (article, claim) in enumerate(
        random.Random(arguments.seed).sample(found, min(arguments.sample, len(found))), start=1
    ):
        print(f"\n{number}. {_shown(article, claim)}")


def _proposed(file: Path) -> Article:
    text = file.read_bytes().decode("utf-8", "replace")
    return propose(segment(bare_article("a", text, "en")), Plan(), lambda _: None)


def _describe(claims: Sequence[Claim], articles: int) -> None:
    print(f"{articles} articles, {len(claims) / articles:.1f} claims each")
    share = Counter[str]()
    for claim in claims:
        share.update([claim.checkworthiness, *claim.types])
        share["confidence under 0.5"] += (claim.confidence or 0) < 0.5
        share["begins with a pronoun"] += PRONOUN.match(claim.proposition) is not None
        share["begins with a relative word"] += RELATIVE.match(claim.proposition) is not None
    for name, count in sorted(share.items()):
        print(f"  {name:28} {count / len(claims):.3f}")


def _shown(article: Article, claim: Claim) -> str:
    quote = next((quote for quote in article.quotes if quote.id == claim.quote), None)
    who = " / ".join(source.text for source in quote.sources) or "?" if quote else "the article"
    sentences = [one for one in article.sentences if one.start < claim.content[-1].end and claim.content[0].start < one.end]
    around = one_line(article.text[sentences[0].start : sentences[-1].end]) if sentences else ""
    words = " … ".join(one_line(span.text) for span in claim.content)
    labels = f"{claim.factuality}, {claim.checkworthiness}, {' '.join(claim.types)}, {claim.confidence}"
    return f"[{around}]\n   {who}: {words}\n   → {claim.proposition} ({labels})"


if __name__ == "__main__":
    main()
