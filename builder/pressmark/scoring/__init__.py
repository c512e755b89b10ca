"""Compares two annotations of the same texts: precision, recall, F1 and agreement. ``docs/scoring.md`` defines each figure.

>>> pairs, left_out = paired(articles_in(Path("gold")), articles_in(Path("predicted")))
>>> score(pairs).sections["quotes"]["attribution"].values["f1"]

`opened` and `score_files` score whole files, which may also be plain spans and CoNLL, and keep no article. Items are matched
one to one. Neither their order nor their ids change a figure.
"""

from __future__ import annotations

from pressmark.scoring.claim_relations import Related
from pressmark.scoring.compare import Comparison, compare, comparison_json, comparison_table
from pressmark.scoring.disagreements import Disagreement, disagreements
from pressmark.scoring.entities import label_counts
from pressmark.scoring.grouped import grouped, paired, relabelled
from pressmark.scoring.merge_files import Merge
from pressmark.scoring.pair import Pair
from pressmark.scoring.read_pairs import Sides, articles_in, opened
from pressmark.scoring.score import Score, score
from pressmark.scoring.score_files import FilesScore, score_files
from pressmark.scoring.table_and_json import as_json, table
from pressmark.scoring.tally import Figure

__all__ = [
    "Comparison",
    "Disagreement",
    "Figure",
    "FilesScore",
    "Merge",
    "Pair",
    "Related",
    "Score",
    "Sides",
    "articles_in",
    "as_json",
    "compare",
    "comparison_json",
    "comparison_table",
    "disagreements",
    "grouped",
    "label_counts",
    "opened",
    "paired",
    "relabelled",
    "score",
    "score_files",
    "table",
]
