"""Reads both sides, gives spans and tagged tokens the texts that they are of, and pairs the articles by id."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pressmark.project.seeds import by_id
from pressmark.project.seeds import read as read_seed
from pressmark.record.bare_article import bare_article
from pressmark.record.issue import InvalidError, Issue
from pressmark.record.text import quoted
from pressmark.scoring import iob2, plain_spans, read_sides
from pressmark.scoring.claim_relations import Related
from pressmark.scoring.pair import Pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pressmark.record.model import Article
    from pressmark.scoring.iob2 import Tagged
    from pressmark.scoring.plain_spans import PlainSpan
    from pressmark.scoring.read_sides import Side

LEVELS = "levels of mentions"
NOT_FLAT = "mentions of level nominal and pronoun"
_SHOWN = 30  # code points of two texts that a message shows


class Sides(NamedTuple):
    """Both sides as articles; ``records`` are those of the gold that were records, as they were read.

    ``is_bare`` says that a side has only spans and labels. ``lacking`` names what else a side does not have.
    """

    gold: list[Article]
    pred: list[Article]
    records: list[Article]
    is_bare: bool = False
    related: Related | None = None
    lacking: tuple[str, ...] = ()


def articles_in(path: Path, project: Path | None = None) -> list[Article]:
    """Read the articles of a file of records, of an annotation, or of a folder of annotations (see `read_sides.read`).

    Raises:
        InvalidError: a file is invalid, or does not match its seed.
        OSError: a file cannot be read.
    """
    return read_sides.read(path, project).articles


def read(gold: Path, pred: Path, project: Path | None = None, relations: tuple[Path, Path] | None = None) -> Sides:
    """Read both sides. ``relations`` are the files of both, for sides that are not folders with such files.

    Spans and tagged tokens are of the texts that the other side has; else of the seeds in the project. Tagged tokens that
    nobody has the text of make their own text.

    Raises:
        InvalidError: a side cannot be used; the issues say where.
        OSError: a file cannot be read.
    """
    sides = read_sides.read(gold, project), read_sides.read(pred, project)
    known = _texts(sides, project)
    golds = _articles(sides[0], sides[1].ids, known)
    preds = _articles(sides[1], [article.id for article in golds], known | {article.id: article for article in golds})
    is_bare = any(side.is_bare for side in sides)
    lacking = (LEVELS,) if is_bare else ()
    if any(side.tagged for side in sides):  # tags cannot nest
        golds, preds = ([_flat(article) for article in side] for side in (golds, preds))
        lacking = (NOT_FLAT,)
    related = [side.relations for side in sides] if relations is None else [*map(read_sides.relations, relations)]
    found = None if related[0] is None or related[1] is None else Related(related[0], related[1])
    return Sides(golds, preds, sides[0].articles, is_bare, found, lacking)


def _texts(sides: Sequence[Side], project: Path | None) -> dict[str, Article]:
    """The articles that spans and tagged tokens are of, by id."""
    known = {article.id: article for side in sides[::-1] for article in side.articles}
    if known or not any(side.is_bare for side in sides):
        return known
    spans = any(side.spans for side in sides)
    folder = project or read_sides.project_of(sides[0].path)
    if project or (spans and (folder / "seeds").is_dir()):
        wanted = {name for side in sides for name in side.ids}
        return {name: read_seed(folder, seed, {}) for name, seed in by_id(folder).items() if name in wanted}
    if spans and not sides[0].tagged:
        message = "neither side has the texts; give one side as records, or name the folder with the seeds/ by --project"
        raise InvalidError([Issue("score-text", message, file=str(sides[0].path))])
    return {}


def _articles(side: Side, others: Sequence[str], known: Mapping[str, Article]) -> list[Article]:
    """The articles of a side. An article of the other side in which this one has no span has none here."""
    found = list(side.articles)
    if side.spans:
        by_id: dict[str, list[PlainSpan]] = defaultdict(list)
        for span in side.spans:
            by_id[span.id].append(span)
        for name in dict.fromkeys([*others, *by_id]):
            # Without its text, an article is on one side only: its spans are of no use, and pairing says so.
            base = known.get(name)
            found.append(plain_spans.with_spans(base or bare_article(name, ""), by_id[name] if base else ()))
    for name, tagged in _named(side.tagged, others):
        base = known.get(name) or bare_article(name, tagged.text)
        found.append(plain_spans.with_spans(base, iob2.spans(tagged, name, base.text)))
    return found


def _named(tagged: Sequence[Tagged], others: Sequence[str]) -> Iterator[tuple[str, Tagged]]:
    """The articles with their ids. One without an id has the file's name; several are in the order of the other side's."""
    nameless = [one for one in tagged if one.name is None]
    stems = [Path(one.file).stem for one in nameless]
    if len(set(stems)) == len(stems) and (not others or {*stems} <= {*others}):
        names = stems
    elif not others:
        names = [str(i) for i, _ in enumerate(nameless, start=1)]
    elif len(nameless) == len(others) == len(tagged):
        names = list(others)
    else:
        message = f"has {len(nameless)} articles without an id, and the other side has {len(others)} articles"
        hint = "write `# id = …` before each article"
        raise InvalidError([Issue("score-article", f"{message}; {hint}", file=nameless[0].file)])
    rest = iter(names)
    for one in tagged:
        yield one.name or next(rest), one


def _flat(article: Article) -> Article:
    """The article without mentions that may nest."""
    kept = (
        replace(entity, mentions=tuple(mention for mention in entity.mentions if mention.flat)) for entity in article.entities
    )
    return replace(article, entities=tuple(entity for entity in kept if entity.mentions))


def relabelled(article: Article, labels: Mapping[str, str]) -> Article:
    """The article with other names for the entity labels in ``labels``."""
    renamed = (replace(entity, label=cast(Any, labels.get(entity.label, entity.label))) for entity in article.entities)
    return replace(article, entities=tuple(renamed))


def paired(
    gold: Iterable[Article], pred: Iterable[Article], *, common: bool = False, is_bare: bool = False
) -> tuple[list[Pair], list[str]]:
    """Pair the articles of both sides, sorted by id. With ``common``, also return the ids that only one side has.

    Raises:
        InvalidError: as for `grouped`.
    """
    groups, alone = grouped({"the gold": gold, "the prediction": pred}, common=common)
    return [Pair(one, other, is_bare=is_bare) for one, other in groups], alone


def grouped(sides: Mapping[str, Iterable[Article]], *, common: bool = False) -> tuple[list[tuple[Article, ...]], list[str]]:
    """Group the articles of several sides, sorted by id. With ``common``, also return the ids that not every side has.

    Raises:
        InvalidError: an id is there twice, not on every side, or with two texts; or no article is left.
    """
    issues: list[Issue] = []
    found = {name: _by_id(articles, name, issues) for name, articles in sides.items()}
    shared = set.intersection(*(set(articles) for articles in found.values()))
    alone = sorted(set().union(*found.values()) - shared)
    if not common:
        issues += _lonely(alone, found)
    groups = []
    for name in sorted(shared):
        groups.append(tuple(articles[name] for articles in found.values()))
        issues += _two_texts(groups[-1], list(found))
    if not issues and not groups:
        issues = [Issue("score-nothing", f"the {len(found)} sides have no article in common")]
    if issues:
        raise InvalidError(issues)
    return groups, alone


def _by_id(articles: Iterable[Article], side: str, issues: list[Issue]) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for article in articles:
        if article.id in found:
            issues.append(Issue("score-twice", f"occurs twice in {side}", article=article.id))
        found[article.id] = article
    return found


def _lonely(names: list[str], sides: Mapping[str, Mapping[str, Article]]) -> Iterator[Issue]:
    for name in names:
        has, lacks = (
            " and ".join(side for side, articles in sides.items() if (name in articles) is there) for there in (True, False)
        )
        yield Issue("score-article", f"is in {has}, but not in {lacks}; --common takes only what all have", article=name)


def _two_texts(group: Sequence[Article], names: Sequence[str]) -> Iterator[Issue]:
    one = group[0]
    for other, name in zip(group[1:], names[1:], strict=True):
        if one.text != other.text:
            at = next((i for i, (a, b) in enumerate(zip(one.text, other.text, strict=False)) if a != b), None)
            at = min(len(one.text), len(other.text)) if at is None else at
            there = (quoted(side.text[at : at + _SHOWN]) for side in (one, other))
            message = f"the two annotate different texts: at {at}, {names[0]} has {{}}, and {name} has {{}}".format(*there)
            yield Issue("score-text", message, "/text", article=one.id)
