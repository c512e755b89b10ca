"""Opens both sides and pairs their records by id. The records themselves are read later, pair by pair.

Spans and tagged tokens get the texts that they are of: those of the other side, or else of the seeds in the project.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pressmark.project.seeds import by_id as seeds_by_id
from pressmark.project.seeds import read as read_seed
from pressmark.record.bare_article import bare_article
from pressmark.record.issue import InvalidError, Issue
from pressmark.scoring import iob2, plain_spans, read_sides
from pressmark.scoring.claim_relations import Related
from pressmark.scoring.grouped import by_id
from pressmark.scoring.stored import Seed, Stored, shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pressmark.record.model import Article
    from pressmark.scoring.iob2 import Tagged
    from pressmark.scoring.plain_spans import PlainSpan
    from pressmark.scoring.read_sides import Side

LEVELS = "levels of mentions"
NOT_FLAT = "mentions of level nominal and pronoun"
SIDES = ("the gold", "the prediction")


class Bare(NamedTuple):
    """An article of which a side has only plain spans or tagged tokens."""

    id: str
    spans: tuple[PlainSpan, ...] = ()
    tagged: Tagged | None = None

    def article(self, base: Article | None) -> Article:
        """Put the spans on the text of ``base``. Tagged tokens that nobody has the text of make their own text.

        Raises:
            InvalidError: a span or a token is not where it says.
        """
        if self.tagged is None:  # an article whose text nobody has is on one side only, and pairing says so
            return plain_spans.with_spans(base or bare_article(self.id, ""), self.spans if base else ())
        base = base or bare_article(self.id, self.tagged.text)
        return plain_spans.with_spans(base, iob2.spans(self.tagged, self.id, base.text))


class Both(NamedTuple):
    """What both sides have of an article. ``seed`` has its text if neither side does."""

    gold: Stored | Bare | None
    pred: Stored | Bare | None
    seed: Seed | None = None

    def text(self) -> Article | None:
        """The article of the seed."""
        return read_seed(self.seed.project, self.seed.path, {}) if self.seed and self.seed.path else None


class Sides(NamedTuple):
    """Both sides. ``pairs`` also has the records that have no partner, since something may be wrong in them.

    ``alone`` are the ids that only one side has, and ``issues`` say what does not fit. ``is_bare`` says that a side has only
    spans and labels, ``is_flat`` that its mentions cannot nest. ``lacking`` names what else a side does not have.
    """

    pairs: list[Both]
    alone: list[str]
    issues: list[Issue]
    is_bare: bool
    is_flat: bool
    related: Related | None
    lacking: tuple[str, ...]


def articles_in(path: Path, project: Path | None = None) -> list[Article]:
    """Read the articles of a file of records, of an annotation, or of a folder of annotations (see `read_sides.read`).

    Raises:
        InvalidError: a file is invalid, or does not match its seed.
        OSError: a file cannot be read.
    """
    found = []
    wrong: dict[str, tuple[Issue, ...]] = {}
    with shelf() as kept:
        for record in read_sides.read(path, kept, project).records:
            try:
                found.append(record.article())
            except InvalidError as invalid:
                wrong.setdefault(record.file, tuple(invalid.issues))
    if wrong:
        raise InvalidError(dict.fromkeys(issue for issues in wrong.values() for issue in issues))
    return found


@contextmanager
def opened(
    gold: Path,
    pred: Path,
    project: Path | None = None,
    relations: tuple[Path, Path] | None = None,
    *,
    common: bool = False,
) -> Iterator[Sides]:
    """Open both sides. ``relations`` are the files of both, for sides that are not folders with such files.

    With ``common``, an article that only one side has is not an issue.

    Raises:
        InvalidError: a side cannot be used; the issues say where.
        OSError: a file cannot be read.
    """
    with shelf() as kept:
        sides = read_sides.read(gold, kept, project), read_sides.read(pred, kept, project)
        seeds = _seeds(sides, project)
        golds: list[Stored | Bare] = [*sides[0].records, *_bare(sides[0], sides[1].ids)]
        preds: list[Stored | Bare] = [*sides[1].records, *_bare(sides[1], [one.id for one in golds if one.id])]
        groups, alone, issues = by_id(dict(zip(SIDES, (golds, preds), strict=True)), common=common)
        paired = {id(one) for group in groups for one in group}
        pairs = [Both(one, other, seeds.get(one.id or "")) for one, other in groups]
        pairs += [Both(one, None) for one in sides[0].records if id(one) not in paired]
        pairs += [Both(None, one) for one in sides[1].records if id(one) not in paired]
        is_bare, is_flat = any(side.is_bare for side in sides), any(side.tagged for side in sides)
        lacking = (NOT_FLAT,) if is_flat else (LEVELS,) if is_bare else ()  # tags cannot nest
        related = [side.relations for side in sides] if relations is None else [*map(read_sides.relations, relations)]
        both = None if related[0] is None or related[1] is None else Related(related[0], related[1])
        yield Sides(pairs, alone, issues, is_bare, is_flat, both, lacking)


def _seeds(sides: Sequence[Side], project: Path | None) -> Mapping[str, Seed]:
    """The seeds that have the texts of spans and tagged tokens, by id, where neither side has records."""
    if any(side.records for side in sides) or not any(side.is_bare for side in sides):
        return {}
    spans = any(side.spans for side in sides)
    folder = project or read_sides.project_of(sides[0].path)
    if project or (spans and (folder / "seeds").is_dir()):
        return {name: Seed(folder, seed) for name, seed in seeds_by_id(folder).items()}
    if spans and not sides[0].tagged:
        message = "neither side has the texts; give one side as records, or name the folder with the seeds/ by --project"
        raise InvalidError([Issue("score-text", message, file=str(sides[0].path))])
    return {}


def _bare(side: Side, others: Sequence[str]) -> Iterator[Bare]:
    """The articles of spans and tagged tokens. An article of the other side in which this one has no span has none here."""
    if side.spans:
        spans: dict[str, list[PlainSpan]] = defaultdict(list)
        for span in side.spans:
            spans[span.id].append(span)
        for name in dict.fromkeys([*others, *spans]):
            yield Bare(name, tuple(spans.get(name, ())))
    for name, tagged in _named(side.tagged, others):
        yield Bare(name, tagged=tagged)


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


def flat(article: Article) -> Article:
    """The article without mentions that may nest."""
    kept = (
        replace(entity, mentions=tuple(mention for mention in entity.mentions if mention.flat)) for entity in article.entities
    )
    return replace(article, entities=tuple(entity for entity in kept if entity.mentions))
