"""The rules of levels 3 to 5, and what every code means.

A rule is a generator function over one article: it yields a `Problem` for everything that breaks it. Its name in kebab-case
is the issue's code, its docstring the documentation, and ``tests/cases/invalid/<code>*.json`` its examples.
"""

from __future__ import annotations

import inspect
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pressmark.record.bare_article import bare_article
from pressmark.record.issue import Issue
from pressmark.record.model import Annotation, Article
from pressmark.record.text import Excerpt, excerpt
from pressmark.validation import codes, level3_text, level4_references
from pressmark.validation.level5_guidelines import boundaries, claims, mentions, quotes, values
from pressmark.validation.level6_dataset import articles
from pressmark.validation.rule import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pressmark.record.issue import Severity
    from pressmark.validation.rule import Problems, Rule

_MOST = 10_000  # problems of one rule in one record that are listed
_SHOWN = 60  # code points of a span that an excerpt shows
LEVELS = ("file", "schema", "text", "references", "guidelines", "dataset")

TEXT: tuple[Rule, ...] = (
    level3_text.text_hash,
    level3_text.span_order,
    level3_text.span_text,
    level3_text.span_trimmed,
    level3_text.span_sorted,
    level3_text.span_unique,
    level3_text.zone_cover,
    level3_text.sentence_zone,
    level3_text.span_grapheme,
)
REFERENCES: tuple[Rule, ...] = (
    level4_references.id_unique,
    level4_references.reference,
    level4_references.parent_cycle,
    level4_references.parent_content,
    level4_references.verbatim_content,
    level4_references.source_content,
    level4_references.cue_content,
    level4_references.claim_content,
    level4_references.layer_none,
    level4_references.annotator_unused,
)
GUIDELINES: tuple[Rule, ...] = (
    *quotes.RULES,
    *boundaries.RULES,
    mentions.mention_overlap,
    mentions.mention_token,
    mentions.mention_sentence,
    mentions.mention_level,
    mentions.mention_pronoun,
    mentions.nominal_label,
    mentions.entity_pronoun,
    mentions.entity_unique,
    values.value_date,
    values.value_amount,
    values.value_label,
    values.value_unique,
    values.published_date,
    *claims.RULES,
    mentions.zone_page,
    mentions.placeholder,
)
_POINTERS: tuple[Rule, ...] = (
    level4_references.reference,
    level4_references.parent_content,
    level4_references.verbatim_content,
    level4_references.source_content,
    level4_references.cue_content,
    level4_references.claim_content,
)
DATASET: tuple[Callable[..., Iterator[Issue]], ...] = (
    articles.article_unique,
    articles.text_unique,
    articles.text_near,
    articles.kb_label,
    articles.reference,
    articles.relation_self,
)
RELATIONS: tuple[Callable[..., Iterator[Issue]], ...] = (
    articles.relation_unique,
    articles.relation_algebra,
)  # only where what they relate is there
WITHOUT_TEXT: tuple[Rule, ...] = (level3_text.span_sorted, level3_text.span_unique, *REFERENCES)
WARNINGS = {
    level3_text.span_grapheme,
    level4_references.annotator_unused,
    quotes.quote_parent,
    quotes.source_entity,
    quotes.source_role,
    boundaries.span_edge,
    mentions.mention_pronoun,
    mentions.nominal_label,
    mentions.entity_pronoun,
    mentions.entity_unique,
    claims.claim_unique,
    values.value_amount,
    values.value_label,
    values.value_unique,
    claims.claim_quote,
    claims.claim_types,
    claims.claim_checkworthiness,
    claims.claim_about,
    claims.claim_proposition,
    mentions.zone_page,
}


class Meaning(NamedTuple):
    """What a code stands for."""

    code: str
    level: int
    severity: Severity
    text: str

    def page(self) -> str:
        """All that there is to say about the code."""
        return f"{self.code}: {self.severity} of level {self.level}, {LEVELS[self.level - 1]}\n\n{self.text}"


def code_of(rule: Callable[..., object]) -> str:
    """The code of a rule: its name in kebab-case."""
    return rule.__name__.replace("_", "-")


def meanings() -> dict[str, Meaning]:
    """Every code that there is, level by level, with its documentation."""
    found = {code: Meaning(code, 1, "error", text) for code, text in codes.FILE.items()}
    found |= {code: Meaning(code, 2, "error", text) for code, text in codes.SCHEMA.items()}
    groups: tuple[tuple[Callable[..., object], ...], ...] = (TEXT, REFERENCES, GUIDELINES, (*DATASET, *RELATIONS))
    for level, group in enumerate(groups, start=3):
        for rule in group:
            severity: Severity = "warning" if rule in WARNINGS else "error"
            meaning = Meaning(code_of(rule), level, severity, inspect.getdoc(rule) or "")
            found.setdefault(meaning.code, meaning)
    return found


def article_issues(article: Article, top: int = 5) -> Iterator[Issue]:
    """What the rules of levels 3 to ``top`` say of an article whose shape is right.

    A level runs only where the ones below found no error.
    """
    yield from _run(article, (TEXT, REFERENCES, GUIDELINES)[: max(0, top - 2)])


def annotation_issues(annotation: Annotation, top: int = 5) -> Iterator[Issue]:
    """What the rules that need no text say of an annotation; in its project, it is judged on its text as an article."""
    marked = {name: getattr(annotation, name) for name in Annotation.__slots__}
    article = replace(bare_article(annotation.id, ""), **marked)
    yield from _run(article, (WITHOUT_TEXT,) if top >= 4 else ())


def proposal_issues(article: Article) -> Iterator[Issue]:
    """What an annotator by rules can get wrong: how its quotes stand to the quotation marks of a text, and what points to them.

    Everything else such an annotator makes by construction, which its tests hold; these rules cost next to nothing.
    """
    yield from _run(article, (_POINTERS, (*quotes.MARKS, quotes.quote_unique)))


def pointer_issues(article: Article) -> Iterator[Issue]:
    """What is left to go wrong where the quotes by themselves are known to be right: what points to them, or to an entity."""
    yield from _run(article, ((level4_references.reference, level4_references.claim_content),))


def _run(article: Article, levels: Sequence[tuple[Rule, ...]]) -> Iterator[Issue]:
    for level in levels:
        wrong = False
        for rule in level:
            severity: Severity = "warning" if rule in WARNINGS else "error"
            for problem in _bounded(rule(article), code_of(rule)):
                wrong = wrong or severity == "error"
                shown = _excerpt(article.text, *problem.place) if problem.place and article.text else None
                yield Issue(
                    code_of(rule),
                    problem.message,
                    problem.pointer,
                    article=article.id,
                    severity=severity,
                    expected=problem.expected,
                    hint=problem.hint,
                    excerpt=shown,
                )
        if wrong:
            return


def _bounded(problems: Problems, code: str) -> Problems:
    """The first problems of a rule in one record, and a word on the others, which nobody would read."""
    yield from islice(problems, _MOST)
    if next(problems, None) is not None:
        yield Problem("", f"there are more of {code} than the {_MOST:,} that were listed", expected="these mended first")


def _excerpt(text: str, start: int, end: int) -> Excerpt:
    """The words around a stretch of the text, and its two ends where it is long."""
    end = min(end, len(text))
    if end - start <= _SHOWN:
        return excerpt(text, start, end)
    opening, closing = excerpt(text, start, start + _SHOWN // 2), excerpt(text, end - _SHOWN // 2, end)
    return Excerpt(opening.before, f"{opening.marked}…{closing.marked}", closing.after)
