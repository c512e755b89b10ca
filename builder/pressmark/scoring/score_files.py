"""Scores the files of two sides pair by pair, in one process or several. Of a pair, only its counts are kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pressmark.record.issue import InvalidError, Issue
from pressmark.scoring.disagreements import Disagreement, disagreements
from pressmark.scoring.entities import label_counts
from pressmark.scoring.grouped import relabelled, two_texts
from pressmark.scoring.pair import Pair
from pressmark.scoring.read_pairs import SIDES, Bare, flat
from pressmark.scoring.score import counted as counts_of
from pressmark.scoring.score import total
from pressmark.scoring.stored import Stored
from pressmark.validation import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pressmark.record.jobs import Each
    from pressmark.record.model import Article
    from pressmark.scoring.read_pairs import Both, Sides
    from pressmark.scoring.score import Counted, Score


class Compared(NamedTuple):
    """What became of a pair. ``issues`` are those of each side, and those of both together; with any, nothing was counted.

    ``broken`` are the rules that its gold breaks: how often, and first where. ``labels`` counts the labels of each side.
    """

    issues: tuple[tuple[Issue, ...], ...] = ((), (), ())
    broken: tuple[int, Issue | None] = (0, None)
    labels: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    counted: Counted | None = None
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparing:
    """Compares the two sides of one article. ``labels`` renames entity labels of the prediction."""

    is_bare: bool
    is_flat: bool
    labels: Mapping[str, str]
    with_claims: bool
    with_disagreements: bool

    def __call__(self, both: Both) -> Compared:
        """Read the two sides and compare them."""
        issues: list[tuple[Issue, ...]] = [(), (), ()]
        articles: list[Article | None] = [None, None]
        broken: list[Issue] = []
        halves = (both.gold, both.pred)
        for i in sorted((0, 1), key=lambda side: isinstance(halves[side], Bare)):  # spans need the text of the other side
            try:
                articles[i] = _article(halves[i], articles[1 - i], both)
            except InvalidError as invalid:
                issues[i] = tuple(invalid.issues)
        if any(issues):
            return Compared(tuple(issues))
        gold, pred = articles
        if gold and isinstance(both.gold, Stored):
            broken = errors(gold)
        gold, pred = (one and flat(one) if self.is_flat else one for one in (gold, pred))
        found = Compared(
            broken=(len(broken), broken[0] if broken else None),
            labels=(label_counts([gold] if gold else []), label_counts([pred] if pred else [])),
        )
        if gold is None or pred is None:
            return found
        if wrong := tuple(two_texts((gold, pred), SIDES)):
            return Compared(((), (), wrong))
        pair = Pair(gold, relabelled(pred, self.labels), is_bare=self.is_bare)
        shown = tuple(disagreements([pair])) if self.with_disagreements else ()
        return found._replace(counted=counts_of(pair, with_claims=self.with_claims), disagreements=shown)


def _article(half: Stored | Bare | None, other: Article | None, both: Both) -> Article | None:
    if half is None:
        return None
    return half.article() if isinstance(half, Stored) else half.article(other or both.text())


@dataclass(slots=True)
class _Notes:
    """What pairs brought besides their counts."""

    broken: int = 0
    first: Issue | None = None
    labels: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))
    _number: int | None = None

    def add(self, both: Both, one: Compared) -> None:
        """Take note of a pair."""
        for known, new in zip(self.labels, one.labels, strict=True):
            known.update(new)
        often, first = one.broken
        self.broken += often
        if first and isinstance(both.gold, Stored) and (self._number is None or both.gold.number < self._number):
            self._number, self.first = both.gold.number, first


class FilesScore(NamedTuple):
    """The score of two sides, and what to tell: the rules that the gold breaks, and how often each side has each label."""

    score: Score
    broken: int
    first: Issue | None
    labels: tuple[Counter[str], Counter[str]]


def score_files(
    sides: Sides,
    labels: Mapping[str, str] | None = None,
    each: Each | None = None,
    seen: Callable[[], object] = lambda: None,
    tell: Callable[[Disagreement], object] | None = None,
) -> FilesScore:
    """Compare two sides, in several processes with ``each``. ``tell`` gets each disagreement.

    Args:
        sides: What `opened` gives.
        labels: New names for entity labels of the prediction.
        each: What calls functions in several processes; the result does not depend on it.
        seen: Called after each pair.
        tell: Gets the disagreements by article, layer and place.

    Raises:
        InvalidError: a record cannot be used, an article is on one side only or twice, or has two texts.
        OSError: a file cannot be read, or a process was killed.
    """
    compare = Comparing(sides.is_bare, sides.is_flat, labels or {}, sides.related is not None, tell is not None)
    notes = _Notes()
    wrong: tuple[dict[str, tuple[int, tuple[Issue, ...]]], ...] = ({}, {}, {})

    def counted() -> Iterator[Counted]:
        todo = iter(sides.pairs)
        for both, one in zip(sides.pairs, map(compare, todo) if each is None else each(compare, todo), strict=True):
            seen()
            notes.add(both, one)
            for i, issues in enumerate(one.issues):
                _note_first(wrong[i], both, i, issues)
            if one.counted is not None:
                for disagreement in one.disagreements:
                    if tell:
                        tell(disagreement)
                yield one.counted
        _stop_if_wrong(wrong, sides.issues)

    score = total(counted(), sides.alone, sides.related, sides.lacking, each)
    return FilesScore(score, notes.broken, notes.first, notes.labels)


def _note_first(wrong: dict[str, tuple[int, tuple[Issue, ...]]], both: Both, side: int, issues: tuple[Issue, ...]) -> None:
    """Keep the issues of the first wrong record of each file, and all issues of pairs."""
    if not issues:
        return
    half = both[side] if side < len(SIDES) else None
    file, number = (half.file, half.number) if isinstance(half, Stored) else (f"\0{len(wrong)}", 0)
    if file not in wrong or number < wrong[file][0]:
        wrong[file] = number, issues


def _stop_if_wrong(wrong: tuple[dict[str, tuple[int, tuple[Issue, ...]]], ...], unfit: list[Issue]) -> None:
    """Raise what is wrong: in the records of the gold, else of the prediction, else where the two do not fit."""
    for i, files in enumerate(wrong):
        found = [issue for _, issues in sorted(files.values(), key=lambda one: one[0]) for issue in issues]
        if i == len(SIDES):
            found = [*unfit, *found]
        if found:
            raise InvalidError(dict.fromkeys(found))
