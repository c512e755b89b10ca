"""All rules in their order, and what the rules of levels 3 to 6 find."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pressmark.record.issue import Issue, item_at
from pressmark.record.text import Excerpt, excerpt
from pressmark.validation import level2_schema, level3_text, level4_references
from pressmark.validation.facts import Facts
from pressmark.validation.level1_file import documents, parquet_rows, strict_json
from pressmark.validation.level5_guidelines import acts, boundaries, claims, mentions, page, provenance, quotes, values
from pressmark.validation.level6_dataset import articles, relations
from pressmark.validation.rule import Problem, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from types import ModuleType

    from pressmark.record.model import Article
    from pressmark.validation.level6_dataset.corpus import Corpus, Where

MODULES: tuple[ModuleType, ...] = (
    strict_json,
    documents,
    parquet_rows,
    level2_schema,
    level3_text,
    level4_references,
    quotes,
    acts,
    boundaries,
    mentions,
    values,
    claims,
    page,
    provenance,
    articles,
    relations,
)
_MOST = 10_000  # problems of one rule in one record that are listed
_SHOWN = 60  # code points of a span that an excerpt shows


def _rules(module: ModuleType) -> Iterator[Rule]:
    """The rules of a module in the order in which it defines them."""
    for value in vars(module).values():
        yield from (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Rule))


RULES = tuple(dict.fromkeys(rule for module in MODULES for rule in _rules(module)))  # a code may be used by two modules
OF_ARTICLES = {level: tuple(rule for rule in RULES if rule.level == level) for level in (3, 4, 5)}
OF_ANNOTATIONS = tuple(rule for rule in RULES if not rule.needs_text)
OF_DATASETS = tuple(rule for rule in RULES if rule.level == 6)


def meanings() -> dict[str, Rule]:
    """Every code with its rule, level by level. Where two levels share a code, the lower one documents it."""
    found: dict[str, Rule] = {}
    for rule in RULES:
        found.setdefault(rule.code, rule)
    return found


def article_issues(article: Article, top: int = 5, about: Collection[str] | None = None) -> Iterator[Issue]:
    """What the rules of levels 3 to ``top`` find in an article whose shape is right; or only the rules ``about`` something.

    A level runs only where the levels below found no error.
    """
    facts = Facts(article)
    wrong = False
    for level, rules in OF_ARTICLES.items():
        if wrong or level > top:
            return
        for issue in _found(rules if about is None else [rule for rule in rules if rule.about in about], article, facts):
            wrong = wrong or issue.severity == "error"
            yield issue


def proposal_issues(article: Article) -> Iterator[Issue]:
    """What an annotator by rules can get wrong; its tests hold the rest, which it makes right by construction."""
    return article_issues(article, about={"pointers", "quotes"})


def pointer_issues(article: Article) -> Iterator[Issue]:
    """What can still be wrong where the quotes are known to be right: what refers to them, or to an entity."""
    return article_issues(article, about={"pointers"})


def annotation_issues(annotation: Article) -> Iterator[Issue]:
    """What the rules that need no text find in an annotation, given as an article whose text and sentences are empty."""
    yield from _found(OF_ANNOTATIONS, annotation, Facts(annotation))


def _found(rules: Iterable[Rule], article: Article, facts: Facts) -> Iterator[Issue]:
    for rule in rules:
        problems = list(islice(rule.find(article, facts), _MOST + 1))
        for problem in _bounded(rule, problems) if problems else ():
            shown = _excerpt(article.text, *problem.place) if problem.place and article.text else None
            yield Issue(
                rule.code,
                problem.message,
                problem.pointer,
                article=article.id,
                severity=rule.severity,
                expected=problem.expected,
                hint=problem.hint,
                excerpt=shown,
                item=item_at(article, problem.pointer),
            )


def _bounded(rule: Rule, problems: list[Problem]) -> list[Problem]:
    """The first problems of a rule in one record, and one that says if there are more."""
    if len(problems) <= _MOST:
        return problems
    more = f"{rule.code} has more than {_MOST:,} problems; the rest are not listed"
    return [*problems[:_MOST], Problem("", more, expected="the listed ones corrected first")]


def _excerpt(text: str, start: int, end: int) -> Excerpt:
    """A piece of the text with some words around it; only its two ends if it is long."""
    end = min(end, len(text))
    if end - start <= _SHOWN:
        return excerpt(text, start, end)
    opening, closing = excerpt(text, start, start + _SHOWN // 2), excerpt(text, end - _SHOWN // 2, end)
    return Excerpt(opening.before, f"{opening.marked}…{closing.marked}", closing.after)


def dataset_issues(corpus: Corpus) -> list[Issue]:
    """The issues of the dataset as a whole, in the order of files and lines.

    The rules about relations run only where all that relations refer to is there.
    """
    issues: list[Issue] = []
    ids = {where: relation.id for relation, where in corpus.relations}
    for rule in OF_DATASETS:
        if rule.about != "relations" or not any(issue.code in relations.ASTRAY for issue in issues):
            issues += (_placed(rule, found, ids.get(found[0])) for found in rule.find(corpus))
    by_file: dict[str | None, int] = {}
    return sorted(issues, key=lambda issue: (by_file.setdefault(issue.file, len(by_file)), issue.line or 0))


def _placed(rule: Rule, found: tuple[Where, str | None, Problem], item: str | None) -> Issue:
    where, article, problem = found
    return Issue(
        rule.code,
        problem.message,
        where.pointer + problem.pointer,
        where.file,
        where.line,
        article,
        rule.severity,
        problem.expected,
        problem.hint,
        item=item,
    )
