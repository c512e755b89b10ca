"""What a rule is: one object, written once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import getdoc
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pressmark.record.issue import Severity

LEVELS = ("file", "schema", "text", "references", "guidelines", "dataset")


class Problem(NamedTuple):
    """One place that breaks a rule: a JSON Pointer into the record, and what was found there.

    ``place`` is the part of the text to show. ``expected`` says what would be right. ``hint`` says how to correct it, and is
    given only if it is sure.
    """

    pointer: str
    message: str
    place: tuple[int, int] | None = None
    expected: str | None = None
    hint: str | None = None


Problems = Iterator[Problem]
Find = Callable[..., Iterator[Any]]


def _elsewhere(*_: object) -> Problems:
    """Find nothing: what reads files and schemas finds what breaks the rules of levels 1 and 2."""
    return iter(())


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule of the validator; ``code`` names it in every issue, ``text`` is its documentation.

    ``find`` is a generator. On levels 3 to 5 it takes an article and its `Facts`, and yields a `Problem` for each place that
    breaks the rule; on level 6 it takes a `Corpus`, and says of each problem in which record it is.

    ``needs_text`` is False for a rule that also holds for an annotation, which has no text. ``about`` names what a rule looks
    at, for callers that run only such rules: ``quotes`` (how the parts of a quote stand to each other and to quotation marks),
    ``pointers`` (what refers to quotes and entities), ``relations`` (whose articles and claims must be there).
    """

    code: str
    level: int
    text: str
    severity: Severity = "error"
    find: Find = _elsewhere
    needs_text: bool = True
    about: str | None = None

    def page(self) -> str:
        """All that there is to say about the rule."""
        return f"{self.code}: {self.severity} of level {self.level}, {LEVELS[self.level - 1]}\n\n{self.text}"


def rule(
    *, level: int, severity: Severity = "error", needs_text: bool = True, about: str | None = None
) -> Callable[[Find], Rule]:
    """Make a generator function a rule: its name in kebab-case is the code, its docstring the documentation."""

    def made(find: Find) -> Rule:
        code = find.__name__.replace("_", "-")
        return Rule(code, level, getdoc(find) or "", severity, find, needs_text, about)

    return made
