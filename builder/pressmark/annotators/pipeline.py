"""Which annotator makes which layer, and what of an article may be replaced.

An annotator is a function from article to article that adds a layer. This module alone knows their names and their order.
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
    """What to propose: each layer's annotator by name, ``none`` to leave the layer as it is.

    ``llm`` is a chat model that proposes all three layers instead; ``thought`` takes in beliefs and intentions as quotes.
    """

    entities: str = "rules"
    quotes: str = "rules"
    claims: str = "rules"
    llm: str | None = None
    thought: bool = False


_NAMES = {"entities": "rules, spacy:PIPELINE, hf:MODEL or none", "quotes": "rules or none", "claims": "rules or none"}


def check(plan: Plan) -> None:
    """Refuse a plan that names an annotator that does not exist.

    Raises:
        UnknownError: it does.
    """
    for layer, known in _NAMES.items():
        name: str = getattr(plan, layer)
        kind, _, model = name.partition(":")
        if name not in {"rules", "none"} and not (layer == "entities" and kind in {"spacy", "hf"} and model):
            raise UnknownError(f"--{layer} {name}: no such annotator; there are {known}")


def propose(article: Article, plan: Plan, report: Callable[[str], None]) -> Article:
    """The article with the planned layers proposed: silver, signed, and valid. ``report`` hears what was dropped.

    A gold layer stays, and so does every layer that a gold one points into. A silver layer that points into a replaced one
    and is not proposed anew is emptied, since its references would lead astray.

    Raises:
        UnavailableError: the model or the package that an annotator needs is not there.
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
    """Which rule fired where, one line each; only rules can say so. The article is the proposed one."""
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
