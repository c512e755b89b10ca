"""The published tables, each a `datasets` config: a function from one article to rows, and columns that describe a row.

`articles` are the records themselves; the others are flat: what a row refers to stands in the row. The first is the default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from pressmark.publish.views.claims import CLAIM_DETECTION, CLAIMS, claim_detection_rows, claim_rows
from pressmark.publish.views.columns import View
from pressmark.publish.views.entities import COREF, ENTITIES, MENTIONS, NER, coref_rows, entity_rows, mention_rows, ner_rows
from pressmark.publish.views.quotes import ATTRIBUTION, QUOTES, attribution_rows, quote_rows
from pressmark.publish.views.relations import CLAIM_PAIRS, RELATIONS, claim_pair_rows, relation_rows
from pressmark.publish.views.token_rows import token_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.publish.views.columns import Row
    from pressmark.publish.views.relations import Propositions
    from pressmark.record.model import Article
    from pressmark.record.relation import Relation

ARTICLES = View("articles", "one row per article: the whole record", {})
OF_ARTICLES = (ARTICLES, ENTITIES, MENTIONS, NER, COREF, QUOTES, ATTRIBUTION, CLAIMS, CLAIM_DETECTION)
OF_PAIRS = (CLAIM_PAIRS, RELATIONS)
VIEWS = (*OF_ARTICLES, *OF_PAIRS)
BY_NAME = {view.name: view for view in VIEWS}


def rows(article: Article) -> dict[str, Iterable[Row]]:
    """The rows of one article for each view that is made an article at a time. Labels are strings."""
    units = token_rows(article)
    return {
        "articles": [msgspec.to_builtins(article)],
        "entities": entity_rows(article),
        "mentions": mention_rows(article),
        "ner": ner_rows(article, units),
        "coref": coref_rows(article, units),
        "quotes": quote_rows(article),
        "attribution": attribution_rows(article, units),
        "claims": claim_rows(article),
        "claim_detection": claim_detection_rows(article),
    }


def pair_rows(relations: tuple[Relation, ...], known: Propositions) -> dict[str, Iterable[Row]]:
    """The rows of the views that are made of the relations of all articles, given what each claim proposes."""
    return {"claim_pairs": claim_pair_rows(relations, known), "relations": relation_rows(relations, known)}
