"""Runs the annotators that a `Plan` names, in their order, on the layers that may be replaced.

Only this module knows the names and the order of the annotators.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators import claim_classifier, claims, entities, quote_tagger, quotes, speakers, taggers
from pressmark.annotators.chat.answers import Answers
from pressmark.annotators.chat.ask_model import chat, endpoint
from pressmark.annotators.drop_invalid import drop_beside, drop_invalid
from pressmark.annotators.drop_unsure import drop_unsure
from pressmark.annotators.entities.date_line import dated
from pressmark.annotators.errors import UnknownError
from pressmark.annotators.merge_proposals import POINTS_INTO, Merge
from pressmark.annotators.touched import Past, touched
from pressmark.project.proposals import LAYERS
from pressmark.record.bare_article import UNDETERMINED
from pressmark.record.text import excerpt, quoted
from pressmark.segment import segment
from pressmark.validation.registry import article_issues, pointer_issues, proposal_issues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressmark.project.proposals import Ids
    from pressmark.record.issue import Issue
    from pressmark.record.model import Article

    Annotate = Callable[[Article], Article]


@dataclass(frozen=True, slots=True)
class Plan:
    """Names the annotator of each layer; ``none`` leaves a layer as it is. A chat model is ``llm:MODEL``.

    ``thought``: beliefs and intentions are quotes too.
    ``overwrite``: layers that exist are proposed anew. Proposals with a confidence below ``min_confidence`` are dropped.
    """

    entities: str = "rules"
    quotes: str = "rules"
    claims: str = "rules"
    thought: bool = False
    overwrite: bool = False
    min_confidence: float = 0.0


class Filled(NamedTuple):
    """An article with its proposals, and their ids by layer. It is the same object as before if nothing was to propose."""

    article: Article
    new: Ids


_LANGUAGES = {"en", UNDETERMINED}
_CHAT = "llm:"
_TAGGER = Lock()  # beside a chat model, threads would load a tagger several times, and its tokenizer may serve only one of them
_RULES = {"rules", "none"}
_MODELS = {
    "entities": ("spacy:PIPELINE", "hf:MODEL", "llm:MODEL"),
    "quotes": ("spacy:PIPELINE", "hf:MODEL", "llm:MODEL"),
    "claims": ("hf:MODEL", "llm:MODEL"),
}


def check(plan: Plan) -> None:
    """Check that every annotator in the plan exists.

    Raises:
        UnknownError: one does not.
        UnavailableError: the chat model has no address.
    """
    for layer, models in _MODELS.items():
        name: str = getattr(plan, layer)
        kind, _, model = name.partition(":")
        if name not in _RULES and not (model and kind in {one.partition(":")[0] for one in models}):
            raise UnknownError(f"--{layer} {name}: no such annotator; use rules, {', '.join(models)} or none")
    if chat_models(plan):
        endpoint()


def chat_models(plan: Plan) -> set[str]:
    """The chat models that are asked. With one, most of the time passes with waiting."""
    return {name for name in (plan.entities, plan.quotes, plan.claims) if name.startswith(_CHAT)}


def propose(article: Article, plan: Plan, report: Callable[[str], None]) -> Article:
    """Propose the planned layers of an article outside a project, as `fill` does."""
    return fill(article, plan, report, Past()).article


def fill(article: Article, plan: Plan, report: Callable[[str], None], past: Past, answers: Answers | None = None) -> Filled:
    """Propose the planned layers: silver, signed and valid. ``report`` is told about each item that was dropped.

    A layer that exists is kept. With ``plan.overwrite`` it is proposed anew. Two kinds of items stay then: those that a person
    touched (``past`` knows them), and those that these refer to. Gold layers stay, with the layers that they refer to.
    ``answers`` keeps the answers of chat models.

    Raises:
        InvalidError: something is wrong with the article that no proposal can change.
        UnansweredError: the chat model gave no usable answer.
        UnavailableError: an annotator's model or package is missing.
    """
    layers = _wanted(article, plan, report)
    if not layers:
        return Filled(article, {layer: set() for layer in LAYERS})
    if plan.entities == "rules" and "entities" in layers:
        article = dated(article)
    is_new = not any(getattr(article, layer) for layer in LAYERS)
    merge = Merge(article, touched(article, past), past.deleted(article))
    for filled, annotate in _steps(plan, layers, report, answers or Answers()):
        bare = merge.article if is_new else segment(merge.without(filled))
        merge.add(annotate(bare), filled)
    sure = drop_unsure(merge.article, merge.new, plan.min_confidence)
    if is_new:
        return Filled(drop_invalid(sure, report, _issues(plan)), merge.new)
    return Filled(drop_beside(segment(sure), report, merge.new), merge.new)


def _issues(plan: Plan) -> Callable[[Article], Iterator[Issue]]:
    """What can be wrong with the proposals of a plan. Quotes by rules are right by themselves: `quotes` saw to that."""
    if not {plan.entities, plan.quotes, plan.claims} <= _RULES:
        return article_issues
    return proposal_issues if plan.quotes == "none" else pointer_issues


def _wanted(article: Article, plan: Plan, report: Callable[[str], None]) -> list[str]:
    """The layers to propose."""
    free = _free(article)
    if not plan.overwrite:
        free = {layer for layer in free if getattr(article.layers, layer) == "none"}
    wanted = [layer for layer in LAYERS if layer in free and getattr(plan, layer) != "none"]
    by_rules = [layer for layer in wanted if getattr(plan, layer) == "rules"]
    if by_rules and article.language.partition("-")[0].lower() not in _LANGUAGES:
        report(f"{article.id}: its language is {quoted(article.language)}; the rules know only English and propose nothing")
        return [layer for layer in wanted if layer not in by_rules]
    return wanted


def _free(article: Article) -> set[str]:
    """The layers that are not gold, nor referred to by one that is."""
    gold = {layer for layer in LAYERS if getattr(article.layers, layer) == "gold"}
    return {layer for layer, others in POINTS_INTO.items() if layer not in gold and gold.isdisjoint(others)}


def _steps(
    plan: Plan, layers: list[str], report: Callable[[str], None], answers: Answers
) -> Iterator[tuple[tuple[str, ...], Annotate]]:
    """The annotators in their order, each with the layers that it fills."""
    for name, group in groupby(layers, key=lambda layer: getattr(plan, layer)):
        several = tuple(group)
        if name.startswith(_CHAT):
            yield several, _chat(name.removeprefix(_CHAT), several, report, answers)
            continue
        if several[:2] == ("entities", "quotes"):
            yield several[:2], lambda article: _speaking(article, plan)
            several = several[2:]
        for layer in several:
            yield (layer,), _named(layer, name, plan)


def _chat(model: str, layers: tuple[str, ...], report: Callable[[str], None], answers: Answers) -> Annotate:
    """A chat model, which is asked once for all these layers."""
    return lambda article: chat(article, model, set(layers), report, answers)


def _speaking(article: Article, plan: Plan) -> Article:
    """Entities and quotes by rules; the quotes show more entities."""
    found = quotes.quotes(entities.entities(article), thought=plan.thought)
    return speakers.sources(found, entities.ANNOTATOR)


def _named(layer: str, annotator: str, plan: Plan) -> Annotate:
    """The annotator of a layer by its name: ``rules``, ``spacy:PIPELINE`` or ``hf:MODEL``."""
    if annotator != "rules":
        return _tagged(layer, annotator)
    if layer == "entities":
        return entities.entities
    if layer == "quotes":
        return lambda article: quotes.quotes(article, thought=plan.thought)
    return claims.claims


def _tagged(layer: str, annotator: str) -> Annotate:
    kind, _, name = annotator.partition(":")

    def call(article: Article) -> Article:
        with _TAGGER:
            if layer == "entities":
                return (taggers.spacy if kind == "spacy" else taggers.hugging_face)(name)(article)
            if layer == "quotes":
                return quote_tagger.quotes(article, quote_tagger.load(annotator))
            return claim_classifier.claims(article, claim_classifier.load(annotator))

    return call


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
