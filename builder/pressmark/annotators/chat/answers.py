"""Keeps the answers of chat models, so that nothing is paid twice, and counts what the others took.

An answer is a file, named by the hash of what was asked: the model, the prompt and the article. It holds the answer as the
server sent it. The key of the endpoint is in neither. The folder may be deleted: then the models are asked again.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pressmark.annotators.chat.endpoint import Limits
from pressmark.project import write_file
from pressmark.record.text import quoted
from pressmark.validation import parse

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(".pressmark/answers")


class Price(NamedTuple):
    """What a million tokens cost, of the questions and of the answers, in any currency."""

    prompt: float
    completion: float

    @classmethod
    def read(cls, text: str) -> Price:
        """The price in ``IN,OUT``.

        Raises:
            ValueError: that is no price.
        """
        with suppress(ValueError):
            prompt, completion = map(float, text.split(","))
            if isfinite(prompt + completion) and min(prompt, completion) >= 0:
                return cls(prompt, completion)
        raise ValueError(f"{quoted(text)} is no price; give what a million tokens cost, in and out, such as 0.15,0.60")


class Tokens(NamedTuple):
    """What answers took: tokens of the questions and of the answers, as the server counted. ``kept`` answers cost nothing.

    ``uncounted`` of the ``asked`` answers came without a count.
    """

    asked: int = 0
    kept: int = 0
    prompt: int = 0
    completion: int = 0
    uncounted: int = 0

    def __add__(self, other: object) -> Tokens:
        """The sums."""
        return Tokens(*map(sum, zip(self, other, strict=True))) if isinstance(other, Tokens) else NotImplemented

    def told(self, price: Price | None) -> str:
        """One line for the user."""
        counted = [f"{self.prompt:,} tokens in and {self.completion:,} out"] if self.uncounted < self.asked else []
        if price and counted:
            cost = (self.prompt * price.prompt + self.completion * price.completion) / 1e6
            counted.append(f"which cost {cost:,.4f} at {price.prompt:g} and {price.completion:g} a million")
        if self.uncounted:
            counted.append(f"tokens of {self.uncounted} not counted by the server")
        new = f"{_answers(self.asked, 'new')} ({', '.join(counted)})" if self.asked else "no new answers"
        return f"{new}, {_answers(self.kept, 'kept')} used again{' at no cost' if price else ''}"


def _answers(number: int, kind: str) -> str:
    return f"{number:,} {kind} answer{'' if number == 1 else 's'}"


@dataclass(slots=True)
class Answers:
    """The answers about one article: the folder that keeps them, or None, the limits of new ones, and what these took."""

    folder: Path | None = None
    limits: Limits = field(default_factory=Limits)
    tokens: Tokens = field(default_factory=Tokens)

    def kept(self, body: dict[str, Any]) -> bytes | None:
        """The answer to a request, if one was kept."""
        if self.folder is None:
            return None
        with suppress(OSError):  # there is none, or it cannot be read, so the model is asked
            return (self.folder / _name(body)).read_bytes()
        return None

    def used(self) -> None:
        """Count an answer that was kept."""
        self.tokens += Tokens(kept=1)

    def paid(self, answer: bytes) -> None:
        """Count what a new answer took, whether it is usable or not."""
        usage = _usage(answer)
        self.tokens += Tokens(1, 0, *usage) if usage else Tokens(1, uncounted=1)

    def keep(self, body: dict[str, Any], answer: bytes, report: Callable[[str], None]) -> None:
        """Keep a usable answer. If it cannot be written, report that: the article needs it no more."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not (ignored := self.folder / ".gitignore").exists():
                write_file.write(ignored, b"# pressmark's answers of chat models; they may be deleted\n*\n")
            write_file.write(self.folder / _name(body), answer)
        except OSError as error:
            report(f"{error.filename or self.folder}: {error.strerror or error}; the answer is used, but not kept")


def _name(body: dict[str, Any]) -> str:
    return f"{sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()}.json"


def _usage(answer: bytes) -> tuple[int, int] | None:
    with suppress(ValueError):  # no JSON: the server did not say what it took
        match parse(answer):
            case {"usage": {"prompt_tokens": int() as prompt, "completion_tokens": int() as completion}}:
                return (prompt, completion) if min(prompt, completion) >= 0 else None
    return None
