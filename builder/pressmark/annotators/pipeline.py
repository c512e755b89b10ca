"""Runs the annotators that a `Plan` names, in their order, on the layers that may be replaced.

Only this module knows the names and the order of the annotators.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pressmark.annotators import claims, entities, quotes, speakers, taggers
from pressmark.annotators.chat.ask_model import chat
from pressmark.annotators.drop_invalid import drop_invalid
from pressmark.annotators.errors import UnknownError
from pressmark.record.text import excerpt
from pressmark.validation.registry import article_issues, pointer_issues, proposal_issues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.record.model import Article

    Annotate = Callable[[Article], Article]


@dataclass(frozen=True, slots=True)
class Plan:
    """Names the annotator of each layer; ``none`` leaves a layer as it is.

    ``llm`` names a chat model that proposes all three layers instead. ``thought``: beliefs and intentions are quotes too.
    """

    entities: str = "rules"
    quotes: str = "rules"
    claims: str = "rules"
    llm: str | None = None
    thought: bool = False


_NAMES = {"entities": "rules, spacy:PIPELINE, hf:MODEL or none", "quotes": "rules or none", "claims": "rules or none"}


def check(plan: Plan) -> None:
    """Check that every annotator in the plan exists.

    Raises:
        UnknownError: one does not.
    """
    for layer, known in _NAMES.items():
        name: str = getattr(plan, layer)
        kind, _, model = name.partition(":")
        if name not in {"rules", "none"} and not (layer == "entities" and kind in {"spacy", "hf"} and model):
            raise UnknownError(f"--{layer} {name}: no such annotator; use {known}")


def propose(article: Article, plan: Plan, report: Callable[[str], None]) -> Article:
    """Propose the planned layers: silver, signed and valid. ``report`` is told about each item that was dropped.

    A gold layer is kept, and so is every layer that a gold layer refers to. A silver layer that refers to a replaced layer and
    is not proposed again is emptied, because its references would be wrong.

    Raises:
        UnavailableError: an annotator's model or package is missing.
    """
    free = _free(article)
    if plan.llm:
        return chat(article, plan.llm, free, report)
    wanted = {name: getattr(plan, name) for name in ("entities", "quotes", "claims")}
    by_rules = wanted["entities"] in {"rules", "none"}
    issues = proposal_issues if by_rules else article_issues
    for name, annotator in wanted.items():
        if annotator != "none" and name in free:
            stale = [other for other in _POINTS_INTO[name] if wanted[other] == "none"]
            before = _emptied(article, stale) if stale else article
            article = _named(name, annotator, plan)(before)
            if name == "quotes" and by_rules and article.quotes is not before.quotes:
                issues = pointer_issues  # the new quotes are right by themselves: `quotes` saw to that
        if name == "quotes" and free >= {"entities", "quotes"} and wanted["entities"] == wanted["quotes"] == "rules":
            article = speakers.sources(article, entities.ANNOTATOR)
    return drop_invalid(article, report, issues)


# The layers that point into a layer by id.
_POINTS_INTO: dict[str, tuple[str, ...]] = {"entities": ("quotes", "claims"), "quotes": ("claims",), "claims": ()}


def _free(article: Article) -> set[str]:
    """The layers that may be proposed anew."""
    gold = {name for name in _POINTS_INTO if getattr(article.layers, name) == "gold"}
    return {name for name, others in _POINTS_INTO.items() if name not in gold and gold.isdisjoint(others)}


def _emptied(article: Article, names: list[str]) -> Article:
    nothing: dict[str, Any] = dict.fromkeys(names, ())
    none: dict[str, Any] = dict.fromkeys(names, "none")
    return replace(article, **nothing, layers=replace(article.layers, **none))


def _named(layer: str, annotator: str, plan: Plan) -> Annotate:
    """The annotator of a layer by its name: ``rules``, ``spacy:PIPELINE`` or ``hf:MODEL``."""
    if layer == "entities":
        return _entities(annotator)
    if layer == "quotes":
        return lambda article: quotes.quotes(article, thought=plan.thought)
    return claims.claims


def _entities(annotator: str) -> Annotate:
    kind, _, name = annotator.partition(":")
    if kind == "rules":
        return entities.entities
    return taggers.spacy(name) if kind == "spacy" else taggers.hugging_face(name)


def explain(article: Article, plan: Plan) -> Iterator[str]:
    """List which rule fired where, one line each. ``article`` has its proposals already; models are not explained."""
    for layer, start, end, rule in sorted(_fired(article, plan), key=lambda fired: fired[1:3]):
        yield f"{article.id}: {start}:{end}: {layer}: {rule}: {excerpt(article.text, start, end)}"


def _fired(article: Article, plan: Plan) -> Iterator[tuple[str, int, int, str]]:
    if plan.entities == "rules":
        yield from (("entities", *fired) for fired in entities.explain(article))
    if plan.quotes == "rules":
        for found in quotes.attributions(article, thought=plan.thought):
            yield "quotes", found.content[0][0], found.content[-1][1], found.rule
    if plan.claims == "rules":
        yield from (("claims", *fired) for fired in claims.explain(article))
