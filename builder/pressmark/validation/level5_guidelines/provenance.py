"""Level 5, guidelines: who worked on the annotation, and what was inferred (schema/GUIDELINES.md, section 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressmark.validation.rule import Problem, rule

if TYPE_CHECKING:
    from pressmark.record.model import Article
    from pressmark.validation.facts import Facts
    from pressmark.validation.rule import Problems

_LAYERS = ("zones", "entities", "quotes", "claims")


@rule(level=5, needs_text=False)
def layer_gold(article: Article, _: Facts) -> Problems:
    """A gold layer was adjudicated, or reviewed by somebody other than its annotator. Two annotators alone are not enough."""
    if any(annotator.role != "annotator" for annotator in article.annotators):
        return
    for name in _LAYERS:
        if getattr(article.layers, name) == "gold":
            message = "says 'gold', but no annotator has the role adjudicator or reviewer"
            yield Problem(f"/layers/{name}", message, expected="'silver', or the adjudicator or reviewer among the annotators")


@rule(level=5)
def inferred_null(article: Article, _: Facts) -> Problems:
    """A field that is listed as inferred has a value."""
    for i, name in enumerate(article.metadata.inferred):
        if name != "language" and getattr(article.metadata, name) is None:
            message = f"lists {name!r}, but {name} is null"
            yield Problem(f"/metadata/inferred/{i}", message, expected="only fields that have a value")
